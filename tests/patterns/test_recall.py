"""The live recall: what it finds, what it forgets, and that its files are never wrong."""

import shutil
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from numpy.typing import NDArray

from fivewhys.patterns import current
from fivewhys.patterns.likely import Likely
from fivewhys.patterns.recall import Busy, Match, Recall, State
from fivewhys.text import words_number
from tests.patterns.recall_writer import a_recall, encode, found

A, B, C = (str(UUID(int=number)) for number in (0xABCDEF, 2, 2**127))


@pytest.fixture(params=["memory", "files"])
def recall(request: pytest.FixtureRequest, tmp_path: Path) -> Recall:
    return a_recall(tmp_path / "recall" if request.param == "files" else None)


def test_nothing_is_found_where_nothing_is(recall: Recall) -> None:
    assert recall.search("the forms were not ordered") == []
    assert recall.search_many(["one", "two"]) == [[], []]
    assert (len(recall), list(recall), recall.mark, A in recall) == (0, [], "", False)
    assert recall.remove([A]) == 0


def test_the_nearest_come_first(recall: Recall) -> None:
    recall.add([A, B, C], ["ordered late", "not ordered", "queue too long"])
    first, *others = recall.search("not ordered", k=3)
    assert (first.key, first.likely) == (B, Likely.VERY)
    assert first.score == pytest.approx(1, abs=1e-3)
    assert sorted(match.key for match in others) == sorted([A, C])
    assert all(-1 <= match.score < first.score for match in others)
    assert recall.search("not ordered", k=0) == []
    assert len(recall.search("not ordered", k=100)) == 3


@pytest.mark.parametrize("own", [True, False])
def test_nothing_is_like_a_text_without_words(recall: Recall, own: bool) -> None:
    recall = Recall() if own else recall
    wordless = ["", " \n", "?!", "…", "\ud800", "\x00"]
    assert recall.add([*"abcdef", "g"], [*wordless, "not ordered"]) == 7
    assert recall.add(["a"], [""]) == 0
    assert len(recall) == 7
    for text in wordless:
        assert recall.search(text) == []
    assert recall.search("not ordered", k=1)[0].key == "g"
    first, second, third = recall.search_many(["", "not ordered", "?!"], k=1)
    assert (first, [match.key for match in second], third) == ([], ["g"], [])
    assert recall.search_many(wordless) == [[]] * 6
    assert not any(recall.search_many(wordless * 10))


def test_the_packages_own_encoder_is_used() -> None:
    recall = Recall()
    recall.add(["a", "b"], ["The forms were not ordered", "The phone menu was never tested"])
    (match,) = recall.search("Nobody ordered the forms", k=1)
    assert isinstance(match, Match)
    assert match.key == "a"


def test_equal_texts_all_come_back(recall: Recall) -> None:
    same = [str(UUID(int=number)) for number in range(700)]
    recall.add(same, ["no training"] * 700)
    recall.add(["other"], ["another cause"])
    assert sorted(found(recall, "no training", k=700)) == same
    assert found(recall, "another cause") == ["other"]


def test_a_new_text_of_a_key_wins(recall: Recall) -> None:
    recall.add([A, B], ["first", "second"])
    assert recall.add([A], ["third"]) == 1
    assert sorted(recall) == sorted([A, B])
    assert found(recall, "third") == [A]
    assert recall.search("first")[0].score < 0.5


def test_of_a_key_that_comes_twice_the_last_text_counts(recall: Recall) -> None:
    assert recall.add([A, A], ["first", "second"]) == 1
    assert found(recall, "second") == [A]
    assert recall.search("first")[0].score < 0.5


def test_words_that_are_known_already_are_not_encoded_again() -> None:
    asked: list[str] = []

    def noting(texts: Sequence[str]) -> NDArray[np.float32]:
        asked.extend(texts)
        return encode(texts)

    recall = Recall(encode=noting, encoder="test")
    assert recall.add([A, B], ["same words", "same words"]) == 2
    assert recall.add([A, B, C], ["Same words!", "other", "other"]) == 2
    assert asked == ["same words", "other"]


