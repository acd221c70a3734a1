"""The whole history with the groups of its causes, made again only where it has changed."""

import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from fivewhys.memory import Memory, Patterns, upkeep
from fivewhys.models.commands import (
    AddCountermeasure,
    Answer,
    DeleteSession,
    EditCause,
    Facts,
    RestoreSession,
    SetFacts,
    SetPart,
    SetProgress,
    SetStatus,
    StartSession,
)
from fivewhys.models.past import Sameness
from fivewhys.models.plan_words import Progress
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part, Status
from fivewhys.patterns.findings.everything import all_findings
from fivewhys.patterns.near_units import NearUnits
from fivewhys.patterns.overlay import causal_map
from fivewhys.patterns.queue import Question
from fivewhys.store.store import Store
from tests.memory.encoding import by_words

Opens = Callable[..., Store]

FORMS = "nobody ordered the new price forms"
PRINTER = "the printer jams in damp weather"


def told(store: Store, *words: str) -> Tree:
    """A new session with a chain of causes."""
    tree = store.start(StartSession(problem="soup is cold"))
    parent = tree.problem.id
    for text in words:
        tree = store.apply(tree, Answer(parent=parent, text=text))
        (parent,) = tree.children(parent)
    return tree


def causes(tree: Tree) -> list[UUID]:
    return [cause.id for cause, depth in tree.walk() if depth]


def sets(
    groups: Mapping[str, Collection[str]] | Sequence[Collection[str]],
) -> set[frozenset[str]]:
    """Groups of more than one."""
    values = groups.values() if isinstance(groups, Mapping) else groups
    return {frozenset(group) for group in values if len(group) > 1}


def keys(*ids: UUID) -> frozenset[str]:
    return frozenset(map(str, ids))


@pytest.fixture
def memory(store: Store) -> Iterator[Memory]:
    with closing(Memory(store, encode=by_words, encoder="by words")) as memory:
        yield memory


def test_causes_are_grouped_and_mapped_with_what_is_confirmed(store: Store, memory: Memory) -> None:
    (one, jam) = causes(told(store, FORMS, PRINTER))
    (two,) = causes(told(store, "Nobody ordered the new PRICE forms!"))
    (three,) = causes(told(store, f"{FORMS} again"))
    now = memory.patterns()
    assert sets(now.groups) == {keys(one, two, three)}
    assert sets(now.confirmed) == {keys(one, two)}
    assert now.past == store.past()
    assert {*now.rows.keys} == keys(one, two, three, jam)
    node = now.map.nodes[str(one)]
    assert {cause.id for cause in node["causes"]} == {one, two, three}
    assert not node["is_confirmed"]
    store.decide(two, three, Sameness.SAME)
    assert memory.patterns().map.nodes[str(one)]["is_confirmed"]


def test_decisions_rule_the_groups_and_can_be_taken_back(store: Store, memory: Memory) -> None:
    (one,) = causes(told(store, FORMS))
    (two,) = causes(told(store, FORMS))
    (three,) = causes(told(store, PRINTER))
    assert sets(memory.patterns().groups) == {keys(one, two)}
    store.decide(one, two, Sameness.DIFFERENT)
    now = memory.patterns()
    assert sets(now.groups) == sets(now.confirmed) == set()
    store.decide(two, three, Sameness.SAME)
    now = memory.patterns()
    assert sets(now.groups) == sets(now.confirmed) == {keys(two, three)}
    store.take_back_decision()
    store.take_back_decision()
    now = memory.patterns()
    assert sets(now.groups) == sets(now.confirmed) == {keys(one, two)}


def test_nothing_is_made_again_where_nothing_has_changed(store: Store, memory: Memory) -> None:
    told(store, FORMS)
    now = memory.patterns()
    assert memory.patterns() is now
    assert now.map is now.map


