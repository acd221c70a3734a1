"""What comes in: readers for files that people already have, each a text in and records out.

Pure: no files, no SQL, no clock. Every reader raises `Unreadable` for everything that it cannot
take, and never anything else; what is read has been through the same rules as what is typed.
"""

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fivewhys.models.tree import Record

WHOLE = "This file"
"""How the text of an error begins that is about a whole file."""


class Unreadable(ValueError):
    """A file that cannot be read; its text tells the person what is wrong, where, what to do.

    The text begins with “This file”, or with a place in it: “Line 12: …”.
    """

    def of(self, name: str) -> str:
        """The text with the file's `name`, which no reader knows: “chains.jsonl, line 12: …”."""
        text = str(self)
        if text.startswith(WHOLE):
            return name + text.removeprefix(WHOLE)
        return f"{name}, {text[0].lower()}{text[1:]}"


def read(text: str, *, now: datetime) -> "list[Record]":
    """The sessions in `text`: an archive, or chains as JSON or JSON Lines.

    `now` (aware) is taken as the opening of sessions that do not say when they were opened. Raises
    `Unreadable` where `text` is anything else.
    """
    # Deferred, so that asking for `Unreadable` alone does not load pydantic.
    from fivewhys.imports import archive, chains, json_text

    data = json_text.parse(text)
    if archive.is_archive(data):
        return archive.records(data)
    return chains.records(data, now)
