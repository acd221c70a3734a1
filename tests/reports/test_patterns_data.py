"""What keeps coming back as JSON."""

import json

from hypothesis import given

from fivewhys.patterns.findings.everything import all_findings
from fivewhys.patterns.findings.scope import Scope
from fivewhys.patterns.overlay import causal_map
from fivewhys.reports.patterns_data import FORMAT, VERSION, objects, patterns_json
from tests.patterns.six_sessions import History, six, six_map
from tests.patterns.test_findings import contrary
from tests.reports.hostile import lines
from tests.reports.test_patterns import hostile


def test_the_findings_are_read_back() -> None:
    text = patterns_json(all_findings(six_map(), Scope(site="Turin", roots_only=True)))
    assert text.endswith("}\n")
    found = json.loads(text)
    assert (found["format"], found["version"]) == (FORMAT, VERSION)
    assert found["scope"] == {
        "site": "Turin",
        "since": None,
        "roots_only": True,
        "confirmed_only": False,
    }
    assert (found["sessions"], found["causes"]) == (2, 5)


def test_a_shared_root_has_its_sessions_and_what_was_done() -> None:
    _, forms = objects(all_findings(six_map()))["shared_roots"]
    assert (forms["first"], forms["last"], forms["sites"]) == (
        "2026-01-12",
        "2026-03-03",
        ["Lyon", "Turin"],
    )
    assert forms["roots"][1] == {
        "session": "S-2",
        "id": "00000000-0000-0000-0000-0000000003ea",
        "problem": "Guests get a wrong bill",
        "site": "Turin",
        "region": "",
        "department": "",
        "severity": "moderate",
        "on": "2026-03-03",
        "cause": "Nobody ordered the new price forms",
        "cause_id": "00000000-0000-0000-0000-000000000007",
        "is_root": True,
        "is_confirmed": True,
    }
    (tried,) = forms["tried"]
    assert tried["back"]["session"] == "S-2"
    assert {key: tried[key] for key in tried if key != "back"} == {
        "text": "Order the forms in November",
        "session": "S-1",
        "owner": "Amara",
        "due": None,
        "done_on": "2026-02-01",
        "progress": "done",
        "outcome": "came back",
        "days": 30,
    }


def test_contradictions_say_who_said_what_and_when() -> None:
    history, decisions = contrary()
    (found,) = objects(all_findings(causal_map(history.past(), (), (), decisions)))["contradicted"]
    assert [
        (one["one"]["cause"], one["other"]["session"], one["sameness"]) for one in found["said"]
    ] == [
        ("Cause 0", "S-2", "same"),
        ("Cause 1", "S-3", "same"),
        ("Cause 0", "S-3", "different"),
    ]
    last = found["said"][-1]
    assert (last["decided_by"], last["decided_at"]) == ("Ines", "2026-05-03T00:00:00+00:00")


def test_every_finding_says_whether_it_is_confirmed() -> None:
    found = objects(all_findings(six_map(), share=1))
    said = {
        kind: [one["is_confirmed"] for one in found[kind]]
        for kind in ("shared_roots", "dug_deeper", "loops", "came_back")
    }
    assert said == {
        "shared_roots": [False, True],
        "dug_deeper": [False, True],
        "loops": [True],
        "came_back": [True],
    }
    assert [one["is_confirmed"] for one in found["cover"]["steps"]] == [False, True]
    assert found["reach"][1]["confirmed"] == 1
    assert [one["session"] for one in found["reach"][0]["problems"]] == ["S-6"]
    assert found["dug_deeper"][1]["deeper"][0]["chains"] == [
        ["The lines are full of people who call once more", "Nobody stands in for a vacant post"]
    ]


def test_no_history_has_all_keys() -> None:
    empty = objects(all_findings(causal_map(History().past())))
    assert empty.keys() == objects(all_findings(six_map())).keys()
    assert empty["cover"]["steps"] == empty["loops"] == []


@given(text=lines)
def test_any_text_is_kept(text: str) -> None:
    _, groups, confirmed = six()
    found = json.loads(patterns_json(all_findings(causal_map(hostile(text), groups, confirmed))))
    assert {one["text"] for one in found["shared_roots"]} == {text}
