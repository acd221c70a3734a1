"""Neighbours on the disk: what was written comes back, and nothing else ever does."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivewhys.patterns.near import Near
from fivewhys.patterns.near_file import NearFile
from tests.patterns.damaging import damaged

VECTORS = np.linalg.qr(np.random.default_rng(1).normal(size=(40, 40)))[0][:, :8].astype(np.float32)
VECTORS /= np.linalg.norm(VECTORS, axis=1, keepdims=True)


def some(count: int = 30) -> Near:
    near = Near(0.1)
    near.bring(np.arange(count), lambda numbers: VECTORS[[*numbers]])
    return near


def are_equal(one: Near, other: Near) -> bool:
    return one.least == other.least and all(
        np.array_equal(getattr(one, name), getattr(other, name))
        and getattr(one, name).dtype == getattr(other, name).dtype
        for name in ("words", "rows", "scores")
    )


def test_what_was_written_comes_back_and_goes_on(tmp_path: Path) -> None:
    path, near = tmp_path / "near.npz", some()
    file = NearFile(path, "causes-1")
    assert file.read() is None
    file.write(near)
    found = file.read()
    assert found is not None
    assert are_equal(found, near)
    assert NearFile(path, "causes-2").read() is None
    for one in (found, near):
        one.bring(np.arange(4, 34), lambda numbers: VECTORS[[*numbers]])
    assert are_equal(found, near)
    file.write(Near(0.3))
    empty = file.read()
    assert empty is not None
    assert are_equal(empty, Near(0.3))


@given(at=st.integers(0, 20_000), byte=st.integers(1, 255), is_cut=st.booleans())
def test_a_damaged_file_is_no_file(
    tmp_path_factory: pytest.TempPathFactory, at: int, byte: int, is_cut: bool
) -> None:
    path, near = tmp_path_factory.mktemp("near") / "near.npz", some(5)
    NearFile(path, "causes-1").write(near)
    path.write_bytes(damaged(path.read_bytes(), at, byte, is_cut=is_cut))
    found = NearFile(path, "causes-1").read()
    assert found is None or are_equal(found, near)
