"""Forms of few fields that stand before another form: for a reason, for the day it was done."""

from abc import abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget

from fivewhys.models.commands import Command, SetProgress
from fivewhys.models.plan_words import PROGRESS_WORDS, Progress
from fivewhys.models.tree import Tree
from fivewhys.models.values import Countermeasure
from fivewhys.screens.countermeasure_fields import day_of
from fivewhys.screens.facts import today
from fivewhys.screens.form import Form, labelled
from fivewhys.screens.look import take_size
from fivewhys.screens.widgets.bars import HintRow, KeyBar, TopBar
from fivewhys.screens.widgets.form_fields import Box, FormField, Row
from fivewhys.screens.widgets.form_parts import About, DaySaid

if TYPE_CHECKING:
    from fivewhys.store.store import Store


class SmallForm(Form):
    """A form of few fields: Enter in the last one saves."""

    heading = ""
    last = ""
    """The field in which Enter saves."""

    def compose(self) -> ComposeResult:
        take_size(self)
        yield TopBar()
        yield self.about()
        yield from self.head()
        with VerticalScroll(id="form", can_focus=False):
            yield from self.rows()
        yield HintRow()
        yield KeyBar()

    @abstractmethod
    def about(self) -> About:
        """What it is about, in the first row."""

    def head(self) -> Iterable[Widget]:
        """The box that stands above the rows, if there is one."""
        return ()

    def rows(self) -> Iterable[Widget]:
        """The rows of the form."""
        return ()

    def filled(self) -> None:
        self.query_one(TopBar).title = f"{self.tree_now.session.name}  {self.heading}"
        self.looked_at()

    def entered(self, field: FormField) -> None:
        if field.called == self.last:
            self.action_save()
        else:
            super().entered(field)


class ReasonForm(SmallForm):
    """Why a countermeasure is rejected, or what showed that it is not effective."""

    last = "reason"

    def __init__(
        self, store: "Store", tree: Tree, item: Countermeasure, progress: Progress
    ) -> None:
        super().__init__(store, tree)
        self._item = item
        self._progress = progress
        self.heading = PROGRESS_WORDS[progress].capitalize()

    @property
    def is_new(self) -> bool:
        return True

    @property
    def place(self) -> str:
        return f"{self._progress}/{self._item.id}"

    def before(self, name: str) -> str:
        return self._item.reason if self._item.progress is self._progress else ""

    def about(self) -> About:
        return About("Countermeasure", self._item.text)

    def head(self) -> Iterable[Widget]:
        rejected = self._progress is Progress.REJECTED
        yield Box(
            "reason",
            "Rejected because" if rejected else "Not effective, because",
            "Enter saves",
            "why it will not be done; the reason is kept" if rejected else "what showed it",
        )

    def command(self) -> Command | None:
        return SetProgress(
            countermeasure=self._item.id, progress=self._progress, reason=self.said("reason")
        )


class DoneForm(SmallForm):
    """The day on which a countermeasure was done, where that is not today."""

    heading = "Done"
    last = "day"

    def __init__(self, store: "Store", tree: Tree, item: Countermeasure) -> None:
        super().__init__(store, tree)
        self._item = item

    @property
    def is_new(self) -> bool:
        return True

    @property
    def place(self) -> str:
        return f"{Progress.DONE}/{self._item.id}"

    def before(self, name: str) -> str:
        return str(self._item.done_on or "")

    def about(self) -> About:
        return About("Countermeasure", self._item.text)

    def rows(self) -> Iterable[Widget]:
        yield labelled(
            "Day",
            Row("day", "yesterday, 20 Nov", "On which day was it done? Enter saves."),
            DaySaid(),
        )

    def looked_at(self) -> None:
        said = self.field("day").said
        self.query_one(DaySaid).show(said, today(), self.before("day"), past=True)

    def command(self) -> Command | None:
        on = day_of("Day", self.said("day"), today(), past=True)
        return SetProgress(countermeasure=self._item.id, progress=Progress.DONE, on=on or today())
