"""Power cuts and crashes: what was acknowledged is there, and no change is half there."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(not hasattr(os, "fork"), reason="writers are forked")
def test_nothing_acknowledged_is_lost_when_writers_are_killed(tmp_path: Path) -> None:
    """FIVEWHYS_KILLS gives the number of rounds."""
    rounds = int(os.environ.get("FIVEWHYS_KILLS", "12"))
    run = subprocess.run(
        [sys.executable, "-m", "tests.store.killing", tmp_path / "history.db", str(rounds)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    figures = json.loads(run.stdout)
    assert figures["rounds"] == rounds
    assert figures["acknowledged"] > rounds
    assert figures["lost"] == 0
    assert figures["half_applied"] == 0
    assert figures["damaged"] == 0
