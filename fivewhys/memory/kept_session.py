"""Sessions as they are kept in memory, with what is made of each alone and of all together."""

from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from fivewhys.models.past import Past, PastCause, PastDeed, PastSession
from fivewhys.text import words_number

if TYPE_CHECKING:
    from fivewhys.patterns.live import Counted, Ints, Parts
    from fivewhys.patterns.rows import Rows


@dataclass(eq=False)
class KeptSession:
    """What is kept of one session."""

    session: PastSession
    causes: list[PastCause] = field(default_factory=list)
    deeds: list[PastDeed] = field(default_factory=list)

    @cached_property
    def counted(self) -> "Counted":
        """Its causes that count."""
        from fivewhys.patterns.live import counted

        return counted(self.causes, self.deeds)

    @cached_property
    def words(self) -> Sequence[int]:
        """The number of the words of each of these; 0 for the problem, which nobody compares."""
        return [
            0 if cause.parent_id is None else words_number(cause.text)
            for cause in self.counted.causes
        ]


class KeptSessions:
    """All sessions in the order of their days, of which only what has changed is joined again."""

    def __init__(self) -> None:
        self._by_id: dict[UUID, KeptSession] = {}
        self._in_order: list[KeptSession] = []
        self._joined: _Joined | None = None

    def replace(self, past: Past) -> None:
        """Keep the sessions of `past` in place of all."""
        self._by_id = _by_session(past)
        self._in_order = sorted(self._by_id.values(), key=_day)

    def change(self, ids: Iterable[UUID], past: Past) -> None:
        """Keep the sessions of `past` in place of those with these `ids`."""
        gone = {id(self._by_id.pop(key)) for key in ids if key in self._by_id}
        if gone:
            self._in_order = [item for item in self._in_order if id(item) not in gone]
        found = _by_session(past)
        for item in found.values():
            insort(self._in_order, item, key=_day)
        self._by_id |= found

    def rows(self) -> "Rows":
        """Their causes."""
        from fivewhys.patterns.live import Live
        from fivewhys.patterns.rows import Rows

        self._joined = _Joined.of([*self._in_order], self._joined)
        return Rows(Live(self._joined.past, self._joined.parts), self._joined.words)


@dataclass(frozen=True, slots=True, eq=False)
class _Joined:
    """What is kept of sessions, one after the other."""

    sessions: list[KeptSession]
    past: Past
    parts: "Parts"
    words: "Ints"

    @classmethod
    def of(cls, sessions: list[KeptSession], before: "_Joined | None") -> "_Joined":
        """That of all `sessions`, where those of the last time are joined already."""
        from fivewhys.patterns.live import Parts, column, column_with, list_with

        begin, end = (0, 0) if before is None else _equal_ends(before.sessions, sessions)
        some = sessions[begin : len(sessions) - end]
        found = cls(
            some,
            Past(
                tuple([item.session for item in some]),
                tuple([cause for item in some for cause in item.causes]),
                tuple([deed for item in some for deed in item.deeds]),
            ),
            Parts.of([item.counted for item in some]),
            column([number for item in some for number in item.words]),
        )
        if before is None:
            return found
        last = len(before.sessions) - end
        gone, old, new = before.sessions[begin:last], before.past, found.past
        # Mostly something has changed near the end.
        later = before.sessions[last:]
        last_cause = len(old.causes) - sum(len(item.causes) for item in later)
        first_cause = last_cause - sum(len(item.causes) for item in gone)
        last_deed = len(old.deeds) - sum(len(item.deeds) for item in later)
        first_deed = last_deed - sum(len(item.deeds) for item in gone)
        sizes = before.parts.sizes
        first, end = int(sizes[:begin].sum()), int(sizes[:last].sum())
        return cls(
            sessions,
            Past(
                tuple(list_with(old.sessions, begin, last, new.sessions)),
                tuple(list_with(old.causes, first_cause, last_cause, new.causes)),
                tuple(list_with(old.deeds, first_deed, last_deed, new.deeds)),
            ),
            before.parts.spliced(begin, last, found.parts),
            column_with(before.words, first, end, found.words),
        )


def _equal_ends(before: list[KeptSession], now: list[KeptSession]) -> tuple[int, int]:
    """How many sessions are the same in front, and how many of the others at the end."""
    shorter = min(len(before), len(now))
    begin = next((at for at in range(shorter) if before[at] is not now[at]), shorter)
    end = 0
    while end < shorter - begin and before[-1 - end] is now[-1 - end]:
        end += 1
    return begin, end


def _day(item: KeptSession) -> tuple[date, int]:
    return item.session.on, item.session.number


def _by_session(past: Past) -> dict[UUID, KeptSession]:
    """The sessions of a history by their ids."""
    found = {session.id: KeptSession(session) for session in past.sessions}
    session_of = {}
    for cause in past.causes:
        found[cause.session_id].causes.append(cause)
        session_of[cause.id] = cause.session_id
    for deed in past.deeds:
        found[session_of[deed.cause_id]].deeds.append(deed)
    return found
