"""Groups on the disk: what was written comes back, and nothing else ever does."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivewhys.patterns import group_file
from fivewhys.patterns.group_file import GroupFile, Grouping
from fivewhys.patterns.grouped import Grouped
from fivewhys.patterns.live import column
from tests.patterns.damaging import damaged

FORMS = Grouping(
    Grouped.of({"a": frozenset("ac"), "b 2": frozenset("b")}),
    column([3, -(2**63), 3]),
    [("a", "c")],
    [("a", "b"), ("b", "c")],
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "groups.npz"


def test_what_was_written_comes_back(path: Path) -> None:
    GroupFile(path, "causes-1").write(FORMS)
    assert GroupFile(path, "causes-1").read() == FORMS
    empty = Grouping(Grouped.of({}), column([]))
    GroupFile(path, "causes-1").write(empty)
    assert GroupFile(path, "causes-1").read() == empty
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_nothing_comes_back_that_was_made_otherwise(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert GroupFile(path, "causes-1").read() is None
    GroupFile(path, "causes-1").write(FORMS)
    assert GroupFile(path, "causes-2").read() is None
    monkeypatch.setattr(group_file, "TOGETHER", 0.99)
    assert GroupFile(path, "causes-1").read() is None


@given(at=st.integers(0, 5000), byte=st.integers(1, 255), is_cut=st.booleans())
def test_a_damaged_file_is_no_file(
    tmp_path_factory: pytest.TempPathFactory, at: int, byte: int, is_cut: bool
) -> None:
    path = tmp_path_factory.mktemp("groups") / "groups.npz"
    GroupFile(path, "causes-1").write(FORMS)
    path.write_bytes(damaged(path.read_bytes(), at, byte, is_cut=is_cut))
    assert GroupFile(path, "causes-1").read() in (None, FORMS)


def test_what_cannot_be_written_leaves_nothing_behind(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    GroupFile(path, "causes-1").write(FORMS)

    def full(*_: object, **__: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("numpy.savez", full)
    with pytest.raises(OSError, match="no space"):
        GroupFile(path, "causes-1").write(Grouping(Grouped.of({}), column([])))
    assert GroupFile(path, "causes-1").read() == FORMS
    assert [one.name for one in path.parent.iterdir()] == [path.name]
