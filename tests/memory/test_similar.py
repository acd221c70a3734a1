"""Causes of earlier sessions are found by what they say, while the history changes."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest
from numpy.typing import NDArray

from fivewhys.memory import Memory, beside
from fivewhys.memory import upkeep as upkeep_module
from fivewhys.models.commands import (
    AddCountermeasure,
    Answer,
    DeleteSession,
    EditCause,
    Facts,
    RestoreSession,
    SetPart,
    SetStatus,
    StartSession,
)
from fivewhys.models.past import Sameness
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part, Status
from fivewhys.patterns.likely import Likely
from fivewhys.store.store import Store
from tests.memory.encoding import by_words

Opens = Callable[..., Store]
Remembers = Callable[..., Memory]

FORMS = "nobody ordered the new price forms"


@pytest.fixture
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memories look often."""
    monkeypatch.setattr(upkeep_module, "LOOK", 0.02)
    monkeypatch.setattr(upkeep_module, "AFTER_TROUBLE", 0.05)


@pytest.fixture
def remember(quick_looks: None) -> Iterator[Remembers]:
    """Opens memories that read words instead of meanings."""
    with ExitStack() as opened:

        def remembered(store: Store, folder: Path | None = None) -> Memory:
            memory = Memory(store, folder, encode=by_words, encoder="by words")
            opened.callback(memory.close)
            return memory

        yield remembered


def told(store: Store, *words: str, **facts: object) -> Tree:
    """A new session with a chain of causes."""
    given = Facts.model_validate(facts)
    tree = store.start(StartSession(problem="soup is cold", facts=given))
    parent = tree.problem.id
    for text in words:
        tree = store.apply(tree, Answer(parent=parent, text=text))
        (parent,) = tree.children(parent)
    return tree


def deepest(tree: Tree) -> UUID:
    return [cause.id for cause, _ in tree.walk()][-1]


def until(is_so: Callable[[], object]) -> None:
    """Wait for what another thread does."""
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def up_to_date(memory: Memory, store: Store) -> Memory:
    """The memory once it has taken in all there is."""
    memory.keep_up()
    memory.look()
    line = store.catching_up.last_line()
    until(lambda: memory._upkeep.is_current and memory._upkeep._line >= line)
    return memory


def found(memory: Memory, text: str = FORMS, besides: UUID | None = None) -> list[str]:
    contexts = [seen.context for seen in memory.similar(text, besides=besides)]
    return [f"{context.session.name} {context.cause.text}" for context in contexts]


def test_what_was_seen_before_comes_with_all_that_is_known_of_it(
    store: Store, remember: Remembers
) -> None:
    noticed = datetime(2026, 3, 1, tzinfo=UTC)
    tree = told(store, "the form is old", FORMS, site="Lyon", noticed_at=noticed)
    tree = store.apply(tree, SetPart(cause=deepest(tree), part=Part.ROOT))
    store.apply(tree, AddCountermeasure(cause=deepest(tree), text="a rule"))
    told(store, "the printer jams in damp weather")
    memory = up_to_date(remember(store), store)
    (seen,) = memory.similar("nobody ordered new price forms")
    assert seen.likely is Likely.LIKELY
    assert 0.8 < seen.score <= 1
    assert seen.context == store.context([deepest(tree)])[deepest(tree)]
    assert seen.context.chain == ("soup is cold", "the form is old", FORMS)
    assert (seen.context.session.site, seen.context.session.on) == ("Lyon", date(2026, 3, 1))
    assert seen.context.cause.is_root
    assert [deed.text for deed in seen.context.deeds] == ["a rule"]
    assert seen.again == ()
    assert memory.similar("elephants paint slowly") == []
    assert memory.similar("  ?! ") == []


def test_nothing_is_found_before_anything_is_ready(store: Store, quick_looks: None) -> None:
    told(store, FORMS)
    asker, may_read = threading.current_thread(), threading.Event()

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        assert threading.current_thread() is asker or may_read.wait(60)
        return by_words(texts)

    with closing(Memory(store, encode=encode, encoder="waits")) as memory:
        assert memory.similar(FORMS) == []
        may_read.set()
        # Asking began it.
        until(lambda: found(memory) == [f"S-1 {FORMS}"])


def test_the_session_at_hand_and_what_does_not_stand_are_left_out(
    store: Store, remember: Remembers
) -> None:
    ours = told(store, FORMS)
    gone = told(store, FORMS)
    out = told(store, FORMS)
    below = told(store, "it was the weather", f"{FORMS} today")
    memory = up_to_date(remember(store), store)
    assert len(memory.similar(FORMS)) == 2
    gone = store.apply(gone, DeleteSession())
    no = SetStatus(cause=deepest(out), status=Status.RULED_OUT, reason="they were")
    store.apply(out, no)
    weather = below.children(below.problem.id)[0]
    store.apply(below, SetStatus(cause=weather, status=Status.RULED_OUT, reason="dry"))
    assert found(memory) == [f"S-1 {FORMS}"]
    assert found(memory, besides=ours.session.id) == []
    store.apply(gone, RestoreSession())
    assert found(memory, besides=ours.session.id) == [f"S-2 {FORMS}"]


