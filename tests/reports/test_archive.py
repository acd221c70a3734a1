import json
from dataclasses import replace
from uuid import UUID

from fivewhys.models.past import Decision, Sameness
from fivewhys.models.tree import Record
from fivewhys.models.values import columns_of_table
from fivewhys.reports.archive import write
from tests.building import FIRST, Told, chain
from tests.reports.full import full


def test_an_archive_has_every_column_and_no_moment_of_export() -> None:
    tree = full("words")
    text = write([Record(tree)])
    assert text == write([Record(tree)])
    data = json.loads(text)
    assert (data["format"], data["version"]) == ("fivewhys-archive", 4)
    (entry,) = data["sessions"]
    assert tuple(entry["session"]) == columns_of_table["why_session"]
    assert entry["session"]["opened_at"] == "2026-11-21T09:00:00Z"
    for name, table in (
        ("causes", "cause"),
        ("evidence", "evidence"),
        ("parked", "parked"),
        ("people", "person"),
        ("link_answers", "link_answer"),
        ("dismissals", "dismissal"),
        ("root_checks", "root_check"),
        ("countermeasures", "countermeasure"),
        ("measures", "measure"),
        ("checks", "measure_check"),
    ):
        assert entry[name]
        assert all(tuple(row) == columns_of_table[table] for row in entry[name])
    assert {row["due"] for row in entry["checks"]} == {"2026-12-10"}
    assert {row["made_on"] for row in entry["checks"]} == {"2026-11-22", None}
    # The problem comes first, then the causes in the tree's order.
    ranks = {row["id"]: rank for rank, row in enumerate(entry["causes"])}
    for name in ("countermeasures", "measures", "checks"):
        places = [ranks[row["cause_id"]] for row in entry[name]]
        assert places == sorted(places)
        assert places[0] == 0
    assert [row["id"] for row in entry["causes"]] == [str(cause.id) for cause, _ in tree.walk()]


def test_history_comes_line_by_line() -> None:
    data = json.loads(write([Told.of("a problem").record]))
    (line,) = data["sessions"][0]["history"]
    assert list(line) == ["seq", "at", "actor", "kind", "label", "undoes", "operations"]
    assert [operation["table"] for operation in line["operations"]] == ["why_session", "cause"]


def test_decisions_come_with_who_and_when() -> None:
    story = Told.of("a problem")
    problem, other = story.tree.problem.id, UUID(int=7)
    decision = Decision(UUID(int=8), other, problem, Sameness.SAME, "Ines", FIRST)
    data = json.loads(write([replace(story.record, decisions=(decision,))]))
    assert data["sessions"][0]["decisions"] == [
        {
            "id": str(decision.id),
            "a": str(other),
            "b": str(problem),
            "sameness": "same",
            "decided_by": "Ines",
            "decided_at": "2026-11-21T09:00:00Z",
            "takes_back": None,
        }
    ]


def test_an_archive_is_readable_text() -> None:
    assert "客户很生气 🙂" in write([Record(full("客户很生气 🙂"))])


def test_a_chain_of_ten_thousand_is_flat() -> None:
    assert len(json.loads(write([Record(chain(10_000))]))["sessions"][0]["causes"]) == 10_001
