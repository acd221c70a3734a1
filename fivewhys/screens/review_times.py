"""The trend per month and the clocks, as tables of the review."""

from datetime import timedelta

from fivewhys.review.clocks import ClockTimes, StepTimes
from fivewhys.review.figure import time_text
from fivewhys.review.trend import Trend
from fivewhys.screens.review_lines import Line, Table, View, month, most, spot


def trend_table(found: Trend) -> Table:
    """The months, the newest first, below all of them together."""
    longest = most(one.sessions for one in found.months)
    together = found.sessions, found.repeats, found.after_fix
    lines = [Line("all", "All months", tuple(spot(figure) for figure in together))]
    lines += [
        Line(one.first_day, month(one.first_day), tuple(
            spot(figure, longest) for figure in (one.sessions, one.repeats, one.after_fix)
        ))
        for one in reversed(found.months)
    ]  # fmt: skip
    return Table(
        View.TREND,
        _in_words(found),
        ("sessions", "repeat", "after a fix"),
        tuple(lines),
        found.about,
    )


def _in_words(found: Trend) -> str:
    if found.repeats.value is None:
        return ""
    told = f"{found.repeats.text} sessions repeat a root cause found before"
    if found.after_fix.value is None:
        return f"{told}."
    return f"{told}; of these, {found.after_fix.text} came after something was done about it."


def clocks_table(found: ClockTimes) -> Table:
    """The four steps; the bars of times are held against the longest."""
    medians = most(step.median for step in found.steps)
    nineties = most(step.ninety for step in found.steps)
    running = most(step.running for step in found.steps)
    late = most(step.late for step in found.steps)
    lines = []
    for step in found.steps:
        note = _targets(step)
        spots = (
            spot(step.median, medians, note),
            spot(step.ninety, nineties, note),
            spot(step.within, note=note),
            spot(step.running, running, note),
            spot(step.late, late, note),
        )
        lines.append(Line(step.step, f"until {step.label}", spots))
    columns = ("median", "90 %", "in time", "running", "late")
    return Table(View.CLOCKS, _clocks_in_words(found), columns, tuple(lines), found.about)


def _targets(step: StepTimes) -> str:
    told = [f"{severity.value} {_long(seconds)}" for severity, seconds in step.targets]
    return f"Targets: {', '.join(told)}." if told else ""


def _long(seconds: float) -> str:
    days = timedelta(seconds=seconds).days
    return f"{days} day{'' if days == 1 else 's'}" if days else time_text(seconds)


def _clocks_in_words(found: ClockTimes) -> str:
    known = [step for step in found.steps if step.within.value is not None]
    if not known:
        return ""
    worst = min(known, key=lambda step: step.within.value or 0.0)
    return (
        f"Least often in time: {worst.label}, {worst.within.text}; {worst.late.text} running late."
    )
