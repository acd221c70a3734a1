"""What the screens say of causes in other sessions: where, when, what was done, did it hold.

It words what it is given and knows no widgets. Texts of people are passed on as they are; whoever
draws them sends them through `shown`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from rich.cells import cell_len

from fivewhys.models.past import Context, PastDeed
from fivewhys.models.plan_words import FINISHED, UNFINISHED, Progress
from fivewhys.models.values import Appearance
from fivewhys.patterns.likely import Likely
from fivewhys.reports.dates import day
from fivewhys.screens.look import Marks, cut, shown

SAME = "="
"""Before the sessions in which the same cause was found."""

NAMED = 2
"""Sessions that are named one by one in a row; more are counted."""

ALMOST_A_YEAR = 330
"""Days from today within which a month needs no year to be told from another."""

NOTHING_DONE = "nothing done"


class SeenBefore(Protocol):
    """A cause of an earlier session as `fivewhys.memory.Seen` tells of it."""

    @property
    def context(self) -> Context:
        """The cause with its session, chain and countermeasures."""

    @property
    def likely(self) -> Likely:
        """How likely it is the same."""

    @property
    def again(self) -> tuple[Appearance, ...]:
        """The other sessions in which it was found, by day."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What was done about a cause and whether it held, in a few words and in fewer."""

    words: str
    short: str
    is_bad: bool = False
    """Whether it did not hold."""


NOTHING = Fate(NOTHING_DONE, "")


def month(on: date) -> str:
    """The month of a day: March 2026."""
    return day(on).split(" ", 1)[1]


def in_month(on: date, today: date, letters: int | None = None) -> str:
    """When something was: “in March”, with its year where another March may be meant.

    `letters` cuts the name of the month.
    """
    name, year = month(on).split()
    near = abs((today - on).days) <= ALMOST_A_YEAR
    return f"in {name[:letters]}" + ("" if near else f" {year}")


def fate(deeds: Iterable[PastDeed], again: Iterable[Appearance], today: date) -> Fate:
    """What became of the countermeasure that tells the most: the latest of those carried out.

    `again` are the days on which the cause was found in other sessions. Whatever was done and did
    not hold comes before what is only planned.
    """
    days = sorted(seen.on for seen in again)
    return max(
        (_told(deed, days, today) for deed in deeds if deed.progress is not Progress.REJECTED),
        default=(0, date.min, NOTHING),
        key=lambda told: told[:2],
    )[2]


def fate_of(deed: PastDeed, again: Iterable[Appearance], today: date) -> Fate:
    """What became of one countermeasure."""
    if deed.progress is Progress.REJECTED:
        return Fate("rejected", "rejected")
    return _told(deed, sorted(seen.on for seen in again), today)[2]


def _told(deed: PastDeed, days: Sequence[date], today: date) -> tuple[int, date, Fate]:
    """How much it tells, its day, and the words."""
    on, stands = deed.done_on, deed.progress
    if stands in FINISHED:
        when = f" {in_month(on, today)}" if on else ""
        short = f"fixed {in_month(on, today, 3)}" if on else "fixed"
        back = next((seen for seen in days if on and seen > on), None)
        if back is not None:
            came = "came back"
            told = Fate(
                f"fixed{when}, {came} {in_month(back, today)}",
                f"{came} {in_month(back, today, 3)}",
                True,
            )
        elif stands is Progress.NOT_EFFECTIVE:
            told = Fate(f"tried{when}, did not help", "did not help", True)
        elif stands is Progress.EFFECTIVE:
            told = Fate(f"fixed{when}, and it holds", short)
        else:
            told = Fate(f"fixed{when}, not seen since", short)
        return 3, on or date.min, told
    due = deed.due
    late = due is not None and stands in UNFINISHED and due < today
    until = f", due {in_month(due, today)}{', overdue' if late else ''}" if due else ""
    if stands is Progress.IN_PROGRESS:
        return 2, due or date.min, Fate(f"being fixed{until}", "being fixed", late)
    if stands is Progress.PLANNED:
        return 1, due or date.min, Fate(f"planned{until}", "planned", late)
    return 0, due or date.min, Fate("an idea so far", "an idea so far")


def named(sessions: Sequence[Appearance], most: int = NAMED) -> str:
    """Sessions by their short names: S-3, S-9 and 4 more."""
    names = [session.name for session in sessions]
    if len(names) > most + 1:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def also_in(sessions: Sequence[Appearance]) -> list[str]:
    """That a cause was found in other sessions too, the longest form first; empty where it was not.

    These are for the row of a tree, which has little room.
    """
    if not sessions:
        return []
    names = [session.name for session in sessions]
    more = len(names) - NAMED
    some = ", ".join(names[:NAMED]) + (f" +{more}" if more > 0 else "")
    fewest = names[0] + (f" +{len(names) - 1}" if len(names) > 1 else "")
    return list(dict.fromkeys([f"{SAME} also in {some}", f"{SAME} {some}", f"{SAME} {fewest}"]))


def also_root_in(sessions: Sequence[Appearance]) -> list[str]:
    """Where else a root was found, as sentences without a full stop: as root, and otherwise."""
    roots = [session for session in sessions if session.is_root]
    rest = [session for session in sessions if not session.is_root]
    return [
        *([f"also root in {named(roots, most=4)}"] if roots else []),
        *([f"also a cause in {named(rest, most=4)}"] if rest else []),
    ]


def place(context: Context) -> str:
    """Where a session was held: site and department."""
    session = context.session
    return ", ".join(part for part in (session.site, session.department) if part)


def facts(seen: SeenBefore, today: date, width: int, marks: Marks) -> tuple[str, str]:
    """A row of at most `width` cells on a cause, and the end of it that is bad news.

    As much as there is room for: how likely it is the same, its session and place, when it was,
    whether it was root, what was done about it and whether it held.
    """
    context, session = seen.context, seen.context.session
    known = fate(context.deeds, seen.again, today)
    likely, site = seen.likely.value, shown(session.site)
    when, root = month(session.on), "root" if context.cause.is_root else ""
    diamond = f"{marks.root} " if root else ""
    more = len(seen.again)
    name, named_short = session.name, session.name
    if more:
        name = f"{session.name} and {more} more"
        named_short = f"{session.name} +{more}"
    end, short_name = known.short or when, f"{diamond}{named_short}"
    forms = [
        [f"{likely} the same", name, site, when, root, known.words],
        [likely, name, site, when, root, known.words],
        # That it did not hold is worth more than the month.
        *([[likely, short_name, site, known.words]] if known.is_bad else []),
        [f"{likely} the same", named_short, site, when, root, known.short],
        [likely, named_short, site, when, root, known.short],
        [likely, named_short, site, root, end],
        [likely, short_name, site, end],
        [likely, f"{diamond}{session.name}", site, end],
        [likely, f"{diamond}{session.name} {site}".rstrip(), end],
        [likely, f"{diamond}{session.name}", end],
        [f"{diamond}{session.name}", end],
    ]
    rows = [f" {marks.bullet} ".join(part for part in form if part) for form in forms]
    told = next((row for row in rows if cell_len(row) <= width), rows[-1])
    told = cut(told, width, marks.cut)
    bad = next(
        (words for words in (known.words, known.short) if known.is_bad and told.endswith(words)), ""
    )
    return told, bad
