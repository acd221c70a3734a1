import json
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fivewhys.imports import Unreadable, read
from fivewhys.models.plan_words import CountermeasureKind, Progress
from fivewhys.models.tree import Record, Tree
from fivewhys.models.words import EvidenceKind, Leg, Part, Severity, State, Status
from fivewhys.reports.archive import write
from fivewhys.reports.markdown import plan
from fivewhys.text import clean
from tests.imports.reading import NOW, one, refusal
from tests.reports.hostile import lines

CHAINS = Path(__file__).parent / "data" / "chains.jsonl"
EXAMPLES = sorted((Path(__file__).parents[2] / "fivewhys" / "examples").glob("*.json"))


def taken(text: str) -> list[Record] | None:
    """The records of `text`, or None where it is refused; anything else fails the test."""
    try:
        return read(text, now=NOW)
    except Unreadable:
        return None


def texts(tree: Tree) -> list[tuple[str, int]]:
    return [(cause.text, depth) for cause, depth in tree.walk()]


def test_all_chains_of_the_field_are_read_and_leave_as_markdown() -> None:
    records = read(CHAINS.read_text("utf-8"), now=NOW)
    raw = [json.loads(line) for line in CHAINS.read_text("utf-8").splitlines()]
    assert len(records) == 82
    for record, chain in zip(records, raw, strict=True):
        tree = record.tree
        told = json.dumps(chain["tree"]).count('"text": ')
        assert len(tree.causes) == told + 1
        assert tree.problem.text == chain["problem"]
        page = plan(tree)
        assert page.startswith("# ")
        for text in chain["root_causes"]:
            assert text in tree.session.notes or text in {
                words for root in tree.roots() for words in (root.text, root.part_reason)
            }
        plan_there = {(item.text, item.owner) for item in tree.countermeasures(tree.problem.id)}
        actions = chain.get("actions", [])
        assert plan_there == {(clean(item["text"]), item["owner"] or "") for item in actions}
        assert record.history == ()
        assert tree.session.number == 0
    assert write(records) == write(read(CHAINS.read_text("utf-8"), now=NOW))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_our_examples_are_read_whole(path: Path) -> None:
    text = path.read_text("utf-8")
    tree = one(json.loads(text))
    counted = Counter(cause.status.value for cause in tree.causes.values())
    for status in ("ruled_out", "stopped", "verified", "suspected"):
        assert counted[status] == text.count(f'"status": "{status}"')
    assert len(tree.roots()) == text.count('"root": ')
    assert len(tree.contributing()) == text.count('"contributing": ')
    assert (tree.session.state is State.FINISHED) == ('"finished_at"' in text)
    assert plan(tree)


def test_a_chain_with_everything() -> None:
    tree = one(
        {
            "id": "full",
            "source": "a ticket",
            "domain": "shop",
            "kind": "example",
            "problem": "Customers\tare angry",
            "facts": {
                "customer_words": "Never\r\nagain",
                "site": "Harwick",
                "severity": "major",
                "noticed_at": "2026-11-20T10:00:00+02:00",
                "time_box": 45,
                "notes": "Held at the till.",
            },
            "opened_at": "2026-11-20T11:00:00+02:00",
            "finished_at": "2026-11-20T10:00:00Z",
            "people": [{"name": "Ines", "role": "clerk"}, {"name": "Bo", "here": False}],
            "parked": ["Pay it back"],
            "tree": [
                {
                    "text": "They are overcharged",
                    "leg": "occurrence",
                    "status": "verified",
                    "said_by": "Paul",
                    "question": "Why are they?",
                    "evidence": [{"kind": "number", "text": "137 copies", "supports": False}],
                    "children": [
                        {"text": "No rule", "root": "Ours"},
                        {"text": "No year", "contributing": "It hid it"},
                        {"text": "No", "status": "ruled_out", "reason": "Counted"},
                    ],
                },
            ],
            "actions": [{"text": "Write a rule", "owner": "Bo", "due": "2026-12-01"}],
        }
    )
    session = tree.session
    assert session.customer_words == "Never\nagain"
    assert (session.site, session.severity, session.time_box) == ("Harwick", Severity.MAJOR, 45)
    assert session.noticed_at == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert session.opened_at == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert session.finished_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert session.state is State.FINISHED
    assert session.notes == ("Held at the till.\nSource: a ticket\nDomain: shop\nKind: example")
    assert session.root_found_at == session.finished_at
    (rule,) = tree.countermeasures(tree.problem.id)
    assert (rule.text, rule.owner, rule.due) == ("Write a rule", "Bo", date(2026, 12, 1))
    assert (rule.progress, rule.kind) == (Progress.PLANNED, CountermeasureKind.PREVENT)
    assert [(person.name, person.role, person.here) for person in tree.people] == [
        ("Ines", "clerk", True),
        ("Bo", "", False),
    ]
    assert [idea.text for idea in tree.parked] == ["Pay it back"]
    assert tree.problem.text == "Customers are angry"
    charged, root, helped, out = [cause for cause, depth in tree.walk() if depth]
    assert (charged.leg, charged.status, charged.said_by, charged.question) == (
        Leg.OCCURRENCE,
        Status.VERIFIED,
        "Paul",
        "Why are they?",
    )
    (evidence,) = tree.evidence(charged.id)
    assert (evidence.kind, evidence.text, evidence.supports) == (
        EvidenceKind.NUMBER,
        "137 copies",
        False,
    )
    assert (root.part, root.part_reason, root.position) == (Part.ROOT, "Ours", 1024)
    assert (helped.part, helped.part_reason) == (Part.CONTRIBUTING, "It hid it")
    assert helped.position == 2048
    assert (out.status, out.reason) == (Status.RULED_OUT, "Counted")


