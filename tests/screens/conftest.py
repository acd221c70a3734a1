"""What tests of the screens share: the same surroundings everywhere, and a history to open."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fivewhys import settings
from fivewhys.examples import fill
from fivewhys.models.commands import Facts, NewPerson, StartSession
from fivewhys.models.tree import Tree
from fivewhys.store.store import Store

OpenStore = Callable[..., Store]


@pytest.fixture(autouse=True)
def _same_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The same time zone, and no wishes or lenses of the person who runs the tests."""
    monkeypatch.setenv(settings.LENSES, str(tmp_path / "lenses"))
    for name in ("NO_COLOR", "FIVEWHYS_THEME", "COLORTERM", "TEXTUAL_ANIMATIONS"):
        monkeypatch.delenv(name, raising=False)
    with pytest.MonkeyPatch.context() as zone:
        zone.setenv("TZ", "UTC")
        _take_time_zone()
        yield
    _take_time_zone()


def _take_time_zone() -> None:
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty history and one with the worked examples, to copy."""
    folder = tmp_path_factory.mktemp("templates")
    Store(folder / "empty.db", "Ines").close()
    store = Store(folder / "examples.db", "Ines")
    fill(store)
    store.close()
    return folder


@pytest.fixture
def database(tmp_path: Path, templates: Path) -> Path:
    """An empty history of the test's own."""
    return Path(shutil.copy(templates / "empty.db", tmp_path / "history.db"))


@pytest.fixture
def examples(tmp_path: Path, templates: Path) -> Path:
    """A history of the test's own that holds the worked examples."""
    return Path(shutil.copy(templates / "examples.db", tmp_path / "examples.db"))


@pytest.fixture
def open_store(database: Path) -> Iterator[OpenStore]:
    """Opens the test's history for whom it wants."""
    stores: list[Store] = []

    def opened(actor: str = "Ines", path: Path = database) -> Store:
        stores.append(Store(path, actor))
        return stores[-1]

    yield opened
    for store in stores:
        store.close()


@pytest.fixture
def ines(open_store: OpenStore) -> Store:
    """The history as the person at the screen has it, to prepare and to look what is in it."""
    return open_store("Ines")


@pytest.fixture
def angry(ines: Store) -> Tree:
    """The session that most tests hold: S-1, with its problem alone."""
    return begun(ines)


def begun(
    store: Store,
    problem: str = "customers are angry",
    people: tuple[NewPerson, ...] = (),
    **facts: object,
) -> Tree:
    """Begin a session."""
    return store.start(
        StartSession(problem=problem, facts=Facts.model_validate(facts), people=people)
    )
