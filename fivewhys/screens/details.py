"""A session's problem and facts: to begin one (the problem is enough), or to fill in later."""

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, cast

from pydantic import ValidationError
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.suggester import SuggestFromList
from textual.timer import Timer
from textual.widgets import Input, Label, Select, TextArea

from fivewhys.models.commands import Facts, Refused, SetFacts, StartSession, sentence
from fivewhys.models.tree import Tree
from fivewhys.models.words import Severity
from fivewhys.screens.facts import (
    FIELDS,
    FactField,
    NotUnderstood,
    as_text,
    changed_facts,
    fact_of,
    people_of,
)
from fivewhys.screens.look import take_size
from fivewhys.screens.widgets.bars import HintRow, KeyBar, TopBar
from fivewhys.screens.widgets.entry import CleanArea, Entry
from fivewhys.screens.widgets.field import Field
from fivewhys.store.problems import StoreProblem

if TYPE_CHECKING:
    from fivewhys.store.store import Store

DRAFTS = "new/"
"""Where the form of a session that has not begun is kept, a draft for each field."""

DRAFT_SECONDS = 0.4

_PEOPLE = ("here", "away")


class ProblemEntry(Entry):
    """What happened. Enter begins the session (or saves)."""

    KEEPS_TEXT = True

    begun = False
    """Once the session begins, a further Enter gives an answer: it waits among the letters."""

    def action_give(self) -> None:
        """Give the problem."""
        if self.begun:
            self.insert("\n")
        else:
            self.begun = bool(self.text.strip())
            super().action_give()


class Lines(CleanArea):
    """Several lines of one fact; Tab leaves it."""


