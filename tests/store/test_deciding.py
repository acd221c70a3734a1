"""What people decide of two causes: the newest word holds, and every word is kept."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fivewhys.models.commands import (
    AddCountermeasure,
    Answer,
    DeleteCause,
    DeleteSession,
    EditCause,
    Facts,
    RestoreSession,
    SetPart,
    SetProgress,
    SetStatus,
    StartSession,
)
from fivewhys.models.follow_up import View
from fivewhys.models.past import Decision, Sameness
from fivewhys.models.plan_words import Progress
from fivewhys.models.tables import decision_table
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part, Status
from fivewhys.store.deciding import CAUSE_GONE, pairs
from fivewhys.store.problems import StoreProblem
from fivewhys.store.store import Store
from tests.store.test_watching import seen

Opens = Callable[..., Store]

SAME, DIFFERENT, SKIPPED, OPEN = Sameness
_runs = count()
TODAY = date(2026, 12, 1)


def told(store: Store, *words: str, **facts: object) -> Tree:
    """A new session with some causes of its problem."""
    given = Facts.model_validate(facts)
    tree = store.start(StartSession(problem="soup is cold", facts=given))
    for text in words:
        tree = store.apply(tree, Answer(parent=tree.problem.id, text=text))
    return tree


def cause(store: Store, words: str, **facts: object) -> UUID:
    """The only cause of a new session."""
    tree = told(store, words, **facts)
    (key,) = tree.children(tree.problem.id)
    return key


def said(store: Store) -> dict[frozenset[UUID], tuple[Sameness, str]]:
    """What holds, by whom."""
    return {
        frozenset((decision.a, decision.b)): (decision.sameness, decision.decided_by)
        for decision in store.decisions()
    }


def rows(store: Store) -> int:
    with store._database.reading() as db:
        return len(db.execute(decision_table.select()).all())


# Deciding


def test_a_decision_says_who_and_when_and_survives_a_restart(open_store: Opens) -> None:
    store = open_store()
    late, unordered = cause(store, "The forms came late"), cause(store, "Nobody ordered forms")
    before = datetime.now(UTC)
    decision = store.decide(unordered, late, SAME)
    assert (decision.a, decision.b) == tuple(sorted((late, unordered)))
    assert (decision.sameness, decision.decided_by) == (SAME, "Ines")
    assert before <= decision.decided_at <= datetime.now(UTC)
    assert open_store("Bo").decisions() == [decision]


def test_the_newest_word_of_anybody_holds_and_all_are_kept(open_store: Opens) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    a, b = cause(ines, "one"), cause(ines, "two")
    ines.decide(a, b, SAME)
    bo.decide(b, a, DIFFERENT)
    assert said(ines) == {frozenset((a, b)): (DIFFERENT, "Bo")}
    bo.decide(b, a, SKIPPED)
    assert said(ines) == {frozenset((a, b)): (SKIPPED, "Bo")}
    assert rows(ines) == 3


def test_saying_it_again_adds_nothing_but_for_skipping(open_store: Opens) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    a, b, c = (cause(ines, text) for text in ("one", "two", "three"))
    first = ines.decide(a, b, SAME)
    assert ines.decide(b, a, SAME) == first
    assert bo.decide(b, a, SAME) != first
    ines.decide(b, c, SKIPPED)
    ines.decide(a, c, SKIPPED)
    ines.decide(b, c, SKIPPED)
    assert [{item.a, item.b} for item in ines.decisions()] == [{a, b}, {a, c}, {b, c}]


def test_a_clock_that_goes_back_does_not_bring_back_a_former_decision(database: str) -> None:
    moments = iter(datetime(2026, 11, 21, 9, minute, tzinfo=UTC) for minute in range(50, 0, -1))
    store = Store(database, "Ines", now=lambda: next(moments))
    a, b = cause(store, "one"), cause(store, "two")
    for sameness in (SAME, DIFFERENT, SAME, DIFFERENT):
        store.decide(a, b, sameness)
        assert said(store) == {frozenset((a, b)): (sameness, "Ines")}
    store.take_back_decision()
    assert said(store) == {frozenset((a, b)): (SAME, "Ines")}
    store.close()


def test_only_two_causes_that_are_there_can_be_decided(store: Store) -> None:
    tree = told(store, "one", "two")
    one, two = tree.children(tree.problem.id)
    other = cause(store, "three")
    with pytest.raises(ValueError, match="two causes"):
        store.decide(one, one, SAME)
    for gone in (tree.problem.id, UUID(int=7)):
        with pytest.raises(StoreProblem) as raised:
            store.decide(gone, other, SAME)
        assert str(raised.value) == CAUSE_GONE
    store.apply(tree, DeleteCause(cause=two))
    with pytest.raises(StoreProblem):
        store.decide(two, other, SAME)
    store.apply(tree, DeleteSession())
    with pytest.raises(StoreProblem):
        store.decide(one, other, SAME)
    assert rows(store) == 0


def test_another_program_notices(open_store: Opens) -> None:
    store, other = open_store(), open_store("Bo")
    a, b = cause(store, "one"), cause(store, "two")
    assert other.changed_elsewhere()
    assert not other.changed_elsewhere()
    store.decide(a, b, SAME)
    assert seen(other)


# Taking back


def test_taking_back_goes_step_by_step_and_what_held_before_holds_again(store: Store) -> None:
    a, b, c = (cause(store, text) for text in ("one", "two", "three"))
    first = store.decide(a, b, DIFFERENT)
    second = store.decide(b, c, SAME)
    third = store.decide(a, b, SAME)
    assert store.take_back_decision() == third
    assert store.decisions() == [first, second]
    assert store.take_back_decision() == second
    assert said(store)[frozenset((b, c))] == (OPEN, "Ines")
    assert store.take_back_decision() == first
    assert {sameness for sameness, _ in said(store).values()} == {OPEN}
    assert store.take_back_decision() is None
    assert rows(store) == 6
    fourth = store.decide(b, c, SAME)
    assert store.take_back_decision() == fourth
    assert store.take_back_decision() is None


def test_only_ones_own_is_taken_back_and_only_while_it_holds(open_store: Opens) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    a, b, c = (cause(ines, text) for text in ("one", "two", "three"))
    earlier = ines.decide(b, c, SAME)
    ines.decide(a, b, SAME)
    theirs = bo.decide(a, b, DIFFERENT)
    assert ines.take_back_decision() == earlier
    assert ines.take_back_decision() is None
    assert bo.take_back_decision() == theirs
    assert said(ines)[frozenset((a, b))] == (SAME, "Ines")
    # It holds again, so it can be taken back again.
    assert ines.take_back_decision() is not None
    assert said(ines)[frozenset((a, b))] == (OPEN, "Ines")


@given(
    acts=st.lists(
        st.tuples(
            st.sampled_from(["Ines", "Bo"]),
            st.sampled_from([*Sameness, None]),
            st.sampled_from([(0, 1), (1, 2), (2, 0)]),
        ),
        max_size=30,
    )
)
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
def test_in_any_order_what_holds_is_the_last_word_not_taken_back(
    open_store: Opens, acts: list[tuple[str, Sameness | None, tuple[int, int]]]
) -> None:
    # The database is that of all examples, so the people are others each time.
    people = {name: f"{name} {next(_runs)}" for name in ("Ines", "Bo")}
    stores = {name: open_store(person) for name, person in people.items()}
    keys = [cause(stores["Ines"], f"cause {number}") for number in range(3)]
    ids = count()
    order: list[tuple[int, str, frozenset[UUID], Sameness]] = []
    for name, sameness, (one, other) in acts:
        pair = frozenset((keys[one], keys[other]))
        tops = {item[2]: item for item in order}
        if sameness is not None:
            stores[name].decide(keys[one], keys[other], sameness)
            top = tops.get(pair)
            if not (top and top[1:] == (name, pair, sameness)) or sameness is SKIPPED:
                order.append((next(ids), name, pair, sameness))
            continue
        mine = [item for item in order if item[1] == name and tops[item[2]] == item]
        taken = stores[name].take_back_decision()
        assert (taken is None) == (not mine)
        if taken:
            assert frozenset((taken.a, taken.b)) == mine[-1][2]
            order.remove(mine[-1])
    expected = {pair: (sameness, people[name]) for _, name, pair, sameness in order}
    every = said(stores["Bo"])
    standing = {pair: by for pair, by in every.items() if pair <= set(keys)}
    # What reviews read is the same, in fewer words.
    with stores["Bo"]._database.reading() as db:
        short = {
            frozenset((UUID(bytes=pair.a), UUID(bytes=pair.b))): pair.sameness for pair in pairs(db)
        }
    assert short == {pair: by[0] for pair, by in every.items()}
    assert {pair: by for pair, by in standing.items() if pair in expected} == expected
    assert {by[0] for pair, by in standing.items() if pair not in expected} <= {OPEN}


# While causes come and go


def test_a_decision_waits_while_its_cause_is_deleted(store: Store) -> None:
    tree = told(store, "one")
    (one,) = tree.children(tree.problem.id)
    two = cause(store, "two")
    decision = store.decide(one, two, SAME)
    deleted = store.apply(tree, DeleteCause(cause=one))
    assert store.decisions() == []
    assert store.take_back_decision() is None
    undone = store.undo(deleted)
    assert undone is not None
    assert store.decisions() == [decision]
    gone = store.apply(undone.tree, DeleteSession())
    assert store.decisions() == []
    store.apply(gone, RestoreSession())
    assert store.decisions() == [decision]


def test_purging_a_session_takes_its_decisions_away_and_no_others(store: Store) -> None:
    tree = told(store, "one", "was here once")
    one, once = tree.children(tree.problem.id)
    two, three = cause(store, "two"), cause(store, "three")
    store.decide(one, two, SAME)
    store.decide(once, two, SAME)
    kept = store.decide(two, three, SAME)
    tree = store.apply(tree, DeleteCause(cause=once))
    store.apply(tree, DeleteSession())
    store.purge_deleted()
    assert store.decisions() == [kept]
    assert rows(store) == 1


def test_purging_a_history_takes_decisions_on_what_cannot_come_back(store: Store) -> None:
    tree = told(store, "one", "was here once")
    one, once = tree.children(tree.problem.id)
    two = cause(store, "two")
    kept = store.decide(one, two, SAME)
    store.decide(once, two, SAME)
    store.apply(tree, DeleteCause(cause=once))
    store.purge_history(tree.session.id)
    assert store.decisions() == [kept]
    assert rows(store) == 1


# Where else a cause was found


def names(store: Store, key: UUID) -> list[str]:
    """The other sessions in which the store finds a cause."""
    context = store.context([key])[key]
    return [again.name for again in store.shared(store.tree(context.session.id)).get(key, ())]


def test_equal_words_and_what_people_call_the_same_are_found_elsewhere(store: Store) -> None:
    one = cause(store, "No rule says who orders", noticed_at=datetime(2026, 3, 1, tzinfo=UTC))
    two = cause(store, "no rule says WHO orders!", site="Lyon")
    three = cause(store, "Orders have no owner")
    four = cause(store, "nobody owns the orders")
    five = cause(store, "something else")
    assert names(store, one) == ["S-2"]
    store.decide(two, three, SAME)
    store.decide(three, four, SAME)
    assert names(store, one) == ["S-2", "S-3", "S-4"]
    assert names(store, four) == ["S-1", "S-2", "S-3"]
    assert names(store, five) == []
    (first, *_) = store.shared(store.numbered(4))[four]
    assert (first.number, first.on, first.is_root) == (1, date(2026, 3, 1), False)


def test_different_outranks_equal_words(store: Store) -> None:
    one, two, three = (cause(store, "training") for _ in range(3))
    store.decide(one, two, DIFFERENT)
    assert names(store, one) == ["S-3"]
    assert names(store, two) == []
    assert names(store, three) == ["S-1"]
    store.decide(two, three, SAME)
    assert names(store, one) == []
    assert names(store, two) == ["S-3"]
    store.take_back_decision()
    store.take_back_decision()
    assert names(store, two) == ["S-1", "S-3"]


def test_where_people_contradict_each_other_different_holds(store: Store) -> None:
    one, two, three = sorted(cause(store, text) for text in ("one", "two", "three"))
    name = {key: store.context([key])[key].session.name for key in (one, two, three)}
    store.decide(one, two, SAME)
    store.decide(two, three, SAME)
    store.decide(one, three, DIFFERENT)
    # As in the groups: of the two *same*, that of the smaller keys holds until a person solves it.
    assert names(store, one) == [name[two]]
    assert names(store, two) == [name[one]]
    assert names(store, three) == []


def test_what_was_ruled_out_or_deleted_does_not_count(store: Store) -> None:
    one, three = cause(store, "one"), cause(store, "three")
    tree = told(store, "two")
    (two,) = tree.children(tree.problem.id)
    store.decide(one, two, SAME)
    store.decide(two, three, SAME)
    out = SetStatus(cause=two, status=Status.RULED_OUT, reason="not on film")
    tree = store.apply(tree, out)
    # It says no longer what happened in its session, and still connects the others.
    assert names(store, one) == ["S-2"]
    store.apply(tree, DeleteSession())
    assert names(store, one) == []


def test_words_that_change_take_their_decisions_along(store: Store) -> None:
    tree = told(store, "one")
    (one,) = tree.children(tree.problem.id)
    two = cause(store, "two")
    store.decide(one, two, SAME)
    store.apply(tree, EditCause(cause=one, text="in other words"))
    assert names(store, one) == ["S-2"]


@pytest.fixture
def acted_on(store: Store) -> Tree:
    """S-1, in which something was done about its cause on 1 March."""
    tree = told(store, "No rule says who", noticed_at=datetime(2026, 2, 1, tzinfo=UTC))
    (key,) = tree.children(tree.problem.id)
    tree = store.apply(tree, SetPart(cause=key, part=Part.ROOT))
    tree = store.apply(tree, AddCountermeasure(cause=key, text="a rule"))
    (rule,) = tree.all_countermeasures()
    done = SetProgress(countermeasure=rule.id, progress=Progress.DONE, on=date(2026, 3, 1))
    return store.apply(tree, done)


def test_what_people_call_the_same_has_come_back(store: Store, acted_on: Tree) -> None:
    (root,) = acted_on.roots()
    later = cause(store, "Nobody is named", noticed_at=datetime(2026, 4, 1, tzinfo=UTC))
    assert store.how_many(View.NO_EFFECT, TODAY) == 0
    store.decide(root.id, later, SAME)
    tree = store.tree(acted_on.session.id)
    (rule,) = tree.all_countermeasures()
    assert [again.name for again in tree.recurrences(rule)] == ["S-2"]
    assert tree.standing(rule) is Progress.NOT_EFFECTIVE
    assert [cause.id for cause in tree.open_questions()] == [root.id]
    (line,) = store.follow_up(View.NO_EFFECT, TODAY)
    assert line.back is not None
    assert line.back.name == "S-2"
    (reminder,) = store.last_time(store.numbered(2))
    assert reminder.id == rule.id
    store.take_back_decision()
    assert store.how_many(View.NO_EFFECT, TODAY) == 0
    assert store.last_time(store.numbered(2)) == []


def test_what_people_call_different_has_not_come_back(store: Store, acted_on: Tree) -> None:
    (root,) = acted_on.roots()
    later = cause(store, "no rule says who!", noticed_at=datetime(2026, 4, 1, tzinfo=UTC))
    assert store.how_many(View.NO_EFFECT, TODAY) == 1
    store.decide(root.id, later, DIFFERENT)
    tree = store.tree(acted_on.session.id)
    (rule,) = tree.all_countermeasures()
    assert tree.recurrences(rule) == []
    assert store.follow_up(View.NO_EFFECT, TODAY) == []
    (line,) = store.follow_up(View.ALL, TODAY)
    assert line.back is None
    assert store.last_time(store.numbered(2)) == []


def test_a_read_back_tree_knows_what_was_decided_elsewhere(
    store: Store, open_store: Opens, acted_on: Tree
) -> None:
    (root,) = acted_on.roots()
    later = cause(store, "Nobody is named", noticed_at=datetime(2026, 4, 1, tzinfo=UTC))
    open_store("Bo").decide(root.id, later, SAME)
    fresh = store.tree(acted_on.session.id)
    assert [again.name for again in fresh.elsewhere[root.id]] == ["S-2"]


def test_decisions_are_values(store: Store) -> None:
    a, b = cause(store, "one"), cause(store, "two")
    decision = store.decide(b, a, SAME)
    assert decision == Decision(decision.id, a, b, SAME, "Ines", decision.decided_at)
