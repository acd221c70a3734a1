"""Writing what the follow-up lists as Markdown; it runs in a thread and touches no widget."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fivewhys import settings
from fivewhys.files import NotWritten, free_path, write
from fivewhys.models.follow_up import ActionLine, Filter, View
from fivewhys.screens.follow_lines import NAMES

if TYPE_CHECKING:
    from fivewhys.store.store import Store

PAGE = 1000
"""Lines read at a time."""


def write_list(
    store: "Store", view: View, narrowed: Filter, today: date, folder: Path
) -> tuple[str, ...]:
    """Write all lines of a view into `folder`; returns what to tell of it, in sentences."""
    from fivewhys.reports.actions import Action, actions_with, page
    from fivewhys.template_files import own_templates

    found: list[Action] = []
    known = set()
    for lines in _pages(store, view, narrowed, today):
        # What has several checks has as many lines.
        new = list({line.id: line for line in lines if line.id not in known}.values())
        known |= {line.id for line in new}
        found += actions_with(new, *store.how_known([line.id for line in new]))
    told = [NAMES[view], narrowed.owner, narrowed.site, narrowed.department]
    if narrowed.words:
        told.append(f"“{narrowed.words}”")
    made = page(
        found, today, own_templates(settings.templates()), narrowed_to=[*filter(None, told)]
    )
    try:
        path = write(free_path(folder, f"{today.isoformat()}-action-plan.md"), made.text)
    except NotWritten as problem:
        return (str(problem),)
    return (f"Written: {path}", *made.problems)


def _pages(store: "Store", view: View, narrowed: Filter, today: date) -> Iterator[list[ActionLine]]:
    after = None
    while lines := store.follow_up(view, today, narrowed, after, PAGE):
        yield lines
        after = lines[-1]
