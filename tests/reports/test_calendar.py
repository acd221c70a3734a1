"""The plan for calendars, read back by the package that calendars use."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from icalendar import Calendar

from fivewhys.models.plan_words import Progress
from fivewhys.reports.actions import Action
from fivewhys.reports.calendar import PART, TITLE, calendar
from fivewhys.text import clean
from tests.reports.acting import TODAY, acted, done, line
from tests.reports.hostile import HOSTILE, lines

CHANGED = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)


def written(*actions: Action, at: datetime = CHANGED) -> str:
    return calendar(actions, dict.fromkeys((action.line.session_id for action in actions), at))


def events(text: str) -> list[Any]:
    return list(Calendar.from_ical(text).walk("VEVENT"))


def test_a_due_date_is_an_event_of_a_whole_day() -> None:
    action = acted(line(), "Calls that nobody returned")
    (event,) = events(written(action))
    assert event.decoded("dtstart") == TODAY
    assert event.decoded("dtend") == TODAY + timedelta(days=1)
    assert event["summary"] == "Due (Amara): Call back"
    assert UUID(event["uid"]) == action.line.id
    assert event.decoded("dtstamp") == event.decoded("last-modified") == CHANGED
    assert event["transp"] == "TRANSPARENT"
    assert event["description"].split("\n") == [
        "What we do: Call back",
        "Cause: Nobody calls back",
        "How we will know: Calls that nobody returned: 0",
        "Owner: Amara",
        "State: planned",
        "Kind: prevent: keeps it from happening again",
        "Session: S-12, customers are angry",
        "Place: Harwick · Check-out",
    ]


def test_what_is_done_is_left_out_and_its_checks_stay() -> None:
    action = acted(done("A bell"), "Calls that nobody returned", days=(date(2026, 12, 2), TODAY))
    gone = Action(line("A mail", progress=Progress.REJECTED))
    found = events(written(gone, action))
    assert [event.decoded("dtstart") for event in found] == [TODAY, date(2026, 12, 2)]
    assert {event["uid"] for event in found} == {str(check.id) for check in action.checks}
    assert found[0]["summary"] == "Check (Ines): Calls that nobody returned"
    assert found[0]["description"].split("\n")[2:7] == [
        "What to look at: Calls that nobody returned",
        "Before: 9 of 10",
        "Target: 0",
        "Who checks: Ines",
        "Owner: Amara",
    ]


def test_the_same_plan_gives_the_same_text_and_a_later_one_the_same_events() -> None:
    action = acted(line(), "Calls", days=(date(2026, 12, 2),))
    assert written(action) == written(action)
    moved = replace(action, line=replace(action.line, due=date(2026, 12, 24)))
    before = events(written(action))
    after = events(written(moved, at=CHANGED + timedelta(days=1)))
    assert {event["uid"] for event in before} == {event["uid"] for event in after}
    assert all(event.decoded("dtstamp") > CHANGED for event in after)


def test_an_undated_and_unowned_plan_is_an_empty_calendar() -> None:
    assert events(written(Action(line(due=None)))) == []
    (event,) = events(written(Action(line(owner="", due=date.max))))
    assert event["summary"] == "Due: Call back"
    assert "dtend" not in event
    assert "Owner: nobody yet" in event["description"]


def test_lines_are_folded_at_75_bytes_and_end_as_calendars_want() -> None:
    text = written(Action(line("客户很生气" * 100, cause="x" * 100_000, owner="🙂" * 50)))
    assert text.count("\n") == text.count("\r\n")
    assert max(len(part.encode()) for part in text.split("\r\n")) <= 75
    (event,) = events(text)
    assert len(event["summary"]) <= TITLE
    assert "客户很生气" * 100 in event["description"]
    assert len(event["description"]) < 3 * PART


def test_a_backslash_stays_one() -> None:
    # The package that reads calendars here takes \\N for the end of a line, even behind another.
    unfolded = written(Action(line("Move C:\\New\\notes"))).replace("\r\n ", "")
    assert "\r\nSUMMARY:Due (Amara): Move C:\\\\New\\\\notes\r\n" in unfolded
    assert "DESCRIPTION:What we do: Move C:\\\\New\\\\notes\\nCause: " in unfolded


def test_days_long_ago_and_moments_elsewhere_are_written_in_full() -> None:
    at = datetime(2026, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    (event,) = events(written(Action(line(due=date(33, 4, 3))), at=at))
    assert event.decoded("dtstart") == date(33, 4, 3)
    assert event.decoded("dtstamp") == at


@given(text=lines)
@pytest.mark.filterwarnings("error")
def test_no_text_breaks_out_of_its_event(text: str) -> None:
    hostile = line(text, owner=text, cause=text, problem=text, site=text, department=text)
    (event,) = events(written(Action(hostile)))
    assert f"What we do: {clean(text)}\nCause: {clean(text)}\n" in event["description"]
    assert set(event) == {
        *("SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID"),
        *("DESCRIPTION", "LAST-MODIFIED", "TRANSP"),
    }


@pytest.mark.parametrize("text", [*HOSTILE, "END:VEVENT", "a\\nBEGIN:VALARM", "x;y,z:\\,"])
def test_hostile_texts_come_back_as_they_were(text: str) -> None:
    text = clean(text)
    (event,) = events(written(acted(line(text), text)))
    assert event["summary"] == f"Due (Amara): {text}"[:TITLE]
    assert f"\nHow we will know: {text.rstrip('.')}: 0\n" in event["description"]
