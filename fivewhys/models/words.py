"""The field's fixed words. Each value is what databases and archives hold."""

from enum import StrEnum


class State(StrEnum):
    """Where a session stands."""

    OPEN = "open"
    FINISHED = "finished"


class Kind(StrEnum):
    """What a node of the tree is: the problem at its top, or a cause."""

    PROBLEM = "problem"
    CAUSE = "cause"


class Status(StrEnum):
    """What the team knows about a cause."""

    OPEN = "open"
    SUSPECTED = "suspected"
    VERIFIED = "verified"
    RULED_OUT = "ruled_out"
    STOPPED = "stopped"


class Part(StrEnum):
    """The part a cause plays in the problem, once the team has decided it."""

    ROOT = "root"
    CONTRIBUTING = "contributing"
    CONDITION = "condition"
    """Kept in mind, but not ours to change: never a root, and no why is asked of it."""


class StopReason(StrEnum):
    """Why the asking stopped at a cause that is no root."""

    OUTSIDE_CONTROL = "outside_control"
    EVIDENCE_PENDING = "evidence_pending"
    HANDED_OVER = "handed_over"
    OUT_OF_TIME = "out_of_time"
    TOO_COMPLEX = "too_complex"


class LinkQuestion(StrEnum):
    """What is asked when a chain is read back, of a cause and what it led to."""

    FOLLOWS = "follows"
    """Of a link: whether the effect right above follows from the cause."""
    WITHOUT = "without"
    """Of a cause and the problem: whether it would still have happened without the cause."""
    ALWAYS = "always"
    """Of a cause and the problem: whether it would always happen with the cause alone."""


class Verdict(StrEnum):
    """The answer to a question of the read-back."""

    YES = "yes"
    NO = "no"
    NEEDS_EVIDENCE = "needs_evidence"


class RootPoint(StrEnum):
    """The points of the list that is gone through before a cause is called root."""

    PROCESS = "process"
    EVIDENCE = "evidence"
    READ_BACK = "read_back"
    NECESSARY = "necessary"
    CHANGEABLE = "changeable"
    PREVENTS_CLASS = "prevents_class"
    DEEP_ENOUGH = "deep_enough"
    WHAT_ELSE = "what_else"


class Leg(StrEnum):
    """Which question a branch answers."""

    OCCURRENCE = "occurrence"
    DETECTION = "detection"
    SYSTEM = "system"


class Severity(StrEnum):
    """How bad the problem is."""

    MINOR = "minor"
    MODERATE = "moderate"
    MAJOR = "major"
    CRITICAL = "critical"


class EvidenceKind(StrEnum):
    """What a piece of evidence is."""

    NOTE = "note"
    LINK = "link"
    NUMBER = "number"


STATUS_WORDS = {
    Status.OPEN: "open",
    Status.SUSPECTED: "suspected",
    Status.VERIFIED: "verified",
    Status.RULED_OUT: "ruled out",
    Status.STOPPED: "stopped",
}

LEG_QUESTIONS = {
    Leg.OCCURRENCE: "why did it happen",
    Leg.DETECTION: "why was it not noticed sooner",
    Leg.SYSTEM: "why did our system let it",
}

STOP_WORDS = {
    StopReason.OUTSIDE_CONTROL: "outside our control",
    StopReason.EVIDENCE_PENDING: "evidence pending",
    StopReason.HANDED_OVER: "handed over",
    StopReason.OUT_OF_TIME: "out of time",
    StopReason.TOO_COMPLEX: "too complex, escalated",
}

LINK_QUESTIONS = {
    LinkQuestion.FOLLOWS: "does the effect follow from the cause",
    LinkQuestion.WITHOUT: "had it not been so, would the problem still have happened",
    LinkQuestion.ALWAYS: "with only this, would it always happen",
}

VERDICT_WORDS = {
    Verdict.YES: "yes",
    Verdict.NO: "no",
    Verdict.NEEDS_EVIDENCE: "needs evidence",
}

ROOT_POINTS = {
    RootPoint.PROCESS: (
        "It is a process, design, rule or decision: not a person, an event or a general truth"
    ),
    RootPoint.EVIDENCE: "It and every link above it carry evidence beyond opinion",
    RootPoint.READ_BACK: "The read-back holds up to the problem",
    RootPoint.NECESSARY: "Had it been absent, the problem would probably not have happened",
    RootPoint.CHANGEABLE: "Someone we can name can change it",
    RootPoint.PREVENTS_CLASS: "Changing it prevents a class of cases, not this one only",
    RootPoint.DEEP_ENOUGH: "One more why leaves our reach or adds nothing to act on",
    RootPoint.WHAT_ELSE: "“What else?” was asked at each level",
}
"""The list in its order, each point as a sentence without its full stop."""
