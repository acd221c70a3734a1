"""What people can do to a session: one frozen, validated command for each act.

A command is planned against the tree as it is inside the store's transaction: `plan` is pure and
returns row operations, or raises `Refused` with a sentence for the person. Each module holds what
can be done to one thing, and what only that needs; other packages import from here alone.
"""

from fivewhys.models.commands.answers import Answer
from fivewhys.models.commands.causes import (
    AskInstead,
    Categorize,
    DeleteCause,
    EditCause,
    SetLeg,
    SetSaidBy,
)
from fivewhys.models.commands.checks import CheckRoot
from fivewhys.models.commands.command import Command, Moment, Refused
from fivewhys.models.commands.countermeasures import (
    AddCountermeasure,
    CountermeasureFacts,
    DeleteCountermeasure,
    EditCountermeasure,
    SetProgress,
)
from fivewhys.models.commands.decisions import SetPart, SetStatus
from fivewhys.models.commands.evidence import AddEvidence, DeleteEvidence, EditEvidence
from fivewhys.models.commands.facts import MOST_MINUTES, Facts, SetFacts
from fivewhys.models.commands.fields import (
    Line,
    Passage,
    Statement,
    UtcMoment,
    sentence,
    what_is_wrong,
)
from fivewhys.models.commands.links import AnswerLink, ForgetLink
from fivewhys.models.commands.measures import (
    MOST_DAYS,
    AddMeasure,
    DeleteCheck,
    DeleteMeasure,
    EditMeasure,
    MakeCheck,
    MeasureFacts,
    PlanCheck,
)
from fivewhys.models.commands.moves import MoveCause
from fivewhys.models.commands.parked import DeleteParked, Park, ParkCause, UseParked
from fivewhys.models.commands.people import NewPerson
from fivewhys.models.commands.positions import FARTHEST, GAP
from fivewhys.models.commands.prompts import DismissPrompt, ExplainDismissal
from fivewhys.models.commands.sessions import (
    DeleteSession,
    Finish,
    Reopen,
    RestoreSession,
    StartSession,
)
from fivewhys.models.commands.splits import InsertBetween, SplitCauses, SplitLevels

__all__ = [
    "FARTHEST",
    "GAP",
    "MOST_DAYS",
    "MOST_MINUTES",
    "AddCountermeasure",
    "AddEvidence",
    "AddMeasure",
    "Answer",
    "AnswerLink",
    "AskInstead",
    "Categorize",
    "CheckRoot",
    "Command",
    "CountermeasureFacts",
    "DeleteCause",
    "DeleteCheck",
    "DeleteCountermeasure",
    "DeleteEvidence",
    "DeleteMeasure",
    "DeleteParked",
    "DeleteSession",
    "DismissPrompt",
    "EditCause",
    "EditCountermeasure",
    "EditEvidence",
    "EditMeasure",
    "ExplainDismissal",
    "Facts",
    "Finish",
    "ForgetLink",
    "InsertBetween",
    "Line",
    "MakeCheck",
    "MeasureFacts",
    "Moment",
    "MoveCause",
    "NewPerson",
    "Park",
    "ParkCause",
    "Passage",
    "PlanCheck",
    "Refused",
    "Reopen",
    "RestoreSession",
    "SetFacts",
    "SetLeg",
    "SetPart",
    "SetProgress",
    "SetSaidBy",
    "SetStatus",
    "SplitCauses",
    "SplitLevels",
    "StartSession",
    "Statement",
    "UseParked",
    "UtcMoment",
    "sentence",
    "what_is_wrong",
]
