"""What is told of a review's figure below its table: in full, with how it is counted."""

from rich.text import Text

from fivewhys.review.figure import Figure
from fivewhys.screens.look import shown
from fivewhys.screens.review_lines import Line, Spot, Table, sessions
from fivewhys.screens.widgets.bars import Drawn


def figure_text(widget: Drawn, table: Table | None, line: Line | None, spot: Spot | None) -> Text:
    """The figure under the cursor in words; nothing where there is none."""
    palette = widget.palette
    text = Text(overflow="fold")
    if table is None or line is None or spot is None or spot.figure is None:
        return text
    figure = spot.figure
    title = line.full_name
    label = "" if shown(figure.label) in (shown(title), "") else f"{figure.label}: "
    text.append(shown(title), palette.style("text", bold=True))
    text.append(f"\n{shown(label)}{figure.text}", palette.style("text", bold=True))
    text.append(f"  {behind(figure)}\n", palette.style("link"))
    if spot.note:
        text.append(f"{shown(spot.note)} ", palette.style("text"))
    text.append(figure.about, palette.style("quiet"))
    return text


def behind(figure: Figure) -> str:
    """What Enter opens."""
    if not figure.sessions:
        return "No session stands behind it."
    number = len(figure.sessions)
    return f"Enter lists {'its session' if number == 1 else f'its {sessions(number)}'}."
