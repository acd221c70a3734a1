"""The files with a team's own templates: which there are, and what is in them.

A file that cannot be read is told of in a sentence, and the others still count.
"""

from pathlib import Path

from fivewhys.reports.templates import INSTEAD, Own
from fivewhys.text import clean

LONGEST_FILE = 100_000
"""Bytes of one template, many times the longest of the package: more is something else."""

MOST_FILES = 50
"""Files of one folder: more are no templates, but a folder of something else."""


def own_templates(folder: Path) -> Own:
    """A team's own templates from `folder`, by the names of their files; none where it is not."""
    texts: dict[str, str] = {}
    problems = []
    try:
        paths = _template_files(folder)
    except OSError as error:
        return Own({}, (f"“{clean(str(folder))}” cannot be looked into: {_words(error)}.",))
    for path in paths[:MOST_FILES]:
        try:
            texts[path.name] = _text(path)
        except ValueError as problem:
            problems.append(f"{clean(path.name)}{problem} {INSTEAD}")
    if len(paths) > MOST_FILES:
        problems.append(
            f"“{clean(str(folder))}” has {len(paths)} files; the first {MOST_FILES} were read. "
            "Keep the templates in a folder of their own."
        )
    return Own(texts, tuple(problems))


def _template_files(folder: Path) -> list[Path]:
    try:
        found = list(folder.iterdir())
    except FileNotFoundError:
        return []
    # Hidden ones are an editor's or the system's (._session.md), not the team's.
    return sorted(
        path
        for path in found
        if path.suffix == ".md" and not path.name.startswith(".") and path.is_file()
    )


def _text(path: Path) -> str:
    """What is in a file. Raises ValueError with the end of a sentence that begins with its name."""
    try:
        with path.open("rb") as file:
            data = file.read(LONGEST_FILE + 1)
    except OSError as error:
        raise ValueError(f" cannot be read: {_words(error)}.") from None
    if len(data) > LONGEST_FILE:
        raise ValueError(f" has more than {LONGEST_FILE:,} bytes, too many for a template.")
    try:
        # An editor's mark at the beginning is no part of the page.
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ValueError(
            f", line {line}: this is not written in UTF-8. Save the file as UTF-8."
        ) from None


def _words(error: OSError) -> str:
    return clean(error.strerror or str(error)).rstrip(".").lower()
