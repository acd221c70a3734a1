"""The history is read for the review ahead of time: while the keys rest, for who looks at it."""

import itertools
from datetime import timedelta
from pathlib import Path

import pytest

from fivewhys.screens import review_ready
from fivewhys.screens.review_ready import RECENT, get_ready, looks_at_reviews
from fivewhys.screens.review_saved import Saved, write_saved
from fivewhys.store import reviewing
from fivewhys.store.reviewing import Reviewing
from fivewhys.store.store import Store
from tests.screens.conftest import OpenStore
from tests.screens.reviewing import TODAY, fill


@pytest.fixture
def store(database: Path, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A history that counts as long."""
    monkeypatch.setattr(reviewing, "MANY_BLOCKS", 1)
    monkeypatch.setattr(review_ready, "LOOK_SECONDS", 0.001)
    fill(database)
    return open_store()


def is_read(of: Reviewing) -> bool:
    history = of._history
    return history is not None and "reached" in vars(history)


def ready(of: Reviewing, *, looks: int = 1000) -> None:
    """Get ready; the keys rest at every second look, and the program ends after so many."""
    asked, rested = itertools.count(), itertools.count()
    get_ready(of, lambda: next(rested) % 2 == 1, lambda: next(asked) > looks)


def test_only_for_who_looks_at_reviews(tmp_path: Path) -> None:
    views = tmp_path / "views.json"
    assert not looks_at_reviews(views, TODAY)
    for looked_on, is_wanted in (
        (TODAY, True),
        (TODAY - RECENT, True),
        (TODAY - RECENT - timedelta(days=1), False),
        (None, False),
    ):
        write_saved(views, Saved(looked_on=looked_on))
        assert looks_at_reviews(views, TODAY) == is_wanted
    views.write_text('{"views": {}, "looked_on": "soon"}', "utf-8")
    assert not looks_at_reviews(views, TODAY)


def test_a_history_that_was_never_reviewed_is_left_alone(store: Store) -> None:
    ready(store.reviewing)
    assert store.reviewing._history is None


def test_panels_find_all_that_they_need(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Reviewing(store._database).of().pareto()
    ready(store.reviewing)
    assert is_read(store.reviewing)
    assert store.reviewing.of().pareto() == before
    monkeypatch.setattr(reviewing, "MANY_BLOCKS", 99)
    again = Reviewing(store._database)
    ready(again)
    assert again._history is None


def test_it_ends_with_the_program(store: Store) -> None:
    store.reviewing.of().sessions()
    left = Reviewing(store._database)
    ready(left, looks=3)
    assert not is_read(left)
