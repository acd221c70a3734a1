"""The whole history read at once, what changed of it, and single causes with their context."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

from fivewhys.models.commands import (
    AddCountermeasure,
    Answer,
    CountermeasureFacts,
    DeleteCause,
    DeleteSession,
    EditCause,
    Facts,
    InsertBetween,
    MoveCause,
    RestoreSession,
    SetFacts,
    SetLeg,
    SetPart,
    SetProgress,
    SetStatus,
    StartSession,
)
from fivewhys.models.past import Past, PastDeed, Sameness
from fivewhys.models.plan_words import Progress
from fivewhys.models.tree import Tree
from fivewhys.models.words import Kind, Leg, Part, Severity, State, Status
from fivewhys.store.store import Store
from fivewhys.text import words_number

Opens = Callable[..., Store]


def grown(store: Store, problem: str = "soup is cold", **facts: object) -> Tree:
    """A session with a chain of two and a cause beside it, and something done about the root."""
    given = Facts.model_validate(facts)
    tree = store.start(StartSession(problem=problem, facts=given))
    top = tree.problem.id
    tree = store.apply(tree, Answer(parent=top, text=f"the lift is slow: {problem}"))
    (lift,) = tree.children(top)
    tree = store.apply(tree, Answer(parent=lift, text=f"nobody greases it: {problem}"))
    (root,) = tree.children(lift)
    tree = store.apply(tree, SetPart(cause=root, part=Part.ROOT))
    tree = store.apply(tree, SetLeg(cause=lift, leg=Leg.DETECTION))
    tree = store.apply(tree, Answer(parent=top, text=f"the plates are cold: {problem}"))
    plan = CountermeasureFacts(owner="Bo", due=date(2026, 3, 1))
    tree = store.apply(tree, AddCountermeasure(cause=root, text="grease", facts=plan))
    (grease,) = tree.all_countermeasures()
    done = SetProgress(countermeasure=grease.id, progress=Progress.DONE, on=date(2026, 2, 20))
    return store.apply(tree, done)


def noticed(year: int, month: int, day: int, hour: int = 12) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def problems(past: Past) -> list[str]:
    return [session.problem for session in past.sessions]


# All at once


def test_everything_of_a_session_is_there(store: Store) -> None:
    facts = {"site": "Harwick", "region": "North", "department": "Café", "severity": "major"}
    tree = grown(store, noticed_at=noticed(2026, 2, 1), **facts)
    past = store.past()
    (session,) = past.sessions
    assert (session.id, session.number, session.state) == (tree.session.id, 1, State.OPEN)
    assert (session.problem, session.on) == ("soup is cold", date(2026, 2, 1))
    assert (session.site, session.region, session.department) == ("Harwick", "North", "Café")
    assert (session.severity, session.name) == (Severity.MAJOR, "S-1")
    assert [(cause.id, cause.text) for cause in past.causes] == [
        (cause.id, cause.text) for cause, _ in tree.walk()
    ]
    problem, lift, root, plates = past.causes
    assert [cause.parent_id for cause in past.causes] == [None, problem.id, lift.id, problem.id]
    assert [cause.kind for cause in past.causes] == [Kind.PROBLEM] + [Kind.CAUSE] * 3
    assert [cause.is_root for cause in past.causes] == [False, False, True, False]
    assert [cause.leg for cause in past.causes] == [None, Leg.DETECTION, None, None]
    assert {cause.session_id for cause in past.causes} == {tree.session.id}
    assert plates.status is Status.OPEN
    (grease,) = tree.all_countermeasures()
    assert past.deeds == (
        PastDeed(
            grease.id,
            root.id,
            "grease",
            Progress.DONE,
            "Bo",
            date(2026, 3, 1),
            date(2026, 2, 20),
            grease.kind,
        ),
    )


def test_sessions_come_by_their_days_and_their_causes_in_the_order_of_their_trees(
    store: Store,
) -> None:
    late = grown(store, "late", noticed_at=noticed(2026, 5, 1))
    early = grown(store, "early", noticed_at=noticed(2026, 4, 1))
    # A parent that came after its children: keys alone do not tell the order.
    first, second = late.children(late.problem.id)
    late = store.apply(late, InsertBetween(cause=first, text="between"))
    late = store.apply(late, MoveCause(cause=second, parent=first))
    past = store.past()
    assert problems(past) == ["early", "late"]
    trees = (store.tree(early.session.id), store.tree(late.session.id))
    assert [cause.id for cause in past.causes] == [
        cause.id for tree in trees for cause, _ in tree.walk()
    ]


def test_what_is_deleted_is_left_out(store: Store) -> None:
    tree = grown(store)
    gone = grown(store, "another")
    lift, plates = tree.children(tree.problem.id)
    store.apply(tree, DeleteCause(cause=lift))
    store.apply(gone, DeleteSession())
    past = store.past()
    assert [cause.id for cause in past.causes] == [tree.problem.id, plates]
    assert (len(past.sessions), past.deeds) == (1, ())


def test_a_part_of_the_history_by_place_and_days(store: Store) -> None:
    # Late in the evening: the day is that of UTC, wherever the server is.
    grown(store, "one", site="Zürich", noticed_at=noticed(2026, 2, 1, 23))
    two = grown(store, "two", site="zürich", noticed_at=noticed(2026, 2, 28, 0))
    grown(store, "three", site="Harwick", noticed_at=noticed(2026, 2, 15))
    grown(store, "four", noticed_at=noticed(2027, 1, 1))
    assert problems(store.past(site="ZÜRICH")) == ["one", "two"]
    assert problems(store.past(since=date(2026, 2, 2))) == ["three", "two", "four"]
    assert problems(store.past(until=date(2026, 2, 28))) == ["one", "three", "two"]
    found = store.past("zürich", date(2026, 2, 1), date(2026, 2, 1))
    assert problems(found) == ["one"]
    assert {cause.session_id for cause in found.causes} == {found.sessions[0].id}
    assert len(found.deeds) == 1
    assert problems(store.past(only=[two.session.id])) == ["two"]
    assert store.past(until=date(1999, 1, 1)) == Past()


def test_so_many_sessions_can_be_named_as_there_are(store: Store, kind: str) -> None:
    tree = grown(store)
    # More than a question may have gaps to fill: 32,766 in SQLite, 65,535 in PostgreSQL.
    many = 33_000 if kind == "sqlite" else 66_000
    named = [*(UUID(int=number) for number in range(many)), tree.session.id]
    assert problems(store.past(only=named)) == ["soup is cold"]
    assert store.changed_at(named).keys() == {tree.session.id}
    assert store.how_known(named) == ([], [])


# Single causes


def test_the_context_of_a_cause_says_where_it_stands(store: Store) -> None:
    tree = grown(store, site="Harwick", noticed_at=noticed(2026, 2, 1))
    (root,) = tree.roots()
    lift, plates = tree.children(tree.problem.id)
    past = store.past()
    found = store.context([root.id, plates, UUID(int=7)])
    assert list(found) == [root.id, plates]
    context = found[root.id]
    assert context.cause in past.causes
    assert (context.session, context.deeds) == (past.sessions[0], past.deeds)
    assert context.chain == tuple(cause.text for cause in tree.path(root.id))
    assert not context.is_out
    assert found[plates].deeds == ()
    out = SetStatus(cause=lift, status=Status.RULED_OUT, reason="it is quick")
    tree = store.apply(tree, out)
    assert store.context([root.id])[root.id].is_out
    store.apply(tree, DeleteSession())
    assert store.context([root.id]) == {}


# What an index needs


def texts(store: Store) -> dict[UUID, str]:
    return {cause.id: cause.text for cause in store.past().causes if cause.kind is Kind.CAUSE}


def test_every_cause_comes_with_its_words(store: Store) -> None:
    tree = grown(store)
    grown(store, "another")
    store.apply(tree, Answer(parent=tree.problem.id, text="The PLATES are cold – soup is cold?"))
    here = texts(store)
    numbers = list(store.catching_up.words())
    assert numbers == sorted({words_number(text) for text in here.values()})
    assert len(numbers) == len(here) - 1
    assert store.catching_up.cause_texts([*here, UUID(int=7)]) == here
    by_number = store.catching_up.texts_of_words([*numbers, 7])
    assert {words_number(text) for text in by_number.values()} == set(numbers)
    found = store.catching_up.causes_in_words(numbers)
    assert {key for causes in found.values() for key, _ in causes} == here.keys()


def test_the_causes_in_some_words_are_those_that_stand_the_latest_first(store: Store) -> None:
    trees = [grown(store, noticed_at=noticed(2026, month, 1)) for month in (2, 4, 3, 5, 6)]
    roots = [tree.roots()[0].id for tree in trees]
    (number,) = {words_number(tree.roots()[0].text) for tree in trees}
    out = SetStatus(cause=roots[3], status=Status.RULED_OUT, reason="no")
    store.apply(trees[3], out)
    store.apply(trees[4], DeleteSession())
    assert store.catching_up.causes_in_words([number]) == {
        number: [(roots[place], trees[place].session.id) for place in (1, 2, 0)]
    }


def test_what_has_changed_since_is_told_with_its_words_now(open_store: Opens) -> None:
    store, other = open_store("Ines"), open_store("Bo")
    tree = grown(store)
    begin, before, gone = store.catching_up.changed_causes(0)
    assert (before, gone) == (texts(store), set())
    assert begin == store.catching_up.last_line() == store.catching_up.changed_causes(begin)[0]
    lift, plates = tree.children(tree.problem.id)
    (root,) = tree.roots()
    theirs = other.apply(tree, EditCause(cause=plates, text="in other words"))
    theirs = other.apply(theirs, DeleteCause(cause=lift))
    other.apply(theirs, SetFacts(problem="soup is warm"))
    last, changed, gone = store.catching_up.changed_causes(begin)
    assert changed[plates] == "in other words"
    assert gone >= {lift, root.id}
    assert not gone & changed.keys()
    assert other.undo(other.tree(tree.session.id)) is not None
    assert other.undo(other.tree(tree.session.id)) is not None
    changed = store.catching_up.changed_causes(last)[1]
    assert changed.keys() >= {lift, root.id}


def test_a_whole_session_that_goes_and_comes_is_told(store: Store) -> None:
    tree = grown(store)
    here = texts(store)
    begin = store.catching_up.last_line()
    tree = store.apply(tree, DeleteSession())
    last, _, gone = store.catching_up.changed_causes(begin)
    assert gone >= here.keys()
    store.apply(tree, RestoreSession())
    assert store.catching_up.changed_causes(last)[1] == here


def test_an_import_is_told(store: Store) -> None:
    record = store.record(grown(store).session.id)
    begin = store.catching_up.last_line()
    store.bring_in([record], copies=True)
    copied = texts(store).keys() - record.tree.causes.keys()
    assert store.catching_up.changed_causes(begin)[1].keys() >= copied


def test_long_lists_of_keys_are_read_in_pieces(store: Store) -> None:
    tree = grown(store)
    keys = [*(UUID(int=place) for place in range(1200)), *tree.children(tree.problem.id)]
    assert len(store.context(keys)) == len(store.catching_up.cause_texts(keys)) == 2


def test_a_bookmark_is_found_again_until_words_are_purged(open_store: Opens) -> None:
    store, other = open_store("Ines"), open_store("Bo")
    empty = store.catching_up.bookmark()
    assert store.catching_up.line_at(empty) == 0
    tree = grown(store)
    assert store.catching_up.line_at(empty) == 0
    bookmark = other.catching_up.bookmark()
    assert len(bookmark) <= 60
    line = store.catching_up.line_at(bookmark)
    assert line == store.catching_up.last_line()
    assert store.catching_up.changed_sessions(line) == set()
    second = grown(other, "another")
    assert store.catching_up.line_at(bookmark) == line
    assert store.catching_up.changed_sessions(line) == {second.session.id}
    assert store.catching_up.changed_sessions(0) == {tree.session.id, second.session.id}
    for wrong in ("", "x", "7", f"{line} 1 2020-01-01", f"{line + 1}{bookmark[len(str(line)) :]}"):
        assert store.catching_up.line_at(wrong) is None
    store.apply(tree, DeleteSession())
    store.purge_deleted()
    assert store.catching_up.line_at(bookmark) is None
    assert store.catching_up.line_at(store.catching_up.bookmark()) == store.catching_up.last_line()


def test_a_forgotten_history_is_no_longer_what_it_was(store: Store) -> None:
    tree = grown(store)
    bookmark = store.catching_up.bookmark()
    store.purge_history(tree.session.id)
    assert store.catching_up.line_at(bookmark) is None


def test_the_same_causes_elsewhere_come_with_where_they_are(store: Store) -> None:
    one = grown(store, "one", noticed_at=noticed(2026, 2, 1)).roots()[0].id
    two = grown(store, "two", site="Lyon", noticed_at=noticed(2026, 3, 1)).roots()[0].id
    plates = store.numbered(2).answers(store.numbered(2).problem.id)[1].id
    store.decide(one, two, Sameness.SAME)
    found = store.alike([one, two, plates, UUID(int=7)])
    assert found.keys() == {one, two, plates}
    assert found[plates] == {}
    assert found[two].keys() == {one}
    (again,) = found[one].values()
    assert (again.name, again.site, again.is_root) == ("S-2", "Lyon", True)
