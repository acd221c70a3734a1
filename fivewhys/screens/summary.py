"""The end of a meeting: what was found, what is still open, then the Markdown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
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

from fivewhys.countermeasures.days import said
from fivewhys.countermeasures.warnings import warnings
from fivewhys.models.commands import Finish, Reopen
from fivewhys.models.plan_words import FINISHED, Progress
from fivewhys.models.tree import Tree
from fivewhys.models.values import Appearance
from fivewhys.models.words import State, Status
from fivewhys.screens.background import NewestRead
from fivewhys.screens.elsewhere import shared_roots
from fivewhys.screens.facts import today
from fivewhys.screens.look import shown, take_size
from fivewhys.screens.plan_lines import NOT_HELPED, how_many
from fivewhys.screens.seen_words import SAME, also_root_in
from fivewhys.screens.widgets.bars import Drawn, HintRow, KeyBar, TopBar
from fivewhys.text import excerpt

if TYPE_CHECKING:
    from fivewhys.app import FiveWhysApp
    from fivewhys.store.store import Store

MOST_LISTED = 200
"""Open points that are listed one by one; more are counted."""


LONGEST_POINT = 200
"""Characters of one open point."""


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something a reader of the plan will ask about."""

    cause: UUID | None
    what: str
    text: str
    countermeasure: UUID | None = None
    rule: str = ""
    """The name of the rule where the plan lacks something."""


PLAN = "plan"
"""What an open point is of that the plan lacks: said softly, after all others."""


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


def plan_points(tree: Tree, day: date) -> Iterator[OpenPoint]:
    """What the plan still lacks, the most important first."""
    for warning in warnings(tree, day):
        about = warning.about
        item = tree.countermeasure(about) if about else None
        cause = item.cause_id if item else about
        yield OpenPoint(cause, PLAN, warning.text, item.id if item else None, warning.rule)


class Found(Static, Drawn):
    """A part of what the session found."""

    def show_counts(self, tree: Tree) -> None:
        """The problem and the counts."""
        palette, session = self.palette, tree.session
        plan = [
            item for item in tree.all_countermeasures() if item.progress is not Progress.REJECTED
        ]
        done = sum(item.progress in FINISHED for item in plan)
        causes, roots, out = len(tree.causes) - 1, len(tree.roots()), len(tree.ruled_out())
        counts = [
            _counted(causes, "cause"),
            _counted(roots, "root"),
            f"{out} ruled out" if out else "",
            f"{len(tree.parked)} parked" if tree.parked else "",
            _counted(len(plan), "countermeasure") if plan else "",
            f"{done} done" if done else "",
            _told(tree),
            "finished" if session.state is State.FINISHED else "",
        ]
        text = Text(shown(tree.problem.text), palette.style("text", bold=True), overflow="fold")
        joined = f" {self.marks.bullet} ".join(word for word in counts if word)
        text.append(f"\n{joined}\n\n", palette.style("quiet") + Style(bold=False))
        text.append("Still open", palette.style("quiet", bold=True))
        self.update(text)

    def show_roots(self, tree: Tree, shared: Mapping[UUID, Sequence[Appearance]]) -> None:
        """The root causes with their reasons, how much evidence each has, and where else it was."""
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
            count, planned = len(tree.evidence(root.id)), how_many(tree, root.id)
            told = [
                f"{_counted(count, 'piece')} of evidence" if count else "no evidence yet",
                _counted(planned, "countermeasure") if planned else "nothing planned yet",
                f"it {NOT_HELPED}" if tree.is_reopened(root.id) else "",
            ]
            joined = f" {self.marks.bullet} ".join(word for word in told if word)
            text.append(f"\n{joined}", quiet + Style(bold=False))
            again = f" {self.marks.bullet} ".join(also_root_in(shared.get(root.id, ())))
            if again:
                text.append(f"\n{SAME} ", palette.style("link"))
                text.append(again, palette.style("text", bold=True))
            rows.add_row(Text(self.marks.root, palette.style("link")), text)
        self.update(Group(head, rows))


