"""How much work something is, told the same on every machine however busy it is."""

import sys
from collections.abc import Callable


def work(do: Callable[[], object]) -> int:
    """How many functions are called, Python's own among them, until `do` is done."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        do()
    finally:
        sys.setprofile(before)
    return calls
