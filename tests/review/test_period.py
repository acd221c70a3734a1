"""Periods and months are those of the person's own calendar."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from fivewhys.review.period import FIRST_DAY, LAST_DAY, Months, bounds, midnight
from tests.review.plain.rows import month_of
from tests.review.rows import at

BERLIN = ZoneInfo("Europe/Berlin")
KIRITIMATI = timezone(timedelta(hours=14))


def test_a_day_begins_at_its_own_midnight_there() -> None:
    assert midnight(date(2026, 3, 1), BERLIN) == datetime(2026, 2, 28, 23, tzinfo=UTC)
    # The clocks went forward on 29 March.
    assert midnight(date(2026, 3, 30), BERLIN) == datetime(2026, 3, 29, 22, tzinfo=UTC)


def test_the_last_day_belongs_to_the_period() -> None:
    start, after = bounds(date(2026, 3, 1), date(2026, 3, 31), UTC)
    assert start == datetime(2026, 3, 1, tzinfo=UTC)
    assert after == datetime(2026, 4, 1, tzinfo=UTC)
    assert bounds(None, None, UTC) == (None, None)


def test_the_ends_of_the_calendar_are_no_trouble() -> None:
    for zone in (UTC, BERLIN, KIRITIMATI, timezone(timedelta(hours=-12)), None):
        start, after = bounds(date.min, date.max, zone)
        assert start is not None
        assert after is None
        assert bounds(date.max, date.min, zone)[0] is not None


def test_the_last_hour_of_a_month_here_is_the_next_month_further_east() -> None:
    late = at("2026-03-31 22:30")
    assert Months.of([late], UTC).days == (date(2026, 3, 1),)
    assert Months.of([late], BERLIN).days == (date(2026, 4, 1),)


def test_months_without_sessions_stand_between_the_others() -> None:
    months = Months.of([at("2026-02-10"), at("2025-11-30 23:59")], UTC)
    told = [(day.year, day.month, day.day) for day in months.days]
    assert told == [(2025, 11, 1), (2025, 12, 1), (2026, 1, 1), (2026, 2, 1)]
    assert month_of(months, at("2025-11-30 23:59")) == 0
    assert month_of(months, at("2025-12-01")) == 1
    assert month_of(months, at("2026-02-10")) == 3
    assert Months.of([], UTC).days == ()


@given(
    moments=st.lists(
        st.datetimes(
            datetime.combine(FIRST_DAY, datetime.min.time()),
            datetime.combine(LAST_DAY, datetime.min.time()),
        ).map(lambda moment: int(moment.replace(tzinfo=UTC).timestamp())),
        min_size=1,
        max_size=3,
    ),
    zone=st.sampled_from([UTC, BERLIN, KIRITIMATI, timezone(timedelta(hours=-12))]),
)
def test_every_moment_is_in_the_month_of_its_day_there(moments: list[int], zone: timezone) -> None:
    moments = [moment for moment in moments if abs(moment - moments[0]) < 40 * 366 * 86400]
    months = Months.of(moments, zone)
    for moment in moments:
        day = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=moment)).astimezone(zone)
        assert months.days[month_of(months, moment)] == day.date().replace(day=1)
