"""Plain characters, colours and shapes: the screens for every terminal and every eye."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.segment import Segment

from fivewhys.models.commands import AddEvidence, Park, SetPart, SetStatus
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part, Status
from fivewhys.screens.look import DARK, LIGHT
from fivewhys.store.store import Store
from tests.screens.driving import Desk, _strips, grow, meeting, named, sitting
from tests.screens.test_look import contrast

LONG = "the form that the shop ordered in spring was never sent " * 4


@pytest.fixture
def session(ines: Store, angry: Tree) -> Tree:
    """A session that has every mark, in plain letters."""
    tree = grow(
        ines,
        angry,
        f"overcharged\n  {LONG.strip()}\n  root\n  part\n  out\n  stopped\n  seen\n  perhaps\nlate",
    )
    for command in (
        SetPart(cause=named(tree, "root").id, part=Part.ROOT),
        SetPart(cause=named(tree, "part").id, part=Part.CONTRIBUTING, reason="made it worse"),
        SetStatus(cause=named(tree, "out").id, status=Status.RULED_OUT, reason="not so"),
        SetStatus(cause=named(tree, "stopped").id, status=Status.STOPPED, reason="not ours"),
        SetStatus(cause=named(tree, "seen").id, status=Status.VERIFIED),
        SetStatus(cause=named(tree, "perhaps").id, status=Status.SUSPECTED),
        AddEvidence(cause=named(tree, "root").id, text="12 of 80 orders"),
        Park(text="the second till"),
    ):
        tree = ines.apply(tree, command)
    return tree


SHOWN = (
    ("library", ()),
    ("search", ("slash", "z", "z")),
    ("help", ("escape", "f1")),
    ("help, end", ("end",)),
    ("live", ("escape", "enter")),
    ("typing", (*"abc",)),
    ("tree", ("escape",)),
    ("one row a cause", ("w", "w")),
    ("a folded branch", ("home", "down", "space")),
    ("a carried branch", ("space", "m")),
    ("parked", ("escape", "tab")),
    ("a reason", ("escape", "escape", "x")),
    ("details", ("escape", "f2")),
    ("a choice", (*["tab"] * 12, "enter")),
    ("summary", ("escape", "escape", "f3")),
    ("markdown", ("e",)),
    ("palette", ("escape", "ctrl+p")),
)
"""Every screen and the keys that lead to it from the one before."""


@pytest.mark.usefixtures("session")
async def test_with_ascii_every_screen_is_plain(database: Path) -> None:
    fancy: dict[str, set[str]] = {}
    async with sitting(database, (120, 40), ascii_only=True) as desk:
        for name, keys in SHOWN:
            await desk.press(*keys)
            found = {char for char in desk.text if not char.isascii()}
            if found:
                fancy[name] = found
    assert fancy == {}


async def test_with_ascii_other_scripts_stay_as_they_are(
    database: Path, ines: Store, angry: Tree
) -> None:
    grow(ines, angry, "客户很生气 … für “uns” ◆")
    async with meeting(database, ascii_only=True) as desk:
        assert "客户很生气" in desk.tree
        assert "für" in desk.told("#question")


LETTER = re.compile(r"\w")


def pairs(desk: Desk) -> Iterator[tuple[str, str, str]]:
    """Every piece of text on the screen with its colour and the colour behind it."""
    screen = desk.app.screen
    # What is behind the palette is dimmed on purpose.
    part = screen.query_one("#--container") if screen.is_modal else screen
    left, top, width, height = part.region
    for strip in _strips(desk.app)[top : top + height]:
        for segment in strip.crop(left, left + width):
            assert isinstance(segment, Segment)
            style = segment.style
            if style is None or not LETTER.search(segment.text):
                continue
            colour, ground = (
                each.get_truecolor().hex if each else "" for each in (style.color, style.bgcolor)
            )
            if style.reverse:
                colour, ground = ground, colour
            yield segment.text, colour, ground


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("theme", ["dark", "switched"])
async def test_every_text_on_every_screen_has_a_contrast_of_six(database: Path, theme: str) -> None:
    faint: dict[str, set[tuple[str, float]]] = {}
    async with sitting(database) as desk:
        for name, keys in SHOWN:
            await desk.press(*keys)
            if theme == "switched" and name != "a choice":
                await desk.press("f9")
            for text, colour, ground in pairs(desk):
                found = contrast(colour, ground)
                if found < 6:
                    faint.setdefault(name, set()).add((text.strip()[:40], round(found, 1)))
    assert faint == {}


@pytest.mark.usefixtures("session")
async def test_without_colours_shapes_tell_where_one_is(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with sitting(database) as desk:
        await desk.press("enter")
        # The question now, and each state, has a shape of its own.
        assert "► the form that the shop" in desk.tree
        for shape in (
            "● customers",
            "◆ root",
            "◇ part",
            "✗ out",
            "■ stopped",
            "✓ seen",
            "? perhaps",
        ):
            assert shape in desk.tree
        for _text, colour, ground in pairs(desk):
            for each in (colour, ground):
                assert not each or len({each[1:3], each[3:5], each[5:7]}) == 1, "a colour is left"
        # The row under the cursor stands out by more than its colour.
        await desk.press("escape", "end")
        assert any(
            segment.style and segment.style.reverse and "late" in segment.text
            for strip in _strips(desk.app)
            for segment in strip
        )


async def test_the_theme_is_the_environments_and_switched_with_a_key(
    database: Path, angry: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIVEWHYS_THEME", "light")
    async with meeting(database) as desk:
        light = {ground for _, _, ground in pairs(desk)}
        assert LIGHT.ground in light
        await desk.press("f9")
        dark = {ground for _, _, ground in pairs(desk)}
        assert DARK.ground in dark
        assert dark.isdisjoint(light)
        await desk.press("f9")
        assert {ground for _, _, ground in pairs(desk)} == light


async def test_a_very_small_terminal_is_no_reason_to_end(database: Path, session: Tree) -> None:
    async with sitting(database, (9, 4)) as desk:
        for _, keys in SHOWN:
            await desk.press(*keys)


async def test_the_size_may_change_at_any_time(database: Path, session: Tree) -> None:
    async with meeting(database, (120, 40)) as desk:
        await desk.type("half an ans")
        for size in ((60, 20), (200, 50), (10, 5), (80, 24)):
            await desk.pilot.resize_terminal(*size)
            await desk.settled()
            assert desk.box == "half an ans"
        await desk.press("escape")
        await desk.pilot.resize_terminal(120, 40)
        await desk.settled()
        await desk.sees("of 5+")
        assert "the form that the shop" in desk.tree
