import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fivewhys.imports import Unreadable
from fivewhys.imports.archive import read
from fivewhys.imports.rows import entry_of_table
from fivewhys.models.commands import (
    AddCountermeasure,
    AddEvidence,
    AddMeasure,
    Answer,
    AnswerLink,
    Categorize,
    CheckRoot,
    CountermeasureFacts,
    DismissPrompt,
    MakeCheck,
    MeasureFacts,
    NewPerson,
    Park,
    PlanCheck,
    SetFacts,
    SetPart,
    SetProgress,
    SetStatus,
)
from fivewhys.models.past import Decision, Sameness
from fivewhys.models.plan_words import CheckResult, Means, Progress
from fivewhys.models.tree import Record, Tree
from fivewhys.models.values import columns_of_table
from fivewhys.models.words import LinkQuestion, Part, RootPoint, Status, StopReason, Verdict
from fivewhys.reports.archive import write
from tests.building import FIRST, Told, chain, fan
from tests.reports.full import full
from tests.reports.hostile import lines


def told(words: str = "words") -> Record:
    """A session with everything in it, and its history."""
    story = Told.of(words, notes="two\nlines", severity="minor", time_box=45)
    top = story.tree.problem.id
    story.do(SetFacts(people=(NewPerson(name=words), NewPerson(name="Bo", here=False))))
    story.do(Answer(parent=top, text=words))
    cause = story.tree.children(top)[0]
    known = StopReason.HANDED_OVER
    story.do(SetStatus(cause=cause, status=Status.STOPPED, stop=known, reason=words))
    story.do(AddEvidence(cause=cause, text=words, supports=False))
    story.do(SetPart(cause=cause, part=Part.ROOT, reason=words))
    for question in LinkQuestion:
        unsure = Verdict.NEEDS_EVIDENCE
        story.do(AnswerLink(cause=cause, question=question, verdict=unsure, words=words))
    story.do(DismissPrompt(cause=top, rule=words, rule_set=words, prompt=words, reason=words))
    story.do(CheckRoot(cause=cause, point=RootPoint.WHAT_ELSE, held=True))
    story.do(CheckRoot(cause=cause, point=RootPoint.EVIDENCE, held=True))
    story.do(Categorize(cause=cause, lens=words, category=words))
    facts = CountermeasureFacts(owner=words, means=Means.PLACE, due=date(2026, 12, 1), notes=words)
    story.do(AddCountermeasure(cause=cause, text=words, facts=facts))
    (lock,) = story.tree.all_countermeasures()
    story.do(AddMeasure(countermeasure=lock.id, definition=words, facts=MeasureFacts(days=30)))
    (thefts,) = story.tree.measures(lock)
    done = SetProgress(countermeasure=lock.id, progress=Progress.DONE, on=date(2026, 11, 20))
    story.do(done)
    by = f"{words} 2"
    story.do(PlanCheck(measure=thefts.id, due=date(2026, 12, 2), checked_by=by))
    look = MakeCheck(measure=thefts.id, result=CheckResult.NOT_MET, checked_by=by, value=words)
    story.do(look)
    return decided(story.do(Park(text=words)).record)


def decided(record: Record) -> Record:
    """The same with decisions on its cause: one, another, and that one taken back."""
    cause = next(cause.id for cause in record.tree.causes.values() if cause.parent_id)
    a, b = sorted((cause, UUID(int=0x0193 << 112)))
    said = [
        Decision(UUID(int=cause.int + 1), a, b, Sameness.SAME, "Ines", FIRST),
        Decision(UUID(int=cause.int + 2), a, b, Sameness.DIFFERENT, "", FIRST + SECOND),
    ]
    back = replace(said[0], id=UUID(int=1), takes_back=said[1].id, decided_at=FIRST + 2 * SECOND)
    return replace(record, decisions=(*said, replace(back, id=UUID(int=cause.int + 3))))


SECOND = timedelta(seconds=1)
BASE = write([told(), Record(full("more words"))])


def changed(change: Callable[[Any], object]) -> str:
    """The base archive after `change`, which gets the entry of its first session."""
    data = json.loads(BASE)
    change(data["sessions"][0])
    return json.dumps(data)


def refusal(text: str) -> str:
    with pytest.raises(Unreadable) as caught:
        read(text)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def taken(text: str) -> list[Record] | None:
    """The records of `text`, or None where it is refused; anything else fails the test."""
    try:
        return read(text)
    except Unreadable:
        return None


