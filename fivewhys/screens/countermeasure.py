"""What will be done about a cause: what, who and when; the rest is optional, now or later."""

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.timer import Timer
from textual.widgets import Label

from fivewhys.countermeasures.strength import suggest
from fivewhys.models.commands import (
    AddCountermeasure,
    Command,
    CountermeasureFacts,
    DeleteCheck,
    DeleteCountermeasure,
    DeleteMeasure,
    EditCountermeasure,
    SetProgress,
)
from fivewhys.models.delta import Change
from fivewhys.models.plan_words import (
    MEANS_WORDS,
    PROGRESS_WORDS,
    STRENGTH_OF,
    Means,
    Progress,
)
from fivewhys.models.tree import Tree
from fivewhys.models.values import Check, Countermeasure, Measure
from fivewhys.screens.countermeasure_fields import (
    ALL_PROGRESS,
    FIRST_PROGRESS,
    KINDS,
    MEANS,
    READY,
    as_text,
    fact_of,
    owner_of,
    owners,
    usual_kind,
)
from fivewhys.screens.facts import NotUnderstood, today
from fivewhys.screens.form import Form, labelled
from fivewhys.screens.look import take_size
from fivewhys.screens.measuring import CheckForm, MeasureForm
from fivewhys.screens.plan_lines import news
from fivewhys.screens.small_form import DoneForm, ReasonForm
from fivewhys.screens.widgets.bars import HintRow, KeyBar, TopBar
from fivewhys.screens.widgets.form_fields import Box, FormField, Passage, Pick, Row, Ticks
from fivewhys.screens.widgets.form_parts import About, DaySaid, Told
from fivewhys.screens.widgets.measure_list import MeasureList

if TYPE_CHECKING:
    from fivewhys.store.store import Store

STILL_SECONDS = 0.3
"""What is typed is looked at this long after the last key: reading a sentence takes a while."""

_FACTS = ("kind", "means", "owner", "due", "notes", "ready")

SAY_WHAT = "Say in a few words what will be done; all the rest may wait."


