"""All that is known of what a search found, as a text for the pane beside the list."""

from datetime import date

from rich.text import Text

from fivewhys.screens.found_lines import FoundLine
from fivewhys.screens.look import shown
from fivewhys.screens.widgets.bars import Drawn
from fivewhys.screens.widgets.seen_text import about_seen

LETTERS = 2000
"""Of the longest texts as many are shown, around what was found."""


def found_text(widget: Drawn, line: FoundLine | None, today: date) -> Text:
    """The whole of it with what was found in bold, and the way up to the problem."""
    from fivewhys.models.found import excerpt

    text = Text(overflow="fold")
    if line is None:
        return text
    if line.seen is not None:
        return about_seen(widget, line.seen, today)
    palette, marks = widget.palette, widget.marks
    plain, quiet = palette.style("text"), palette.style("quiet")
    told = f" {marks.bullet} ".join([line.kind.capitalize(), *map(shown, line.where)])
    text.append(f"{told}\n", palette.style("quiet", bold=True))
    words, hits = excerpt(line.text, line.hits, LETTERS)
    at = 0
    for start, end in hits:
        text.append(words[at:start], plain)
        text.append(words[start:end], palette.style("link", bold=True))
        at = end
    text.append(f"{words[at:]}\n", plain)
    chain = list(line.context.chain)
    if chain and chain[-1] == line.text:
        chain.pop()
    for effect in reversed(chain):
        text.append(f"{marks.so} ", palette.style("link"))
        text.append(f"{shown(effect)}\n", quiet)
    return text
