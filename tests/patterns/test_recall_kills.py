"""Several programs on the files of one recall, and what is left when they are killed."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from fivewhys.patterns import current
from fivewhys.patterns.recall import Busy, State
from fivewhys.patterns.shelf import Shelf
from tests.patterns.recall_writer import a_recall, encode, found

ROUNDS = 6


def started(folder: Path, name: str, output: Path) -> subprocess.Popen[bytes]:
    with output.open("ab") as file:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.patterns.recall_writer", str(folder), name],
            stdout=file,
            stderr=subprocess.PIPE,
        )


def told(output: Path) -> tuple[set[str], set[str]]:
    """What was added for certain and not removed, and what was removed for certain."""
    lines = output.read_text().split("\n")[:-1]
    removed = {line[1:] for line in lines if line.startswith("-")}
    # Its last step may have been finished without being told: then the first key is gone already.
    return {line for line in lines if not line.startswith("-")} - removed, removed


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL there")
def test_programs_that_are_killed_leave_whole_files(tmp_path: Path) -> None:
    folder = tmp_path / "recall"
    reader = a_recall(folder)
    for turn in range(ROUNDS):
        outputs = [tmp_path / f"{turn}-{name}" for name in "ab"]
        writers = [started(folder, f"{output.name}", output) for output in outputs]
        while any(not output.read_text() for output in outputs):
            time.sleep(0.02)
            assert all(writer.poll() is None for writer in writers)
            assert reader.state is not State.DAMAGED
        time.sleep(0.05 + 0.07 * turn)
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
            _, errors = writer.communicate()
            assert (writer.returncode, errors) == (-signal.SIGKILL, b"")
        for recall in (a_recall(folder), reader):
            assert recall.check() is State.READY
            known = list(recall)
            assert len(known) == len(set(known))
            assert np.allclose(recall.vectors(known), encode(known), atol=1e-3)
            for output in outputs:
                added, removed = told(output)
                missing = added - set(known)
                assert len(missing) <= 1, "but the one that was just being removed"
                assert all(key.endswith("-0") for key in missing)
                assert not removed & set(known)
    reader.add(["after"], ["after"])
    assert found(a_recall(folder), "after") == ["after"]


def test_a_program_that_writes_for_long_is_said_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(current, "PATIENCE", 0.05)
    recall = a_recall(tmp_path / "recall")
    recall.add(["a"], ["first"])
    with Shelf(tmp_path / "recall").only_writer(0):
        with pytest.raises(Busy, match="another program is writing"):
            recall.add(["b"], ["second"])
        assert found(recall, "first") == ["a"]
    recall.add(["b"], ["second"])
    assert found(recall, "second") == ["b"]