class CountermeasureScreen(Form):
    """A new countermeasure of a cause, or one that is there already."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *Form.BINDINGS[:1],
        Binding("ctrl+t", "take", "take it", id="plan.take",
                tooltip="Take what is suggested: what the countermeasure works by"),
        *Form.BINDINGS[1:3],
        Binding("ctrl+r", "delete", "delete", id="plan.delete",
                tooltip="Delete the countermeasure (undo brings it back)"),
        Binding("ctrl+z", "undo", "undo", show=False, id="plan.undo",
                tooltip="Undo typing, then the last step of this countermeasure"),
        *Form.BINDINGS[3:],
    ]  # fmt: skip

    def __init__(
        self, store: "Store", tree: Tree, cause_id: UUID, countermeasure_id: UUID | None = None
    ) -> None:
        super().__init__(store, tree)
        self._cause = cause_id
        self._key = countermeasure_id
        self._still: Timer | None = None
        self._suggested: Means | None = None
        self._owners: list[str] = []

    # -- what it is about

    @property
    def item(self) -> Countermeasure | None:
        """The countermeasure as the session has it; None while it is new."""
        return self.tree_now.countermeasure(self._key) if self._key else None

    @property
    def is_new(self) -> bool:
        return self.item is None

    @property
    def place(self) -> str:
        return f"countermeasure/{self._key or self._cause}"

    def before(self, name: str) -> str:
        item = self.item
        if item is not None:
            return as_text(name, item)
        cause = self.tree_now.causes[self._cause]
        return usual_kind(cause).value if name == "kind" else ""

    # -- showing

    def compose(self) -> ComposeResult:
        take_size(self)
        people = [person.name for person in self.tree_now.people if person.here]
        self._owners = owners(self.tree_now, self.store.suggestions("owner"))
        here = f"In the room: {', '.join(people)}. " if people else ""
        yield TopBar()
        yield About.cause(self.tree_now.causes[self._cause])
        yield Box("text", "What will be done?", "Enter, then who and by when",
                  "one thing that somebody does and others can see")  # fmt: skip
        with VerticalScroll(id="form", can_focus=False):
            yield labelled(
                "Owner",
                Row("owner", "a person, a team or initials",
                    f"{here}Somebody who will do it, or see that it is done.", self._owners),
            )  # fmt: skip
            yield labelled(
                "Due",
                Row("due", "friday, in 2 weeks, 1 Dec", "By when? Enter saves."),
                DaySaid(),
            )
            yield Label("All below is optional, now or later.", id="optional")
            yield labelled(
                "Progress",
                Pick("progress", "How far is it?", ALL_PROGRESS, "not said", steps=False),
            )
            yield Told(id="told")
            yield labelled("Kind", Pick("kind", "What is it for?", KINDS))
            yield labelled("Works by", Pick("means", "What does it work by?", MEANS, "not said"))
            yield labelled("Is it ready?", Ticks("ready", READY))
            yield labelled("How will we know?", MeasureList(id="measures"))
            yield labelled("Notes", Passage("notes", "anything else", rows=3))
        yield HintRow()
        yield KeyBar()

    def on_mount(self) -> None:
        """What reads days is loaded behind the first words."""
        self.run_worker(_load_reader_of_days, thread=True, exit_on_error=False)

    def filled(self) -> None:
        self._show()
        self._look(tells=False)

    def _show(self) -> None:
        """Show what is not typed: how far it is, its measures, what is missing."""
        item, day = self.item, today()
        name = self.tree_now.session.name
        self.query_one(
            TopBar
        ).title = f"{name}  {'New countermeasure' if item is None else 'Countermeasure'}"
        progress = self.pick("progress")
        progress.values = FIRST_PROGRESS if item is None else ALL_PROGRESS
        progress.nothing = "planned, once it has an owner or a date" if item is None else ""
        self.query_one(MeasureList).show(self.tree_now, item, day)
        self.recolour()
        self.refresh_bindings()

    def recolour(self) -> None:
        """Make the texts in the colours of the theme."""
        item = self.item
        self.query_one(Told).show(*(news(self.tree_now, item, today()) if item else ()))

    def looked_at(self) -> None:
        if self._still is not None:
            self._still.stop()
        self._still = self.set_timer(STILL_SECONDS, self._look)

    def _look(self, *, tells: bool = True) -> None:
        """Say what was understood of the day and the words."""
        if not self.is_attached:
            return
        self.query_one(DaySaid).show(self.field("due").said, today(), self.before("due"))
        means, said = self.pick("means"), self.said("text")
        found = suggest(said) if said else None
        new = found is not None and found != self._suggested
        self._suggested = found
        self.refresh_bindings()
        means.suggest(found.value if found else "")
        if tells and new and found and not means.said and isinstance(self.focused, Box):
            self.hint(f"Suggested: it works by “{_means_in_words(found)}”. ^T takes that.")

    # -- saving

    def command(self) -> Command | None:
        names = [name for name in _FACTS if self.changed(name)]
        facts: dict[str, object] = {}
        item, text = self.item, self.said("text")
        if not text:
            self.set_focus(self.field("text"))
            raise NotUnderstood(SAY_WHAT)
        for name in _FACTS if item is None else names:
            try:
                facts |= fact_of(name, self.said(name), today())
            except NotUnderstood:
                self.set_focus(self.field(name))
                raise
        if "owner" in facts:
            facts["owner"] = owner_of(self.said("owner"), self._owners)
        given = CountermeasureFacts.model_validate(facts)
        if item is None:
            progress = self.said("progress")
            return AddCountermeasure(
                cause=self._cause,
                text=text,
                facts=given,
                progress=Progress(progress) if progress else None,
            )
        if not facts and not self.changed("text"):
            return None
        words = text if self.changed("text") else None
        return EditCountermeasure(countermeasure=item.id, text=words, facts=given)

    def apply(self, command: Command) -> None:
        super().apply(command)
        if isinstance(command, AddCountermeasure):
            self._key = self.tree_now.countermeasures(self._cause)[-1].id

    def entered(self, field: FormField) -> None:
        if field.called == "due":
            self.action_save()
        else:
            super().entered(field)

    def _settle(self) -> bool:
        """Save what is typed and stay: what follows is about a countermeasure that is there."""
        if not self.save():
            return False
        self.fill()
        self._show()
        return True

    # -- how far it is

    def chosen(self, pick: Pick, key: str) -> None:
        if pick.called != "progress" or (self.item is None and key in ("", *_first_keys())):
            super().chosen(pick, key)
            return
        if not key or not self._settle():
            return
        item, progress = self.item, Progress(key)
        if item is None:
            return
        if progress in SetProgress.NEEDS_REASON:
            form = ReasonForm(self.store, self.tree_now, item, progress)
            self.app.push_screen(form, self._go_on)
            return
        if progress is item.progress is Progress.DONE:
            self.app.push_screen(DoneForm(self.store, self.tree_now, item), self._go_on)
            return
        on = today() if progress is Progress.DONE else None
        command = SetProgress(countermeasure=item.id, progress=progress, on=on)
        if self.attempt(lambda: self.apply(command)):
            self._go_on(self.tree_now)
            other = " Not today? Choose done once more." if progress is Progress.DONE else ""
            self.hint(f"Now {PROGRESS_WORDS[progress]}.{other} ^Z undoes it.")

    def _go_on(self, tree: Tree | None) -> None:
        """Go on with the tree that another form has changed."""
        if tree is not None:
            self.tree_now = tree
        if self.item is None and self._key is not None:
            self._keep_what_was_taken_back()
        self.fill()
        self._show()
        self._look()

    def _keep_what_was_taken_back(self) -> None:
        """It is no longer there: what the form holds is a new one, not saved yet."""
        self._key = None
        held = {field.called: field.said for field in self.fields}
        self.fill()
        for field in self.fields:
            if field.called != "progress":
                field.put(held[field.called])

    # -- measures and checks

    @on(MeasureList.Wanted)
    def _wanted(self, message: MeasureList.Wanted) -> None:
        message.stop()
        what, here = message.what, message.item
        if what == "delete":
            self._delete_one(here)
            return
        if not self._settle() or self.item is None:
            return
        if what == "add" or here is None:
            form: Form = MeasureForm(self.store, self.tree_now, self.item)
        elif isinstance(here, Check):
            form = CheckForm(self.store, self.tree_now, here.measure_id, here.id)
        elif what == "check":
            form = CheckForm(self.store, self.tree_now, here.id)
        else:
            form = MeasureForm(self.store, self.tree_now, self.item, here.id)
        self.app.push_screen(form, self._go_on)

    def _delete_one(self, here: Measure | Check | None) -> None:
        if here is None:
            self.hint("There is nothing to delete here.")
            return
        command: Command = (
            DeleteCheck(check=here.id)
            if isinstance(here, Check)
            else DeleteMeasure(measure=here.id)
        )
        if self.attempt(lambda: self.apply(command)):
            self._go_on(self.tree_now)
            self.hint("Deleted. ^Z brings it back.")

    # -- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what is there can be deleted."""
        if action == "delete" and self.item is None:
            return False
        return super().check_action(action, parameters)

    def key_words(self, binding: Binding) -> str:
        """What a key does now; nothing where it would do nothing."""
        takes = self._suggested is not None and not self.said("means")
        return "" if binding.id == "plan.take" and not takes else binding.description

    def action_take(self) -> None:
        """Take what is suggested."""
        self._look()
        if self._suggested is None or self.said("means"):
            self.hint("Nothing is suggested now.")
            return
        self.pick("means").choose(self._suggested.value)
        self.hint(f"Works by “{_means_in_words(self._suggested)}”.")

    def action_delete(self) -> None:
        """Delete the countermeasure."""
        item = self.item
        if item is None:
            return
        self.forget_drafts()
        if self.attempt(lambda: self.apply(DeleteCountermeasure(countermeasure=item.id))):
            self.close()

    def action_undo(self) -> None:
        """Undo what was typed in this field, or else the last step."""
        field = self.focused
        if isinstance(field, FormField) and self.changed(field.called):
            field.put(self.first[field.called])
            self.looked_at()
            return

        def undo() -> None:
            undone = self.store.undo(self.tree_now, self._is_of_this)
            if undone is None:
                self.hint("Nothing of this countermeasure is left to undo here.")
                return
            self._go_on(undone.tree)
            self.hint(f"Undid: {undone.label}")

        self.attempt(undo)

    def _is_of_this(self, step: Change) -> bool:
        """Whether a step is about this countermeasure, what is measured of it, or a check."""
        item, tree = self.item, self.tree_now
        if item is None:
            return False
        measures = tree.measures(item)
        own = {item.id, *(measure.id for measure in measures)}
        own |= {check.id for measure in measures for check in tree.checks(measure)}
        # What was deleted tells by its row to what it belonged.
        of = {str(key) for key in own}
        return any(
            operation.key in own
            or any(
                str((operation.before or {}).get(name)) in of
                for name in ("countermeasure_id", "measure_id")
            )
            for operation in step.operations
        )


def _first_keys() -> tuple[str, ...]:
    return tuple(value.key for value in FIRST_PROGRESS)


def _means_in_words(means: Means) -> str:
    return f"{MEANS_WORDS[means]}, {STRENGTH_OF[means]}"


def _load_reader_of_days() -> None:
    # The first day that needs it would hold the typing up for a fifth of a second.
    import dateparser  # noqa: F401
