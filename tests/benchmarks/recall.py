"""Speed of the live recall with up to a million causes, on one core.

    python -m tests.benchmarks.recall [--rows 10000 100000 1000000] [--folder FOLDER]

Encodes some thousand causes of the training data and splices their vectors into as many as are
wanted, so that near ones, far ones and equal ones are all among them. Budget: 30 ms from text to
result at a million, on a quiet core; on a busy one the processor's share tells more. `recall@10`
compares with all vectors looked at exactly.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar
from uuid import UUID

if __name__ == "__main__":
    # One core is promised; this must be known before numpy is there.
    os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")

import numpy as np
import psutil
from numpy.typing import NDArray

from fivewhys.patterns.encoder import encode, name
from fivewhys.patterns.recall import Recall
from tests.benchmarks.terminal import percentiles

DATA = Path(__file__).parents[2] / "training" / "data"
TEXTS = 3_000
STEP = 2_048
SEARCHES = 300
SINGLE = 50
BUDGET = 30.0

Floats = NDArray[np.float32]
T = TypeVar("T")


def causes(count: int) -> list[str]:
    """Causes as people write them, from all fields alike."""
    found = []
    for path in sorted(DATA.glob("*.tsv")):
        lines = (line.split("\t") for line in path.read_text("utf-8").splitlines())
        found += [line[1] for line in lines if line[0] != "group"]
    chosen = np.random.default_rng(1).permutation(len(found))[:count]
    return [found[place] for place in chosen]


def spliced(vectors: Floats, count: int, chance: np.random.Generator) -> Floats:
    """Unit vectors between two of `vectors`, mostly nearer to one; one in ten equals one."""
    first = vectors[chance.integers(0, len(vectors), count)]
    other = vectors[chance.integers(0, len(vectors), count)]
    share = chance.uniform(0, 0.5, (count, 1)).astype(np.float32)
    share[chance.random(count) < 0.1] = 0
    mixed = first * (1 - share) + other * share
    unit: Floats = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
    return unit


def keys(begin: int, end: int) -> list[str]:
    """UUIDs as the store has them."""
    return [
        str(UUID(int=(number * 0x9E3779B97F4A7C15F39CC0605CEDC835) % 2**128))
        for number in range(begin, end)
    ]


class Spliced:
    """Stands for the encoder where rows are added: text number n has vector n."""

    def __init__(self, vectors: Floats) -> None:
        self._vectors = vectors
        self._chance = np.random.default_rng(2)

    def __call__(self, texts: Sequence[str]) -> Floats:
        return spliced(self._vectors, len(texts), self._chance)


def exact(recall: Recall, queries: Floats, known: Sequence[str]) -> float:
    """The share of the true first ten that a search finds, over these queries."""
    best = np.full((len(queries), 10), -1, np.float32)
    for begin in range(0, len(known), STEP):
        scores = queries @ recall.vectors(known[begin : begin + STEP]).T
        best = np.sort(np.concatenate([best, scores], axis=1), axis=1)[:, -10:]
    found = 0
    for query, lowest in zip(queries, best[:, 0], strict=True):
        (matches,) = recall.search_many(query[None], 10)
        # Equal vectors may stand for one another.
        found += sum(match.score >= lowest - 1e-5 for match in matches)
    return found / best.size


def milliseconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)


def own_memory() -> int:
    """Bytes, without pages of files, which the system takes back when it needs room."""
    known = psutil.Process().memory_info()
    return int(known.rss - getattr(known, "shared", 0))


def of_each(work: Callable[[T], object], items: Iterable[T]) -> str:
    """Both percentiles of how long it takes for an item, and of the processor's share of that."""
    spent, worked = [], []
    for item in items:
        begun = time.thread_time()
        spent.append(milliseconds(partial(work, item)) / 1000)
        worked.append(time.thread_time() - begun)
    p50, p99 = percentiles(spent)
    least, most = percentiles(worked)
    return f"p50 {p50:.1f} ms, p99 {p99:.1f} ms (processor {least:.1f} and {most:.1f})"


def rows(
    count: int, folder: Path, vectors: Floats, texts: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Name and figure of each measurement."""
    path = folder / str(count)
    known = keys(0, count)
    filling = Recall(path, encode=Spliced(vectors), encoder=name())
    begun = time.perf_counter()
    for begin in range(0, count, STEP):
        some = known[begin : begin + STEP]
        filling.add(some, [str(begin + at) for at in range(len(some))])
    spent = time.perf_counter() - begun
    yield "added in steps, without encoding", f"{spent:.1f} s, {1e6 * spent / count:.0f} µs each"
    newer = keys(count, count + SINGLE)
    yield (
        "added one by one, without encoding",
        of_each(lambda key: filling.add([key], ["one more"]), newer),
    )
    bytes_ = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    yield "on the disk", f"{bytes_ / 2**20:.0f} MiB, {bytes_ / count:.0f} bytes each"

    before = own_memory()
    recall = Recall(path)
    yield "Recall(path)", f"{milliseconds(lambda: Recall(path)):.2f} ms"
    yield "opened, first use", f"{milliseconds(lambda: len(recall)):.0f} ms"
    recall.search(texts[0])
    grown = own_memory() - before
    yield "memory of its own", f"{grown / 2**20:.0f} MiB"
    queries = spliced(vectors, SEARCHES, np.random.default_rng(3))
    yield "search for a vector", of_each(lambda query: recall.search_many(query[None]), queries)
    asked = [f"{text} again" for text in texts[:SEARCHES]]
    yield "text to result", f"{of_each(recall.search, asked)}, budget p99 {BUDGET:.0f} ms"
    yield "recall@10, spliced queries", f"{exact(recall, queries[:100], known):.4f}"
    yield "recall@10, encoded queries", f"{exact(recall, encode(asked[:100]), known):.4f}"
    many = spliced(vectors, 1000, np.random.default_rng(4))
    yield (
        "20 nearest of each of 1,000",
        f"{milliseconds(lambda: recall.search_many(many, 20)):.0f} ms",
    )


def main() -> None:
    """Measure and print."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    reader.add_argument("--folder")
    chosen = reader.parse_args()
    texts = causes(TEXTS)
    vectors = encode(texts)
    for count in chosen.rows:
        with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
            for what, figure in rows(count, Path(folder), vectors, texts):
                print(f"{count:>9,}  {what:<42} {figure}")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
