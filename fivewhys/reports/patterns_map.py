"""The causal map around one cause as Markdown: a Mermaid picture, and the same in words."""

import re

from fivewhys.patterns.section import Section
from fivewhys.reports.escape import markdown
from fivewhys.reports.mermaid import TooLarge
from fivewhys.reports.patterns_mermaid import section_mermaid
from fivewhys.reports.patterns_text import section_text

_TICKS = re.compile("`+")


def map_md(section: Section) -> str:
    """The page; ends with a line break. A map too large for a picture has the words alone."""
    text = section.by_key()[section.centre].text
    try:
        picture = _fenced("mermaid", section_mermaid(section))
    except TooLarge as problem:
        picture = f"{problem} Draw fewer links.\n"
    return (
        f"# What is around: {markdown(text)}\n\n"
        "Arrows lead from causes to what they lead to. Dashed boxes are suggested: nobody has said "
        "yet that these are the same.\n\n"
        f"{picture}\n## In words\n\n{_fenced('text', section_text(section))}"
    )


def _fenced(language: str, code: str) -> str:
    """A block of code, whose fence is longer than any that stands in it."""
    fence = "`" * max(3, 1 + max(map(len, _TICKS.findall(code)), default=0))
    return f"{fence}{language}\n{code}{fence}\n"
