"""Operations survive being written as JSON, and taken back they cancel out."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fivewhys.models.commands import EditCause, Facts, Refused, SetFacts
from fivewhys.models.delta import (
    Operation,
    changed,
    from_json,
    inserted,
    inverse,
    plain_row,
    removed,
    row_from_plain,
    row_of,
    to_json,
)
from fivewhys.models.values import type_of_table
from fivewhys.models.words import Kind, Severity, Status
from tests.building import moment, session
from tests.store.acts import commands

zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=zones)  # noqa: DTZ001


def values_of(table: str) -> st.SearchStrategy[Any]:
    """Any value that a row of `table` can be, with moments of any zone."""
    return st.from_type(type_of_table[table])


@pytest.fixture(autouse=True, scope="module")
def _aware_moments() -> None:
    st.register_type_strategy(datetime, moments)


@pytest.mark.parametrize("table", sorted(type_of_table))
@given(st.data())
@settings(max_examples=40)
def test_what_is_written_as_json_reads_back_the_same(table: str, data: st.DataObject) -> None:
    value = data.draw(values_of(table))
    operations = [inserted(value), removed(value), Operation(table, value.id, {}, row_of(value))]
    again = from_json(to_json(operations))
    assert again == operations
    for operation in again:
        row = operation.after or operation.before
        assert row is not None
        # Not only equal but of the same type: an enum equals its text.
        assert type_of_table[table](**row) == value
        assert {name: type(item) for name, item in row.items()} == {
            name: type(item) for name, item in row_of(value).items()
        }


@given(st.data())
@settings(max_examples=40)
def test_what_people_do_reads_back_the_same(data: st.DataObject) -> None:
    tree = session()
    try:
        operations = data.draw(commands(tree)).plan(tree, moment())
    except Refused:
        return
    assert from_json(to_json(operations)) == operations
    assert inverse(inverse(operations)) == operations


def test_moments_are_written_in_utc() -> None:
    here = datetime(2026, 11, 21, 9, 30, tzinfo=timezone(timedelta(hours=2)))
    assert plain_row({"noticed_at": here}) == {"noticed_at": "2026-11-21T07:30:00Z"}
    read = row_from_plain("why_session", {"noticed_at": "2026-11-21T09:30:00+02:00"})
    assert read == {"noticed_at": datetime(2026, 11, 21, 7, 30, tzinfo=UTC)}


def test_text_in_any_script_stays_readable_in_the_journal() -> None:
    tree = session()
    text = to_json(EditCause(cause=tree.problem.id, text="価格が古い").plan(tree, moment()))
    assert "価格が古い" in text


def test_a_change_holds_only_what_differs() -> None:
    tree = session("customers are angry", severity=Severity.MAJOR)
    assert changed(tree.problem, text="customers are angry") == []
    assert changed(tree.session, severity=Severity.MINOR, site="") == [
        Operation(
            "why_session",
            tree.session.id,
            {"severity": Severity.MAJOR},
            {"severity": Severity.MINOR},
        )
    ]
    facts = SetFacts(facts=Facts(severity=Severity.MAJOR, site="Harwick"))
    (operation,) = facts.plan(tree, moment())
    assert operation.after == {"site": "Harwick"}


KEY = str(UUID(int=1))


@pytest.mark.parametrize(
    "text",
    [
        "[1]",
        '[{"table": "secret", "key": "x", "before": null, "after": null}]',
        json.dumps([{"table": "cause", "key": "no key", "before": None, "after": None}]),
        json.dumps([{"table": "cause", "key": KEY, "before": {"no": 1}, "after": None}]),
        json.dumps([{"table": "cause", "key": KEY, "before": None, "after": {"status": "bogus"}}]),
        "no json",
    ],
)
def test_what_is_no_list_of_operations_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        from_json(text)


def test_words_read_back_as_words() -> None:
    row = row_from_plain("cause", {"kind": "cause", "status": "ruled_out", "part": None})
    assert row == {"kind": Kind.CAUSE, "status": Status.RULED_OUT, "part": None}