def test_a_chain_needs_only_its_problem() -> None:
    tree = one({"problem": "The line stood still"})
    assert texts(tree) == [("The line stood still", 0)]
    assert tree.session.opened_at == NOW
    assert tree.session.state is State.OPEN


LEAF = {"text": "Nobody checks"}


def test_a_root_in_the_words_of_a_cause_marks_it() -> None:
    tree = one({"problem": "p", "tree": [LEAF, LEAF], "root_causes": ["nobody  CHECKS"]})
    (root,) = tree.roots()
    assert (root.position, root.part_reason) == (1024, "")
    assert tree.session.notes == ""


def test_the_only_root_of_the_only_leaf_is_that_leaf() -> None:
    tree = one({"problem": "p", "tree": [{"text": "x", "children": [LEAF]}], "root_causes": ["y"]})
    (root,) = tree.roots()
    assert (root.text, root.part_reason) == ("Nobody checks", "y")
    assert tree.session.notes == ""


def test_other_roots_are_kept_in_the_notes() -> None:
    tree = one({"problem": "p", "tree": [LEAF, {"text": "z"}], "root_causes": ["a", "z", "b"]})
    assert [root.text for root in tree.roots()] == ["z"]
    assert tree.session.notes == "Root causes as the source words them: a; b"


def test_a_leaf_that_was_ruled_out_does_not_become_root() -> None:
    leaf = {"text": "x", "status": "ruled_out", "reason": "no"}
    tree = one({"problem": "p", "tree": [leaf], "root_causes": ["y"]})
    assert tree.roots() == []
    assert "y" in tree.session.notes


def test_recovery_is_no_leg_of_ours() -> None:
    tree = one({"problem": "p", "tree": [{"text": "It took hours", "leg": "recovery"}]})
    (cause,) = tree.answers(tree.problem.id)
    assert cause.leg is None
    assert tree.session.notes == "About recovery, says the source: It took hours"


def test_the_same_file_has_the_same_keys() -> None:
    chain = {"id": "x", "problem": "p", "tree": [LEAF], "parked": ["y"], "people": [{"name": "z"}]}
    later = datetime(2027, 1, 1, tzinfo=UTC)
    first, second = (read(json.dumps(chain), now=now)[0].tree for now in (NOW, later))
    assert first.session.id == second.session.id
    assert first.causes.keys() == second.causes.keys()
    nameless = {"problem": "p", "tree": [LEAF]}
    assert one(nameless).session.id == one(nameless).session.id != first.session.id


def test_lists_and_lines_are_taken() -> None:
    chains = [{"id": str(place), "problem": f"p{place}"} for place in range(3)]
    as_list = read(json.dumps(chains, indent=2), now=NOW)
    as_lines = read("\ufeff" + "\r\n\r\n".join(map(json.dumps, chains)) + "\n", now=NOW)
    assert as_list == as_lines
    assert [record.tree.problem.text for record in as_list] == ["p0", "p1", "p2"]


