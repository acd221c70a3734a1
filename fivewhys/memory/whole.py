"""All sessions with the groups of their causes, of which only what has changed is made again."""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from fivewhys.memory.wordings import Wordings
from fivewhys.models.past import Decision, Past, PastCause, PastDeed, PastSession, Sameness
from fivewhys.models.same import components
from fivewhys.patterns.likely import BUILT_IN, FEWEST_DECISIONS, Calibration, refitted
from fivewhys.store.store import Store

if TYPE_CHECKING:
    from fivewhys.patterns.group_file import Grouping
    from fivewhys.patterns.overlay import Map
    from fivewhys.patterns.queue import Question, Standing
    from fivewhys.patterns.vectors import Gathered

Progress = Callable[[float], None]
Pair = tuple[str, str]

ENCODED_AT_ONCE = 256
_SHARE_OF_ENCODING = 0.5
"""The part of the time that encoding takes, where anything is to be encoded."""


class Patterns:
    """The history as it was at one moment, with the groups of its causes.

    Causes are named by `str` of their ids.
    """

    def __init__(
        self,
        past: Past,
        groups: Mapping[str, frozenset[str]],
        confirmed: list[set[str]],
        decisions: list[Decision],
        standings: "Mapping[str, Standing]",
    ) -> None:
        self.past = past
        self.groups = groups
        """The proposed groups by name, those of one cause too; they honour the decisions."""
        self.confirmed = confirmed
        """What decisions and equal words connect, two causes or more."""
        self.decisions = decisions
        self.standings = standings
        """Every cause that counts: neither a problem nor ruled out, nor below what is."""

    @cached_property
    def map(self) -> "Map":
        """The causal map with the proposed groups."""
        from fivewhys.patterns.overlay import causal_map

        return causal_map(self.past, self.groups.values(), self.confirmed)

    def pairs(self, *sameness: Sameness) -> list[Pair]:
        """What was decided so, as pairs of causes."""
        return _pairs(self.decisions, *sameness)


@dataclass(slots=True)
class _Session:
    """What is kept of one session."""

    session: PastSession
    causes: list[PastCause] = field(default_factory=list)
    deeds: list[PastDeed] = field(default_factory=list)
    standings: "Mapping[str, Standing]" = field(default_factory=dict)


