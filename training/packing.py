"""Which word pieces stay, and writing the weights in one byte each as the package holds them."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from training.network import Weights

PIECES = 19_500
"""Word pieces that are kept of the base model's 30,522: what the size of the wheel allows."""

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")


def kept_pieces(base: list[str]) -> list[int]:
    """The numbers of the pieces that stay: of plain Latin letters and signs, the frequent first.

    The base model lists its pieces by how often they occur.
    """
    special = [base.index(piece) for piece in SPECIAL]
    plain = [
        at
        for at, piece in enumerate(base)
        if piece.isascii()
        and not (piece.startswith("[") and piece.endswith("]") and len(piece) > 1)
    ]
    return special + plain[: PIECES - len(special)]


def write(folder: Path, weights: Weights, pieces: list[str], about: Mapping[str, object]) -> None:
    """Put `encoder.npz`, `pieces.txt` and `encoder.json` into `folder`."""
    packed = {}
    for name, value in weights.items():
        if value.ndim == 2:
            scale = np.abs(value).max(axis=1, keepdims=True) / 127
            packed[name] = np.round(value / np.maximum(scale, 1e-12)).astype(np.int8)
            packed[f"{name}.scale"] = scale.astype(np.float32)
        else:
            packed[name] = value.astype(np.float32)
    folder.mkdir(parents=True, exist_ok=True)
    # Stored, not compressed: the wheel is, and this way they are read in a tenth of a second.
    np.savez(folder / "encoder.npz", **packed)
    folder.joinpath("pieces.txt").write_text("\n".join(pieces), encoding="utf-8")
    folder.joinpath("encoder.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


def whole(weights: Weights) -> Weights:
    """The weights as `Encoder` wants them, in four bytes each and so with scales of one."""
    scales = {
        f"{name}.scale": np.ones((len(value), 1), np.float32)
        for name, value in weights.items()
        if value.ndim == 2
    }
    return weights | scales


def read(folder: Path) -> Weights:
    """The weights that `write` wrote, as numbers of four bytes."""
    with np.load(folder / "encoder.npz") as packed:
        return {
            name: packed[name].astype(np.float32) * packed.get(f"{name}.scale", np.float32(1))
            for name in packed.files
            if not name.endswith(".scale")
        }


def mean(folders: Sequence[Path]) -> Weights:
    """The mean of the weights in these folders, which differ in nothing but their numbers.

    Raises ValueError where their word pieces are not the same.
    """
    if len({folder.joinpath("pieces.txt").read_bytes() for folder in folders}) != 1:
        raise ValueError("these encoders have not the same word pieces")
    first, *others = map(read, folders)
    for weights in others:
        for name, value in weights.items():
            first[name] += value
    return {name: value / np.float32(len(folders)) for name, value in first.items()}


def is_whole(folder: Path, about: Mapping[str, object]) -> bool:
    """Whether `write` has finished in this folder, with the same `about`."""
    try:
        found = json.loads(folder.joinpath("encoder.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return bool(found == json.loads(json.dumps(about)))
