"""What is done about some causes of a session, to open, to add to and to delete from."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from fivewhys.models.commands import DeleteCountermeasure
from fivewhys.models.delta import Change
from fivewhys.models.tree import Tree
from fivewhys.models.values import Check, Countermeasure, Measure, type_of_table
from fivewhys.screens.attempting import attempt
from fivewhys.screens.countermeasure import CountermeasureScreen
from fivewhys.screens.facts import today
from fivewhys.screens.look import take_size
from fivewhys.screens.plan_lines import NOT_HELPED, about_countermeasure
from fivewhys.screens.widgets.bars import HintRow, KeyBar, TopBar
from fivewhys.screens.widgets.choices import Choice, Choices
from fivewhys.text import excerpt

if TYPE_CHECKING:
    from fivewhys.store.store import Store

LONGEST_HEAD = 120
"""Characters of a cause above what is done about it."""


class PlanScreen(Screen[Tree]):
    """Gives back the session's tree as it is afterwards."""

    # Every key is the screen's own, from the moment it is there.
    AUTO_FOCUS = ""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open", id="plans.open",
                tooltip="Open the countermeasure, or add one where there is none"),
        *(
            Binding(str(n), f"number({n})", show=False, id=f"plans.open{n}", key_display="1-9",
                    tooltip="Open the countermeasure with this number")
            for n in range(1, 10)
        ),
        Binding("f,a", "add", "add", id="plans.add",
                tooltip="Add a countermeasure of the same cause"),
        Binding("d,delete", "delete", "delete", id="plans.delete",
                tooltip="Delete the countermeasure (undo brings it back)"),
        Binding("u,ctrl+z", "undo", "undo", id="plans.undo",
                tooltip="Undo your last step in the plan"),
        Binding("up,k", "move(-1)", "up", show=False, id="plans.up", tooltip="The one above"),
        Binding("down,j", "move(1)", "down", show=False, id="plans.down", tooltip="The next one"),
        Binding("home", "edge(0)", "first", show=False, id="plans.first", tooltip="The first"),
        Binding("end", "edge(-1)", "last", show=False, id="plans.last", tooltip="The last"),
        Binding("escape,q", "leave", "back", id="plans.leave", tooltip="Back"),
        Binding("f1,question_mark", "app.help", "help", id="plans.help", tooltip="Help"),
    ]  # fmt: skip

    def __init__(self, store: "Store", tree: Tree, causes: Sequence[UUID]) -> None:
        super().__init__()
        self._store = store
        self._tree = tree
        self._causes = causes
        self._rows: list[tuple[UUID, Countermeasure | None]] = []
        """What each row stands for: a cause, and what is done about it (None: nothing yet)."""
        self._is_done = False

    def compose(self) -> ComposeResult:
        take_size(self)
        yield TopBar()
        yield Choices(id="choices", stacked=True)
        yield HintRow()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what is done."""
        self.query_one(TopBar).title = f"{self._tree.session.name}  What we do about it"
        self._show(0)

    def _show(self, place: int) -> None:
        tree, day = self._tree, today()
        self._rows = [
            (key, item)
            for key in self._causes
            if key in tree.causes
            for item in (*tree.countermeasures(key),) or (None,)
        ]
        choices, number = [], 0
        for key, item in self._rows:
            head = excerpt(tree.causes[key].text, LONGEST_HEAD)
            if tree.is_reopened(key):
                head = f"{head} ({NOT_HELPED})"
            if item is None:
                choices.append(Choice("", "nothing yet", "Enter adds what will be done", head=head))
                continue
            number += 1
            about = " · ".join(about_countermeasure(tree, item, day))
            choices.append(Choice(str(number) if number < 10 else "", item.text, about, head=head))
        self.query_one(Choices).show(choices, place)
        self.refresh_bindings()

    @property
    def _here(self) -> tuple[UUID, Countermeasure | None]:
        return self._rows[self.query_one(Choices).cursor]

    def _hint(self, words: str) -> None:
        self.query_one(HintRow).hint = words

    # -- keys

    def take_keys(self, keys: list[events.Key]) -> None:
        """Do what keys mean that were pressed before this screen came."""
        for key in keys:
            self.post_message(key)

    async def _on_key(self, event: events.Key) -> None:
        # Left to the app, an action is done after the key that follows it has come here.
        event.stop()
        event.prevent_default()
        if self._is_done or self.app.screen is not self:
            # What was typed on belongs to the screen that is in front.
            self.app.post_message(events.Key(event.key, event.character))
            return
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            await self.run_action(binding.action)
            return
        event.stop(False)

    def action_open(self) -> None:
        """Open what the cursor is on."""
        self._open(*self._here)

    def action_number(self, number: int) -> None:
        """Open by number."""
        there = [row for row in self._rows if row[1] is not None]
        if number <= len(there):
            self._open(*there[number - 1])

    def action_add(self) -> None:
        """Add something for the same cause."""
        self._open(self._here[0], None)

    def _open(self, cause: UUID, item: Countermeasure | None) -> None:
        form = CountermeasureScreen(self._store, self._tree, cause, item.id if item else None)
        self.app.push_screen(form, self._go_on)

    def _go_on(self, tree: Tree | None) -> None:
        if tree is not None:
            self._tree = tree
            self._show(self.query_one(Choices).cursor)

    def action_delete(self) -> None:
        """Delete what the cursor is on."""
        item = self._here[1]
        if item is None:
            self._hint("There is nothing to delete here.")
            return

        def delete() -> None:
            self._go_on(self._store.apply(self._tree, DeleteCountermeasure(countermeasure=item.id)))
            self._hint("Deleted. u brings it back.")

        attempt(self, delete, self._hint)

    def action_undo(self) -> None:
        """Undo the last step."""

        def undo() -> None:
            undone = self._store.undo(self._tree, _is_of_plan)
            if undone is None:
                self._hint("No step of yours in the plan is left to undo here.")
                return
            self._go_on(undone.tree)
            self._hint(f"Undid: {undone.label}")

        attempt(self, undo, self._hint)

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        list_ = self.query_one(Choices)
        list_.go(list_.cursor + by)

    def action_edge(self, place: int) -> None:
        """Move the cursor to the first or the last row."""
        self.query_one(Choices).go(place % len(self._rows))

    def action_leave(self) -> None:
        """Go back."""
        self._is_done = True
        self.dismiss(self._tree)

    @on(Choices.Picked)
    def _picked(self, message: Choices.Picked) -> None:
        message.stop()
        self.query_one(Choices).go(message.place)
        self.action_open()


def _is_of_plan(step: Change) -> bool:
    """Whether a step is about what is done, and not about the tree behind it."""
    return any(
        type_of_table[one.table] in (Countermeasure, Measure, Check) for one in step.operations
    )
