"""What the review's views show, as tables of figures: values only, no widgets and no store.

A line has a name and figures beside it. Which figure is drawn as a bar is the list's to know
(`widgets/review_list.py`); how a view is told in lines is in `review_causes.py` and those after it.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fivewhys.models.shares import percent
from fivewhys.review.figure import FEW, Figure, Unit


class View(StrEnum):
    """What can be looked at, by its name on the screen."""

    PARETO = "Pareto"
    WOUNDS = "Minor wounds"
    HEAT = "Heat map"
    TREND = "Trend"
    CLOCKS = "Clocks"
    FOLLOW = "Follow-through"
    QUALITY = "Quality"


VIEWS = tuple(View)

SHORT_NAMES = {
    View.PARETO: "Pareto",
    View.WOUNDS: "Wounds",
    View.HEAT: "Heat",
    View.TREND: "Trend",
    View.CLOCKS: "Clocks",
    View.FOLLOW: "Follow",
    View.QUALITY: "Quality",
}

MEANINGS = {
    View.PARETO: "The few shared root causes behind most of what comes back",
    View.WOUNDS: "Small sessions added up, beside the big ones",
    View.HEAT: "Where sessions were held, each site beside its region",
    View.TREND: "Sessions per month, and what repeats",
    View.CLOCKS: "How long it takes from noticing a problem",
    View.FOLLOW: "What was promised, and what came of it",
    View.QUALITY: "How analyses are made, for coaching",
}

EMPTY = {
    View.PARETO: "No root cause came in two sessions yet. s counts suggested ones too.",
    View.WOUNDS: "No two minor sessions have a root cause, a place or a channel in common.",
    View.HEAT: "No session says anything of this.",
    View.TREND: "There is nothing to count yet.",
    View.CLOCKS: "There is nothing to count yet.",
    View.FOLLOW: "Nothing was promised in these sessions yet.",
    View.QUALITY: "There is nothing to count yet.",
}

NO_SESSION = "No session yet. n in the library begins the first one; this page counts from there."
ONE_SESSION = "There is one session so far. Two and more can have something in common."
NOT_WITHIN = "No session is within the period and the filters. Esc asks about all of them."

NOTHING = "–"
"""Stands where there is nothing to count."""

IN_COMMON = (View.PARETO, View.WOUNDS)
"""Views of what several sessions have in common."""

SHADES = 5
"""Steps in which a heat map's cells are shaded."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One figure of a line; without `figure` a word that nothing stands behind."""

    text: str
    figure: Figure | None = None
    share: float | None = None
    """How much of the room its bar takes, 0 to 1; None where it has no bar."""
    mark: float | None = None
    """Where on the bar a line stands that it is held against."""
    shade: int | None = None
    """From 1 (least) to `SHADES` - 1, for a cell of the heat map with anything in it."""
    note: str = ""
    """A sentence about it, for the words below."""
    style: str = "text"


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its name and its figures, or a heading without any."""

    key: Hashable
    name: str
    spots: tuple[Spot, ...] = ()
    is_rule: bool = False
    """Whether a heading is drawn as a line across, like that of the 80 %."""
    title: str = ""
    """What it is called in full, where `name` alone would not tell."""

    @property
    def full_name(self) -> str:
        """What it is called where there is room."""
        return self.title or self.name

    @property
    def is_head(self) -> bool:
        """Whether it is a heading, which the cursor passes by."""
        return not self.spots


@dataclass(frozen=True, slots=True)
class Table:
    """One view as it stands on the screen."""

    view: View
    said: str
    """What it comes to, in a sentence."""
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    about: str
    """How the view as a whole is counted."""
    has_bars: bool = True
    first: int = 0
    """The column that one begins in."""
    bars: str = ""
    """What the bars mean, where that is not the figure under the cursor."""


def short(figure: Figure) -> str:
    """A figure in as few columns as it takes: “67 %”, “2 of 3”, “6.5 hours”, or a dash."""
    if figure.value is None:
        return NOTHING
    if figure.unit is Unit.SHARE:
        part = round(figure.value * figure.of)
        return f"{part:,} of {figure.of:,}" if figure.of < FEW else f"{percent(figure.value)} %"
    return figure.text


def spot(figure: Figure, most: float = 0.0, note: str = "", mark: float | None = None) -> Spot:
    """A figure with its bar: a share of the whole, anything else of the most there is."""
    value = figure.value
    bar = None
    if value is not None:
        bar = value if figure.unit is Unit.SHARE else value / most if most > 0 else None
    return Spot(short(figure), figure, bar, note=note, mark=mark)


def most(figures: Iterable[Figure]) -> float:
    """The largest of some figures; 0 where there are none."""
    return max((figure.value or 0.0 for figure in figures), default=0.0)


def month(day: date) -> str:
    """A month as the review tells it: 2026-03, which sorts and takes the same room everywhere."""
    return f"{day:%Y-%m}"


def sessions(number: int) -> str:
    """So many sessions, in words."""
    return f"{number:,} session{'' if number == 1 else 's'}"
