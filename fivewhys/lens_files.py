"""The files with a team's own lenses: which there are, and what they say.

A file that cannot be read is told of in a sentence, and the others still count.
"""

from dataclasses import dataclass
from pathlib import Path

from fivewhys.facilitation.lens_lines import Lines
from fivewhys.facilitation.lenses import LONGEST_FILE, Lens, NotALens, read_lens, together
from fivewhys.text import clean

MOST_FILES = 50
"""Files of one folder: more are no lenses, but a folder of something else."""


@dataclass(frozen=True, slots=True)
class Lenses:
    """The lenses to choose from, and a sentence for each file that is none."""

    known: tuple[Lens, ...]
    problems: tuple[str, ...] = ()


def all_lenses(folder: Path) -> Lenses:
    """A team's own lenses from `folder` by the names of their files, then the built-in ones."""
    own: dict[str, Lens] = {}
    files: dict[str, str] = {}
    problems = []
    try:
        paths = lens_files(folder)
    except OSError as error:
        paths = []
        problems.append(f"“{clean(str(folder))}” cannot be looked into: {_words(error)}.")
    for path in paths[:MOST_FILES]:
        name = clean(path.name)
        try:
            text = _text(path, name)
            lens = read_lens(text, name)
        except NotALens as problem:
            problems.append(str(problem))
            continue
        if lens.id in own:
            place = Lines(text).head(name).of("id")
            problems.append(
                f"{place}: the id “{lens.id}” is that of {files[lens.id]} already. Give it another."
            )
            continue
        own[lens.id], files[lens.id] = lens, name
    if len(paths) > MOST_FILES:
        problems.append(
            f"“{clean(str(folder))}” has {len(paths)} files; the first {MOST_FILES} were read. "
            "Keep the lenses in a folder of their own."
        )
    return Lenses(together(tuple(own.values())), tuple(problems))


def lens_files(folder: Path) -> list[Path]:
    """The files in `folder` that should be lenses; none where the folder is not there.

    Raises OSError where it cannot be looked into.
    """
    try:
        found = list(folder.iterdir())
    except FileNotFoundError:
        return []
    # Hidden ones are an editor's or the system's (._name.toml), not the team's.
    return sorted(
        path
        for path in found
        if path.suffix.lower() == ".toml" and not path.name.startswith(".") and path.is_file()
    )


def _text(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            # A character has at most four bytes; what is longer than that is no lens.
            data = file.read(4 * LONGEST_FILE + 1)
    except OSError as error:
        raise NotALens(f"{name} cannot be read: {_words(error)}.") from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end >= len(data) > 4 * LONGEST_FILE:
            return data.decode("utf-8", "ignore")
        line = data.count(b"\n", 0, error.start) + 1
        raise NotALens(
            f"{name}, line {line}: this is not written in UTF-8. Save the file as UTF-8."
        ) from None


def _words(error: OSError) -> str:
    return clean(error.strerror or str(error)).rstrip(".").lower()
