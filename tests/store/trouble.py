"""What tests of trouble ask of a store: what it said, and whether a file is as it was."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fivewhys.models.tree import Tree
from fivewhys.store.problems import StoreProblem
from fivewhys.store.store import Store


def first(store: Store) -> Tree:
    return store.tree(store.library()[0].id)


def problem_of(do: Callable[[], Any]) -> str:
    """The sentence that `do` ends in."""
    with pytest.raises(StoreProblem) as raised:
        do()
    return str(raised.value)


def print_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