def bare(tree: Tree) -> Record:
    """A tree whose history was left out, which is then not counted."""
    return Record(replace(tree, seq=0))


def test_what_was_written_is_read_back() -> None:
    records = [told(), bare(full("x")), told("“quoted” | `x` [/] 客 👩‍👩‍👧")]
    assert read(write(records)) == records
    assert write(read(write(records))) == write(records)
    assert read(write([])) == []


@given(text=lines)
def test_any_text_survives(text: str) -> None:
    records = [told(text)]
    assert read(write(records)) == records


@pytest.mark.parametrize("tree", [chain(10_000), fan(10_000)], ids=["deep", "wide"])
def test_large_trees_survive(tree: Tree) -> None:
    assert read(write([bare(tree)])) == [bare(tree)]


def test_the_entries_have_the_columns_of_the_values() -> None:
    assert {name: tuple(entry.model_fields) for name, entry in entry_of_table.items()} == (
        columns_of_table
    )


def test_text_is_cleaned() -> None:
    def spoil(entry: Any) -> None:
        entry["causes"][0]["text"] = "\x1b[31mred\x1b[0m\r\n \u202etext\ud800"
        entry["session"]["notes"] = "one\r\n\r\n\r\n\x07two"
        entry["history"][0]["label"] = "a\nb"

    record = read(changed(spoil))[0]
    assert record.tree.problem.text == "red text"
    assert record.tree.session.notes == "one\n\ntwo"
    assert record.history[0].label == "a b"


def put(*path: str | int, value: Any) -> Callable[[Any], None]:
    def change(entry: Any) -> None:
        for step in path[:-1]:
            entry = entry[step]
        entry[path[-1]] = value

    return change


