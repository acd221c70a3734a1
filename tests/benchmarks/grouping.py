"""How good the groups are, and how long they take.

    python -m tests.benchmarks.grouping [FOLDER] [--causes 10000 100000] [--no-quality]

FOLDER holds encoders that learned without a field, as `training.left_out` wants them; without it
the packaged one is taken, which knows the fields, and the figures are better than they are.

Quality is BCubed F (Bagga and Baldwin 1998; Amigó et al. 2009) with the threshold that is best on
the other fields: on each field as it is written, about four wordings to a cause, and with a long
tail, most causes said once as in a history. Beside it stand connected components over the same
edges, and average linkage where SciPy is installed.

The times are those of histories of causes whose vectors are spliced from real ones.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import networkx as nx
import numpy as np

from fivewhys.patterns.encoder import encode
from fivewhys.patterns.grouping import regrouped
from fivewhys.patterns.neighbours import Floats
from tests.benchmarks.recall import TEXTS, causes, spliced
from training.left_out import Field, fields

THRESHOLDS = [round(0.38 + 0.03 * step, 2) for step in range(13)]
TAIL = (1, 1, 1, 1, 1, 2, 2, 3, 5)
"""How many wordings of a cause are kept, each as often as the others."""

SESSION = 12
"""Causes of one more session."""

Labels = Sequence[int]
Method = Callable[[Floats, Collection[float]], Iterator[Labels]]


def bcubed(labels: Labels, truth: Labels) -> float:
    """BCubed F of groups given as one label for each text, against the true ones; 0 to 1."""
    both = Counter(zip(labels, truth, strict=True))
    found, true = Counter(labels), Counter(truth)
    precision = sum(count * count / found[label] for (label, _), count in both.items())
    recall = sum(count * count / true[label] for (_, label), count in both.items())
    return 2 * precision * recall / (precision + recall) / len(labels)


def by_moves(vectors: Floats, thresholds: Collection[float]) -> Iterator[Labels]:
    """The program's groups."""
    keys = [f"{row:06}" for row in range(len(vectors))]
    for threshold in thresholds:
        groups = regrouped(keys, vectors, range(len(keys)), threshold=threshold)
        label = {key: at for at, members in enumerate(groups.values()) for key in members}
        yield [label[key] for key in keys]


def by_components(vectors: Floats, thresholds: Collection[float]) -> Iterator[Labels]:
    """Everything that is connected by pairs above the threshold."""
    likeness = np.triu(vectors @ vectors.T, 1)
    for threshold in thresholds:
        graph: nx.Graph[int] = nx.empty_graph(len(vectors))
        graph.add_edges_from(zip(*np.nonzero(likeness > threshold), strict=True))
        label = {row: at for at, part in enumerate(nx.connected_components(graph)) for row in part}
        yield [label[row] for row in range(len(vectors))]


def by_average(vectors: Floats, thresholds: Collection[float]) -> Iterator[Labels]:
    """Agglomerative clustering by the mean cosine between groups."""
    hierarchy = import_module("scipy.cluster.hierarchy")
    distances = 1 - (vectors @ vectors.T)[np.triu_indices(len(vectors), 1)]
    tree = hierarchy.linkage(np.maximum(distances, 0), "average")
    for threshold in thresholds:
        yield hierarchy.fcluster(tree, 1 - threshold, "distance").tolist()


METHODS: dict[str, Method] = {
    "local moves": by_moves,
    "connected components": by_components,
    "average linkage": by_average,
}


def long_tail(field: Field) -> list[int]:
    """Rows of a field of which most causes are said once."""
    chance = np.random.default_rng(7)
    rows: dict[str, list[int]] = {}
    for row, name in enumerate(field.groups):
        rows.setdefault(name, []).append(row)
    return [
        row
        for of_group in rows.values()
        for row in chance.permutation(of_group)[: chance.choice(TAIL)].tolist()
    ]


def quality(folder: Path | None) -> None:
    """Print the table."""
    methods = dict(METHODS)
    if find_spec("scipy") is None:
        print("SciPy is not installed: no average linkage.")
        del methods["average linkage"]
    number: dict[str, int] = {}
    # By mix, method and field: F at each threshold.
    found: dict[str, dict[str, dict[str, list[float]]]] = {"as written": {}, "long tail": {}}
    for field in fields(folder):
        for mix, kept in (("as written", range(len(field.texts))), ("long tail", long_tail(field))):
            rows = list(kept)
            truth = [number.setdefault(field.groups[row], len(number)) for row in rows]
            for name, method in methods.items():
                values = [
                    bcubed(labels, truth) for labels in method(field.vectors[rows], THRESHOLDS)
                ]
                found[mix].setdefault(name, {})[field.name] = values
    for name in methods:
        whole = {
            of: np.mean([found[mix][name][of] for mix in found], axis=0)
            for of in found["long tail"][name]
        }
        best = {
            of: int(np.argmax(sum(values for other, values in whole.items() if other != of)))
            for of in whole
        }
        for mix, by_method in found.items():
            parts = [f"{of} {by_method[name][of][at]:.3f}" for of, at in best.items()]
            mean = np.mean([by_method[name][of][at] for of, at in best.items()])
            print(f"{name:<22}{mix:<12}F {mean:.3f}   {'  '.join(parts)}", flush=True)
        chosen = ", ".join(f"{THRESHOLDS[at]}" for at in best.values())
        overall = THRESHOLDS[int(np.argmax(sum(whole.values())))]
        print(f"{'':<22}thresholds from the other fields: {chosen}; from all: {overall}")


def times(counts: Sequence[int]) -> None:
    """Print how long a history takes from scratch, and after one more session."""
    real = encode(causes(TEXTS))
    for count in counts:
        vectors = spliced(real, count + SESSION, np.random.default_rng(count))
        keys = [f"{row:08}" for row in range(count + SESSION)]
        begun = time.perf_counter()
        groups = regrouped(keys[:count], vectors[:count], range(count))
        whole = time.perf_counter() - begun
        begun = time.perf_counter()
        regrouped(keys, vectors, range(len(keys)), before=groups)
        more = time.perf_counter() - begun
        most = max(map(len, groups.values()))
        print(
            f"{count:>8,} causes: {whole:6.1f} s from scratch, {more:5.2f} s after one more session"
            f"   ({len(groups):,} groups, the largest has {most})",
            flush=True,
        )


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(prog="python -m tests.benchmarks.grouping")
    options.add_argument("folder", type=Path, nargs="?", help="encoders that left a field out")
    options.add_argument("--causes", type=int, nargs="*", default=[10_000, 100_000])
    options.add_argument("--no-quality", action="store_true")
    chosen = options.parse_args()
    if not chosen.no_quality:
        quality(chosen.folder)
    times(chosen.causes)


if __name__ == "__main__":
    main()
