"""The fixed words of countermeasures: what is done about causes, and how it is known to work.

Each value is what databases and archives hold.
"""

from enum import StrEnum


class CountermeasureKind(StrEnum):
    """What a countermeasure is for."""

    CONTAIN = "contain"
    CORRECT = "correct"
    PREVENT = "prevent"
    DETECT = "detect"
    ACKNOWLEDGE = "acknowledge"


class Progress(StrEnum):
    """Where a countermeasure stands."""

    IDEA = "idea"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    EFFECTIVE = "effective"
    NOT_EFFECTIVE = "not_effective"
    REJECTED = "rejected"


class Strength(StrEnum):
    """How much a countermeasure leaves to people's memory and care."""

    STRONGER = "stronger"
    INTERMEDIATE = "intermediate"
    WEAKER = "weaker"


class Means(StrEnum):
    """What a countermeasure works by: the sub-classes of the RCA2 action hierarchy, in its order.

    Source: National Patient Safety Foundation, RCA2 (2015), after the VA's action hierarchy.
    """

    PLACE = "place"
    FORCING = "forcing"
    SIMPLIFY = "simplify"
    STANDARDISE = "standardise"
    LEADERS = "leaders"
    REDUNDANCY = "redundancy"
    STAFFING = "staffing"
    SOFTWARE = "software"
    DISTRACTIONS = "distractions"
    SIMULATION = "simulation"
    CHECKLIST = "checklist"
    LOOK_ALIKES = "look_alikes"
    COMMUNICATION = "communication"
    DOCUMENTATION = "documentation"
    DOUBLE_CHECK = "double_check"
    WARNING = "warning"
    POLICY = "policy"
    TRAINING = "training"


class Ready(StrEnum):
    """The points of the readiness list: a half-planned fix hurts more than none."""

    PLAN = "plan"
    TOOLS = "tools"
    PEOPLE = "people"
    CHANNELS = "channels"
    IMPACT = "impact"


class MeasureKind(StrEnum):
    """What a measure tells of a countermeasure."""

    PROCESS = "process"
    OUTCOME = "outcome"
    BALANCE = "balance"


class CheckResult(StrEnum):
    """What a check found."""

    MET = "met"
    NOT_MET = "not_met"
    TOO_EARLY = "too_early"


FINISHED = (Progress.DONE, Progress.EFFECTIVE, Progress.NOT_EFFECTIVE)
"""It was carried out, whatever came of it."""

UNFINISHED = (Progress.IDEA, Progress.PLANNED, Progress.IN_PROGRESS)
"""It is still to be carried out."""

NEEDS_REASON = (Progress.REJECTED, Progress.NOT_EFFECTIVE)
"""Nobody is told so without why."""

PROGRESS_WORDS = {
    Progress.IDEA: "idea",
    Progress.PLANNED: "planned",
    Progress.IN_PROGRESS: "in progress",
    Progress.DONE: "done",
    Progress.EFFECTIVE: "effective",
    Progress.NOT_EFFECTIVE: "not effective",
    Progress.REJECTED: "rejected",
}

KIND_WORDS = {
    CountermeasureKind.CONTAIN: "keeps the harm small now",
    CountermeasureKind.CORRECT: "puts right what went wrong",
    CountermeasureKind.PREVENT: "keeps it from happening again",
    CountermeasureKind.DETECT: "notices it sooner",
    CountermeasureKind.ACKNOWLEDGE: "owns up to the customers",
}

STRENGTH_OF = {
    Means.PLACE: Strength.STRONGER,
    Means.FORCING: Strength.STRONGER,
    Means.SIMPLIFY: Strength.STRONGER,
    Means.STANDARDISE: Strength.STRONGER,
    Means.LEADERS: Strength.STRONGER,
    Means.REDUNDANCY: Strength.INTERMEDIATE,
    Means.STAFFING: Strength.INTERMEDIATE,
    Means.SOFTWARE: Strength.INTERMEDIATE,
    Means.DISTRACTIONS: Strength.INTERMEDIATE,
    Means.SIMULATION: Strength.INTERMEDIATE,
    Means.CHECKLIST: Strength.INTERMEDIATE,
    Means.LOOK_ALIKES: Strength.INTERMEDIATE,
    Means.COMMUNICATION: Strength.INTERMEDIATE,
    Means.DOCUMENTATION: Strength.INTERMEDIATE,
    Means.DOUBLE_CHECK: Strength.WEAKER,
    Means.WARNING: Strength.WEAKER,
    Means.POLICY: Strength.WEAKER,
    Means.TRAINING: Strength.WEAKER,
}

MEANS_WORDS = {
    Means.PLACE: "change the place or the equipment",
    Means.FORCING: "it cannot be done wrong",
    Means.SIMPLIFY: "simplify, remove steps",
    Means.STANDARDISE: "standardise equipment or process",
    Means.LEADERS: "leaders take part",
    Means.REDUNDANCY: "redundancy",
    Means.STAFFING: "more people or less load",
    Means.SOFTWARE: "software change",
    Means.DISTRACTIONS: "fewer distractions",
    Means.SIMULATION: "practice in simulation, refreshed",
    Means.CHECKLIST: "checklist or memory aid",
    Means.LOOK_ALIKES: "remove look-alikes",
    Means.COMMUNICATION: "standard way to pass things on",
    Means.DOCUMENTATION: "better documentation",
    Means.DOUBLE_CHECK: "double check",
    Means.WARNING: "warning or label",
    Means.POLICY: "new policy or memo",
    Means.TRAINING: "training",
}

READY_WORDS = {
    Ready.PLAN: "It is planned step by step",
    Ready.TOOLS: "The tools and materials are there",
    Ready.PEOPLE: "The people who do it are trained",
    Ready.CHANNELS: "Every place and channel is covered",
    Ready.IMPACT: "What customers will notice is thought through",
}

MEASURE_QUESTIONS = {
    MeasureKind.PROCESS: "is it being done",
    MeasureKind.OUTCOME: "did the problem shrink",
    MeasureKind.BALANCE: "what got worse",
}

RESULT_WORDS = {
    CheckResult.MET: "met",
    CheckResult.NOT_MET: "not met",
    CheckResult.TOO_EARLY: "too early to tell",
}
