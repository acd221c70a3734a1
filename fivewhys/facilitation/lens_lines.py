"""On which line of a TOML text a name stands, so that a sentence about it can say where.

TOML readers tell the line of what they cannot read, but not of what they read. So the lines that
open a category or give something a name are looked for as people write them; where a text is
written in another way, no line is told.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_OPENS = re.compile(r"[ \t]*(\[{1,2})[ \t]*(\w+)[ \t]*\]{1,2}")
_NAMES = re.compile(r"[ \t]*(?:\"([^\"\\]+)\"|'([^']+)'|([\w-]+))[ \t]*=")
_LONG_TEXT = ('"""', "'''")
"""What opens a text of several lines, which may hold anything."""


@dataclass(frozen=True, slots=True)
class Place:
    """A lens or one of its categories in a text: what it is called in messages, and its lines."""

    where: str
    number: int = 0
    """Which category it is; 0 for the lens itself."""
    opened: int = 0
    """The line that opens the category; 0 where it is not known."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """The line of each name in it."""

    @property
    def line(self) -> str:
        """Where it begins."""
        return self._at(self.opened)

    def of(self, name: str) -> str:
        """Where `name` stands, or else where the whole begins."""
        return self._at(self.lines.get(name, self.opened))

    def _at(self, line: int) -> str:
        if not self.number:
            return f"{self.where}, line {line}" if line else self.where
        category = f"{self.where}, category {self.number}"
        return f"{category} (line {line})" if line else category


class Lines:
    """The lines of a text that is TOML."""

    def __init__(self, text: str) -> None:
        self._head: dict[str, int] = {}
        self._categories: list[tuple[int, dict[str, int]]] = []
        if any(mark in text for mark in _LONG_TEXT):
            return
        names = self._head
        for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
            if opens := _OPENS.match(line):
                if opens[1] == "[[" and opens[2] == "categories":
                    names = {}
                    self._categories.append((number, names))
                else:
                    self._head.setdefault(opens[2], number)
                    names = {}
            elif found := _NAMES.match(line):
                names.setdefault(found[1] or found[2] or found[3], number)

    def head(self, where: str) -> Place:
        """The place of the lens itself."""
        return Place(where, lines=self._head)

    def categories(self, where: str, count: int) -> Sequence[Place]:
        """The places of its `count` categories."""
        if len(self._categories) != count:
            return [Place(where, number) for number in range(1, count + 1)]
        return [
            Place(where, number, opened, names)
            for number, (opened, names) in enumerate(self._categories, 1)
        ]
