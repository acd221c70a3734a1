"""All that is known of one change, as a text: who, when, and the wording before and after."""

from datetime import date

from rich.style import Style
from rich.text import Text

from fivewhys.reports.history import NOBODY, Entry
from fivewhys.reports.history_columns import Detail
from fivewhys.screens.history_lines import day_of
from fivewhys.screens.look import shown
from fivewhys.screens.widgets.bars import Drawn
from fivewhys.screens.widgets.history_list import day_words


def change_text(widget: Drawn, found: Entry | None, today: date) -> Text:
    """The words of a change in full; empty where there is none."""
    text = Text(overflow="fold")
    if found is None:
        return text
    palette = widget.palette
    strong, quiet = palette.style("text", bold=True), palette.style("quiet")
    head = palette.style("quiet", bold=True)
    text.append(f"{shown(found.who or NOBODY)} {shown(found.words)}\n", strong)
    at = f"{found.at.astimezone():%H:%M}"
    text.append(f"{day_words(day_of(found), today)}, {at}\n", quiet)
    for part in found.parts:
        if len(found.parts) > 1:
            text.append(f"\n{shown(part.words[:1].upper() + part.words[1:])}\n", head)
        for detail in part.details:
            _add(text, widget, detail, head, quiet)
    if found.left_out:
        text.append(f"\nand {found.left_out:,} more\n", quiet)
    text.rstrip()
    return text


def _add(text: Text, widget: Drawn, detail: Detail, head: Style, quiet: Style) -> None:
    """One thing before and after; what has nothing on one side says so in a word."""
    plain = widget.palette.style("text")
    if detail.before and detail.after:
        text.append(f"{detail.what}\n", head)
        text.append("  before: ", quiet)
        text.append(f"{shown(detail.before)}\n", plain)
        text.append("  after:  ", quiet)
        text.append(f"{shown(detail.after)}\n", plain)
        return
    text.append(f"{detail.what}: ", head)
    text.append(f"{shown(detail.after or detail.before)}", plain)
    text.append("\n" if detail.after else " (no longer)\n", quiet)
