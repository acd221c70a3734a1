"""How the read-back looks, on every size and with every text, and the keys that it shows."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.binding import Binding

from fivewhys.facilitation.read_back import ReadBack
from fivewhys.models.commands import (
    Answer,
    AnswerLink,
    SetPart,
)
from fivewhys.models.tree import Record, Tree
from fivewhys.models.words import Part, Verdict
from fivewhys.screens.read_back import ReadBackScreen
from fivewhys.screens.widgets.verdicts import Verdicts
from fivewhys.screens.widgets.word_box import WordBox
from fivewhys.store.store import Store
from tests.building import chain, do
from tests.screens.driving import grow, named
from tests.screens.reading import SIZES, answers, reading, two_roots
from tests.screens.test_golden import BOOKS, NEW, looks_like, named_size
from tests.screens.test_hostile import ALL, harmless, stands_in
from tests.screens.test_look import contrast
from tests.screens.test_seeing import pairs

YES, NO, NEEDS_EVIDENCE = Verdict

WHEN = datetime(2026, 11, 21, 9, 4, tzinfo=UTC)
SHOWN = ((), ("home", "n"), ("escape", "home", "right", "right"), ("end",))


@pytest.fixture
def session(ines: Store, angry: Tree) -> Tree:
    """Two roots that share a link."""
    return two_roots(ines, angry)


@pytest.fixture
def books(database: Path) -> Tree:
    """Long sentences, two roots, a condition; two links are answered."""
    store = Store(database, "Ines", now=lambda: WHEN)
    from tests.screens.conftest import begun

    tree = grow(store, begun(store), BOOKS.strip("\n"))
    for command in (
        SetPart(cause=named(tree, NEW).id, part=Part.ROOT),
        SetPart(cause=named(tree, "The pile has no date on it").id, part=Part.ROOT),
        SetPart(cause=named(tree, "The shelf label is wrong").id, part=Part.CONDITION),
    ):
        tree = store.apply(tree, command)
    read = ReadBack.of(tree)
    for question, verdict in zip(read.questions, (YES, NO, NEEDS_EVIDENCE, YES, NO), strict=False):
        tree = store.apply(
            tree, AnswerLink(cause=question.cause, question=question.asks, verdict=verdict)
        )
    store.close()
    return tree


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize("size", SIZES, ids=named_size)
async def test_golden_link(database: Path, size: tuple[int, int]) -> None:
    async with reading(database, size) as desk:
        await desk.press("home", "right", "right", "right")
        await looks_like(desk, f"read-back-{named_size(size)}")


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=named_size)
async def test_golden_no_and_end(database: Path, size: tuple[int, int]) -> None:
    async with reading(database, size) as desk:
        await desk.press("home", "right", "n")
        await looks_like(desk, f"read-back-no-{named_size(size)}")
        await desk.press("escape", "end")
        await looks_like(desk, f"read-back-end-{named_size(size)}")


@pytest.mark.usefixtures("books")
async def test_golden_in_plain_characters(database: Path) -> None:
    async with reading(database, (80, 24), ascii_only=True) as desk:
        await desk.press("home", "right", "n")
        await looks_like(desk, "read-back-ascii-80x24")


@pytest.mark.usefixtures("books")
async def test_with_ascii_every_state_is_plain(database: Path) -> None:
    async with reading(database, ascii_only=True) as desk:
        for keys in SHOWN:
            await desk.press(*keys)
            assert desk.text.isascii(), desk.text


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_every_text_has_a_contrast_of_six(
    database: Path, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIVEWHYS_THEME", theme)
    async with reading(database) as desk:
        for keys in SHOWN:
            await desk.press(*keys)
            for text, colour, ground in pairs(desk):
                assert contrast(colour, ground) >= 6, (keys, text)


@pytest.mark.usefixtures("books")
async def test_without_colours_the_answer_given_has_a_shape(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(database) as desk:
        await desk.press("home", "right")
        assert "y □ yes n ■ no e □ needs evidence" in desk.told("#verdicts")
        await desk.press("right", "right")
        chain_rows = desk.told("#read-chain")
        for shape in ("✗ so The price form", "? so They are overcharged", "► so customers"):
            assert shape in chain_rows
        for _text, colour, ground in pairs(desk):
            for each in (colour, ground):
                assert not each or len({each[1:3], each[3:5], each[5:7]}) == 1, "a colour is left"


@pytest.mark.usefixtures("books")
async def test_the_theme_may_change_at_any_time(database: Path) -> None:
    async with reading(database) as desk:
        for keys in SHOWN:
            await desk.press(*keys)
            before = desk.text
            desk.app.action_switch_theme()
            await desk.settled()
            assert desk.text == before
            for text, colour, ground in pairs(desk):
                assert contrast(colour, ground) >= 6, (keys, text)


@pytest.mark.usefixtures("books")
async def test_any_size_at_any_time(database: Path) -> None:
    async with reading(database, (120, 40)) as desk:
        await desk.press("home", "n")
        await desk.type("half an ans")
        for size in ((60, 20), (200, 50), (9, 4), (80, 24)):
            await desk.pilot.resize_terminal(*size)
            await desk.settled()
            assert desk.box == "half an ans"
        await desk.press("escape", "end")
        for size in ((9, 4), (60, 20), (120, 40)):
            await desk.pilot.resize_terminal(*size)
            await desk.settled()
        await desk.sees("What it came to", "“The pile has no date on it” cannot be said")


@pytest.mark.parametrize("size", SIZES, ids=named_size)
async def test_a_text_longer_than_the_room_scrolls_and_the_answers_stay(
    database: Path, ines: Store, angry: Tree, size: tuple[int, int]
) -> None:
    long = " ".join(f"word{number}" for number in range(600))
    tree = grow(ines, angry, f"{long}\n  form")
    ines.apply(tree, SetPart(cause=named(tree, "form").id, part=Part.ROOT))
    async with reading(database, size) as desk:
        await desk.sees("word0", "Does that follow", "y □")
        # The narrowest bar has no room for it; the scrollbar tells.
        assert ("PgDn read on" in desk.rows[-1]) is (size[0] > 60)
        await desk.misses("word599")
        for _ in range(60):
            await desk.press("pagedown")
        await desk.sees("word599", "y □")
        await desk.press("ctrl+up", "ctrl+up")
        await desk.misses("word599")
        await desk.press("y")
        # The next question begins at its top again.
        await desk.sees("word0", "Link 2 of 2")


@pytest.mark.parametrize("text", [ALL[0], ALL[1], ALL[2], ALL[3], " ".join(ALL[-4:])])
async def test_texts_show_literally(database: Path, ines: Store, text: str) -> None:
    from tests.screens.conftest import begun

    tree = begun(ines, text)
    tree = ines.apply(tree, Answer(parent=tree.problem.id, text=text))
    (cause,) = tree.children(tree.problem.id)
    tree = ines.apply(tree, Answer(parent=tree.problem.id, text=text))
    ines.apply(tree, SetPart(cause=cause, part=Part.ROOT, reason=text))
    async with reading(database, (160, 48)) as desk:
        stands_in(desk, "#read-text", tree.problem.text)
        stands_in(desk, "#read-chain", tree.problem.text[:20])
        harmless(desk)
        await desk.press("n")
        await desk.paste(text)
        await desk.press("enter", "y", "y")
        harmless(desk)
        stands_in(desk, "#read-text", tree.problem.text.rstrip("."))
        await desk.press("n", "n")
        await desk.paste(text)
        await desk.press("enter")
        stands_in(desk, "#read-end", tree.problem.text)
        harmless(desk)


async def test_a_chain_of_a_thousand_is_read_in_a_window(database: Path, ines: Store) -> None:
    tree = chain(1_000)
    last = tree.open_questions()[-1]
    ines.bring_in([Record(do(tree, SetPart(cause=last.id, part=Part.ROOT)))])
    async with reading(database, (80, 24)) as desk:
        await desk.sees("Link 1 of 1000", "0 of 1002 answered", "► so cause 999", "◆ cause 1000")
        await desk.press("y", "y", "y", "y", "y")
        await desk.sees("► so cause 994", "✓ so cause 995", "□ so cause 993")
        await desk.press("end")
        await desk.sees("✓ 5 held", "997 not answered")


def bindings(owner: type) -> list[Binding]:
    return list(Binding.make_bindings(vars(owner)["BINDINGS"]))


@pytest.mark.parametrize("owner", [ReadBackScreen, Verdicts, WordBox])
def test_every_binding_has_an_id_and_says_what_it_does(owner: type) -> None:
    for binding in bindings(owner):
        assert binding.id, binding
        assert binding.tooltip, binding
        assert not binding.tooltip.endswith("."), binding
        assert binding.description or not binding.show, binding
        assert not binding.priority


@pytest.mark.parametrize("size", SIZES, ids=named_size)
async def test_the_bar_shows_what_works_where_the_keys_are(
    database: Path, session: Tree, size: tuple[int, int]
) -> None:
    async with reading(database, size) as desk:
        bar = " ".join(desk.rows[-1].split())
        assert bar.startswith("y yes n no e evidence Left back")
        assert bar.endswith("u undo Esc leave F1 help")
        await desk.press("n")
        assert " ".join(desk.rows[-1].split()) == "Enter save ^Z undo Esc leave it F1 help"
        await desk.press("f1")
        await desk.sees("Help", "Read-back")
        await desk.press("escape")
        await desk.sees("What had to happen in between?")
        await desk.press("escape", "end")
        bar = " ".join(desk.rows[-1].split())
        assert bar.startswith("Left back u undo Esc leave")
        assert "yes" not in bar


async def test_the_palette_answers_too(database: Path, ines: Store, session: Tree) -> None:
    async with reading(database) as desk:
        await desk.press("ctrl+p")
        await desk.type("needs evidence")
        await desk.sees("Needs evidence")
        await desk.press("enter")
        await desk.sees("Link 2 of 2")
    assert answers(ines.tree(session.session.id)) == {"form": ["follows needs_evidence"]}