class SummaryScreen(Screen["tuple[Tree, UUID | None] | None"]):
    """Gives back the tree and the cause to go on at, or None to leave for the library."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "finish", "finish", id="summary.finish",
                tooltip="Finish the session, write its Markdown and show it"),
        Binding("e", "export", "Markdown", id="summary.export",
                tooltip="Write the Markdown, leave the session open"),
        Binding("c", "plan", "plan", id="summary.plan",
                tooltip="Open what is done about the roots, or add to it"),
        Binding("t", "tell", "customers", id="summary.tell",
                tooltip="What the customers are told, and when they were"),
        Binding("escape,f3", "back", "go on asking", id="summary.back",
                tooltip="Back to the session"),
        Binding("o", "reopen", "reopen", id="summary.reopen",
                tooltip="Open a finished session again"),
        Binding("q", "library", "library", id="summary.library", tooltip="Back to the library"),
        Binding("f4", "read_back", "read back", id="summary.read_back",
                tooltip="Read the chains back from each root: does it follow?"),
        Binding("f6", "history", "history", id="summary.history",
                tooltip="Show who changed what when, with the wording before"),
        Binding("f1,question_mark", "app.help", "help", id="summary.help", tooltip="Help"),
    ]  # fmt: skip

    def __init__(self, store: "Store", tree: Tree, exports: Path) -> None:
        super().__init__()
        self._store = store
        self._tree = tree
        self._exports = exports
        self._points: list[OpenPoint] = []
        self._shared: Mapping[UUID, Sequence[Appearance]] = {}
        """The roots that other sessions found too, once that is read."""
        self._reads = NewestRead(self)

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

    def _look_elsewhere(self) -> None:
        """Read behind the screen which roots other sessions found too."""
        store, roots = self._store, [root.id for root in self._tree.roots()]

        def take(shared: Mapping[UUID, Sequence[Appearance]]) -> None:
            if shared != self._shared:
                self._shared = shared
                self.query_one("#roots", Found).show_roots(self._tree, shared)

        if roots:
            self._reads.ask(lambda: shared_roots(store, roots), take)

    def _draw(self) -> None:
        tree = self._tree
        self._look_elsewhere()
        self.query_one(TopBar).title = f"{tree.session.name}  Summary"
        self.recolour()
        self._points = [*open_points(tree), *plan_points(tree, today())]
        options = self.query_one(OptionList)
        options.clear_options()
        for point in self._points[:MOST_LISTED]:
            words = Content.assemble(
                # No colour of its own: the row under the cursor is drawn in reverse.
                Content.styled(f"{point.what}: ", "italic"),
                Content(shown(excerpt(point.text, LONGEST_POINT))),
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
        self.query_one("#roots", Found).show_roots(self._tree, self._shared)

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
        if message.option_index >= len(self._points):
            return
        point = self._points[message.option_index]
        if point.what != PLAN:
            self.dismiss((self._tree, point.cause))
        elif point.rule == "not_told":
            self.action_tell()
        elif point.cause is None:
            self.action_plan()
        else:
            from fivewhys.screens.countermeasure import CountermeasureScreen

            form = CountermeasureScreen(self._store, self._tree, point.cause, point.countermeasure)
            self.app.push_screen(form, self._go_on)

    def action_finish(self) -> None:
        """Finish the session and write its Markdown."""
        with self._app.telling():
            self._tree = self._store.apply(self._tree, Finish())
            self._draw()
            self.action_export()

    def action_export(self) -> None:
        """Write the Markdown and show it."""
        from fivewhys.screens.markdown_view import MarkdownScreen
        from fivewhys.screens.writing import told, write_markdown

        with self._app.telling():
            roots = [root.id for root in self._tree.roots()]
            path, page = write_markdown(self._tree, self._exports, shared_roots(self._store, roots))
            self.query_one(HintRow).tell_file(told(path))
            self.app.push_screen(MarkdownScreen(str(path), page.text, page.problems))

    def action_read_back(self) -> None:
        """Read the chains back, link by link."""
        from fivewhys.screens.read_back import ReadBackScreen

        self.app.push_screen(ReadBackScreen(self._store, self._tree), self._go_on)

    def action_history(self) -> None:
        """Show what was done to the session."""
        from fivewhys.screens.session_history import SessionHistoryScreen

        def go(cause: UUID) -> None:
            self.dismiss((self._tree, cause))

        self.app.push_screen(SessionHistoryScreen(self._store, self._tree, go=go))

    def _go_on(self, tree: Tree | None) -> None:
        """Go on with the tree that another screen has changed."""
        if tree is not None:
            self._tree = tree
            self._draw()

    def action_plan(self) -> None:
        """Open what is done about the roots and the other causes that have a plan."""
        from fivewhys.screens.plan import PlanScreen

        tree = self._tree
        planned = [key for key, items in tree.countermeasures_of.items() if items]
        keys = list(dict.fromkeys([*(root.id for root in tree.roots()), *planned]))
        screen = PlanScreen(self._store, tree, keys or [tree.problem.id])
        self.app.push_screen(screen, self._go_on)

    def action_tell(self) -> None:
        """Open what the customers are told."""
        from fivewhys.screens.acknowledgement import AcknowledgementScreen

        self.app.push_screen(AcknowledgementScreen(self._store, self._tree), self._go_on)

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


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _told(tree: Tree) -> str:
    told = tree.session.told_at
    if told is None:
        return "customers not told yet"
    return f"customers told {said(told.astimezone().date(), today())}"
