"""What every command is: a plan against a tree, a label for the history, and how it refuses.

It knows no command of its own.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from fivewhys.models.delta import Operation
from fivewhys.models.tree import Tree


class Refused(Exception):
    """A command that does not fit the tree; its text is a sentence for the person."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a plan needs from outside: the time, the person, fresh keys and a session number."""

    now: datetime
    actor: str
    new_key: Callable[[], UUID]
    number: int = 0


class Command(BaseModel, ABC):
    """Something a person does to one session."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    FITS_DELETED: ClassVar = False
    """Whether it can be done to a deleted session; nothing but bringing it back makes sense."""

    LOOKS_ELSEWHERE: ClassVar = False
    """Whether its plan asks where else causes were found (`Tree.elsewhere`)."""

    @abstractmethod
    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        """The row operations that do this to `tree`; raises `Refused` where it does not fit."""

    @abstractmethod
    def label(self, tree: Tree) -> str:
        """What was done, in a few words, for the history and for undo."""
