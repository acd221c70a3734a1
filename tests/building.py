"""Trees for tests, built as people build them: by commands. No database, no clock.

tree = session("customers are angry", site="Harwick")
tree, cause = answer(tree, tree.problem.id, "They are overcharged")
tree = do(tree, SetPart(cause=cause.id, part=Part.ROOT, reason="Ours to change"))
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from fivewhys.models.commands import Answer, Command, Facts, Moment, NewPerson, StartSession
from fivewhys.models.delta import Change, ChangeKind, Operation
from fivewhys.models.tree import Record, Tree, start
from fivewhys.models.values import Cause, WhySession
from fivewhys.models.words import Kind, State, Status

FIRST = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
"""The moment at which every test's first session begins."""

_seconds = count()
_keys = count(1)


def new_key() -> UUID:
    """The next key: they count up, as the real ones do."""
    return UUID(int=(0x0193 << 112) | next(_keys))


def moment(actor: str = "Ines", number: int = 1) -> Moment:
    """The next moment, a second after the one before."""
    now = FIRST + timedelta(seconds=next(_seconds))
    return Moment(now=now, actor=actor, new_key=new_key, number=number)


def session(
    problem: str = "customers are angry",
    *,
    number: int = 1,
    people: tuple[NewPerson, ...] = (),
    **facts: Any,
) -> Tree:
    """A new session as a tree that has only its problem. It was opened on 21 November 2026."""
    command = StartSession(problem=problem, facts=Facts(**facts), people=people)
    return start(command.plan(replace(moment(number=number), now=FIRST)), seq=1)


def do(tree: Tree, command: Command) -> Tree:
    """The tree after `command`."""
    return tree.with_operations(command.plan(tree, moment()), seq=tree.seq + 1)


def answer(tree: Tree, parent: UUID, text: str, **more: Any) -> tuple[Tree, Cause]:
    """The tree with one more answer to why of `parent`, and that answer."""
    tree = do(tree, Answer(parent=parent, text=text, **more))
    return tree, tree.causes[tree.children(parent)[-1]]


def chain(length: int, problem: str = "customers are angry") -> Tree:
    """A tree of one branch, `length` whys deep, built from rows in one go."""
    return _grown([place - 1 for place in range(1, length + 1)], problem)


def fan(width: int, problem: str = "customers are angry") -> Tree:
    """A tree of `width` answers to one why, built from rows in one go."""
    return _grown([0] * width, problem)


def _grown(parents: list[int], problem: str) -> Tree:
    """A tree whose n-th cause answers why of the node with the index `parents[n]`."""
    tree = session(problem)
    nodes = [tree.problem]
    for place, parent in enumerate(parents, 1):
        cause = Cause(
            id=new_key(),
            session_id=tree.session.id,
            parent_id=nodes[parent].id,
            kind=Kind.CAUSE,
            position=1024 * place,
            text=f"cause {place}",
            question="",
            status=Status.OPEN,
            reason="",
            part=None,
            part_reason="",
            leg=None,
            said_by="",
            created_at=FIRST,
        )
        nodes.append(cause)
    return Tree.of(tree.session, nodes, seq=1)


@dataclass
class Told:
    """A session that is built with its history, as the store would write it."""

    tree: Tree
    history: list[Change] = field(default_factory=list)

    @staticmethod
    def of(problem: str = "customers are angry", **facts: Any) -> "Told":
        """Begin a session."""
        command = StartSession(problem=problem, facts=Facts(**facts))
        operations = command.plan(moment())
        told = Told(start(operations, seq=1))
        told._write(ChangeKind.START, "start", operations)
        return told

    def do(self, command: Command) -> "Told":
        """Do `command` and write it down."""
        operations = command.plan(self.tree, moment())
        label = command.label(self.tree)
        self.tree = self.tree.with_operations(operations, seq=len(self.history) + 1)
        self._write(ChangeKind.DO, label, operations)
        return self

    def _write(self, kind: ChangeKind, label: str, operations: list[Operation]) -> None:
        seq = len(self.history) + 1
        change = Change(seq, moment().now, "Ines", kind, label, None, tuple(operations))
        self.history.append(change)

    @property
    def record(self) -> Record:
        """What an archive holds of it."""
        return Record(self.tree, tuple(self.history))


def finished(tree: Tree) -> Tree:
    """The same tree in a session that was finished an hour after it was opened."""
    ended: WhySession = replace(
        tree.session, state=State.FINISHED, finished_at=FIRST + timedelta(hours=1)
    )
    return replace(tree, session=ended)
