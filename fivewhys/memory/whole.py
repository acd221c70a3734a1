"""All sessions with the groups of their causes, of which only what has changed is made again."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING
from uuid import UUID

from fivewhys.memory.kept_session import KeptSession, by_session
from fivewhys.memory.patterns import Pair, Patterns, pairs_of
from fivewhys.memory.wordings import Wordings
from fivewhys.models.past import Decision, Past, Sameness
from fivewhys.models.same import components
from fivewhys.patterns.likely import BUILT_IN, FEWEST_DECISIONS, Calibration, refitted
from fivewhys.store.store import Store

if TYPE_CHECKING:
    from fivewhys.patterns.group_file import Grouping
    from fivewhys.patterns.live import Counted, Ints, Live
    from fivewhys.patterns.near import Near
    from fivewhys.patterns.queue import Question
    from fivewhys.patterns.suggesting import Suggestions
    from fivewhys.patterns.vectors import Gathered

Progress = Callable[[float], None]

ENCODED_AT_ONCE = 256
_SHARE_OF_ENCODING = 0.5
"""The part of the time that encoding takes, where anything is to be encoded."""
_SHARE_OF_COMPARING = 0.7
"""The part of the time that comparing all with all takes, of a grouping from scratch."""
_MANY = 20_000
"""Causes from which on groups are not written to the file for each session; what it lacks, one
session in two hundred at most, is found again at the next start."""
_SPARE = 0.05
"""How much lower a cosine is kept than is asked for: a team's decisions move the curve a little."""


