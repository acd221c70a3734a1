"""Two causes beside each other, or one above the other where the window is narrow."""

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container

from fivewhys.models.past import Context
from fivewhys.screens.widgets.lines import TextPane
from fivewhys.screens.widgets.pair_text import pair_text


class Pair(Container):
    """Shows both in their contexts; what does not fit is cut, and told in full once one scrolls."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._contexts: tuple[Context, Context] | None = None
        self._is_full = False

    def compose(self) -> ComposeResult:
        yield TextPane(id="pair-one")
        yield TextPane(id="pair-other")

    def show(self, contexts: tuple[Context, Context] | None) -> None:
        """Show these two, from their tops."""
        if contexts != self._contexts:
            self._contexts, self._is_full = contexts, False
        self.recolour()

    def recolour(self) -> None:
        """Tell both anew, for the room and the colours that there are."""
        panes = self.query_one("#pair-one", TextPane), self.query_one("#pair-other", TextPane)
        for place, pane in enumerate(panes):
            if self._contexts is None:
                pane.show(Text())
                continue
            size = pane.inner_width, pane.inner_height
            pane.show(pair_text(pane, self._contexts[place], *size, is_full=self._is_full))

    def on_resize(self) -> None:
        """Another room."""
        self.call_after_refresh(self.recolour)

    def read(self, by: int) -> None:
        """Scroll both, once all is told."""
        if not self._is_full:
            self._is_full = True
            self.recolour()
            return
        for selector in ("#pair-one", "#pair-other"):
            self.query_one(selector, TextPane).read(by)
