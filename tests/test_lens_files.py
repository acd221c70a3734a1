"""A team's own lenses in their folder: what is read, and what is told of the rest."""

import os
from pathlib import Path

import pytest

from fivewhys.facilitation.lenses import LONGEST_FILE, built_in
from fivewhys.lens_files import MOST_FILES, all_lenses


def write(folder: Path, name: str, id: str = "hotel", text: str | None = None) -> Path:
    """Put a lens into the folder."""
    path = folder / name
    lens = f'id = "{id}"\nname = "{name}"\n[[categories]]\nid = "a"\nname = "A"\n'
    path.write_text(lens if text is None else text, "utf-8")
    return path


def test_no_folder_is_no_problem(tmp_path: Path) -> None:
    found = all_lenses(tmp_path / "nowhere")
    assert (found.known, found.problems) == (built_in(), ())


def test_own_lenses_by_the_names_of_their_files(tmp_path: Path) -> None:
    write(tmp_path, "2-shop.toml", "shop")
    write(tmp_path, "1-hotel.TOML", "hotel")
    write(tmp_path, "six.toml", "6m")
    write(tmp_path, "readme.txt", "readme")
    write(tmp_path, "._shop.toml", text="\0")
    (tmp_path / "folder.toml").mkdir()
    found = all_lenses(tmp_path)
    assert [lens.id for lens in found.known[:4]] == ["hotel", "shop", "6m", "customer-behaviour"]
    assert len([lens for lens in found.known if lens.id == "6m"]) == 1
    assert found.problems == ()


def test_a_bad_file_is_told_and_the_others_count(tmp_path: Path) -> None:
    write(tmp_path, "a.toml")
    write(tmp_path, "b.toml")
    write(tmp_path, "c.toml", text="name = nope")
    (tmp_path / "d.toml").write_bytes(b"# one\n# caf\xe9\n")
    (tmp_path / "e.toml").write_bytes("é".encode() * LONGEST_FILE * 3)
    found = all_lenses(tmp_path)
    assert [lens.name for lens in found.known][:1] == ["a.toml"]
    assert found.known[1:] == built_in()
    same, toml, encoding, long = found.problems
    assert same == "b.toml, line 1: the id “hotel” is that of a.toml already. Give it another."
    assert toml.startswith("c.toml, line 1, column 8: ")
    assert encoding == ("d.toml, line 2: this is not written in UTF-8. Save the file as UTF-8.")
    assert long.startswith("e.toml has ")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_no_file_to_wait_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    assert all_lenses(tmp_path).problems == ()


def test_a_file_instead_of_the_folder(tmp_path: Path) -> None:
    path = write(tmp_path, "a.toml")
    found = all_lenses(path)
    assert found.known == built_in()
    assert found.problems == (f"“{path}” cannot be looked into: not a directory.",)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.toml")

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    assert all_lenses(tmp_path).problems == ("a.toml cannot be read: permission denied.",)


def test_a_folder_of_something_else(tmp_path: Path) -> None:
    for number in range(MOST_FILES + 1):
        write(tmp_path, f"{number:03}.toml", f"lens-{number}")
    found = all_lenses(tmp_path)
    assert len(found.known) == MOST_FILES + len(built_in())
    assert found.problems == (
        f"“{tmp_path}” has {MOST_FILES + 1} files; the first {MOST_FILES} were read. "
        "Keep the lenses in a folder of their own.",
    )
