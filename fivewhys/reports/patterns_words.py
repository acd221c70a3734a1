"""What the patterns say, in words: the same in Markdown, drawings, screens and shells."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from fivewhys.models import shares
from fivewhys.models.past import PastSession
from fivewhys.models.plan_words import PROGRESS_WORDS
from fivewhys.patterns.findings.scope import Scope
from fivewhys.patterns.findings.values import Cover, Outcome, Sighting, Tried
from fivewhys.reports.dates import day

CONFIRMED = "confirmed"
SUGGESTED = "suggested"
PARTLY = "partly confirmed"

LEGEND = (
    "Confirmed: people said that it is the same, or its words are equal. "
    "Suggested: the program finds it alike, and nobody has said so yet."
)

_MOST_NAMES = 4
"""Sessions that are named one by one in a label; more are counted."""


def sure(is_confirmed: bool) -> str:
    """Whether it is confirmed or suggested."""
    return CONFIRMED if is_confirmed else SUGGESTED


def certainty(found: Collection[bool]) -> str:
    """Whether all of several things are confirmed, some, or none."""
    return CONFIRMED if all(found) else PARTLY if any(found) else SUGGESTED


def month(on: date) -> str:
    """The month of a day, for example Mar 2026."""
    _, name, year = day(on).split()
    return f"{name[:3]} {year}"


def where(session: PastSession) -> str:
    """A session with its place and month, for example S-3 · Lyon · Mar 2026."""
    return " · ".join(filter(None, (session.name, session.site, month(session.on))))


def names(sessions: Sequence[PastSession]) -> str:
    """The short names of sessions, for example S-1, S-3 and 5 more."""
    named = [session.name for session in sessions]
    if len(named) <= _MOST_NAMES + 1:
        return ", ".join(named)
    return f"{', '.join(named[:_MOST_NAMES])} and {len(named) - _MOST_NAMES:,} more"


def listed(parts: Sequence[str], most: int = _MOST_NAMES) -> str:
    """Some things in a sentence: a, b and c; or a, b and 5 more."""
    if len(parts) > most + 1:
        parts = [*parts[:most], f"{len(parts) - most:,} more"]
    if not parts:
        return ""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 session, 1,200 sessions."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def span(first: date, last: date) -> str:
    """From when to when, in months; one month where both are the same."""
    begin, end = month(first), month(last)
    return begin if begin == end else f"{begin} to {end}"


def seen(sightings: Sequence[Sighting], noun: str) -> str:
    """How many sessions, and how many of these are confirmed to be the same where not all are."""
    certain = sum(one.is_confirmed for one in sightings)
    number = count(len(sightings), noun)
    # One alone is the same as nothing but itself.
    return f"{number} ({certain:,} confirmed)" if 1 < certain < len(sightings) else number


def did(tried: Tried) -> str:
    """What was done and what came of it, after its own words: done …, came back … ."""
    deed, back = tried.deed, tried.back
    done = f"done {day(deed.done_on)}" if deed.done_on else ""
    if back is not None and tried.days is not None:
        again = "again elsewhere in" if tried.is_elsewhere else "came back in"
        again = f"{again} {where(back.session)}, after {count(tried.days, 'day')}"
        return f"{done}; {again}, {sure(back.is_confirmed)}"
    if tried.outcome is Outcome.NOT_DONE:
        due = f", due {day(deed.due)}" if deed.due else ""
        return f"{PROGRESS_WORDS[deed.progress]}{due}"
    if tried.outcome in (Outcome.REJECTED, Outcome.DONE):
        return tried.outcome.value
    if tried.outcome is Outcome.TOLD:
        return done
    return f"{done}, {tried.outcome.value}" if done else tried.outcome.value


def contradict(found: Collection[object]) -> str:
    """How many decisions contradict others, in words; empty where none does."""
    many = "decisions on what is the same contradict others"
    one = "decision on what is the same contradicts others"
    return count(len(found), one, many) if found else ""


def narrowed(scope: Scope) -> list[str]:
    """What was asked about, where it is not everything."""
    return [
        *([f"asked about {scope.site}"] if scope.site else []),
        *([f"since {day(scope.since)}"] if scope.since else []),
        *(["only roots"] if scope.roots_only else []),
        *(["only what is confirmed"] if scope.confirmed_only else []),
    ]


def percent(share: float) -> str:
    """A share from 0 to 1 as a whole percentage; 0 % and 100 % only for none and all."""
    return f"{shares.percent(share)} %"


def reached(cover: Cover) -> str:
    """The share that the few reach; one that rounding alone lifts to the aim is just under it."""
    told = percent(cover.share)
    is_lifted = cover.share < cover.wanted and told == percent(cover.wanted)
    return f"just under {told}" if is_lifted else told


def places(sites: Iterable[str]) -> list[str]:
    """Each place once, in the order in which they come."""
    return list(dict.fromkeys(filter(None, sites)))
