"""The figures from rows that are short to write: packed, read back as columns, and counted."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any
from uuid import UUID

import numpy as np

from fivewhys.countermeasures.targets import Step, Targets
from fivewhys.review import clocks as of_clocks
from fivewhys.review import follow_through as of_plans
from fivewhys.review import heat as of_places
from fivewhys.review import pareto as of_bars
from fivewhys.review import quality as of_quality
from fivewhys.review import shared as of_causes
from fivewhys.review import trend as of_months
from fivewhys.review import wounds as of_wounds
from fivewhys.review.columns import (
    FACTS,
    KINDS,
    MEANS,
    NEVER,
    NO_DAY,
    PROGRESS,
    SEVERITIES,
    UNKNOWN,
    Column,
    Part,
    Rows,
    Sessions,
    pack,
    unpack,
)
from fivewhys.review.period import days_since_1970
from fivewhys.review.rows import Linked
from tests.review.plain.rows import (
    ActionRow,
    ClockRow,
    FixRow,
    FoundRow,
    QualityRow,
    SessionRow,
)


class Names:
    """Names by their places."""

    def __init__(self) -> None:
        self.known = [""]

    def __call__(self, name: str) -> int:
        if name not in self.known:
            self.known.append(name)
        return self.known.index(name)


def columns(part: Part, rows: Sequence[tuple[Any, ...]]) -> Column:
    """Rows as they are when they were kept."""
    return unpack(part, [pack(part, rows)])


def sessions_of(rows: Mapping[int, Mapping[str, Any]]) -> Sessions:
    """Sessions by their numbers, with what is said of them; all else is unknown."""
    names = Names()
    return Sessions.of(
        columns(
            Part.SESSION,
            [
                (
                    *(number, 0, False, said.get("at", 0)),
                    *(names(said.get(name, "")) for name in FACTS),
                    _code(SEVERITIES, said.get("severity")),
                    UNKNOWN if said.get("customers") is None else said["customers"],
                    *(_or(said.get(step), NEVER) for step in ("acknowledged", "root_found")),
                    _or(said.get("told"), NEVER),
                )
                for number, said in sorted(rows.items())
            ],
        ),
        names.known,
    )


def _code(words: Sequence[str], word: str | None) -> int:
    return UNKNOWN if word is None else words.index(word)


def _or(value: int | None, unknown: int) -> int:
    return unknown if value is None else value


def _day(day: date | None) -> int:
    return NO_DAY if day is None else days_since_1970(day)


@dataclass(frozen=True)
class Together:
    """Roots, and what makes some of them the same."""

    rows: tuple[FoundRow, ...]
    known: Linked
    fixes: tuple[FixRow, ...]
    suggested: tuple[Collection[UUID], ...]

    def held(self) -> dict[int, dict[str, Any]]:
        """The sessions that they are of."""
        held: dict[int, dict[str, Any]] = {fix.number: {} for fix in self.fixes}
        return held | {row.number: {"at": row.at} for row in self.rows}

    def roots(self, sessions: Sessions) -> of_causes.Roots:
        """These as columns."""
        sameness = of_causes.Sameness(self.known)
        fixes = fixes_of(sessions, self.fixes)
        rows = found_rows(sessions, self.rows)
        suggested = [[key.bytes for key in keys] for keys in self.suggested]
        return of_causes.roots_together(sessions, rows, sameness, fixes, suggested)


def found_rows(sessions: Sessions, rows: Iterable[FoundRow]) -> Rows:
    """Causes, those of one session in the order of their keys."""
    in_order = sorted((row.number, row.key, row.words) for row in rows)
    packed = [(number, words, key) for number, key, words in in_order]
    return Rows.of(sessions, columns(Part.ROOT, packed))


def fixes_of(sessions: Sessions, fixes: Iterable[FixRow]) -> of_causes.Fixes:
    """What was done."""
    rows = [(fix.number, fix.words, fix.cause, 0, 0, 0, 0, 0, _day(fix.done_on)) for fix in fixes]
    return of_causes.Fixes.of(sessions, Rows.of(sessions, columns(Part.ACTION, rows)))


def pareto(
    chosen: Iterable[int] | Iterable[SessionRow],
    together: Together,
    basis: of_bars.Basis = of_bars.Basis.SESSIONS,
) -> of_bars.Pareto:
    """The Pareto of sessions, told by their numbers alone where those are counted."""
    held = together.held()
    numbers = []
    for one in chosen:
        number = one if isinstance(one, int) else one.number
        numbers.append(number)
        held[number] = held.get(number, {}) | ({} if isinstance(one, int) else _said(one))
    sessions = sessions_of(held)
    asked, roots = sessions.numbered(numbers), together.roots(sessions)
    is_joined = bool(together.suggested)
    return of_bars.pareto(sessions, asked, roots, basis, with_suggested=is_joined)


def _said(row: SessionRow) -> dict[str, Any]:
    return row._asdict() | {"customers": row.customers}


def wounds(chosen: Iterable[SessionRow], together: Together) -> of_wounds.Wounds:
    """The minor wounds."""
    held, numbers = together.held(), []
    for row in chosen:
        held[row.number] = held.get(row.number, {}) | _said(row)
        numbers.append(row.number)
    sessions = sessions_of(held)
    return of_wounds.wounds(sessions, sessions.numbered(numbers), together.roots(sessions))


def trend(
    chosen: Mapping[int, int], together: Together, zone: tzinfo | None = UTC
) -> of_months.Trend:
    """The trend of sessions with their moments."""
    sessions = sessions_of(together.held() | {key: {"at": at} for key, at in chosen.items()})
    asked = sessions.numbered(chosen)
    return of_months.trend(sessions, asked, together.roots(sessions), zone)


def came_back(fixes: Sequence[FixRow], found: Sequence[FoundRow], known: Linked) -> set[bytes]:
    """The keys of the countermeasures whose cause came back."""
    held: dict[int, dict[str, Any]] = {fix.number: {} for fix in fixes}
    sessions = sessions_of(held | {row.number: {"at": row.at} for row in found})
    causes = Rows.of(
        sessions, columns(Part.CAUSE, sorted((row.number, row.words) for row in found))
    )
    decided = found_rows(sessions, (row for row in found if row.key in known.words))
    back = of_causes.came_back(
        sessions, fixes_of(sessions, fixes), causes, decided, of_causes.Sameness(known)
    )
    return {fix.action for fix, is_back in zip(fixes, back, strict=True) if is_back}


def heat(
    rows: Iterable[tuple[int, str, str, str, bool]],
    quiet: Iterable[tuple[int, str, str]] = (),
    columns: Sequence[str] = (),
    what: str = "department",
    bare: Iterable[tuple[int, str, str]] = (),
) -> of_places.Heat:
    """The map of sessions with site, region, column, and whether the site is asked about.

    `quiet` are sessions that are not asked about, with their sites and regions; `bare` are asked
    about, at sites that are too, and carry no category.
    """
    rows, bare = list(rows), list(bare)
    held: dict[int, dict[str, Any]] = {
        number: {"site": site, "region": region, "department": column}
        for number, site, region, column, _ in rows
    }
    held |= {number: {"site": site, "region": region} for number, site, region in (*quiet, *bare)}
    sessions = sessions_of(held)
    others = [number for number, _, _ in bare]
    asked, here = (
        sessions.numbered([*(row[0] for row in rows if is_there(row)), *others])
        for is_there in (lambda _: True, lambda row: row[4])
    )
    carried = None
    if what != "department":
        names = Names()
        names.known = list(sessions.names)
        pairs = [(row[0], names(row[3])) for row in rows]
        carried = (
            sessions.places(np.array([number for number, _ in pairs], np.int64)),
            np.array([name for _, name in pairs], np.int64),
        )
        sessions = Sessions(sessions.rows, names.known)
    return of_places.heat(sessions, asked, here, carried, columns, what)


def clock_times(rows: Sequence[ClockRow], targets: Targets, now: datetime) -> of_clocks.ClockTimes:
    """The clocks."""
    held = {row.number: row._asdict() | {"at": row.since} for row in rows}
    sessions = sessions_of(held)
    fixed = {row.number: _day(row.fixed) for row in rows}
    reached = {step: sessions[step.value] for step in Step if step is not Step.FIXED}
    days = np.array([fixed[number] for number in sessions.number.tolist()], np.int64)
    asked = sessions.everyone
    return of_clocks.clock_times(sessions, asked, reached | {Step.FIXED: days}, targets, now)


def actions_of(sessions: Sessions, rows: Iterable[ActionRow]) -> tuple[Rows, Column]:
    """Countermeasures, and of which the cause came back."""
    in_order = sorted(rows, key=lambda row: row.number)
    packed = [
        (
            *(row.number, 0, bytes(16), KINDS.index(row.kind), PROGRESS.index(row.progress)),
            *(_code(MEANS, row.means), 0, _day(row.due), _day(row.done_on)),
        )
        for row in in_order
    ]
    is_back = np.array([row.is_back for row in in_order], bool)
    return Rows.of(sessions, columns(Part.ACTION, packed)), is_back


def fixed_days(rows: Sequence[ActionRow]) -> dict[int, int]:
    """The day on which each session was fixed, since 1970, for those that are."""
    sessions = sessions_of({row.number: {} for row in rows})
    nowhere = np.zeros(len(sessions), bool)
    reached = of_clocks.when_reached(sessions, nowhere, *actions_of(sessions, rows))
    days = zip(sessions.number.tolist(), reached[Step.FIXED].tolist(), strict=True)
    return {number: day for number, day in days if day != NO_DAY}


def follow_through(rows: Sequence[ActionRow], today: date) -> of_plans.FollowThrough:
    """The follow-through."""
    sessions = sessions_of({row.number: {} for row in rows})
    asked = sessions.everyone
    return of_plans.follow_through(sessions, asked, *actions_of(sessions, rows), today)


def quality(rows: Sequence[QualityRow], of: int, zone: tzinfo | None = UTC) -> of_quality.Quality:
    """The quality; sessions that are asked about and not counted yet have high numbers."""
    held: dict[int, dict[str, Any]] = {row.number: row._asdict() for row in rows}
    for more in range(of - len(held)):
        held[1000 + more] = {}
    sessions = sessions_of(held)
    packed = [(row.number, 0, 0, *row.counts[:-1], _or(row.counts.depth, UNKNOWN)) for row in rows]
    counts = Rows.of(sessions, columns(Part.COUNT, sorted(packed)))
    return of_quality.quality(sessions, sessions.everyone, counts, zone)


def qualities(rows: Sequence[QualityRow]) -> of_quality.Qualities:
    """The six figures of some sessions."""
    return quality(rows, len(rows)).together