def test_what_is_removed_is_found_no_more(recall: Recall) -> None:
    recall.add([A, B], ["first", "second"])
    assert recall.remove([A, A, C]) == 1
    assert (list(recall), A in recall, len(recall)) == ([B], False, 1)
    assert found(recall, "first", k=5) == [B]
    recall.add([A], ["first"])
    assert found(recall, "first") == [A]


@pytest.mark.parametrize(
    "key", ["", "S-3/7", A.upper(), A + "\n", "{" + A + "}", "Ünï\ud800", "x" * 9000]
)
def test_any_string_is_a_key(recall: Recall, key: str) -> None:
    recall.add([key, A], ["first", "second"])
    assert set(recall) == {key, A}
    assert found(recall, "first") == [key]
    assert key in recall
    assert recall.remove([key]) == 1
    assert list(recall) == [A]


@pytest.mark.parametrize("text", ["x\ud800y", "x\x00", "word " * 2000])
def test_any_text_can_be_added_and_searched_for(recall: Recall, text: str) -> None:
    recall.add([A, B], [text, "second"])
    assert found(recall, text) == [A]


@pytest.mark.parametrize("below", ["", "deeper/recall"])
def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path, below: str) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("mine", "utf-8")
    recall = a_recall(file / below)
    assert (recall.state, recall.search("first"), len(recall)) == (State.MISSING, [], 0)
    said = "an index is kept in a folder, and this is none: name another, or move it away"
    for write in (
        lambda: recall.add([A], ["first"]),
        lambda: recall.set_mark("x"),
        recall.repair,
    ):
        with pytest.raises(NotADirectoryError, match=said) as raised:
            write()
        assert raised.value.filename == str(file)
    assert file.read_text("utf-8") == "mine"


def test_as_many_texts_as_keys_are_wanted(recall: Recall) -> None:
    with pytest.raises(ValueError, match="2 keys, but 1 texts"):
        recall.add([A, B], ["one"])
    assert len(recall) == 0


def test_vectors_come_in_the_order_of_their_keys(recall: Recall) -> None:
    recall.add([A, B], ["first", "second"])
    assert np.allclose(recall.vectors([B, A, B]), encode(["second", "first", "second"]), atol=1e-3)
    assert recall.vectors([]).shape == (0, 384)
    with pytest.raises(KeyError, match=C):
        recall.vectors([A, C])


