"""How to ask: pure rules, no screens, no database."""

from fivewhys.facilitation.prompt import (
    MarkCondition,
    MarkSuspected,
    Offer,
    Prompt,
    SplitCauses,
    SplitLevels,
)
from fivewhys.facilitation.prompts import problem_prompts, prompts
from fivewhys.facilitation.questions import how_question, next_question
from fivewhys.facilitation.rules.table import RULE_SET, RULES, Rule

__all__ = [
    "RULES",
    "RULE_SET",
    "MarkCondition",
    "MarkSuspected",
    "Offer",
    "Prompt",
    "Rule",
    "SplitCauses",
    "SplitLevels",
    "how_question",
    "next_question",
    "problem_prompts",
    "prompts",
]
