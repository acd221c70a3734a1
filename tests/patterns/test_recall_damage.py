"""Files of a recall that were cut, changed or lost: noticed, never believed, and saved from."""

import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from fivewhys.patterns.commits import HEADER, RECORD
from fivewhys.patterns.recall import Recall, State
from fivewhys.text import words_number
from tests.patterns.damaging import damaged
from tests.patterns.recall_writer import a_recall, encode, found

FILES = ("log", "rows", "vectors", "names", "gone")
U = "0b7e3c1a-0000-4000-8000-00000000000{}".format

HISTORY: list[dict[str, str]] = [
    {},
    {U(1): "first", "S-3/7": "second"},
    {U(1): "first", "S-3/7": "second", U(2): "third"},
    {U(1): "changed", "S-3/7": "second", U(2): "third"},
    {U(1): "changed", U(2): "third"},
    {U(1): "changed", U(2): "third", "last": "fifth"},
]
"""What is known after each step, whose number is its mark."""

ROWS, GONE = 5, (0, 1)
"""All rows that were ever added, and those whose text changed or that were removed."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recall that went through the history."""
    folder = tmp_path_factory.mktemp("written") / "recall"
    recall = a_recall(folder)
    for step, (before, after) in enumerate(pairwise(HISTORY), 1):
        new = {key: text for key, text in after.items() if before.get(key) != text}
        if new:
            recall.add(list(new), list(new.values()), mark=str(step))
        else:
            recall.remove([key for key in before if key not in after], mark=str(step))
    return folder


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(written, tmp_path / "recall"))


def newest(folder: Path) -> Path:
    """Where the files of the index are that counts."""
    return max(path for path in folder.iterdir() if path.name.isdecimal())


def holds(recall: Recall, texts: dict[str, str]) -> bool:
    """Whether exactly these are known."""
    keys = list(texts)
    return set(recall) == set(keys) and (
        not keys or np.allclose(recall.vectors(keys), encode(list(texts.values())), atol=1e-3)
    )


def judged(folder: Path) -> State:
    """What was found, when nothing but what was written is found and everything can go on."""
    recall = a_recall(folder)
    state = recall.check()
    ever = {key: {step[key] for step in HISTORY if key in step} for step in HISTORY for key in step}
    for text in {text for step in HISTORY for text in step.values()}:
        for match in recall.search(text, k=9):
            cosines = encode(sorted(ever[match.key])) @ encode([text])[0]
            assert np.abs(cosines - match.score).min() < 2e-3
    if state is State.READY:
        # One of the steps, whole; its mark is written a moment after it.
        (at,) = (at for at, step in enumerate(HISTORY) if holds(recall, step))
        assert recall.mark in ("" if number < 1 else str(number) for number in (at - 1, at))
    else:
        assert recall.mark == ""
    recall.repair()
    wanted = HISTORY[-1]
    comparison = recall.comparison()
    numbers = [words_number(text) for text in wanted.values()]
    wanting = comparison.wanting(list(wanted), numbers)
    recall.remove(list(comparison.left_over()))
    missing = [key for key, is_wanting in zip(wanted, wanting, strict=True) if is_wanting]
    recall.add(missing, [wanted[key] for key in missing], mark="again")
    for again in (recall, a_recall(folder)):
        assert (again.check(), again.mark) == (State.READY, "again")
        assert holds(again, wanted)
    return state


def test_whole_files_are_ready(folder: Path) -> None:
    assert judged(folder) is State.READY


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_was_cut_anywhere(written: Path, tmp_path: Path, name: str) -> None:
    size = (newest(written) / name).stat().st_size
    places = {0, 1, size - 1, *range(0, size, max(1, size // 40))}
    for place in sorted(places):
        folder = Path(shutil.copytree(written, tmp_path / str(place)))
        with (newest(folder) / name).open("r+b") as file:
            file.truncate(place)
        state = judged(folder)
        assert state is State.DAMAGED or (name == "log" and place >= HEADER)


@pytest.mark.parametrize("name", FILES)
def test_a_file_in_which_a_byte_was_changed(written: Path, tmp_path: Path, name: str) -> None:
    size = (newest(written) / name).stat().st_size
    for place in sorted({0, size - 1, *range(0, size, max(1, size // 40))}):
        folder = Path(shutil.copytree(written, tmp_path / str(place)))
        path = newest(folder) / name
        path.write_bytes(damaged(path.read_bytes(), place, 1 << place % 8, is_cut=False))
        state = judged(folder)
        if name == "log":
            # Only the last record is ever needed.
            is_needed = place < HEADER or place >= size - RECORD
            assert (state is State.DAMAGED) == is_needed
        elif name == "vectors":
            # The vectors of rows that are gone are looked at no more.
            gone = place // (size // ROWS) in GONE
            assert (state is State.READY) == gone
        else:
            assert state is State.DAMAGED


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_there(folder: Path, name: str) -> None:
    (newest(folder) / name).unlink()
    assert judged(folder) is State.DAMAGED


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("tail", [b"\0", b"half a step", bytes(128), bytes(5000)])
def test_what_was_half_written_is_cut_off(folder: Path, name: str, tail: bytes) -> None:
    if name == "log":
        tail = tail[:100] if any(tail) else tail
    with (newest(folder) / name).open("ab") as file:
        file.write(tail)
    assert holds(a_recall(folder), HISTORY[-1])
    assert judged(folder) is State.READY


def test_files_that_are_damaged_while_they_are_used(folder: Path) -> None:
    recall = a_recall(folder)
    assert found(recall, "third") == [U(2)]
    with (newest(folder) / "vectors").open("r+b") as file:
        file.truncate(100)
    assert recall.search("third") == []
    assert recall.state is State.DAMAGED
    assert judged(folder) is State.DAMAGED
    assert holds(recall, HISTORY[-1])


def test_a_folder_that_vanishes_while_it_is_used(folder: Path) -> None:
    recall = a_recall(folder)
    assert len(recall) == len(HISTORY[-1])
    shutil.rmtree(folder)
    assert (recall.search("third"), recall.state) == ([], State.MISSING)
    recall.add([U(1)], ["first"])
    assert found(a_recall(folder), "first") == [U(1)]


@pytest.mark.parametrize("name", ["packed", "made", "renewal"])
def test_what_was_left_of_making_an_index_is_in_nobodys_way(folder: Path, name: str) -> None:
    shutil.copytree(newest(folder), folder / name)
    (folder / name / "rows").unlink()
    recall = a_recall(folder)
    recall.pack()
    with recall.renewal() as fresh:
        fresh.add(list(recall), [HISTORY[-1][key] for key in recall], mark="5")
        recall.take_over(fresh)
    assert judged(folder) is State.READY


def test_a_file_where_the_folder_should_be_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "recall"
    path.write_text("something else")
    recall = a_recall(path)
    assert (recall.state, recall.search("first")) == (State.MISSING, [])
    with pytest.raises(OSError, match="recall"):
        recall.add(["a"], ["first"])
    assert path.read_text() == "something else"


@pytest.mark.parametrize("how", ["note", "add", "remove"])
def test_no_mark_says_that_all_is_there_after_a_repair(folder: Path, how: str) -> None:
    recall = a_recall(folder)
    assert recall.mark
    vectors = newest(folder) / "vectors"
    vectors.write_bytes(bytes(vectors.stat().st_size))
    assert not recall.search("changed")
    assert recall.has_met_damage
    if how == "note":
        recall.set_mark("all")
    elif how == "add":
        recall.add(["new"], ["sixth"], mark="all")
    else:
        recall.remove([U(2)], mark="all")
    assert (recall.mark, recall.repairs) == ("", 1)