def test_many_are_searched_as_one_is(recall: Recall) -> None:
    texts = [f"cause {number}" for number in range(3000)]
    recall.add(texts, texts)
    recall.remove(texts[:100])
    for count in (3, 1500):
        queries = encode(texts[:count]) * 0.8 + encode(texts[1000 : 1000 + count]) * 0.6
        queries /= np.linalg.norm(queries, axis=1, keepdims=True)
        many = recall.search_many(queries, k=4)
        for at in (0, count // 2, count - 1):
            one = recall.search_many(queries[at : at + 1], k=4)[0]
            assert [match.key for match in many[at]] == [match.key for match in one]
            assert many[at][0].score == pytest.approx(one[0].score, abs=1e-4)


def test_more_than_there_are_may_be_wanted_of_many(recall: Recall) -> None:
    recall.add([A, B], ["first", "second"])
    assert {len(matches) for matches in recall.search_many(["first"] * 40, k=9)} == {2}


def test_the_nearest_of_many_are_the_true_ones() -> None:
    chance = np.random.default_rng(5)
    base = chance.standard_normal((200, 384)).astype(np.float32)
    vectors = base[chance.integers(0, 200, 70_000)] + 0.8 * chance.standard_normal((70_000, 384))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    rows = iter(vectors.astype(np.float32))
    recall = Recall(encode=lambda texts: np.stack([next(rows) for _ in texts]), encoder="test")
    recall.add([str(number) for number in range(70_000)], [str(number) for number in range(70_000)])
    recall.remove([str(number) for number in range(0, 70_000, 3)])
    scores = vectors[:50] @ vectors.T
    scores[:, ::3] = -1
    for query, row in zip(vectors[:50], scores, strict=True):
        true = {str(number) for number in np.argsort(-row)[:10]}
        (matches,) = recall.search_many(query[None].astype(np.float32), 10)
        assert len(true & {match.key for match in matches}) >= 9


def test_what_was_added_is_there_after_a_restart(tmp_path: Path) -> None:
    a_recall(tmp_path / "recall").add([A, "S-3/7"], ["first", "second"], mark="change 12")
    again = a_recall(tmp_path / "recall")
    assert (again.state, again.mark, list(again)) == (State.READY, "change 12", [A, "S-3/7"])
    assert found(again, "second") == ["S-3/7"]
    again.add([B], ["third"])
    assert again.mark == "change 12"
    assert found(a_recall(tmp_path / "recall"), "third") == [B]


def test_nothing_is_read_or_made_before_the_first_use(tmp_path: Path) -> None:
    recall = a_recall(tmp_path / "recall")
    assert not any(tmp_path.iterdir())
    assert recall.search("anything") == []
    assert (recall.state, any(tmp_path.iterdir())) == (State.MISSING, False)


def test_what_another_program_adds_is_found_at_once(tmp_path: Path) -> None:
    ours, theirs = a_recall(tmp_path / "recall"), a_recall(tmp_path / "recall")
    assert ours.search("first") == []
    theirs.add([A], ["first"])
    assert found(ours, "first") == [A]
    ours.add([B], ["second"])
    theirs.remove([A])
    assert list(ours) == list(theirs) == [B]
    theirs.pack()
    assert found(ours, "second") == [B]
    ours.add([C], ["third"])
    assert found(theirs, "third") == [C]


def test_an_index_of_another_encoder_is_not_searched_but_begun_anew(tmp_path: Path) -> None:
    a_recall(tmp_path / "recall").add([A], ["first"], mark="12")
    recall = a_recall(tmp_path / "recall", "a newer one")
    assert (recall.state, recall.mark, len(recall)) == (State.OTHER_ENCODER, "", 0)
    assert recall.search("first") == []
    assert recall.remove([A]) == 0
    recall.add([B], ["first"])
    assert (recall.state, list(recall)) == (State.READY, [B])
    assert a_recall(tmp_path / "recall").state is State.OTHER_ENCODER


def test_a_mark_of_more_than_sixty_bytes_is_refused(recall: Recall) -> None:
    recall.set_mark("é" * 30)
    assert recall.mark == "é" * 30


def test_packing_gives_room_back_and_loses_nothing(tmp_path: Path) -> None:
    recall = a_recall(tmp_path / "recall")
    texts = [f"cause {number}" for number in range(500)]
    recall.add(texts, texts, mark="12")
    recall.remove(texts[:400])
    before = size_of(tmp_path)
    recall.pack()
    assert size_of(tmp_path) < before / 3
    assert (list(recall), recall.mark) == (texts[400:], "12")
    assert found(recall, "cause 450") == ["cause 450"]
    assert list(a_recall(tmp_path / "recall")) == texts[400:]


def test_an_index_packs_itself_where_more_is_gone_than_left(
    recall: Recall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(current, "GONE_LEAST", 20)
    for turn in range(100):
        recall.add([A, B], [f"first {turn}", f"second {turn}"])
    known = recall._current.look()
    assert known is not None
    assert known.commit.rows < 60
    assert sorted(recall) == sorted([A, B])
    assert found(recall, "second 99") == [B]


def test_a_stale_index_is_compared_with_what_should_be(recall: Recall) -> None:
    recall.add([A, B, "S-3/7"], ["first", "second", "third"])
    comparison = recall.comparison()
    keys, texts = [A, B, C], ["First.", "changed", "new"]
    assert comparison.wanting(keys, [words_number(text) for text in texts]).tolist() == [
        False,
        True,
        True,
    ]
    assert list(comparison.left_over()) == ["S-3/7"]


def size_of(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def test_a_renewal_is_put_in_place_at_once(recall: Recall) -> None:
    recall.add([A, B], ["first", "second"])
    with recall.renewal() as fresh:
        fresh.add([A], ["first"])
        assert found(recall, "second") == [B]
        recall.add([C], ["third"])
        recall.remove([B])
        assert sorted(recall) == sorted([A, C])
        recall.take_over(fresh)
    assert sorted(recall) == sorted([A, C])
    assert found(recall, "third") == [C]


def test_what_a_renewal_has_is_searched_where_it_is_more(tmp_path: Path) -> None:
    a_recall(tmp_path / "recall").add([A], ["first"])
    recall = a_recall(tmp_path / "recall", "a newer one")
    with recall.renewal() as fresh:
        fresh.add([A], ["first"])
        assert found(recall, "first") == [A]
        assert recall.state is State.OTHER_ENCODER
    # It was left off; the next one goes on where it stopped.
    with a_recall(tmp_path / "recall", "a newer one").renewal() as fresh:
        assert fresh.add([A, B], ["first", "second"]) == 1
        recall.take_over(fresh)
    assert (recall.state, found(recall, "second")) == (State.READY, [B])


def test_two_do_not_renew_at_once(tmp_path: Path) -> None:
    with a_recall(tmp_path / "recall").renewal(), pytest.raises(Busy):
        a_recall(tmp_path / "recall").renewal().__enter__()


def test_one_searches_while_others_add(recall: Recall) -> None:
    texts = [f"cause {number}" for number in range(400)]
    recall.add(texts[:10], texts[:10])
    wrong: list[object] = []
    is_over = threading.Event()

    def search() -> None:
        while not is_over.is_set():
            for at in range(10):
                if found(recall, texts[at]) != [texts[at]]:
                    wrong.append(texts[at])

    def add(part: list[str]) -> None:
        for text in part:
            recall.add([text], [text])

    threads = [
        threading.Thread(target=search),
        *(threading.Thread(target=add, args=(texts[10 + at :: 20],)) for at in range(2)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads[1:]:
        thread.join()
    is_over.set()
    threads[0].join()
    assert not wrong
    assert set(recall) == {*texts[:10], *texts[10::20], *texts[11::20]}
    assert found(recall, texts[11]) == [texts[11]]


class KeptAsADict(RuleBasedStateMachine):
    """Whatever is done in whatever order, the recall knows what a dict would."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.model: dict[str, str] = {}
        self.recalls = [a_recall(self.folder / "recall"), a_recall(self.folder / "recall")]

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    keys = st.sampled_from([A, B, C, "S-3/7", "", A.upper()])
    texts = st.sampled_from(["not ordered", "ordered late", "ordered twice", "no training", ""])

    @rule(which=st.integers(0, 1), pairs=st.lists(st.tuples(keys, texts), max_size=4))
    def add(self, which: int, pairs: list[tuple[str, str]]) -> None:
        self.recalls[which].add([key for key, _ in pairs], [text for _, text in pairs])
        self.model.update(pairs)

    @rule(which=st.integers(0, 1), keys=st.lists(keys, max_size=3))
    def remove(self, which: int, keys: list[str]) -> None:
        assert self.recalls[which].remove(keys) == len(set(keys) & set(self.model))
        for key in keys:
            self.model.pop(key, None)

    @rule(which=st.integers(0, 1))
    def reopen(self, which: int) -> None:
        self.recalls[which] = a_recall(self.folder / "recall")

    @rule(which=st.integers(0, 1))
    def pack(self, which: int) -> None:
        self.recalls[which].pack()

    @invariant()
    def knows_the_same(self) -> None:
        for recall in self.recalls:
            assert set(recall) == set(self.model)
            assert len(recall) == len(self.model)
            known = sorted(self.model)
            expected = encode([self.model[key] for key in known]) if known else np.empty((0, 384))
            assert np.allclose(recall.vectors(known), expected, atol=1e-3)
            if known:
                text = self.model[known[0]]
                same = {key for key in known if self.model[key] == text}
                assert set(found(recall, text, k=len(same))) == (same if text else set())


TestKeptAsADict = KeptAsADict.TestCase
TestKeptAsADict.settings = settings(max_examples=40, stateful_step_count=15)
