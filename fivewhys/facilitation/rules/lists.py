"""Reads the word lists of a language: sections in brackets, # for remarks."""

from functools import cache
from importlib.resources import files


@cache
def sections(name: str) -> dict[str, list[str]]:
    """The lines of each section of a list, for example of `phrases.txt`."""
    text = files("fivewhys.facilitation.rules.english").joinpath(name).read_text("utf-8")
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            lines = found[line.strip("[]")] = []
        elif line and not line.startswith("#"):
            lines.append(line)
    return found


def words(section: str) -> frozenset[str]:
    """The words of one section of `words.txt`."""
    return frozenset(" ".join(sections("words.txt")[section]).split())
