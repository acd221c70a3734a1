"""What the session's template sees, beside the tree itself: small answers to “what goes here?”."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fivewhys.countermeasures.sentences import listed_in_words
from fivewhys.models.tree import Tree
from fivewhys.models.values import Appearance, Cause, Evidence
from fivewhys.models.words import LEG_QUESTIONS, Leg, Part, Status
from fivewhys.reports import marks, recorded
from fivewhys.reports.action_plan import Plan
from fivewhys.reports.customers import Customers
from fivewhys.reports.dates import day, time
from fivewhys.reports.escape import Markdown
from fivewhys.reports.mermaid import Pictures, pictures
from fivewhys.reports.parts import parts
from fivewhys.reports.readback import Chain, chains

LEVELS = 8
"""Levels of one nested list. CommonMark readers stop between 10 and 100, some by dropping what is
deeper, and beyond this many a page leaves the words no room."""


@dataclass(frozen=True, slots=True)
class TreeLine:
    """One cause in the nested list."""

    cause: Cause
    indent: Markdown
    mark: marks.Mark
    words: str
    is_root: bool
    """Whether it counts as a root: none does in a ruled-out branch."""
    question: str
    """The question of its leg, where one is set."""
    goes_on: int
    remarks: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    """Where no section of its own tells it."""


@dataclass(frozen=True, slots=True)
class TreeList:
    """One nested list; the first has number 0 and begins at the problem."""

    number: int
    top: Cause
    lines: tuple[TreeLine, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What was recorded of a root, as lines; empty where nothing was."""

    all_follow: str
    """Who said when that each step follows; where that differs, the steps say it themselves."""
    links: list[recorded.Link]
    counterfactuals: list[str]
    closing: str
    root_list: list[tuple[bool, str]]


