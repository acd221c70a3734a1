"""Places and databases to get into trouble with."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from fivewhys.models.commands import Answer, StartSession
from fivewhys.store.store import Store
from tests.conftest import passing_database


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that a person without rights can reach, which pytest's own is not."""
    path = Path(tempfile.mkdtemp())
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def file(folder: Path, empty_file: Path) -> Path:
    """A history with one session that has one answer."""
    path = Path(shutil.copyfile(empty_file, folder / "history.db"))
    with closing(Store(path, "Ines")) as store:
        tree = store.start(StartSession(problem="customers are angry"))
        store.apply(tree, Answer(parent=tree.problem.id, text="They are overcharged"))
    return path


@pytest.fixture
def on_server(server: str) -> Iterator[str]:
    """An empty database on a server."""
    with passing_database(server) as address:
        yield address