class Whole:
    """The history as it was at the last look, and what was made of it. For one thread at a time."""

    def __init__(self, store: Store, wordings: Wordings) -> None:
        self._store = store
        self._wordings = wordings
        self._sessions: dict[UUID, _Session] = {}
        self._bookmark = ""
        self._latest: Patterns | None = None
        self._grouping: Grouping | None = None
        self._gathered: Gathered | None = None
        self._near: tuple[Mapping[str, Standing], list[tuple[str, str, float]]] | None = None
        self.calibration: Calibration | None = None

    def patterns(self, progress: Progress | None) -> Patterns:
        """The history as it is now. Raises `StoreProblem`, and what `progress` raises."""
        tell = progress or _nobody
        before = self._latest
        self._wordings.open()
        is_changed = self._read()
        decisions = self._store.decisions()
        if before is not None and not is_changed and decisions == before.decisions:
            return before
        standings = {
            key: standing
            for kept in self._sessions.values()
            for key, standing in kept.standings.items()
        }
        keys = sorted(standings)
        words = [standings[key].words for key in keys]
        self._table().keep_only(words)
        begun = self._encode(words, tell)
        words_of = dict(zip(keys, words, strict=True))
        groups = self._grouped(words_of, decisions, lambda share: tell(begun + (1 - begun) * share))
        confirmed = _confirmed(words_of, decisions)
        self._latest = Patterns(self._past(), groups, confirmed, decisions, standings)
        if before is None or decisions != before.decisions:
            self._calibrate(self._latest)
        return self._latest

    def questions(self, progress: Progress | None) -> "list[Question]":
        """What to ask people, the most useful first."""
        from fivewhys.patterns.queue import near_pairs, queue

        tell = progress or _nobody
        now = self.patterns(lambda share: tell(share / 2))
        calibration = self.calibration or BUILT_IN
        standings = now.standings
        if self._near is None or self._near[0] is not standings:
            vectors = self._table().of([item.words for item in standings.values()])
            pairs = near_pairs(standings, vectors, calibration, lambda share: tell(0.5 + share / 2))
            self._near = (standings, pairs)
        return queue(
            self._near[1],
            standings,
            now.groups.values(),
            now.pairs(Sameness.SAME),
            now.pairs(Sameness.DIFFERENT),
            now.pairs(Sameness.SKIPPED),
            calibration,
        )

    def _read(self) -> bool:
        """Read the sessions that have changed; whether any has."""
        bookmark = self._store.catching_up.bookmark()
        if bookmark == self._bookmark:
            return False
        line = self._store.catching_up.line_at(self._bookmark)
        if line is None:
            self._sessions = _by_session(self._store.past())
        else:
            changed = self._store.catching_up.changed_sessions(line)
            found = _by_session(self._store.past(only=changed))
            for key in changed:
                self._sessions.pop(key, None)
            self._sessions |= found
        self._bookmark = bookmark
        return True

    def _past(self) -> Past:
        kept = sorted(
            self._sessions.values(), key=lambda item: (item.session.on, item.session.number)
        )
        return Past(
            tuple(item.session for item in kept),
            tuple(cause for item in kept for cause in item.causes),
            tuple(deed for item in kept for deed in item.deeds),
        )

    def _encode(self, words: list[int], tell: Progress) -> float:
        """Encode what the index does not have yet; the share of all work that this took."""
        table = self._table()
        unread = table.missing(words)
        missing = self._wordings.unknown(unread)
        for at in range(0, len(missing), ENCODED_AT_ONCE):
            tell(_SHARE_OF_ENCODING * at / len(missing))
            some = missing[at : at + ENCODED_AT_ONCE]
            self._wordings.add(self._store.catching_up.texts_of_words(some))
        self._wordings.gather(table, unread)
        return _SHARE_OF_ENCODING if missing else 0

    def _table(self) -> "Gathered":
        if self._gathered is None:
            self._gathered = self._wordings.gathered()
        return self._gathered

    def _grouped(
        self, words: Mapping[str, int], decisions: list[Decision], tell: Progress
    ) -> Mapping[str, frozenset[str]]:
        """The groups of the causes with these `words`, from those of the last time if there are."""
        from fivewhys.patterns.group_file import Grouping
        from fivewhys.patterns.grouping import regrouped

        file = self._wordings.group_file()
        before = self._grouping or (file.read() if file else None)
        same, different = _pairs(decisions, Sameness.SAME), _pairs(decisions, Sameness.DIFFERENT)
        touched = set[str]()
        if before is not None:
            for then, now in ((before.same, same), (before.different, different)):
                touched |= {key for pair in set(then) - set(now) for key in pair}
            touched |= {key for key in words if before.words.get(key, words[key]) != words[key]}
        numbers = list(words.values())
        groups = regrouped(
            list(words),
            self._table().of(numbers),
            numbers,
            same,
            different,
            before=None if before is None else before.groups,
            touched=touched,
            progress=tell,
        )
        found = Grouping(words, groups, same, different)
        if file is not None and found != before:
            # Where the place may only be read, or is full, they are made again the next time.
            with suppress(OSError):
                file.write(found)
        self._grouping = found
        return groups

    def _calibrate(self, now: Patterns) -> None:
        """Draw the curve of probabilities from what the team decided."""
        decided = [
            (pair, sameness is Sameness.SAME)
            for sameness in (Sameness.SAME, Sameness.DIFFERENT)
            for pair in now.pairs(sameness)
            # Equal words say nothing about scores.
            if len({now.standings[key].words for key in pair if key in now.standings}) == 2
        ]
        if len(decided) < FEWEST_DECISIONS:
            self.calibration = None
            return
        a, b = (
            self._table().of([now.standings[pair[side]].words for pair, _ in decided])
            for side in (0, 1)
        )
        scores = (a * b).sum(axis=1).tolist()
        self.calibration = refitted(
            (score, is_same) for score, (_, is_same) in zip(scores, decided, strict=True)
        )


def _nobody(share: float) -> None:
    """Hear how far it is, and tell nobody."""


def _pairs(decisions: list[Decision], *sameness: Sameness) -> list[Pair]:
    return [(str(item.a), str(item.b)) for item in decisions if item.sameness in sameness]


def _by_session(past: Past) -> dict[UUID, _Session]:
    from fivewhys.patterns.queue import standings

    found = {session.id: _Session(session) for session in past.sessions}
    session_of = {}
    for cause in past.causes:
        found[cause.session_id].causes.append(cause)
        session_of[cause.id] = cause.session_id
    for deed in past.deeds:
        found[session_of[deed.cause_id]].deeds.append(deed)
    for kept in found.values():
        kept.standings = standings(Past((kept.session,), tuple(kept.causes)))
    return found


def _confirmed(words: Mapping[str, int], decisions: list[Decision]) -> list[set[str]]:
    """What decisions and equal words connect; most causes stand alone and are not looked at."""
    same, different = _pairs(decisions, Sameness.SAME), _pairs(decisions, Sameness.DIFFERENT)
    decided = {key for pair in (*same, *different) for key in pair}
    often = {number for number, count in Counter(words.values()).items() if count > 1}
    some = {key: number for key, number in words.items() if number in often or key in decided}
    return [part for part in components(some, same, different) if len(part) > 1]
