"""The end of a meeting: what was found, what is still open, then the Markdown."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast
from uuid import UUID

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from fivewhys.models.commands import Finish, Reopen
from fivewhys.models.tree import Tree
from fivewhys.models.words import State, Status
from fivewhys.screens.look import shown
from fivewhys.screens.widgets.bars import Drawn, HintRow, KeyBar, TopBar
from fivewhys.text import excerpt

if TYPE_CHECKING:
    from fivewhys.app import FiveWhysApp
    from fivewhys.store.store import Store

MOST_LISTED = 200
"""Open points that are listed one by one; more are counted."""


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something a reader of the plan will ask about."""

    cause: UUID
    what: str
    text: str


def open_points(tree: Tree) -> Iterator[OpenPoint]:
    """What is still open, the most important first."""
    roots = tree.roots()
    for cause in tree.open_questions():
        yield OpenPoint(cause.id, "no why asked", cause.text)
    for cause in roots:
        if not tree.evidence(cause.id):
            yield OpenPoint(cause.id, "root without evidence", cause.text)
    for cause in roots:
        if not cause.part_reason:
            yield OpenPoint(cause.id, "root without a reason", cause.text)
    for cause, _ in tree.walk():
        if cause.status is Status.SUSPECTED and not tree.is_open(cause.id):
            yield OpenPoint(cause.id, "suspected, not shown", cause.text)


class SummaryText(Static, Drawn):
    """What the session found."""

    def show(self, tree: Tree) -> None:
        """Draw it for `tree`."""
        palette, marks = self.palette, self.marks
        head, quiet = palette.style("quiet", bold=True), palette.style("quiet")
        roots, out = tree.roots(), tree.ruled_out()
        causes = len(tree.causes) - 1
        text = Text(overflow="fold")
        text.append(f"{shown(tree.problem.text)}\n", palette.style("text", bold=True))
        counts = [
            f"{causes} cause{'' if causes == 1 else 's'}",
            f"{len(roots)} root{'' if len(roots) == 1 else 's'}",
            f"{len(out)} ruled out" if out else "",
            f"{len(tree.parked)} parked" if tree.parked else "",
            "finished" if tree.session.state is State.FINISHED else "",
        ]
        text.append(f" {marks.bullet} ".join(word for word in counts if word) + "\n", quiet)
        text.append("\nRoot causes\n", head)
        if not roots:
            text.append("none marked yet: ^G in the answer, r in the tree\n", quiet)
        for root in roots:
            text.append(f"{marks.root} ", palette.style("link"))
            text.append(f"{shown(root.text)}\n", palette.style("text", bold=True))
            if root.part_reason:
                text.append(f"  {shown(root.part_reason)}\n", palette.style("text"))
            evidence = len(tree.evidence(root.id))
            text.append(f"  {evidence or 'no'} evidence\n", quiet)
        text.append("\nStill open", head)
        self.update(text)


class SummaryScreen(Screen["tuple[Tree, UUID | None] | None"]):
    """Gives back the tree and the cause to go on at, or None to leave for the library."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "finish", "finish, write Markdown", id="summary.finish",
                tooltip="Finish the session, write its Markdown and show it"),
        Binding("e", "export", "write Markdown", id="summary.export",
                tooltip="Write the Markdown, leave the session open"),
        Binding("o", "reopen", "reopen", id="summary.reopen",
                tooltip="Open a finished session again"),
        Binding("q", "library", "library", id="summary.library", tooltip="Back to the library"),
        Binding("escape,f3", "back", "go on asking", id="summary.back",
                tooltip="Back to the session"),
        Binding("f1,question_mark", "help", "help", id="summary.help", tooltip="Help"),
    ]  # fmt: skip

    def __init__(self, store: "Store", tree: Tree, exports: Path) -> None:
        super().__init__()
        self._store = store
        self._tree = tree
        self._exports = exports
        self._points: list[OpenPoint] = []

    def compose(self) -> ComposeResult:
        yield TopBar()
        with VerticalScroll(id="summary", can_focus=False):
            yield SummaryText()
            yield OptionList(id="open-points")
        yield HintRow()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what is open; the first open point has the cursor."""
        self._draw()
        self.query_one(OptionList).focus()

    def _draw(self) -> None:
        tree = self._tree
        self.query_one(TopBar).title = f"{tree.session.name}  Summary"
        self.query_one(SummaryText).show(tree)
        self._points = list(open_points(tree))
        options = self.query_one(OptionList)
        options.clear_options()
        for point in self._points[:MOST_LISTED]:
            words = Content.assemble(
                Content.styled(f"{point.what}: ", "$quiet"),
                Content(shown(excerpt(point.text, 200))),
            )
            options.add_option(Option(words))
        more = len(self._points) - MOST_LISTED
        if more > 0:
            options.add_option(Option(Content(f"and {more:,} more"), disabled=True))
        if not self._points:
            options.add_option(Option(Content("nothing: every branch is settled"), disabled=True))
        options.highlighted = 0 if self._points else None
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a finished session can be reopened."""
        if action == "reopen":
            return self._tree.session.state is State.FINISHED
        return super().check_action(action, parameters)

    @property
    def _app(self) -> "FiveWhysApp":
        return cast("FiveWhysApp", self.app)

    @on(OptionList.OptionSelected)
    def _go_there(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        if message.option_index < len(self._points):
            self.dismiss((self._tree, self._points[message.option_index].cause))

    def action_finish(self) -> None:
        """Finish the session and write its Markdown."""
        with self._app.telling():
            self._tree = self._store.apply(self._tree, Finish())
            self._draw()
            self.action_export()

    def action_export(self) -> None:
        """Write the Markdown and show it."""
        from fivewhys.reports.markdown import plan
        from fivewhys.screens.markdown_view import MarkdownScreen
        from fivewhys.screens.writing import write_markdown

        with self._app.telling():
            path = write_markdown(self._tree, self._exports)
            self.query_one(HintRow).hint = f"Written: {path}"
            self.app.push_screen(MarkdownScreen(str(path), plan(self._tree)))

    def action_reopen(self) -> None:
        """Open the session again."""
        with self._app.telling():
            self._tree = self._store.apply(self._tree, Reopen())
            self._draw()

    def action_back(self) -> None:
        """Go on asking."""
        self.dismiss((self._tree, None))

    def action_library(self) -> None:
        """Leave for the library."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Show every key."""
        from fivewhys.screens.help import HelpScreen

        self.app.push_screen(HelpScreen())