def test_a_chain_as_deep_as_json_goes_is_read_and_a_deeper_one_is_refused() -> None:
    def nested(depth: int) -> str:
        return (
            '{"problem": "p", "tree": ['
            + '{"text": "x", "children": [' * depth
            + "]}" * depth
            + "]}"
        )

    (record,) = read(nested(300), now=NOW)
    assert len(record.tree.causes) == 301
    assert "nested too deep" in refusal(nested(50_000))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "This file is empty"),
        ("# A plan\n\n- x", "begins with “# A plan - x”, which is not JSON"),
        ("Problem: x", "which is not JSON"),
        ('{"x": 1}', "This file: there is no “problem” in it"),
        ("[1]", "Record 1: there is no “problem”"),
        ('{"problem": "a"}\n{"problem": 7}', "Line 2, problem: it should be text"),
        ('{"problem": "a"}\n\n{"problem" 7}', "Line 3, column 12: this is not JSON"),
        ('{"problem": "a"} x', "Line 1, column 18: this is not JSON"),
        (
            '[{"problem": "a", "id": "x"}, {"problem": "b", "id": "x"}]',
            "Record 2: it has the same “id” as record 1",
        ),
        ('{"problem": " "}', "problem: There is nothing to read"),
        ('{"problem": "a", "tree": [{"text": "b", "children": [{}]}]}', "cause 1.1, text: it is"),
        ('{"problem": "a", "tree": ["b"]}', "cause 1: it should be an object"),
        ('{"problem": "a", "tree": [{"text": "b", "leg": "c"}]}', "“leg” should be one of"),
        ('{"problem": "a", "tree": [{"text": "b", "reasons": "c"}]}', "reasons: this name"),
        ('{"problem": "a", "tree": [{"text": "b", "status": "stopped"}]}', "“reason” goes with"),
        ('{"problem": "a", "tree": [{"text": "b", "reason": "c"}]}', "“reason” goes with"),
        (
            '{"problem": "a", "tree": [{"text": "b", "root": "c", "contributing": "d"}]}',
            "one of root, contributing and condition, not several",
        ),
        (
            '{"problem": "a", "tree": [{"text": "b", "root": "c", "status": "ruled_out", '
            '"reason": "d"}]}',
            "It is ruled out",
        ),
        ('{"problem": "a", "tree": [{"text": "b", "stop": "out_of_time"}]}', "“stop” goes with"),
        (
            '{"problem": "a", "tree": [{"text": "b", "status": "stopped", "stop": "x"}]}',
            "cause 1, stop: it should be 'outside_control'",
        ),
        ('{"problem": "a", "tree": [{"text": "b", "lens": "c"}]}', "“lens” and “category” go"),
        (
            '{"problem": "a", "tree": [{"text": "b", "root_list": ["process", "process"]}]}',
            "“root_list” has “process” twice",
        ),
        (
            '{"problem": "a", "tree": [{"text": "b", "read_back": [{"question": "follows"}]}]}',
            "verdict: it is missing",
        ),
        ('{"problem": "a", "opened_at": "yesterday"}', "opened_at: “yesterday” is not a moment"),
        ('{"problem": "a", "facts": {"site": 7}}', "facts, site: it should be text"),
        ('{"problem": "a", "people": [{"name": "x", "here": "no"}]}', "person 1, here: it should"),
        ('{"sessions": []}', "is no Five Whys archive"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, says: str) -> None:
    assert says in refusal(text)


def test_what_the_guide_recorded_comes_in_with_a_chain() -> None:
    tree = one(
        {
            "problem": "Customers are angry",
            "facts": {"facilitator": "Ines"},
            "opened_at": "2026-11-20T09:00:00Z",
            "finished_at": "2026-11-20T10:00:00Z",
            "tree": [
                {
                    "text": "It rains on the roof",
                    "condition": "Every week",
                    "status": "stopped",
                    "stop": "outside_control",
                    "lens": "six-m",
                    "category": "mother-nature",
                    "read_back": [
                        {"question": "always", "verdict": "no", "words": "only from the west"},
                        {"question": "follows", "verdict": "yes", "said_by": "Bo"},
                    ],
                    "root_list": ["what_else", "process"],
                    "dismissed": [{"rule": "vague", "prompt": "Which roof?", "reason": "Ours"}],
                }
            ],
        }
    )
    (rain,) = tree.conditions()
    assert (rain.part_reason, rain.stop, rain.reason) == ("Every week", "outside_control", "")
    assert (rain.lens, rain.category) == ("six-m", "mother-nature")
    assert [(item.question, item.verdict, item.said_by) for item in tree.link_answers(rain.id)] == [
        ("follows", "yes", "Bo"),
        ("always", "no", "Ines"),
    ]
    assert [item.point for item in tree.root_checks(rain.id)] == ["process", "what_else"]
    assert [(item.rule, item.reason) for item in tree.dismissals(rain.id)] == [("vague", "Ours")]
    assert all(item.created_at == tree.session.finished_at for item in tree.root_checks(rain.id))


def test_archives_are_recognised() -> None:
    records = read(CHAINS.read_text("utf-8"), now=NOW)
    assert read(write(records), now=NOW) == records


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | lines,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *("problem", "tree", "text", "children", "root", "id", "facts", "evidence"),
                    *("read_back", "question", "verdict", "root_list", "dismissed", "lens", "x"),
                    *("countermeasures", "measures", "checks", "definition", "due", "actions"),
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=30,
)


@given(data=_JSON)
@settings(max_examples=300)
def test_any_json_is_read_or_refused_never_more(data: Any) -> None:
    for text in (json.dumps(data), json.dumps({"problem": "p", "tree": [data]})):
        if (records := taken(text)) is not None:
            assert read(write(records), now=NOW) == records


@given(text=st.text())
def test_any_text_is_read_or_refused_never_more(text: str) -> None:
    for whole in (text, "{" + text, "[" + text):
        taken(whole)
