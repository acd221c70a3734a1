"""The tree of one session as an immutable value, and the questions one can ask of it.

A tree is what its rows say and nothing more: `Tree.of` builds it from rows, `with_operations`
gives the next one without reading the database again, in time proportional to the change (and a
shallow copy). Walks are loops, never recursion: a chain may be ten thousand deep.
"""

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast
from uuid import UUID

from fivewhys.models.delta import Change, Operation, Value
from fivewhys.models.values import (
    Cause,
    Evidence,
    Parked,
    Person,
    WhySession,
    type_of_table,
)
from fivewhys.models.words import Kind, Part, Status

_NO_CHILDREN: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """A session with its problem, causes, evidence, parked ideas and people."""

    session: WhySession
    causes: Mapping[UUID, Cause]
    """Every node, the problem included, by its key."""
    below: Mapping[UUID, tuple[UUID, ...]]
    """The keys of each node's children in order; nodes without children are left out."""
    evidence_of: Mapping[UUID, tuple[Evidence, ...]]
    parked: tuple[Parked, ...]
    people: tuple[Person, ...]
    problem: Cause
    seq: int = 0
    """The last line of the journal that this tree has in it."""
    touched: frozenset[UUID] = field(default=frozenset(), compare=False)
    """The nodes that the last change added, changed or gave other children."""

    @staticmethod
    def of(
        session: WhySession,
        causes: Iterable[Cause],
        evidence: Iterable[Evidence] = (),
        parked: Iterable[Parked] = (),
        people: Iterable[Person] = (),
        seq: int = 0,
    ) -> "Tree":
        """Build the tree from rows in any order.

        Raises ValueError where the rows are no tree: no problem, or a cause that hangs on nothing.
        """
        by_key = {cause.id: cause for cause in causes}
        problems = [cause for cause in by_key.values() if cause.kind is Kind.PROBLEM]
        if len(problems) != 1:
            raise ValueError(f"a session has one problem, this one has {len(problems)}")
        below: dict[UUID, list[Cause]] = {}
        for cause in by_key.values():
            if cause.parent_id is None:
                continue
            if cause.parent_id not in by_key:
                raise ValueError(f"the cause “{cause.text[:60]}” answers nothing in this session")
            below.setdefault(cause.parent_id, []).append(cause)
        evidence_of: dict[UUID, tuple[Evidence, ...]] = {}
        for item in sorted(evidence, key=_place):
            if item.cause_id not in by_key:
                raise ValueError(f"the evidence “{item.text[:60]}” belongs to no cause")
            evidence_of[item.cause_id] = (*evidence_of.get(item.cause_id, ()), item)
        tree = Tree(
            session=session,
            causes=by_key,
            below={
                key: tuple(child.id for child in sorted(children, key=_place))
                for key, children in below.items()
            },
            evidence_of=evidence_of,
            parked=tuple(sorted(parked, key=_place)),
            people=tuple(sorted(people, key=_place)),
            problem=problems[0],
            seq=seq,
        )
        if sum(1 for _ in tree.walk()) != len(by_key):
            raise ValueError("some causes answer each other in a circle")
        return tree

    def with_operations(self, operations: Iterable[Operation], seq: int = 0) -> "Tree":
        """The tree after `operations`, which must fit it."""
        operations = list(operations)
        draft = _Draft(self)
        for operation in operations:
            draft.apply(operation)
        return draft.tree(seq or self.seq)

    # -- moving about

    def children(self, key: UUID) -> tuple[UUID, ...]:
        """The keys of the answers to why of `key`, in order."""
        return self.below.get(key, _NO_CHILDREN)

    def answers(self, key: UUID) -> list[Cause]:
        """The answers to why of `key`, in order."""
        return [self.causes[child] for child in self.children(key)]

    def path(self, key: UUID) -> list[Cause]:
        """The nodes from the problem down to `key`, both included."""
        node: Cause | None = self.causes[key]
        path = []
        while node is not None:
            path.append(node)
            node = self.causes[node.parent_id] if node.parent_id else None
        return path[::-1]

    def depth(self, key: UUID) -> int:
        """How many whys lead to `key`: 0 for the problem."""
        return len(self.path(key)) - 1

    def is_below(self, key: UUID, ancestor: UUID) -> bool:
        """Whether `key` is `ancestor` or hangs under it."""
        return any(node.id == ancestor for node in self.path(key))

    def walk(self, start: UUID | None = None) -> Iterator[tuple[Cause, int]]:
        """Every node from `start` (or the problem) downwards with its depth below it, top first."""
        stack = [(start or self.problem.id, 0)]
        while stack:
            key, depth = stack.pop()
            yield self.causes[key], depth
            stack += [(child, depth + 1) for child in reversed(self.children(key))]

    # -- what the team has settled

    def evidence(self, key: UUID) -> tuple[Evidence, ...]:
        """The evidence on one cause, in order."""
        return self.evidence_of.get(key, ())

    def evidence_by_key(self, key: UUID) -> Evidence | None:
        """One piece of evidence, wherever it hangs."""
        for items in self.evidence_of.values():
            for item in items:
                if item.id == key:
                    return item
        return None

    def roots(self) -> list[Cause]:
        """The root causes, in the tree's order."""
        return [cause for cause, _ in self.walk() if cause.is_root]

    def contributing(self) -> list[Cause]:
        """The contributing causes, in the tree's order."""
        return [cause for cause, _ in self.walk() if cause.part is Part.CONTRIBUTING]

    def ruled_out(self) -> list[Cause]:
        """The causes that were ruled out, in the tree's order."""
        return [cause for cause, _ in self.walk() if cause.status is Status.RULED_OUT]

    def is_open(self, key: UUID) -> bool:
        """Whether this branch still waits for a why: nothing below it, not root, not settled."""
        cause = self.causes[key]
        return (
            not self.children(key)
            and not cause.is_root
            and cause.status not in (Status.RULED_OUT, Status.STOPPED)
        )

    def open_questions(self) -> list[Cause]:
        """Every node outside ruled-out branches that waits for a why, in the tree's order."""
        found = []
        stack = [self.problem.id]
        while stack:
            key = stack.pop()
            cause = self.causes[key]
            if cause.status is Status.RULED_OUT:
                continue
            if self.is_open(key):
                found.append(cause)
            stack += reversed(self.children(key))
        return found

    def next_open(self, after: UUID) -> Cause | None:
        """The next open question after `after` in the tree's order; after the end, the first."""
        waiting = self.open_questions()
        if not waiting:
            return None
        order = {cause.id: place for place, (cause, _) in enumerate(self.walk())}
        here = order.get(after, -1)
        later = [cause for cause in waiting if order[cause.id] > here]
        return (later or waiting)[0]


