"""What a review says in short: what comes back, what is late, what the analyses lack.

Every number is one of the figures below it; nothing is counted here.
"""

from fivewhys.reports import patterns_words as words
from fivewhys.reports.review_data import ReviewReport
from fivewhys.reports.review_parts import of_things


def in_short(report: ReviewReport) -> tuple[str, ...]:
    """A sentence each; what there is nothing to say of is left out."""
    return tuple(filter(None, (_back(report), _repeats(report), _plan(report), _late(report))))


def _back(report: ReviewReport) -> str:
    bars = report.pareto.bars
    if not bars:
        return "No root cause has come more than once yet."
    first = bars[0]
    here = words.count(first.value, "session")
    everywhere = f" ({first.everywhere:,} in all)"
    more = everywhere if first.everywhere > first.value else ""
    sure = "" if first.is_confirmed else " (suggested)"
    return f"What comes back most is root in {here}{more}: “{first.text}”{sure}."


def _repeats(report: ReviewReport) -> str:
    repeats, after_fix = report.trend.repeats, report.trend.after_fix
    if not repeats.of:
        return ""
    if not repeats.value:
        return "No session repeats a root cause that was found before."
    fixed = f"; of these, {after_fix.text} came after something was done about it"
    return f"{repeats.text} sessions repeat a root cause that was found before{fixed}."


def _plan(report: ReviewReport) -> str:
    found = report.follow_through
    still, late = int(found.open.value or 0), int(found.overdue.value or 0)
    if not any(figure.of or figure.value for figure in (found.open, found.effective)):
        return "No countermeasure has been planned yet."
    those = "and it is" if still == 1 else f"{late:,} of them"
    overdue = f", {those} overdue" if late else ""
    worked = (
        f"; {found.effective.text} that were done are known to work" if found.effective.of else ""
    )
    to_do = of_things(still, "countermeasure").capitalize()
    return f"{to_do} {'are' if still > 1 else 'is'} still to be done{overdue}{worked}."


def _late(report: ReviewReport) -> str:
    late = [
        f"{step.label} ({words.count(int(step.late.value), 'session')})"
        for step in report.clocks.steps
        if step.late.value
    ]
    return f"Past their targets, and still to come: {words.listed(late)}." if late else ""
