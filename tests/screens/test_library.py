"""The first screen: find a session, open it, begin a new one, export, delete."""

import re
import threading
from pathlib import Path

import pytest

from fivewhys.models.commands import DeleteSession, EditCause, SetPart, StartSession
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part
from fivewhys.screens import library
from fivewhys.store.store import Store
from tests.screens.conftest import begun
from tests.screens.driving import PATIENCE, Desk, grow, meeting, named, sitting


def sessions(desk: Desk) -> list[str]:
    """The problems in the list, from its top."""
    rows = (re.match(r" S-\d+ +(.*?)  ", row) for row in desk.part("#sessions"))
    return [row[1] for row in rows if row]


def under_cursor(desk: Desk) -> str:
    """The whole problem of the session under the cursor."""
    return desk.part("#preview")[1].strip()


async def test_an_empty_history_says_in_three_lines_what_to_do(database: Path) -> None:
    async with sitting(database, (80, 24)) as desk:
        told = [row.strip() for row in desk.part("#empty") if row.strip()]
        assert len(told) == 3
        assert told[0] == "No session yet."
        assert "fivewhys demo" in told[2]
        # Keys that need a session do nothing.
        await desk.press("enter", "e", "d", "u", "down", "end", "pagedown")
        assert "No deleted session is left" in desk.hint or desk.hint == ""
        await desk.sees("No session yet.")


async def test_sessions_show_number_problem_place_date_state_and_roots(
    database: Path, ines: Store
) -> None:
    tree = grow(ines, begun(ines, "customers are angry", site="Harwick", department="Billing"), "a")
    ines.apply(tree, SetPart(cause=named(tree, "a").id, part=Part.ROOT))
    begun(ines, "line 3 stands still")
    async with sitting(database) as desk:
        assert sessions(desk) == ["line 3 stands still", "customers are angry"]
        row = desk.row_with("customers are angry")
        date = f"{tree.session.opened_at:%Y-%m-%d}"
        for part in ("S-1", "Harwick · Billing", date, "open", "◆ 1"):
            assert part in row
        assert "2 sessions" in desk.rows[0]


async def test_letters_that_are_no_command_begin_a_search(database: Path, ines: Store) -> None:
    begun(ines, "customers are angry", site="Harwick")
    begun(ines, "line 3 stands still", site="Eastmere")
    begun(ines, "customers wait too long", site="Harwick")
    async with sitting(database) as desk:
        await desk.type("customers")
        await desk.misses("line 3 stands still")
        await desk.sees("2 sessions")
        assert sessions(desk) == ["customers wait too long", "customers are angry"]
        await desk.type(" angry harw")
        await desk.sees("1 session")
        await desk.press("down")
        assert under_cursor(desk) == "customers are angry"
        await desk.press("enter")
        await desk.sees("Why are customers angry?")
        await desk.press("escape", "q")
        # The search is still there, and Esc shows all again.
        await desk.sees("1 session")
        await desk.press("escape")
        await desk.sees("3 sessions")
        assert under_cursor(desk) == "customers are angry"


async def test_slash_searches_words_that_begin_with_a_command_too(
    database: Path, ines: Store
) -> None:
    begun(ines, "needles are blunt")
    begun(ines, "every door squeaks")
    async with sitting(database) as desk:
        await desk.press("/")
        await desk.type("needles")
        await desk.misses("every door")
        await desk.press("enter", "enter")
        await desk.sees("Why are needles blunt?")
    async with sitting(database) as desk:
        await desk.type("/S-2\r")
        await desk.sees("1 session")
        assert under_cursor(desk) == "every door squeaks"


async def test_words_that_no_session_has_say_so(database: Path, ines: Store) -> None:
    begun(ines, "customers are angry")
    async with sitting(database) as desk:
        await desk.type("zebra")
        await desk.sees("No problem, place or name has these words.", "0 sessions")
        await desk.press("escape")
        await desk.sees("customers are angry")


