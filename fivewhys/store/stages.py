"""How far bringing a database up to date is, for the person who waits for it.

It knows no database. Whoever is told may stop the work by raising: nothing was changed then.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

TELL = "tell"
"""Under this name migrations find whom to tell among the attributes of Alembic's settings."""


class Stage(NamedTuple):
    """A part of the work, and how much of it is done."""

    what: str
    done: int = 0
    of: int = 0
    """0 where nobody knows how much there is."""

    @property
    def words(self) -> str:
        """What is being done and how far it is, for one line."""
        share = f" {100 * self.done // self.of} %" if self.of else ""
        return f"Bringing your history up to date: {self.what} …{share}"


Tell = Callable[[Stage], None]


def nobody(_: Stage) -> None:
    """Nobody waits."""


def listener(context: Any) -> Tell:
    """Whom a migration tells, from its `op.get_context()`."""
    settings = context.config
    tell: Tell = settings.attributes.get(TELL, nobody) if settings else nobody
    return tell
