"""The time line of one cause in words: on screens, and as Markdown that someone passes on.

The wording of the Markdown is in `templates/time-line.md`.
"""

from dataclasses import dataclass
from datetime import date

from fivewhys.models.plan_words import FINISHED, PROGRESS_WORDS, RESULT_WORDS, CheckResult
from fivewhys.patterns.findings.moments import Checked, Done, Found, Moment, TimeLine
from fivewhys.patterns.findings.values import Outcome, Tried
from fivewhys.reports import patterns_words as words
from fivewhys.reports.dates import day
from fivewhys.reports.templates import NONE, Own, Page, filled

UNKNOWN_DAY = "day not known"

NOT_THERE = (
    "This cause is on no time line: it was ruled out or deleted, or stands below something that "
    "was."
)


@dataclass(frozen=True, slots=True)
class Row:
    """A moment as the template tells it."""

    when: str
    head: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimeView:
    """The time line as its template sees it."""

    text: str
    headline: tuple[str, ...]
    legend: str
    """Empty where nothing is suggested."""
    rows: tuple[Row, ...]
    ending: str


def time_line_md(line: TimeLine, today: date, own: Own = NONE) -> Page:
    """The time line as Markdown, by a team's own template where that works."""
    view = TimeView(
        text=line.text,
        headline=summary(line),
        legend="" if line.is_confirmed else words.LEGEND,
        rows=tuple(Row(when(one), f"{head(one)}.", points(one, line.text)) for one in line.moments),
        ending=ending(line, today),
    )
    return filled("time-line.md", own, view=view)


def summary(line: TimeLine) -> tuple[str, ...]:
    """In how many sessions it was found, when, and how much was done, a few words each."""
    found = line.found
    if not found:
        return ()
    roots = sum(one.seen.cause.is_root for one in found)
    carried_out = sum(one.tried.deed.progress in FINISHED for one in line.done)
    back = sum(one.tried.outcome is Outcome.CAME_BACK for one in line.done)
    met = sum(one.check.result is CheckResult.MET for one in line.checked)
    return tuple(
        filter(
            None,
            (
                words.seen([one.seen for one in found], "session"),
                f"root in {roots:,}" if roots else "",
                words.span(found[0].on, found[-1].on),
                words.count(carried_out, "fix", "fixes") if carried_out else "nothing done yet",
                f"back after {back:,} of them" if back else "",
                f"{words.count(len(line.checked), 'check')}, {met:,} met" if line.checked else "",
            ),
        )
    )


def when(moment: Moment) -> str:
    """The day of a moment; of what was done nobody knows when, that."""
    if not isinstance(moment, Done) or moment.is_dated:
        return day(moment.on)
    return UNKNOWN_DAY if moment.tried.deed.progress in FINISHED else "not done"


def head(moment: Moment) -> str:
    """What happened, without a full stop: the session that found it, or what was done."""
    if isinstance(moment, Checked):
        return f"Checked: {result(moment)}"
    if isinstance(moment, Done):
        return f"{did(moment.tried)}: “{moment.tried.deed.text}”"
    session, cause = moment.seen.session, moment.seen.cause
    place = ", ".join(filter(None, (session.site, session.department)))
    return " · ".join(
        filter(
            None,
            (
                f"Found in {session.name}",
                place,
                "root" if cause.is_root else "not as root",
                "" if moment.seen.is_confirmed else words.SUGGESTED,
            ),
        )
    )


def did(tried: Tried) -> str:
    """How far a countermeasure is, in a word or two with a capital."""
    progress = PROGRESS_WORDS[tried.deed.progress]
    if tried.deed.progress not in FINISHED:
        return progress[:1].upper() + progress[1:]
    return "Done"


def result(moment: Checked) -> str:
    """What a check found, in a few words: whether the target was met, and the value."""
    words_of = RESULT_WORDS[moment.check.result] if moment.check.result else ""
    return f"{words_of} ({moment.check.value})" if moment.check.value else words_of


def aim(moment: Checked) -> str:
    """What was looked at, with the target where there is one."""
    measure = moment.measure
    return (
        f"{measure.definition}, target {measure.target}" if measure.target else measure.definition
    )


def points(moment: Moment, text: str) -> tuple[str, ...]:
    """What else is known of a moment, a sentence each; `text` needs no saying again."""
    if isinstance(moment, Checked):
        by = f", by {moment.check.checked_by}" if moment.check.checked_by else ""
        of = f"Of “{moment.tried.deed.text}”, {moment.tried.session.name}{by}."
        return (f"Looked at: {aim(moment)}", of)
    if isinstance(moment, Done):
        return tuple(filter(None, (_whose(moment.tried), effect(moment.tried))))
    cause, session = moment.seen.cause, moment.seen.session
    return (
        *back(moment),
        *([f"In its words: “{cause.text}”"] if cause.text != text else []),
        f"The problem: {session.problem}",
    )


def back(moment: Found) -> tuple[str, ...]:
    """That it came back after what was done, a sentence each; or how long it had been quiet."""
    if moment.gap is None:
        return ("The first time.",)
    again = tuple(
        f"{'Elsewhere' if tried.is_elsewhere else 'Back'} {_days_after(tried)}"
        f"“{tried.deed.text}” was done "
        f"({words.sure(tried.back.is_confirmed)})."
        for tried in moment.after
        if tried.back is not None
    )
    return again or (f"Again after {words.count(moment.gap, 'day')}.",)


def effect(tried: Tried) -> str:
    """What came of a countermeasure, as a sentence; empty where there is nothing to tell yet."""
    done_on = tried.deed.done_on
    done = f"done {day(done_on)}" if done_on else ""
    # When it was done stands beside it.
    told = words.did(tried).removeprefix(done).lstrip(",; ")
    return f"{told[:1].upper()}{told[1:]}." if told else ""


def ending(line: TimeLine, today: date) -> str:
    """How long it has not been found, up to today; empty where it never was."""
    quiet = line.quiet(today)
    if quiet is None:
        return ""
    last = line.found[-1].seen.session.name
    if quiet == 0:
        return f"Found today, in {last}."
    return f"Not found for {words.count(quiet, 'day')}, since {last}."


def _whose(tried: Tried) -> str:
    owner = f", {tried.deed.owner}" if tried.deed.owner else ""
    return f"Planned in {tried.session.name}{owner}."


def _days_after(tried: Tried) -> str:
    return f"{words.count(tried.days, 'day')} after " if tried.days is not None else "after "
