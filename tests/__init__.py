"""The tests. They mirror the package; `benchmarks` is run by hand."""

import os
import sys
from pathlib import Path

if sys.dont_write_bytecode:
    # Compiling what is imported takes 5 s in each test process, and half the time of every program
    # that a test starts. Nothing is written beside the sources: whoever forbade that meant them.
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(Path(__file__).parents[1] / ".pytest_cache" / "compiled")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
