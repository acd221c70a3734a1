"""The end of a meeting: what was found, what is still open, then the Markdown."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast
from uuid import UUID

from rich.console import Group
from rich.style import Style
from rich.table import Table
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
from fivewhys.screens.look import shown, take_size
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
            yield OpenPoint(cause.id, "suspected, nothing shows it yet", cause.text)


class Found(Static, Drawn):
    """A part of what the session found."""

    def show_counts(self, tree: Tree) -> None:
        """The problem and the counts."""
        palette = self.palette
        causes, roots, out = len(tree.causes) - 1, len(tree.roots()), len(tree.ruled_out())
        counts = [
            f"{causes} cause{'' if causes == 1 else 's'}",
            f"{roots} root{'' if roots == 1 else 's'}",
            f"{out} ruled out" if out else "",
            f"{len(tree.parked)} parked" if tree.parked else "",
            "finished" if tree.session.state is State.FINISHED else "",
        ]
        text = Text(shown(tree.problem.text), palette.style("text", bold=True), overflow="fold")
        joined = f" {self.marks.bullet} ".join(word for word in counts if word)
        text.append(f"\n{joined}\n\n", palette.style("quiet") + Style(bold=False))
        text.append("Still open", palette.style("quiet", bold=True))
        self.update(text)

    def show_roots(self, tree: Tree) -> None:
        """The root causes with their reasons and how much evidence each has."""
        palette, quiet = self.palette, self.palette.style("quiet")
        roots = tree.roots()
        head = Text("\nRoot causes", palette.style("quiet", bold=True))
        if not roots:
            head.append("\nnone marked yet: ^G in the answer, r in the tree", quiet)
        rows = Table.grid(padding=(0, 1, 0, 0))
        for root in roots:
            text = Text(shown(root.text), palette.style("text", bold=True), overflow="fold")
            plain = palette.style("text") + Style(bold=False)
            if root.part_reason:
                text.append(f"\n{shown(root.part_reason)}", plain)
            count = len(tree.evidence(root.id))
            told = f"{count} piece{'' if count == 1 else 's'} of evidence" if count else ""
            text.append(f"\n{told or 'no evidence yet'}", quiet + Style(bold=False))
            rows.add_row(Text(self.marks.root, palette.style("link")), text)
        self.update(Group(head, rows))


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
        Binding("f4", "read_back", "read back", id="summary.read_back",
                tooltip="Read the chains back from each root: does it follow?"),
        Binding("f1,question_mark", "app.help", "help", id="summary.help", tooltip="Help"),
    ]  # fmt: skip

    def __init__(self, store: "Store", tree: Tree, exports: Path) -> None:
        super().__init__()
        self._store = store
        self._tree = tree
        self._exports = exports
        self._points: list[OpenPoint] = []

    def compose(self) -> ComposeResult:
        take_size(self)
        yield TopBar()
        with VerticalScroll(id="summary"):
            yield Found(id="counts")
            yield OptionList(id="open-points")
            yield Found(id="roots")
        yield HintRow()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what is open; the first open point has the cursor, else the text scrolls."""
        self._draw()
        summary = self.query_one("#summary", VerticalScroll)
        (self.query_one(OptionList) if self._points else summary).focus(scroll_visible=False)

    def _draw(self) -> None:
        tree = self._tree
        self.query_one(TopBar).title = f"{tree.session.name}  Summary"
        self.recolour()
        self._points = list(open_points(tree))
        options = self.query_one(OptionList)
        options.clear_options()
        for point in self._points[:MOST_LISTED]:
            words = Content.assemble(
                # No colour of its own: the row under the cursor is drawn in reverse.
                Content.styled(f"{point.what}: ", "italic"),
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

    def recolour(self) -> None:
        """Make the texts in the colours of the theme."""
        self.query_one("#counts", Found).show_counts(self._tree)
        self.query_one("#roots", Found).show_roots(self._tree)

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

    def action_read_back(self) -> None:
        """Read the chains back, link by link."""
        from fivewhys.screens.read_back import ReadBackScreen

        self.app.push_screen(ReadBackScreen(self._store, self._tree), self._after_read_back)

    def _after_read_back(self, tree: Tree | None) -> None:
        if tree is not None:
            self._tree = tree
            self._draw()

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
