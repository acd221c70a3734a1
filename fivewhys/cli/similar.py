"""Causes of earlier sessions that are like a text, with what was done about them."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import typer

from fivewhys.cli import printing
from fivewhys.cli.fields import session_fields
from fivewhys.cli.history import Chosen
from fivewhys.cli.memory import remembered
from fivewhys.text import clean, has_words

if TYPE_CHECKING:
    from fivewhys.memory import Seen
    from fivewhys.models.past import PastDeed, PastSession
    from fivewhys.models.values import Appearance
    from fivewhys.patterns.likely import Calibration

LEAST = 0.05
"""The probability from which on a cause is shown. Whoever asks for it wants to see what is nearest;
a meeting would only be interrupted by it."""

LESS = "less likely"
"""Said below “perhaps”."""

_LEAST_ROOM = 24
"""Columns that a sentence gets at least."""

_INDENT = 13
"""Columns of “very likely”, and two."""


def similar(chosen: Chosen, text: str, count: int, as_json: bool) -> None:
    """Print up to `count` causes that may be what `text` says, the likeliest first."""
    text = clean(text)
    if not has_words(text):
        printing.fail('Say in words what you look for: fivewhys similar "nobody ordered the forms"')
    found: list[Seen] = []
    nothing = chosen.nothing
    objects: list[object] = []
    if chosen.is_begun or chosen.database:
        with remembered(chosen) as known:
            found = known.asked(lambda: known.memory.similar(text, count, least=LEAST))
            if as_json:
                objects = [_object(seen, known.memory.calibration) for seen in found]
            if known.store.library(limit=1):
                nothing = "No cause like that so far. Try other words, or a whole sentence."
    if as_json:
        printing.write_json(objects)
    width = printing.width()
    for number, seen in enumerate([] if as_json else found):
        if number:
            typer.echo()
        for line in _lines(seen, width, chosen):
            typer.echo(line)
    if not found:
        printing.say(nothing)


def _lines(seen: "Seen", width: int, chosen: Chosen) -> Iterator[str]:
    """A cause as it is read, wrapped at `width` columns where there is one."""
    from fivewhys.reports.cells import wrapped

    for number, told in enumerate(_told(seen)):
        first = (seen.likely.value or LESS) if number == 0 else ""
        said = chosen.written(told)
        room = max(width - _INDENT, _LEAST_ROOM)
        for place, line in enumerate(wrapped(said, room) if width else [said]):
            yield f"{'' if place else first:<{_INDENT}}{line}"


def _told(seen: "Seen") -> Iterator[str]:
    from fivewhys.reports.dates import day

    context = seen.context
    session, cause = context.session, context.cause
    place = ", ".join(filter(None, (session.site, session.department)))
    root = "root" if cause.is_root else "not root"
    yield cause.text
    yield " · ".join(filter(None, (session.name, place, day(session.on), root)))
    if seen.again:
        yield f"also in {'; '.join(map(_again, seen.again))}"
    for deed in context.deeds:
        yield f"what was done: “{deed.text}”: {came_of(deed, seen.again)}"
    if not context.deeds:
        yield "what was done: nothing is planned yet"


def _again(other: "Appearance") -> str:
    return f"{_where(other)} (root)" if other.is_root else _where(other)


def _where(session: "PastSession | Appearance") -> str:
    from fivewhys.reports.patterns_words import month

    return " · ".join(filter(None, (session.name, session.site, month(session.on))))


def back_after(deed: "PastDeed", again: "Sequence[Appearance]") -> "Appearance | None":
    """Where the same cause was found first after `deed` was done; `again` is in order of days."""
    from fivewhys.models.recurrence import recurrences

    return next(iter(recurrences(deed, again)), None)


def came_of(deed: "PastDeed", again: "Sequence[Appearance]") -> str:
    """How far it is, and whether it held: done 3 March 2026; came back in S-9 · Lyon · May 2026."""
    from fivewhys.models.plan_words import (
        FINISHED,
        PROGRESS_WORDS,
        CountermeasureKind,
        Progress,
    )
    from fivewhys.reports.dates import day

    if deed.progress is Progress.REJECTED:
        return "considered and not done"
    if deed.progress not in FINISHED:
        due = f", due {day(deed.due)}" if deed.due else ""
        return f"{PROGRESS_WORDS[deed.progress]}{due}"
    done = f"done {day(deed.done_on)}" if deed.done_on else "done, the day is not known"
    back = back_after(deed, again)
    if back is not None:
        return f"{done}; came back in {_where(back)}"
    if deed.kind is CountermeasureKind.ACKNOWLEDGE and deed.progress is Progress.DONE:
        return done
    held = {Progress.EFFECTIVE: "known to work", Progress.NOT_EFFECTIVE: "did not help"}
    return f"{done}; {held.get(deed.progress, 'not seen since')}"


def _object(seen: "Seen", calibration: "Calibration") -> dict[str, Any]:
    context = seen.context
    cause = context.cause
    return {
        "likely": seen.likely.value or LESS,
        "score": round(seen.score, 4),
        "probability": round(calibration.probability(seen.score), 4),
        "text": cause.text,
        "cause_id": str(cause.id),
        "is_root": cause.is_root,
        "status": cause.status.value,
        **session_fields(context.session),
        "chain": list(context.chain),
        "also_in": list(map(_appearance, seen.again)),
        "deeds": [_deed(deed, seen.again) for deed in context.deeds],
    }


def _appearance(other: "Appearance") -> dict[str, Any]:
    return {
        "session": other.name,
        "site": other.site,
        "on": other.on.isoformat(),
        "is_root": other.is_root,
    }


def _deed(deed: "PastDeed", again: "Sequence[Appearance]") -> dict[str, Any]:
    back = back_after(deed, again)
    return {
        "text": deed.text,
        "progress": deed.progress.value,
        "owner": deed.owner,
        "due": deed.due and deed.due.isoformat(),
        "done_on": deed.done_on and deed.done_on.isoformat(),
        "came_back": back and _appearance(back),
    }
