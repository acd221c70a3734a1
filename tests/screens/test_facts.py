"""The form's fields: what people write, and what is kept of it."""

import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fivewhys.models.commands import Facts, NewPerson
from fivewhys.screens.facts import (
    FIELDS,
    NotUnderstood,
    as_text,
    changed_facts,
    fact_of,
    moment_of,
    people_of,
)
from tests.building import session
from tests.reports.hostile import HOSTILE

NOW = datetime(2026, 11, 21, 15, 30, 20, tzinfo=UTC)


def test_every_fact_has_a_field() -> None:
    names = {field.name for field in FIELDS}
    # Severity is chosen, not typed; the people are two fields; owning up has a screen of its own.
    owning_up = {"acknowledged_at", "acknowledgement", "told_at", "told_channel"}
    assert names == set(Facts.model_fields) - {"severity"} - owning_up | {"here", "away"}


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("45", 45), (" 45 ", 45), ("45 min", 45), ("45min", 45), ("45 minutes", 45), ("1440", 1440)],
)
def test_a_time_box_is_a_number_of_minutes(text: str, minutes: int) -> None:
    assert fact_of("time_box", text, NOW) == minutes


@pytest.mark.parametrize(
    "text", ["0", "-5", "1441", "an hour", "4.5", "４５", "²", "45 45", "9" * 5000, *HOSTILE]
)
def test_another_time_box_is_told_in_a_sentence(text: str) -> None:
    with pytest.raises(NotUnderstood, match=r"^Time box: write the minutes as a number"):
        fact_of("time_box", text, NOW)


def test_empty_fields_mean_that_nothing_is_known() -> None:
    assert fact_of("time_box", "  ", NOW) is None
    assert fact_of("noticed_at", " ", NOW) is None
    assert fact_of("site", "  ", NOW) == ""


@pytest.mark.parametrize(
    "text", ["tomorrow", "in 3 days", "in 20 minutes", "2031-01-01", "21 November 2026 18:00 UTC"]
)
def test_a_moment_to_come_is_told_in_a_sentence(text: str) -> None:
    with pytest.raises(NotUnderstood, match=r"^Noticed: .* is still to come\. Write when it was"):
        moment_of(text, NOW)


def test_a_clock_that_is_a_little_ahead_is_no_moment_to_come() -> None:
    assert moment_of("in 2 minutes", NOW) > NOW


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("yesterday 14:00", "2026-11-20 14:00:00"),
        ("today 9:15", "2026-11-21 09:15:00"),
        ("2026-03-03 08:40", "2026-03-03 08:40:00"),
        ("3 March", "2026-03-03 00:00:00"),
        ("3 March 2025 8:40 pm", "2025-03-03 20:40:00"),
        ("December 24", "2025-12-24 00:00:00"),
        ("2 hours ago", "2026-11-21 13:30:20"),
        ("Friday", "2026-11-20 00:00:00"),
        ("2026-03-03T08:40:00+02:00", "2026-03-03 06:40:00"),
    ],
)
def test_moments_as_people_write_them(text: str, moment: str) -> None:
    # The tests run in UTC.
    found = fact_of("noticed_at", text, NOW)
    assert str(found) == f"{moment}+00:00"


def test_a_moment_is_local_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Lisbon")
    time.tzset()
    assert moment_of("2026-07-03 08:40", NOW) == datetime(2026, 7, 3, 7, 40, tzinfo=UTC)
    assert moment_of("2026-11-20 08:40", NOW) == datetime(2026, 11, 20, 8, 40, tzinfo=UTC)
    shown = as_text("noticed_at", session(noticed_at=datetime(2026, 7, 3, 7, 40, tzinfo=UTC)))
    assert shown == "2026-07-03 08:40"


@pytest.mark.parametrize("text", ["soon", "the other day", "99:99", "31 February", "x" * 5000])
def test_another_moment_is_told_in_a_sentence(text: str) -> None:
    with pytest.raises(NotUnderstood, match=r"^Noticed: “.*” is no date"):
        moment_of(text, NOW)


@given(text=st.sampled_from(HOSTILE) | st.text(max_size=30) | st.text("0123456789:-/. TZ+"))
@example("0001-01-01")
@example("9999-12-31 23:59")
@example("99999999999999999999")
@example("in 99999999 years")
@example("1 January 0000")
def test_whatever_is_written_is_a_moment_or_a_sentence(text: str) -> None:
    for name in ("noticed_at", "time_box"):
        with suppress(NotUnderstood):
            fact_of(name, text, NOW)


def test_people_are_lines_of_name_and_role() -> None:
    found = people_of(" Ines , host\n\nBo\n\tChidi,  shift lead , late shift\n", "Dana, manager")
    assert found == (
        NewPerson(name="Ines", role="host"),
        NewPerson(name="Bo"),
        NewPerson(name="Chidi", role="shift lead , late shift"),
        NewPerson(name="Dana", role="manager", here=False),
    )


def test_a_name_counts_once_and_lines_without_a_name_are_no_people() -> None:
    assert people_of("Ines\nInes, host\n, nobody\n ,", "Ines") == (NewPerson(name="Ines"),)


def test_people_show_as_they_were_written() -> None:
    people = people_of("Ines, host\nBo", "Dana, manager")
    tree = session(people=people)
    assert as_text("here", tree) == "Ines, host\nBo"
    assert as_text("away", tree) == "Dana, manager"


def test_only_what_differs_is_changed() -> None:
    tree = session(site="Harwick", time_box=45, noticed_at=NOW)
    values = {
        field.name: fact_of(field.name, as_text(field.name, tree), NOW)
        for field in FIELDS
        if field.name not in ("here", "away")
    }
    values["severity"] = None
    # The form shows no seconds, and does not take them away.
    assert changed_facts(tree.session, values) == {}
    assert changed_facts(tree.session, values | {"site": "Valmora"}) == {"site": "Valmora"}
    assert changed_facts(tree.session, values | {"time_box": None}) == {"time_box": None}
    assert changed_facts(replace(tree.session, site=""), values) == {"site": "Harwick"}


def test_a_new_session_is_given_what_was_filled_in() -> None:
    values = {"site": "Harwick", "region": "", "time_box": None, "noticed_at": NOW}
    assert changed_facts(None, values) == {"site": "Harwick", "noticed_at": NOW}
