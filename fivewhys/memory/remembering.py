"""The memory of a history, as screens and commands use it."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from uuid import UUID

from fivewhys.memory.patterns import Patterns
from fivewhys.memory.seeing import Seen, seen
from fivewhys.memory.upkeep import Upkeep, Work
from fivewhys.memory.whole import Progress, Whole
from fivewhys.memory.wordings import Encode, Wordings
from fivewhys.patterns.likely import BUILT_IN, LEAST, Calibration, Likely
from fivewhys.store.store import Store

if TYPE_CHECKING:
    from fivewhys.patterns.queue import Question


class Memory:
    """What the sessions of `store` say, found again by what it means.

    The index lies in `folder` (see `beside`), or in memory without one; where the folder may not
    be written, what is missing in it is kept in memory. Nothing is read before `keep_up`, `similar`
    or `patterns`. Several programs may use one folder. Safe to use from several threads.

    `encode` takes the place of the usual encoder, under the name `encoder`.
    """

    def __init__(
        self,
        store: Store,
        folder: Path | None = None,
        *,
        encode: Encode | None = None,
        encoder: str = "",
    ) -> None:
        self._store = store
        self._wordings = Wordings(folder, encode, encoder)
        self._upkeep = Upkeep(store, self._wordings, self._renew)
        self._whole = Whole(store, self._wordings)
        self._whole_lock = Lock()
        self._is_renewing = False

    # -- keeping up

    def keep_up(self) -> None:
        """Bring the index up to date and keep it so, in a thread of its own; returns at once."""
        self._upkeep.start()

    @property
    def work(self) -> Work | None:
        """How far that is; None where nothing is left to do, or it has not begun."""
        return self._upkeep.work

    @property
    def is_current(self) -> bool:
        """Whether everything that there was at the last look can be found."""
        return self._upkeep.is_current and not self._wordings.is_damaged

    @property
    def trouble(self) -> str:
        """What kept it from being so, as a sentence; empty where nothing did."""
        return self._upkeep.trouble

    def look(self) -> None:
        """Look now at what was said; without that, it is found within a second."""
        self._upkeep.look()

    def pause(self) -> None:
        """Leave long work for later. What is said from now on is still taken in."""
        self._upkeep.pause()

    def resume(self) -> None:
        """Go on with it."""
        self._upkeep.resume()

    def give_way(self) -> None:
        """A key was pressed: long work waits until the keys rest (it costs nothing to say so)."""
        self._upkeep.give_way()

    def close(self) -> None:
        """End the thread, before the store is closed; what is finished stays on the disk."""
        self._upkeep.stop()

    # -- finding

    def similar(
        self,
        text: str,
        k: int = 5,
        besides: UUID | None = None,
        *,
        least: float = LEAST[Likely.PERHAPS],
    ) -> list[Seen]:
        """Up to `k` causes of other sessions than `besides` that may be what `text` says.

        The likeliest come first, and none with a probability below `least`. Empty while nothing is
        ready; no error reaches the meeting.
        """
        self.keep_up()
        if not self._wordings.is_open:
            return []
        try:
            return seen(self._store, self._wordings, text, k, besides, self.calibration, least)
        except Exception:  # there is nothing to show then
            return []

    @property
    def calibration(self) -> Calibration:
        """How probabilities follow from scores; drawn from the team's decisions once it can be."""
        return self._whole.calibration or BUILT_IN

    # -- the whole

    def patterns(self, progress: Progress | None = None) -> Patterns:
        """All sessions with the proposed and the confirmed groups of their causes.

        Takes a while for the first time and where much is not encoded yet, so it is for a thread
        of its own; later calls look only at what has changed. `progress` is told the share done,
        and ends the work by raising. Raises `fivewhys.store.problems.StoreProblem`.
        """
        with self._whole_lock:
            return self._whole.patterns(progress)

    @property
    def latest(self) -> Patterns | None:
        """What `patterns` gave last, at once; something may have been said since."""
        return self._whole.latest

    def questions(self, progress: Progress | None = None) -> "Sequence[Question]":
        """The pairs of causes to ask people about, the most useful first; as slow as `patterns`."""
        with self._whole_lock:
            return self._whole.questions(progress)

    @property
    def is_behind(self) -> bool:
        """Whether `patterns` was asked for before, and something new is not looked at yet."""
        return self._is_renewing or self._whole.is_behind

    def _renew(self, progress: Progress) -> None:
        if not self._whole.is_behind:
            return
        self._is_renewing = True
        try:
            with self._whole_lock:
                now = self._whole.renew(progress)
            # Who asks meanwhile need not wait for these.
            now.findings()
        finally:
            self._is_renewing = False