async def test_several_hundred_sessions_come_page_by_page(
    database: Path, ines: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 451):
        ines.start(StartSession(problem=f"problem {number}"))
    asked: list[int] = []
    read = Store.library

    def counted(
        store: Store, search: str = "", before: int | None = None, limit: int = 50
    ) -> object:
        lines = read(store, search, before, limit)
        asked.append(limit)
        return lines

    monkeypatch.setattr(Store, "library", counted)
    async with sitting(database) as desk:
        await desk.sees("200+ sessions", "problem 450")
        await desk.press("end")
        assert under_cursor(desk) == "problem 251"
        await desk.press("end", "end", "end")
        assert under_cursor(desk) == "problem 1"
        await desk.sees("450 sessions")
        assert max(asked) == library.PAGE
        await desk.press("pageup", "pagedown", "up")
        assert under_cursor(desk) == "problem 2"
        # One comes back to where one left.
        await desk.press("enter")
        await desk.sees("Why: problem 2?")
        await desk.press("escape", "q")
        await desk.sees("S-2 ")
        assert under_cursor(desk) == "problem 2"
        await desk.press("home", "down")
        assert under_cursor(desk) == "problem 449"


async def test_coming_back_shows_what_was_changed(database: Path, ines: Store, angry: Tree) -> None:
    async with sitting(database) as desk:
        await desk.press("enter")
        await desk.type("overcharged\r")
        await desk.press("ctrl+g", "enter", "escape", "home", "e", "ctrl+u")
        await desk.type("guests are angry\r")
        await desk.press("q")
        await desk.sees("guests are angry")
        assert "◆ 1" in desk.row_with("S-1")
        # Others' changes show when one comes back, too.
        await desk.press("enter")
        tree = ines.tree(angry.session.id)
        ines.apply(tree, EditCause(cause=tree.problem.id, text="guests are very angry"))
        await desk.press("escape", "q")
        await desk.sees("guests are very angry")


async def test_n_begins_a_session_and_esc_does_not(database: Path, ines: Store) -> None:
    async with sitting(database) as desk:
        await desk.press("n")
        await desk.sees("What happened?")
        await desk.press("escape")
        await desk.sees("No session yet.")
        await desk.press("n")
        await desk.type("customers are angry\r")
        await desk.sees("Why are customers angry?")
        await desk.press("escape", "q")
        await desk.sees("1 session", "S-1")


async def test_e_writes_the_markdown_and_says_where(
    database: Path, ines: Store, tmp_path: Path
) -> None:
    tree = grow(ines, begun(ines, "customers are angry"), "overcharged")
    folder = tmp_path / "x"
    async with sitting(database, (200, 50), exports=folder) as desk:
        await desk.press("e")
        date = f"{tree.session.opened_at:%Y-%m-%d}"
        path = folder / f"{date}-customers-are-angry.md"
        await desk.sees(f"Written: {path}")
        assert "overcharged" in path.read_text("utf-8")
        # It is never written over.
        path.write_text("mine")
        await desk.press("e")
        await desk.sees(f"Written: {folder / f'{date}-customers-are-angry-2.md'}")
        assert path.read_text() == "mine"


async def test_of_a_long_path_the_name_of_the_file_stays_in_sight(
    database: Path, ines: Store, tmp_path: Path
) -> None:
    begun(ines, "customers are angry about the prices of books")
    folder = tmp_path / "a folder with a long name" / "in which there is another folder"
    async with sitting(database, (80, 24), exports=folder) as desk:
        await desk.press("e")
        await desk.sees("Written: ")
        (path,) = folder.iterdir()
        assert desk.row_with("Written: ").endswith(f"…{path}"[-40:])


