"""What other sessions say of a cause, as a text for the right column of a live session."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.style import Style
from rich.text import Text

from fivewhys.models.past import Context
from fivewhys.models.values import Appearance
from fivewhys.screens.look import shown
from fivewhys.screens.plan_lines import TO_DO
from fivewhys.screens.seen_words import (
    NOTHING_DONE,
    SAME,
    SeenBefore,
    facts,
    fate_of,
    month,
    named,
    place,
)
from fivewhys.screens.widgets.bars import Drawn

if TYPE_CHECKING:
    from fivewhys.screens.elsewhere import Around


def about_seen(widget: Drawn, seen: SeenBefore, today: date) -> Text:
    """All that is known of a cause that was seen before: its words, what was done, the way up."""
    palette, marks, context = widget.palette, widget.marks, seen.context
    head, plain = palette.style("quiet", bold=True), palette.style("text")
    text = Text(overflow="fold")
    text.append(f"In {context.session.name}\n", head)
    text.append(f"{shown(context.cause.text)}\n", palette.style("text", bold=True))
    told = [f"{seen.likely.value} the same", *_where(context)]
    text.append(f"{f' {marks.bullet} '.join(told)}\n", palette.style("quiet"))
    if seen.again:
        text.append(f"also in {named(seen.again, most=4)}\n", palette.style("quiet"))
    _append_deeds(text, widget, context, seen.again, today)
    for effect in context.chain[-2::-1]:
        text.append(f"{marks.so} so ", palette.style("link"))
        text.append(f"{shown(effect)}\n", plain)
    return text


def about_elsewhere(widget: Drawn, around: "Around", today: date) -> Text:
    """Where else the cause under the tree's cursor was found, and what is perhaps the same."""
    palette, marks = widget.palette, widget.marks
    head, quiet, plain = palette.style("quiet", bold=True), palette.style("quiet"), "text"
    text = Text(overflow="fold")
    if around.same:
        text.append("\nThe same in other sessions\n", head)
    for same in around.same:
        context = same.context
        text.append(f"{SAME} ", palette.style("link"))
        text.append(context.session.name, palette.style(plain, bold=True))
        text.append(f"  {f' {marks.bullet} '.join(_where(context))}\n", quiet)
        again = [seen for seen in same.again if seen.session_id != context.session.id]
        _append_deeds(text, widget, context, again, today)
        for answer in same.deeper:
            text.append("  they went on: ", quiet + Style(italic=True))
            text.append(f"{shown(answer)}\n", palette.style(plain))
    if around.perhaps:
        text.append("\nPerhaps the same\n", head)
    for seen in around.perhaps:
        text.append(f"{marks.bullet} ", palette.style("link"))
        text.append(f"{shown(seen.context.cause.text)}\n", palette.style(plain))
        told, bad = facts(seen, today, max(10, widget.size.width - 4), marks)
        text.append(f"  {told.removesuffix(bad)}", quiet + Style(italic=True))
        text.append(f"{bad}\n", palette.style("bad"))
    return text


def _where(context: Context) -> list[str]:
    """Its place and month, and whether it was root there."""
    told = [shown(place(context)), month(context.session.on)]
    return [part for part in (*told, "root" if context.cause.is_root else "") if part]


def _append_deeds(
    text: Text, widget: Drawn, context: Context, again: Sequence[Appearance], today: date
) -> None:
    """What was done about a cause, each thing with what became of it."""
    palette = widget.palette
    quiet = palette.style("quiet")
    for deed in context.deeds:
        text.append(f"{TO_DO} ", palette.style("link"))
        text.append(shown(deed.text), palette.style("text"))
        told = fate_of(deed, again, today)
        who = f"  {shown(deed.owner)}, " if deed.owner else "  "
        text.append(who, quiet)
        text.append(f"{told.words}\n", palette.style("bad") if told.is_bad else quiet)
    if not context.deeds:
        text.append(f"{NOTHING_DONE}\n", quiet)
