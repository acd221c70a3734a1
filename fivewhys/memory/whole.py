"""All sessions with the groups of their causes, of which only what has changed is made again."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING

from fivewhys.memory.kept_session import KeptSessions
from fivewhys.memory.patterns import Pair, Patterns, pairs_of
from fivewhys.memory.wordings import Wordings
from fivewhys.models.past import Decision, Sameness
from fivewhys.patterns.likely import BUILT_IN, FEWEST_DECISIONS, Calibration, refitted
from fivewhys.store.store import Store

if TYPE_CHECKING:
    from fivewhys.patterns.contraction import Units
    from fivewhys.patterns.group_file import Grouping
    from fivewhys.patterns.grouped import Grouped
    from fivewhys.patterns.near import Near
    from fivewhys.patterns.queue import Question
    from fivewhys.patterns.rows import Rows
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
        self._sessions = KeptSessions()
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
        from fivewhys.patterns.contraction import contracted

        tell = progress or _nobody
        before = self._latest
        self._wordings.open()
        self._read()
        decisions = self._store.decisions()
        is_same = self._made_at == self._bookmark
        if before is not None and is_same and decisions == before.decisions:
            return before
        # From scratch it takes too long for that.
        with nullcontext() if before is None else collecting_later():
            rows = self._sessions.rows()
            self._table().keep_only(rows.said.numbers)
            begun = self._encode(rows, tell)
            groups = self._grouped(rows, decisions, lambda share: tell(begun + (1 - begun) * share))
            units = contracted(rows.row_of, rows.said.several, *_decided(decisions))
            confirmed = [sorted(some) for some in units.larger().values()]
            suggested = self._suggested(rows, groups, units)
        self._latest = Patterns(rows, groups, suggested, confirmed, decisions, before)
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
        rows = now.rows
        near = self._bring(rows, lambda share: tell(0.5 + share / 2), least)
        found = asked(
            pairs_of(near, least, rows.said),
            columns(rows.live, rows.places, now.groups, now.suggested_rows),
            rows.said,
            rows.row_of,
            now.pairs(Sameness.SAME),
            now.pairs(Sameness.DIFFERENT),
            now.pairs(Sameness.SKIPPED),
            calibration,
        )
        self._asked = calibration, found
        return found

    def _bring(self, rows: "Rows", tell: Progress, least: float) -> "Near":
        """The neighbours of all wordings, from those of the last time if there are."""
        from fivewhys.patterns.near import Near

        near = self._near
        if near is None:
            file = self._wordings.near_file()
            near = file.read() if file else None
        is_new = near is None or near.least > least
        if near is None or is_new:
            near = Near(least - _SPARE)
        near.bring(rows.said.numbers, self._table().of, tell)
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
            self._sessions.replace(self._store.past())
        else:
            changed = self._store.catching_up.changed_sessions(line)
            self._sessions.change(changed, self._store.past(only=changed))
        self._bookmark = bookmark

    def _encode(self, rows: "Rows", tell: Progress) -> float:
        """Encode what the index does not have yet; the share of all work that this took."""
        table = self._table()
        unread = table.missing(rows.said.numbers)
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
            return self._encode(rows, tell)
        return _SHARE_OF_ENCODING if missing else 0

    def _table(self) -> "Gathered":
        if self._gathered is None:
            self._gathered = self._wordings.gathered()
        return self._gathered

    def _grouped(self, rows: "Rows", decisions: list[Decision], tell: Progress) -> "Grouped":
        """The groups of all causes, from those of the last time if there are."""
        from fivewhys.patterns.group_file import Grouping
        from fivewhys.patterns.grouping import regrouped
        from fivewhys.patterns.queue import least_score

        file = self._wordings.group_file()
        before = self._grouping or (file.read() if file else None)
        same, different = (*_decided(decisions),)
        compared = _SHARE_OF_COMPARING
        least = least_score(self.calibration or BUILT_IN)
        self._bring(rows, lambda share: tell(compared * share), least)
        table = self._table()
        groups = regrouped(
            rows.keys,
            table.of(rows.said.words) if before is None else table.by_rows(rows.said.words),
            rows.said,
            same,
            different,
            near=self._near,
            before=None if before is None else before.groups,
            touched=() if before is None else before.changed(rows, same, different),
            progress=lambda share: tell(compared + (1 - compared) * share),
        )
        found = Grouping(groups, rows.said.words, same, different)
        kept = self._kept_on_file
        is_new = kept is None or len(rows) < _MANY or abs(len(rows) - kept) * 200 > kept
        if file is not None and is_new and found != before:
            # Where the place may only be read, or is full, they are made again the next time.
            with suppress(OSError):
                file.write(found)
                self._kept_on_file = len(rows)
                self._keep_near()
        self._grouping = found
        return groups

    def _suggested(self, rows: "Rows", groups: "Grouped", units: "Units") -> list[list[int]]:
        """What is likely enough the same to be told, of causes whose neighbours are known."""
        from fivewhys.patterns.suggesting import Suggestions, Told

        near, live = self._near, rows.live
        assert near is not None
        causes = Told(
            rows.said,
            live.sessions[rows.places],
            live.is_root[rows.places],
            groups.number_of,
            lambda row: live.causes[rows.places[row]].text,
        )
        if self._suggestions is None:
            self._suggestions = Suggestions()
        return self._suggestions.of(causes, units, near, self._table().of)

    def _calibrate(self, now: Patterns) -> None:
        """Draw the curve of probabilities from what the team decided."""
        rows = now.rows
        decided = [
            (row_a, row_b, sameness is Sameness.SAME)
            for sameness in (Sameness.SAME, Sameness.DIFFERENT)
            for row_a, row_b in rows.pairs(now.pairs(sameness))
            # Equal words say nothing about scores.
            if rows.said.of[row_a] != rows.said.of[row_b]
        ]
        if len(decided) < FEWEST_DECISIONS:
            self.calibration = None
            return
        a, b = (
            self._table().of(rows.said.words[[pair[side] for pair in decided]]) for side in (0, 1)
        )
        scores = (a * b).sum(axis=1).tolist()
        self.calibration = refitted(
            (score, is_same) for score, (*_, is_same) in zip(scores, decided, strict=True)
        )


def _nobody(share: float) -> None:
    """Hear how far it is, and tell nobody."""


def _decided(decisions: list[Decision]) -> tuple[list[Pair], list[Pair]]:
    """What is the same, and what is different."""
    return pairs_of(decisions, Sameness.SAME), pairs_of(decisions, Sameness.DIFFERENT)