async def test_what_is_wrong_with_a_template_is_told_beside_where_it_was_written(
    database: Path, ines: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(ines, "customers are angry")
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "session.md").write_text("{% if %}\n", "utf-8")
    monkeypatch.setenv("FIVEWHYS_TEMPLATES", str(templates))
    async with sitting(database, (240, 24), exports=tmp_path / "x") as desk:
        await desk.press("e")
        await desk.sees("Written: ", "session.md, line 1")
        assert "-customers-are-angry.md" in desk.hint


async def test_an_export_that_cannot_be_written_is_told_in_a_sentence(
    database: Path, ines: Store, tmp_path: Path
) -> None:
    begun(ines, "customers are angry")
    folder = tmp_path / "a file"
    folder.write_text("mine")
    async with sitting(database, exports=folder) as desk:
        await desk.press("e")
        await desk.sees("a part of its path is a")
        assert folder.read_text() == "mine"


async def test_d_deletes_and_u_brings_back_one_after_the_other(database: Path, ines: Store) -> None:
    for problem in ("one", "two", "three"):
        begun(ines, problem)
    async with sitting(database) as desk:
        await desk.press("down", "d")
        assert desk.hint == "Deleted S-2. u brings it back."
        assert sessions(desk) == ["three", "one"]
        await desk.press("delete")
        assert sessions(desk) == ["three"]
        await desk.press("u")
        assert desk.hint == "S-1 is back."
        await desk.press("ctrl+z")
        assert desk.hint == "S-2 is back."
        assert sessions(desk) == ["three", "two", "one"]
        await desk.press("u")
        assert desk.hint == "No deleted session is left to bring back."
    async with sitting(database) as desk:
        await desk.press("d")
    # It can be brought back after a restart as well.
    async with sitting(database) as desk:
        assert sessions(desk) == ["two", "one"]
        await desk.press("u")
        assert sessions(desk) == ["three", "two", "one"]


async def test_what_another_deleted_for_good_is_told_in_a_sentence(
    database: Path, ines: Store, angry: Tree
) -> None:
    async with sitting(database) as desk:
        ines.apply(angry, DeleteSession())
        ines.purge_deleted()
        for key in ("enter", "e", "d"):
            await desk.press(key)
            await desk.sees("This session is no longer there.")


async def test_the_first_page_is_there_before_the_store_is(
    database: Path, ines: Store, angry: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = threading.Event()
    begin = Store.__init__

    def slow(store: Store, *args: object, **more: object) -> None:
        assert opening.wait(PATIENCE)
        begin(store, *args, **more)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(Store, "__init__", slow)
    async with sitting(database, wait=False) as desk:
        await desk.sees("S-1", "customers are angry", "1 session")
        # The screen waits for the store now, and so does what looks whether it is done.
        threading.Timer(0.2, opening.set).start()
        await desk.press("enter")
        await desk.sees("Because")


async def test_a_file_that_is_no_history_ends_the_program_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "text.db"
    path.write_text("mine\n" * 1000)
    async with sitting(path, wait=False) as desk:
        await desk.ends()
    assert desk.app.return_code == 1
    assert path.read_text() == "mine\n" * 1000
    assert "is not a Five Whys history" in " ".join(capsys.readouterr().err.split())


async def test_the_columns_give_way_on_narrow_screens(database: Path, ines: Store) -> None:
    problem = "guests waited up to 25 minutes to check in at the desk on Friday evening"
    begun(ines, problem, site="Harwick", department="Front desk")
    for size in ((40, 12), (60, 20), (80, 24), (200, 50)):
        async with sitting(database, size) as desk:
            row = desk.row_with("S-1")
            assert "guests" in row
            assert "open" in row
            # What the row cuts stands below the list in full.
            assert problem in desk.told("#preview")


async def test_opening_a_session_by_its_number(examples: Path) -> None:
    async with meeting(examples, number=2) as desk:
        await desk.sees("S-2  ")
    async with sitting(examples, open_number=99) as desk:
        await desk.sees("There is no session S-99")
        await desk.sees("S-8")
