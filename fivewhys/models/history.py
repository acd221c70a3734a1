"""What was done to a session, read backwards: each line of its journal with the rows around it.

A line of the journal names columns and keys. What a cause said at that time follows from the tree
as it is now, taken back line by line, so that the newest lines can be told without reading the
oldest. Wording it is for `fivewhys.reports.history`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from fivewhys.models.delta import Change, Operation, Row, Value, row_of
from fivewhys.models.past import Decision
from fivewhys.models.tree import Tree

NAMING = ("text", "definition", "name")
"""The columns that say what a row is called, of whatever table."""

_POINTING = ("cause_id", "parent_id", "countermeasure_id", "measure_id")
"""The columns that name another row of the session."""


@dataclass(frozen=True, slots=True)
class RowStep:
    """One row before and after a line of the journal; None where it was not there."""

    table: str
    key: UUID
    before: Row | None
    after: Row | None

    @property
    def now(self) -> Row:
        """The row after the line, or as it was last."""
        return self.after if self.after is not None else self.before or {}

    @property
    def changed(self) -> tuple[str, ...]:
        """The columns that differ; none of a row that came or went."""
        before, after = self.before, self.after
        if before is None or after is None:
            return ()
        return tuple(name for name in after if after[name] != before.get(name))

    @property
    def cause(self) -> UUID | None:
        """The cause or the problem that it is, or that it hangs on."""
        found = self.key if self.table == "cause" else self.now.get("cause_id")
        return found if isinstance(found, UUID) else None

    def inverse(self) -> "RowStep":
        """The step that takes this one back."""
        return replace(self, before=self.after, after=self.before)


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the journal with its rows, in the order in which they changed."""

    change: Change
    rows: tuple[RowStep, ...]
    names: Mapping[UUID, str]
    """What the rows and those they point at were called: after the line, or else before it."""

    @property
    def who(self) -> str:
        """Who did it; empty where no name was kept."""
        return self.change.actor

    @property
    def causes(self) -> frozenset[UUID]:
        """The causes that it is about: not those that only made room for another."""
        return frozenset(
            row.cause for row in self.rows if row.cause and row.changed != ("position",)
        ) or frozenset(row.cause for row in self.rows if row.cause)


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody said of a cause of the session and one of another session."""

    decision: Decision
    cause: UUID
    text: str
    """How the cause is called now."""
    other_text: str
    """How the other one is called; empty where it is gone."""
    other_session: str
    """The short name of its session, for example S-9; empty where it is gone."""

    @property
    def who(self) -> str:
        """Who said it; empty where no name was kept."""
        return self.decision.decided_by

    @property
    def causes(self) -> frozenset[UUID]:
        """The two causes."""
        return frozenset((self.decision.a, self.decision.b))


def is_about(found: Step | Decided, who: str | None, cause: UUID | None) -> bool:
    """Whether it was done by this person, and about this cause, where they are given."""
    return (who is None or found.who == who) and (cause is None or cause in found.causes)


class Backwards:
    """The rows of a session, which are taken back from `tree` line by line."""

    def __init__(self, tree: Tree) -> None:
        self._rows: dict[UUID, Value | Row] = {}
        self._add([tree.session], tree.causes.values(), tree.parked, tree.people)
        for hanging in tree.hanging:
            self._add(*hanging.values())

    def _add(self, *several: Iterable[Value]) -> None:
        for values in several:
            self._rows.update((value.id, value) for value in values)

    def step(self, change: Change) -> Step:
        """Take back the newest line that is not taken back yet, and say what it did."""
        tables = {operation.key: operation.table for operation in change.operations}
        for operation in change.operations:
            # A journal that came from elsewhere may speak of a row that nobody has.
            if operation.after is not None and operation.key not in self._rows:
                self._rows[operation.key] = operation.after
        after = {key: self._row(key) for key in tables}
        pointed = self._pointed(after.values())
        names = self._names([*tables, *pointed])
        for operation in reversed(change.operations):
            self._take_back(operation)
        before = {key: self._row(key) for key in tables}
        names = self._names([*tables, *pointed, *self._pointed(before.values())]) | names
        rows = (RowStep(table, key, before[key], after[key]) for key, table in tables.items())
        return Step(change, tuple(rows), names)

    def _take_back(self, operation: Operation) -> None:
        if operation.before is None:
            self._rows.pop(operation.key, None)
        elif operation.after is None:
            self._rows[operation.key] = operation.before
        else:
            known = self._row(operation.key) or {}
            self._rows[operation.key] = {**known, **operation.before}

    def _row(self, key: UUID) -> Row | None:
        found = self._rows.get(key)
        return found if found is None or isinstance(found, Mapping) else row_of(found)

    @staticmethod
    def _pointed(rows: Iterable[Row | None]) -> list[UUID]:
        keys = (row.get(column) for row in rows if row for column in _POINTING)
        return [key for key in keys if key is not None]

    def _names(self, keys: Iterable[UUID]) -> dict[UUID, str]:
        return {key: name for key in dict.fromkeys(keys) if (name := self._name(key))}

    def _name(self, key: UUID) -> str:
        found = self._rows.get(key)
        if found is None:
            return ""
        for column in NAMING:
            name = found.get(column) if isinstance(found, Mapping) else getattr(found, column, None)
            if name:
                return str(name)
        return ""