def circle(entry: Any) -> None:
    first, second = entry["causes"][1], dict(entry["causes"][1])
    second["id"] = "01930000-0000-0000-ffff-000000000000"
    second["parent_id"], first["parent_id"] = first["id"], second["id"]
    entry["causes"].append(second)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (put("causes", 1, "text", value=" \x1b[0m "), "Session 1, cause 2, text: There is nothing"),
        (put("causes", 1, "text", value="x" * 100_001), "cause 2, text: This text has 100,001"),
        (put("causes", 1, "text", value=None), "cause 2, text: it should be text"),
        (
            lambda entry: entry["causes"][1].update(reason="", stop=None),
            "cause 2: It is stopped, which needs a reason",
        ),
        (put("causes", 1, "stop", value="bored"), "cause 2, stop: it should be 'outside_control'"),
        (
            lambda entry: entry["causes"][1].update(status="verified"),
            "cause 2: It has a “stop”, which only a stopped cause has",
        ),
        (put("causes", 1, "lens", value=""), "cause 2: A “lens” and a “category” go together"),
        (put("causes", 0, "lens", value="x"), "The problem itself is no root"),
        (put("causes", 1, "lens", value=None), "cause 2, lens: it should be text"),
        (
            put("link_answers", 0, "verdict", value="perhaps"),
            "read-back answer 1, verdict: it should be 'yes', 'no' or 'needs_evidence'",
        ),
        (put("link_answers", 1, "question", value=1), "read-back answer 2, question: it should"),
        (put("link_answers", 1, "words", value=None), "read-back answer 2, words: it should be te"),
        (put("link_answers", 1, "question", value="follows"), "Session 1: a question of the read"),
        (put("link_answers", 0, "cause_id", value="0" * 32), "the answer follows belongs to no"),
        (
            lambda entry: entry["link_answers"][0].update(cause_id=entry["causes"][0]["id"]),
            "read-back answer 1: it is about the problem itself",
        ),
        (
            lambda entry: entry["link_answers"].append(entry["link_answers"][0]),
            "read-back answer 4: the key",
        ),
        (put("dismissals", 0, "rule", value=" "), "dismissed prompt 1, rule: There is nothing"),
        (put("dismissals", 0, "session_id", value="0" * 32), "dismissed prompt 1: it belongs to a"),
        (put("root_checks", 0, "point", value="luck"), "ticked point 1, point: it should be 'pro"),
        (put("root_checks", 1, "point", value="evidence"), "a point of the root list is ticked tw"),
        (lambda entry: entry.pop("root_checks"), "Session 1, root_checks: it is missing"),
        (lambda entry: entry.pop("link_answers"), "Session 1, link_answers: it is missing"),
        (lambda entry: entry.pop("checks"), "Session 1, checks: it is missing"),
        (put("countermeasures", 0, "text", value=" "), "countermeasure 1, text: There is nothing"),
        (put("countermeasures", 0, "kind", value="x"), "countermeasure 1, kind: it should be 'con"),
        (put("countermeasures", 0, "means", value="x"), "countermeasure 1, means: it should be 'p"),
        (put("countermeasures", 0, "due", value="soon"), "“soon” is not a date like 2026-11-21"),
        (put("countermeasures", 0, "due", value=7), "This should be a date as text, like 2026-11"),
        (put("countermeasures", 0, "reason", value=""), "It is not effective, which needs a reas"),
        (
            put("countermeasures", 0, "progress", value="planned"),
            "countermeasure 1: It has a “done_on”, which only what was done has",
        ),
        (put("countermeasures", 0, "ready_plan", value=1), "ready_plan: it should be true or fa"),
        (put("countermeasures", 0, "cause_id", value="0" * 32), "“words” belongs to no cause"),
        (
            put("countermeasures", 0, "session_id", value="0" * 32),
            "countermeasure 1: it belongs to",
        ),
        (put("countermeasures", 0, "id", value="0" * 32), "a measure belongs to no countermeasure"),
        (put("measures", 0, "definition", value=""), "measure 1, definition: There is nothing"),
        (put("measures", 0, "days", value=0), "measure 1, days: it should be at least 1"),
        (put("measures", 0, "kind", value=None), "measure 1, kind: it should be 'process'"),
        (
            put("measures", 0, "countermeasure_id", value="0" * 32),
            "belongs to no countermeasure of",
        ),
        (
            lambda entry: entry["measures"][0].update(cause_id=entry["causes"][0]["id"]),
            "a measure belongs to no countermeasure of its cause",
        ),
        (put("checks", 0, "made_on", value=None), "“made_on” exactly where it has a result"),
        (put("checks", 1, "made_on", value="2026-12-03"), "check 2: A check has “made_on” exactly"),
        (put("checks", 0, "checked_by", value=""), "says who made it, in “checked_by”"),
        (put("checks", 0, "checked_by", value="WORDS!"), "owns a countermeasure does not check it"),
        (put("checks", 0, "due", value=None), "check 1, due: This should be a date as text"),
        (put("checks", 0, "measure_id", value="0" * 32), "a check belongs to no measure of its"),
        (lambda entry: entry["checks"].append(entry["checks"][0]), "check 3: the key"),
        (
            put("session", "told_at", value="2026-02-03"),
            "told_at: “2026-02-03” does not say its ti",
        ),
        (put("session", "acknowledgement", value=None), "acknowledgement: it should be text"),
        (put("decisions", 0, "sameness", value="alike"), "decision 1, sameness: it should be 's"),
        (put("decisions", 0, "b", value="0" * 32), "decision 1: A decision"),
        (put("decisions", 1, "decided_by", value=None), "decision 2, decided_by: it should be t"),
        (put("decisions", 1, "takes_back", value=7), "decision 2, takes_back: This should be a "),
        (
            lambda entry: entry["decisions"][0].update(a="0" * 32, b="0" * 31 + "1"),
            "Session 1, decision 1: it is about causes of other sessions",
        ),
        (lambda entry: entry["decisions"].append(entry["decisions"][0]), "a decision is in it tw"),
        (
            lambda entry: entry["decisions"].append({**entry["decisions"][0], "decided_by": "Bo"}),
            "Session 1, decision 4: the key",
        ),
        (
            lambda entry: entry["causes"][1].update(status="ruled_out", stop=None),
            "it cannot be root",
        ),
        (put("causes", 1, "status", value="maybe"), "cause 2, status: it should be 'open'"),
        (put("causes", 1, "parent_id", value=None), "every cause answers something"),
        (put("causes", 0, "status", value="verified"), "The problem itself"),
        (put("causes", 1, "position", value=2**63), "cause 2, position:"),
        (
            put("causes", 1, "position", value=2**53),
            "cause 2, position: it should be at most 9,007,199,254,740,991. Correct it",
        ),
        (
            put("people", 1, "position", value=-(2**53)),
            "person 2, position: it should be at least -9,007,199,254,740,991. Correct it",
        ),
        (
            put("session", "number", value=2**53),
            "session, number: it should be at most 9,007,199,254,740,991. Correct it",
        ),
        (
            put("history", 0, "operations", 0, "after", "number", value=2**63 - 1),
            "change 1, number: it should be at most 9,007,199,254,740,991",
        ),
        (
            put("history", 2, "operations", 0, "after", "position", value=2**63 - 1),
            "change 1, position: it should be at most 9,007,199,254,740,991",
        ),
        (put("causes", 1, "position", value=1.5), "position: it should be a whole number"),
        (put("causes", 1, "position", value=True), "position: it should be a whole number"),
        (put("causes", 1, "colour", value="red"), "cause 2, colour: this name is not known"),
        (put("causes", 1, "id", value="x"), "“x” is not a UUID"),
        (put("causes", 1, "id", value=7), "This should be a UUID"),
        (put("causes", 1, "session_id", value="0" * 32), "cause 2: it belongs to another session"),
        (put("causes", 1, "parent_id", value="0" * 32), "answers nothing in this session"),
        (put("causes", value=[]), "this one has 0"),
        (circle, "in a circle"),
        (lambda entry: entry["causes"].append(entry["causes"][1]), "cause 3: the key"),
        (lambda entry: entry.pop("people"), "Session 1, people: it is missing"),
        (put("evidence", 0, "cause_id", value="0" * 32), "belongs to no cause"),
        (put("evidence", 0, "supports", value="no"), "supports: it should be true or false"),
        (put("people", 0, "name", value=""), "person 1, name: There is nothing"),
        (put("session", "opened_at", value="2026-02-30T00:00:00Z"), "is not a moment"),
        (put("session", "opened_at", value="2026-02-03T00:00:00"), "does not say its time zone"),
        (put("session", "opened_at", value="0001-01-01T00:00:00+09:00"), "outside the years"),
        (put("session", "opened_at", value=0), "This should be a moment"),
        (put("session", "state", value="finished"), "exactly where its state is finished"),
        (put("session", "number", value=-1), "Session 1, session, number:"),
        (put("session", "time_box", value=0), "Session 1, session, time_box:"),
        (put("history", 1, "seq", value=1), "history line 2: the lines"),
        (put("history", 1, "undoes", value=9), "takes back a line that does not come before"),
        (put("history", 0, "operations", 0, "table", value="user"), "there is no table “user”"),
        (put("history", 0, "operations", 0, "after", "x", value=1), "change 1, x: this name"),
        (put("history", 0, "operations", 0, "after", value={}), "it is missing"),
        (put("history", 0, "operations", 0, "after", value=None), "neither a before nor an after"),
        (put("history", 0, "operations", 0, "before", value={}), "name different columns"),
        (put("history", 0, "operations", 0, "key", value="0" * 32), "its key is not that"),
        (put("history", 3, "operations", 0, "after", "status", value=1), "line 4, change 1, sta"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(change: Callable[[Any], object], says: str) -> None:
    assert says in refusal(changed(change))


@pytest.mark.parametrize("version", [1, 2, 3])
def test_an_archive_of_each_older_version_is_read_and_leaves_as_one_of_this(version: int) -> None:
    """Its history keeps the columns that its rows had; the rows themselves get the new ones."""
    folder = Path(__file__).parents[1] / "specimens"
    older = (folder / f"archive-{version}.json").read_text("utf-8")
    records = read(older)
    assert json.loads(older)["version"] == version
    assert [record.tree.problem.text for record in records] == [
        "Customers are charged twice",
        "Soup is cold",
    ]
    for tree in (record.tree for record in records):
        if version == 3:
            continue
        assert (tree.countermeasures_of, tree.measures_of, tree.checks_of) == ({}, {}, {})
        assert (tree.session.acknowledgement, tree.session.told_channel) == ("", "")
        clocks = (tree.session.acknowledged_at, tree.session.root_found_at, tree.session.told_at)
        assert clocks == (None, None, None)
    assert any(record.tree.all_countermeasures() for record in records) == (version == 3)
    assert not any(record.decisions for record in records)
    causes = [cause for record in records for cause in record.tree.causes.values()]
    guided = {(cause.stop, cause.lens, cause.category) for cause in causes} != {(None, "", "")}
    assert guided == (version > 1)
    again = write(records)
    assert json.loads(again)["version"] == 4
    assert read(again) == records
    old, new = json.loads(older)["sessions"], json.loads(again)["sessions"]
    assert [entry["history"] for entry in old] == [entry["history"] for entry in new]


def test_an_archive_of_this_version_has_its_plans() -> None:
    data = json.loads(BASE)
    assert read(json.dumps(data | {"version": 3}))
    assert read(json.dumps(data))[0].decisions
    for entry in data["sessions"]:
        del entry["decisions"]
    assert "Session 1, decisions: it is missing" in refusal(json.dumps(data))
    assert read(json.dumps(data | {"version": 3}))[0].decisions == ()
    data = json.loads(BASE)
    for name in ("countermeasures", "measures", "checks"):
        del data["sessions"][0][name]
    assert "Session 1, countermeasures: it is missing" in refusal(json.dumps(data))
    for name in ("countermeasures", "measures", "checks"):
        data["sessions"][1][name] = []
    (first, second) = read(json.dumps(data | {"version": 2}))
    assert first.tree.all_countermeasures() == second.tree.all_countermeasures() == []


def test_a_key_is_there_once_in_an_archive() -> None:
    record = told()
    assert "Session 2: the key" in refusal(write([record, record]))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "This file is empty"),
        ("\ufeff \n", "This file is empty"),
        ("# Plan", "begins with “# Plan”, which is not JSON"),
        ("[" * 100_000, "nested too deep"),
        ('{"format": NaN}', "NaN is not a number that JSON knows"),
        ('{"a": 1, "a": 2}', "has “a” twice"),
        ('{"a": ' + "9" * 5000 + "}", "a number that is too long"),
        ('{\n "a": }', "Line 2, column 7: this is not JSON"),
        ("[]", "is no Five Whys archive"),
        ('{"format": "zip", "version": 1}', "is no Five Whys archive"),
        ('{"format": "fivewhys-archive"}', "does not say its version"),
        ('{"format": "fivewhys-archive", "version": 5}', "an archive of a newer Five Whys"),
        ('{"format": "fivewhys-archive", "version": 4}', "This file, sessions: it is missing"),
        ('{"format": "fivewhys-archive", "version": 3}', "This file, sessions: it is missing"),
        ('{"format": "fivewhys-archive", "version": 2}', "This file, sessions: it is missing"),
        ('{"format": "fivewhys-archive", "version": ' + "9" * 4000 + "}", "of a newer"),
        ('{"format": "fivewhys-archive", "version": 1}', "This file, sessions: it is missing"),
        (
            '{"format": "fivewhys-archive", "version": 1, "sessions": [7]}',
            "Session 1: it should be an object",
        ),
    ],
)
def test_what_is_no_archive_is_refused(text: str, says: str) -> None:
    assert says in refusal(text)


