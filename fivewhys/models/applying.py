"""Applying row operations to a tree, in time proportional to the change (and a shallow copy).

It knows how rows hang together and where they stand; what a tree can be asked is for `tree`.
"""

from bisect import insort
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from fivewhys.models.delta import OnCause, Operation, Value
from fivewhys.models.values import (
    Cause,
    Check,
    Dismissal,
    LinkAnswer,
    Parked,
    Person,
    RootCheck,
    WhySession,
    tables_on_causes,
    type_of_table,
)
from fivewhys.models.words import Kind, LinkQuestion, RootPoint

if TYPE_CHECKING:
    from fivewhys.models.tree import Tree


class Draft:
    """A tree under change: shallow copies, made only of what the operations touch."""

    def __init__(self, tree: "Tree") -> None:
        self._old = tree
        self.session = tree.session
        self.problem = tree.problem
        self._causes: dict[UUID, Cause] | None = None
        self._children: dict[UUID, list[UUID]] = {}
        self._on_causes: dict[str, dict[UUID, tuple[OnCause, ...]]] = {}
        self.parked: tuple[Parked, ...] = tree.parked
        self.people: tuple[Person, ...] = tree.people
        self.touched: set[UUID] = set()

    @property
    def causes(self) -> dict[UUID, Cause]:
        if self._causes is None:
            self._causes = dict(self._old.causes)
        return self._causes

    def children(self, key: UUID) -> list[UUID]:
        """The children of `key`, to be changed in place."""
        if key not in self._children:
            self._children[key] = list(self._old.children(key))
        return self._children[key]

    @property
    def below(self) -> Mapping[UUID, tuple[UUID, ...]]:
        if not self._children:
            return self._old.below
        below = dict(self._old.below) | {key: tuple(keys) for key, keys in self._children.items()}
        for key, keys in self._children.items():
            if not keys:
                del below[key]
        return below

    def hanging(self, table: str) -> dict[UUID, tuple[OnCause, ...]]:
        """What hangs on each cause of the rows of `table`, to be changed in place."""
        if table not in self._on_causes:
            self._on_causes[table] = dict(getattr(self._old, tables_on_causes[table]))
        return self._on_causes[table]

    def apply(self, operation: Operation) -> None:
        """Do one operation, which must fit."""
        if operation.table == "why_session":
            self.session = cast(WhySession, row_after(self.session, operation))
        elif operation.table == "cause":
            old = self.causes.get(operation.key)
            self._put_cause(old, cast("Cause | None", row_after(old, operation)))
        elif operation.table in tables_on_causes:
            self._hang(operation)
        elif operation.table == "parked":
            self.parked = _put(self.parked, operation)
        elif operation.table == "person":
            self.people = _put(self.people, operation)

    def _put_cause(self, old: Cause | None, new: Cause | None) -> None:
        moved = (
            old is None
            or new is None
            or (old.parent_id, old.position) != (new.parent_id, new.position)
        )
        if old is not None and moved and old.parent_id:
            self.touched.add(old.parent_id)
            keys = self.children(old.parent_id)
            # A deleted branch goes from its end, so its last child is the usual case.
            if keys[-1] == old.id:
                keys.pop()
            else:
                keys.remove(old.id)
        if new is None:
            if old is not None:
                del self.causes[old.id]
            return
        self.touched.add(new.id)
        self.causes[new.id] = new
        if new.kind is Kind.PROBLEM:
            self.problem = new
        if moved and new.parent_id:
            self.touched.add(new.parent_id)
            siblings = self.children(new.parent_id)
            # A branch that comes back comes in order, so the end is the usual case here too.
            if not siblings or place_of(self.causes[siblings[-1]]) < place_of(new):
                siblings.append(new.id)
            else:
                insort(siblings, new.id, key=lambda key: place_of(self.causes[key]))

    def _hang(self, operation: Operation) -> None:
        hanging = self.hanging(operation.table)
        row = operation.before or operation.after or {}
        cause = row.get("cause_id") or next(
            item.cause_id
            for items in hanging.values()
            for item in items
            if item.id == operation.key
        )
        items = _put(hanging.get(cause, ()), operation)
        if items:
            hanging[cause] = items
        else:
            hanging.pop(cause, None)
        self.touched.add(cause)

    def tree(self, seq: int) -> "Tree":
        """The tree with what was applied."""
        old = self._old
        hanging: dict[str, Any] = {
            tables_on_causes[table]: rows for table, rows in self._on_causes.items()
        }
        return replace(
            old,
            session=self.session,
            causes=old.causes if self._causes is None else self._causes,
            below=self.below,
            parked=self.parked,
            people=self.people,
            problem=self.problem,
            seq=seq,
            touched=frozenset(self.touched),
            **hanging,
        )


def row_after(old: Value | None, operation: Operation) -> Value | None:
    """The value of a row after `operation`."""
    if operation.after is None:
        return None
    if operation.before is None:
        return cast(Value, type_of_table[operation.table](**operation.after))
    if old is None:
        raise KeyError(operation.key)
    return replace(old, **operation.after)


def _put(items: tuple[Any, ...], operation: Operation) -> tuple[Any, ...]:
    old = next((item for item in items if item.id == operation.key), None)
    rest = [item for item in items if item.id != operation.key]
    new = row_after(old, operation)
    return tuple(sorted([*rest, new] if new else rest, key=place_of))


_QUESTIONS = {question: place for place, question in enumerate(LinkQuestion)}
_POINTS = {point: place for place, point in enumerate(RootPoint)}


def place_of(value: Cause | OnCause | Parked | Person) -> tuple[int, UUID]:
    """What siblings are sorted by; keys settle what equal positions leave open."""
    if isinstance(value, LinkAnswer):
        return _QUESTIONS[value.question], value.id
    if isinstance(value, RootCheck):
        return _POINTS[value.point], value.id
    if isinstance(value, Dismissal):
        return 0, value.id
    if isinstance(value, Check):
        return value.due.toordinal(), value.id
    return value.position, value.id
