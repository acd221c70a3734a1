"""Owning up to the customers: what they are told, when they first heard, when they were told."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.timer import Timer

from fivewhys import settings
from fivewhys.countermeasures.acknowledgement import GAP, draft
from fivewhys.countermeasures.clocks import clocks, readings
from fivewhys.models.commands import Command, Facts, SetFacts
from fivewhys.models.tree import Tree
from fivewhys.screens.facts import NotUnderstood, moment_of, moment_text, today
from fivewhys.screens.form import Form, labelled
from fivewhys.screens.look import take_size
from fivewhys.screens.widgets.bars import HintRow, KeyBar, TopBar
from fivewhys.screens.widgets.clock_rows import ClockRows, now
from fivewhys.screens.widgets.form_fields import FormField, Passage, Row
from fivewhys.target_file import team_targets

if TYPE_CHECKING:
    from fivewhys.store.store import Store

STILL_SECONDS = 0.3
"""A moment is looked at this long after the last key."""

_MOMENTS = {"acknowledged_at": "First heard", "told_at": "Told"}

TEXT = "acknowledgement"


class AcknowledgementScreen(Form):
    """What the customers are told, and when they were."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *Form.BINDINGS[:1],
        Binding("ctrl+t", "told", "told now", id="told.now",
                tooltip="The customers are told now: the text as it stands; then say how"),
        Binding("ctrl+r", "draft", "draft anew", id="told.draft",
                tooltip="Draft the text anew from the tree (undo brings yours back)"),
        *Form.BINDINGS[1:],
    ]  # fmt: skip

    def __init__(self, store: "Store", tree: Tree) -> None:
        super().__init__(store, tree)
        self._draft = draft(tree, today())
        self._targets, self._problem = team_targets(settings.targets())
        self._still: Timer | None = None
        self._takes_draft = False
        """Whether a draft that nobody changed is saved: once somebody says that it is good."""

    @property
    def place(self) -> str:
        return TEXT

    def before(self, name: str) -> str:
        value = getattr(self.tree_now.session, name)
        if name == TEXT:
            return value or self._draft
        if isinstance(value, datetime):
            return moment_text(value)
        return value or ""

    def compose(self) -> ComposeResult:
        take_size(self)
        channels = dict.fromkeys(
            [*self.store.suggestions("told_channel"), *self.store.suggestions("channel")]
        )
        yield TopBar()
        yield ClockRows(id="clocks")
        text = Passage(TEXT, "what happened, that we own it, what changes, by when",
                       at_end=False)  # fmt: skip
        text.border_title = Content("What the customers are told")
        yield text
        with VerticalScroll(id="form", can_focus=False):
            yield labelled(
                "First heard",
                Row("acknowledged_at", "now, yesterday 14:00",
                    "When the customers first heard that we know and own it."),
            )  # fmt: skip
            yield labelled(
                "Told",
                Row("told_at", "^T: now; or 3 March 14:00",
                    "When they were told what happened and what changes."),
            )  # fmt: skip
            yield labelled(
                "Through",
                Row("told_channel", "letter, phone, at the counter",
                    "How they were told. Enter saves.", tuple(channels)),
            )  # fmt: skip
        yield HintRow()
        yield KeyBar()

    def filled(self) -> None:
        session = self.tree_now.session
        self.query_one(TopBar).title = f"{session.name}  What the customers are told"
        text = self.field(TEXT)
        text.border_subtitle = Content(
            "" if session.acknowledgement else "drafted from the tree; yours to change"
        )
        self.recolour()
        if self._problem:
            self.notify(self._problem, severity="warning", timeout=15, markup=False)

    def looked_at(self) -> None:
        if self._still is not None:
            self._still.stop()
        self._still = self.set_timer(STILL_SECONDS, self.recolour)

    def recolour(self) -> None:
        """Show the clocks as they stand with what is typed."""
        if not self.is_attached:
            return
        tree = self.tree_now
        moments: dict[str, Any] = {}
        for name in _MOMENTS:
            try:
                moments[name] = self._moment(name)
            except NotUnderstood:
                moments[name] = getattr(tree.session, name)
        as_typed = replace(tree, session=replace(tree.session, **moments))
        found = clocks(as_typed)
        rows = readings(found, tree.session.severity, self._targets, now())
        self.query_one(ClockRows).show(found, rows)

    def _moment(self, name: str) -> datetime | None:
        text = self.said(name)
        if not self.changed(name):
            # The field shows it to the minute.
            moment: datetime | None = getattr(self.tree_now.session, name)
            return moment
        return moment_of(text, now(), _MOMENTS[name]) if text else None

    def command(self) -> Command | None:
        given: dict[str, Any] = {}
        for name in _MOMENTS:
            if self.changed(name):
                try:
                    given[name] = self._moment(name)
                except NotUnderstood:
                    self.set_focus(self.field(name))
                    raise
        if self.changed("told_channel"):
            given["told_channel"] = self.said("told_channel")
        text = self.said(TEXT)
        takes_text = self._takes_draft or given.get("told_at") is not None
        if self.changed(TEXT) or (takes_text and text != self.tree_now.session.acknowledgement):
            given[TEXT] = text
        return SetFacts(facts=Facts.model_validate(given)) if given else None

    def entered(self, field: FormField) -> None:
        if field.called == "told_channel":
            self.action_save()
        else:
            super().entered(field)

    def action_save(self) -> None:
        """Save the text, also one that nobody changed, and go back."""
        self._takes_draft = True
        super().action_save()

    def action_told(self) -> None:
        """Say that the customers are told now."""
        self.field("told_at").put(moment_text(now()))
        self.set_focus(self.field("told_channel"))
        gap = f" The text still has a gap: {GAP}." if GAP in self.said(TEXT) else ""
        self.hint(f"Told now.{gap} How were they told? Enter saves.")

    def action_draft(self) -> None:
        """Draft the text anew; undo in the text brings back what stood there."""
        area = self.query_one(f"#field-{TEXT}", Passage)
        area.replace(draft(self.tree_now, today()), area.document.start, area.document.end)
        self.set_focus(area)
        self.hint("Drafted anew from the tree. ^Z brings back what stood there.")
