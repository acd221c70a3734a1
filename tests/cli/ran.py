"""What a command did."""

from collections.abc import Callable
from types import SimpleNamespace


class Ran(SimpleNamespace):
    """What a command did."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


def failed(ran: Ran) -> str:
    """The one line of a command that could not do what was asked."""
    assert ran.status == 1
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    return ran.err.strip()
