import errno
import os
import stat
import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from fivewhys.files import NotWritten, export_name, free_path, write
from tests.building import session


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


def refusal(path: Path, text: str = "new", *, replace: bool = False) -> str:
    with pytest.raises(NotWritten) as caught:
        write(path, text, replace=replace)
    return str(caught.value)


def test_text_is_written_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folders" / "plan.md"
    assert write(path, "één\ntwee\r\n客\n") == path
    assert path.read_bytes() == "één\ntwee\r\n客\n".encode()
    assert names(path.parent) == ["plan.md"]


def test_folders_are_only_made_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "mistyped" / "plan.md"
    with pytest.raises(NotWritten) as caught:
        write(path, "new", make_folders=False)
    assert str(caught.value).startswith(f"There is no folder “{path.parent}”, so nothing was")
    assert names(tmp_path) == []
    path.parent.mkdir()
    assert write(path, "new", make_folders=False).read_text() == "new"


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    path = write(tmp_path / "plan.md", "old")
    assert "is there already and was left as it is" in refusal(path)
    assert path.read_text() == "old"
    assert names(tmp_path) == ["plan.md"]


def test_a_file_is_replaced_when_asked(tmp_path: Path) -> None:
    path = write(tmp_path / "plan.md", "old")
    write(path, "new", replace=True)
    assert path.read_text() == "new"
    assert names(tmp_path) == ["plan.md"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_new_file_has_the_usual_permissions_and_a_replaced_one_keeps_its_own(
    tmp_path: Path,
) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    path = write(tmp_path / "plan.md", "old")
    assert path.stat().st_mode == usual.stat().st_mode
    path.chmod(0o640)
    write(path, "new", replace=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_is_followed_when_replacing_and_left_alone_otherwise(tmp_path: Path) -> None:
    target = write(tmp_path / "target.md", "old")
    link = tmp_path / "link.md"
    link.symlink_to(target)
    assert "is there already" in refusal(link)
    write(link, "new", replace=True)
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_of_many_writers_one_wins(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    start = threading.Barrier(8)
    done = []

    def run(number: int) -> None:
        start.wait()
        try:
            write(path, f"{number}" * 10_000)
        except NotWritten:
            return
        done.append(number)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = done
    assert path.read_text() == f"{winner}" * 10_000
    assert names(tmp_path) == ["plan.md"]


def failing(number: int) -> Any:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "There is no room left for"),
        (errno.EDQUOT, "There is no room left for"),
        (errno.EACCES, "may not be written by you"),
        (errno.EROFS, "on a disk that may only be read"),
        (errno.EIO, "is no path that can be used"),
    ],
)
@pytest.mark.parametrize("replace", [False, True])
def test_nothing_is_left_behind_when_the_disk_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, says: str, replace: bool
) -> None:
    old = write(tmp_path / "old.md", "old")
    monkeypatch.setattr(os, "fsync", failing(number))
    assert says in refusal(old if replace else tmp_path / "new.md", replace=replace)
    assert names(tmp_path) == ["old.md"]
    assert old.read_text() == "old"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("replace", [False, True])
def test_a_pipe_is_written_into_and_stays(tmp_path: Path, replace: bool) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text("utf-8")))
    reader.start()
    assert write(pipe, "één\n", replace=replace) == pipe
    reader.join(10)
    assert read == ["één\n"]
    assert pipe.is_fifo()
    assert names(tmp_path) == ["pipe"]


def test_file_systems_without_hard_links_are_served_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "hardlink_to", failing(errno.EPERM))
    path = write(tmp_path / "plan.md", "text")
    assert path.read_text() == "text"
    assert "is there already" in refusal(path)
    monkeypatch.setattr(Path, "replace", failing(errno.EIO))
    refusal(tmp_path / "other.md")
    assert names(tmp_path) == ["plan.md"]


def test_what_cannot_be_a_file_is_said(tmp_path: Path) -> None:
    write(tmp_path / "file", "x")
    assert "is a folder" in refusal(tmp_path)
    assert "a part of its path is a file" in refusal(tmp_path / "file" / "plan.md")
    assert "a part of its path is a file" in refusal(tmp_path / "file" / "deep" / "plan.md")
    assert "is too long" in refusal(tmp_path / ("x" * 300))
    assert "is no path that can be used" in refusal(tmp_path / "a\0b")
    assert "no file can hold" in refusal(tmp_path / "plan.md", "\ud800")
    assert names(tmp_path) == ["file"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_locked_folder_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "may not be written by you" in refusal(tmp_path / "plan.md")


def test_the_longest_name_fits(tmp_path: Path) -> None:
    assert write(tmp_path / ("x" * 252 + ".md"), "text").read_text() == "text"


def test_export_names_say_when_and_what() -> None:
    tree = session("Customers are angry!")
    assert export_name(tree) == "2026-11-21-customers-are-angry.md"
    assert export_name(tree, "json") == export_name(tree, ".json")
    assert export_name(session("🙂")) == "2026-11-21-session.md"
    assert export_name(session("../x/con")) == "2026-11-21-x-con.md"


def test_export_names_have_the_utc_date() -> None:
    from dataclasses import replace

    tree = session("x")
    late = datetime(2026, 11, 22, 1, 0, tzinfo=timezone(timedelta(hours=3)))
    tree = replace(tree, session=replace(tree.session, opened_at=late))
    assert export_name(tree) == "2026-11-21-x.md"


def test_a_free_name_is_found(tmp_path: Path) -> None:
    assert free_path(tmp_path, "a.md") == tmp_path / "a.md"
    write(tmp_path / "a.md", "x")
    assert free_path(tmp_path, "a.md") == tmp_path / "a-2.md"
    write(tmp_path / "a-2.md", "x")
    assert free_path(tmp_path, "a.md") == tmp_path / "a-3.md"
    assert free_path(tmp_path / "none", "a.md") == tmp_path / "none" / "a.md"
