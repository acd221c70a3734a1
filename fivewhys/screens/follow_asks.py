"""What the follow-up asks at the foot of the screen, and what can be answered. No store."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from fivewhys.countermeasures.days import day_from, long_day, said
from fivewhys.models.follow_up import ActionLine, Filter
from fivewhys.models.plan_words import PROGRESS_WORDS, Progress
from fivewhys.screens.asking import AskLine, Offer, Pick
from fivewhys.screens.widgets.choices import Choice
from fivewhys.text import clean, excerpt

_MEANINGS = {
    Progress.IDEA: "nobody has agreed to it yet",
    Progress.PLANNED: "agreed on: who does it, until when",
    Progress.IN_PROGRESS: "somebody is at it",
    Progress.DONE: "carried out; checks will show whether it helps",
    Progress.EFFECTIVE: "checks were met and the cause stayed away",
    Progress.NOT_EFFECTIVE: "it did not help; say why",
    Progress.REJECTED: "it will not be done; say why",
}


def ask_state(line: ActionLine) -> Pick[Progress]:
    """How far is it?"""
    offers = [
        Offer(
            Choice(str(number), PROGRESS_WORDS[state], about, is_chosen=state is line.progress),
            state,
        )
        for number, (state, about) in enumerate(_MEANINGS.items(), 1)
    ]
    return Pick(f"How far is it? {line.text}", lambda _: offers)


def ask_reason(line: ActionLine, state: Progress) -> AskLine[str]:
    """Why is it so?"""
    words = PROGRESS_WORDS[state]

    def offers(text: str) -> Sequence[Offer[str]]:
        if not clean(text):
            raise ValueError("Say it in a few words: the reason is kept with it.")
        return [Offer(Choice("", words, clean(text)), text)]

    text = line.reason if line.progress is state else ""
    return AskLine(f"Why is it {words}? {line.text}", offers, text=text, rows=2)


def ask_due(line: ActionLine, today: date) -> AskLine[date | None]:
    """Until when?"""

    def offers(text: str) -> Sequence[Offer[date | None]]:
        words = clean(text)
        if not words:
            return [Offer(Choice("", "no date"), None)]
        # A day that stays as it is may be past.
        old = line.due is not None and words == line.due.isoformat()
        day = line.due if old and line.due else day_from(words, today)
        days = (day - today).days
        ahead = f"in {days} days" if days > 1 else said(day, today)
        return [Offer(Choice("", f"{day:%A}, {long_day(day)}", ahead), day)]

    return AskLine(
        f"Until when? {line.text}",
        offers,
        text=line.due.isoformat() if line.due else "",
        placeholder="friday, in 2 weeks, 2026-12-01; empty: no date",
        rows=2,
        is_slow=True,
    )


def ask_owner(line: ActionLine, names: Sequence[str]) -> AskLine[str]:
    """Who does it?"""

    def offers(text: str) -> Sequence[Offer[str]]:
        typed = clean(text)
        first = Offer(Choice("", typed or "nobody yet", "as typed" if typed else ""), typed)
        # What stands there from before is no search for others.
        wanted = "" if typed == line.owner else typed
        others = [Offer(Choice("", name), name) for name in _holding(names, wanted)]
        return [first, *(other for other in others if other.value != typed)]

    return AskLine(
        f"Who does it? {line.text}",
        offers,
        "Down goes to those who own others.",
        text=line.owner,
        placeholder="a person, a team or initials; empty: nobody yet",
    )


def ask_whose(names: Sequence[str], now: str) -> AskLine[str]:
    """Whose countermeasures are to be listed?"""

    def offers(text: str) -> Sequence[Offer[str]]:
        found = [
            Offer(Choice("", name, is_chosen=name == now), name) for name in _holding(names, text)
        ]
        if not clean(text):
            return [Offer(Choice("", "everybody's"), ""), *found]
        if not found:
            raise ValueError(f"Nobody called “{excerpt(text)}” owns a countermeasure.")
        return found

    return AskLine("Whose are listed?", offers, placeholder="the beginning of a name")


@dataclass(frozen=True, slots=True)
class Place:
    """A site or a department to narrow the follow-up to; neither stands for everywhere."""

    site: str = ""
    department: str = ""

    def within(self, narrowed: Filter) -> Filter:
        """`narrowed` to this place."""
        return replace(narrowed, site=self.site, department=self.department)


def ask_place(sites: Sequence[str], departments: Sequence[str], now: Place) -> AskLine[Place]:
    """Which place is listed?"""

    def offers(text: str) -> Sequence[Offer[Place]]:
        known = [
            *((Place(site=name), name, "site") for name in sites),
            *((Place(department=name), name, "department") for name in departments),
        ]
        kept = set(_holding([name for _, name, _ in known], text))
        found = [
            Offer(Choice("", name, about, is_chosen=place == now), place)
            for place, name, about in known
            if name in kept
        ]
        if not clean(text):
            return [Offer(Choice("", "everywhere"), Place()), *found]
        if not found:
            raise ValueError(f"No session has a site or department “{excerpt(text)}”.")
        return found

    return AskLine("Which place is listed?", offers, placeholder="the beginning of its name")


def _holding(names: Sequence[str], text: str) -> list[str]:
    """The names that hold `text`, those that begin with it in front."""
    wanted = clean(text).casefold()
    found = [name for name in names if wanted in name.casefold()]
    return sorted(found, key=lambda name: not name.casefold().startswith(wanted))
