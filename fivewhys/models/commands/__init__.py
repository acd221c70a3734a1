"""What people can do to a session: one frozen, validated command for each act.

A command is planned against the tree as it is inside the store's transaction: `plan` is pure and
returns row operations, or raises `Refused` with a sentence for the person. Each module holds what
can be done to one thing, and what only that needs; other packages import from here alone.
"""

from fivewhys.models.commands.answers import Answer
from fivewhys.models.commands.causes import AskInstead, DeleteCause, EditCause, SetLeg, SetSaidBy
from fivewhys.models.commands.command import Command, Moment, Refused
from fivewhys.models.commands.decisions import SetPart, SetStatus
from fivewhys.models.commands.evidence import AddEvidence, DeleteEvidence, EditEvidence
from fivewhys.models.commands.facts import MOST_MINUTES, Facts, SetFacts
from fivewhys.models.commands.fields import Line, Passage, Statement, UtcMoment, sentence
from fivewhys.models.commands.moves import MoveCause
from fivewhys.models.commands.parked import DeleteParked, Park, ParkCause, UseParked
from fivewhys.models.commands.people import NewPerson
from fivewhys.models.commands.positions import GAP
from fivewhys.models.commands.sessions import (
    DeleteSession,
    Finish,
    Reopen,
    RestoreSession,
    StartSession,
)

__all__ = [
    "GAP",
    "MOST_MINUTES",
    "AddEvidence",
    "Answer",
    "AskInstead",
    "Command",
    "DeleteCause",
    "DeleteEvidence",
    "DeleteParked",
    "DeleteSession",
    "EditCause",
    "EditEvidence",
    "Facts",
    "Finish",
    "Line",
    "Moment",
    "MoveCause",
    "NewPerson",
    "Park",
    "ParkCause",
    "Passage",
    "Refused",
    "Reopen",
    "RestoreSession",
    "SetFacts",
    "SetLeg",
    "SetPart",
    "SetSaidBy",
    "SetStatus",
    "StartSession",
    "Statement",
    "UseParked",
    "UtcMoment",
    "sentence",
]