def test_equal_words_and_what_people_call_the_same_are_shown_once(
    store: Store, remember: Remembers
) -> None:
    months = iter(range(1, 10))
    trees = [
        told(store, text, noticed_at=datetime(2026, next(months), 1, tzinfo=UTC))
        for text in (FORMS, "Nobody ordered the new PRICE forms!", f"{FORMS} in time", FORMS)
    ]
    store.apply(trees[0], SetPart(cause=deepest(trees[0]), part=Part.ROOT))
    memory = up_to_date(remember(store), store)
    first, second = memory.similar(FORMS)
    assert first.context.session.name == "S-1"
    assert [again.name for again in first.again] == ["S-2", "S-4"]
    assert second.context.session.name == "S-3"
    store.decide(deepest(trees[1]), deepest(trees[2]), Sameness.SAME)
    (only,) = memory.similar(FORMS, besides=trees[3].session.id)
    assert [again.name for again in only.again] == ["S-2", "S-3"]
    store.take_back_decision()
    assert len(memory.similar(FORMS)) == 2
    assert len(memory.similar(FORMS, k=1)) == 1


def test_what_is_said_now_is_found_at_once_by_all(
    open_store: Opens, remember: Remembers, tmp_path: Path
) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    told(ines, "the printer jams")
    first = up_to_date(remember(ines, tmp_path / "index"), ines)
    second = up_to_date(remember(bo, tmp_path / "index"), bo)
    tree = told(ines, FORMS)
    until(lambda: found(first) and found(second))
    store_text = "the old forms were thrown away by mistake"
    bo.apply(tree, EditCause(cause=deepest(tree), text=store_text))
    until(lambda: found(first, store_text) and found(second, store_text))
    assert found(first) == []


def test_the_index_is_there_after_a_restart(
    store: Store, remember: Remembers, tmp_path: Path
) -> None:
    told(store, FORMS)
    up_to_date(remember(store, tmp_path / "index"), store).close()
    asked: list[str] = []

    def listening(texts: Sequence[str]) -> object:
        asked.extend(texts)
        return by_words(texts)

    told(store, "the printer jams")
    memory = Memory(store, tmp_path / "index", encode=listening, encoder="by words")
    up_to_date(memory, store)
    assert asked == ["the printer jams"]
    assert found(memory) == [f"S-1 {FORMS}"]
    memory.close()


def are_found(memory: Memory, text: str) -> bool:
    return found(memory, text) == [f"S-1 {text}"]


def damage(folder: Path, *, every: bool) -> None:
    """Change the vectors that are kept: a single bit, or each second byte."""
    (path,) = folder.glob("*/vectors")
    data = bytearray(path.read_bytes())
    for at in range(0, len(data), 2 if every else len(data)):
        data[at] ^= 0x40
    path.write_bytes(data)


@pytest.mark.parametrize("every", [False, True], ids=["a bit", "all"])
def test_damage_that_only_reading_shows_is_mended(
    store: Store, remember: Remembers, tmp_path: Path, every: bool
) -> None:
    told(store, FORMS, "the printer jams")
    before = remember(store, tmp_path / "recall")
    before.keep_up()
    until(lambda: before.is_current)
    before.close()
    damage(tmp_path / "recall", every=every)
    memory = remember(store, tmp_path / "recall")
    for text in (FORMS, "the printer jams"):
        until(partial(are_found, memory, text))
    until(lambda: memory.is_current)
    # What was mended is there after a restart too.
    memory.close()
    again = remember(store, tmp_path / "recall")
    until(lambda: len(again.similar(FORMS)) == 1)
    assert not again.trouble


@pytest.mark.parametrize("every", [False, True], ids=["a bit", "all"])
def test_damage_does_not_keep_anybody_from_the_whole(
    store: Store, remember: Remembers, tmp_path: Path, every: bool
) -> None:
    told(store, FORMS, "the printer jams")
    told(store, FORMS)
    groups = remember(store, tmp_path / "recall").patterns().groups
    damage(tmp_path / "recall", every=every)
    for _ in range(2):
        assert remember(store, tmp_path / "recall").patterns().groups == groups


