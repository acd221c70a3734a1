"""Search over everything: what was written is found, what was deleted is not, on both engines."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fivewhys.models.commands import (
    AddCountermeasure,
    AddEvidence,
    AddMeasure,
    Answer,
    AnswerLink,
    AskInstead,
    CountermeasureFacts,
    DeleteCause,
    DeleteSession,
    DismissPrompt,
    EditCause,
    Facts,
    MakeCheck,
    MeasureFacts,
    Park,
    Refused,
    RestoreSession,
    SetFacts,
    SetPart,
    SetProgress,
    SetStatus,
    StartSession,
)
from fivewhys.models.found import What
from fivewhys.models.plan_words import CheckResult, Progress
from fivewhys.models.searched import pieces
from fivewhys.models.tree import Record, Tree
from fivewhys.models.words import LinkQuestion, Part, Status, Verdict
from fivewhys.store import with_words
from fivewhys.store.problems import StoreProblem
from fivewhys.store.store import Store
from tests.building import answer, session
from tests.store.acts import commands, statements
from tests.store.passages import see_that_everything_is_indexed

Opens = Callable[..., Store]


def begun(store: Store, problem: str = "customers are angry", **facts: str | datetime) -> Tree:
    """A new session."""
    return store.start(StartSession(problem=problem, facts=Facts.model_validate(facts)))


def said(store: Store, *answers: str) -> Tree:
    """A new session with these answers to its first why."""
    tree = begun(store)
    for text in answers:
        tree = store.apply(tree, Answer(parent=tree.problem.id, text=text))
    return tree


def texts(store: Store, words: str) -> list[str]:
    """What is found, the best first."""
    return [found.text for found in store.search(words)]


def test_everything_that_people_write_is_found_and_says_what_it_is(store: Store) -> None:
    tree = begun(
        store,
        "pelican problem",
        customer_words="pelican complaint",
        expected="pelican hope",
        site="Pelican Harbour",
        notes="pelican remark",
        acknowledgement="pelican apology",
    )
    tree = store.apply(tree, Answer(parent=tree.problem.id, text="pelican cause"))
    (cause,) = tree.children(tree.problem.id)
    for act in (
        AskInstead(cause=cause, question="pelican question"),
        SetPart(cause=cause, part=Part.ROOT, reason="ours"),
        AddEvidence(cause=cause, text="pelican evidence"),
        AnswerLink(
            cause=cause, question=LinkQuestion.FOLLOWS, verdict=Verdict.NO, words="pelican doubt"
        ),
        DismissPrompt(
            cause=cause, rule="vague", rule_set="1", prompt="Which?", reason="pelican excuse"
        ),
        AddCountermeasure(
            cause=cause,
            text="pelican plan",
            facts=CountermeasureFacts(notes="order a heron", owner="Pelle"),
        ),
        Park(text="pelican idea"),
    ):
        tree = store.apply(tree, act)
    (plan,) = tree.countermeasures(cause)
    facts = MeasureFacts(baseline="12 of 40", target="0")
    adds = AddMeasure(countermeasure=plan.id, definition="pelican slips", facts=facts)
    tree = store.apply(tree, adds)
    (measure,) = tree.measures(plan)
    tree = store.apply(tree, SetProgress(countermeasure=plan.id, progress=Progress.DONE))
    checks = MakeCheck(
        measure=measure.id, result=CheckResult.MET, checked_by="Dana", value="pelican count"
    )
    store.apply(tree, checks)
    found = store.search("pelican")
    assert {(each.what, each.text) for each in found} == {
        (What.PROBLEM, "pelican problem"),
        (What.CUSTOMER, "pelican complaint"),
        (What.CAUSE, "pelican cause"),
        (What.EVIDENCE, "pelican evidence"),
        (What.READ_BACK, "pelican doubt"),
        (What.REASON, "pelican excuse"),
        (What.COUNTERMEASURE, "pelican plan"),
        (What.MEASURE, "pelican slips"),
        (What.CHECK, "pelican count"),
        (What.PARKED, "pelican idea"),
    }
    assert all(each.hits == ((0, 7),) for each in found)
    assert {each.session.name for each in found} == {"S-1"}
    of_problem = {What.PROBLEM, What.CUSTOMER, What.PARKED}
    assert {each.what for each in found if each.context.cause.id == cause} == {
        each.what for each in found
    } - of_problem
    # Of one row, the text is shown that says it best.
    for words, what, text in (
        ("pelican question", What.QUESTION, "pelican question"),
        ("pelican hope", What.FACT, "pelican hope"),
        ("harbour", What.FACT, "Pelican Harbour"),
        ("apology", What.ACKNOWLEDGEMENT, "pelican apology"),
        ("remark", What.NOTE, "pelican remark"),
        ("heron", What.NOTE, "order a heron"),
        ("ours", What.REASON, "ours"),
        ("12 40 0", What.MEASURE, "12 of 40"),
    ):
        assert [(each.what, each.text) for each in store.search(words)] == [(what, text)]
    # Search is for causes: who owns what is for the follow-up.
    assert store.search("Pelle") == []


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("ARGER", "Der Ärger ist groß"),
        ("ärger GROSS", "Der Ärger ist groß"),
        ("lubric", "No lubrication since May"),
        ("lodz", "Łódź answers late"),
        ("creme brulee", "Crème brûlée was cold"),
        ("価格表", "新しい価格表がない"),
        ("価", "新しい価格表がない"),
        ("表が", "新しい価格表がない"),
        ("pos 端末", "POS端末が止まった"),
        ("กาแฟ", "ไม่มีกาแฟ"),
        ("हिन्दी", "कोई हिन्दी फ़ॉर्म नहीं"),
        ("🔥", "the 👩‍🔧 smelled 🔥 twice"),
        ("don't", "They don't ring"),
        ("ht 4711", "Pump HT-4711 failed"),
        ("foo_bar", "see foo_bar:12"),
        ('"timeout* AND (NEAR', "timeout and nearly near"),
        ("the   card\nreader", "the card reader"),
        ("٣", "٣ forms"),
        ("𝐁old", "𝐁old words"),
        ("a" * 200, "b " + "a" * 300),
    ],
)
def test_words_are_found_in_any_script_and_spelling(store: Store, words: str, text: str) -> None:
    said(store, text, "something else")
    assert texts(store, words) == [text]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("カス", "ガス"),
        ("格価", "新しい価格表がない"),
        ("価格がない", "価格表がない"),
        ("ubrication", "No lubrication since May"),
        ("lu", "No lubrication since May"),
        ("reader printer", "the card reader"),
        ("cards", "the card reader"),
    ],
)
def test_other_words_are_not_found(store: Store, words: str, text: str) -> None:
    said(store, text)
    assert texts(store, words) == []


@pytest.mark.parametrize("words", ["", "  ", "*", '"', "!?", "\u0301", "\x00", "\ud800", "--"])
def test_a_question_without_words_finds_nothing(store: Store, words: str) -> None:
    said(store, "the card reader")
    assert store.search(words) == []
    assert store.search("card", limit=0) == []


def test_the_best_answers_come_first(store: Store) -> None:
    long = "the card was in another reader " + "of the shop behind the old till " * 3
    tree = said(
        store,
        "Nobody has card readers",
        long,
        "Reader of a card",
        "The card reader was slow",
        "The card reader was out",
    )
    out = tree.children(tree.problem.id)[-1]
    store.apply(tree, SetStatus(cause=out, status=Status.RULED_OUT, reason="It was on"))
    assert texts(store, "card reader") == [
        "The card reader was slow",
        "Nobody has card readers",
        "Reader of a card",
        "The card reader was out",
        long.strip(),
    ]
    assert [found.is_out for found in store.search("card reader")] == [False] * 3 + [True, False]


def test_what_is_as_good_comes_by_its_time_the_latest_first(store: Store) -> None:
    for number in range(3):
        said(store, f"belt {number}")
    assert texts(store, "belt") == ["belt 2", "belt 1", "belt 0"]
    assert [found.text for found in store.search("belt", limit=2)] == ["belt 2", "belt 1"]


def test_of_very_many_the_latest_are_compared(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(with_words, "MOST", 3)
    said(store, "belts", "belt 1", "belt 2", "belt 3", "belts of long ago")
    assert texts(store, "belt") == ["belt 3", "belt 2", "belt 1"]
    assert texts(store, "bel") == ["belt 3", "belt 2", "belts of long ago"]
    assert texts(store, "belts") == ["belts", "belts of long ago"]


def test_the_session_with_a_name_comes_first(store: Store) -> None:
    begun(store, "soup is cold")
    said(store, "s 1 was asked about")
    assert texts(store, "s-1") == ["soup is cold", "s 1 was asked about"]
    assert texts(store, "S2")[0] == "customers are angry"
    for nothing in ("S-3", "S-0", f"S-{2**63}", f"S-{10**18}"):
        assert store.search(nothing) == []


def test_what_hangs_on_something_ruled_out_says_so(store: Store) -> None:
    tree = said(store, "the reader")
    (reader,) = tree.children(tree.problem.id)
    tree = store.apply(tree, Answer(parent=reader, text="the cable"))
    (cable,) = tree.children(reader)
    tree = store.apply(tree, AddEvidence(cause=cable, text="a bent plug"))
    tree = store.apply(tree, AddCountermeasure(cause=cable, text="a new cable"))
    tree = store.apply(tree, SetStatus(cause=reader, status=Status.RULED_OUT, reason="It was off"))
    (item,) = tree.countermeasures(cable)
    no = SetProgress(countermeasure=item.id, progress=Progress.REJECTED, reason="too dear")
    store.apply(tree, no)
    assert [(found.what, found.is_out) for found in store.search("plug")] == [(What.EVIDENCE, True)]
    cause, plan = store.search("cable")
    assert (cause.text, cause.is_out, cause.progress) == ("the cable", True, None)
    assert (plan.text, plan.progress) == ("a new cable", Progress.REJECTED)
    assert cause.context.chain == ("customers are angry", "the reader", "the cable")
    assert [found.text for found in store.search("it was off")] == ["It was off"]


def test_what_is_deleted_is_found_no_more_until_it_is_back(store: Store) -> None:
    tree = said(store, "the belt slipped")
    (belt,) = tree.children(tree.problem.id)
    tree = store.apply(tree, AddEvidence(cause=belt, text="a film of the belt"))
    whole = texts(store, "belt")
    assert sorted(whole) == ["a film of the belt", "the belt slipped"]
    tree = store.apply(tree, DeleteCause(cause=belt))
    assert texts(store, "belt") == []
    undone = store.undo(tree)
    assert undone is not None
    assert sorted(texts(store, "belt")) == sorted(whole)
    redone = store.redo(undone.tree)
    assert redone is not None
    assert texts(store, "belt") == []
    tree = store.apply(redone.tree, DeleteSession())
    assert texts(store, "angry") == []
    store.apply(tree, RestoreSession())
    assert texts(store, "angry") == ["customers are angry"]


def test_a_new_wording_takes_the_place_of_the_old(store: Store) -> None:
    tree = said(store, "the belt slipped")
    (belt,) = tree.children(tree.problem.id)
    tree = store.apply(tree, EditCause(cause=belt, text="the chain slipped"))
    tree = store.apply(tree, SetFacts(problem="orders are late", facts=Facts(site="Harwick")))
    assert texts(store, "belt") == texts(store, "angry") == []
    assert texts(store, "slip") == ["the chain slipped"]
    assert texts(store, "harw") == ["Harwick"]
    tree = store.apply(tree, SetFacts(facts=Facts(site="Lyon")))
    assert texts(store, "harw") == []
    for _ in range(3):
        undone = store.undo(tree)
        assert undone is not None
        tree = undone.tree
    assert texts(store, "belt") == ["the belt slipped"]
    assert texts(store, "lyon") == texts(store, "late") == []
    see_that_everything_is_indexed(store)


def test_search_is_narrowed_to_a_place_and_days(store: Store) -> None:
    for site, day in (("Harwick", 1), ("HARWICK", 2), ("Lyon", 3)):
        at = datetime(2026, 5, day, 23, tzinfo=UTC)
        begun(store, f"belt {day}", site=site, noticed_at=at)

    def found(**narrowed: str | date) -> list[str]:
        return [each.text for each in store.search("belt", **narrowed)]  # type: ignore[arg-type]

    assert found(site="harwick") == ["belt 2", "belt 1"]
    assert found(since=date(2026, 5, 2)) == ["belt 3", "belt 2"]
    assert found(until=date(2026, 5, 2)) == ["belt 2", "belt 1"]
    assert found(site="Lyon", until=date(2026, 5, 2)) == []
    assert [each.text for each in store.search("S-3", site="Lyon")] == ["belt 3"]
    assert store.search("S-3", site="Harwick") == []


def test_what_is_brought_in_is_found_and_what_is_purged_is_not(store: Store) -> None:
    tree = session("the belt stopped")
    tree, cause = answer(tree, tree.problem.id, "the belt was old")
    brought = store.bring_in([Record(tree)])
    store.bring_in([Record(tree)], copies=True)
    assert len(brought) == 1
    assert sorted(texts(store, "belt")) == ["the belt stopped"] * 2 + ["the belt was old"] * 2
    assert {found.context.cause.id for found in store.search("old")} > {cause.id}
    store.apply(store.numbered(1), DeleteSession())
    assert len(texts(store, "belt")) == 2
    assert store.purge_deleted() == 1
    see_that_everything_is_indexed(store)
    assert len(texts(store, "belt")) == 2
    store.purge_history(store.numbered(2).session.id)
    see_that_everything_is_indexed(store)
    assert len(texts(store, "belt")) == 2


def test_a_refused_import_leaves_no_words(store: Store) -> None:
    record = store.record(said(store, "the belt").session.id)
    other = replace(record.tree.session, notes="said since")
    changed = replace(record, tree=replace(record.tree, session=other))
    with pytest.raises(StoreProblem, match="differs from the file"):
        store.bring_in([Record(session("a chain broke")), changed])
    assert texts(store, "chain") == texts(store, "since") == []
    see_that_everything_is_indexed(store)


def test_two_people_find_what_the_other_says(open_store: Opens) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    tree = said(ines, "the belt slipped")
    assert texts(bo, "belt") == ["the belt slipped"]
    bo.apply(tree, EditCause(cause=tree.children(tree.problem.id)[0], text="the chain slipped"))
    assert texts(ines, "belt") == []
    assert texts(ines, "chain") == ["the chain slipped"]


def test_the_longest_texts_are_found_and_asked(store: Store) -> None:
    every = "".join(map(chr, range(0x4E00, 0x9F00)))
    words = " ".join(f"w{number}" for number in range(14_000))
    for text in (every * 4, words, "x" * 100_000, "🔥" * 100_000, "e\u0301 " * 30_000):
        long = text[:100_000]
        said(store, long)
        assert store.search(long)
    assert [found.text == (every * 4)[:100_000] for found in store.search(every[-2:])] == [True]
    assert len(texts(store, "w13999")) == 1
    assert len(texts(store, "xxx")) == 1


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=statements, data=st.data())
def test_every_word_of_what_was_said_finds_it(store: Store, text: str, data: st.DataObject) -> None:
    tree = said(store, text)
    (cause,) = tree.children(tree.problem.id)
    kept = tree.causes[cause].text
    words = list(pieces(kept))
    if words:
        word = data.draw(st.sampled_from(words))
        asked = kept[word.start : word.end]
        beginning = asked[: data.draw(st.integers(3, 64))] if len(word.folded) > 3 else asked
        found = store.search(f"{asked} {beginning}", limit=1000)
        here = [each for each in found if each.id == cause]
        assert [each.what for each in here] == [What.CAUSE]
        assert here[0].hits
        assert all(0 <= start < end <= len(kept) for start, end in here[0].hits)
    gone = store.apply(tree, DeleteCause(cause=cause))
    assert all(found.id != cause for found in store.search(kept, limit=1000))
    # The next example finds its own.
    store.apply(gone, DeleteSession())
    store.purge_deleted()


@settings(
    max_examples=200,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    words=st.text()
    | st.text(alphabet="ab \"*'()[]{}:^-+&|!<>~,.;\\/%_NEARORD價格é🔥", max_size=40)
    | statements
)
def test_no_question_fails(store: Store, words: str) -> None:
    assert isinstance(store.search(words), list)


@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_whatever_people_do_the_index_says_what_is_there(store: Store, data: st.DataObject) -> None:
    tree = begun(store)
    for _ in range(data.draw(st.integers(1, 12))):
        act = data.draw(st.sampled_from(["do", "do", "do", "undo", "redo"]))
        if act == "do":
            try:
                tree = store.apply(tree, data.draw(commands(tree)))
            except Refused:
                continue
        else:
            undone = store.undo(tree) if act == "undo" else store.redo(tree)
            tree = undone.tree if undone else tree
    see_that_everything_is_indexed(store)
