"""The way back through a session's history: what was done to it, the newest first, in pages.

What people said of its causes and those of other sessions stands among the lines of the journal,
by its moment.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Connection, func, select

from fivewhys.models.delta import Change
from fivewhys.models.history import Backwards, Decided, Step
from fivewhys.models.past import Decision
from fivewhys.models.tables import change_table, decision_table, tables
from fivewhys.models.tree import Tree
from fivewhys.models.words import Kind
from fivewhys.store import deciding, journal
from fivewhys.store.batches import in_batches
from fivewhys.store.database import Database


class WayBack:
    """Goes back from `tree`, which says what stands at its end. Each page is one transaction.

    What others do after `tree` was read is not on this way; a new one begins at the tree as it is
    then.
    """

    def __init__(self, database: Database, tree: Tree) -> None:
        self._database = database
        self._session = tree.session.id
        self._backwards = Backwards(tree)
        self._before = tree.seq + 1
        self._asked = set[UUID]()
        """The causes whose decisions are known."""
        self._texts = {key: cause.text for key, cause in tree.causes.items()}
        self._waiting: list[Decided] = []
        """Decisions that stand farther back, the newest last."""
        self._new = {key for key, cause in tree.causes.items() if cause.kind is Kind.CAUSE}
        self.is_at_start = False
        """Whether there is nothing farther back."""

    def go(self, lines: int) -> list[Step | Decided]:
        """What `lines` more lines of the journal say, the newest first, and the decisions between.

        Fewer, or nothing, where the history begins.
        """
        if self.is_at_start:
            return []
        with self._database.reading() as db:
            changes = journal.backwards(db, self._session, self._before, lines)
            steps = [self._step(change) for change in changes]
            self._read_decisions(db)
        self.is_at_start = len(changes) < lines
        if changes:
            self._before = changes[-1].seq
        return self._between(steps)

    def people(self) -> list[str]:
        """Who has done anything to the session or decided on its causes, the busiest first."""
        row, cause = decision_table.c, tables["cause"].c
        here = select(cause.id).where(cause.session_id == self._session)
        did = select(change_table.c.actor, func.count()).where(
            change_table.c.session_id == self._session
        )
        decided = select(row.decided_by, func.count()).where(row.a.in_(here) | row.b.in_(here))
        counts: dict[str, int] = {}
        with self._database.reading() as db:
            found = [*db.execute(did.group_by(change_table.c.actor))]
            if deciding.are_there(db):
                found += db.execute(decided.group_by(row.decided_by))
        for name, count in found:
            counts[name] = counts.get(name, 0) + count
        return sorted(counts, key=lambda name: (-counts[name], name))

    def _step(self, change: Change) -> Step:
        step = self._backwards.step(change)
        for row in step.rows:
            if row.table == "cause" and row.now.get("kind") is not Kind.PROBLEM:
                # One that is gone has its decisions still, by the words that it had last.
                self._texts.setdefault(row.key, str(row.now.get("text", "")))
                self._new.add(row.key)
        return step

    def _read_decisions(self, db: Connection) -> None:
        fresh, self._new = self._new - self._asked, set()
        if not fresh or not deciding.are_there(db):
            self._asked |= fresh
            return
        found = [
            decision
            for decision in deciding.every(db, sorted(fresh))
            if not {decision.a, decision.b} & self._asked
        ]
        self._asked |= fresh
        others = {key for one in found for key in (one.a, one.b) if key not in self._texts}
        known = _other_causes(db, others)
        self._waiting += [self._decided(one, known) for one in found]
        self._waiting.sort(key=lambda one: (one.decision.decided_at, one.decision.id))

    def _decided(self, decision: Decision, known: dict[UUID, tuple[str, str]]) -> Decided:
        here, there = decision.a, decision.b
        if here not in self._texts:
            here, there = there, here
        # Two causes of one session can be compared too.
        text, session = known.get(there, (self._texts.get(there, ""), ""))
        return Decided(decision, here, self._texts.get(here, ""), text, session)

    def _between(self, steps: list[Step]) -> list[Step | Decided]:
        """The steps with the decisions that were made since the step before each."""
        found: list[Step | Decided] = []
        for step in steps:
            while self._waiting and self._waiting[-1].decision.decided_at > step.change.at:
                found.append(self._waiting.pop())
            found.append(step)
        if self.is_at_start:
            found += reversed(self._waiting)
            self._waiting = []
        return found


def _other_causes(db: Connection, keys: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    """The words and the session's short name of each of some causes that is there."""
    cause, session = tables["cause"].c, tables["why_session"].c
    found: dict[UUID, tuple[str, str]] = {}
    for some in in_batches(sorted(keys)):
        query = (
            select(cause.id, cause.text, session.number)
            .join_from(tables["cause"], tables["why_session"], session.id == cause.session_id)
            .where(cause.id.in_(some), session.deleted_at.is_(None))
        )
        found |= {key: (text, f"S-{number}") for key, text, number in db.execute(query)}
    return found
