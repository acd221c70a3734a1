"""Full collections come while the keys rest, and only then."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest

from fivewhys.screens import tidying
from fivewhys.screens.tidying import Tidying


class Watch:
    """Counts full collections, and says what time it is."""

    def __init__(self) -> None:
        self.full = 0
        self.now = 100.0

    def __call__(self, phase: str, info: dict[str, Any]) -> None:
        self.full += phase == "start" and info["generation"] == 2

    def monotonic(self) -> float:
        """The time in seconds."""
        return self.now


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    found = Watch()
    monkeypatch.setattr("fivewhys.screens.tidying.time.monotonic", found.monotonic)
    gc.callbacks.append(found)
    yield found
    gc.callbacks.remove(found)


def much_is_left() -> None:
    """So much that Python would look through all of it."""
    for _ in range(20):
        gc.collect(1)


def test_a_full_collection_waits_until_the_keys_rest(watch: Watch) -> None:
    tidy = Tidying()
    tidy.begin()
    try:
        gc.collect()
        watch.full = 0
        tidy.key()
        much_is_left()
        tidy.look()
        assert watch.full == 0
        watch.now += tidying.REST_SECONDS
        tidy.look()
        assert watch.full == 1
        tidy.look()
        assert watch.full == 1, "nothing has gathered since"
    finally:
        tidy.end()


def test_the_program_leaves_python_as_it_was() -> None:
    usual = gc.get_threshold()
    tidy = Tidying()
    tidy.begin()
    tidy.end()
    assert gc.get_threshold() == usual
