"""The lines of the search screen: what has the words, then what says it in other words.

It words what it is given and knows no widgets. Texts of people are passed on as they are.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from uuid import UUID

from fivewhys.models.found import Found
from fivewhys.models.past import Context
from fivewhys.models.plan_words import PROGRESS_WORDS
from fivewhys.reports.search_words import EVERYWHERE, Within, nothing_has
from fivewhys.screens.seen_words import SeenBefore, month, place

RULED_OUT = "ruled out"

SIMILAR = "Similar in meaning"

BEGIN = (
    "Type words that you remember, or their beginnings, in any order.",
    "Problems, causes, evidence, countermeasures, measures, checks, parked ideas, what customers "
    "said and were told: all of it is searched. Capitals and accents do not count.",
    "S-12 finds that session.",
)

LOOKING = "Looking for what says the same in other words …"

NONE_ALIKE = "No cause says it in other words either."

TOO_SHORT = "A whole sentence also finds causes that say it in other words."


def nothing(within: Within, alike: str) -> str:
    """That nothing was found, and how it is with what is `alike` in meaning."""
    everywhere = "F4 and F5 widen where it is looked for." if within != EVERYWHERE else ""
    return "\n\n".join(filter(None, (nothing_has(within), alike, everywhere)))


@dataclass(frozen=True, slots=True)
class FoundLine:
    """Words that were found, or a cause that says nearly the same."""

    found: Found | None
    seen: SeenBefore | None
    text: str
    hits: tuple[tuple[int, int], ...]
    context: Context

    @property
    def key(self) -> Hashable:
        """What it is known by when it is found again."""
        return (self.found.id, self.found.what) if self.found else self.context.cause.id

    @property
    def kind(self) -> str:
        """What kind of words these are, or how likely they say the same."""
        if self.found is not None:
            return self.found.what.value
        return self.seen.likely.value if self.seen else ""

    @property
    def cause(self) -> UUID:
        """Where to stand in the session."""
        return self.context.cause.id

    @property
    def is_out(self) -> bool:
        """Whether the cause was ruled out, or one above it."""
        return self.context.is_out

    @property
    def where(self) -> list[str]:
        """Where and when it was said, and what has become of it."""
        session = self.context.session
        progress = self.found.progress if self.found else None
        told = (
            session.name,
            place(self.context),
            month(session.on),
            "root" if self.context.cause.is_root else "",
            PROGRESS_WORDS[progress] if progress else "",
            RULED_OUT if self.is_out else "",
        )
        return [part for part in told if part]


@dataclass(frozen=True, slots=True)
class Heading:
    """Words between the lines, which the cursor passes over."""

    text: str


Line = FoundLine | Heading


def lines_of(found: Iterable[Found], alike: Iterable[SeenBefore]) -> list[Line]:
    """What has the words, then what is like them and was not found yet."""
    exact: list[Line] = [
        FoundLine(each, None, each.text, each.hits, each.context) for each in found
    ]
    there = {line.cause for line in exact if isinstance(line, FoundLine)}
    similar: list[Line] = [
        FoundLine(None, seen, seen.context.cause.text, (), seen.context)
        for seen in alike
        if seen.context.cause.id not in there
    ]
    return [*exact, Heading(SIMILAR), *similar] if similar else exact
