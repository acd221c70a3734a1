"""What the screens say of a cause in another session: whatever the room, in words that hold."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from fivewhys.memory import Seen
from fivewhys.models.past import Context, PastCause, PastDeed, PastSession
from fivewhys.models.plan_words import CountermeasureKind, Progress
from fivewhys.models.values import Appearance
from fivewhys.models.words import Kind, State, Status
from fivewhys.patterns.likely import Likely
from fivewhys.screens.look import UNICODE
from fivewhys.screens.seen_words import (
    NOTHING,
    also_in,
    also_root_in,
    facts,
    fate,
    fate_of,
    in_month,
    named,
)

TODAY = date(2026, 6, 12)
KEY = UUID(int=1)


def deed(
    progress: Progress, done_on: date | None = None, due: date | None = None, text: str = "a sheet"
) -> PastDeed:
    return PastDeed(KEY, KEY, text, progress, "Ana", due, done_on, CountermeasureKind.PREVENT)


def again(number: int, on: date = TODAY, *, is_root: bool = False) -> Appearance:
    return Appearance(UUID(int=number), number, "Lyon", on, is_root)


def seen(*deeds: PastDeed, site: str = "Lyon", is_root: bool = True, sessions: int = 0) -> Seen:
    session = PastSession(
        KEY, 12, State.FINISHED, "soup is cold", site, "", "Kitchen", None, date(2026, 2, 3)
    )
    cause = PastCause(KEY, KEY, KEY, Kind.CAUSE, "no forms", Status.OPEN, is_root, None)
    found = tuple(again(number, date(2026, 5, 2)) for number in range(1, sessions + 1))
    return Seen(Context(cause, session, ("soup", "no forms"), deeds), 0.9, Likely.VERY, found)


@pytest.mark.parametrize(
    ("item", "back", "words", "short"),
    [
        (deed(Progress.DONE, date(2026, 3, 9)), None, "fixed in March, not seen since", "fixed"),
        (
            deed(Progress.DONE, date(2026, 3, 9)),
            date(2026, 5, 2),
            "fixed in March, came back in May",
            "came back in May",
        ),
        # Found on the day it was done, it may have been before.
        (
            deed(Progress.DONE, date(2026, 3, 9)),
            date(2026, 3, 9),
            "fixed in March, not seen since",
            "fixed in Mar",
        ),
        (
            deed(Progress.EFFECTIVE, date(2024, 3, 9)),
            None,
            "fixed in March 2024, and it holds",
            "fixed in Mar 2024",
        ),
        (deed(Progress.NOT_EFFECTIVE), None, "tried, did not help", "did not help"),
        (deed(Progress.DONE), date(2026, 5, 2), "fixed, not seen since", "fixed"),
        (
            deed(Progress.IN_PROGRESS, due=date(2026, 5, 2)),
            None,
            "being fixed, due in May, overdue",
            "being fixed",
        ),
        (deed(Progress.PLANNED, due=date(2026, 8, 2)), None, "planned, due in August", "planned"),
        (deed(Progress.IDEA), None, "an idea so far", "an idea so far"),
        (deed(Progress.REJECTED), None, "rejected", "rejected"),
    ],
)
def test_what_became_of_a_countermeasure(
    item: PastDeed, back: date | None, words: str, short: str
) -> None:
    found = fate_of(item, [again(2, back)] if back else [], TODAY)
    assert found.words == words
    assert found.short.startswith(short)


def test_of_several_the_one_that_was_carried_out_last_tells_the_most() -> None:
    items = [
        deed(Progress.IDEA),
        deed(Progress.DONE, date(2025, 3, 9)),
        deed(Progress.NOT_EFFECTIVE, date(2026, 4, 9)),
        deed(Progress.PLANNED, due=date(2026, 8, 2)),
        deed(Progress.REJECTED),
    ]
    assert fate(items, (), TODAY).words == "tried in April, did not help"
    assert fate([deed(Progress.REJECTED)], (), TODAY) == NOTHING
    assert fate((), (), TODAY) == NOTHING


def test_a_month_has_its_year_where_it_may_be_mistaken() -> None:
    assert in_month(date(2026, 3, 1), TODAY) == "in March"
    assert in_month(date(2025, 6, 1), TODAY) == "in June 2025"
    assert in_month(date(2027, 6, 1), TODAY, 3) == "in Jun 2027"


def test_sessions_are_named_as_long_as_they_are_few() -> None:
    assert named([again(3)]) == "S-3"
    assert named([again(3), again(9)]) == "S-3 and S-9"
    assert named([again(3), again(9), again(11)]) == "S-3, S-9 and S-11"
    assert named([again(number) for number in range(1, 6)]) == "S-1, S-2 and 3 more"
    assert also_in([]) == []
    assert also_in([again(3)]) == ["= also in S-3", "= S-3"]
    assert also_in([again(3), again(9), again(11)]) == [
        "= also in S-3, S-9 +1",
        "= S-3, S-9 +1",
        "= S-3 +2",
    ]
    assert also_root_in([again(3, is_root=True), again(4), again(9, is_root=True)]) == [
        "also root in S-3 and S-9",
        "also a cause in S-4",
    ]


def test_a_row_says_as_much_as_it_has_room_for() -> None:
    item = deed(Progress.DONE, date(2026, 3, 9))
    back = seen(item, sessions=1)
    told, bad = facts(back, TODAY, 200, UNICODE)
    assert told == (
        "very likely the same · S-12 and 1 more · Lyon · February 2026 · root · "
        "fixed in March, came back in May"
    )
    assert bad == "fixed in March, came back in May"
    assert facts(back, TODAY, 44, UNICODE) == (
        "very likely · ◆ S-12 Lyon · came back in May",
        "came back in May",
    )
    assert facts(seen(site="", is_root=False), TODAY, 40, UNICODE) == (
        "very likely · S-12 · February 2026",
        "",
    )


@given(
    st.integers(1, 120),
    st.sampled_from(sorted(Progress)),
    st.text(max_size=30),
    st.booleans(),
    st.integers(0, 30),
)
def test_a_row_is_never_longer_than_its_room(
    width: int, progress: Progress, site: str, is_root: bool, sessions: int
) -> None:
    item = deed(progress, date(2026, 3, 9), date(2026, 7, 1))
    told, bad = facts(
        seen(item, site=site, is_root=is_root, sessions=sessions), TODAY, width, UNICODE
    )
    assert cell_len(told) <= width
    assert told.endswith(bad)
