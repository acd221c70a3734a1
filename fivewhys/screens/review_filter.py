"""What the review can be narrowed to, and how that is asked at the foot. No store, no widgets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from fivewhys.countermeasures.days import day_from, long_day
from fivewhys.facilitation.lenses import Lens, with_id
from fivewhys.models.words import Severity
from fivewhys.review.period import ReviewFilter
from fivewhys.screens.asking import AskLine, Offer, Pick
from fivewhys.screens.patterns_asks import months_before
from fivewhys.screens.widgets.choices import Choice
from fivewhys.text import clean, excerpt

EVERYTHING = ReviewFilter()

UNSAID = "not said"
"""How what sessions do not say is told."""

_ONE_OF = {
    "sites": ("site", "1"),
    "regions": ("region", "2"),
    "departments": ("department", "3"),
    "channels": ("channel", "4"),
    "severities": ("severity", "5"),
    "categories": ("lens category", "6"),
    "owners": ("owner", "7"),
    "facilitators": ("facilitator", "8"),
}
"""What a session has one of, each with its word and its key."""

COLUMNS = {
    "sites": "site",
    "regions": "region",
    "departments": "department",
    "channels": "channel",
    "owners": "owner",
    "facilitators": "facilitator",
}
"""Whose names the history knows, with what they are called there."""

_MONTHS = (1, 3, 6, 12, 24)


def told(narrowed: ReviewFilter, lenses: Sequence[Lens] = ()) -> list[str]:
    """What a review is narrowed to, in words; nothing where it is about everything."""
    words = [period(narrowed)] if narrowed.since or narrowed.until else []
    words += [values(narrowed, field, lenses) for field in _ONE_OF if getattr(narrowed, field)]
    if narrowed.text.strip():
        words.append(f"“{narrowed.text.strip()}”")
    return words


def period(narrowed: ReviewFilter) -> str:
    """The period, in words."""
    since, until = narrowed.since, narrowed.until
    if since and until:
        return f"{since.isoformat()} to {until.isoformat()}"
    if since:
        return f"since {since.isoformat()}"
    return f"until {until.isoformat()}" if until else "from the beginning"


def values(narrowed: ReviewFilter, field: str, lenses: Sequence[Lens] = ()) -> str:
    """The values of one filter, as people read them."""
    return " or ".join(value_text(value, lenses) for value in getattr(narrowed, field))


def value_text(value: object, lenses: Sequence[Lens] = ()) -> str:
    """One value of a filter."""
    if isinstance(value, Severity):
        return value.value
    if isinstance(value, tuple):
        lens = with_id(lenses, value[0])
        category = lens.category(value[1]) if lens else None
        return category.name if category else str(value[1])
    return str(value) if value else UNSAID


# -- which filter


def ask_which(narrowed: ReviewFilter, lenses: Sequence[Lens]) -> Pick[str]:
    """Narrow by what? Gives back the name of a field."""
    offers = [
        Offer(
            Choice(
                "p", "period", period(narrowed), is_chosen=bool(narrowed.since or narrowed.until)
            ),
            "period",
        )
    ]
    for field, (word, key) in _ONE_OF.items():
        now = values(narrowed, field, lenses)
        offers.append(Offer(Choice(key, word, now or "any", is_chosen=bool(now)), field))
    text = narrowed.text.strip()
    words = f"“{text}”" if text else "any"
    offers.append(Offer(Choice("9", "words", words, is_chosen=bool(text)), "text"))
    return Pick("Narrow the review by what?", lambda _: offers, "Esc goes back to the figures.")


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to narrow to."""

    names: Mapping[str, Sequence[str]]
    """Names of the history, most used first, by their field."""
    lenses: Sequence[Lens]


def ask_values(field: str, narrowed: ReviewFilter, known: Known) -> AskLine[ReviewFilter]:
    """Which value of a filter? One that is chosen already is given up again."""
    chosen = getattr(narrowed, field)
    word = _ONE_OF[field][0]
    there = _there(field, known)
    gone = [(value, value_text(value, known.lenses), "") for value in chosen]
    everything = [*there, *(one for one in gone if one[0] not in {value for value, _, _ in there})]

    def offers(text: str) -> Sequence[Offer[ReviewFilter]]:
        wanted = clean(text).casefold()
        found = [
            Offer(
                Choice("", name, f"{about}{', ' if about else ''}asked for; Enter gives it up"
                       if value in chosen else about, is_chosen=value in chosen),
                _turned(narrowed, field, value),
            )
            for value, name, about in everything
            if wanted in name.casefold() or wanted in about.casefold()
        ]  # fmt: skip
        found.sort(key=lambda offer: not offer.choice.name.casefold().startswith(wanted))
        if not wanted:
            anything = Choice("", "any", is_chosen=not chosen)
            return [Offer(anything, _with(narrowed, field, ())), *found]
        if not found:
            raise ValueError(f"No {word} here is called “{excerpt(text)}”.")
        return found

    return AskLine(
        f"Which {word}?",
        offers,
        "Several are asked for one after the other; a session has one of them.",
        placeholder="a part of its name",
    )


