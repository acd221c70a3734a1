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
