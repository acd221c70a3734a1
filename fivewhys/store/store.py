"""The store: the one write path, undo and redo, and the reads that screens and commands need."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import uuid_utils.compat
from sqlalchemy import Connection

from fivewhys.models.commands import Answer, Command, Moment, Refused, StartSession
from fivewhys.models.delta import Change, ChangeKind, Operation, inverse
from fivewhys.models.follow_up import ActionLine, Filter, ToTell, View
from fivewhys.models.found import Found
from fivewhys.models.past import Context, Decision, Past, Sameness
from fivewhys.models.tree import Record, Tree, start
from fivewhys.models.values import Appearance, Check, Measure, SessionLine
from fivewhys.store import (
    bringing,
    deciding,
    drafts,
    following,
    journal,
    past,
    purging,
    reading,
    reminding,
    schema,
    searching,
    sharing,
    telling,
    undoing,
    wording,
)
from fivewhys.store.bringing import Brought
from fivewhys.store.catching_up import CatchingUp
from fivewhys.store.database import Database
from fivewhys.store.engine import shown, url_of
from fivewhys.store.looking_back import WayBack
from fivewhys.store.numbering import next_number
from fivewhys.store.problems import SESSION_DELETED, SESSION_GONE, StoreProblem, plainly
from fivewhys.store.reviewing import Reviewing
from fivewhys.store.stages import Tell, nobody
from fivewhys.store.writing import write


def utc_now() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo or redo did."""

    tree: Tree
    label: str


class _TakenBack(Exception):
    """What was written was for practice."""


