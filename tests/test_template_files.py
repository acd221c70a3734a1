"""A team's own templates in their folder: what is read, and what is told of the rest."""

import os
from pathlib import Path

import pytest

from fivewhys.reports.templates import INSTEAD
from fivewhys.template_files import LONGEST_FILE, MOST_FILES, own_templates


def test_no_folder_is_no_problem(tmp_path: Path) -> None:
    found = own_templates(tmp_path / "nowhere")
    assert (dict(found.texts), found.problems) == ({}, ())


def test_templates_are_named_like_their_files(tmp_path: Path) -> None:
    (tmp_path / "session.md").write_bytes("\ufeffÄrger\r\n{{ x }}\r\n".encode())
    (tmp_path / "foot.md").write_text("The end\n", "utf-8")
    (tmp_path / "readme.txt").write_text("no template", "utf-8")
    (tmp_path / "._session.md").write_bytes(b"\0")
    (tmp_path / "folder.md").mkdir()
    found = own_templates(tmp_path)
    assert found.texts == {"foot.md": "The end\n", "session.md": "Ärger\n{{ x }}\n"}
    assert found.problems == ()


def test_a_bad_file_is_told_and_the_others_count(tmp_path: Path) -> None:
    (tmp_path / "actions.md").write_text("fine", "utf-8")
    (tmp_path / "plan.md").write_bytes(b"one\ncaf\xe9\n")
    (tmp_path / "session.md").write_bytes(b"x" * (LONGEST_FILE + 1))
    found = own_templates(tmp_path)
    assert list(found.texts) == ["actions.md"]
    assert found.problems == (
        f"plan.md, line 2: this is not written in UTF-8. Save the file as UTF-8. {INSTEAD}",
        f"session.md has more than 100,000 bytes, too many for a template. {INSTEAD}",
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_no_file_to_wait_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "session.md")
    assert own_templates(tmp_path).texts == {}


def test_a_file_instead_of_the_folder(tmp_path: Path) -> None:
    path = tmp_path / "templates"
    path.touch()
    found = own_templates(path)
    assert found.texts == {}
    assert found.problems == (f"“{path}” cannot be looked into: not a directory.",)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "session.md").touch()

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    found = own_templates(tmp_path)
    assert found.problems == (f"session.md cannot be read: permission denied. {INSTEAD}",)


def test_a_folder_of_something_else(tmp_path: Path) -> None:
    for number in range(MOST_FILES + 1):
        (tmp_path / f"{number:03}.md").touch()
    found = own_templates(tmp_path)
    assert len(found.texts) == MOST_FILES
    assert found.problems == (
        f"“{tmp_path}” has {MOST_FILES + 1} files; the first {MOST_FILES} were read. "
        "Keep the templates in a folder of their own.",
    )
