"""What reviews keep in the database: read anew where something changed, and never told when old."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from fivewhys.countermeasures.targets import built_in_targets
from fivewhys.models.commands import (
    AddCountermeasure,
    Answer,
    CountermeasureFacts,
    DeleteSession,
    Facts,
    SetFacts,
    SetPart,
    SetProgress,
    SetStatus,
    StartSession,
)
from fivewhys.models.past import Sameness
from fivewhys.models.plan_words import Progress
from fivewhys.models.tables import review_part_table
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part, Status
from fivewhys.store import review_kept, review_rows
from fivewhys.store.database import Database
from fivewhys.store.problems import StoreProblem
from fivewhys.store.reviewing import Reviewing
from fivewhys.store.store import Store

Opens = Callable[..., Store]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _small_blocks() -> Iterator[None]:
    with patch.object(review_rows, "BLOCK", 2), patch.object(review_kept, "AT_A_TIME", 1):
        yield


@pytest.fixture
def store(open_store: Opens) -> Store:
    return open_store()


def rooted(store: Store, text: str, site: str = "", on: int = 1) -> Tree:
    """A session with one answer, which is root and was acted on."""
    noticed = datetime(2026, 3, on, tzinfo=UTC)
    facts = Facts(site=site, noticed_at=noticed)
    tree = store.start(StartSession(problem="customers are angry", facts=facts))
    tree = store.apply(tree, Answer(parent=tree.problem.id, text=text))
    key = root_of(tree)
    tree = store.apply(tree, SetPart(cause=key, part=Part.ROOT, reason="Ours"))
    owned = CountermeasureFacts(owner="Bo")
    return store.apply(tree, AddCountermeasure(cause=key, text="A new form", facts=owned))


def root_of(tree: Tree) -> Any:
    return tree.children(tree.problem.id)[0]


def done(store: Store, tree: Tree) -> Tree:
    (plan,) = tree.countermeasures(root_of(tree))
    on = date(2026, 3, 2)
    return store.apply(tree, SetProgress(countermeasure=plan.id, progress=Progress.DONE, on=on))


def panels(reviewing: Reviewing) -> list[object]:
    """All that a review tells."""
    review = reviewing.of(zone=UTC)
    return [
        *(review.sessions(), review.pareto(), review.wounds(), review.heat()),
        *(review.heat_of_lens(), review.trend(), review.clocks(built_in_targets(), NOW)),
        *(review.follow_through(NOW.date()), review.quality()),
    ]


@contextmanager
def blocks_read() -> Iterator[list[int]]:
    """Which blocks are read from the tables."""
    found: list[int] = []
    read = review_rows.read

    def told(db: Any, block: int, names: Any) -> Any:
        found.append(block)
        return read(db, block, names)

    with patch.object(review_rows, "read", told):
        yield found


def test_only_blocks_with_a_change_are_read_anew(store: Store) -> None:
    trees = [rooted(store, "The form is old", f"Site {number}") for number in range(5)]
    with blocks_read() as found:
        assert store.reviewing.catch_up()
        assert found == [0, 1, 2]
        assert not store.reviewing.catch_up()
        assert not Reviewing(store._database).catch_up()
        found.clear()
        store.apply(trees[3], SetFacts(facts=Facts(site="Lyon")))
        lines = Reviewing(store._database).of().heat().lines
        assert found == [2]
    assert [line.site for line in lines] == ["Lyon", "Site 0", "Site 1", "Site 2", "Site 4"]


def test_whatever_changes_the_panels_are_those_of_the_whole_history_read_anew(
    store: Store,
) -> None:
    panels(store.reviewing)
    trees = [rooted(store, "The form is old", "Lyon", 5 * number) for number in range(1, 6)]
    seen = []

    def look() -> None:
        seen.append(panels(store.reviewing))
        assert seen[-1] == panels(Reviewing(store._database))
        store.reviewing.count_changed()
        with store._database.writing() as db:
            db.execute(review_part_table.delete())
        store.reviewing.count_changed()
        anew = panels(Reviewing(store._database))
        assert anew[:-1] == seen[-1][:-1]
        assert anew == panels(store.reviewing)

    look()
    trees[0] = done(store, trees[0])
    look()
    store.decide(root_of(trees[0]), root_of(trees[2]), Sameness.DIFFERENT)
    look()
    reason = "It was not so"
    out = SetStatus(cause=root_of(trees[3]), status=Status.RULED_OUT, reason=reason)
    trees[3] = store.apply(trees[3], out)
    look()
    store.undo(trees[3])
    store.apply(trees[4], DeleteSession())
    look()
    told = [[repr(panel) for panel in one] for one in seen]
    assert all(before != after for before, after in pairwise(told))


def test_words_that_are_purged_are_purged_here_too(store: Store, database: str) -> None:
    rooted(store, "The form is old", "Lyon")
    gone = rooted(store, "The form is old", "Trentograd")
    panels(store.reviewing)
    store.apply(gone, DeleteSession())
    store.purge_deleted()
    if "://" not in database:
        assert b"Trentograd" not in Path(database).read_bytes()
    assert store.reviewing.of().sessions().sessions == (1,)
    assert Reviewing(store._database).of().sessions().sessions == (1,)


def test_programs_that_review_one_history_understand_each_other(open_store: Opens) -> None:
    one, other = open_store(), open_store()
    rooted(one, "The form is old", "Lyon")
    here, there = one.reviewing.of(), other.reviewing.of()
    assert here.sessions() == there.sessions()
    rooted(other, "The form is old", "Trento", 9)
    later = other.reviewing.of()
    assert [line.site for line in later.heat().lines] == ["Lyon", "Trento"]
    # What it had not read by then is of later, and of sessions that it does not know.
    assert len(here.pareto().bars) == 0
    assert here.follow_through(NOW.date()).open.sessions == (1,)
    assert [line.site for line in here.heat().lines] == ["Lyon"]
    rooted(one, "The form is old", "Nice", 20)
    assert [line.site for line in one.reviewing.of().heat().lines] == ["Lyon", "Nice", "Trento"]
    assert panels(one.reviewing) == panels(other.reviewing)


def test_two_that_read_anew_at_once_keep_no_mixture(open_store: Opens) -> None:
    one, other = open_store(), open_store()
    rooted(one, "The form is old", "Lyon")
    write = review_kept._write

    def late(*asked: Any) -> bool:
        with patch.object(review_kept, "_write", write):
            rooted(other, "The form is old", "Trento")
            other.reviewing.catch_up()
        return write(*asked)

    with patch.object(review_kept, "_write", late):
        assert [line.site for line in one.reviewing.of().heat().lines] == ["Lyon", "Trento"]
    assert panels(one.reviewing) == panels(other.reviewing)


def test_what_cannot_be_written_stays_in_memory(store: Store) -> None:
    rooted(store, "The form is old", "Lyon")
    store.reviewing.catch_up()
    rooted(store, "The form is old", "Trento", 9)

    @contextmanager
    def closed(*_: object) -> Iterator[None]:
        raise StoreProblem("It may only be read.")
        yield

    reviewing = Reviewing(store._database)
    with patch.object(Database, "writing", closed):
        assert not reviewing.catch_up()
        assert [line.site for line in reviewing.of().heat().lines] == ["Lyon", "Trento"]
        before = panels(reviewing)
    rooted(store, "The form is old", "Nice", 20)
    with patch.object(Database, "writing", closed), blocks_read() as found:
        assert [line.site for line in reviewing.of().heat().lines] == ["Lyon", "Nice", "Trento"]
        assert found == [1]
        with pytest.raises(StoreProblem):
            reviewing.count_changed()
    assert before != panels(reviewing) == panels(store.reviewing)


class Stopped(Exception):
    pass


def test_whoever_leaves_the_first_review_leaves_nothing_half(store: Store) -> None:
    for number in range(4):
        rooted(store, f"The form is {number}")
    told: list[tuple[int, int]] = []

    def progress(number: int, of: int) -> None:
        told.append((number, of))
        if number:
            raise Stopped

    with pytest.raises(Stopped):
        store.reviewing.catch_up(progress)
    assert told == [(0, 6), (2, 6)]
    assert store.reviewing.of().sessions().sessions == (1, 2, 3, 4)


def test_a_purged_history_of_one_session_is_noticed(store: Store) -> None:
    trees = [rooted(store, "The form is old", "Lyon", 1 + number) for number in range(3)]
    before = panels(store.reviewing)
    store.reviewing.count_changed()
    store.purge_history(trees[1].session.id)
    after = panels(store.reviewing)
    assert after[:-1] == before[:-1]
    assert store.reviewing.count_changed() == 1
