"""The same cause in another session is found by its words, and only while it stands there."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from fivewhys.models.commands import (
    AddCountermeasure,
    Answer,
    DeleteCause,
    DeleteCountermeasure,
    DeleteSession,
    EditCause,
    Facts,
    Refused,
    RestoreSession,
    SetFacts,
    SetPart,
    SetProgress,
    SetStatus,
    StartSession,
)
from fivewhys.models.plan_words import Progress
from fivewhys.models.tables import wording_table
from fivewhys.models.tree import Tree
from fivewhys.models.values import Appearance
from fivewhys.models.words import Part, Status
from fivewhys.store.store import Store
from fivewhys.text import words_number
from tests.store.wordings import see_that_all_words_are_kept

Opens = Callable[..., Store]

RULE = "No rule says who orders the forms"
AGAIN = "  no rule says: WHO orders the forms?! "
"""The same words with other capitals, punctuation and spaces."""


def told(store: Store, words: str, problem: str = "soup is cold", **facts: object) -> Tree:
    """A new session with one cause."""
    given = Facts.model_validate(facts)
    tree = store.start(StartSession(problem=problem, facts=given))
    return store.apply(tree, Answer(parent=tree.problem.id, text=words))


def only(tree: Tree) -> UUID:
    (cause,) = tree.children(tree.problem.id)
    return cause


@pytest.fixture
def acted_on(store: Store) -> Tree:
    """S-1, in which something was done about the rule on 1 March."""
    tree = told(store, RULE, "customers are angry", noticed_at=datetime(2026, 2, 1, tzinfo=UTC))
    tree = store.apply(tree, AddCountermeasure(cause=only(tree), text="a rule"))
    (rule,) = tree.all_countermeasures()
    done = SetProgress(countermeasure=rule.id, progress=Progress.DONE, on=date(2026, 3, 1))
    return store.apply(tree, done)


def elsewhere(store: Store, tree: Tree) -> list[str]:
    """In which sessions the store finds the cause of `tree` as well."""
    fresh = store.tree(tree.session.id)
    return [found.name for found in fresh.elsewhere.get(only(fresh), ())]


# What is found


@pytest.mark.parametrize("words", [RULE, AGAIN, "ＮＯ rule says who orders-the-forms"])
def test_the_same_words_are_found_in_another_session(
    store: Store, acted_on: Tree, words: str
) -> None:
    # Late in the evening: the day is that of UTC, wherever the server is.
    noticed = datetime(2026, 4, 1, 23, 45, tzinfo=UTC)
    other = told(store, words, site="Harwick", noticed_at=noticed)
    other = store.apply(other, SetPart(cause=only(other), part=Part.ROOT))
    tree = store.tree(acted_on.session.id)
    assert tree.elsewhere == {
        only(tree): (Appearance(other.session.id, 2, "Harwick", date(2026, 4, 1), is_root=True),)
    }
    (rule,) = tree.all_countermeasures()
    assert (rule.progress, tree.standing(rule)) == (Progress.DONE, Progress.NOT_EFFECTIVE)
    see_that_all_words_are_kept(store)


@pytest.mark.parametrize("words", ["No rule says who ordered the forms", "Norule says", RULE[:-1]])
def test_other_words_are_another_cause(store: Store, acted_on: Tree, words: str) -> None:
    told(store, words)
    assert elsewhere(store, acted_on) == []


def test_a_problem_in_the_same_words_is_no_cause(store: Store, acted_on: Tree) -> None:
    other = told(store, "something else", problem=RULE)
    store.apply(other, SetFacts(problem=AGAIN))
    third = told(store, "something else")
    store.apply(third, EditCause(cause=third.problem.id, text=RULE))
    assert elsewhere(store, acted_on) == []
    see_that_all_words_are_kept(store)


def test_the_same_words_in_the_same_session_are_no_recurrence(store: Store, acted_on: Tree) -> None:
    tree = store.apply(acted_on, Answer(parent=only(acted_on), text=AGAIN))
    assert store.tree(tree.session.id).elsewhere == {}


def test_a_session_counts_once_and_as_root_if_one_of_its_causes_is(
    store: Store, acted_on: Tree
) -> None:
    other = told(store, RULE)
    other = store.apply(other, Answer(parent=only(other), text=AGAIN))
    deeper = other.children(only(other))[0]
    store.apply(other, SetPart(cause=deeper, part=Part.ROOT))
    (found,) = store.tree(acted_on.session.id).elsewhere[only(acted_on)]
    assert (found.name, found.is_root) == ("S-2", True)


def test_appearances_come_by_their_days_the_oldest_first(store: Store, acted_on: Tree) -> None:
    for month in (6, 4, 5):
        told(store, RULE, noticed_at=datetime(2026, month, 1, tzinfo=UTC))
    told(store, RULE)
    found = store.tree(acted_on.session.id).elsewhere[only(acted_on)]
    assert [again.name for again in found] == ["S-3", "S-4", "S-2", "S-5"]
    # One that nobody dated counts by the day on which it was opened.
    assert found[-1].on == store.numbered(5).session.opened_at.date()


def test_only_causes_that_have_a_plan_are_looked_for(store: Store) -> None:
    tree = told(store, RULE)
    told(store, AGAIN)
    assert store.tree(tree.session.id).elsewhere == {}


# While it stands


def test_a_deleted_session_does_not_count_until_it_is_brought_back(
    store: Store, acted_on: Tree
) -> None:
    other = told(store, AGAIN)
    other = store.apply(other, DeleteSession())
    assert elsewhere(store, acted_on) == []
    store.apply(other, RestoreSession())
    assert elsewhere(store, acted_on) == ["S-2"]


def test_a_cause_in_other_words_counts_no_longer(store: Store, acted_on: Tree) -> None:
    other = told(store, AGAIN)
    other = store.apply(other, EditCause(cause=only(other), text="The forms are late"))
    assert elsewhere(store, acted_on) == []
    undone = store.undo(other)
    assert undone is not None
    assert elsewhere(store, acted_on) == ["S-2"]
    redone = store.redo(undone.tree)
    assert redone is not None
    assert elsewhere(store, acted_on) == []
    see_that_all_words_are_kept(store)
    store.apply(redone.tree, EditCause(cause=only(other), text=RULE.upper()))
    assert elsewhere(store, acted_on) == ["S-2"]
    see_that_all_words_are_kept(store)


def test_words_that_change_by_their_capitals_alone_are_kept(store: Store, acted_on: Tree) -> None:
    other = told(store, RULE)
    store.apply(other, EditCause(cause=only(other), text=AGAIN))
    assert elsewhere(store, acted_on) == ["S-2"]
    see_that_all_words_are_kept(store)


def test_our_own_words_in_other_words_find_others(store: Store, acted_on: Tree) -> None:
    told(store, "The forms are late")
    told(store, RULE)
    tree = store.tree(acted_on.session.id)
    tree = store.apply(tree, EditCause(cause=only(tree), text="the forms are late"))
    assert [found.name for found in tree.elsewhere[only(tree)]] == ["S-2"]
    undone = store.undo(tree)
    assert undone is not None
    assert [found.name for found in undone.tree.elsewhere[only(tree)]] == ["S-3"]


def test_a_deleted_cause_does_not_count_until_undo_brings_it_back(
    store: Store, acted_on: Tree
) -> None:
    other = told(store, AGAIN)
    other = store.apply(other, DeleteCause(cause=only(other)))
    assert elsewhere(store, acted_on) == []
    see_that_all_words_are_kept(store)
    assert store.undo(other) is not None
    assert elsewhere(store, acted_on) == ["S-2"]
    see_that_all_words_are_kept(store)


def test_what_was_ruled_out_was_not_the_cause(store: Store, acted_on: Tree) -> None:
    other = told(store, AGAIN)
    out = SetStatus(cause=only(other), status=Status.RULED_OUT, reason="there is a rule")
    other = store.apply(other, out)
    assert elsewhere(store, acted_on) == []
    store.apply(other, SetStatus(cause=only(other), status=Status.SUSPECTED))
    assert elsewhere(store, acted_on) == ["S-2"]


def test_a_purged_session_leaves_no_words(store: Store, acted_on: Tree) -> None:
    other = told(store, AGAIN)
    other = store.apply(other, EditCause(cause=other.problem.id, text="soup is warm"))
    store.apply(other, DeleteSession())
    assert store.purge_deleted() == 1
    assert elsewhere(store, acted_on) == []
    with store._database.reading() as db:
        assert [tuple(row) for row in db.execute(select(wording_table))] == [
            (words_number(RULE), only(acted_on))
        ]


def test_an_imported_session_counts(store: Store, acted_on: Tree) -> None:
    record = store.record(acted_on.session.id)
    store.bring_in([record])
    assert elsewhere(store, acted_on) == []
    store.bring_in([record], copies=True)
    assert elsewhere(store, acted_on) == ["S-2"]
    copy = store.numbered(2)
    assert [found.name for found in copy.elsewhere[only(copy)]] == ["S-1"]
    see_that_all_words_are_kept(store)


# When it is known


def test_a_new_countermeasure_knows_at_once_where_its_cause_was(store: Store) -> None:
    told(store, RULE)
    tree = told(store, AGAIN)
    assert tree.elsewhere == {}
    tree = store.apply(tree, AddCountermeasure(cause=only(tree), text="a rule"))
    assert [found.name for found in tree.elsewhere[only(tree)]] == ["S-1"]
    (rule,) = tree.all_countermeasures()
    tree = store.apply(tree, DeleteCountermeasure(countermeasure=rule.id))
    assert tree.elsewhere == {}
    undone = store.undo(tree)
    assert undone is not None
    assert [found.name for found in undone.tree.elsewhere[only(tree)]] == ["S-1"]


def test_what_another_person_planned_is_known_after_a_look(store: Store, open_store: Opens) -> None:
    told(store, RULE)
    tree = told(store, AGAIN)
    theirs = open_store("Bo")
    theirs.apply(tree, AddCountermeasure(cause=only(tree), text="a rule"))
    fresh = store.refresh(tree)
    assert [found.name for found in fresh.elsewhere[only(tree)]] == ["S-1"]
    # Also where one goes on without looking.
    ours = store.apply(tree, SetPart(cause=only(tree), part=Part.ROOT))
    assert [found.name for found in ours.elsewhere[only(tree)]] == ["S-1"]


def test_effective_looks_at_the_other_sessions_as_they_are_now(
    store: Store, acted_on: Tree
) -> None:
    """The tree on the screen may be older than the session in which the cause came back."""
    stale = acted_on
    told(store, AGAIN, noticed_at=datetime(2026, 4, 1, tzinfo=UTC))
    (rule,) = stale.all_countermeasures()
    assert stale.recurrences(rule) == []
    said = SetProgress(countermeasure=rule.id, progress=Progress.EFFECTIVE)
    with pytest.raises(Refused, match=r"Its cause came back in S-2 \(2026-04-01\)\."):
        store.apply(stale, said)


def test_a_recurrence_opens_the_root_in_the_earlier_session(store: Store, acted_on: Tree) -> None:
    tree = store.apply(acted_on, SetPart(cause=only(acted_on), part=Part.ROOT))
    assert tree.open_questions() == []
    other = told(store, AGAIN, noticed_at=datetime(2026, 4, 1, tzinfo=UTC))
    fresh = store.tree(tree.session.id)
    assert [cause.text for cause in fresh.open_questions()] == [RULE]
    # It came back before it was done, in truth: that is no recurrence.
    store.apply(other, SetFacts(facts=Facts(noticed_at=datetime(2026, 2, 28, tzinfo=UTC))))
    assert store.tree(tree.session.id).open_questions() == []


def test_two_texts_of_one_number_are_told_apart(store: Store, acted_on: Tree) -> None:
    """Numbers of different words can meet by chance; the words themselves decide."""
    other = told(store, "something else")
    with store._database.writing() as db:
        db.execute(
            wording_table.update()
            .where(wording_table.c.cause_id == only(other))
            .values(words=words_number(RULE))
        )
    assert elsewhere(store, acted_on) == []
