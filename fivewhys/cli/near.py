"""What to say of a name that there is not: one is easily mistyped."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from fivewhys.cli import printing

NEAR = 0.6
"""How alike, from 0 to 1, two names are of which one may be a slip for the other."""

_LISTED = 8
"""Sites that are named; there may be hundreds."""


def see_that_there_is(site: str, sites: Iterable[str]) -> None:
    """Fail with a sentence where none of `sites` is `site`, whatever its capitals."""
    from fivewhys.reports.patterns_words import places

    names = places(sites)
    if site.casefold() not in {name.casefold() for name in names}:
        printing.fail(_no_site(site, names))


def meant(name: str, names: Iterable[str]) -> str:
    """The end of a sentence that asks about a slip of the finger; empty where nothing is near."""
    folded = {one.casefold(): one for one in names}
    near = get_close_matches(name.casefold(), folded, n=1, cutoff=NEAR)
    return f" Did you mean {folded[near[0]]}?" if near else ""


def _no_site(site: str, names: Sequence[str]) -> str:
    from fivewhys.reports.patterns_words import listed

    if not names:
        return "No session says at which site it was held."
    are = "sites are" if len(names) > 1 else "only site is"
    near = meant(site, names)
    return f"No session was held at “{site[:60]}”.{near} The {are} {listed(names, _LISTED)}."