@dataclass(frozen=True, slots=True)
class Record:
    """A session with its history: what an archive holds."""

    tree: Tree
    history: tuple[Change, ...] = ()


def _place(value: Cause | Evidence | Parked | Person) -> tuple[int, UUID]:
    return value.position, value.id


class _Draft:
    """A tree under change: shallow copies, made only of what the operations touch."""

    def __init__(self, tree: Tree) -> None:
        self._old = tree
        self.session = tree.session
        self.problem = tree.problem
        self._causes: dict[UUID, Cause] | None = None
        self._children: dict[UUID, list[UUID]] = {}
        self._evidence: dict[UUID, tuple[Evidence, ...]] | None = None
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

    @property
    def evidence(self) -> dict[UUID, tuple[Evidence, ...]]:
        if self._evidence is None:
            self._evidence = dict(self._old.evidence_of)
        return self._evidence

    def apply(self, operation: Operation) -> None:
        if operation.table == "why_session":
            self.session = cast(WhySession, _next(self.session, operation))
        elif operation.table == "cause":
            old = self.causes.get(operation.key)
            self._put_cause(old, cast("Cause | None", _next(old, operation)))
        elif operation.table == "evidence":
            self._put_evidence(operation)
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
            if not siblings or _place(self.causes[siblings[-1]]) < _place(new):
                siblings.append(new.id)
            else:
                insort(siblings, new.id, key=lambda key: _place(self.causes[key]))

    def _put_evidence(self, operation: Operation) -> None:
        row = operation.before or operation.after or {}
        cause = row.get("cause_id") or next(
            item.cause_id
            for items in self.evidence.values()
            for item in items
            if item.id == operation.key
        )
        items = _put(self.evidence.get(cause, ()), operation)
        if items:
            self.evidence[cause] = items
        else:
            self.evidence.pop(cause, None)
        self.touched.add(cause)

    def tree(self, seq: int) -> Tree:
        old = self._old
        return Tree(
            session=self.session,
            causes=old.causes if self._causes is None else self._causes,
            below=self.below,
            evidence_of=old.evidence_of if self._evidence is None else self._evidence,
            parked=self.parked,
            people=self.people,
            problem=self.problem,
            seq=seq,
            touched=frozenset(self.touched),
        )


def _next(old: Value | None, operation: Operation) -> Value | None:
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
    new = _next(old, operation)
    return tuple(sorted([*rest, new] if new else rest, key=_place))


def start(operations: Iterable[Operation], seq: int = 0) -> Tree:
    """The tree of a session that `operations` (all of them insertions) begin."""
    values: dict[str, list[Any]] = {name: [] for name in type_of_table}
    for operation in operations:
        values[operation.table].append(_next(None, operation))
    (session,) = values["why_session"]
    return Tree.of(
        session, values["cause"], values["evidence"], values["parked"], values["person"], seq
    )
