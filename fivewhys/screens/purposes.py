"""What the answer box can be for: an answer most of the time, or a word about one cause.

Everything typed in a meeting goes into the same box, so the room sees it grow in one place, and a
draft is kept for each purpose and cause.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from fivewhys.models.commands import (
    AddEvidence,
    Answer,
    AskInstead,
    Command,
    DeleteEvidence,
    EditCause,
    EditEvidence,
    ExplainDismissal,
    SetPart,
    SetSaidBy,
    SetStatus,
)
from fivewhys.models.tree import Tree
from fivewhys.models.words import STOP_WORDS, EvidenceKind, Part, Status, StopReason

_STOP_NUMBER = re.compile(rf"([1-{len(StopReason)}])(?:[.):,;]\s*|\s+|$)")


class Purpose(StrEnum):
    """What Enter does with the text in the box."""

    ANSWER = "answer"
    EDIT = "edit"
    QUESTION = "question"
    ROOT = "root"
    CONTRIBUTING = "contributing"
    RULE_OUT = "rule_out"
    STOP = "stop"
    SAID_BY = "said_by"
    EVIDENCE = "evidence"
    EDIT_EVIDENCE = "edit_evidence"
    DISMISS = "dismiss"


@dataclass(frozen=True, slots=True)
class Wording:
    """How the box presents a purpose, and what it makes of the text."""

    title: str
    """On the frame of the box."""
    ask: str
    """Shown in the empty box."""
    enter: str
    """What Enter does, on the lower edge."""
    above: str
    """Before the words of the cause it is about, where the question stands for an answer."""
    command: Callable[[UUID, str], Command]
    """From the key of the cause (or of the evidence that is edited) and the text."""
    may_be_empty: bool = False
    before: Callable[[Tree, UUID], str] = lambda _tree, _cause: ""
    """The text that stands there already."""


def evidence_of(text: str) -> tuple[EvidenceKind, bool, str]:
    """What a line of evidence is: a link, a number or a note; for or, after “against:”, against."""
    words = text.strip()
    supports = True
    for prefix in ("against:", "against "):
        if words.lower().startswith(prefix):
            supports, words = False, words[len(prefix) :].strip()
            break
    if words.lower().startswith(("http://", "https://", "mailto:", "file:")):
        return EvidenceKind.LINK, supports, words
    first = words.lstrip("+-~≈<>€$£ ")[:1]
    return (EvidenceKind.NUMBER if first.isdigit() else EvidenceKind.NOTE), supports, words


def _evidence(cause: UUID, text: str) -> Command:
    kind, supports, words = evidence_of(text)
    return AddEvidence(cause=cause, text=words, kind=kind, supports=supports)


def _other_evidence(item: UUID, text: str) -> Command:
    if not text:
        return DeleteEvidence(evidence=item)
    kind, supports, words = evidence_of(text)
    return EditEvidence(evidence=item, text=words, kind=kind, supports=supports)


def stop_of(text: str) -> tuple[StopReason | None, str]:
    """Why the asking stops: by the reason's number or its words, then what else there is to say.

    >>> stop_of("2 Dana looks it up by Friday")
    (<StopReason.EVIDENCE_PENDING: 'evidence_pending'>, 'Dana looks it up by Friday')
    """
    words = text.strip()
    numbered = _STOP_NUMBER.match(words)
    if numbered:
        reason = tuple(StopReason)[int(numbered[1]) - 1]
        return reason, words[numbered.end() :] or STOP_WORDS[reason]
    for reason, told in STOP_WORDS.items():
        if words.lower().startswith(told.partition(",")[0]):
            return reason, words
    return None, words


def _stop(cause: UUID, text: str) -> Command:
    stop, reason = stop_of(text)
    return SetStatus(cause=cause, status=Status.STOPPED, reason=reason, stop=stop)


def _words_of_evidence(tree: Tree, item: UUID) -> str:
    found = tree.evidence_by_key(item)
    if found is None:
        return ""
    return found.text if found.supports else f"against: {found.text}"


WORDINGS = {
    Purpose.ANSWER: Wording(
        "Because",
        "type the answer",
        "Enter saves and asks why",
        "",
        lambda cause, text: Answer(parent=cause, text=text),
    ),
    Purpose.EDIT: Wording(
        "In better words",
        "type it again",
        "Enter saves · Esc leaves it",
        "Edit",
        lambda cause, text: EditCause(cause=cause, text=text),
        before=lambda tree, cause: tree.causes[cause].text,
    ),
    Purpose.QUESTION: Wording(
        "Ask it like this",
        "type the question; empty brings the first one back",
        "Enter saves · Esc leaves it",
        "The question after",
        lambda cause, text: AskInstead(cause=cause, question=text),
        may_be_empty=True,
        before=lambda tree, cause: tree.causes[cause].question,
    ),
    Purpose.ROOT: Wording(
        "We act on this as root because",
        "one more why adds nothing to act on; or say it in your words",
        "Enter marks the root",
        "Root cause",
        lambda cause, text: SetPart(cause=cause, part=Part.ROOT, reason=text),
        may_be_empty=True,
        before=lambda tree, cause: tree.causes[cause].part_reason,
    ),
    Purpose.CONTRIBUTING: Wording(
        "It contributed because",
        "how it made the problem likelier or worse",
        "Enter marks it contributing",
        "Contributing cause",
        lambda cause, text: SetPart(cause=cause, part=Part.CONTRIBUTING, reason=text),
        may_be_empty=True,
        before=lambda tree, cause: tree.causes[cause].part_reason,
    ),
    Purpose.RULE_OUT: Wording(
        "Ruled out because",
        "what speaks against it? The reason is kept",
        "Enter rules it out",
        "Rule out",
        lambda cause, text: SetStatus(cause=cause, status=Status.RULED_OUT, reason=text),
        before=lambda tree, cause: tree.causes[cause].reason,
    ),
    Purpose.STOP: Wording(
        "We stop here because",
        # Two rows of the narrowest box hold all five.
        "1 outside control · 2 evidence pending · 3 handed over · 4 no time · 5 too complex. "
        "A number, or your words, with who and when",
        "Enter stops the branch",
        "Stop at",
        _stop,
        before=lambda tree, cause: tree.causes[cause].reason,
    ),
    Purpose.SAID_BY: Wording(
        "Said by",
        "a name; empty for nobody named",
        "Enter saves",
        "Who said",
        lambda cause, text: SetSaidBy(cause=cause, name=text),
        may_be_empty=True,
        before=lambda tree, cause: tree.causes[cause].said_by,
    ),
    Purpose.EVIDENCE: Wording(
        "We saw, counted or read",
        "a note, a number or a link; begin with “against:” if it contradicts",
        "Enter adds it",
        "Evidence on",
        _evidence,
    ),
    Purpose.EDIT_EVIDENCE: Wording(
        "We saw, counted or read",
        "empty takes this evidence away",
        "Enter saves · Esc leaves it",
        "Evidence on",
        _other_evidence,
        may_be_empty=True,
        before=_words_of_evidence,
    ),
    Purpose.DISMISS: Wording(
        "Not asked again because",
        "why the question does not fit here; it is kept with the answer",
        "Enter keeps it",
        "What the guide asked of",
        lambda cause, text: ExplainDismissal(cause=cause, reason=text),
    ),
}
