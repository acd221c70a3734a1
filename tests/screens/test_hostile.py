"""Texts that have broken programs like this one: typed, pasted and kept, they show as they are."""

import re
import unicodedata
from pathlib import Path

import pytest
from textual.widgets import Input

from fivewhys.facilitation import next_question
from fivewhys.models.commands import (
    AddEvidence,
    Answer,
    AskInstead,
    NewPerson,
    Park,
    SetPart,
    SetSaidBy,
    SetStatus,
)
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part, Status
from fivewhys.screens.look import shown
from fivewhys.store.problems import StoreProblem
from fivewhys.store.store import Store
from fivewhys.text import clean, excerpt
from tests.reports.hostile import HOSTILE
from tests.screens.conftest import begun
from tests.screens.driving import Desk, meeting, outline, sitting

MARKUP = ["[/foo]", "x[/]", "[$primary] and [b]bold[/b]", "[link=x]a[/link] [@click=app.quit]b[/]"]
ALL = [*HOSTILE, *MARKUP[3:], "a\\[b] \\", "👍🏽 ✈️ 1️⃣ 🇵🇹", "e\u0301" + "\u0323" * 500 + "x"]
WORST = [*ALL[1:7], *ALL[-3:]]
"""Those that terminals and markup stumble over."""


def without_spaces(text: str) -> str:
    """The text with all white space taken out, because it wraps differently in every place."""
    return re.sub(r"\s", "", text)


def harmless(desk: Desk) -> None:
    """Nothing on the screen could reach the terminal as a command."""
    found = {
        char
        for char in desk.text
        if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Cs")
    }
    # Marks that change the look of the glyph before them are part of it.
    assert not found - {"\ufe0f", "\u20e3"}, desk.text


def stands_in(desk: Desk, selector: str, text: str) -> None:
    """One part of the screen has this text, literally, however it wraps."""
    assert without_spaces(shown(text)) in without_spaces(desk.told(selector)), desk.text


async def test_pasted_as_answers_they_are_asked_of_and_undone_literally(
    database: Path, ines: Store, angry: Tree
) -> None:
    async with meeting(database, (200, 50)) as desk:
        for text in ALL:
            await desk.paste(text)
            await desk.press("enter")
            stands_in(desk, "#question", next_question(clean(text)))
            assert desk.box == ""
            harmless(desk)
            assert outline(ines.tree(angry.session.id)) == clean(text)
            await desk.press("ctrl+z")
            assert without_spaces(desk.hint) == without_spaces(
                shown(f"Undid: answer: {excerpt(text)}")
            )


async def test_typed_letter_by_letter_they_are_the_same(
    database: Path, ines: Store, angry: Tree
) -> None:
    async with meeting(database) as desk:
        for text in MARKUP:
            await desk.type(text)
            assert desk.box == text
            await desk.press("ctrl+o")
            stands_in(desk, "#tree", text)
            stands_in(desk, "#beside", text)
    assert outline(ines.tree(angry.session.id)) == "\n".join(MARKUP)


def told(store: Store, text: str) -> Tree:
    """A session that has `text` wherever a session can have text."""
    tree = begun(
        store,
        text,
        people=(NewPerson(name=text, role=text),),
        site=text,
        department=text,
        customer_words=text,
        notes=text,
    )
    tree = store.apply(tree, Answer(parent=tree.problem.id, text=text))
    (root,) = tree.children(tree.problem.id)
    tree = store.apply(tree, Answer(parent=tree.problem.id, text=text))
    out = tree.children(tree.problem.id)[-1]
    for command in (
        SetPart(cause=root, part=Part.ROOT, reason=text),
        AddEvidence(cause=root, text=text),
        SetSaidBy(cause=root, name=text),
        AskInstead(cause=root, question=text),
        SetStatus(cause=out, status=Status.RULED_OUT, reason=text),
        Park(text=text),
    ):
        tree = store.apply(tree, command)
    return tree


async def test_kept_they_show_literally_in_library_and_meeting(database: Path, ines: Store) -> None:
    for text in reversed(WORST):
        told(ines, text)
    async with sitting(database, (160, 48)) as desk:
        for text in WORST:
            stands_in(desk, "#preview", clean(text))
            harmless(desk)
            await desk.press("down")
        await desk.press("home")
        for text in WORST:
            await desk.press("enter")
            stands_in(desk, "TopBar", clean(text)[:40])
            stands_in(desk, "#tree", clean(text)[:20])
            await desk.press("escape", "home", "down")
            stands_in(desk, "#beside", clean(text))
            harmless(desk)
            await desk.press("q", "down")


