"""Fields, each seen by an encoder that learned without it: what curves are fitted to.

`python -m training --leave-out FIELD --out FOLDER/FIELD` makes one such encoder; with
`FIELD,FIELD` in both places it is one for two fields, and knows less.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fivewhys.examples import records
from fivewhys.patterns.encoder import Encoder, encode
from fivewhys.patterns.pieces import Pieces
from training.groups import Group, read

TAIL = (1, 1, 1, 1, 1, 2, 2, 3, 5)
"""How many wordings of a cause a long tail keeps, each as often as the others."""

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
    line: tuple[float, float] = (1.0, 0.0)
    """What its cosines are to be multiplied with and what to be added, to be spread as those of the
    packaged encoder are (see `spread_as`)."""

    def carried(self, cosines: NDArray[np.float32]) -> NDArray[np.float32]:
        """Cosines of its vectors as the packaged encoder would have them."""
        slope, lift = self.line
        return np.float32(slope) * cosines + np.float32(lift)

    def own(self, cosine: float) -> float:
        """The cosine of its vectors that is carried to this one."""
        slope, lift = self.line
        return (cosine - lift) / slope

    def pairs(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which of these statements are the same cause, and which are near misses: (n, n) each."""
        number = {name: at for at, name in enumerate(self.near)}
        of = np.array([number[self.groups[row]] for row in rows])
        is_near = np.zeros((len(number), len(number)), bool)
        for name, others in self.near.items():
            is_near[number[name], [number[other] for other in others]] = True
        return of[:, None] == of, is_near[of[:, None], of]


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
    packaged = encode(_told())
    for name, place in sorted(of_name.items()):
        groups = [group for group in known.values() if group.of_field == name]
        texts = [text for group in groups for text in group.statements]
        of = [group.name for group in groups for _ in group.statements]
        if place is None:
            yield Field(name, texts, encode(texts), of, _near(groups))
        else:
            encoder = opened(place)
            line = spread_as(packaged, encoder.encode(_told()))
            yield Field(name, texts, encoder.encode(texts), of, _near(groups), line)


def long_tail(field: Field, chance: np.random.Generator, most: int | None = None) -> list[int]:
    """Rows of a field of which most causes are said once; no more than `most`, where it is given.

    A few rows more may come, so that the last cause has all its wordings.
    """
    rows: dict[str, list[int]] = {}
    for row, name in enumerate(field.groups):
        rows.setdefault(name, []).append(row)
    names = [*rows] if most is None else chance.permutation([*rows]).tolist()
    found: list[int] = []
    for name in names:
        if most is not None and len(found) >= most:
            break
        found += chance.permutation(rows[name])[: chance.choice(TAIL)].tolist()
    return found


def spread_as(wanted: NDArray[np.float32], vectors: NDArray[np.float32]) -> tuple[float, float]:
    """The line that gives the cosines among `vectors` the mean and spread of those of `wanted`.

    Both are of the same texts. Encoders that have learned the same lesson from other statements
    differ in little else, and a threshold for the one is not right for the other without it.
    """
    pairs = np.triu_indices(len(wanted), 1)
    theirs, own = (some @ some.T for some in (wanted, vectors))
    slope = float(theirs[pairs].std() / own[pairs].std())
    return slope, float(theirs[pairs].mean() - slope * own[pairs].mean())


@cache
def _told() -> list[str]:
    """Causes that no encoder has learned: those of the worked examples."""
    causes = (cause for record in records() for cause in record.tree.causes.values())
    return sorted({cause.text for cause in causes})


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
