"""What keeps coming back, as Markdown that someone passes on: the few that matter come first.

The wording is in `templates/patterns.md`; the same for machines is in `patterns_data`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fivewhys.models.past import Sameness
from fivewhys.patterns.findings.values import (
    CameBack,
    Contradicted,
    DugDeeper,
    Findings,
    Link,
    Loop,
    Reach,
    Saying,
    SharedRoot,
    Sighting,
    Step,
    Tried,
)
from fivewhys.reports import patterns_words as words
from fivewhys.reports.dates import day
from fivewhys.reports.patterns_few import Few, few
from fivewhys.reports.templates import NONE, Own, Page, filled

MOST_LISTED = 12
"""Findings of one kind in the report: more nobody reads. The JSON has all."""

_BAR = 20
"""Columns of the curve at 100 %."""


@dataclass(frozen=True, slots=True)
class Item:
    """A finding as a heading, a line below it, and points."""

    text: str
    summary: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A cause as a line of a table."""

    text: str
    number: int
    detail: str
    where: str
    root: str
    sure: str
    bar: str = ""


@dataclass(frozen=True, slots=True)
class PatternsView:
    """The report as its template tells it."""

    headline: tuple[str, ...]
    legend: str
    in_short: str
    few: tuple[Few, ...]
    shared: tuple[Item, ...]
    back: tuple[Item, ...]
    cover: tuple[Row, ...]
    cover_says: str
    reach: tuple[Row, ...]
    deeper: tuple[Item, ...]
    loops: tuple[Item, ...]
    contradicted: tuple[Item, ...]
    left_out: dict[str, int]
    """How many more there are of each of the lists, by its name here."""


def patterns_md(findings: Findings, own: Own = NONE) -> Page:
    """The report, by a team's own template where that works.

    The same findings always give the same text.
    """
    return filled("patterns.md", own, view=view(findings))


def view(findings: Findings) -> PatternsView:
    """What the template sees."""
    steps = [step for step in findings.cover.steps if step.gain > 1]
    joined = [one for one in findings.reach if one.joins and len(one.problems) > 1]
    lists: dict[str, Sequence[object]] = {
        "shared": findings.shared_roots,
        "back": findings.came_back,
        "cover": steps,
        "reach": joined,
        "deeper": findings.dug_deeper,
        "loops": findings.loops,
        "contradicted": findings.contradicted,
    }
    return PatternsView(
        headline=_headline(findings),
        legend=words.LEGEND,
        in_short=_in_short(findings),
        few=tuple(few(findings)),
        shared=tuple(map(_shared, findings.shared_roots[:MOST_LISTED])),
        back=tuple(map(_back, findings.came_back[:MOST_LISTED])),
        cover=tuple(map(_step, steps[:MOST_LISTED])),
        cover_says=_cover_says(findings),
        reach=tuple(map(_reach, joined[:MOST_LISTED])),
        deeper=tuple(map(_deeper, findings.dug_deeper[:MOST_LISTED])),
        loops=tuple(map(_loop, findings.loops[:MOST_LISTED])),
        contradicted=tuple(map(_contradicted, findings.contradicted[:MOST_LISTED])),
        left_out={name: max(0, len(found) - MOST_LISTED) for name, found in lists.items()},
    )


def _headline(findings: Findings) -> tuple[str, ...]:
    sessions = findings.sessions
    if not sessions:
        return (words.count(0, "session"), *words.narrowed(findings.scope))
    sites = words.places(session.site for session in sessions)
    return (
        words.count(len(sessions), "session"),
        *([words.count(len(sites), "site")] if sites else []),
        words.span(sessions[0].on, sessions[-1].on),
        words.count(findings.causes, "cause"),
        *words.narrowed(findings.scope),
    )


def _in_short(findings: Findings) -> str:
    told = [
        _number(findings.shared_roots, "root cause is shared", "root causes are shared"),
        _number(
            findings.came_back,
            "fix was followed by the same cause again",
            "fixes were followed by the same cause again",
        ),
        _number(
            findings.dug_deeper, "root was dug deeper elsewhere", "roots were dug deeper elsewhere"
        ),
        _number(findings.loops, "loop runs across sessions", "loops run across sessions"),
        words.contradict(findings.contradicted),
    ]
    said = words.listed([one for one in told if one])
    return f"{said}." if said else ""


def _number(found: Sequence[SharedRoot | CameBack | DugDeeper | Loop], one: str, many: str) -> str:
    """How many findings of a kind there are and how many are confirmed; empty where none."""
    certain = sum(item.is_confirmed for item in found)
    sure = words.certainty([item.is_confirmed for item in found])
    sure = f"{certain:,} confirmed" if sure == words.PARTLY else sure
    return f"{words.count(len(found), one, many)} ({sure})" if found else ""


