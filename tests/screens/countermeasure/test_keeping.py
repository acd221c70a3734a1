"""Nothing typed is lost, whatever the text and whatever goes wrong."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivewhys.models.tree import Tree
from fivewhys.screens.countermeasure_fields import fact_of, window_of
from fivewhys.screens.facts import NotUnderstood
from fivewhys.store.problems import StoreProblem
from fivewhys.store.store import Store
from fivewhys.text import clean
from tests.reports.hostile import HOSTILE
from tests.screens.countermeasure.planning import TODAY, at_field, at_root, only
from tests.screens.driving import meeting
from tests.screens.test_hostile import WORST, harmless, stands_in


async def test_esc_keeps_what_is_new_as_a_draft(database: Path, ines: Store, tree: Tree) -> None:
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.burst("f", *"Block it", "enter", *"Bo", "escape")
        await desk.sees("In the tree")
        assert not ines.numbered(1).all_countermeasures()
        await desk.press("up", "f")
        assert desk.box == ""
        await desk.press("escape", "down", "f")
        assert desk.box == "Block it"
        assert desk.hint == "What was typed here the last time is here again."
        await desk.press("ctrl+q")
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.press("f")
        await desk.sees("Block it", "Bo")
        await desk.press("ctrl+s", "f")
        assert desk.box == ""
    assert only(ines).owner == "Bo"
    assert not ines.drafts(f"{tree.session.id}/countermeasure/")


async def test_a_draft_is_in_the_database_soon_after_the_last_letter(
    database: Path, ines: Store, tree: Tree
) -> None:
    place = f"{tree.session.id}/countermeasure/"
    async with meeting(database) as desk:
        await desk.burst("ctrl+f", *"Refu")
        await desk.until(lambda: list(ines.drafts(place).values()) == ["Refu"])
        await desk.sees("draft kept")


async def test_a_failing_store_leaves_the_form_as_it_is(
    database: Path, ines: Store, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> Tree:
        raise StoreProblem("The disk is full, so this was not saved.")

    async with meeting(database) as desk:
        await desk.burst("ctrl+f", *"Refund", "enter", *"Bo")
        with monkeypatch.context() as broken:
            broken.setattr(Store, "apply", full)
            await desk.press("ctrl+s")
            await desk.sees("The disk is full, so this was not saved.", "Refund", "Bo")
        await desk.press("ctrl+s")
        await desk.sees("Kept.")
    assert only(ines).owner == "Bo"


async def test_texts_that_break_programs_show_as_they_are(
    database: Path, ines: Store, tree: Tree
) -> None:
    async with meeting(database, (120, 40)) as desk:
        for text in WORST:
            await at_root(desk)
            await desk.press("f")
            await desk.paste(text)
            await desk.press("enter")
            await desk.paste(text)
            await desk.press("ctrl+s")
            harmless(desk)
            item = only(ines)
            assert (item.text, item.owner) == (clean(text), clean(text))
            if len(text) < 400:
                stands_in(desk, "#beside", clean(text))
            await desk.press("F")
            await at_field(desk, "measures")
            await desk.press("a")
            await desk.paste(text)
            await desk.press("ctrl+s")
            await desk.reads("#measures", "process")
            if "\u200d" not in text:
                # While they are typed, joined glyphs stand as they are.
                harmless(desk)
            await desk.press("ctrl+r")
            await desk.press("escape")


@given(st.text() | st.sampled_from(HOSTILE), st.sampled_from(["due", "window"]))
def test_any_text_is_a_day_or_a_sentence(text: str, name: str) -> None:
    try:
        found = fact_of(name, text, TODAY)[name] if name == "due" else window_of(text)
    except NotUnderstood as problem:
        found = str(problem)
    if isinstance(found, str):
        assert found.endswith((".", "?"))
        assert "\n" not in found
    else:
        assert found is None or isinstance(found, date) or found > 0
