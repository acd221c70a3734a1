"""The causal map around one cause as a Mermaid flowchart, causes on the left.

As in a session's picture, states are told by the form of the box, by a mark and by a word, never by
colour, so that it reads on light and dark pages and in print.
"""

from fivewhys.patterns.section import Box, Section
from fivewhys.reports import patterns_words as words
from fivewhys.reports.escape import mermaid
from fivewhys.reports.marks import ROOT
from fivewhys.reports.mermaid import LABEL, MOST_CHARACTERS, MOST_NODES, TooLarge
from fivewhys.reports.patterns_text import mark, said

_MOST_ARROWS = 500
"""Mermaid draws no more (`maxEdges`)."""

_CLASSES = {
    "centre": "stroke-width:4px,font-weight:bold",
    "suggested": "stroke-dasharray:6 4",
}


def section_mermaid(section: Section) -> str:
    """The flowchart, ending with a line break; arrows lead from cause to effect.

    Raises `TooLarge` where Mermaid would not draw it.
    """
    names = {box.key: f"n{place}" for place, box in enumerate(section.boxes)}
    lines = ["flowchart LR"]
    lines += [f"    {names[box.key]}{_box(box, section.centre)}" for box in section.boxes]
    for arrow in section.arrows:
        label = mermaid(words.names(arrow.sessions))
        lines.append(f'    {names[arrow.cause]} -->|"{label}"| {names[arrow.effect]}')
    used = "\n".join(lines)
    lines += [
        f"    classDef {name} {style}" for name, style in _CLASSES.items() if f"::{name}" in used
    ]
    code = "\n".join(lines) + "\n"
    is_large = len(section.boxes) > MOST_NODES or len(section.arrows) > _MOST_ARROWS
    if is_large or len(code) > MOST_CHARACTERS:
        raise TooLarge(f"A map of {len(section.boxes):,} causes is too large for one picture.")
    return code


def _box(box: Box, centre: str) -> str:
    sign = mark(box)
    text = f"{sign.shape} {said(box, LABEL)}"
    label = f"{mermaid(text)}<br/>{mermaid(words.names(box.sessions))}"
    left, right = ("([", "])") if box.is_problem else ("{{", "}}") if sign is ROOT else ("[", "]")
    style = ":::centre" if box.key == centre else "" if box.is_confirmed else ":::suggested"
    return f'{left}"{label}"{right}{style}'