def _there(field: str, known: Known) -> list[tuple[object, str, str]]:
    """Each value there is, its words, and what explains it."""
    if field == "severities":
        return [(one, one.value, "") for one in reversed(Severity)] + [(None, UNSAID, "")]
    if field == "categories":
        return [
            ((lens.id, category.id), category.name, lens.name)
            for lens in known.lenses
            for category in lens.categories
        ]
    names: list[tuple[object, str, str]] = [(name, name, "") for name in known.names.get(field, ())]
    return names if field == "owners" else [*names, ("", UNSAID, "")]


def _turned(narrowed: ReviewFilter, field: str, value: object) -> ReviewFilter:
    """With `value`, or without it where it is there already."""
    chosen = getattr(narrowed, field)
    now = tuple(one for one in chosen if one != value) if value in chosen else (*chosen, value)
    return _with(narrowed, field, now)


def _with(narrowed: ReviewFilter, field: str, values: tuple[object, ...]) -> ReviewFilter:
    given: dict[str, Any] = {field: values}
    return replace(narrowed, **given)


def ask_text(narrowed: ReviewFilter) -> AskLine[ReviewFilter]:
    """Which words?"""

    def offers(text: str) -> Sequence[Offer[ReviewFilter]]:
        words = clean(text)
        told_as = f"with “{excerpt(words)}”" if words else "any words"
        return [Offer(Choice("", told_as), replace(narrowed, text=words))]

    return AskLine(
        "Which words?",
        offers,
        "Each stands in the problem, the place, the facilitator or the number.",
        text=narrowed.text,
        placeholder="words of the problem or the place; empty: any",
        rows=2,
    )


# -- the period


def ask_period(narrowed: ReviewFilter, today: date) -> AskLine[ReviewFilter]:
    """Which period?"""

    def offers(text: str) -> Sequence[Offer[ReviewFilter]]:
        typed = clean(text)
        if typed:
            since, until = period_from(typed, today)
            told_as = period(ReviewFilter(since, until))
            about = f"from {long_day(since)}" if since else ""
            return [Offer(Choice("", told_as, about), replace(narrowed, since=since, until=until))]
        found = []
        for name, since, until in _periods(today):
            asked = replace(narrowed, since=since, until=until)
            about = period(asked) if since or until else ""
            found.append(Offer(Choice("", name, about, is_chosen=asked == narrowed), asked))
        return found

    return AskLine(
        "Which period?",
        offers,
        placeholder="2026-03, 2026, 1 March to 30 June, since 1 October",
        is_slow=True,
    )


def _periods(today: date) -> list[tuple[str, date | None, date | None]]:
    """Periods that are asked for often."""
    month = today.replace(day=1)
    last = month - timedelta(days=1)
    year = today.replace(month=1, day=1)
    return [
        ("from the beginning", None, None),
        *(
            (f"the last {months} months" if months > 1 else "this month and the last",
             months_before(today, months), None)
            for months in _MONTHS
        ),
        ("this month", month, None),
        ("last month", last.replace(day=1), last),
        ("this year", year, None),
        ("last year", year.replace(year=year.year - 1), year - timedelta(days=1)),
    ]  # fmt: skip


def period_from(text: str, today: date) -> tuple[date | None, date | None]:
    """The period that a person's words mean: “2026-03”, “2025”, “1 March to 30 June”, “since May”.

    Its first and its last day, None where it has no end there. Raises ValueError with a sentence.
    """
    words = clean(text)
    for between in (" to ", " until ", " till ", " – ", " - "):
        before, found, after = words.partition(between)
        if found:
            since = _span(before.removeprefix("from "), today)[0]
            until = _span(after, today)[1]
            if until < since:
                raise ValueError(f"{long_day(until)} is before {long_day(since)}.")
            return since, until
    if words.startswith("until "):
        return None, _span(words.removeprefix("until "), today)[1]
    if words.startswith(("since ", "from ")):
        return _span(words.partition(" ")[2], today)[0], None
    return _span(words, today) if _is_span(words) else (_span(words, today)[0], None)


def _is_span(words: str) -> bool:
    """Whether it is a year or a month, which has two ends of its own."""
    year, _, month = words.partition("-")
    return year.isdecimal() and len(year) == 4 and (not month or len(month) <= 2)


def _span(words: str, today: date) -> tuple[date, date]:
    """The first and the last day of a year, a month or a day."""
    words = words.strip()
    if not _is_span(words):
        day = day_from(words, today, past=True)
        return day, day
    year, _, month = words.partition("-")
    try:
        first = date(int(year), int(month) if month else 1, 1)
        if not month:
            return first, date(first.year, 12, 31)
        after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    except (ValueError, OverflowError):
        raise ValueError(f"“{excerpt(words, 40)}” is no month.") from None
    return first, after - timedelta(days=1)