class View:
    """One session as its Markdown tells it."""

    def __init__(
        self, tree: Tree, shared: Mapping[UUID, Sequence[Appearance]] | None = None
    ) -> None:
        self.tree = tree
        self._shared = tree.elsewhere if shared is None else shared
        self.session = tree.session
        self.problem = tree.problem
        self.roots = tree.roots()
        self.contributing = tree.contributing()
        self.conditions = tree.conditions()
        parts = (*self.roots, *self.contributing, *self.conditions)
        self.with_part = {cause.id for cause in parts}
        self.ruled_out = self._settled(Status.RULED_OUT)
        self.stopped = self._settled(Status.STOPPED)
        self.plan = Plan(tree)
        self.customers = Customers(tree)
        self.open_questions = tree.open_questions()
        again = {cause.id for cause in self.plan.reopened}
        self.unanswered = [cause for cause in self.open_questions if cause.id not in again]
        self.unsettled = recorded.unsettled(tree)
        self.put_aside = recorded.put_aside(tree)
        self.here = _people(tree, here=True)
        self.absent = _people(tree, here=False)

    def _settled(self, status: Status) -> list[Cause]:
        """The causes of `status` that play no part in the problem: each is told in one place."""
        return [
            cause
            for cause, _ in self.tree.walk()
            if cause.status is status and cause.id not in self.with_part
        ]

    @property
    def headline(self) -> list[str]:
        """Number, state, dates, place, severity and facilitator, as far as they are known."""
        session = self.session
        place = ", ".join(filter(None, (session.site, session.department))) or session.location
        parts = [
            session.name if session.number else "",
            self._dates,
            place,
            f"severity: {session.severity.value}" if session.severity else "",
            f"facilitator: {session.facilitator}" if session.facilitator else "",
        ]
        return [part for part in parts if part]

    @property
    def _dates(self) -> str:
        opened = day(self.session.opened_at)
        if self.session.finished_at is None:
            return f"open since {opened}"
        finished = day(self.session.finished_at)
        if finished == opened:
            return f"opened and finished {opened}"
        return f"opened {opened}, finished {finished}"

    @property
    def counts(self) -> str:
        """How many roots and open questions, what the read-back left open, and the plan's state."""
        roots = _count(self.roots, "root cause") if self.roots else "no root cause yet"
        unsettled = f"{len(self.unsettled)} open in the read-back" if self.unsettled else ""
        questions = _count(self.open_questions, "open question")
        return ", ".join(filter(None, (roots, questions, unsettled, self.plan.counts)))

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
        told = self.with_part | {cause.id for cause in (*self.ruled_out, *self.stopped)}
        roots = {cause.id for cause in self.roots}
        cut = {cause.id for cause in marks.in_ruled_out_branch(self.tree)}
        for part in parts(self.tree, LEVELS):
            lines = []
            for line in part.lines:
                cause = line.cause
                lines.append(
                    TreeLine(
                        cause,
                        Markdown("  " * line.depth),
                        marks.mark(cause, cause.id in waiting),
                        marks.words(cause, cause.id in waiting, cause.id in cut),
                        cause.id in roots,
                        _asked(cause.leg),
                        line.goes_on,
                        (*_remarks(cause), *(_former_part(cause) if cause.id in cut else ())),
                        () if cause.id in told else self.tree.evidence(cause.id),
                    )
                )
            if lines:
                yield TreeList(part.number, part.top, tuple(lines))

    @property
    def chains(self) -> Iterator[Chain]:
        """Each root read back to the problem."""
        return chains(self.tree)

    def also_in(self, cause: Cause) -> str:
        """In which other sessions `cause` was found, each in a few words; empty where in none.

        It counts what people decided and equal words alone, nothing that is only suggested.
        """
        again = self._shared.get(cause.id, ())
        roots = [_again(seen) for seen in again if seen.is_root]
        rest = [_again(seen) for seen in again if not seen.is_root]
        also = [
            f"also root in {listed_in_words(roots)}" if roots else "",
            f"also a cause in {listed_in_words(rest)}" if rest else "",
        ]
        told = "; ".join(filter(None, also))
        return told[:1].upper() + told[1:]

    def told(self, chain: Chain) -> Told:
        """What was recorded of a root."""
        return Told(
            recorded.all_follow(self.tree, chain),
            recorded.links(self.tree, chain),
            recorded.counterfactuals(self.tree, chain.root),
            recorded.closing(self.tree, chain.root),
            recorded.root_list(self.tree, chain.root),
        )

    def why_settled(self, cause: Cause) -> str:
        """Why `cause` was ruled out or the asking stopped there."""
        return recorded.why_settled(cause)

    def evidence(self, cause: Cause) -> tuple[Evidence, ...]:
        """What was seen, counted or read about `cause`."""
        return self.tree.evidence(cause.id)

    def is_supported(self, cause: Cause) -> bool:
        """Whether any evidence supports `cause`."""
        return any(item.supports for item in self.tree.evidence(cause.id))

    @property
    def pictures(self) -> Pictures:
        """The tree as flowcharts."""
        return pictures(self.tree) if len(self.tree.causes) > 1 else Pictures(())


def _again(seen: Appearance) -> str:
    """A session with its place and month."""
    month = day(seen.on).split(" ", 1)[1]
    return f"{seen.name} ({seen.site}, {month})" if seen.site else f"{seen.name} ({month})"


def _people(tree: Tree, *, here: bool) -> str:
    return ", ".join(
        f"{person.name} ({person.role})" if person.role else person.name
        for person in tree.people
        if person.here is here
    )


def _asked(leg: Leg | None) -> str:
    return f"{LEG_QUESTIONS[leg].capitalize()}?" if leg else ""


def _remarks(cause: Cause) -> tuple[str, ...]:
    remarks = [
        f"asked: {cause.question}" if cause.question else "",
        f"said by {cause.said_by}" if cause.said_by else "",
        recorded.category(cause),
    ]
    return tuple(remark for remark in remarks if remark)


_FORMERLY = {
    Part.ROOT: "why the team acted on it",
    Part.CONTRIBUTING: "what it contributed",
    Part.CONDITION: "why it was kept in mind",
}


def _former_part(cause: Cause) -> tuple[str, ...]:
    """Why a cause of a ruled-out branch had its part, which no section tells."""
    if not cause.part or not cause.part_reason:
        return ()
    return (f"{_FORMERLY[cause.part]}: {cause.part_reason}",)


def _count(things: list[Cause], name: str) -> str:
    number = f"{len(things):,}" if things else "no"
    return f"{number} {name}{'' if len(things) == 1 else 's'}"