@pytest.mark.parametrize("by", ["Ines", "Bo"])
def test_what_has_changed_is_as_if_made_from_scratch(
    store: Store, open_store: Opens, memory: Memory, by: str
) -> None:
    trees = [told(store, FORMS, f"cause {place}") for place in range(4)]
    memory.patterns()
    other = open_store(by)
    for place in (0, 1):
        trees[place] = other.apply(
            trees[place], SetPart(cause=causes(trees[place])[0], part=Part.ROOT)
        )
    plan = AddCountermeasure(cause=causes(trees[0])[0], text="order them in March")
    trees[0] = other.apply(trees[0], plan)
    (order,) = trees[0].countermeasures(causes(trees[0])[0])
    long_ago, yesterday = date(2020, 1, 1), datetime.now(UTC) - timedelta(days=1)
    out = SetStatus(cause=causes(trees[0])[0], status=Status.RULED_OUT, reason="no")
    acts: list[Callable[[], object]] = [
        lambda: told(other, PRINTER, FORMS),
        lambda: other.apply(trees[1], SetFacts(facts=Facts(site="Lyon"))),
        lambda: other.apply(trees[3], SetFacts(facts=Facts(noticed_at=yesterday))),
        lambda: other.apply(
            trees[0],
            SetProgress(countermeasure=order.id, progress=Progress.DONE, on=long_ago),
        ),
        lambda: other.apply(trees[1], EditCause(cause=causes(trees[1])[0], text=PRINTER)),
        lambda: other.apply(trees[0], out),
        lambda: other.apply(trees[2], DeleteSession()),
        lambda: other.apply(trees[2], RestoreSession()),
        lambda: other.decide(causes(trees[3])[0], causes(trees[3])[1], Sameness.SAME),
        lambda: other.apply(trees[2], DeleteSession()),
        other.purge_deleted,
        lambda: told(other, "something new"),
    ]
    for act in acts:
        act()
        with closing(Memory(store, encode=by_words, encoder="by words")) as fresh:
            now, afresh = memory.patterns(), fresh.patterns()
        assert now.past == afresh.past == store.past()
        assert sets(now.groups) == sets(afresh.groups)
        assert sets(now.confirmed) == sets(afresh.confirmed)
        assert now.rows.keys == afresh.rows.keys
        assert now.findings() == afresh.findings()


