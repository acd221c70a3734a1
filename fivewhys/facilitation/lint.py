"""Every weak spot of an analysis: what a good facilitator would still ask of it, aloud.

An answer is asked about whenever a rule fires on its words. The rules about the shape of a tree
would drown that, were they told wherever they fire, so here they speak where the analysis rests:

- `no_evidence` at roots, at answers marked verified, and where the read-back asked for evidence.
  Most answers on the way carry none, and nobody asks for it fifteen times in a meeting. A session
  that keeps no evidence at all is asked for it once.
- `jump` where the read-back was answered no.
- `narrow` once a session, and only where a root rests on three whys with one answer each and no
  question has two: whoever gave a second one, or asked of another leg, has asked “what else?”.
- `shallow` and `deep` at roots.
- `problem` unless the facts of the session state the gap that the sentence leaves out.
- `thin` in the place of `problem`, `narrow` and `no_evidence` where two of them are true of the
  whole session: one sentence about the session, instead of three about its parts.

Nothing is said in branches that were ruled out, nor what was dismissed there, nor what the team has
done already: a guess that is marked suspected, a “never” with a number beside it, a ticked point of
the root list. `time_order` is not here: no cause says yet when it happened.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from fivewhys.facilitation.named import named
from fivewhys.facilitation.prompt import Prompt
from fivewhys.facilitation.prompts import blames, problem_prompts, prompts
from fivewhys.facilitation.rules.table import PROBLEM, RULES
from fivewhys.facilitation.tree_rules import NARROW_LEVELS, depth_hint, jump, narrow, no_evidence
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.models.words import EvidenceKind, LinkQuestion, Part, RootPoint, Status, Verdict

BLAME = "blame"
"""The rule about blame, of which there are two."""

MOST_ABOVE = 40
"""Answers above an answer, the nearest, in which a repeat is looked for, beside the problem."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One weak spot."""

    cause: Cause
    """The answer, or the problem."""
    place: tuple[int, ...]
    """Where it stands: (2, 1) is the first answer below the problem's second; () is the problem."""
    prompt: Prompt
    """The rule, its number and what to ask."""


def findings(tree: Tree) -> Iterator[Finding]:
    """Every weak spot of `tree` in its order; those of one answer the most important first."""
    told = list(_each(tree))
    if not any(item.supports for items in tree.evidence_of.values() for item in items):
        told = _asked_for_evidence_once(tree, told)
    of_session = [one for one in told if one.prompt.rule in _THIN and not _was_asked_for(tree, one)]
    if len({one.prompt.rule for one in of_session}) > 1:
        yield Finding(tree.problem, (), _thin(one.prompt.rule for one in of_session))
        told = [one for one in told if one not in of_session]
    yield from told


def _each(tree: Tree) -> Iterator[Finding]:
    people = named(tree)
    top_of_narrow = _narrow_below(tree)
    above: list[str] = []
    for cause, place in standing(tree):
        del above[len(place) :]
        by_words = _by_words(tree, cause, above, people)
        above.append(cause.text)
        by_shape = _by_shape(tree, cause, len(place))
        if cause.id == top_of_narrow:
            by_shape += _NARROW
        dismissed = {dismissal.rule for dismissal in tree.dismissals(cause.id)}
        for prompt in (*by_words, *by_shape):
            if prompt.rule not in dismissed and not _is_answered(tree, cause, prompt.rule):
                yield Finding(cause, place, prompt)


def _asked_for_evidence_once(tree: Tree, told: Sequence[Finding]) -> list[Finding]:
    """The same findings in a session that keeps no evidence: it is asked for where it is first
    missing, and where the team itself said at the read-back that it is."""
    missing = [one for one in told if one.prompt.rule == "no_evidence"]
    more = [one for one in missing[1:] if not _was_asked_for(tree, one)]
    return [one for one in told if one not in more]


def _was_asked_for(tree: Tree, finding: Finding) -> bool:
    """Whether the team said at the read-back that this answer needs evidence."""
    answer = tree.link_answer(finding.cause.id, LinkQuestion.FOLLOWS)
    is_asked = answer is not None and answer.verdict is Verdict.NEEDS_EVIDENCE
    return finding.prompt.rule == "no_evidence" and is_asked


_THIN = {
    "narrow": "one answer to each why",
    "no_evidence": "no evidence",
    "problem": "no measured gap in the problem",
}
"""What may be true of a whole session, by the rule that tells it of a part."""


def _thin(rules: Iterable[str]) -> Prompt:
    wanting = set(rules)
    *most, last = [words for rule, words in _THIN.items() if rule in wanting]
    words = f"{', '.join(most)} and {last}"
    return Prompt(
        "thin", "", f"{words[:1].upper()}{words[1:]} so far. What did we see, count or read?"
    )


