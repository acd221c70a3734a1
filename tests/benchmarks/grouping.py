"""How good the groups are, and how long they take.

    python -m tests.benchmarks.grouping [FOLDER] [--causes 10000 100000] [--no-quality]

FOLDER holds encoders that learned without a field, as `training.left_out` wants them; without it
the packaged one is taken, which knows the fields, and the figures are better than they are.

Quality is BCubed F (Bagga and Baldwin 1998; Amigó et al. 2009) with the threshold that is best on
the other fields: on each field as it is written, about four wordings to a cause, and with a long
tail, most causes said once as in a history. Beside it stand connected components over the same
edges, and average linkage where SciPy is installed. Of what is told as a finding before anybody has
said that it is the same, it tells how many of the pairs are right, and how many of all they are.

The times are those of histories of causes whose vectors are spliced from real ones.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.contraction import contracted
from fivewhys.patterns.encoder import encode
from fivewhys.patterns.equal_words import EqualWords
from fivewhys.patterns.grouping import regrouped
from fivewhys.patterns.neighbours import Floats
from fivewhys.patterns.second_look import Weighing
from fivewhys.patterns.suggesting import Suggestions, Told
from tests.benchmarks.recall import TEXTS, causes, spliced
from training.left_out import Field, fields, long_tail
from training.suggesting import for_own, grouped, near_pairs, neighbours, weighed

THRESHOLDS = [round(0.5 + 0.02 * step, 2) for step in range(13)]
"""Cosines as the packaged encoder has them."""
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
        for mix, kept in (
            ("as written", range(len(field.texts))),
            ("long tail", long_tail(field, np.random.default_rng(7))),
        ):
            rows = list(kept)
            truth = [number.setdefault(field.groups[row], len(number)) for row in rows]
            for name, method in methods.items():
                own = [field.own(threshold) for threshold in THRESHOLDS]
                values = [bcubed(labels, truth) for labels in method(field.vectors[rows], own)]
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
        print(f"{'':<22}thresholds from the other fields: {chosen}")
        means = np.mean([*whole.values()], axis=0)
        each = "  ".join(f"{at} {of:.3f}" for at, of in zip(THRESHOLDS, means, strict=True))
        print(f"{'':<22}F of both at each threshold: {each}", flush=True)


def told(folder: Path | None) -> None:
    """Print how often a suggestion is right, with the weighing from the other fields."""
    every = list(fields(folder))
    seen = {field.name: near_pairs(field) for field in every}
    of_all = Counter[str]()
    for field in every:
        others = [facts for name, facts in seen.items() if name != field.name]
        rows = np.array(long_tail(field, np.random.default_rng(7)))
        counted = _told(field, rows, for_own(weighed(others), field))
        of_all += counted
        print(f"told of {field.name:<15}{_in_words(counted)}", flush=True)
    print(f"told of all fields    {_in_words(of_all)}")


def _told(field: Field, rows: NDArray[np.int64], weighing: Weighing) -> "Counter[str]":
    """Pairs that are told, those of them that are right, and all that are the same."""
    numbers = np.arange(len(rows))
    keys = [f"{place:06}" for place in numbers.tolist()]
    vectors = field.vectors[rows]
    causes = Told(
        EqualWords(numbers),
        numbers,
        np.zeros(len(rows), bool),
        grouped(field, rows),
        lambda place: field.texts[rows[place]],
    )
    units = contracted({key: at for at, key in enumerate(keys)}, (), (), ())
    sets = Suggestions(weighing).of(
        causes, units, neighbours(field, rows), lambda some: vectors[[*some]]
    )
    names = [field.groups[row] for row in rows.tolist()]
    pairs = [pair for some in sets for pair in combinations(sorted(some), 2)]
    right = sum(names[a] == names[b] for a, b in pairs)
    same = sum(count * (count - 1) // 2 for count in Counter(names).values())
    return Counter(told=len(pairs), right=right, same=same)


def _in_words(counted: "Counter[str]") -> str:
    told, right, same = counted["told"], counted["right"], counted["same"]
    return f"right {right} of {told} ({right / max(told, 1):.2f}), of all {right / same:.3f}"


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
        told(chosen.folder)
    times(chosen.causes)


if __name__ == "__main__":
    main()
