"""Fields, each seen by an encoder that learned without it: what curves are fitted to.

`python -m training --leave-out FIELD --out FOLDER/FIELD` makes one such encoder; with
`FIELD,FIELD` in both places it is one for two fields, and knows less.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.encoder import Encoder, encode
from fivewhys.patterns.pieces import Pieces
from training.groups import Group, read

FEWEST = 1000
"""Statements of a field that is large enough to be judged by itself."""


@dataclass(frozen=True, slots=True)
class Field:
    """The statements of a field."""

    name: str
    texts: list[str]
    vectors: NDArray[np.float32]
    groups: list[str]
    """The group of each statement."""
    near: dict[str, set[str]]
    """For each group those that are about the same thing, but a different cause."""


def fields(folder: Path | None) -> Iterator[Field]:
    """The fields that `folder` has an encoder for, in `folder`/NAME as `training` writes it.

    Without a folder: all large fields, with the encoder of the package. It has learned them, so
    that everything looks better than it is.
    """
    known = read()
    counts = Counter(group.of_field for group in known.values() for _ in group.statements)
    of_name: dict[str, Path | None]
    if folder is None:
        of_name = dict.fromkeys(name for name, count in counts.items() if count >= FEWEST)
    else:
        found = [path.parent for path in folder.glob("*/encoder.npz")]
        of_name = {name: place for place in found for name in place.name.split(",")}
    for name, place in sorted(of_name.items()):
        groups = [group for group in known.values() if group.of_field == name]
        texts = [text for group in groups for text in group.statements]
        vectors = encode(texts) if place is None else opened(place).encode(texts)
        of = [group.name for group in groups for _ in group.statements]
        yield Field(name, texts, vectors, of, _near(groups))


def opened(folder: Path) -> Encoder:
    """The encoder in a folder that `training` wrote."""
    pieces = folder.joinpath("pieces.txt").read_text("utf-8").split("\n")
    with np.load(folder / "encoder.npz") as weights:
        return Encoder(dict(weights), Pieces({piece: at for at, piece in enumerate(pieces)}))


def _near(groups: list[Group]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {group.name: set() for group in groups}
    for group in groups:
        for other in group.near & found.keys():
            found[group.name].add(other)
            found[other].add(group.name)
    return found
