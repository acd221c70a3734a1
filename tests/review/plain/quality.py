"""The quality of analyses, in loops."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import tzinfo
from statistics import median

from fivewhys.review.figure import Figure, Unit, count, numbers, share
from fivewhys.review.period import Months
from fivewhys.review.quality import (
    _POINTS,
    ABOUT,
    ABOUT_BLAME,
    ABOUT_DEPTH,
    ABOUT_EVIDENCE,
    ABOUT_LEGS,
    ABOUT_POINTS,
    ABOUT_READ_BACK,
    ABOUT_SESSIONS,
    OPENS,
    OfFacilitator,
    OfMonth,
    Qualities,
    Quality,
)
from fivewhys.review.spelling import Spelling
from tests.review.plain.rows import QualityRow, month_of


def quality(rows: Sequence[QualityRow], of: int, zone: tzinfo | None = None) -> Quality:
    """The figures of sessions; `of` is how many sessions are asked about."""
    months = Months.of((row.at for row in rows), zone)
    by_month: list[list[QualityRow]] = [[] for _ in range(months.count)]
    led: dict[str, list[QualityRow]] = {}
    spelled = Spelling()
    for row in rows:
        by_month[month_of(months, row.at)].append(row)
        led.setdefault(spelled(row.facilitator), []).append(row)
    tallies = [_tally(held) for held in by_month]
    return Quality(
        together=_qualities(_Tally.of(tallies)),
        months=tuple(
            OfMonth(day, _qualities(tally)) for day, tally in zip(months.days, tallies, strict=True)
        ),
        facilitators=tuple(
            OfFacilitator(spelled.name(name), qualities(led[name]))
            for name in sorted(led, key=lambda name: (not name, name))
        ),
        of=of,
        about=ABOUT,
    )


def qualities(rows: Iterable[QualityRow]) -> Qualities:
    """The six figures of some sessions."""
    return _qualities(_tally(rows))


@dataclass(slots=True)
class _Tally:
    """What is added up over sessions: numbers of things, and numbers of sessions."""

    held: list[int] = field(default_factory=list)
    roots: int = 0
    with_evidence: int = 0
    points: int = 0
    with_causes: int = 0
    bare: list[int] = field(default_factory=list)
    unticked: list[int] = field(default_factory=list)
    asked: int = 0
    unread: list[int] = field(default_factory=list)
    narrow: list[int] = field(default_factory=list)
    blaming: list[int] = field(default_factory=list)
    depths: list[int] = field(default_factory=list)
    deep: list[int] = field(default_factory=list)

    @staticmethod
    def of(parts: Iterable["_Tally"]) -> "_Tally":
        """Several together."""
        whole = _Tally()
        for part in parts:
            for each in fields(_Tally):
                setattr(whole, each.name, getattr(whole, each.name) + getattr(part, each.name))
        return whole


def _tally(rows: Iterable[QualityRow]) -> _Tally:
    tally = _Tally()
    for row in rows:
        number = row.number
        causes, roots, with_evidence, points, asked, answered, legs, blame, depth = row.counts
        tally.held.append(number)
        if roots:
            tally.roots += roots
            tally.with_evidence += with_evidence
            tally.points += points
            if with_evidence < roots:
                tally.bare.append(number)
            if points < _POINTS * roots:
                tally.unticked.append(number)
        if asked:
            tally.asked += 1
            if answered < asked:
                tally.unread.append(number)
        if causes:
            tally.with_causes += 1
            if legs < 2:
                tally.narrow.append(number)
            if blame:
                tally.blaming.append(number)
        if depth is not None:
            tally.depths.append(depth)
            tally.deep.append(number)
    return tally


def _qualities(tally: _Tally) -> Qualities:
    read = tally.asked - len(tally.unread)
    whole = tally.with_causes
    many_legs = whole - len(tally.narrow)
    points, every = tally.points, _POINTS * tally.roots
    return Qualities(
        sessions=count("sessions", "Sessions", tally.held, ABOUT_SESSIONS),
        evidence=share(
            "evidence",
            "Roots with evidence",
            tally.with_evidence,
            tally.roots,
            ABOUT_EVIDENCE,
            tally.bare,
            OPENS["evidence"],
        ),
        read_back=share(
            "read_back",
            "Read back to the end",
            read,
            tally.asked,
            ABOUT_READ_BACK,
            tally.unread,
            OPENS["read_back"],
        ),
        points=share(
            "points",
            "Points of the root list",
            points,
            every,
            ABOUT_POINTS,
            tally.unticked,
            OPENS["points"],
        ),
        legs=share(
            "legs", "Two legs or more", many_legs, whole, ABOUT_LEGS, tally.narrow, OPENS["legs"]
        ),
        blame=share(
            "blame", "Blame still standing", len(tally.blaming), whole, ABOUT_BLAME, tally.blaming
        ),
        depth=Figure(
            "depth",
            "Depth of the roots",
            median(tally.depths) if tally.depths else None,
            Unit.NUMBER,
            ABOUT_DEPTH,
            len(tally.depths),
            numbers(tally.deep),
        ),
    )
