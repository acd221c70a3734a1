"""What to ask back when an answer is weak: one question about the work, and what one key can do.

The rules live in `rules/`; here they are put in order and made into prompts. Nothing here knows
screens, the store or the clock.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from fivewhys.facilitation.prompt import (
    MarkCondition,
    MarkSuspected,
    Offer,
    Prompt,
    SplitCauses,
    SplitLevels,
)
from fivewhys.facilitation.rules import causes, repeat, shape, state, tone
from fivewhys.facilitation.rules import people as of_people
from fivewhys.facilitation.rules.blame_words import may_blame
from fivewhys.facilitation.rules.reading import Reading, name_parts, read
from fivewhys.facilitation.rules.table import BY_NAME, LONGEST_ANSWER, PROBLEM, RULES, SILENCED_BY


def prompts(
    answer: str, *, parent: str, ancestors: Sequence[str] = (), people: Sequence[str] = ()
) -> list[Prompt]:
    """Every rule that fires on `answer`, most important first.

    `parent` is what the answer answers; `ancestors` is what stands above that, the problem first;
    `people` are the names of those in the room.

    >>> [p.rule for p in prompts("Priya forgot it", parent="No one called back", people=["Priya"])]
    ['blame']
    >>> prompts("The checklist does not mention refunds", parent="Refunds take weeks")
    []
    """
    # What goes on beyond the longest answer is told in steps first (R20), and judged then: judging
    # costs as much for each word, while somebody types.
    beginning = _LONGEST.match(answer)
    reading = _read(answer, people, beginning)
    fired = _fired(reading, parent, ancestors)
    if beginning:
        fired["too_long"] = BY_NAME["too_long"].id
    found: dict[str, Prompt] = {}
    for rule in RULES:
        if rule.name not in found and fired.get(rule.name) == rule.id:
            # A part that was not read would be lost by an offer made from the rest.
            offers = () if beginning else _offers(rule.name, reading)
            found[rule.name] = Prompt(rule.name, rule.id, rule.text, offers)
    return _with_split_first(list(found.values()))


def blames(answer: str, people: Sequence[str] = ()) -> bool:
    """Whether one of the prompts about `answer` is about blame, many times as quickly.

    >>> blames("Priya forgot it", ["Priya"]), blames("The form was not ordered")
    (True, False)
    """
    if not may_blame(answer, name_parts(tuple(people))):
        return False
    reading = _read(answer, people, _LONGEST.match(answer))
    return bool(reading.count) and _blame(reading) != ""


def problem_prompts(problem: str, *, people: Sequence[str] = ()) -> list[Prompt]:
    """What to ask of a problem statement: at most one prompt.

    It fires where the statement is a weak answer itself, or holds no number, place or date.

    >>> [prompt.id for prompt in problem_prompts("Bad support")]
    ['R21']
    """
    reading = read(problem, people)
    weak = _fired(reading, "", ()).keys() & _WEAK_AS_PROBLEM
    if not reading.count or (not weak and shape.is_measured(reading)):
        return []
    return [Prompt(PROBLEM.name, PROBLEM.id, PROBLEM.text)]


_LONGEST = re.compile(rf"\s*\S+(?:\s+\S+){{{LONGEST_ANSWER - 1}}}(?=\s+\S)")
"""The words that are judged of an answer that has more of them."""

_NUMBERS_TO_13 = frozenset(f"R{number}" for number in range(1, 14))
_WEAK_AS_PROBLEM = frozenset(rule.name for rule in RULES if rule.id in _NUMBERS_TO_13)

_ALONE: dict[str, Callable[[Reading], object]] = {
    "rule_not_followed": of_people.breaks_rule,
    "hindsight": of_people.looks_back,
    "absent_solution": state.wishes_remedy,
    "training": state.lacks_training,
    "resources": state.lacks_resources,
    "outside_control": state.is_outside,
    "compound": causes.two_causes,
    "hidden_link": shape.two_levels,
    "vague": tone.is_vague,
    "hedge": tone.hedges,
    "absolute": tone.generalises,
    "too_short": shape.is_too_short,
}
"""The rules that look at nothing but the answer; blame has two and an order."""


def _fired(reading: Reading, parent: str, ancestors: Sequence[str]) -> dict[str, str]:
    """The names of the rules that fire and speak, each with its number."""
    if not reading.count:
        return {}
    fired = {name: BY_NAME[name].id for name, fires in _ALONE.items() if fires(reading)}
    if blame := _blame(reading, fired):
        fired["blame"] = blame
    if repeat.says_again(reading, parent):
        fired["restated"] = BY_NAME["restated"].id
    elif any(repeat.says_again(reading, text) for text in ancestors):
        fired["circular"] = BY_NAME["circular"].id
    return {name: id for name, id in fired.items() if not _is_silent(name, fired, reading)}


def _blame(reading: Reading, fired: Mapping[str, str] | None = None) -> str:
    """The rule about blame that fires, or nothing; `fired` are those that looked at it already."""

    def fires(name: str) -> bool:
        return bool(_ALONE[name](reading)) if fired is None else name in fired

    if of_people.blames_character(reading):
        return "R1"
    # A written rule not kept is told as that; the prompt about it is the more telling one.
    if not of_people.blames_deed(reading, lacks_means=fires("resources")):
        return ""
    return "" if fires("rule_not_followed") else "R2"


def _read(answer: str, people: Sequence[str], beginning: re.Match[str] | None) -> Reading:
    """An answer as it is judged: up to the end of its `beginning`, where it goes on beyond that."""
    return read(answer, people, beginning.end() if beginning else len(answer))


def _is_silent(name: str, fired: Mapping[str, str], reading: Reading) -> bool:
    """Whether a more telling rule makes this one say nothing."""
    others = fired.keys() - {name}
    if name == "outside_control":
        # The same fact again, or a habit, says more than that it is customers who do it.
        more = not others.isdisjoint({"absolute", "restated", "circular"})
        return more and state.is_habit_of_customers_only(reading)
    if name == "too_short":
        # One bare word that another rule knows is weak for what it says, not for being short.
        return bool(others)
    return not others.isdisjoint(SILENCED_BY.get(name, frozenset()))


def _with_split_first(found: list[Prompt]) -> list[Prompt]:
    """The same prompts, the first with the offer to split that a less important one makes.

    One prompt is shown, and “queue short-staffed and the menu misrouted calls” is two causes
    whatever is asked about the first of them.
    """
    for other in found[1:]:
        if other.rule == "compound":
            found[0] = replace(found[0], offers=(*found[0].offers, *other.offers))
    return found


def _offers(name: str, reading: Reading) -> tuple[Offer, ...]:
    if name == "compound" and (parts := causes.two_causes(reading)):
        return (SplitCauses(parts.first, parts.second),)
    if name == "hidden_link" and (parts := shape.two_levels(reading)):
        return (SplitLevels(effect=parts.first, cause=parts.second),)
    if name == "hedge":
        return (MarkSuspected(),)
    if name == "outside_control":
        return (MarkCondition(),)
    return ()
