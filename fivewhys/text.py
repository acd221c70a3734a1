"""The one gate for text that comes from outside: typed, pasted, imported, another database.

Escaping for a format is not done here but where that format is written.
"""

import re
import unicodedata
from hashlib import blake2b

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
_NO_WORD = re.compile(r"[^\w\s]|_")
_TELLING = frozenset("#%&@")
"""Punctuation that can tell two wordings apart: C and C#, 5 and 5 %."""
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


def plain_words(text: str) -> str:
    """`text` without what does not tell two wordings apart: capitals, punctuation, spacing.

    Letters, their marks, digits and symbols stay. A text of nothing but punctuation is itself.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_NO_WORD.sub(_told, plain).split()) or plain


def _told(found: re.Match[str]) -> str:
    sign = found[0]
    return sign if sign in _TELLING or unicodedata.category(sign)[0] in "MS" else " "


def has_words(text: str) -> bool:
    """Whether there is any letter or digit in `text`."""
    return any(map(str.isalnum, text))


def words_number(text: str) -> int:
    """A number from -2**63 to 2**63 - 1 that all texts with the same `plain_words` share.

    Others share it by chance alone: at a million texts, once in forty million histories.
    """
    digest = blake2b(plain_words(text).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def excerpt(text: str, length: int = 60) -> str:
    """The beginning of `text`: at most `length` characters, cut at a word, with an ellipsis."""
    text = clean(text)
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[length // 2 :] else cut).rstrip(" ,;:.") + "…"
