"""Panes of text: what is bold in the first row is bold in all."""

from rich.style import Style
from rich.text import Text
from textual.app import App, ComposeResult

from fivewhys.screens.look import DARK, UNICODE
from fivewhys.screens.widgets.lines import TextPane


class OnePane(App[None]):
    """A pane alone."""

    palette = DARK
    marks = UNICODE

    def compose(self) -> ComposeResult:
        yield TextPane()


async def test_a_style_goes_on_in_the_rows_below() -> None:
    app = OnePane()
    async with app.run_test(size=(30, 10)) as pilot:
        pane = app.query_one(TextPane)
        pane.show(Text("Why: no handover rule says who orders the forms", Style(bold=True)))
        await pilot.pause()
        second = [segment for segment in pane.render_line(1) if segment.text.strip()]
        assert second
        assert all(segment.style is not None and segment.style.bold for segment in second)
