"""What the findings say, as small frozen values. They need neither a graph nor networkx.

*Confirmed* is what people decided or what has equal words; *suggested* is what the program finds
alike and nobody has decided yet. A finding is confirmed only if all that it rests on is.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from fivewhys.models.past import PastCause, PastDeed, PastSession, Sameness
from fivewhys.patterns.findings.scope import Scope


@dataclass(frozen=True, slots=True)
class Sighting:
    """A cause in one of the sessions that found it, in that session's words."""

    session: PastSession
    cause: PastCause
    is_confirmed: bool
    """Whether it is confirmed that this is the cause that the finding is about."""


class Outcome(StrEnum):
    """What came of a countermeasure."""

    NOT_DONE = "not done yet"
    REJECTED = "considered and not done"
    DONE = "done, the day is not known"
    HELD = "held so far"
    TOLD = "done"
    """Customers were told; whether the cause comes back says nothing of that."""
    EFFECTIVE = "known to work"
    NOT_EFFECTIVE = "not effective"
    CAME_BACK = "came back"


@dataclass(frozen=True, slots=True)
class Tried:
    """A countermeasure on a cause, and what came of it."""

    deed: PastDeed
    session: PastSession
    """The session that planned it."""
    outcome: Outcome
    back: Sighting | None
    """Where the cause was found first after it was done; confirmed if it is the same as the one
    that the countermeasure was on."""

    @property
    def days(self) -> int | None:
        """Days from when it was done until the cause came back."""
        if self.back is None or self.deed.done_on is None:
            return None
        return (self.back.session.on - self.deed.done_on).days

    @property
    def is_elsewhere(self) -> bool:
        """Whether that was at another site: here the fix may have held, and never got there."""
        return self.back is not None and _are_two_sites(self.session, self.back.session)


@dataclass(frozen=True, slots=True)
class SharedRoot:
    """A cause that is root in two or more sessions."""

    key: str
    """Its node of the causal map."""
    text: str
    """The wording of the first session that called it root."""
    roots: tuple[Sighting, ...]
    """The sessions that called it root, oldest first."""
    others: tuple[Sighting, ...]
    """The sessions in which it stands without being root, oldest first."""
    tried: tuple[Tried, ...]
    weight: int
    """The severities of the sessions in which it is root, added up."""
    is_confirmed: bool

    @property
    def sites(self) -> tuple[str, ...]:
        """Where it is root, each site once, in the order of the sessions."""
        return tuple(dict.fromkeys(seen.session.site for seen in self.roots if seen.session.site))

    @property
    def first(self) -> date:
        """Since when it is root."""
        return self.roots[0].session.on

    @property
    def last(self) -> date:
        """When it was root last."""
        return self.roots[-1].session.on


@dataclass(frozen=True, slots=True)
class Reach:
    """How many problems lie downstream of a cause."""

    key: str
    text: str
    seen: tuple[Sighting, ...]
    """The sessions in which it stands, oldest first."""
    problems: tuple[PastSession, ...]
    """The sessions whose problems lie downstream, oldest first."""
    weight: int
    """Their severities added up."""
    confirmed: int
    """How many of the problems are reached by confirmed causes alone."""
    is_root: bool
    """Whether some session called it root."""
    joins: bool
    """Whether it stands in several sessions or leads to several effects. Where it does not, it
    reaches exactly what its one effect reaches."""

    @property
    def is_confirmed(self) -> bool:
        """Whether all of the problems are reached by confirmed causes alone."""
        return self.confirmed == len(self.problems)


@dataclass(frozen=True, slots=True)
class Step:
    """One more cause of the few that cover most."""

    key: str
    text: str
    seen: tuple[Sighting, ...]
    gain: int
    """The problems that it reaches and none before it does."""
    reached: int
    """The problems that it and those before it reach together."""
    share: float
    """The same as a part of all problems, from 0 to 1."""
    is_root: bool
    is_confirmed: bool
    """Whether it reaches what it gains by confirmed causes alone."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The few causes that reach most problems, and the curve of how fast they do."""

    wanted: float
    """The share of the problems that was asked for, from 0 to 1."""
    problems: int
    """The problems of which a cause is known."""
    steps: tuple[Step, ...]
    is_roots_only: bool

    @property
    def share(self) -> float:
        """The share that they reach; less than wanted where no set of causes reaches it."""
        return self.steps[-1].share if self.steps else 0.0

    @property
    def is_confirmed(self) -> bool:
        """Whether all of its steps are."""
        return all(step.is_confirmed for step in self.steps)


