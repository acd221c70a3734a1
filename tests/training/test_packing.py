"""Weights in one byte each, and the mean of several runs, which is what is shipped."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("jax", reason="only who makes the encoder anew has it")

from training import packing

PIECES = ["[PAD]", "the", "forms"]


def run(folder: Path, seed: int, pieces: list[str] = PIECES) -> dict[str, Any]:
    chance = np.random.default_rng(seed)
    weights = {
        "w.weight": chance.normal(0, 1, (len(pieces), 8)).astype(np.float32),
        "ln.bias": chance.normal(0, 1, 8).astype(np.float32),
    }
    packing.write(folder, weights, pieces, {"seed": seed})
    return weights


def test_the_mean_lies_between_the_runs(tmp_path: Path) -> None:
    folders = [tmp_path / str(seed) for seed in (7, 8, 9)]
    runs = [run(folder, seed) for seed, folder in zip((7, 8, 9), folders, strict=True)]
    found = packing.mean(folders)
    assert found.keys() == runs[0].keys()
    np.testing.assert_allclose(
        found["w.weight"], np.mean([one["w.weight"] for one in runs], axis=0), atol=0.02
    )
    np.testing.assert_allclose(
        found["ln.bias"], np.mean([one["ln.bias"] for one in runs], axis=0), atol=1e-6
    )


def test_what_is_shipped_is_the_same_byte_for_byte_each_time(tmp_path: Path) -> None:
    folders = [tmp_path / str(seed) for seed in (7, 8)]
    for seed, folder in zip((7, 8), folders, strict=True):
        run(folder, seed)
    made = [tmp_path / "one", tmp_path / "other"]
    for folder in made:
        packing.write(folder, packing.mean(folders), PIECES, {"name": "test"})
    for name in ("encoder.npz", "encoder.json", "pieces.txt"):
        assert (made[0] / name).read_bytes() == (made[1] / name).read_bytes()


def test_runs_with_other_pieces_have_no_mean(tmp_path: Path) -> None:
    run(tmp_path / "one", 1)
    run(tmp_path / "other", 2, ["[PAD]", "forms", "the"])
    with pytest.raises(ValueError, match="not the same word pieces"):
        packing.mean([tmp_path / "one", tmp_path / "other"])


def test_a_run_is_known_again_by_what_it_is_about(tmp_path: Path) -> None:
    assert not packing.is_whole(tmp_path / "run", {"seed": 7})
    run(tmp_path / "run", 7)
    assert packing.is_whole(tmp_path / "run", {"seed": 7})
    assert not packing.is_whole(tmp_path / "run", {"seed": 8})
    # The last that is written: without it the run was cut off.
    (tmp_path / "run" / "encoder.json").unlink()
    assert not packing.is_whole(tmp_path / "run", {"seed": 7})
