"""What a time line is made from, and writing it. It runs in a thread and touches no widget."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from fivewhys import settings
from fivewhys.patterns.findings.moments import TimeLine
from fivewhys.screens.patterns_export import written

if TYPE_CHECKING:
    from fivewhys.patterns.overlay import Map
    from fivewhys.store.store import Store


def found_by_people(store: "Store", cause: UUID) -> "Map":
    """The causal map of the sessions that found `cause`, by decisions and equal words alone.

    It takes milliseconds, whatever the length of the history.
    """
    from fivewhys.patterns.overlay import causal_map

    same = store.alike([cause]).get(cause, {})
    here = store.context([cause])
    sessions = {seen.session_id for seen in same.values()}
    sessions |= {context.session.id for context in here.values()}
    past = store.past(only=sessions)
    return causal_map(past, (), [[str(cause), *map(str, same)]])


def line_of(
    store: "Store", key: str, graph: "Map", *, confirmed_only: bool = False
) -> TimeLine | None:
    """The time line of a cause with the checks that were made; None where it is not on the map."""
    from fivewhys.patterns.findings.time_line import time_line

    try:
        line = time_line(graph, key, confirmed_only=confirmed_only)
    except KeyError:
        return None
    deeds = [done.tried.deed.id for done in line.done]
    return line.with_checks(*store.how_known(deeds, made=True)) if deeds else line


def write_time_line(line: TimeLine, today: date, folder: Path) -> tuple[str, ...]:
    """Write a time line into `folder` as Markdown; returns what to tell of it, in sentences."""
    from fivewhys.reports.escape import file_name
    from fivewhys.reports.time_line import time_line_md
    from fivewhys.template_files import own_templates

    page = time_line_md(line, today, own_templates(settings.templates()))
    name = f"{today.isoformat()}-time-line-{file_name(line.text)}.md"
    return (*written(folder, name, page.text), *page.problems)
