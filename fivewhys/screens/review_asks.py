"""What the review asks at the foot beside its filters: saved views, and what the map looks at."""

from collections.abc import Sequence
from dataclasses import dataclass

from fivewhys.facilitation.lenses import Lens
from fivewhys.review.period import ReviewFilter
from fivewhys.screens.asking import AskLine, Offer, Pick
from fivewhys.screens.review_filter import told
from fivewhys.screens.review_saved import LONGEST_NAME, MOST_VIEWS, Saved
from fivewhys.screens.widgets.choices import Choice
from fivewhys.text import clean, excerpt

_KEYS = "23456789"


@dataclass(frozen=True, slots=True)
class Open:
    """A saved view is to be shown."""

    name: str


@dataclass(frozen=True, slots=True)
class Save:
    """What is asked about now is to be saved."""

    name: str


@dataclass(frozen=True, slots=True)
class Forget:
    """A saved view is to be given up."""

    name: str


Deed = Open | Save | Forget


def ask_view(saved: Saved, now: ReviewFilter, lenses: Sequence[Lens]) -> AskLine[Deed]:
    """Which saved view? A new name saves what is asked about now."""

    def offers(text: str) -> Sequence[Offer[Deed]]:
        name = excerpt(clean(text), LONGEST_NAME)
        known = saved.called(name)
        found: list[Offer[Deed]] = [
            Offer(Choice("", one, _words(what, lenses), is_chosen=what == now), Open(one))
            for one, what in saved.views.items()
            if name.casefold() in one.casefold() and one != known
        ]
        if known:
            what = saved.views[known]
            kept: list[Offer[Deed]] = [
                Offer(Choice("", known, f"show it: {_words(what, lenses)}"), Open(known)),
                Offer(Choice("", known, "give it up"), Forget(known)),
            ]
            if what != now:
                words = f"save it anew: {_words(now, lenses)}"
                kept.insert(1, Offer(Choice("", known, words), Save(known)))
            return [*kept, *found]
        if not name:
            if not found:
                raise ValueError("No view is saved yet. Type a name to save what is shown now.")
            return found
        if len(saved.views) >= MOST_VIEWS:
            raise ValueError(f"{MOST_VIEWS} views are saved; give one up first.")
        new: Offer[Deed] = Offer(
            Choice("", name, f"save under this name: {_words(now, lenses)}"), Save(name)
        )
        return [*found, new]

    return AskLine(
        "Which saved view?",
        offers,
        "A new name saves what is shown now; the name of a saved one can give it up.",
        placeholder="the name of a view, or a new name",
    )


def _words(narrowed: ReviewFilter, lenses: Sequence[Lens]) -> str:
    return " · ".join(told(narrowed, lenses)) or "everything"


def ask_columns(lenses: Sequence[Lens], now: str) -> Pick[str]:
    """What do the map's columns stand for? Gives back the id of a lens, or nothing."""
    offers = [Offer(Choice("1", "departments", "", is_chosen=not now), "")]
    offers += [
        Offer(
            Choice(
                _KEYS[place] if place < len(_KEYS) else "",
                lens.name,
                lens.about,
                is_chosen=lens.id == now,
            ),
            lens.id,
        )
        for place, lens in enumerate(lenses)
    ]
    return Pick("Sites beside what?", lambda _: offers)
