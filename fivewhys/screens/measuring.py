"""Forms of how it is known whether a countermeasure works: a measure, and a check of it."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from textual.widget import Widget

from fivewhys.models.commands import (
    AddMeasure,
    Command,
    EditMeasure,
    MakeCheck,
    MeasureFacts,
    PlanCheck,
)
from fivewhys.models.plan_words import (
    CheckResult,
    MeasureKind,
)
from fivewhys.models.tree import Tree
from fivewhys.models.values import Check, Countermeasure, Measure
from fivewhys.screens.countermeasure_fields import (
    MEASURE_KINDS,
    RESULTS,
    day_of,
    owner_of,
    owners,
    window_of,
)
from fivewhys.screens.facts import NotUnderstood, today
from fivewhys.screens.form import labelled
from fivewhys.screens.small_form import SmallForm
from fivewhys.screens.widgets.form_fields import Box, FormField, Pick, Row
from fivewhys.screens.widgets.form_parts import About, DaySaid, WindowSaid

if TYPE_CHECKING:
    from fivewhys.store.store import Store


class MeasureForm(SmallForm):
    """How it will be known whether a countermeasure works: one measure, new or there already."""

    heading = "How will we know?"
    last = "days"

    def __init__(
        self, store: "Store", tree: Tree, of: Countermeasure, measure_id: UUID | None = None
    ) -> None:
        super().__init__(store, tree)
        self._of = of
        self._key = measure_id

    @property
    def _measure(self) -> Measure | None:
        return self.tree_now.measure(self._key) if self._key else None

    @property
    def is_new(self) -> bool:
        return self._measure is None

    @property
    def place(self) -> str:
        return f"measure/{self._key or self._of.id}"

    def before(self, name: str) -> str:
        measure = self._measure
        if measure is None:
            return self._likely_kind() if name == "kind" else ""
        value = getattr(measure, name)
        return "" if value is None else str(value)

    def _likely_kind(self) -> MeasureKind:
        """The kind that is not there yet: *effective* needs a process and an outcome measure."""
        there = {measure.kind for measure in self.tree_now.measures(self._of)}
        order = (MeasureKind.PROCESS, MeasureKind.OUTCOME, MeasureKind.BALANCE)
        return next((kind for kind in order if kind not in there), MeasureKind.OUTCOME)

    def about(self) -> About:
        return About("Countermeasure", self._of.text)

    def head(self) -> Iterable[Widget]:
        yield Box("definition", "What will be counted or looked at?", "Enter goes on",
                  "share of forms in the box with this year's date")  # fmt: skip

    def rows(self) -> Iterable[Widget]:
        yield labelled("Now", Row("baseline", "12 of 80 orders", "Where it stands today."))
        yield labelled("Target", Row("target", "none of 80", "Where it should be."))
        yield labelled(
            "Window",
            Row("days", "30, 8 weeks, 3 months", "How long it is looked at. Enter saves."),
            WindowSaid(),
        )
        yield labelled("Kind", Pick("kind", "What does it tell?", MEASURE_KINDS))

    def looked_at(self) -> None:
        self.query_one(WindowSaid).show(self.field("days").said)

    def command(self) -> Command | None:
        definition = self.said("definition")
        if not definition:
            self.set_focus(self.field("definition"))
            raise NotUnderstood("Say in a few words what will be counted or looked at.")
        measure = self._measure
        names = [
            name
            for name in ("kind", "baseline", "target", "days")
            if measure is None or self.changed(name)
        ]
        values: dict[str, object] = {name: self.said(name) for name in names}
        if "days" in values:
            values["days"] = window_of(self.said("days"))
        facts = MeasureFacts.model_validate(values)
        if measure is None:
            return AddMeasure(countermeasure=self._of.id, definition=definition, facts=facts)
        if not values and not self.changed("definition"):
            return None
        words = definition if self.changed("definition") else None
        return EditMeasure(measure=measure.id, definition=words, facts=facts)


class CheckForm(SmallForm):
    """A look at a measure: planned for a day, or what it found."""

    heading = "Check"
    last = "value"

    def __init__(
        self, store: "Store", tree: Tree, measure_id: UUID, check_id: UUID | None = None
    ) -> None:
        super().__init__(store, tree)
        self._measure_id = measure_id
        self._key = check_id
        self._known: list[str] = []

    @property
    def _check(self) -> Check | None:
        return self.tree_now.check(self._key) if self._key else None

    @property
    def is_new(self) -> bool:
        return self._check is None

    @property
    def place(self) -> str:
        return f"check/{self._key or self._measure_id}"

    def before(self, name: str) -> str:
        check = self._check
        if check is None:
            return ""
        if name == "day":
            return str(check.made_on or check.due)
        value = getattr(check, name)
        return "" if value is None else str(value)

    def about(self) -> About:
        measure = self.tree_now.measure(self._measure_id)
        return About("Measure", measure.definition if measure else "")

    def rows(self) -> Iterable[Widget]:
        self._known = owners(self.tree_now, self.store.suggestions("owner"))
        owner = self._owner
        other = f"Somebody other than {owner}, who owns it." if owner else ""
        yield labelled(
            "Day",
            Row("day", "in 6 weeks, 15 Jan", "The day of the check: to come, or when it was made."),
            DaySaid(),
        )
        yield labelled("By", Row("checked_by", "who looks at it", other, self._known))
        yield labelled("Result", Pick("result", "What did it find?", RESULTS, "still to come"))
        yield labelled("Found", Row("value", "78 of 80, 3 complaints", "What it found, if made."))

    @property
    def _owner(self) -> str:
        measure = self.tree_now.measure(self._measure_id)
        of = self.tree_now.countermeasure(measure.countermeasure_id) if measure else None
        return of.owner if of else ""

    def looked_at(self) -> None:
        made = bool(self.said("result"))
        self.query_one(DaySaid).show(self.field("day").said, today(), self.before("day"), past=made)

    def first_field(self) -> FormField:
        return self.field("day" if self.is_new else "result")

    def entered(self, field: FormField) -> None:
        if field.called == "checked_by" and not self.said("result"):
            self.action_save()
        else:
            super().entered(field)

    def chosen(self, pick: Pick, key: str) -> None:
        super().chosen(pick, key)
        check = self._check
        if key and check is not None and check.result is None and not self.changed("day"):
            # It was planned for a day, and it is made on this one.
            self.field("day").put(str(today()))
        self.set_focus(self.field("value"))

    def command(self) -> Command | None:
        check, result = self._check, self.said("result")
        if check is not None and not any(self.changed(field.called) for field in self.fields):
            return None
        by, text = owner_of(self.said("checked_by"), self._known), self.said("day")
        if result:
            if not by:
                self.set_focus(self.field("checked_by"))
                raise NotUnderstood("Say who made the check.")
            planned = check is not None and check.result is None and not self.changed("day")
            on = None if planned else self._day(text, past=True)
            return MakeCheck(
                measure=self._measure_id,
                result=CheckResult(result),
                checked_by=by,
                value=self.said("value"),
                on=on or today(),
                check=self._key if check else None,
            )
        due = check.due if check and not self.changed("day") else self._day(text)
        if due is None:
            self.set_focus(self.field("day"))
            raise NotUnderstood("Say on which day it will be looked at, for example in 6 weeks.")
        return PlanCheck(
            measure=self._measure_id, due=due, checked_by=by, check=self._key if check else None
        )

    def _day(self, text: str, *, past: bool = False) -> date | None:
        try:
            return day_of("Day", text, today(), past=past)
        except NotUnderstood:
            self.set_focus(self.field("day"))
            raise