def _heard(seen: Sighting) -> str:
    return f"{words.where(seen.session)}: “{seen.cause.text}”"


def _heard_as(seen: Sighting) -> str:
    return _heard(seen) if seen.is_confirmed else f"{_heard(seen)} ({words.SUGGESTED})"


def _tried(tried: Tried) -> str:
    return f"What was done: “{tried.deed.text}” ({tried.session.name}): {words.did(tried)}"


def _shared(found: SharedRoot) -> Item:
    sites = f", in {words.listed(found.sites)}" if found.sites else ""
    points = [_heard_as(seen) for seen in found.roots]
    if found.others:
        points.append(
            f"Found on the way, not as root: {words.names([seen.session for seen in found.others])}"
        )
    points += map(_tried, found.tried)
    if not found.tried:
        points.append("What was done: nothing is planned yet")
    return Item(
        found.text,
        f"Root in {words.seen(found.roots, 'session')}{sites}, "
        f"{words.span(found.first, found.last)} · {words.sure(found.is_confirmed)}",
        tuple(points),
    )


def _back(found: CameBack) -> Item:
    again = "Found at another site" if found.is_elsewhere else "Back"
    return Item(
        found.text,
        f"{again} {words.count(found.days, 'day')} after "
        f"“{found.tried.deed.text}” was done · {words.sure(found.is_confirmed)}",
        (
            f"Planned in {_heard(found.on)}",
            *(f"Found again in {_heard_as(seen)}" for seen in found.again),
        ),
    )


def _deeper(found: DugDeeper) -> Item:
    points = [f"Stopped here: {_heard(seen)}" for seen in found.roots]
    for deeper in found.deeper:
        chains = "; and ".join(" ← ".join(f"“{text}”" for text in way) for way in deeper.chains)
        points.append(f"Asked on: {_heard(deeper.seen)} ← {chains}")
    levels = words.count(found.deeper[0].levels, "why", "whys")
    return Item(
        found.text, f"{levels} deeper elsewhere · {words.sure(found.is_confirmed)}", tuple(points)
    )


def _loop(found: Loop) -> Item:
    return Item(
        found.links[0].text,
        f"{words.count(len(found.links), 'link')} that feed each other "
        f"· {words.sure(found.is_confirmed)}",
        tuple(point for link in found.links for point in _linked(link)),
    )


def _linked(link: Link) -> Iterator[str]:
    """Each session that says so, in its own words."""
    for session, (cause, effect) in zip(link.sessions, link.said, strict=True):
        yield f"{words.where(session)}: “{cause}” leads to “{effect}”"


def _contradicted(found: Contradicted) -> Item:
    *same, different = found.said
    others = words.count(len(same), "other decision makes", "other decisions make")
    return Item(
        found.text,
        f"Called different, though {others} them the same",
        tuple(_saying(saying) for saying in (*same, different)),
    )


def _saying(saying: Saying) -> str:
    said = "called the same" if saying.sameness is Sameness.SAME else "called different"
    return f"{_heard(saying.one)} and {_heard(saying.other)}: {said} on {day(saying.decided_at)}"


def _root(found: Reach | Step) -> str:
    called = [seen.session for seen in found.seen if seen.cause.is_root]
    return words.names(called) if called else "nobody called it root"


def _reach(found: Reach) -> Row:
    number = len(found.problems)
    certain = words.sure(found.is_confirmed)
    return Row(
        text=found.text,
        number=number,
        detail=f"{found.weight:,}",
        where=words.names([seen.session for seen in found.seen]),
        root=_root(found),
        sure=certain if found.is_confirmed else f"{certain} ({found.confirmed:,} confirmed)",
    )


def _step(step: Step) -> Row:
    return Row(
        text=step.text,
        number=step.gain,
        detail=words.percent(step.share),
        where=words.names([seen.session for seen in step.seen]),
        root=_root(step),
        sure=words.sure(step.is_confirmed),
        bar="█" * round(step.share * _BAR),
    )


def _cover_says(findings: Findings) -> str:
    cover = findings.cover
    kind = "root cause" if cover.is_roots_only else "cause"
    number = words.count(len(cover.steps), kind)
    reach = "reaches" if len(cover.steps) == 1 else "reach"
    sure = words.certainty([step.is_confirmed for step in cover.steps])
    said = (
        f"{number} {reach} {words.reached(cover)} of "
        f"{words.count(cover.problems, 'problem')} "
        f"(the aim is {words.percent(cover.wanted)}) · {sure}."
    )
    if cover.share < cover.wanted:
        said += " No set of them reaches more."
    alone = sum(step.gain == 1 for step in cover.steps)
    if alone:
        adds = "adds one problem alone and is" if alone == 1 else "add one problem each and are"
        said += f" {alone:,} of them {adds} not listed."
    return said
