"""Keeps the index of wordings up to date, in a thread of its own that people can see and pause."""

import random
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fivewhys.memory.wordings import Wordings
from fivewhys.store.store import Store
from fivewhys.text import words_number

BATCH = 64
"""Wordings that are encoded at once, a fifth of a second: then a pause or an end is heard."""

LOOK = 1.0
"""Seconds between two looks at what others did."""

REST = 3.0
"""Seconds without a key after which the whole is made again, which cannot give way in between."""

CALM = 0.7
"""Seconds without a key after which long work goes on: on two cores, each key waited for it."""

AFTER_TROUBLE = 15.0
"""Seconds until the next try where the database or the disk did not answer."""


@dataclass(frozen=True, slots=True)
class Work:
    """How far bringing the index up to date is."""

    done: int
    of: int
    is_paused: bool


class _Over(Exception):
    """Nobody waits for it any more."""


class Upkeep:
    """Brings `wordings` up to what `store` holds, and keeps them there until it is stopped."""

    def __init__(
        self,
        store: Store,
        wordings: Wordings,
        renew: Callable[[Callable[[float], None]], None] | None = None,
    ) -> None:
        """`renew` makes what is built on the wordings; its progress raises where that is over."""
        self._store = store
        self._wordings = wordings
        self._renew = renew
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()
        """Held while the thread is started: there is one, and who ends it can wait for it."""
        self._wake = threading.Event()
        self._is_over = threading.Event()
        self._is_paused = False
        self._calm_at = 0.0
        """When long work may go on, by the monotonic clock."""
        self._counts: tuple[int, int] | None = None
        self._mends = 0
        """How often the index had been mended when all was compared with it last."""
        self._bookmark, self._line = "", -1
        """Up to here, all that the journal says is in the index."""
        self._seen = 0
        """Up to here, what was said while much was still to do has been taken in."""
        self.is_current = False
        """Whether everything that there was at the last look is in the index."""
        self.trouble = ""
        """What went wrong last, as a sentence; empty where all is well."""

    @property
    def work(self) -> Work | None:
        """The work that is being done; None where there is nothing to do but look."""
        counts = self._counts
        return None if counts is None else Work(*counts, self._is_paused)

    def start(self) -> None:
        """Begin, if that was not done before; returns at once."""
        with self._starting:
            if self._thread is None and not self._is_over.is_set():
                # Nobody waits for it at the end: what is finished is on the disk.
                self._thread = threading.Thread(target=self._run, name="recall", daemon=True)
                self._thread.start()

    def look(self) -> None:
        """Look now at what has changed."""
        self._wake.set()

    def pause(self) -> None:
        """Do nothing but take in what is new, until `resume`."""
        self._is_paused = True

    def resume(self) -> None:
        """Go on."""
        self._is_paused = False
        self._wake.set()

    def give_way(self) -> None:
        """A key was pressed: long work waits until the keys rest."""
        self._calm_at = time.monotonic() + CALM

    def stop(self, patience: float = 2.0) -> None:
        """End for good; waits at most `patience` seconds for the batch at hand."""
        self._is_over.set()
        self._wake.set()
        # A thread that somebody is just starting cannot be waited for yet.
        with self._starting:
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(patience)

    def _run(self) -> None:
        while not self._is_over.is_set():
            try:
                if not self._wordings.is_open:
                    self._wait_for_calm()
                self._wordings.open()
                self._bookmark = self._bookmark or self._wordings.mark
                self._catch_up()
                self.trouble = ""
                if self._renew is not None and self.is_current and self._have_keys_rested():
                    self._renew(self._go_on)
                self._rest(LOOK)
            except Exception as error:  # whatever it is, the meeting goes on without it
                if self._is_over.is_set():
                    return
                self.trouble = str(error) or type(error).__name__
                self._rest(AFTER_TROUBLE)

    def _wait_for_calm(self) -> None:
        while not self._is_over.is_set() and (left := self._calm_at - time.monotonic()) > 0:
            self._is_over.wait(left)

    def _have_keys_rested(self) -> bool:
        return time.monotonic() - (self._calm_at - CALM) >= REST

    def _go_on(self, share: float) -> None:
        if self._is_over.is_set():
            raise _Over

    def _rest(self, seconds: float) -> None:
        self._wake.wait(seconds)
        self._wake.clear()

    def _catch_up(self) -> None:
        """Take in what came since the bookmark, or compare everything where that does not help."""
        store = self._store
        self._mend()
        if self.is_current and store.catching_up.last_line() == self._line:
            return
        bookmark = store.catching_up.bookmark()
        line = store.catching_up.line_at(self._bookmark)
        # What is said from here on is taken in while the rest is still being done.
        self._seen = _line(bookmark)
        if line is None:
            missing = self._wordings.wanting(store.catching_up.words())
        else:
            _, texts, _ = store.catching_up.changed_causes(line)
            missing = self._unknown(texts.values())
        if self._fill(missing):
            self._wordings.note(bookmark)
            self._bookmark, self._line = bookmark, _line(bookmark)
            self.is_current = True

    def _mend(self) -> None:
        """Mend the index where a read has met damage; what was lost is then found by comparing."""
        if self._wordings.is_damaged:
            self.is_current = False
            self._wordings.mend()
        if self._wordings.mends != self._mends:
            self._mends = self._wordings.mends
            self.is_current, self._bookmark = False, ""

    def _unknown(self, texts: Iterable[str]) -> list[int]:
        """The wordings of some texts that the index does not have."""
        return self._wordings.unknown(dict.fromkeys(map(words_number, texts)))

    def _fill(self, missing: list[int]) -> bool:
        """Encode and add these wordings; False where that was ended."""
        if not missing:
            return True
        batches = [missing[at : at + BATCH] for at in range(0, len(missing), BATCH)]
        # Programs that work on one index at the same time should not all do the same.
        random.shuffle(batches)
        done = 0
        try:
            for batch in batches:
                self._counts = (done, len(missing)) if len(missing) > BATCH else None
                while self._is_paused and self._counts and not self._is_over.is_set():
                    self._rest(LOOK)
                    self._take_in_new()
                if self._counts:
                    self._wait_for_calm()
                if self._is_over.is_set():
                    return False
                self._add(self._wordings.unknown(batch))
                done += len(batch)
                if len(batches) > 1:
                    self._take_in_new()
        finally:
            self._counts = None
        return True

    def _take_in_new(self) -> None:
        """What is said while much is still to do must be found at once."""
        if self._store.catching_up.last_line() == self._seen:
            return
        self._seen, texts, _ = self._store.catching_up.changed_causes(self._seen)
        new = self._unknown(texts.values())
        # More than people type is an import, and waits its turn.
        if len(new) <= BATCH:
            self._add(new)

    def _add(self, numbers: Iterable[int]) -> None:
        texts = self._store.catching_up.texts_of_words(numbers)
        if texts:
            self._wordings.add(texts)


def _line(bookmark: str) -> int:
    return int(bookmark.partition(" ")[0])
