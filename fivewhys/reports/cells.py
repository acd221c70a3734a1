"""Text by the columns that it takes in a shell: Chinese and most emoji take two, accents none."""

from wcwidth import iter_graphemes, width

__all__ = ["fitted", "width", "wrapped"]


def wrapped(text: str, room: int) -> list[str]:
    """The words of `text` in lines of at most `room` columns; what is wider is broken inside.

    Beside this, `wcwidth.wrap` takes minutes for a long sentence of a script without spaces.
    """
    lines = []
    line, used = "", 0
    for word in text.split():
        size = width(word)
        # The vowel signs of some scripts take a column only behind something.
        joined = size + 1 if word.isascii() else width(f" {word}")
        if line and used + joined > room and (size <= room or used + 1 >= room):
            lines.append(line)
            line, used = "", 0
        if size <= room:
            line, used = (f"{line} {word}", used + joined) if line else (word, size)
            continue
        if line:
            line, used = f"{line} ", used + 1
        for sign in iter_graphemes(word):
            size = width(f" {sign}") - 1 if line else width(sign)
            if used + size > room:
                lines.append(line)
                line, used = "", 0
            line, used = line + sign, used + size
    return [*lines, line]


def fitted(text: str, room: int, dots: str = "…") -> str:
    """`text` in exactly `room` columns: filled with spaces, or cut and ended with `dots`."""
    if width(text) > room:
        kept, left = "", room - width(dots)
        for sign in iter_graphemes(text):
            left -= width(sign)
            if left < 0:
                break
            kept += sign
        text = kept.rstrip() + dots[:room]
    return text + " " * (room - width(text))
