"""The examples in docstrings are true."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

HERE = Path(__file__).parent.parent
MODULES = [
    ".".join(path.relative_to(HERE).with_suffix("").parts)
    for path in sorted((HERE / "fivewhys").rglob("*.py"))
    if ">>> " in path.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("module", MODULES)
def test_examples_are_true(module: str) -> None:
    failed, tried = doctest.testmod(import_module(module))
    assert tried
    assert not failed


def test_examples_of_the_patterns_are_true() -> None:
    failed, tried = doctest.testfile(str(HERE / "docs" / "patterns.md"), module_relative=False)
    assert tried > 20
    assert not failed
