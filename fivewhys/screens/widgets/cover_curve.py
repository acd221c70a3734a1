"""The curve of the few that cover most: a bar for each cause, its values beside it."""

from rich.cells import cell_len
from rich.text import Text

from fivewhys.patterns.findings.values import Cover
from fivewhys.reports import patterns_words as words
from fivewhys.screens.look import cut, shown
from fivewhys.screens.widgets.bars import Drawn

MOST_STEPS = 12
"""Bars in sight; those about the cause under the cursor where there are more."""

_LEAST_BAR, _MOST_BAR = 12, 40


def add_curve(widget: Drawn, text: Text, cover: Cover, here: int, width: int) -> None:
    """Add the curve to `text`, the step at `here` marked, and in words what it comes to."""
    palette, marks = widget.palette, widget.marks
    plain, quiet = palette.style("text"), palette.style("quiet")
    text.append(f"{cover_in_words(cover)}\n", palette.style("text", bold=True))
    first = min(max(0, here - MOST_STEPS // 2), max(0, len(cover.steps) - MOST_STEPS))
    steps = [*enumerate(cover.steps)][first : first + MOST_STEPS]
    numbers = max(cell_len(f"{step.gain:,}") for step in cover.steps)
    room = min(_MOST_BAR, max(_LEAST_BAR, width // 3))
    line = min(room - 1, round(cover.wanted * room))
    for place, step in steps:
        is_here = place == here
        filled = round(step.share * room)
        text.append(f"{marks.here if is_here else ' '}{place + 1:>3} ", plain)
        bar = "".join(
            "█" if column < filled else "│" if column == line else " " for column in range(room)
        )
        text.append(bar, palette.style("text" if is_here else "link", bold=is_here))
        text.append(f" {words.percent(step.share):>5}  +{step.gain:<{numbers},}  ", plain)
        left = width - room - numbers - 16
        if left > 8:
            text.append(cut(shown(step.text), left, marks.cut), quiet)
        text.append("\n")
    text.append(f"{' ' * (5 + line)}│ {words.percent(cover.wanted)}\n", quiet)


def cover_in_words(cover: Cover) -> str:
    """What the curve comes to, in a sentence."""
    number = words.count(len(cover.steps), "root cause" if cover.is_roots_only else "cause")
    reach = "leads" if len(cover.steps) == 1 else "lead"
    told = f"{number} {reach} to {words.reached(cover)} of {words.count(cover.problems, 'problem')}"
    if cover.share < cover.wanted:
        return f"{told}; {words.percent(cover.wanted)} were asked for, and nothing reaches more."
    return f"{told}."
