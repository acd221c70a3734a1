"""The one gate for text that comes from outside: typed, pasted, imported, another database.

Escaping for a format is not done here but where that format is written.
"""

import re
import unicodedata

MOST_CHARACTERS = 100_000
"""The longest text of one field, in characters: far above any answer, far below trouble."""

_TERMINAL_SEQUENCE = re.compile(
    "\x1b\\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor moves
    "|\x9b[0-?]*[ -/]*[@-~]"  # the same with the one-character C1 introducer
    "|(?:\x1b[\\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\\\|\x9c|$)"  # OSC, DCS …
)
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # C0 and C1 controls but tab and newline
    "\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufffe\uffff]"  # bidi controls, invisible formats, lone surrogates
)
_SPACES = re.compile(r"\s+")
_LINE_EDGE = re.compile(r"[^\S\n]*\n[^\S\n]*")
_MANY_LINES = re.compile(r"\n{3,}")
_BLANKS = re.compile(r"[^\S\n]+")


def clean(text: str) -> str:
    """Return `text` as one line that is safe on every screen.

    Terminal sequences, control characters and bidirectional overrides go; every run of white
    space becomes one space; the rest is kept, in Unicode's composed form (NFC). Joiners inside
    emoji stay. Cleaning twice changes nothing more.
    """
    return _SPACES.sub(" ", _visible(text)).strip()


def clean_lines(text: str) -> str:
    """Like `clean`, but keep line breaks (at most one empty line in a row)."""
    text = _BLANKS.sub(" ", _visible(text))
    return _MANY_LINES.sub("\n\n", _LINE_EDGE.sub("\n", text)).strip()


def without_sequences(text: str) -> str:
    """`text` without terminal sequences: colours, titles, cursor moves."""
    return _TERMINAL_SEQUENCE.sub("", text)


def _visible(text: str) -> str:
    text = without_sequences(text)
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _LINE_END.sub("\n", text)))


def excerpt(text: str, length: int = 60) -> str:
    """The beginning of `text`: at most `length` characters, cut at a word, with an ellipsis."""
    text = clean(text)
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[length // 2 :] else cut).rstrip(" ,;:.") + "…"