class Whole:
    """The history as it was at the last look, and what was made of it. For one thread at a time."""

    def __init__(self, store: Store, wordings: Wordings) -> None:
        self._store = store
        self._wordings = wordings
        self._sessions: dict[UUID, KeptSession] = {}
        self._bookmark = ""
        """Up to here the sessions were read."""
        self._latest: Patterns | None = None
        self._made_at = ""
        """Up to here they are in what was made last."""
        self._grouping: Grouping | None = None
        self._kept_on_file: int | None = None
        """How many causes are in the groups that this wrote to the file."""
        self._gathered: Gathered | None = None
        self._near: Near | None = None
        self._suggestions: Suggestions | None = None
        self._were_asked = False
        """Whether questions were ever wanted."""
        self._asked: tuple[Calibration, Sequence[Question]] | None = None
        """What to ask people of what was made last, and by which curve that was chosen."""
        self.calibration: Calibration | None = None

    @property
    def is_behind(self) -> bool:
        """Whether somebody has asked for the whole, and something was said since."""
        return self._latest is not None and self._store.catching_up.bookmark() != self._made_at

    @property
    def latest(self) -> Patterns | None:
        """What was made last."""
        return self._latest

    def renew(self, progress: Progress) -> Patterns:
        """Make again what was asked for before, so that the next who asks does not wait."""
        now = self.patterns(progress)
        if self._were_asked:
            self.questions(progress)
        return now

    def patterns(self, progress: Progress | None) -> Patterns:
        """The history as it is now. Raises `StoreProblem`, and what `progress` raises."""
        from fivewhys.patterns.collecting import collecting_later
        from fivewhys.patterns.live import Live, column

        tell = progress or _nobody
        before = self._latest
        self._wordings.open()
        self._read()
        decisions = self._store.decisions()
        is_same = self._made_at == self._bookmark
        if before is not None and is_same and decisions == before.decisions:
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
        # From scratch it takes too long for that.
        with nullcontext() if before is None else collecting_later():
            columns = column(words)
            words_of = dict(zip(keys, words, strict=True))
            groups = self._grouped(
                words_of, columns, decisions, lambda share: tell(begun + (1 - begun) * share)
            )
            confirmed = _confirmed(words_of, decisions)
            past, parts = self._past()
            live = Live(past, parts)
            suggested = self._suggested(live, keys, columns, groups, decisions)
        self._latest = Patterns(
            past, groups, suggested, confirmed, decisions, standings, keys, columns, live
        )
        self._made_at, self._asked = self._bookmark, None
        if before is None or decisions != before.decisions:
            self._calibrate(self._latest)
        return self._latest

    def questions(self, progress: Progress | None) -> "Sequence[Question]":
        """What to ask people, the most useful first."""
        from fivewhys.patterns.queue import asked, columns, least_score, pairs_of

        tell = progress or _nobody
        now = self.patterns(lambda share: tell(share / 2))
        calibration = self.calibration or BUILT_IN
        self._were_asked = True
        if self._asked is not None and self._asked[0] == calibration:
            return self._asked[1]
        least = least_score(calibration)
        near = self._bring(now.words, lambda share: tell(0.5 + share / 2), least)
        causes, row_of = columns(now.live, now.keys, now.groups.values())
        found = asked(
            pairs_of(near, least, now.words),
            causes,
            now.words,
            row_of,
            now.pairs(Sameness.SAME),
            now.pairs(Sameness.DIFFERENT),
            now.pairs(Sameness.SKIPPED),
            calibration,
        )
        self._asked = calibration, found
        return found

    def _bring(self, words: "Ints", tell: Progress, least: float) -> "Near":
        """The neighbours of all wordings, from those of the last time if there are."""
        from fivewhys.patterns.live import distinct
        from fivewhys.patterns.near import Near

        near = self._near
        if near is None:
            file = self._wordings.near_file()
            near = file.read() if file else None
        is_new = near is None or near.least > least
        if near is None or is_new:
            near = Near(least - _SPARE)
        near.bring(distinct(words), self._table().of, tell)
        self._near = near
        if is_new:
            self._keep_near()
        return near

    def _keep_near(self) -> None:
        """Write the neighbours to their file, if there is one."""
        file = self._wordings.near_file()
        if file is not None and self._near is not None:
            # Where the place may only be read, or is full, all are compared again the next time.
            with suppress(OSError):
                file.write(self._near)

    def _read(self) -> None:
        """Read the sessions that have changed."""
        bookmark = self._store.catching_up.bookmark()
        if bookmark == self._bookmark:
            return
        line = self._store.catching_up.line_at(self._bookmark)
        if line is None:
            self._sessions = by_session(self._store.past())
        else:
            changed = self._store.catching_up.changed_sessions(line)
            found = by_session(self._store.past(only=changed))
            for key in changed:
                self._sessions.pop(key, None)
            self._sessions |= found
        self._bookmark = bookmark

    def _past(self) -> "tuple[Past, list[Counted]]":
        """All sessions in the order of their days, and what counts of each."""
        kept = sorted(
            self._sessions.values(), key=lambda item: (item.session.on, item.session.number)
        )
        past = Past(
            tuple([item.session for item in kept]),
            tuple([cause for item in kept for cause in item.causes]),
            tuple([deed for item in kept for deed in item.deeds]),
        )
        return past, [item.counted for item in kept]

    def _encode(self, words: list[int], tell: Progress) -> float:
        """Encode what the index does not have yet; the share of all work that this took."""
        table = self._table()
        unread = table.missing(words)
        missing = self._wordings.unknown(unread)
        for at in range(0, len(missing), ENCODED_AT_ONCE):
            tell(_SHARE_OF_ENCODING * at / len(missing))
            some = missing[at : at + ENCODED_AT_ONCE]
            self._wordings.add(self._store.catching_up.texts_of_words(some))
        try:
            self._wordings.gather(table, unread)
        except KeyError:
            if not self._wordings.is_damaged:
                raise
            # Only reading has shown it. What is lost is encoded again.
            self._wordings.mend()
            return self._encode(words, tell)
        return _SHARE_OF_ENCODING if missing else 0

    def _table(self) -> "Gathered":
        if self._gathered is None:
            self._gathered = self._wordings.gathered()
        return self._gathered

    def _grouped(
        self,
        words: Mapping[str, int],
        numbers: "Ints",
        decisions: list[Decision],
        tell: Progress,
    ) -> Mapping[str, frozenset[str]]:
        """The groups of the causes with these `words`, from those of the last time if there are."""
        from fivewhys.patterns.group_file import Grouping
        from fivewhys.patterns.grouping import regrouped
        from fivewhys.patterns.queue import least_score

        file = self._wordings.group_file()
        before = self._grouping or (file.read() if file else None)
        same, different = (*_decided(decisions),)
        touched = set[str]()
        if before is not None:
            for then, now in ((before.same, same), (before.different, different)):
                touched |= {key for pair in set(then) - set(now) for key in pair}
            known = before.words.get
            touched.update([key for key, number in words.items() if known(key, number) != number])
        compared = _SHARE_OF_COMPARING
        least = least_score(self.calibration or BUILT_IN)
        self._bring(numbers, lambda share: tell(compared * share), least)
        listed = [*words.values()]
        groups = regrouped(
            [*words],
            self._table().of(listed) if before is None else self._table().by_rows(listed),
            numbers,
            same,
            different,
            near=self._near,
            before=None if before is None else before.groups,
            touched=touched,
            progress=lambda share: tell(compared + (1 - compared) * share),
        )
        found = Grouping(words, groups, same, different)
        kept = self._kept_on_file
        is_new = kept is None or len(words) < _MANY or abs(len(words) - kept) * 200 > kept
        if file is not None and is_new and found != before:
            # Where the place may only be read, or is full, they are made again the next time.
            with suppress(OSError):
                file.write(found)
                self._kept_on_file = len(words)
                self._keep_near()
        self._grouping = found
        return groups

    def _suggested(
        self,
        live: "Live",
        keys: Sequence[str],
        words: "Ints",
        groups: Mapping[str, frozenset[str]],
        decisions: list[Decision],
    ) -> list[frozenset[str]]:
        """What is likely enough the same to be told, of causes whose neighbours are known."""
        from fivewhys.patterns.contraction import contracted, equal_rows
        from fivewhys.patterns.live import column
        from fivewhys.patterns.suggesting import Suggestions, Told

        near = self._near
        assert near is not None
        places = [live.place_of[key] for key in keys]
        at = column(places)
        group_of = {key: number for number, some in enumerate(groups.values()) for key in some}
        units = contracted(
            {key: row for row, key in enumerate(keys)},
            equal_rows(words),
            *_decided(decisions),
        )
        causes = Told(
            keys,
            words,
            live.sessions[at],
            live.is_root[at],
            column([group_of[key] for key in keys]),
            lambda row: live.causes[places[row]].text,
        )
        if self._suggestions is None:
            self._suggestions = Suggestions()
        return self._suggestions.of(causes, units, near, self._table().of)

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


def _confirmed(words: Mapping[str, int], decisions: list[Decision]) -> list[set[str]]:
    """What decisions and equal words connect; most causes stand alone and are not looked at."""
    same, different = _decided(decisions)
    decided = {key for pair in (*same, *different) for key in pair}
    often = {number for number, count in Counter(words.values()).items() if count > 1}
    some = {key: number for key, number in words.items() if number in often or key in decided}
    return [part for part in components(some, same, different) if len(part) > 1]


def _decided(decisions: list[Decision]) -> tuple[list[Pair], list[Pair]]:
    """What is the same, and what is different."""
    return pairs_of(decisions, Sameness.SAME), pairs_of(decisions, Sameness.DIFFERENT)