@dataclass(frozen=True, slots=True)
class Deeper:
    """Where a team asked on, and what it found."""

    seen: Sighting
    chains: tuple[tuple[str, ...], ...]
    """What it found below, in its words: one chain a branch, from the first cause to the last."""

    @property
    def levels(self) -> int:
        """How many whys deeper it went."""
        return max(map(len, self.chains))


@dataclass(frozen=True, slots=True)
class DugDeeper:
    """A root of one session that has causes of its own in another."""

    key: str
    text: str
    """The wording of the first session that stopped at it."""
    roots: tuple[Sighting, ...]
    """The sessions that stopped at it as root, oldest first."""
    deeper: tuple[Deeper, ...]
    """The sessions that asked on, the deepest first."""
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Link:
    """One cause leading to the next, and the sessions that say so."""

    key: str
    text: str
    """The cause."""
    effect: str
    """The text of what it leads to."""
    sessions: tuple[PastSession, ...]
    """Oldest first."""
    said: tuple[tuple[str, str], ...]
    """What each of these sessions says, in its own words: the cause, and what it leads to."""


@dataclass(frozen=True, slots=True)
class Loop:
    """Causes that feed each other though no single session shows it."""

    links: tuple[Link, ...]
    """In their order; the last one leads back to the first."""
    is_confirmed: bool

    @property
    def sessions(self) -> tuple[PastSession, ...]:
        """All sessions that say a part of it, oldest first."""
        found = {session for link in self.links for session in link.sessions}
        return tuple(sorted(found, key=lambda session: (session.on, session.number)))


@dataclass(frozen=True, slots=True)
class CameBack:
    """A cause that was found again after a countermeasure on it was done."""

    key: str
    text: str
    """The wording of the session that planned the countermeasure."""
    tried: Tried
    on: Sighting
    """The cause that the countermeasure was on."""
    again: tuple[Sighting, ...]
    """The sessions that found it afterwards, oldest first."""
    days: int
    """From when the countermeasure was done until the cause was found again first."""
    is_confirmed: bool
    """Whether it is confirmed that what came back first is the same."""

    @property
    def is_elsewhere(self) -> bool:
        """Whether it was found at other sites alone: here the fix may have held.

        Where it is confirmed that it was found again, what is only suggested does not count.
        """
        return all(
            _are_two_sites(self.on.session, one.session)
            for one in self.again
            if one.is_confirmed or not self.is_confirmed
        )


@dataclass(frozen=True, slots=True)
class Saying:
    """What a person said of two causes."""

    one: Sighting
    other: Sighting
    sameness: Sameness
    decided_by: str
    decided_at: datetime
    """In UTC."""


@dataclass(frozen=True, slots=True)
class Contradicted:
    """Two causes that were called different, though other decisions make them the same."""

    said: tuple[Saying, ...]
    """Those that say *same*, from the one to the other; then the one that says *different*."""

    @property
    def text(self) -> str:
        """The wording of the first."""
        return self.said[0].one.cause.text


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the causal map tells, for what was asked about."""

    scope: Scope
    sessions: tuple[PastSession, ...]
    """Those asked about, oldest first."""
    causes: int
    """How many causes they have, what was ruled out left out."""
    shared_roots: tuple[SharedRoot, ...]
    reach: tuple[Reach, ...]
    """The causes that reach most; not all of them."""
    cover: Cover
    dug_deeper: tuple[DugDeeper, ...]
    loops: tuple[Loop, ...]
    came_back: tuple[CameBack, ...]
    contradicted: tuple[Contradicted, ...]
    """Decisions that people should look at again; what they called different stays apart."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing keeps coming back."""
        return not (self.shared_roots or self.dug_deeper or self.loops or self.came_back)


def _are_two_sites(one: PastSession, other: PastSession) -> bool:
    """Whether it is known that two sessions were about different sites."""
    return len({one.site.casefold(), other.site.casefold()} - {""}) == 2
