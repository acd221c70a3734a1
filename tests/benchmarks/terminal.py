"""A program in a real terminal of a given size: what it shows, how soon, and how fast it answers.

Chunks are stamped as they arrive by a thread that does nothing else; reading them into a screen
(pyte) comes later, so that its cost is in no figure. Beside the time on the wall stands what the
program took of the processor, which a busy machine makes little longer.
"""

import codecs
import fcntl
import os
import pty
import queue
import re
import statistics
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import psutil
import pyte

_PRIVATE = re.compile(
    r"\x1b\[[<=>?][0-9;:]*[a-zA-Z$]+|\x1b\[[0-9;]*\$[a-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
)
_A_WINK = 0.004
"""Seconds of the processor that the clock of a meeting takes."""


class Took(NamedTuple):
    """How long the program took to answer, in seconds."""

    seconds: float
    processor: float


class _Chunk(NamedTuple):
    at: float
    processor: float
    data: bytes


def percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """p50 and p99 in milliseconds."""
    ordered = sorted(seconds)
    return (
        1000 * statistics.median(ordered),
        1000 * ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))],
    )


def in_words(answers: Sequence[Took]) -> str:
    """p50 and p99 of both times in milliseconds."""
    p50, p99 = percentiles([took.seconds for took in answers])
    least, most = percentiles([took.processor for took in answers])
    return f"p50 {p50:.1f} ms, p99 {p99:.1f} ms (processor {least:.1f}, {most:.1f})"


class Terminal:
    """Runs `argv` in a pseudo-terminal until it is left."""

    def __init__(self, argv: Sequence[str], columns: int = 120, rows: int = 40) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._pending = ""
        self._chunks: queue.SimpleQueue[_Chunk] = queue.SimpleQueue()
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        environment.pop("NO_COLOR", None)
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            argv, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
        )
        os.close(slave)
        # The clock of all that the process has computed, as clock_getcpuclockid(3) names it.
        self._clock = (~self._process.pid << 3) | 2
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._master, 1 << 16)
            except OSError:
                return
            if b"\x1b[?2026$p" in data:
                # The program may send whole frames, and is judged on them.
                os.write(self._master, b"\x1b[?2026;2$y")
            self._chunks.put(_Chunk(time.perf_counter(), self._computed(), data))

    def _computed(self) -> float:
        """Seconds that the program had of the processor, with all its threads."""
        try:
            return time.clock_gettime(self._clock)
        except OSError:
            # It has ended.
            return 0

    def _take(self, timeout: float) -> _Chunk | None:
        """Feed one chunk to the screen and return it; None where none came."""
        try:
            chunk = self._chunks.get(timeout=timeout)
        except queue.Empty:
            return None
        text = self._pending + self._decoder.decode(chunk.data)
        cut = text.rfind("\x1b", max(0, len(text) - 40))
        whole = cut < 0 or re.match(
            r"\x1b(\[[0-9;:?<=>]*[ -/]*[@-~]|\][^\x07]*\x07|[^\[\]])", text[cut:]
        )
        self._pending = "" if whole else text[cut:]
        self._stream.feed(_PRIVATE.sub("", text if whole else text[:cut]))
        return chunk

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def until(self, words: str, timeout: float = 60) -> Took:
        """What it took from the start until `words` stand on the screen."""
        deadline = time.perf_counter() + timeout
        while time.perf_counter() < deadline:
            chunk = self._take(0.1)
            if chunk is not None and words in self.text:
                return Took(chunk.at - self.started, chunk.processor)
        raise TimeoutError(f"not seen: {words!r}\n{self.text}")

    def still(self, seconds: float = 0.15, timeout: float = 10) -> None:
        """Wait until nothing has come for `seconds`."""
        deadline = time.perf_counter() + timeout
        while self._take(seconds) is not None and time.perf_counter() < deadline:
            pass

    def rest(self, seconds: float = 0.3, timeout: float = 60) -> None:
        """Wait until the program has nothing to do: for `seconds` nothing came, all of its threads
        slept at the end and it had nothing of the processor but for a wink.

        Unlike `still`, it holds on a machine that gave the program no time to answer.
        """
        deadline = time.perf_counter() + timeout
        while time.perf_counter() < deadline:
            computed = self._computed()
            if (
                self._take(seconds) is None
                and self._sleeps()
                and self._computed() - computed < _A_WINK
            ):
                return
        raise TimeoutError(f"the program does not rest\n{self.text}")

    def _sleeps(self) -> bool:
        """Whether all threads of the program sleep, and nothing of theirs waits to be read."""
        unread = struct.unpack("i", fcntl.ioctl(self._master, termios.FIONREAD, bytes(4)))[0]
        tasks = Path(f"/proc/{self._process.pid}/task").glob("*/stat")
        return not unread and all(
            task.read_text().rpartition(")")[2].split()[0] == "S" for task in tasks
        )

    def press(self, keys: str) -> None:
        """Send keys as the terminal would."""
        os.write(self._master, keys.encode())

    @property
    def picture(self) -> list[tuple[object, ...]]:
        """What is on the screen with its colours."""
        rows = [self._screen.buffer[row] for row in range(self._screen.lines)]
        return [tuple(row[column] for column in range(self._screen.columns)) for row in rows]

    def redrawn(self, key: str, timeout: float = 3) -> Took:
        """What it took from a key until anything looks different, be it a colour alone."""
        before = self.picture
        return self._answered(key, lambda: self.picture != before, timeout)

    def latency(self, key: str, words: str | None = None, timeout: float = 3) -> Took:
        """What it took from a key until `words` (or any other text) stand on the screen."""
        before = self.text
        return self._answered(
            key, lambda: words in self.text if words else self.text != before, timeout
        )

    def _answered(self, key: str, is_there: Callable[[], bool], timeout: float) -> Took:
        computed, start = self._computed(), time.perf_counter()
        self.press(key)
        while time.perf_counter() - start < timeout:
            chunk = self._take(0.5)
            if chunk is not None and is_there():
                return Took(chunk.at - start, chunk.processor - computed)
        raise TimeoutError(f"no answer to {key!r}\n{self.text}")

    def mebibytes(self) -> float:
        """The program's share of the memory (PSS)."""
        return float(psutil.Process(self._process.pid).memory_full_info().pss) / 2**20