def test_the_byte_order_mark_of_windows_is_taken() -> None:
    assert read("\ufeff" + BASE.replace("\n", "\r\n")) == read(BASE)


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(2**62, 2**80)
    | st.floats()
    | st.text()
    | lines
    | st.sampled_from(["problem", "cause", "ruled_out", "root", "2026-11-21T09:00:00Z"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """The base archive with one to three places replaced, removed, doubled or swapped."""
    data = json.loads(BASE)
    for _ in range(draw(st.integers(1, 3))):
        here: Any = data
        while True:
            keys = list(here) if isinstance(here, dict) else list(range(len(here)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            inner = here[key]
            if isinstance(inner, dict | list) and inner and draw(st.integers(0, 9)):
                here = inner
                continue
            act = draw(st.sampled_from(["replace", "remove", "double", "swap"]))
            if act == "remove":
                del here[key]
            elif act == "double" and isinstance(here, list):
                here.append(inner)
            elif act == "swap":
                other = draw(st.sampled_from(keys))
                here[key], here[other] = here[other], here[key]
            else:
                here[key] = draw(_VALUES)
            break
    return json.dumps(data)


@given(text=mutated())
@settings(max_examples=300)
def test_a_damaged_archive_is_read_or_refused_never_more(text: str) -> None:
    if (records := taken(text)) is not None:
        assert read(write(records)) == records


@given(cut=st.integers(0, len(BASE)), junk=st.text(max_size=5))
def test_a_torn_archive_is_read_or_refused_never_more(cut: int, junk: str) -> None:
    taken(BASE[:cut] + junk + BASE[cut + len(junk) :])