def test_groups_outlive_the_program(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = told(store, FORMS, PRINTER)
    second = told(store, f"{FORMS} again", "a third cause")
    (one, jam), (two, third) = causes(first), causes(second)
    told(store, *(f"{place * 7} {place * 5} {place * 3}" for place in range(1, 9)))
    compared: list[int] = []
    find_all = NearUnits.find_all

    def all_with_all(near: NearUnits, *args: Any) -> None:
        compared.append(1)
        find_all(near, *args)

    monkeypatch.setattr(NearUnits, "find_all", all_with_all)

    def started_anew() -> set[frozenset[str]]:
        with closing(Memory(store, tmp_path, encode=by_words, encoder="by words")) as memory:
            return sets(memory.patterns().groups)

    assert started_anew() == {keys(one, two)}
    assert compared == [1]
    assert started_anew() == {keys(one, two)}
    store.decide(one, two, Sameness.DIFFERENT)
    assert started_anew() == set()
    store.take_back_decision()
    store.apply(second, EditCause(cause=third, text=PRINTER))
    assert started_anew() == {keys(one, two), keys(jam, third)}
    assert compared == [1]


def test_groups_need_no_files(store: Store, tmp_path: Path) -> None:
    (one,), (two,) = causes(told(store, FORMS)), causes(told(store, FORMS))
    tmp_path.joinpath("index", "groups.npz").mkdir(parents=True)
    with closing(Memory(store, tmp_path / "index", encode=by_words, encoder="by words")) as memory:
        assert sets(memory.patterns().groups) == {keys(one, two)}


def test_it_tells_how_far_it_is_and_can_be_cancelled(store: Store, memory: Memory) -> None:
    for place in range(4):
        told(store, f"cause {place}", FORMS)

    class Cancelled(Exception):
        pass

    heard: list[float] = []

    def cancel(share: float) -> None:
        heard.append(share)
        if share > 0.4:
            raise Cancelled

    with pytest.raises(Cancelled):
        memory.patterns(cancel)
    heard.clear()
    now = memory.patterns(heard.append)
    assert isinstance(now, Patterns)
    assert heard == sorted(heard)
    assert heard[-1] == 1
    # What came since then is not forgotten when looking at it is cancelled.
    told(store, "cause 9", FORMS)
    with pytest.raises(Cancelled):
        memory.patterns(cancel)
    assert len(memory.patterns().past.sessions) == 5


def test_people_are_asked_about_likely_pairs_that_nobody_decided(
    store: Store, memory: Memory
) -> None:
    (one,) = causes(told(store, FORMS))
    (two,) = causes(told(store, f"{FORMS} again"))
    (three,) = causes(told(store, f"{FORMS} at all"))
    told(store, PRINTER)
    asked = memory.questions()
    assert {frozenset(question.pair) for question in asked} == {
        keys(one, two),
        keys(two, three),
        keys(one, three),
    }
    store.decide(one, two, Sameness.SAME)
    (question,) = memory.questions()
    assert str(three) in question.pair
    store.decide(UUID(question.a), UUID(question.b), Sameness.DIFFERENT)
    assert memory.questions() == []


def test_what_the_team_decides_draws_the_curve_of_probabilities(
    store: Store, memory: Memory
) -> None:
    usual = memory.calibration
    pairs = []
    for place in range(24):
        (one,) = causes(told(store, f"{FORMS} number {place}"))
        (two,) = causes(told(store, f"{FORMS} number {place} again"))
        (three,) = causes(told(store, f"{place} {PRINTER} for {place} long hours"))
        pairs.append((one, two, three))
    memory.patterns()
    assert memory.calibration == usual
    for one, two, three in pairs:
        store.decide(one, two, Sameness.DIFFERENT)
        store.decide(one, three, Sameness.SAME)
    memory.patterns()
    assert memory.calibration != usual
    score = 0.9
    assert memory.calibration.probability(score) < usual.probability(score)


def worth(questions: Sequence[Question]) -> dict[tuple[str, str], float]:
    return {question.pair: question.worth for question in questions}


def test_after_one_more_session_it_is_as_if_made_from_scratch(store: Store, memory: Memory) -> None:
    for place in range(6):
        told(store, f"{FORMS} {place % 3}", f"{PRINTER} {place}", "nobody is asked")
    memory.questions()
    last = told(store, f"{FORMS} again", PRINTER, f"nobody is asked {FORMS}")
    now, asked = memory.patterns(), memory.questions()
    with closing(Memory(store, encode=by_words, encoder="by words")) as fresh:
        assert worth(asked) == pytest.approx(worth(fresh.questions()), abs=0.01)
        assert sets(now.groups) == sets(fresh.patterns().groups)
    graph = causal_map(now.past, now.suggested, now.confirmed)
    assert list(now.map.nodes(data=True)) == list(graph.nodes(data=True))
    assert list(now.map.edges(data=True)) == list(graph.edges(data=True))
    store.apply(last, DeleteSession())
    left = memory.questions()
    assert len(left) < len(asked)
    with closing(Memory(store, encode=by_words, encoder="by words")) as fresh:
        assert worth(left) == pytest.approx(worth(fresh.questions()), abs=0.01)


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The threads that have read sessions, in the order in which they did."""
    found: list[str] = []
    past = Store.past

    def noted(store: Store, *args: Any, **options: Any) -> Any:
        found.append(threading.current_thread().name)
        return past(store, *args, **options)

    monkeypatch.setattr(Store, "past", noted)
    return found


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_once_asked_for_it_is_kept_ready_while_nobody_types(
    store: Store, memory: Memory, readers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "LOOK", 0.02)
    told(store, FORMS)
    memory.keep_up()
    until(lambda: memory.is_current)
    here = threading.current_thread().name
    memory.questions()
    assert set(readers) == {here}
    readers.clear()
    # While keys are pressed nothing is made again.
    memory.give_way()
    told(store, FORMS, PRINTER)
    time.sleep(0.2)
    assert readers == []
    monkeypatch.setattr(upkeep, "REST", 0.0)
    until(lambda: bool(readers))
    now, asked = memory.patterns(), memory.questions()
    assert set(readers) == {"recall"}
    assert len(now.past.sessions) == 2
    assert now.findings() == all_findings(now.map)
    assert memory.questions() is asked
    assert memory.patterns() is now


def test_what_nobody_asked_for_is_not_made(
    store: Store, memory: Memory, readers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "LOOK", 0.02)
    monkeypatch.setattr(upkeep, "REST", 0.0)
    memory.keep_up()
    told(store, FORMS)
    until(lambda: memory.is_current and bool(memory.similar(FORMS)))
    time.sleep(0.1)
    assert readers == []


def test_it_can_be_closed_while_somebody_begins_it(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()
    start = threading.Thread.start

    def slowly(thread: threading.Thread) -> None:
        if thread.name == "recall":
            begun.set()
            time.sleep(0.1)
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", slowly)
    asking = threading.Thread(target=memory.keep_up)
    asking.start()
    assert begun.wait(5)
    memory.close()
    asking.join()
