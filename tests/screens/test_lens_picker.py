"""Putting a cause into a category: by one key, by arrows, taking it away, and leaving."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from fivewhys.facilitation.lenses import Category, Lens, built_in, together
from fivewhys.models.commands import Categorize
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.screens.by_key import KEYS
from fivewhys.screens.lens_picker import Chosen, LensPicker
from fivewhys.screens.library import LibraryScreen
from fivewhys.store.store import Store
from fivewhys.text import clean
from tests.building import answer, do, session
from tests.screens.driving import Desk, grow, key_event, meeting, named, sitting
from tests.screens.test_hostile import ALL, harmless, stands_in

SIZES = [(60, 20), (80, 24), (120, 40)]


@dataclass
class Picking:
    """A picker on a desk, and what it gave back."""

    desk: Desk
    picker: LensPicker
    gave: list[Chosen | None] = field(default_factory=list)


def a_cause(lens: str = "", category: str = "") -> Cause:
    """A cause, in a category or not."""
    tree = session()
    tree, cause = answer(tree, tree.problem.id, "The new forms were not ordered")
    if lens:
        tree = do(tree, Categorize(cause=cause.id, lens=lens, category=category))
    return tree.causes[cause.id]


@asynccontextmanager
async def picking(
    database: Path,
    cause: Cause | None = None,
    last: str = "",
    lenses: Sequence[Lens] = built_in(),
    problems: Sequence[str] = (),
    size: tuple[int, int] = (80, 24),
    early: Sequence[str] = (),
    ascii_only: bool = False,
) -> AsyncIterator[Picking]:
    """Open the picker; keys that are `early` were pressed before it came."""
    async with sitting(database, size, ascii_only=ascii_only) as desk:
        picking = Picking(desk, LensPicker(lenses, cause or a_cause(), last, problems))
        desk.app.push_screen(picking.picker, picking.gave.append)
        picking.picker.take_keys([key_event(key) for key in early])
        await desk.settled()
        yield picking


# -- choosing


async def test_first_the_lens_then_the_category(database: Path) -> None:
    async with picking(database) as it:
        assert "Look through which lens?" in it.desk.rows[0]
        await it.desk.press("4")
        assert "Six M: Everything that making a thing takes" in it.desk.rows[0]
        await it.desk.press("3")
    assert it.gave == [("6m", "material")]


async def test_one_key_where_a_lens_was_used_before(database: Path) -> None:
    async with picking(database, last="customer-behaviour") as it:
        await it.desk.press("4")
        assert isinstance(it.desk.app.screen, LibraryScreen)
    assert it.gave == [("customer-behaviour", "not-listening")]


async def test_a_lens_that_is_no_longer_there_is_not_begun_with(database: Path) -> None:
    async with picking(database, last="theirs") as it:
        await it.desk.sees("Look through which lens?")


async def test_arrows_and_enter(database: Path) -> None:
    async with picking(database) as it:
        await it.desk.press("down", "down", "up", "enter")
        assert "Services, 8 P" in it.desk.rows[0]
        await it.desk.press("end", "up", "j", "k", "enter")
    assert it.gave == [("services-8p", "physical-environment")]


async def test_the_cursor_stays_in_the_list(database: Path) -> None:
    async with picking(database, last="6m") as it:
        await it.desk.press("home", "up", "enter")
    assert it.gave == [("6m", "machine")]


async def test_another_lens_and_back_again(database: Path) -> None:
    async with picking(database, last="rca2") as it:
        await it.desk.press("g")
        await it.desk.sees("Look through which lens?")
        # The cursor is on the lens that one came from.
        await it.desk.press("right")
        assert "Patient safety" in it.desk.rows[0]
        await it.desk.press("tab", "1", "1")
    assert it.gave == [("customer-behaviour", "rudeness")]


async def test_the_category_it_has_is_marked_and_under_the_cursor(database: Path) -> None:
    async with picking(database, a_cause("6m", "method"), "rca2") as it:
        assert it.desk.row_with("Method").startswith("✓ 2  Method")
        assert it.desk.hint == "Now: Six M / Method. 0 takes it away."
        await it.desk.press("g")
        assert it.desk.row_with("Six M").startswith("✓ 4  Six M")
        await it.desk.press("l", "enter")
    assert it.gave == [("6m", "method")]


@pytest.mark.parametrize("key", ["0", "backspace", "delete"])
async def test_taking_the_category_away(database: Path, key: str) -> None:
    async with picking(database, a_cause("6m", "method")) as it:
        await it.desk.press(key)
    assert it.gave == [("", "")]


async def test_where_there_is_none_nothing_is_taken_away(database: Path) -> None:
    async with picking(database) as it:
        assert "no category" not in it.desk.rows[-1]
        await it.desk.press("0")
    assert it.gave == [None]


@pytest.mark.parametrize("key", ["escape", "q"])
@pytest.mark.parametrize("last", ["", "6m"])
async def test_leaving_changes_nothing(database: Path, key: str, last: str) -> None:
    async with picking(database, a_cause("rca2", "rules"), last) as it:
        await it.desk.press(key)
    assert it.gave == [None]


async def test_keys_without_a_meaning_do_nothing(database: Path) -> None:
    async with picking(database, last="6m") as it:
        await it.desk.press("9", "z", "A", "space", "$", "right")
        assert it.desk.app.screen is it.picker
        await it.desk.paste("1")
    assert it.gave == []


async def test_a_click_chooses(database: Path) -> None:
    async with picking(database) as it:
        for words in ("Six M", "Material"):
            (row,) = [place for place, row in enumerate(it.desk.rows) if f"  {words}  " in row]
            top = it.picker.query_one("#choices").region.y
            await it.desk.pilot.click("#choices", offset=(8, row - top))
            await it.desk.settled()
    assert it.gave == [("6m", "material")]


# -- quick hands


async def test_keys_pressed_before_it_came_are_its_own(database: Path) -> None:
    async with picking(database, early=["4", "3"]) as it:
        await it.desk.until(lambda: it.gave == [("6m", "material")])


async def test_a_burst_lands_in_order_and_what_follows_goes_to_the_screen_below(
    database: Path,
) -> None:
    async with picking(database) as it:
        await it.desk.burst("4", "down", "down", "enter", "/", "x")
        await it.desk.until(lambda: it.gave == [("6m", "material")])
        await it.desk.until(lambda: bool(it.desk.app.screen.query("#search")))
        field = it.desk.app.screen.query_one("#search")
        await it.desk.until(lambda: getattr(field, "value", "") == "x")


# -- what is seen


@pytest.mark.parametrize("lens", built_in(), ids=lambda lens: lens.id)
async def test_every_line_and_question_at_80x24(database: Path, lens: Lens) -> None:
    async with picking(database, last=lens.id) as it:
        for category in lens.categories:
            for words in (category.name, category.about, category.question):
                stands_in(it.desk, "#choices", words)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_what_has_no_room_shows_under_the_cursor(
    database: Path, size: tuple[int, int]
) -> None:
    async with picking(database, size=size) as it:
        for key, lens in zip(KEYS, built_in(), strict=False):
            await it.desk.press(key)
            stands_in(it.desk, "#about", "The new forms were not ordered")
            for category in lens.categories:
                for words in (category.name, category.about, category.question):
                    stands_in(it.desk, "#choices", words)
                await it.desk.press("down")
            assert it.desk.rows[-1].rstrip().endswith("F1 help")
            await it.desk.press("g")


async def test_a_lens_says_what_it_shows(database: Path) -> None:
    async with picking(database) as it:
        stands_in(it.desk, "#choices", "How we treated the people who came to us")
        stands_in(it.desk, "#choices", "Rudeness, Phone manners, Ignoring")


async def test_a_long_cause_takes_two_rows(database: Path) -> None:
    tree = session()
    _, cause = answer(tree, tree.problem.id, "word " * 120)
    async with picking(database, cause, "6m") as it:
        assert [row[:10] for row in it.desk.rows[1:4]] == [" word word", " word word", ""]
        assert it.desk.rows[2].endswith("…")


async def test_files_that_are_no_lenses_are_told(database: Path) -> None:
    told = "hotel.toml, line 3: this is a long sentence about [/foo], with what to do about it."
    async with picking(database, last="6m", problems=(told,), size=(60, 20)) as it:
        assert it.desk.hint == "A lens of yours cannot be read; g shows why."
        await it.desk.press("g")
        stands_in(it.desk, "#choices", told)


async def test_a_category_of_another_team_is_shown_by_its_names(database: Path) -> None:
    async with picking(database, a_cause("theirs", "a thing"), "6m") as it:
        assert it.desk.hint == "Now: theirs / a thing. 0 takes it away."


async def test_plain_characters(database: Path) -> None:
    async with picking(database, a_cause("6m", "method"), ascii_only=True) as it:
        assert it.desk.text.isascii()
        assert it.desk.row_with("Method").startswith("* 2  Method")
        await it.desk.press("g")
        assert it.desk.text.isascii()


async def test_the_cursor_is_seen_without_colours(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with picking(database, last="6m") as it:
        strips = it.desk.app.screen._compositor.render_strips()
        (head,) = [strip for strip in strips if "Machine" in strip.text]
        assert any(segment.style and segment.style.reverse for segment in head)


async def test_the_theme_changes_all_of_it(database: Path) -> None:
    async with picking(database, last="6m") as it:
        before = it.desk.app.palette
        (key,) = [binding.key for _, binding in it.desk.app._bindings if binding.id == "app.theme"]
        await it.desk.press(key)
        await it.desk.until(lambda: it.desk.app.palette is not before)
        await it.desk.until(lambda: it.desk.app.palette.text in colours(it.desk))
        assert not {before.text, before.quiet, before.link} & colours(it.desk)


def colours(desk: Desk) -> set[str]:
    """The colours of all text on the screen."""
    return {
        segment.style.color.name
        for strip in desk.app.screen._compositor.render_strips()
        for segment in strip
        if segment.style and segment.style.color and segment.text.strip()
    }


async def test_texts_of_a_teams_lens_show_as_they_are(database: Path) -> None:
    texts = [text[:160] for text in map(clean, ALL) if text]
    categories = tuple(
        Category(f"c{place}", text[:40], text, text) for place, text in enumerate(texts)
    )
    own = Lens("own", texts[0], texts[0], categories)
    async with picking(database, last="own", lenses=together((own,)), size=(120, 40)) as it:
        for text in texts:
            stands_in(it.desk, "#choices", text)
            harmless(it.desk)
            await it.desk.press("down")
        await it.desk.press("g")
        harmless(it.desk)


async def test_more_categories_than_numbers_have_letters(database: Path) -> None:
    many = Lens("many", "Many", "", tuple(Category(f"c{n}", f"Name {n}") for n in range(24)))
    async with picking(database, last="many", lenses=(many,), size=(60, 20)) as it:
        await it.desk.press("end")
        assert f"{KEYS[23]}  Name 23" in it.desk.text
        assert "Name 0" not in it.desk.text
        await it.desk.press("a")
    assert it.gave == [("many", "c9")]


async def test_the_tree_tells_the_category_of_a_cause(
    database: Path, ines: Store, angry: Tree
) -> None:
    tree = grow(ines, angry, "not ordered\ntoo late")
    for text, lens, category in (
        ("not ordered", "services-8p", "promotion"),
        ("too late", "[/foo]", "x[/]"),
    ):
        key = named(tree, text).id
        tree = ines.apply(tree, Categorize(cause=key, lens=lens, category=category))
    async with meeting(database) as desk:
        await desk.press("escape", "home", "down")
        await desk.reads("#beside", "Promises Services, 8 P")
        await desk.press("down")
        await desk.reads("#beside", "x[/] [/foo]")
