"""What tests of the screens share: the same surroundings everywhere, and a history to open."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual import screen
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from fivewhys import settings
from fivewhys.models.commands import Facts, NewPerson, StartSession
from fivewhys.models.tree import Tree
from fivewhys.screens.seeing import Seeing
from fivewhys.store.store import Store

OpenStore = Callable[..., Store]


@pytest.fixture(autouse=True)
def _same_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The same time zone, and no wishes or lenses of the person who runs the tests."""
    monkeypatch.setenv(settings.LENSES, str(tmp_path / "lenses"))
    monkeypatch.setenv(settings.REVIEW_VIEWS, str(tmp_path / "review-views.json"))
    for name in ("NO_COLOR", "FIVEWHYS_THEME", "COLORTERM", "TEXTUAL_ANIMATIONS"):
        monkeypatch.delenv(name, raising=False)
    with pytest.MonkeyPatch.context() as zone:
        zone.setenv("TZ", "UTC")
        _take_time_zone()
        yield
    _take_time_zone()


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was seen before comes when it comes; tests of it say what there is to see."""
    monkeypatch.setattr(Seeing, "memory", None)


@pytest.fixture(scope="session", autouse=True)
def _parsed_once() -> Iterator[None]:
    """Every app has the same style sheets; parsing them took a fifth of each one's start."""
    parse = Stylesheet._parse_rules
    parsed: dict[object, list[RuleSet]] = {}

    def _parse_rules(sheet: Stylesheet, *args: Any, **options: Any) -> list[RuleSet]:
        key = (*args, *sorted(options.items()), *sorted(sheet._variables.items()))
        if key not in parsed:
            parsed[key] = parse(sheet, *args, **options)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", _parse_rules)
        yield


@pytest.fixture(autouse=True)
def _frames_when_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test has a frame drawn when it waits for one; few more are drawn by the clock."""
    monkeypatch.setattr(screen, "UPDATE_PERIOD", 0.2)


def _take_time_zone() -> None:
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.fixture
def database(tmp_path: Path, empty_file: Path) -> Path:
    """An empty history of the test's own."""
    return Path(shutil.copyfile(empty_file, tmp_path / "history.db"))


@pytest.fixture
def examples(tmp_path: Path, examples_file: Path) -> Path:
    """A history of the test's own that holds the worked examples."""
    return Path(shutil.copyfile(examples_file, tmp_path / "examples.db"))


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
