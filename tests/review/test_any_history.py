"""Whatever happened: no panel fails, shares are shares, and sums add up."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fivewhys.countermeasures.targets import built_in_targets
from fivewhys.models.plan_words import CountermeasureKind, Means, Progress
from fivewhys.models.words import Severity
from fivewhys.review.counting import Counts
from fivewhys.review.figure import Figure, Unit
from fivewhys.review.pareto import Basis
from tests.review.by_columns import (
    clock_times,
    follow_through,
    heat,
    pareto,
    quality,
    trend,
    wounds,
)
from tests.review.plain.rows import ActionRow, ClockRow, FixRow, FoundRow, QualityRow, SessionRow
from tests.review.rows import key, together

NOW = datetime(2026, 6, 1, tzinfo=UTC)
NUMBERS = st.integers(1, 6)
MOMENTS = st.integers(-(10**9), 2 * 10**9)
DAYS = st.dates(date(1990, 1, 1), date(2040, 1, 1))
NAMES = st.sampled_from(["", "Lyon", "lyon", "Ärger", "ärger", "ß", "价格"])
SEVERITIES = st.none() | st.sampled_from(Severity)
COUNTS = st.integers(0, 3)

sessions = st.lists(
    st.builds(
        SessionRow, NUMBERS, NAMES, NAMES, NAMES, SEVERITIES, st.sampled_from(["", "12 guests"])
    ),
    max_size=6,
    unique_by=lambda row: row.number,
)
roots = st.lists(
    st.tuples(NUMBERS, MOMENTS, st.integers(0, 2)), max_size=8, unique_by=lambda row: row[0]
).map(lambda rows: [FoundRow(key(at).bytes, *row) for at, row in enumerate(rows, 1)])
fixes = st.lists(
    st.builds(FixRow, st.just(b"1"), st.just(key(99).bytes), NUMBERS, st.integers(0, 2), DAYS),
    max_size=3,
)


def is_sound(figure: Figure) -> None:
    assert figure.text
    assert figure.about
    assert figure.sessions == tuple(sorted(set(figure.sessions)))
    assert (figure.value is None) == (figure.text == "none yet")
    if figure.unit is Unit.SHARE and figure.value is not None:
        assert figure.of > 0
        assert 0 <= figure.value <= 1


@given(sessions, roots, fixes, st.sampled_from(Basis))
def test_pareto_wounds_and_trend(
    rows: list[SessionRow], found: list[FoundRow], done: list[FixRow], basis: Basis
) -> None:
    chosen = {row.number for row in rows}
    bars = pareto(rows, together(found), basis)
    is_sound(bars.recurring)
    is_sound(bars.unsaid)
    assert sum(bar.value for bar in bars.bars) == bars.total
    assert [bar.value for bar in bars.bars] == sorted(
        (bar.value for bar in bars.bars), reverse=True
    )
    if bars.bars:
        assert abs(bars.bars[-1].cumulative - 1) < 1e-9
        assert 1 <= bars.line <= len(bars.bars)
        vital = [bar for bar in bars.bars if bar.is_vital]
        assert len(vital) == bars.line
        assert vital[-1].cumulative > 0.8 - 1e-9
        assert bars.line == 1 or vital[-2].cumulative < 0.8 + 1e-9
    small = wounds(rows, together(found))
    for pile in (*small.by_cause, *small.by_site, *small.by_place, *small.by_group):
        is_sound(pile.small)
        is_sound(pile.big)
        assert len(pile.small.sessions) > 1
        assert set(pile.small.sessions) <= set(small.small.sessions)
        assert 0 <= pile.outweighs <= len(small.big.sessions)
    at_of = {row.number: row.at for row in found if row.number in chosen}
    months = trend(at_of, together(found, None, done), UTC)
    assert sum(month.sessions.of for month in months.months) == len(at_of)
    assert sum(len(month.repeats.sessions) for month in months.months) == len(
        months.repeats.sessions
    )
    assert set(months.after_fix.sessions) <= set(months.repeats.sessions)
    figures = [(one.sessions, one.repeats, one.after_fix) for one in months.months]
    for figure in (months.sessions, months.repeats, months.after_fix, *sum(figures, ())):
        is_sound(figure)


@given(
    st.lists(
        st.tuples(NUMBERS, NAMES, NAMES, NAMES, st.booleans()),
        max_size=6,
        unique_by=lambda row: row[0],
    )
)
def test_heat(rows: list[tuple[int, str, str, str, bool]]) -> None:
    found = heat(rows, (), ["Lyon"])
    for line in found.lines:
        is_sound(line.total)
        assert len(line.cells) == len(found.columns)
        told = {number for cell in line.cells for number in cell.figure.sessions}
        assert told == set(line.total.sessions)
        assert line.average is None or line.average >= 0
    chosen = {row[0] for row in rows if row[4]}
    assert {number for line in found.lines for number in line.total.sessions} == chosen


@given(
    st.lists(
        st.builds(
            ClockRow,
            NUMBERS,
            SEVERITIES,
            MOMENTS,
            *[st.none() | MOMENTS] * 2,
            st.none() | DAYS,
            st.none() | MOMENTS,
        ),
        max_size=12,
        unique_by=lambda row: row.number,
    )
)
def test_clocks(rows: list[ClockRow]) -> None:
    for step in clock_times(rows, built_in_targets(), NOW).steps:
        for figure in (step.median, step.ninety, step.within, step.running, step.late):
            is_sound(figure)
        # What came before the problem was noticed is in neither.
        assert step.median.of + len(step.running.sessions) <= len(rows)
        assert step.median.value is None or step.median.value >= 0
        assert set(step.late.sessions) <= set(step.running.sessions)


@given(
    st.lists(
        st.builds(
            ActionRow,
            NUMBERS,
            st.sampled_from(CountermeasureKind),
            st.sampled_from(Progress),
            st.none() | st.sampled_from(Means),
            st.none() | DAYS,
            st.none() | DAYS,
            st.booleans(),
        ),
        max_size=12,
    ),
    DAYS,
)
def test_follow_through(rows: list[ActionRow], today: date) -> None:
    found = follow_through(rows, today)
    for figure in (*found.figures, *(one.figure for one in found.mix)):
        is_sound(figure)
    parts = [one.figure.value for one in found.mix]
    assert None in parts or abs(sum(part or 0 for part in parts) - 1) < 1e-9
    assert set(found.overdue.sessions) <= set(found.open.sessions)


@given(
    st.lists(
        st.builds(
            QualityRow,
            *(NUMBERS, MOMENTS, NAMES),
            st.builds(
                lambda causes, roots, part, asked, legs: Counts(
                    *(causes + roots, roots, min(part, roots), roots * 3, asked),
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
    found = quality(rows, len(rows), UTC)
    assert sum(month.qualities.sessions.of for month in found.months) == len(rows)
    assert sum(len(one.qualities.sessions.sessions) for one in found.facilitators) == len(rows)
    for part in (found.together, *(month.qualities for month in found.months)):
        for figure in part.figures:
            is_sound(figure)
    for a, b in zip(found.months, found.months[1:], strict=False):
        assert timedelta(27) < b.first_day - a.first_day < timedelta(32)
