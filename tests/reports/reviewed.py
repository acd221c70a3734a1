"""A small review whose figures are made up, to be written in every format."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from fivewhys.countermeasures.targets import Step
from fivewhys.facilitation.lenses import Category, Lens
from fivewhys.models.values import SessionLine
from fivewhys.models.words import Severity, State
from fivewhys.reports.review_data import ReviewReport
from fivewhys.review.clocks import LABELS, ClockTimes, StepTimes
from fivewhys.review.figure import DAY, Figure, Unit, count, share
from fivewhys.review.heat import Cell, Heat, SiteLine
from fivewhys.review.pareto import Bar, Basis, Pareto
from fivewhys.review.period import ReviewFilter
from fivewhys.review.quality import OfFacilitator, OfMonth, Qualities, Quality
from fivewhys.review.trend import Month, Trend
from fivewhys.review.wounds import Pile, Wounds
from tests.review.by_columns import follow_through, qualities

CAUSE = "Nobody ordered the new price forms"
PROBLEM = "Customers are angry"
LENS = Lens(
    "manners", "Manners", "How we were", (Category("rude", "Rudeness"), Category("deaf", "Deaf"))
)

_TIMES = ("median", "ninety", "within", "running", "late")


def bars(number: int, text: str = CAUSE, basis: Basis = Basis.SESSIONS) -> Pareto:
    """So many root causes, each in two sessions."""
    found = tuple(
        Bar(
            key=UUID(int=place),
            text=f"{text} {place}" if place else text,
            value=number - place,
            share=1 / number,
            cumulative=(place + 1) / number,
            is_vital=place == 0,
            sessions=(1, 2),
            everywhere=2,
            is_confirmed=place == 0,
        )
        for place in range(number)
    )
    return Pareto(
        basis=basis,
        bars=found,
        rest=0,
        total=2 * number,
        line=min(number, 1),
        recurring=share("recurring", "More than once", number, 40, "Those of all.", (1, 2)),
        unsaid=count("unsaid", "Not said", (2,), "They do not say."),
        suggested=count("suggested", "Suggested", (2,), "Only likely.", max(number - 1, 0)),
        about="Each bar is a cause.",
    )


def report(text: str = CAUSE, place: str = "Harwick", name: str = "Ines") -> ReviewReport:
    """Twelve sessions at two sites of one region in two months, with texts that are given."""
    held = count("sessions", "Sessions", range(1, 13), "All of them.")
    small = count("small", "Minor sessions", (1, 2), "The minor ones.")
    big = count("big", "Big ones", (3, 4, 5), "The big ones.")
    guessed = count("without_customers", "No number", (2, 3), "They do not say how many.")
    pile = Pile(text, UUID(int=1), small, big, 2, 27, 1, (3,))
    months = tuple(
        Month(
            day,
            count("sessions", "Sessions", sessions, "By month."),
            share("repeats", "Repeats", again, len(sessions), "Again.", sessions[:again]),
            share("after_fix", "After a fix", fixed, again, "After it.", sessions[:fixed]),
        )
        for day, sessions, again, fixed in (
            (date(2026, 1, 1), (1, 2, 3), 2, 1),
            (date(2026, 2, 1), tuple(range(4, 13)), 0, 0),
        )
    )
    return ReviewReport(
        made_on=date(2026, 3, 1),
        narrowed=ReviewFilter(),
        sessions=held,
        pareto=bars(3, text),
        weighed=bars(2, text, Basis.WEIGHT),
        wounds=Wounds((pile,), (pile,), (), (), small, big, held, guessed, "Added up."),
        heat=_heat(place, ("Till", "Store")),
        lens=LENS,
        seen_through=_heat(place, ("rude", "deaf")),
        trend=Trend(
            months,
            held,
            share("repeats", "Repeats", 2, 12, "Again."),
            share("after_fix", "After a fix", 1, 2, "After it."),
            "By month.",
        ),
        clocks=ClockTimes(tuple(map(_step, Step)), "How long it takes."),
        follow_through=replace(
            follow_through((), date(2026, 3, 1)),
            on_time=share("on_time", "Done on time", 9, 12, "Those on time.", (1,)),
        ),
        quality=Quality(
            _looked_at(12),
            (OfMonth(date(2026, 1, 1), _looked_at(12)),),
            (OfFacilitator(name, _looked_at(2)),),
            12,
            "How they were analysed.",
        ),
        listed=(_line(12, text, place), _line(1, PROBLEM, "")),
    )


def nothing() -> ReviewReport:
    """The review of an empty history."""
    none = count("sessions", "Sessions", (), "All of them.")
    nobody = share("repeats", "Repeats", 0, 0, "Again.")
    no_bars = replace(
        bars(0), recurring=share("recurring", "More than once", 0, 0, "Of all."), unsaid=none
    )
    no_heat = Heat((), (), "Where.", "The average.")
    return replace(
        report(),
        sessions=none,
        pareto=no_bars,
        weighed=no_bars,
        wounds=Wounds((), (), (), (), none, none, none, none, "Added up."),
        heat=no_heat,
        seen_through=no_heat,
        trend=Trend((), none, nobody, nobody, "By month."),
        clocks=ClockTimes(tuple(map(_no_step, Step)), "How long it takes."),
        follow_through=follow_through((), date(2026, 3, 1)),
        quality=Quality(_looked_at(0), (), (), 0, "How they were analysed."),
        listed=(),
    )


def _looked_at(number: int) -> Qualities:
    """So many sessions of which there is nothing to tell."""
    held = count("sessions", "Sessions", range(1, number + 1), "Looked at.")
    return replace(qualities(()), sessions=held)


def _heat(place: str, columns: tuple[str, ...]) -> Heat:
    lines = tuple(
        SiteLine(
            site,
            "North",
            count("site", site, numbers, "At this site."),
            2.0,
            2,
            tuple(
                Cell(count("cell", column, numbers[: 2 - at], "Here."), 1.5)
                for at, column in enumerate(columns)
            ),
        )
        for site, numbers in ((place, (1, 2, 3)), ("Solvia", (4,)))
    )
    return Heat(columns, lines, "Where.", "The average.")


def _step(step: Step) -> StepTimes:
    values = (1.5 * DAY, 20.0 * DAY, 0.75, 3.0, 1.0)
    units = (Unit.SECONDS, Unit.SECONDS, Unit.SHARE, Unit.COUNT, Unit.COUNT)
    median, ninety, within, running, late = (
        Figure(name, name.capitalize(), value, unit, f"About {name}.", 12, (1, 2))
        for name, value, unit in zip(_TIMES, values, units, strict=True)
    )
    targets = ((Severity.MAJOR, 7.0 * DAY),)
    return StepTimes(step, LABELS[step], median, ninety, within, running, late, targets)


def _no_step(step: Step) -> StepTimes:
    none = Figure("none", "None", None, Unit.SECONDS, "About.")
    return StepTimes(step, LABELS[step], none, none, none, none, none, ())


def _line(number: int, problem: str, site: str) -> SessionLine:
    opened = datetime(2026, 1, 3, tzinfo=UTC)
    key = UUID(int=number)
    return SessionLine(key, number, problem, site, "Till", "", opened, State.OPEN, 1)
