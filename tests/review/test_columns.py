"""Columns say what loops over rows say, whatever happened."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from fivewhys.countermeasures.targets import built_in_targets
from fivewhys.models.plan_words import CountermeasureKind, Means, Progress
from fivewhys.models.words import Severity
from fivewhys.review.counting import Counts
from fivewhys.review.pareto import Basis
from fivewhys.review.rows import Linked
from tests.review import by_columns
from tests.review.by_columns import Together
from tests.review.plain import clocks, follow_through, heat, pareto, quality, trend, wounds
from tests.review.plain.rows import (
    ActionRow,
    ClockRow,
    FixRow,
    FoundRow,
    QualityRow,
    SessionRow,
)
from tests.review.plain.shared import Roots, Sameness, came_back, roots_together
from tests.review.rows import at, key, linked

NOW = datetime(2026, 6, 1, tzinfo=UTC)
NUMBERS = st.integers(1, 6)
HOUR = 3600
MOMENTS = st.integers(-5, 60).map(lambda hours: at("2026-03-01") + 11 * HOUR * hours)
DAYS = st.dates(date(2026, 2, 20), date(2026, 4, 10))
NAMES = st.sampled_from(["", "Lyon", "lyon", "Ärger", "ärger", "ß", "价格"])
SEVERITIES = st.none() | st.sampled_from(Severity)
COUNTS = st.integers(0, 3)
QUICK = settings(max_examples=50)


class History(NamedTuple):
    sessions: dict[int, SessionRow]
    moments: dict[int, int]
    roots: list[FoundRow]
    fixes: list[FixRow]
    known: Linked

    def together(self) -> Roots:
        return roots_together(self.roots, Sameness(self.known), self.fixes)

    def columns(self) -> Together:
        return Together(tuple(self.roots), self.known, tuple(self.fixes), ())


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Sessions with roots in few words, some fixed, some decided on; not all are asked about."""
    moments = draw(st.dictionaries(NUMBERS, MOMENTS, min_size=1))
    numbers = st.sampled_from(sorted(moments))
    said = st.builds(
        SessionRow,
        *(st.just(0), NAMES, NAMES, NAMES, SEVERITIES),
        st.sampled_from(["", "12 guests", "9 guests"]),
    )
    sessions = {number: draw(said)._replace(number=number) for number in draw(st.sets(numbers))}
    causes = draw(st.lists(st.tuples(numbers, st.integers(0, 2)), max_size=8))
    roots = [
        FoundRow(key(at).bytes, number, moments[number], words)
        for at, (number, words) in enumerate(causes, 1)
    ]
    done = draw(
        st.lists(st.tuples(st.sampled_from(roots), DAYS), max_size=3) if roots else st.just([])
    )
    fixes = [
        FixRow(bytes([place]), row.key, row.number, row.words, day)
        for place, (row, day) in enumerate(done)
    ]
    one = st.integers(1, max(len(roots), 1))
    pairs = st.lists(st.tuples(one, one).filter(lambda pair: pair[0] != pair[1]), max_size=3)
    some = draw(pairs) if len(roots) > 1 else []
    others = draw(pairs) if len(roots) > 1 else []
    return History(sessions, moments, roots, fixes, linked(roots, some, others))


@QUICK
@given(histories(), st.sampled_from(Basis))
def test_pareto_wounds_trend_and_what_came_back(history: History, basis: Basis) -> None:
    rows = list(history.sessions.values())
    asked = {row.number: history.moments[row.number] for row in rows}
    chosen, unsaid = dict.fromkeys(asked, 1), set[int]()
    if basis is Basis.WEIGHT:
        chosen, unsaid = pareto.weights(rows)
    together, columns = history.together(), history.columns()
    bars = pareto.pareto(chosen, together, basis, unsaid)
    assert by_columns.pareto(rows, columns, basis) == bars
    assert by_columns.wounds(rows, columns) == wounds.wounds(rows, together)
    assert by_columns.trend(asked, columns) == trend.trend(asked, together, UTC)
    back = came_back(history.fixes, history.roots, Sameness(history.known))
    assert by_columns.came_back(history.fixes, history.roots, history.known) == back


@QUICK
@given(
    st.lists(
        st.tuples(NUMBERS, NAMES, NAMES, NAMES, st.booleans()),
        max_size=6,
        unique_by=lambda row: row[0],
    ),
    st.lists(
        st.tuples(st.integers(10, 14), NAMES, NAMES), max_size=4, unique_by=lambda row: row[0]
    ),
    st.lists(
        st.tuples(st.integers(20, 23), NAMES, NAMES), max_size=3, unique_by=lambda row: row[0]
    ),
    st.sampled_from([(), ("Lyon", "Spa")]),
    st.sampled_from(["department", "category"]),
)
def test_heat(
    rows: Sequence[tuple[int, str, str, str, bool]],
    quiet: Sequence[tuple[int, str, str]],
    bare: Sequence[tuple[int, str, str]],
    columns: Sequence[str],
    what: str,
) -> None:
    # Whether a session is asked about is said of its site.
    shown = {row[1].casefold() for row in rows if row[4]}
    bare = [row for row in bare if what == "category"]
    shown |= {site.casefold() for _, site, _ in bare}
    rows = [(*row[:4], row[1].casefold() in shown) for row in rows]
    ever = [(row[1], row[2], 1) for row in rows]
    ever += [(site, region, 1) for _, site, region in (*quiet, *bare)]
    found = by_columns.heat(rows, quiet, columns, what, bare)
    assert found == heat.heat(rows, ever, columns, what, [site for _, site, _ in bare])


@QUICK
@given(
    st.lists(
        st.builds(
            ClockRow,
            *(NUMBERS, SEVERITIES, MOMENTS, st.none() | MOMENTS, st.none() | MOMENTS),
            *(st.none() | DAYS, st.none() | MOMENTS),
        ),
        max_size=12,
        unique_by=lambda row: row.number,
    )
)
def test_clocks(rows: list[ClockRow]) -> None:
    targets = built_in_targets()
    assert by_columns.clock_times(rows, targets, NOW) == clocks.clock_times(rows, targets, NOW)


ACTIONS = st.builds(
    ActionRow,
    *(NUMBERS, st.sampled_from(CountermeasureKind), st.sampled_from(Progress)),
    *(st.none() | st.sampled_from(Means), st.none() | DAYS, st.none() | DAYS, st.booleans()),
)


@QUICK
@given(st.lists(ACTIONS, max_size=12), DAYS)
def test_follow_through_and_what_is_fixed(rows: list[ActionRow], today: date) -> None:
    assert by_columns.follow_through(rows, today) == follow_through.follow_through(rows, today)
    epoch = date(1970, 1, 1)
    fixed = {number: (day - epoch).days for number, day in clocks.fixed_days(rows).items()}
    assert by_columns.fixed_days(rows) == fixed


@QUICK
@given(
    st.lists(
        st.builds(
            QualityRow,
            *(NUMBERS, MOMENTS, NAMES),
            st.builds(
                lambda causes, roots, part, asked, legs: Counts(
                    *(causes + roots, roots, min(part, roots), roots * (part + 5), asked),
                    *(min(part, asked), legs, part),
                    depth=part if roots else None,
                ),
                *(COUNTS, COUNTS, COUNTS, COUNTS, COUNTS),
            ),
        ),
        max_size=8,
        unique_by=lambda row: row.number,
    )
)
def test_quality(rows: list[QualityRow]) -> None:
    assert by_columns.quality(rows, 9) == quality.quality(rows, 9, UTC)
