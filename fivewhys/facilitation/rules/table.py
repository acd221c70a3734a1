"""The rules about one answer as data: what each is called, asks, fires on and must leave alone.

The order of `RULES` is the order of importance: of the rules that fire, the first is shown.
"""

from dataclasses import dataclass

RULE_SET = "2026.3"
"""The version of the rules and their words; kept with what they said."""

LONGEST_ANSWER = 60
"""Words that one answer may have before it is better told in steps (rulebook R20)."""

SHORTEST_ANSWER = 4
"""Words from which on an answer without a verb may stand by itself (rulebook R20)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its number and name in the rulebook, its question, and two answers that test it."""

    id: str
    name: str
    text: str
    """The question that people see."""
    fires_on: str
    silent_on: str
    """An answer with the same words that is a good one."""
    parent: str = "Customers wait eleven minutes for an answer"
    """What both answers were given to."""


RULES: tuple[Rule, ...] = (
    Rule(
        "R1",
        "blame",
        "Would a colleague likely have done the same? What made it easy to happen?",
        fires_on="Human error",
        silent_on="The panel shows 'human error' for every unread label",
    ),
    Rule(
        "R2",
        "blame",
        "What did the process rely on at that step, and what happens when it is absent?",
        fires_on="The night agent forgot to escalate the ticket",
        silent_on="The night agent had no access to the ticket",
    ),
    Rule(
        "R3",
        "rule_not_followed",
        "A broken rule is never the end. What makes skipping it quicker, or normal?",
        fires_on="Refund script not followed",
        silent_on="The refund script skips orders without a number",
    ),
    Rule(
        "R4",
        "hindsight",
        "That is what did not happen. What made sense to them then?",
        fires_on="They should have called",
        silent_on="The form says 'should have been signed' in red",
    ),
    Rule(
        "R10",
        "absent_solution",
        "What happens today instead? Which standard says it should be there?",
        fires_on="Lack of alerting",
        silent_on="The alert has no owner in the routing table",
    ),
    Rule(
        "R11",
        "training",
        "Would a trained person on a bad day still slip?",
        fires_on="Agents untrained",
        silent_on="Training material still shows the old screen",
    ),
    Rule(
        "R12",
        "resources",
        "What was chosen instead, by which rule?",
        fires_on="Understaffed",
        silent_on="Human Resources had not opened the position",
    ),
    Rule(
        "R13",
        "outside_control",
        "Keep it as a condition. What on our side let it through?",
        fires_on="The vendor changed the API",
        silent_on="The weather station on the roof reads four degrees low",
    ),
    Rule(
        "R14",
        "restated",
        "The same fact again. What comes just before it?",
        fires_on="Customers have to wait 11 minutes for an answer",
        silent_on="The waiting music covers the place in the queue",
    ),
    Rule(
        "R15",
        "circular",
        "A repeat, or a real loop that feeds itself?",
        fires_on="Customers are angry",
        silent_on="Angry letters are sorted by the mail room",
    ),
    Rule(
        "R8",
        "compound",
        "Two causes? Split them, or keep them together if both were needed.",
        fires_on="The queue was short one line, and the menu misrouted calls as well",
        silent_on="The load runs at 18:00 and the count only at 20:00",
    ),
    Rule(
        "R9",
        "hidden_link",
        "Two whys in one. Split into two levels?",
        fires_on="Timed out because the limit is 5 min",
        silent_on="The label reads 'held because of claim 881'",
    ),
    Rule(
        "R5",
        "vague",
        "Tell one observed case: who told whom what, through which channel, and what was missing?",
        fires_on="Poor communication",
        silent_on="The communication bus is shared with the door locks",
    ),
    Rule(
        "R6",
        "hedge",
        "A hypothesis. What would we see if it were true, and if not? Who checks?",
        fires_on="Probably the release",
        silent_on="The 'likely duplicate' check is on strict",
    ),
    Rule(
        "R7",
        "absolute",
        "How many of how many, since when?",
        fires_on="Nobody ever reads it",
        silent_on="Nobody was assigned to the queue on Sundays",
    ),
    Rule(
        "R20",
        "too_short",
        "Say: what thing did what, where and when?",
        fires_on="The switch",
        silent_on="The switch restarts at 04:50",
    ),
    Rule(
        "R20",
        "too_long",
        "Say: what thing did what, where and when?",
        fires_on=" ".join(["The form passes from the first desk to the second one"] * 6),
        silent_on=" ".join(["The form passes from the first desk to the second one"] * 3),
    ),
)

PROBLEM = Rule(
    "R21",
    "problem",
    "State the gap: expected, actual, where, since when, how much.",
    fires_on="Bad support",
    silent_on="Callbacks promised within 4 hours took 2 days in May at the Leeds desk",
)
"""The one rule about the problem statement, with examples of problems."""

BY_NAME = {rule.name: rule for rule in reversed(RULES)}
"""The first rule of each name; blame has two."""

SILENCED_BY = {"absent_solution": frozenset({"training", "resources"})}
"""Rules that say nothing where a more telling one fires: no training is about training."""