def blaming(tree: Tree) -> int:
    """How many findings are about blame, without looking for any others: much quicker."""
    people = named(tree)
    return sum(
        blames(cause.text, people)
        and all(dismissal.rule != BLAME for dismissal in tree.dismissals(cause.id))
        for cause, place in standing(tree)
        # Of the problem other things are asked.
        if place
    )


def known_prompts() -> list[Prompt]:
    """What every rule asks, the problem's first; blame has two questions."""
    by_words = [Prompt(rule.name, rule.id, rule.text) for rule in (PROBLEM, *RULES)]
    by_shape = _told(jump(False), no_evidence(Status.OPEN, 0), depth_hint(1), depth_hint(99))
    return [*by_words, *by_shape, *_NARROW, _thin(_THIN)]


def standing(tree: Tree) -> Iterator[tuple[Cause, tuple[int, ...]]]:
    """The problem and every cause outside ruled-out branches, each with its place, top first."""
    stack: list[tuple[UUID, tuple[int, ...]]] = [(tree.problem.id, ())]
    while stack:
        key, place = stack.pop()
        cause = tree.causes[key]
        if cause.status is Status.RULED_OUT:
            continue
        yield cause, place
        below = [(child, (*place, number)) for number, child in enumerate(tree.children(key), 1)]
        stack += reversed(below)


def _told(*prompts: Prompt | None) -> list[Prompt]:
    return [prompt for prompt in prompts if prompt is not None]


# -- what is said


def _by_words(
    tree: Tree, cause: Cause, above: Sequence[str], people: Sequence[str]
) -> list[Prompt]:
    """What the sentence makes one ask; `above` are the sentences over it, the problem first."""
    if not above:
        return [] if _states_gap(tree, people) else problem_prompts(cause.text, people=people)
    nearest = above[max(1, len(above) - 1 - MOST_ABOVE) : -1]
    ancestors = [above[0], *nearest] if len(above) > 1 else []
    return prompts(cause.text, parent=above[-1], ancestors=ancestors, people=people)


def _states_gap(tree: Tree, people: Sequence[str]) -> bool:
    """Whether the facts say what the problem's sentence may leave out.

    Where and when are enough beside a sentence that is good in itself; “bad support” needs more.
    """
    session = tree.session
    if session.actual:
        return True
    facts = (session.location, session.since_when, session.how_much, session.noticed_at)
    return any(facts) and not prompts(tree.problem.text, parent="", people=people)


# -- what the tree shows

_NARROW = _told(narrow([1] * NARROW_LEVELS))


def _by_shape(tree: Tree, cause: Cause, depth: int) -> list[Prompt]:
    read_back = tree.link_answer(cause.id, LinkQuestion.FOLLOWS)
    verdict = read_back.verdict if read_back else None
    rests_on_it = cause.is_root or verdict is Verdict.NEEDS_EVIDENCE
    is_claimed = cause.status is Status.VERIFIED or (
        rests_on_it and cause.status is not Status.SUSPECTED
    )
    pieces = sum(item.supports for item in tree.evidence(cause.id))
    return _told(
        jump(False) if verdict is Verdict.NO else None,
        no_evidence(Status.OPEN, pieces) if is_claimed else None,
        depth_hint(depth) if cause.is_root else None,
    )


def _narrow_below(tree: Tree) -> UUID | None:
    """The node at the top of three levels of one answer each on which the one root rests.

    None where “what else?” was asked: where any question has two answers, ruled-out ones included,
    or the problem has answers about another leg, or someone said so.
    """
    causes = [*standing(tree)]
    for cause, _ in causes:
        is_dismissed = any(told.rule == "narrow" for told in tree.dismissals(cause.id))
        if (
            is_dismissed
            or len(tree.children(cause.id)) > 1
            or RootPoint.WHAT_ELSE in tree.checked_points(cause.id)
        ):
            return None
    depth = next((len(place) for cause, place in causes if cause.is_root), 0)
    return causes[0][0].id if depth and narrow([1] * depth) else None


# -- what is done already


def _is_answered(tree: Tree, cause: Cause, rule: str) -> bool:
    """Whether the team has done what the prompt of `rule` asks for."""
    match rule:
        case "hedge":
            return cause.status in (Status.SUSPECTED, Status.VERIFIED)
        case "outside_control":
            return cause.part is Part.CONDITION or cause.status is Status.STOPPED
        case "absolute":
            return any(item.kind is EvidenceKind.NUMBER for item in tree.evidence(cause.id))
        case "shallow":
            return RootPoint.PROCESS in tree.checked_points(cause.id)
        case "deep":
            return RootPoint.CHANGEABLE in tree.checked_points(cause.id)
    return False
