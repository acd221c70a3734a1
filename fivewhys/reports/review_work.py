"""The panels of a written review about our own work: clocks, follow-through, analyses."""

from fivewhys.models.shares import percent
from fivewhys.models.words import Severity
from fivewhys.reports import patterns_words as words
from fivewhys.reports.review_data import ReviewReport
from fivewhys.reports.review_parts import (
    Cell,
    ClockChart,
    Column,
    Panel,
    Table,
    barred,
    counted,
    text_column,
    told,
)
from fivewhys.reports.review_places import MOST_MONTHS
from fivewhys.review import clocks
from fivewhys.review.clocks import StepTimes
from fivewhys.review.figure import time_text
from fivewhys.review.follow_through import SOURCE
from fivewhys.review.quality import Qualities

MOST_FACILITATORS = 50
"""Facilitators in the report, in the order of the alphabet."""

NOBODY = "No facilitator said"

NO_SESSIONS = "Months without a session are left out."

_MARK = "On a bar a mark stands at what was published."


def clocks_panel(report: ReviewReport) -> Panel:
    """How long each step took, against the targets."""
    steps = report.clocks.steps
    has_any = bool(report.sessions.value)
    rows = tuple(
        (
            Cell(step.label.capitalize()),
            Cell(step.median.text),
            Cell(step.ninety.text),
            told(step.within),
            Cell(step.running.text),
            Cell(step.late.text),
        )
        for step in steps
    )
    first = steps[0]
    heads = tuple(
        Column(one.label)
        for one in (first.median, first.ninety, first.within, first.running, first.late)
    )
    tables = [Table("From when it was noticed", (text_column("Until"), *heads), rows)]
    severities = [severity for severity in Severity if any(_target(one, severity) for one in steps)]
    if severities:
        lines = tuple(
            (
                Cell(severity.value.capitalize()),
                *(Cell(time_text(_target(step, severity) or 0)) for step in steps),
            )
            for severity in severities
        )
        columns = (text_column("Severity"), *(Column(one.label.capitalize()) for one in steps))
        tables.append(Table("The targets", columns, lines))
    then = "then"
    about = (
        ("Clocks", report.clocks.about),
        *((step.label.capitalize(), step.median.about) for step in steps),
        (first.ninety.label, clocks.ABOUT_NINETY.format(what=then)),
        (first.within.label, clocks.ABOUT_WITHIN.format(what=then)),
        (first.running.label, clocks.ABOUT_RUNNING),
        (first.late.label, clocks.ABOUT_LATE),
    )
    has_times = any(step.median.of for step in steps)
    return Panel(
        "clocks",
        "Clocks",
        () if has_times else (_no_times(report),),
        tuple(tables) if has_any else (),
        about,
        ClockChart(
            tuple(
                (
                    step.label.capitalize(),
                    step.median.value,
                    step.ninety.value,
                    tuple(seconds for _, seconds in step.targets),
                )
                for step in steps
            )
        )
        if has_times
        else None,
        (("noticed", ""), *((step.label, step.median.text) for step in steps)) if has_times else (),
    )


def _no_times(report: ReviewReport) -> str:
    """What to say where no step took a time."""
    running = (step.running.value for step in report.clocks.steps)
    if any(number is not None and number < report.sessions.of for number in running):
        return "Every step that was reached came before the problem was noticed."
    return "No step of a session has been reached yet."


def _target(step: StepTimes, severity: Severity) -> float | None:
    return dict(step.targets).get(severity)


def follow_panel(report: ReviewReport) -> Panel:
    """What was promised, whether it was done in time, and whether it helped."""
    found = report.follow_through
    mix = found.mix
    weak_only = f"{found.weak_only.text} (published: {percent(found.weak_only_baseline)} %)"
    rows = tuple(
        (
            Cell(figure.label),
            Cell(weak_only, figure.value, found.weak_only_baseline)
            if figure is found.weak_only
            else told(figure),
        )
        for figure in found.figures
    )
    strengths = tuple(
        (
            Cell(one.figure.label),
            Cell(one.figure.text, one.figure.value, one.baseline),
            Cell(f"{percent(one.baseline)} %"),
        )
        for one in mix
    )
    heads = (text_column("Strength"), Column("Here"), Column("Published"))
    has_any = any(figure.of for figure in (*found.figures, *(one.figure for one in mix)))
    tables = (
        Table("What came of it", (text_column("Countermeasures"), Column("How many")), rows),
        Table("How strong the measures are", heads, strengths, f"{SOURCE} {_MARK}"),
    )
    return Panel(
        "follow-through",
        "Follow-through",
        () if has_any else ("No countermeasure has been planned yet.",),
        tables if has_any else (),
        (
            ("Follow-through", found.about),
            *counted(*found.figures),
            ("How strong the measures are", mix[0].figure.about),
        ),
    )


def quality_panel(report: ReviewReport) -> Panel:
    """How the sessions were analysed: together, by month, by facilitator."""
    found = report.quality
    figures = found.together.figures
    says = []
    if not found.of:
        says.append("No session yet.")
    elif found.looked_at < found.of:
        says.append(
            f"{found.looked_at:,} of {words.count(found.of, 'session')} are looked at so far."
        )
    together = Table(
        "Together",
        (text_column("Analyses"), Column("How many")),
        tuple((Cell(figure.label), told(figure)) for figure in figures),
    )
    heads = tuple(Column(figure.label) for figure in figures)
    months = [month for month in found.months[-MOST_MONTHS:] if month.qualities.sessions.of]
    most = max((month.qualities.sessions.of for month in months), default=0)
    by_month = Table(
        "By month",
        (text_column("Month"), Column("Sessions"), *heads),
        tuple(
            (
                Cell(words.month(month.first_day)),
                barred(month.qualities.sessions.of, most),
                *_cells(month.qualities),
            )
            for month in months
        ),
        NO_SESSIONS if len(months) < min(len(found.months), MOST_MONTHS) else "",
    )
    led = found.facilitators[:MOST_FACILITATORS]
    more = len(found.facilitators) - len(led)
    by_facilitator = Table(
        "By facilitator, for a talk between two people",
        (text_column("Facilitator"), Column("Sessions"), *heads),
        tuple(
            (Cell(one.name or NOBODY), Cell(one.qualities.sessions.text), *_cells(one.qualities))
            for one in led
        ),
        f"{words.count(more, 'facilitator')} more; the JSON has all of them." if more else "",
    )
    return Panel(
        "quality",
        "Quality of analyses",
        tuple(says),
        (together, by_month, by_facilitator) if found.looked_at else (),
        (("Quality of analyses", found.about), *counted(found.together.sessions, *figures)),
    )


def _cells(found: Qualities) -> tuple[Cell, ...]:
    return tuple(Cell(figure.text) for figure in found.figures)
