"""One escape for each format that leaves the program, so that text from people stays text.

All of them take text that has been through `fivewhys.text.clean` or `clean_lines`.
"""

import re
import string
import textwrap
import unicodedata
from urllib.parse import urlsplit

_PUNCTUATION = frozenset(string.punctuation)
_ENTITY = re.compile(r"&(?=#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{0,31};)")
_LIST_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)", re.ASCII)
_UNDERLINE = re.compile(r"=+\s*$")
_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\\^`{|}\"]+", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^\s@]+@[^\s@]+", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""How cells begin that spreadsheets calculate; some take the wide forms of these for the same."""

MERMAID_LINE = 40
"""Characters in one line of a Mermaid label."""
_MERMAID_PLAIN = frozenset(" .,!?/=+'")

MOST_NAME = 60
"""Characters of a file name made from text, well below what any file system takes."""
_WINDOWS_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))]
)

_NEAREST = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
        "·": "-",
        "×": "x",
        "→": "->",
        "ß": "ss",
        "Æ": "AE",
        "æ": "ae",
        "Ø": "O",
        "ø": "o",
        "Œ": "OE",
        "œ": "oe",
        "Ł": "L",
        "ł": "l",
        "€": "EUR",
    }
)


class Markdown(str):
    """Text that is Markdown already: `markdown` leaves it alone."""

    __slots__ = ()


def markdown(text: str) -> Markdown:
    """`text` so that CommonMark and GitHub show exactly its characters, wherever it stands.

    Only what would mean something is escaped, so that the source stays readable: `snake_case`,
    `C:\\temp`, `a < b` and `#12` stay as they are. Line breaks stay line breaks of the source.
    """
    if isinstance(text, Markdown):
        return text
    return Markdown("\n".join(map(_markdown_line, text.split("\n"))))


def _markdown_line(line: str) -> str:
    opening = _block_opening(line)
    last = len(line) - 1
    parts = []
    for index, char in enumerate(line):
        if char in _PUNCTUATION:
            before = line[index - 1] if index else ""
            after = line[index + 1] if index < last else ""
            if index == opening or _means_something(line, index, before, char, after):
                parts.append("\\")
        parts.append(char)
    return "".join(parts)


def _block_opening(line: str) -> int:
    """The index of the character that would make `line` a list, quote or underline, else -1."""
    if number := _LIST_NUMBER.match(line):
        return number.end(1)
    first, second = line[:1], line[1:2]
    opens = (
        first == ">"
        or (first == "+" and (not second or second.isspace()))
        or (first == "-" and not second.isalnum())
        or (first == ":" and second in ("-", "|", " "))
        or _UNDERLINE.match(line) is not None
    )
    return 0 if opens else -1


def _means_something(line: str, index: int, before: str, char: str, after: str) -> bool:
    """Whether `char` could be more than itself inside a line of Markdown."""
    if char in "*`[]|":
        return True
    if char == "\\":
        return not after or after in _PUNCTUATION
    if char == "_":
        return not (before.isalnum() and after.isalnum())
    if char == "~":
        # “~20 minutes” can only open a strike-through, and nothing is left that could close it.
        return not (after.isalnum() and (not before or before.isspace()))
    if char == "<":
        return not after.isspace()
    if char == "&":
        return _ENTITY.match(line, index) is not None
    if char == "#":
        return (not before or before.isspace() or before == "#") and not after.isalnum()
    return False


def cell(text: str) -> Markdown:
    """`text` as a cell of a Markdown table: one line, however many it had, with its pipes kept."""
    return markdown(" ".join(text.split())) if not isinstance(text, Markdown) else text


def csv_cell(text: str) -> str:
    """`text` as a cell of a CSV file: one that a spreadsheet would calculate is kept as text."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def link(text: str) -> Markdown:
    """`text` as a link where it is a well-formed web or mail address, else as literal text."""
    return Markdown(f"<{text}>") if is_address(text) else markdown(text)


def is_address(text: str) -> bool:
    """Whether `text` is an http, https or mailto address that can be trusted to lead where it says.

    An address with a name and password before its host can look like another site: it is not one.
    """
    if not _LINK.fullmatch(text):
        return False
    if text[:7].lower() == "mailto:":
        return _MAIL.fullmatch(text) is not None
    try:
        host = urlsplit(text).netloc
    except ValueError:
        return False
    return _HOST.fullmatch(host) is not None


def mermaid(text: str) -> str:
    """`text` as the inside of a quoted Mermaid label, in lines of about 40 characters.

    Plain quoting got 20 of 57 nasty labels wrong in Mermaid 11; this rule got all of them right.
    """
    seen = "".join(" " if char.isspace() else char for char in text if _is_seen(char))
    lines = textwrap.wrap(seen, MERMAID_LINE, break_on_hyphens=False)
    return "<br/>".join(map(_mermaid_line, lines))


def _is_seen(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Cs")


def _mermaid_line(line: str) -> str:
    written = "".join(
        char
        if char.isalpha() or char.isdecimal() or char in _MERMAID_PLAIN or ord(char) > 0x2FFF
        else f"#{ord(char)};"
        for char in line
    )
    # Mermaid reads “1. …” at the start of a label as a list, which it then refuses to draw.
    return f"\u200b{written}" if line[:1].isdigit() else written


def plain_ascii(text: str) -> str:
    """`text` in ASCII: accents and typographic marks become their nearest, the rest a ?."""
    apart = unicodedata.normalize("NFKD", text.translate(_NEAREST))
    plain = "".join(char for char in apart if not unicodedata.combining(char))
    return plain.encode("ascii", "replace").decode("ascii")


def file_name(text: str, otherwise: str = "session") -> str:
    """`text` as a file name without suffix: lower-case ASCII words, safe on every system.

    Other scripts are spelled in Latin letters; where nothing is left, the name is `otherwise`.
    """
    from slugify import slugify

    name = slugify(text[: 8 * MOST_NAME])
    if len(name) > MOST_NAME:
        cut = name[: MOST_NAME + 1]
        name = cut[: cut.rfind("-")] if "-" in cut[MOST_NAME // 2 :] else cut[:MOST_NAME]
    name = name.strip("-") or otherwise
    return f"{name}-{otherwise}" if name in _WINDOWS_DEVICES else name