class DetailsScreen(Screen["Tree | None"]):
    """Gives back the session's tree, begun or changed; None where nothing was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "save", id="details.save", tooltip="Save (begin the session)"),
        Binding("tab", "app.focus_next", "next field", id="details.next", tooltip="Next field"),
        Binding("shift+tab", "app.focus_previous", "previous field", show=False,
                id="details.previous", tooltip="Previous field"),
        Binding("escape", "leave", "leave", id="details.leave",
                tooltip="Leave; what is typed is kept"),
        Binding("f1", "app.help", "help", id="details.help", tooltip="Help"),
    ]  # fmt: skip

    def __init__(self, store: "Store", tree: Tree | None) -> None:
        super().__init__()
        self._store = store
        self._tree = tree
        self._draft_timer: Timer | None = None
        self._saved = False
        self._leaving = False
        """Whether leaving was tried already with something in the form that cannot be saved."""
        self._kept: dict[str, str] = {}
        """The drafts as the store has them."""

    def compose(self) -> ComposeResult:
        take_size(self)
        tree = self._tree
        yield TopBar()
        yield Label("What happened?", id="ask")
        yield ProblemEntry(
            tree.problem.text if tree else "",
            placeholder="the problem, as a gap: what should be, what is",
            id="problem",
        )
        yield Label(
            "Everything below is optional, now or later (F2 in the session)."
            if tree is None
            else "The facts",
            id="optional",
        )
        with VerticalScroll(id="form", can_focus=False):
            for field in FIELDS:
                with Horizontal(classes="field"):
                    yield Label(Content(field.label))
                    yield self._input(field)
                if field.name == "channel":
                    with Horizontal(classes="field"):
                        yield Label("Severity")
                        yield self._severity()
        yield HintRow()
        yield KeyBar()

    def _input(self, field: FactField) -> Input | Lines:
        text = as_text(field.name, self._tree) if self._tree else ""
        if field.rows > 1:
            area = Lines(
                text,
                soft_wrap=True,
                tab_behavior="focus",
                highlight_cursor_line=False,
                placeholder=field.ask,
                id=f"field-{field.name}",
            )
            area.styles.height = field.rows
            return area
        suggester = None
        if field.suggested:
            suggester = SuggestFromList(self._store.suggestions(field.name), case_sensitive=False)
        return Field(text, placeholder=field.ask, suggester=suggester, id=f"field-{field.name}")

    def _severity(self) -> Select[Severity]:
        value = self._tree.session.severity if self._tree else None
        return Select(
            [(Content(severity.value), severity) for severity in Severity],
            value=value if value is not None else Select.NULL,
            prompt="not said",
            id="field-severity",
        )

    def on_mount(self) -> None:
        """The problem has the cursor; what was typed before a crash is there again."""
        tree = self._tree
        self.query_one(TopBar).title = f"{tree.session.name}  Details" if tree else "New session"
        problem = self.query_one(ProblemEntry)
        for area in self.query(TextArea):
            area.move_cursor(area.document.end)
        if tree is None:
            self._try(self._take_drafts)
            self._hint("Type what happened and press Enter: the first why comes next.")
        problem.focus()

    def _take_drafts(self) -> None:
        self._kept = self._store.drafts(DRAFTS)
        for place, text in self._kept.items():
            name = place.removeprefix(DRAFTS)
            if name == "problem":
                self.query_one(ProblemEntry).set_text(text)
            elif name == "severity":
                self.query_one("#field-severity", Select).value = Severity(text)
            else:
                for field in self.query(f"#field-{name}"):
                    if isinstance(field, Input):
                        field.value = text
                    elif isinstance(field, TextArea):
                        field.load_text(text)

    def _hint(self, words: str) -> None:
        self.query_one(HintRow).hint = words

    def _try(self, act: Any) -> bool:
        try:
            act()
        except (StoreProblem, Refused, NotUnderstood) as problem:
            self.notify(str(problem), severity="error", timeout=15, markup=False)
        except ValidationError as error:
            self.notify(sentence(error), severity="warning", timeout=8, markup=False)
        else:
            return True
        return False

    # -- saving

    @on(Entry.Given)
    def _given(self, message: Entry.Given) -> None:
        message.stop()
        self._save_with(message.text)

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self.focus_next()

    @on(TextArea.Changed)
    @on(Input.Changed)
    @on(Select.Changed)
    def _typed(self, message: Message) -> None:
        message.stop()
        self._leaving = False
        if self._tree is None:
            if self._draft_timer is not None:
                self._draft_timer.stop()
            self._draft_timer = self.set_timer(DRAFT_SECONDS, self.keep_draft)

    def keep_draft(self) -> None:
        """Save what is typed for a session that has not begun."""
        if self._tree is not None or self._saved or not self.is_attached:
            return
        texts = {field.name: self._text(field.name) for field in FIELDS}
        texts["problem"] = self.query_one(ProblemEntry).text
        texts["severity"] = self._severity_chosen() or ""

        def keep() -> None:
            for name, text in texts.items():
                place = f"{DRAFTS}{name}"
                if text != self._kept.get(place, ""):
                    self._store.save_draft(place, text)
                    self._kept[place] = text

        self._try(keep)

    def _severity_chosen(self) -> Severity | None:
        chosen = self.query_one("#field-severity", Select).value
        return chosen if isinstance(chosen, Severity) else None

    def _text(self, name: str) -> str:
        widget = self.query_one(f"#field-{name}")
        return widget.value if isinstance(widget, Input) else cast(TextArea, widget).text

    def action_save(self) -> None:
        """Begin the session, or save what was changed."""
        self._save_with(self.query_one(ProblemEntry).text)

    def _save_with(self, problem: str) -> None:
        if not problem.strip():
            self._hint("Say in a few words what happened; all the rest may wait.")
            self.query_one(ProblemEntry).focus()
        elif not self._saved and not self._try(lambda: self._save(problem)):
            self.query_one(ProblemEntry).begun = False

    def _save(self, problem: str) -> None:
        now = datetime.now(UTC)
        names = [field.name for field in FIELDS if field.name not in _PEOPLE]
        values: dict[str, Any] = {name: fact_of(name, self._text(name), now) for name in names}
        values["severity"] = self._severity_chosen()
        tree = self._tree
        facts = Facts(**changed_facts(tree.session if tree else None, values))
        people = people_of(self._text("here"), self._text("away"))
        if tree is None:
            begun = self._store.start(StartSession(problem=problem, facts=facts, people=people))
            self._saved = True
            self.app.clear_notifications()
            # Keys that were typed on meanwhile reach the box before this goes on.
            self.call_later(self._go_live, begun, problem)
            return
        known = people_of(as_text("here", tree), as_text("away", tree))
        saved = None
        if facts.model_fields_set or problem != tree.problem.text or people != known:
            command = SetFacts(
                facts=facts,
                problem=None if problem == tree.problem.text else problem,
                people=None if people == known else people,
            )
            saved = self._store.apply(tree, command)
        self._saved = True
        self.app.clear_notifications()
        self.dismiss(saved)

    def _go_live(self, tree: Tree, problem: str) -> None:
        """The first why; what was typed after the problem begins its answer."""
        from fivewhys.screens.live import LiveScreen

        typed = self.query_one(ProblemEntry).text
        early = typed.removeprefix(problem) if typed.startswith(problem) else ""
        self.app.switch_screen(LiveScreen(self._store, tree, early))
        for place in self._kept:
            self._try(partial(self._store.save_draft, place, ""))

    def action_leave(self) -> None:
        """Go back with what was typed: kept as drafts of a new session, else saved (undoable)."""
        if self._tree is None or self._leaving:
            self.keep_draft()
            self.dismiss(None)
            return
        self.action_save()
        if not self._saved:
            self._leaving = True
            self._hint("That is not saved yet. Mend it, or Esc again leaves all as it was.")
