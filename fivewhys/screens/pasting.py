"""Pasted text is text: escape characters in it must not press keys.

Textual reads terminal sequences inside a bracketed paste as it reads them outside, so a pasted
BEL or CR after an ESC marked roots and gave answers. This takes escape sequences out of what stands
between the two marks of a paste, before Textual reads it.
"""

import sys
from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.message import Message

from fivewhys.text import without_sequences

BEGIN, END = "\x1b[200~", "\x1b[201~"


class PasteParser(XTermParser):
    """Textual's parser, fed with pastes that hold no escape characters."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._pasting = False
        self._held = ""
        """The end of what was read, where it may be the beginning of `END`."""

    def feed(self, data: str) -> Iterable[Message]:
        """Parse what was read; an empty text is the end of all input."""
        clean = self._clean(data)
        # An empty text would end all input, but this one is only held back.
        return () if data and not clean else super().feed(clean)

    def _clean(self, data: str) -> str:
        text, self._held = self._held + data, ""
        parts = []
        while text:
            if not self._pasting:
                before, mark, text = text.partition(BEGIN)
                parts += [before, mark]
                self._pasting = bool(mark)
                continue
            pasted, mark, rest = text.partition(END)
            if not mark:
                kept = next((n for n in range(5, 0, -1) if pasted.endswith(END[:n])), 0)
                pasted, self._held = pasted[: len(pasted) - kept], pasted[len(pasted) - kept :]
            parts += [without_sequences(pasted).replace("\x1b", ""), mark]
            self._pasting = not mark
            text = rest
        return "".join(parts)


def install() -> None:
    """Let Textual's terminal driver read through `PasteParser`, where there is such a driver."""
    if sys.platform != "win32":
        from textual.drivers import linux_driver

        # The driver makes its parser by this name and offers no other way in.
        linux_driver.XTermParser = PasteParser  # type: ignore[attr-defined]  # private