@pytest.mark.parametrize("text", [" ".join(MARKUP), "=cmd()|' /C calc'!A0 👍🏽 לקוחות 客户"])
async def test_they_show_literally_on_every_other_screen(
    database: Path, ines: Store, text: str
) -> None:
    tree = told(ines, text)
    async with meeting(database, (160, 60)) as desk:
        await desk.press("escape", "home", "down", "r", "u")
        await desk.press("escape", "enter")
        stands_in(desk, "#question", text)
        await desk.press("f2")
        stands_in(desk, "#problem", text)
        stands_in(desk, "#form", f"{text}, {text}")
        harmless(desk)
        await desk.press("escape", "f3")
        stands_in(desk, "#summary", text)
        harmless(desk)
        await desk.press("f")
        stands_in(desk, "TopBar", "exports/")
        await desk.sees("## Root causes")
        harmless(desk)
        await desk.press("escape", "escape", "shift+tab")
        stands_in(desk, "#parked", text[:40])
        await desk.press("enter", "escape", "home", "m", "x", "ctrl+p")
        await desk.press("escape", "escape")
    assert ines.tree(tree.session.id).problem.text == clean(text)


@pytest.mark.parametrize("text", MARKUP[:2])
async def test_problems_are_told_literally(
    database: Path, angry: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    def broken(*_args: object) -> Tree:
        raise StoreProblem(f"{text} is full")

    folder = tmp_path / text.replace("/", "|")
    folder.write_text("no folder")
    async with sitting(database, (200, 40), exports=folder) as desk:
        await desk.press("e")
        await desk.sees("a part of its path is")
        monkeypatch.setattr(Store, "tree", broken)
        await desk.press("enter")
        await desk.sees(f"{text} is full")


@pytest.mark.parametrize("text", HOSTILE[1:4:2])
async def test_suggestions_and_searches_are_literal(database: Path, ines: Store, text: str) -> None:
    told(ines, text)
    async with sitting(database) as desk:
        await desk.press("/")
        await desk.paste(clean(text))
        await desk.sees("1 session")
        harmless(desk)
        await desk.press("escape", "n")
        site = desk.app.screen.query_one("#field-site", Input)
        site.focus()
        await desk.type(clean(text)[:1])
        await desk.until(lambda: shown(clean(text))[:6] in desk.row_with("Site"))
        await desk.press("right")
        assert site.value == clean(text)


async def test_pasted_controls_never_reach_the_screen(database: Path, ines: Store) -> None:
    text = "\x1b[31mred\x1b[0m \x9b1m \u202eevil\u202c \x07 end"
    begun(ines)
    async with sitting(database) as desk:
        await desk.press("/")
        await desk.paste(text)
        harmless(desk)
        await desk.press("escape", "n")
        for name in ("problem", "field-customer_words", "field-site", "field-noticed_at"):
            desk.app.screen.query_one(f"#{name}").focus()
            await desk.settled()
            await desk.paste(text)
            harmless(desk)
            assert "red 1m evil end" in desk.text or "red evil end" in desk.text


async def test_a_hundred_thousand_characters_are_one_answer_like_any_other(
    database: Path, ines: Store, angry: Tree
) -> None:
    text = "many words " * 9_090 + "0123456789"
    assert len(text) == 100_000
    async with meeting(database, (80, 24)) as desk:
        await desk.paste(text)
        await desk.press("enter")
        await desk.sees("Why: many words many words")
        await desk.press("escape", "w", "w", "w")
        await desk.press("e")
        await desk.press("x", "escape", "q")
        await desk.press("enter", "f3", "escape")
    assert outline(ines.tree(angry.session.id)) == text


async def test_one_character_too_many_is_told_and_stays_in_the_box(
    database: Path, ines: Store, angry: Tree
) -> None:
    async with meeting(database, (80, 24)) as desk:
        await desk.paste("x" * 100_001)
        await desk.press("enter")
        await desk.sees("This text has 100,001 characters")
        assert desk.box == "x" * 100_001
    assert outline(ines.tree(angry.session.id)) == ""
