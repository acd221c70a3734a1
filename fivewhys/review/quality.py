"""Quality of analyses: are we getting better at asking? For coaching; it ranks nobody."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, tzinfo

import numpy as np

from fivewhys.models.words import RootPoint
from fivewhys.review.columns import (
    UNKNOWN,
    Column,
    Rows,
    Sessions,
    folded,
    in_groups,
    in_months,
    many,
    middle,
)
from fivewhys.review.figure import Behind, Figure, Unit, count, share
from fivewhys.review.spelling import Spelling

ABOUT_SESSIONS = (
    "Sessions asked about that are looked at: the figures beside it are made from these. A month "
    "has those whose problem was noticed in it or, where nobody knows, that were opened in it; a "
    "facilitator has those that name this person, whatever the capitals."
)
ABOUT_EVIDENCE = (
    "Of all root causes, those with a piece of evidence that supports them. It opens the sessions "
    "with a root that has none yet."
)
ABOUT_READ_BACK = (
    "Of the sessions with something to read back, those in which every question of the read-back "
    "is answered, whatever the answer. It opens the others."
)
ABOUT_POINTS = (
    "Of the eight points of the root list, how many are ticked, over all root causes. It opens the "
    "sessions with a point that is not."
)
ABOUT_LEGS = (
    "Of the sessions with causes, those that ask of two legs or more: why it happened, why it was "
    "not noticed sooner, why the system let it. It opens the others."
)
ABOUT_BLAME = (
    "Of the sessions with causes, those in which an answer still blames somebody: the prompt about "
    "it stands, since the answer was not reworded and nobody said why it may stay. It opens them."
)
ABOUT_DEPTH = (
    "How many whys lead from the problem to the deepest root cause of a session: half of the "
    "sessions with a root are not deeper. No depth is right in itself; five is a hint."
)
ABOUT = (
    "How the sessions asked about were analysed. Beside a facilitator it is for a talk between two "
    "people, with the sessions open: the order is that of the alphabet, and few sessions say "
    "little."
)

OPENS = {
    "evidence": "A root without evidence",
    "read_back": "Not read back to the end",
    "points": "A point that is not ticked",
    "legs": "Fewer than two legs",
}
"""What the sessions are that a share opens which is not about them."""

_POINTS = len(RootPoint)


@dataclass(frozen=True, slots=True)
class Qualities:
    """The six figures of some sessions, and how many these are."""

    sessions: Figure
    evidence: Figure
    read_back: Figure
    points: Figure
    legs: Figure
    blame: Figure
    depth: Figure

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The six, in the order in which they are told."""
        return (
            *(self.evidence, self.read_back, self.points),
            *(self.legs, self.blame, self.depth),
        )


@dataclass(frozen=True, slots=True)
class OfMonth:
    """The figures of one month."""

    first_day: date
    qualities: Qualities


@dataclass(frozen=True, slots=True)
class OfFacilitator:
    """The figures of one facilitator's sessions."""

    name: str
    """Empty for sessions that name none."""
    qualities: Qualities


@dataclass(frozen=True, slots=True)
class Quality:
    """The figures together, by month, and by facilitator in the order of the alphabet."""

    together: Qualities
    months: tuple[OfMonth, ...]
    facilitators: tuple[OfFacilitator, ...]
    of: int
    """How many sessions are asked about; those that are in no figure are still looked at."""
    about: str

    @property
    def looked_at(self) -> int:
        """How many of the sessions asked about are in these figures."""
        return self.together.sessions.of


def quality(sessions: Sessions, asked: Column, counts: Rows, zone: tzinfo | None = None) -> Quality:
    """The figures of the sessions `asked` about, so far as there are `counts` of them."""
    rows = counts.where(asked[counts.session])
    months, month = in_months(sessions.at[rows.session], zone)
    tallies = _Tallies.of(sessions, rows)
    spelled = Spelling()
    led, place = folded(sessions.names, sessions["facilitator"][rows.session], spelled)
    of_months, of_leaders = tallies.by(month, months.count), tallies.by(led, len(place))
    return Quality(
        together=next(tallies.by(np.zeros(len(rows), np.int64), 1)),
        months=tuple(
            OfMonth(day, qualities) for day, qualities in zip(months.days, of_months, strict=True)
        ),
        facilitators=tuple(
            OfFacilitator(spelled.name(name), qualities)
            for name, qualities in sorted(
                zip(place, of_leaders, strict=True), key=lambda one: (not one[0], one[0])
            )
        ),
        of=int(np.count_nonzero(asked)),
        about=ABOUT,
    )