class Store:
    """Sessions in one database. Safe to use from several threads; each call is one transaction.

    `database` is a file or an address; `actor` is the person whose changes these are; `tell`
    hears how far it is while the database of an older version is brought up to date. Every method
    raises `StoreProblem` with a sentence for the person where the database cannot do it.
    """

    def __init__(
        self,
        database: str | Path,
        actor: str,
        now: Callable[[], datetime] = utc_now,
        new_key: Callable[[], UUID] = uuid_utils.compat.uuid7,
        tell: Tell = nobody,
    ) -> None:
        self.actor = actor
        self._now = now
        self._new_key = new_key
        with plainly(str(database)):
            self.url = url_of(database)
            self.where = shown(self.url)
            schema.ready(self.url, tell=tell)
            self._database = Database(self.url)
        self.catching_up = CatchingUp(self._database)
        """What an index of all causes reads."""
        self.reviewing = Reviewing(self._database)
        """The managers' review."""

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    # -- reading

    def library(
        self, search: str = "", before: int | None = None, limit: int = 50
    ) -> list[SessionLine]:
        """Sessions, newest first, that hold every word of `search`; numbers below `before` only."""
        with self._database.reading() as db:
            return reading.library(db, search, before, limit)

    def search(
        self,
        words: str,
        *,
        limit: int = 30,
        site: str = "",
        since: date | None = None,
        until: date | None = None,
    ) -> list[Found]:
        """What people wrote that holds every word of `words`, the best answers first.

        Capitals and accents do not count, and a word of three letters or more also finds those
        that begin with it. Of sessions at `site`, from day `since` to `until`. Deleted sessions
        are left out; what was ruled out says so. Where very many hold the words, the best are
        chosen among the latest.
        """
        with self._database.reading() as db:
            return searching.search(db, words, limit, site, since, until)

    def tree(self, session_id: UUID) -> Tree:
        """The whole tree of a session."""
        with self._database.reading() as db:
            tree = reading.tree(db, session_id)
        if tree is None:
            raise StoreProblem(SESSION_GONE)
        return tree

    def numbered(self, number: int) -> Tree:
        """The tree of S-`number`, deleted sessions left out."""
        with self._database.reading() as db:
            key = reading.key_of(db, number)
        if key is None:
            raise StoreProblem(f"There is no session S-{number} in {self.where}.")
        return self.tree(key)

    def history(self, session_id: UUID) -> list[Change]:
        """Who did what when in a session, oldest first."""
        with self._database.reading() as db:
            return journal.changes(db, session_id)

    def way_back(self, tree: Tree) -> WayBack:
        """The history that led to `tree`, to be read from its end a page at a time."""
        return WayBack(self._database, tree)

    def record(self, session_id: UUID) -> Record:
        """A session with its history, as an archive holds it (its lines counted from 1)."""
        with self._database.reading() as db:
            tree = reading.tree(db, session_id)
            if tree is None:
                raise StoreProblem(SESSION_GONE)
            record = Record(tree, tuple(journal.changes(db, session_id)))
            decisions = tuple(deciding.every(db, record.causes_ever))
        return bringing.portable(replace(record, decisions=decisions))

    def suggestions(self, column: str) -> list[str]:
        """Earlier values of a fact, a person's `name` or `role`, or an `owner`; most used first."""
        with self._database.reading() as db:
            return reading.suggestions(db, column)

    def follow_up(
        self,
        view: View,
        today: date,
        narrowed: Filter | None = None,
        after: ActionLine | None = None,
        limit: int = 50,
    ) -> list[ActionLine]:
        """Countermeasures over all sessions, a page after the line `after`; what is due first."""
        with self._database.reading() as db:
            return following.page(db, view, today, narrowed, after, limit)

    def how_many(self, view: View, today: date, narrowed: Filter | None = None) -> int:
        """How many countermeasures a view of the follow-up lists."""
        with self._database.reading() as db:
            return following.count(db, view, today, narrowed)

    def how_known(
        self, keys: Collection[UUID], *, made: bool = False
    ) -> tuple[list[Measure], list[Check]]:
        """The measures of some countermeasures, and the checks that are planned for them.

        With `made`, the checks that were made instead.
        """
        with self._database.reading() as db:
            return following.how_known(db, keys, made=made)

    def changed_at(self, sessions: Collection[UUID]) -> dict[UUID, datetime]:
        """When each of some sessions was last changed."""
        with self._database.reading() as db:
            return following.changed_at(db, sessions)

    def to_tell(
        self, narrowed: Filter | None = None, after: ToTell | None = None, limit: int = 50
    ) -> list[ToTell]:
        """Sessions whose customers are not told yet what happened and what changes, in pages."""
        with self._database.reading() as db:
            return telling.to_tell(db, narrowed, after, limit)

    def last_time(self, tree: Tree) -> list[ActionLine]:
        """What earlier sessions about the same cause, place or department left to do."""
        with self._database.reading() as db:
            return reminding.of_sessions_like(db, tree)

    # -- the whole history

    def past(
        self,
        site: str = "",
        since: date | None = None,
        until: date | None = None,
        only: Collection[UUID] | None = None,
    ) -> Past:
        """All sessions, or those at `site`, from day `since` to `until`, and in `only`."""
        with self._database.reading() as db:
            return past.past(db, site, since, until, only)

    def context(self, causes: Iterable[UUID]) -> dict[UUID, Context]:
        """Of some causes what tells whether another is the same; those that are gone left out."""
        with self._database.reading() as db:
            return past.context(db, causes)

    def shared(self, tree: Tree) -> Mapping[UUID, tuple[Appearance, ...]]:
        """Each cause of `tree` that was found in other sessions → these, once each, oldest first.

        A person's *same* connects, and so do equal words, which a *different* outranks. What was
        ruled out or deleted does not count.
        """
        with self._database.reading() as db:
            return sharing.shared(db, tree)

    def alike(self, causes: Iterable[UUID]) -> dict[UUID, dict[UUID, Appearance]]:
        """Each cause → the causes of other sessions that are the same, with where they are.

        As `shared`, for causes of any sessions; those that are gone left out.
        """
        with self._database.reading() as db:
            return sharing.alike(db, causes)

    # -- decisions

    def decisions(self) -> list[Decision]:
        """The decision that holds of each two causes that are there, the oldest first.

        Those that were skipped or taken back are among them.
        """
        with self._database.reading() as db:
            return deciding.holding(db)

    def decide(self, a: UUID, b: UUID, sameness: Sameness) -> Decision:
        """Write down what this person says of two causes. It holds from now on, for everybody."""
        with self._database.writing() as db:
            return deciding.decide(db, a, b, sameness, self._moment())

    def take_back_decision(self) -> Decision | None:
        """Take back this person's last decision that still holds; returns it, None without one.

        What held before holds again. Doing so once more takes back the decision before that.
        """
        with self._database.writing() as db:
            return deciding.take_back(db, self._moment())

    # -- about the database

    def last_deleted(self) -> UUID | None:
        """The session that was deleted last, if one is still to be brought back."""
        with self._database.reading() as db:
            return reading.last_deleted(db)

    def version(self) -> int:
        """The number of the database's schema."""
        with self._database.reading() as db:
            return schema.version_of(db)

    def counts(self) -> tuple[int, int]:
        """How many sessions and causes there are, deleted sessions included."""
        with self._database.reading() as db:
            return reading.counts(db)

    # -- writing

    def start(self, command: StartSession) -> Tree:
        """Begin a session."""
        with self._database.writing() as db:
            return self._begin(db, command)

    def apply(self, tree: Tree, command: Command) -> Tree:
        """Do `command` to the session of `tree`, as it is now, and return the tree after it.

        `touched` of the result holds what others changed since `tree` as well. Raises
        `fivewhys.models.commands.Refused` where the command does not fit the tree, or where the
        session was deleted and is not brought back by it.
        """
        with self._database.writing(tree.session.id) as db:
            return self._do(db, tree, command)

    def rehearse(self) -> None:
        """Begin a session, give an answer and leave none of it in the history.

        A meeting's first answer then finds its statements made, and is as quick as the next. Does
        nothing where nothing can be written.
        """
        with suppress(_TakenBack, StoreProblem), self._database.writing() as db:
            tree = self._begin(db, StartSession(problem="A problem"))
            self._do(db, tree, Answer(parent=tree.problem.id, text="A cause"))
            raise _TakenBack

    def undo(self, tree: Tree, meant: Callable[[Change], bool] | None = None) -> Undone | None:
        """Take back the last thing this person did in the session; None where there is nothing.

        None as well where that is not `meant`, and nothing happens then. Raises `Conflict` where
        somebody else has changed the same rows since, or has deleted the session; one's own
        deletion is taken back like anything else.
        """
        return self._take_back(tree, ChangeKind.UNDO, meant)

    def redo(self, tree: Tree) -> Undone | None:
        """Do again what this person's last undo took back; None where there is nothing."""
        return self._take_back(tree, ChangeKind.REDO)

    def refresh(self, tree: Tree) -> Tree:
        """The tree with what others have done since; the same object where that is nothing.

        Raises `StoreProblem` where the session was removed for good.
        """
        with self._database.reading() as db:
            current = journal.caught_up(db, tree)
            if current is tree and not reading.exists(db, tree.session.id):
                raise StoreProblem(SESSION_GONE)
            return current

    def bring_in(
        self,
        records: Sequence[Record],
        *,
        copies: bool = False,
        progress: Callable[[int], None] | None = None,
    ) -> list[Brought]:
        """Add sessions from an archive or another reader: all of them or, on any problem, none.

        A session that is here already, unchanged, is recognised and skipped; one that differs is
        refused, unless `copies` asks for new sessions. `progress` hears how many are done and may
        raise to cancel.
        """
        with self._database.writing() as db:
            return bringing.bring_in(db, records, self._moment(), copies=copies, progress=progress)

    def purge_deleted(self) -> int:
        """Remove deleted sessions for good, words and history; returns how many they were."""
        with self._database.writing() as db:
            gone = purging.remove_deleted(db)
        self._database.give_space_back()
        return gone

    def purge_history(self, session_id: UUID) -> int:
        """Forget a session's former wordings and its undo; returns how many lines went."""
        with self._database.writing(session_id) as db:
            gone = purging.forget_history(db, session_id)
            self._line(db, session_id, ChangeKind.START, "history removed")
        self._database.give_space_back()
        return gone

    def back_up(self) -> None:
        """Copy the file into `backups` beside it, once a day; the last copies are kept.

        Does nothing on a server, whose keeper does that.
        """
        if self.url.get_backend_name() == "sqlite" and self.url.database:
            with plainly(self.where):
                schema.back_up(Path(self.url.database))

    # -- drafts

    def save_draft(self, place: str, text: str) -> None:
        """Keep typed text that is not an answer yet; an empty text forgets it."""
        now = self._now()
        with self._database.writing() as db:
            drafts.save(db, self.actor, place, text, now)

    def drafts(self, prefix: str) -> dict[str, str]:
        """This person's drafts at places that begin with `prefix`."""
        with self._database.reading() as db:
            return drafts.of(db, self.actor, prefix)

    # -- what others do

    def changed_elsewhere(self) -> bool:
        """Whether another program wrote to this database since the last call (about 0.1 ms).

        The first call says yes: nobody was watching before.
        """
        return self._database.changed_elsewhere()

    # -- inside

    def _begin(self, db: Connection, command: StartSession) -> Tree:
        operations = command.plan(self._moment(next_number(db)))
        write(db, operations)
        # The session's own row comes first.
        session_id = operations[0].key
        seq = self._line(db, session_id, ChangeKind.START, "start the session", operations)
        return start(operations, seq)

    def _do(self, db: Connection, tree: Tree, command: Command) -> Tree:
        current = journal.caught_up(db, tree)
        if current.session.deleted_at is not None and not command.FITS_DELETED:
            raise Refused(SESSION_DELETED)
        if command.LOOKS_ELSEWHERE:
            current = replace(current, elsewhere=sharing.elsewhere(db, current))
        operations = command.plan(current, self._moment())
        if not operations:
            return current
        write(db, operations)
        label = command.label(current)
        seq = self._line(db, tree.session.id, ChangeKind.DO, label, operations)
        return _after(db, tree, current, operations, seq)

    def _moment(self, number: int = 0) -> Moment:
        return Moment(self._now(), self.actor, self._new_key, number)

    def _take_back(
        self, tree: Tree, kind: ChangeKind, meant: Callable[[Change], bool] | None = None
    ) -> Undone | None:
        find = undoing.to_undo if kind is ChangeKind.UNDO else undoing.to_redo
        with self._database.writing(tree.session.id) as db:
            current = journal.caught_up(db, tree)
            target = find(db, tree.session.id, self.actor)
            if target is None or (meant is not None and not meant(target)):
                return None
            operations = inverse(target.operations)
            undoing.see_that_it_is_not_deleted(current, operations)
            undoing.see_that_nobody_else_went_on(db, tree.session.id, self.actor, target)
            write(db, operations)
            seq = self._line(db, tree.session.id, kind, target.label, operations, target.seq)
            after = _after(db, tree, current, operations, seq)
            undoing.see_that_no_circle_closes(after, operations)
            undoing.see_that_the_plan_holds(current, after)
        return Undone(after, target.label)

    def _line(
        self,
        db: Connection,
        session_id: UUID,
        kind: ChangeKind,
        label: str,
        operations: Sequence[Operation] = (),
        undoes: int | None = None,
    ) -> int:
        """Write a line of the journal; returns its number."""
        change = Change(0, self._now(), self.actor, kind, label, undoes, tuple(operations))
        return journal.add(db, session_id, change)


def _after(
    db: Connection, seen: Tree, current: Tree, operations: list[Operation], seq: int
) -> Tree:
    """The tree after `operations` on `current`, which is `seen` with what others did since."""
    after = current.with_operations(operations, seq)
    if wording.is_about(after, operations):
        after = replace(after, elsewhere=sharing.elsewhere(db, after))
    if current is seen:
        return after
    return replace(after, touched=after.touched | current.touched)