def test_another_encoder_begins_anew(store: Store, remember: Remembers, tmp_path: Path) -> None:
    told(store, FORMS)
    up_to_date(remember(store, tmp_path / "index"), store).close()
    memory = Memory(store, tmp_path / "index", encode=by_words, encoder="a later one")
    assert found(up_to_date(memory, store)) == [f"S-1 {FORMS}"]
    memory.close()


def test_purged_words_leave_the_index(store: Store, remember: Remembers, tmp_path: Path) -> None:
    tree = told(store, FORMS)
    told(store, "the printer jams")
    first = up_to_date(remember(store, tmp_path / "index"), store)
    assert len(first._wordings) == 2
    first.close()
    store.apply(tree, DeleteSession())
    store.purge_deleted()
    second = up_to_date(remember(store, tmp_path / "index"), store)
    assert len(second._wordings) == 1


def test_where_no_files_can_be_written_everything_is_in_memory(
    store: Store, remember: Remembers, tmp_path: Path
) -> None:
    told(store, FORMS)
    place = tmp_path / "place"
    place.write_text("not a folder")
    memory = up_to_date(remember(store, place / "index"), store)
    assert found(memory) == [f"S-1 {FORMS}"]
    told(store, "the printer jams")
    assert up_to_date(memory, store).similar("the printer jams")


def test_long_work_is_seen_paused_and_ended(store: Store, remember: Remembers) -> None:
    tree = told(store, FORMS)
    for place in range(300):
        tree = store.apply(tree, Answer(parent=tree.problem.id, text=f"cause number {place}"))
    memory = remember(store)
    memory.pause()
    memory.keep_up()
    until(lambda: memory.work)
    work = memory.work
    assert work is not None
    assert (work.done, work.of, work.is_paused) == (0, 301, True)
    # What is said meanwhile is found all the same.
    told(store, "the printer jams in damp weather")
    until(lambda: memory.similar("the printer jams in damp weather"))
    assert memory.work == work
    memory.resume()
    until(lambda: memory.work is None and memory.is_current)
    assert found(memory)


def test_long_work_waits_until_the_keys_rest(
    store: Store, remember: Remembers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep_module, "CALM", 60.0)
    told(store, FORMS)
    memory = remember(store)
    memory.give_way()
    assert memory.similar(FORMS) == []
    time.sleep(0.3)
    assert not memory.is_current
    # Leaving does not wait for that.
    memory.close()
    monkeypatch.setattr(upkeep_module, "CALM", 0.05)
    rested = remember(store)
    rested.give_way()
    rested.keep_up()
    until(lambda: rested.is_current)
    assert found(rested)


def test_closing_in_the_middle_waits_for_nothing(
    store: Store, remember: Remembers, tmp_path: Path
) -> None:
    tree = told(store, FORMS)
    for place in range(200):
        tree = store.apply(tree, Answer(parent=tree.problem.id, text=f"cause number {place}"))
    memory = remember(store, tmp_path / "index")
    memory.pause()
    memory.keep_up()
    until(lambda: memory.work)
    memory.close()
    assert not memory.is_current
    again = up_to_date(remember(store, tmp_path / "index"), store)
    assert found(again) == [f"S-1 {FORMS}"]


def test_no_error_reaches_the_meeting(store: Store, remember: Remembers) -> None:
    told(store, FORMS)
    works = False

    def failing(texts: Sequence[str]) -> object:
        if not works:
            raise RuntimeError("the weights are gone")
        return by_words(texts)

    memory = Memory(store, encode=failing, encoder="by words")
    memory.keep_up()
    until(lambda: memory.trouble == "the weights are gone")
    assert memory.similar(FORMS) == []
    works = True
    assert found(up_to_date(memory, store)) == [f"S-1 {FORMS}"]
    works = False
    assert memory.similar(FORMS) == []
    memory.close()


def test_a_memory_outlives_its_store_in_peace(database: str, remember: Remembers) -> None:
    store = Store(database, "Ines")
    told(store, FORMS)
    memory = up_to_date(remember(store), store)
    memory.close()
    store.close()
    assert memory.trouble == ""


def test_the_index_lies_beside_a_file_and_elsewhere_for_a_server(tmp_path: Path) -> None:
    assert beside(str(tmp_path / "history.db")) == tmp_path / "history.db.recall"
    one, other = beside("postgresql://host/one"), beside("postgresql://host/other")
    assert one != other
    assert one == beside("postgresql://host/one")


def test_the_usual_encoder_finds_other_words(store: Store) -> None:
    told(store, "The new forms were not ordered")
    told(store, "The printer jams in damp weather")
    memory = Memory(store)
    try:
        seen = up_to_date(memory, store).similar("Nobody ordered the new forms")
        assert seen[0].context.session.name == "S-1"
        assert seen[0].likely
    finally:
        memory.close()