@dataclass(frozen=True, slots=True)
class _Tallies:
    """What is added up over sessions, and which of them each figure opens."""

    sessions: Sessions
    session: Column
    roots: Column
    with_evidence: Column
    points: Column
    depth: Column
    bare: Column
    unticked: Column
    asked: Column
    unread: Column
    with_causes: Column
    narrow: Column
    blaming: Column
    deep: Column

    @staticmethod
    def of(sessions: Sessions, rows: Rows) -> "_Tallies":
        """Those of the sessions with these counts."""
        roots, points, questions = rows["roots"], rows["points"], rows["questions"]
        has_roots, with_causes = roots > 0, rows["causes"] > 0
        return _Tallies(
            sessions=sessions,
            session=rows.session,
            roots=roots,
            with_evidence=rows["with_evidence"],
            points=points,
            depth=rows["depth"],
            bare=has_roots & (rows["with_evidence"] < roots),
            unticked=has_roots & (points < _POINTS * roots),
            asked=questions > 0,
            unread=(questions > 0) & (rows["answered"] < questions),
            with_causes=with_causes,
            narrow=with_causes & (rows["legs"] < 2),
            blaming=with_causes & (rows["blame"] > 0),
            deep=rows["depth"] != UNKNOWN,
        )

    def by(self, group: Column, length: int) -> Iterator[Qualities]:
        """The six figures of each of so many groups of sessions."""

        def added(values: Column) -> list[int]:
            # Whole numbers below 2**53 are added up exactly.
            return [int(value) for value in np.bincount(group, values, length)]

        def told(which: Column) -> Callable[[int], Behind]:
            return in_groups(self.sessions, group[which], self.session[which])

        roots, with_evidence, points = map(added, (self.roots, self.with_evidence, self.points))
        asked, with_causes = (many(group, length, one) for one in (self.asked, self.with_causes))
        everyone = told(np.ones(len(group), bool))
        bare, unticked, unread, narrow, blaming, deep = map(
            told, (self.bare, self.unticked, self.unread, self.narrow, self.blaming, self.deep)
        )
        in_order = np.lexsort((self.depth[self.deep], group[self.deep]))
        depths, of = self.depth[self.deep][in_order], group[self.deep][in_order]
        for one in range(length):
            first, end = np.searchsorted(of, (one, one + 1))
            yield Qualities(
                sessions=count("sessions", "Sessions", everyone(one), ABOUT_SESSIONS),
                evidence=share(
                    "evidence",
                    "Roots with evidence",
                    with_evidence[one],
                    roots[one],
                    ABOUT_EVIDENCE,
                    bare(one),
                    OPENS["evidence"],
                ),
                read_back=_others(
                    "read_back",
                    "Read back to the end",
                    int(asked[one]),
                    ABOUT_READ_BACK,
                    unread(one),
                ),
                points=share(
                    "points",
                    "Points of the root list",
                    points[one],
                    _POINTS * roots[one],
                    ABOUT_POINTS,
                    unticked(one),
                    OPENS["points"],
                ),
                legs=_others(
                    "legs", "Two legs or more", int(with_causes[one]), ABOUT_LEGS, narrow(one)
                ),
                blame=share(
                    "blame",
                    "Blame still standing",
                    len(blaming(one)),
                    int(with_causes[one]),
                    ABOUT_BLAME,
                    blaming(one),
                ),
                depth=Figure(
                    "depth",
                    "Depth of the roots",
                    middle(depths[first:end]) if end > first else None,
                    Unit.NUMBER,
                    ABOUT_DEPTH,
                    int(end - first),
                    deep(one),
                ),
            )


def _others(name: str, label: str, whole: int, about: str, without: Behind) -> Figure:
    """A share that opens the sessions which are not in it."""
    return share(name, label, whole - len(without), whole, about, without, OPENS[name])
