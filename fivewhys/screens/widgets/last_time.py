"""“Last time we said …”: what earlier sessions like this one left to do, as a text.

It is read before a team looks at its problem again: in 43 of 55 post-mortems an earlier one is
cited, and several of their root causes are “the action from last time was never done”.
"""

from collections.abc import Sequence
from datetime import date

from rich.style import Style
from rich.text import Text

from fivewhys.countermeasures.days import said
from fivewhys.models.follow_up import ActionLine
from fivewhys.models.plan_words import PROGRESS_WORDS, Progress
from fivewhys.screens.follow_lines import overdue, since_in_words
from fivewhys.screens.look import shown
from fivewhys.screens.widgets.action_rows import LATE
from fivewhys.screens.widgets.bars import Drawn
from fivewhys.text import excerpt

SHORT = 60
"""Characters of a countermeasure where there is little room."""

TITLE = "Last time we said …"


def last_time_text(
    widget: Drawn, lines: Sequence[ActionLine], today: date, *, is_short: bool
) -> Text:
    """The lines, the nearest first: what was said, where, and how it stands.

    `is_short` says long ones in fewer words, so that several have room.
    """
    palette, bullet = widget.palette, widget.marks.bullet
    quiet, plain, bad = (palette.style(name) for name in ("quiet", "text", "bad"))
    text = Text(overflow="fold")
    text.append(TITLE, palette.style("quiet", bold=True))
    text.append("   F8 follows up\n", quiet)
    for line in lines:
        late = overdue(line, today)
        text.append(f"{LATE if late else bullet} ", bad if late else palette.style("link"))
        text.append(shown(excerpt(line.text, SHORT) if is_short else line.text), plain)
        where = f" {bullet} ".join(shown(part) for part in (line.session, line.site) if part)
        text.append(f" ({where})", quiet)
        text.append(": ", quiet)
        stands, style = _stands(line, today, late=late)
        words = f"{shown(line.owner)}, {stands}" if line.owner else stands
        text.append(f"{words}\n", bad if style == "bad" else quiet + Style(italic=True))
    return text


def _stands(line: ActionLine, today: date, *, late: bool) -> tuple[str, str]:
    """How it stands in words, and the colour they have."""
    if late and line.due is not None:
        return f"{since_in_words(line.due, today)} overdue", "bad"
    if line.standing is Progress.NOT_EFFECTIVE:
        return f"it did not help{f': {shown(line.reason)}' if line.reason else ''}", "bad"
    told = PROGRESS_WORDS[line.standing]
    return (f"{told}, due {said(line.due, today)}" if line.due else f"{told}, no date yet"), "quiet"
