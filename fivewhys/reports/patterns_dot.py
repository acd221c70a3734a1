"""The causal map, or a part of it, in Graphviz's DOT language."""

from fivewhys.patterns.section import Box, Section
from fivewhys.reports import patterns_words as words
from fivewhys.reports.patterns_text import mark, said
from fivewhys.text import clean

LABEL = 120
"""Characters of a cause in its box; the tooltip holds the whole sentence."""


def section_dot(section: Section) -> str:
    """The boxes and arrows as one digraph in UTF-8, ending with a line break; causes on the left.

    Roots have bold lines, problems round boxes, and what is joined by suggestion dashed lines. The
    ids are the keys of the causes.
    """
    lines = [
        "digraph causal_map {",
        '  graph [rankdir="LR", charset="UTF-8"];',
        '  node [shape="box", fontname="sans-serif"];',
    ]
    lines += map(_node, section.boxes)
    lines += [
        f"  {quoted(arrow.cause)} -> {quoted(arrow.effect)} "
        f"[label={quoted(words.names(arrow.sessions))}, weight={len(arrow.sessions)}];"
        for arrow in section.arrows
    ]
    return "\n".join([*lines, "}"]) + "\n"


def quoted(text: str) -> str:
    """`text` as a quoted string of DOT that shows exactly its characters.

    Graphviz reads \\N, \\n and the like in labels, and entities such as &lt;, so both their first
    characters are written so that they stand for themselves.
    """
    plain = clean(text).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


def _node(box: Box) -> str:
    label = f"{mark(box).shape} {said(box, LABEL)}"
    label = f"{label} [{words.names(box.sessions)}]"
    styles = [
        *(["rounded"] if box.is_problem else []),
        *(["bold"] if box.roots else []),
        *([] if box.is_confirmed else ["dashed"]),
    ]
    style = f", style={quoted(','.join(styles))}" if styles else ""
    return f"  {quoted(box.key)} [label={quoted(label)}, tooltip={quoted(box.text)}{style}];"
