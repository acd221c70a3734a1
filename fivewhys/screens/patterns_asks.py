"""What the patterns screen asks at the foot, and what can be answered. No store."""

from collections.abc import Mapping, Sequence
from datetime import date

from fivewhys.countermeasures.days import day_from, long_day
from fivewhys.models.past import PastSession
from fivewhys.reports import patterns_words as words
from fivewhys.screens.asking import AskLine, Offer, Pick
from fivewhys.screens.pattern_lines import Stop
from fivewhys.screens.widgets.choices import Choice
from fivewhys.text import clean, excerpt

_MONTHS = (3, 6, 12, 24)

_KEYS = "123456789"


class PickStop(Pick[Stop]):
    """Chooses a session; the one under the cursor tells in full how the cause is called there."""

    def keep_rows(self, rows: int) -> None:
        """Keep two rows more, for the one that is told in full."""
        super().keep_rows(rows + 2)


def ask_stop(stops: Sequence[Stop], text: str) -> PickStop:
    """Which session of a finding is to be opened?"""
    offers = [
        Offer(
            Choice(
                _KEYS[place] if place < len(_KEYS) else "",
                words.where(stop.session),
                f"{stop.text} (root)" if stop.is_root else stop.text,
            ),
            stop,
        )
        for place, stop in enumerate(stops)
    ]
    return PickStop(f"Open which session? {text}", lambda _: offers)


def ask_site_of(sessions: Sequence[PastSession], now: str) -> AskLine[str]:
    """Which of the places of some sessions is asked about?"""
    counts: dict[str, int] = {}
    for session in sessions:
        if session.site:
            counts[session.site] = counts.get(session.site, 0) + 1
    names = sorted(counts, key=lambda name: (-counts[name], name.casefold()))
    return ask_site({name: words.count(counts[name], "session") for name in names}, now)


def ask_site(sites: Mapping[str, str], now: str) -> AskLine[str]:
    """Which place is asked about? `sites` says something of each, the most used ones first."""

    def offers(text: str) -> Sequence[Offer[str]]:
        wanted = clean(text).casefold()
        found = [
            Offer(Choice("", name, about, is_chosen=name == now), name)
            for name, about in sites.items()
            if wanted in name.casefold()
        ]
        if not wanted:
            return [Offer(Choice("", "everywhere"), ""), *found]
        if not found:
            raise ValueError(f"No session has a site “{excerpt(clean(text))}”.")
        return found

    return AskLine("Which place is asked about?", offers, placeholder="the beginning of its name")


def ask_since(now: date | None, today: date) -> AskLine[date | None]:
    """Since when?"""

    def offers(text: str) -> Sequence[Offer[date | None]]:
        typed = clean(text)
        if typed:
            day = day_from(typed, today, past=True)
            return [Offer(Choice("", f"since {long_day(day)}"), day)]
        back: list[Offer[date | None]] = [
            Offer(Choice("", f"the last {months} months", f"since {long_day(day)}",
                         is_chosen=day == now), day)
            for months in _MONTHS
            for day in [months_before(today, months)]
        ]  # fmt: skip
        return [Offer(Choice("", "from the beginning", is_chosen=now is None), None), *back]

    return AskLine(
        "Since when?",
        offers,
        placeholder="2026-03-01, 1 March, 6 months ago; empty: from the beginning",
        is_slow=True,
    )


def months_before(day: date, months: int) -> date:
    """The first day of the month that lies so many months before that of `day`."""
    month = day.year * 12 + day.month - 1 - months
    return date(month // 12, month % 12 + 1, 1)
