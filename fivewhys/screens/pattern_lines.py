"""The views of the patterns screen, and each finding as a line of one. No widgets, no store."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from fivewhys.models.past import PastSession
from fivewhys.patterns.findings.values import (
    CameBack,
    DugDeeper,
    Findings,
    Loop,
    Reach,
    SharedRoot,
    Sighting,
    Step,
)
from fivewhys.reports import patterns_words as words

Finding: TypeAlias = SharedRoot | Reach | Step | DugDeeper | Loop | CameBack


class View(StrEnum):
    """What one looks for."""

    SHARED = "shared root causes"
    REACH = "reach"
    COVER = "the few that cover most"
    DEEPER = "someone dug deeper"
    LOOPS = "loops across sessions"
    BACK = "came back after the fix"


VIEWS = tuple(View)

SHORT_NAMES: Mapping[View, str] = {
    View.SHARED: "shared roots",
    View.REACH: "reach",
    View.COVER: "the few",
    View.DEEPER: "dug deeper",
    View.LOOPS: "loops",
    View.BACK: "came back",
}

MEANINGS: Mapping[View, str] = {
    View.SHARED: "Causes that two or more sessions called root.",
    View.REACH: "How many problems a cause leads to, also one that nobody called root.",
    View.COVER: "The smallest list of causes that leads to most of the problems.",
    View.DEEPER: "One team stopped at a root, and another asked on.",
    View.LOOPS: "Causes that feed each other, though no single session shows it.",
    View.BACK: "Causes that were found again after something was done about them.",
}

EMPTY: Mapping[View, str] = {
    View.SHARED: "No root cause is shared. Each session ended at a root of its own, or its roots "
    "are not marked yet.",
    View.REACH: "No cause leads to more than one problem, as far as anybody can tell.",
    View.COVER: "No problem has a cause yet, so there is nothing to cover.",
    View.DEEPER: "Nobody asked on where another team stopped.",
    View.LOOPS: "No causes feed each other. That is good news.",
    View.BACK: "Nothing came back after it was done. That is good news, or nobody has looked yet.",
}

NO_SESSION = (
    "No session yet, so nothing can come again. Hold one or two, and what they share shows here."
)
ONE_SESSION = (
    "There is one session so far. What keeps coming back shows from the second one on: with every "
    "session this screen knows more."
)
NOT_THERE = "Nothing here is like that. Esc asks about everything again."


@dataclass(frozen=True, slots=True)
class Stop:
    """A session that one can go to from a finding."""

    session: PastSession
    cause: UUID | None
    """The cause to stand on there, where it is known already."""
    text: str
    """How it is called there."""
    is_root: bool = False


@dataclass(frozen=True, slots=True)
class PatternLine:
    """A finding as two rows of a list."""

    view: View
    id: str
    """What stays the same when the findings are looked for again."""
    text: str
    figure: str
    """The number that it is about, in words."""
    about: str
    is_confirmed: bool
    sure: str
    nodes: tuple[str, ...]
    """The keys of its causes on the map, the one that it is about first."""
    stops: tuple[Stop, ...]
    finding: Finding


def lines_of(findings: Findings) -> dict[View, list[PatternLine]]:
    """All lines of all views."""
    joined = [one for one in findings.reach if one.joins and len(one.problems) > 1]
    return {
        View.SHARED: [_shared(one) for one in findings.shared_roots],
        View.REACH: [_reach(one) for one in joined],
        View.COVER: [_step(one) for one in findings.cover.steps],
        View.DEEPER: [_deeper(one) for one in findings.dug_deeper],
        View.LOOPS: [_loop(one) for one in findings.loops],
        View.BACK: [_back(one) for one in findings.came_back],
    }


def _stops(seen: Iterable[Sighting]) -> tuple[Stop, ...]:
    return tuple(Stop(one.session, one.cause.id, one.cause.text, one.cause.is_root) for one in seen)


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _names(seen: Sequence[Sighting]) -> str:
    return words.names([one.session for one in seen])


def _shared(one: SharedRoot) -> PatternLine:
    return PatternLine(
        View.SHARED,
        one.key,
        one.text,
        words.count(len(one.roots), "session"),
        _joined(_names(one.roots), words.listed(one.sites, 2), words.span(one.first, one.last)),
        one.is_confirmed,
        words.sure(one.is_confirmed),
        (one.key,),
        _stops((*one.roots, *one.others)),
        one,
    )


def _reach(one: Reach) -> PatternLine:
    return PatternLine(
        View.REACH,
        one.key,
        one.text,
        words.count(len(one.problems), "problem"),
        _joined(root_in_words(one), f"problems in {words.names(one.problems)}"),
        one.is_confirmed,
        words.sure(one.is_confirmed),
        (one.key,),
        _stops(one.seen),
        one,
    )


def _step(one: Step) -> PatternLine:
    return PatternLine(
        View.COVER,
        one.key,
        one.text,
        f"{one.gain:,} more, {words.percent(one.share)}",
        _joined(root_in_words(one), f"found in {_names(one.seen)}"),
        one.is_confirmed,
        words.sure(one.is_confirmed),
        (one.key,),
        _stops(one.seen),
        one,
    )


def _deeper(one: DugDeeper) -> PatternLine:
    asked_on = [deeper.seen for deeper in one.deeper]
    return PatternLine(
        View.DEEPER,
        one.key,
        one.text,
        f"{words.count(one.deeper[0].levels, 'why', 'whys')} deeper",
        _joined(f"stopped: {_names(one.roots)}", f"asked on: {_names(asked_on)}"),
        one.is_confirmed,
        words.sure(one.is_confirmed),
        (one.key,),
        _stops((*asked_on, *one.roots)),
        one,
    )


def _loop(one: Loop) -> PatternLine:
    links = one.links
    return PatternLine(
        View.LOOPS,
        " ".join(sorted(link.key for link in links)),
        links[0].text,
        words.count(len(links), "link"),
        _joined(words.names(one.sessions), f"then: {links[0].effect}"),
        one.is_confirmed,
        words.sure(one.is_confirmed),
        tuple(link.key for link in links),
        tuple(Stop(session, None, _said_in(one, session)) for session in one.sessions),
        one,
    )


def _said_in(loop: Loop, session: PastSession) -> str:
    link = next(link for link in loop.links if session in link.sessions)
    return f"{link.text} → {link.effect}"


def _back(one: CameBack) -> PatternLine:
    return PatternLine(
        View.BACK,
        f"{one.key} {one.tried.deed.id}",
        one.text,
        f"after {words.count(one.days, 'day')}",
        _joined(
            f"{'elsewhere in' if one.is_elsewhere else 'back in'} "
            f"{words.where(one.again[0].session)}",
            f"{one.tried.session.name}: {one.tried.deed.text}",
        ),
        one.is_confirmed,
        words.sure(one.is_confirmed),
        (one.key,),
        _stops((one.on, *one.again)),
        one,
    )


def root_in_words(one: Reach | Step) -> str:
    """Who called it root."""
    called = [seen.session for seen in one.seen if seen.cause.is_root]
    return f"root in {words.names(called)}" if called else "nobody called it root"
