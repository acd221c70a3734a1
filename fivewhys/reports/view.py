"""What the session's template sees, beside the tree itself: small answers to “what goes here?”."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause, Evidence
from fivewhys.models.words import LEG_QUESTIONS, EvidenceKind, Leg, Status
from fivewhys.reports import marks
from fivewhys.reports.dates import day, time
from fivewhys.reports.escape import Markdown, link, markdown
from fivewhys.reports.mermaid import Pictures, pictures
from fivewhys.reports.parts import parts
from fivewhys.reports.readback import Chain, chains
from fivewhys.text import excerpt

LEVELS = 8
"""Levels of one nested list. CommonMark readers stop between 10 and 100, some by dropping what is
deeper, and beyond this many a page leaves the words no room."""


SHORT_REASON = 80
"""Characters of a reason in the tree, which people scan; the sections below have all of it."""


@dataclass(frozen=True, slots=True)
class TreeLine:
    """One cause in the nested list."""

    cause: Cause
    indent: Markdown
    mark: marks.Mark
    words: str
    question: str
    """The question of its leg, where one is set."""
    goes_on: int
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TreeList:
    """One nested list; the first has number 0 and begins at the problem."""

    number: int
    top: Cause
    lines: tuple[TreeLine, ...]


class View:
    """One session as its Markdown tells it."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.session = tree.session
        self.problem = tree.problem
        self.roots = tree.roots()
        self.contributing = tree.contributing()
        self.ruled_out = tree.ruled_out()
        self.stopped = [cause for cause, _ in tree.walk() if cause.status is Status.STOPPED]
        self.open_questions = tree.open_questions()
        self.in_ruled_out_branch = {cause.id for cause in marks.in_ruled_out_branch(tree)}
        self.here = [person for person in tree.people if person.here]
        self.absent = [person for person in tree.people if not person.here]

    @property
    def headline(self) -> list[str]:
        """Number, state, dates, place, severity and facilitator, as far as they are known."""
        session = self.session
        place = ", ".join(filter(None, (session.site, session.department))) or session.location
        parts = [
            session.name if session.number else "",
            f"finished {day(session.finished_at)}" if session.finished_at else "open",
            f"opened {day(session.opened_at)}",
            place,
            f"severity: {session.severity.value}" if session.severity else "",
            f"facilitator: {session.facilitator}" if session.facilitator else "",
        ]
        return [part for part in parts if part]

    @property
    def counts(self) -> str:
        """How many root causes and open questions there are."""
        roots = _count(self.roots, "root cause") if self.roots else "no root cause yet"
        return f"{roots}, {_count(self.open_questions, 'open question')}"

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What is known of the problem, each with its name."""
        session = self.session
        facts = [
            ("Expected", session.expected),
            ("Actual", session.actual),
            ("Where", session.location),
            ("Since when", session.since_when),
            ("How much", session.how_much),
            ("Site", session.site),
            ("Region", session.region),
            ("Department", session.department),
            ("Channel", session.channel),
            ("Noticed", time(session.noticed_at) if session.noticed_at else ""),
        ]
        return [(name, fact) for name, fact in facts if fact]

    @property
    def lists(self) -> Iterator[TreeList]:
        """The tree as nested lists."""
        waiting = {cause.id for cause in self.open_questions}
        for part in parts(self.tree, LEVELS):
            lines = []
            for line in part.lines:
                cause = line.cause
                lines.append(
                    TreeLine(
                        cause,
                        Markdown("  " * line.depth),
                        marks.mark(cause, cause.id in waiting),
                        marks.words(cause, cause.id in waiting),
                        _asked(cause.leg),
                        line.goes_on,
                        _remarks(cause),
                    )
                )
            if lines:
                yield TreeList(part.number, part.top, tuple(lines))

    @property
    def chains(self) -> Iterator[Chain]:
        """Each root read back to the problem."""
        return chains(self.tree)

    def evidence(self, cause: Cause) -> tuple[Evidence, ...]:
        """What was seen, counted or read about `cause`."""
        return self.tree.evidence(cause.id)

    @property
    def otherwise_seen(self) -> list[Cause]:
        """The causes whose evidence no other section tells."""
        told = {self.problem.id}
        for causes in (self.roots, self.contributing, self.ruled_out, self.stopped):
            told |= {cause.id for cause in causes}
        return [
            cause
            for cause, _ in self.tree.walk()
            if cause.id not in told and self.tree.evidence(cause.id)
        ]

    @property
    def roots_without_evidence(self) -> list[Cause]:
        """Roots that nothing supports."""
        return [
            root
            for root in self.roots
            if not any(item.supports for item in self.tree.evidence(root.id))
        ]

    @property
    def roots_without_reason(self) -> list[Cause]:
        """Roots of which nobody has said why to act on them."""
        return [root for root in self.roots if not root.part_reason]

    @property
    def pictures(self) -> Pictures:
        """The tree as flowcharts."""
        return pictures(self.tree) if len(self.tree.causes) > 1 else Pictures(())


def proof(item: Evidence) -> Markdown:
    """A piece of evidence: what it says of its cause, what it is, and its words or link."""
    verb = "Supports" if item.supports else "Contradicts"
    words = link(item.text) if item.kind is EvidenceKind.LINK else markdown(item.text)
    by = f" (said by {markdown(item.said_by)})" if item.said_by else ""
    return Markdown(f"{verb} ({item.kind.value}): {words}{by}")


def passage(text: str, before: str = "") -> Markdown:
    """Text of several lines, each after `before`, with its line breaks kept."""
    lines = markdown(text).split("\n")
    # Two spaces keep a line break without a mark that plain readers would stumble over.
    broken = [line + ("  " if line and after else "") for line, after in pairwise([*lines, ""])]
    return Markdown("\n".join(f"{before}{line}" if line else before.rstrip() for line in broken))


def _asked(leg: Leg | None) -> str:
    return f"{LEG_QUESTIONS[leg].capitalize()}?" if leg else ""


def _remarks(cause: Cause) -> tuple[str, ...]:
    remarks = [
        f"reason: {excerpt(cause.reason, SHORT_REASON).rstrip('.')}" if cause.reason else "",
        f"asked: {cause.question}" if cause.question else "",
        f"said by {cause.said_by}" if cause.said_by else "",
    ]
    return tuple(remark for remark in remarks if remark)


def _count(things: list[Cause], name: str) -> str:
    number = f"{len(things):,}" if things else "no"
    return f"{number} {name}{'' if len(things) == 1 else 's'}"
