"""Writing what keeps coming back: the report, and a map as a picture. It touches no widget."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fivewhys import settings
from fivewhys.files import NotWritten, free_path, write

if TYPE_CHECKING:
    from fivewhys.patterns.findings.values import Findings
    from fivewhys.patterns.section import Section


def write_report(findings: "Findings", today: date, folder: Path) -> tuple[str, ...]:
    """Write the report into `folder`; returns what to tell of it, in sentences."""
    from fivewhys.reports.patterns import patterns_md
    from fivewhys.template_files import own_templates

    page = patterns_md(findings, own_templates(settings.templates()))
    return (*written(folder, f"{today.isoformat()}-patterns.md", page.text), *page.problems)


def write_drawing(section: "Section", today: date, folder: Path) -> tuple[str, ...]:
    """Write the map around a cause into `folder`, as SVG and as Markdown with a Mermaid picture;
    returns what to tell of it.
    """
    from fivewhys.reports.escape import file_name
    from fivewhys.reports.patterns_map import map_md
    from fivewhys.reports.patterns_svg import section_svg

    name = f"{today.isoformat()}-map-{file_name(section.by_key()[section.centre].text)}"
    try:
        picture = write(free_path(folder, f"{name}.svg"), section_svg(section))
        write(free_path(folder, f"{name}.md"), map_md(section))
    except NotWritten as problem:
        return (str(problem),)
    return (f"Written, as SVG and as Markdown: {picture}",)


def written(folder: Path, name: str, text: str) -> tuple[str, ...]:
    """Write `text` into `folder` under a name that is free; returns what to tell of it."""
    try:
        return (f"Written: {write(free_path(folder, name), text)}",)
    except NotWritten as problem:
        return (str(problem),)
