"""A review in words: the panels as Markdown and HTML tell them, which differ in form alone."""

from dataclasses import dataclass, replace

from fivewhys.reports import patterns_words as words
from fivewhys.reports.dates import day
from fivewhys.reports.review_causes import pareto_panel, wounds_panel
from fivewhys.reports.review_data import MOST_LISTED, ReviewReport
from fivewhys.reports.review_in_short import in_short
from fivewhys.reports.review_parts import Cell, Panel, Table, text_column
from fivewhys.reports.review_places import places_panel, trend_panel
from fivewhys.reports.review_work import clocks_panel, follow_panel, quality_panel
from fivewhys.review.period import ReviewFilter

UNSAID = "not said"


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The report as its templates tell it."""

    title: str
    headline: tuple[str, ...]
    """How many sessions it is about, of which period, and what it was narrowed to."""
    in_short: tuple[str, ...]
    """What one should know who reads no further, a sentence each."""
    nothing: str
    """What to say where no session is asked about; empty where there are some."""
    panels: tuple[Panel, ...]
    sessions: Table
    """The newest sessions with their problems, since figures name them by number."""


def review_view(report: ReviewReport) -> ReviewView:
    """What the templates see. The same report always gives the same view."""
    number = int(report.sessions.value or 0)
    narrowed = _as_spelled(report)
    panels = (
        *(pareto_panel, wounds_panel, places_panel, trend_panel),
        *(clocks_panel, follow_panel, quality_panel),
    )
    return ReviewView(
        title=_title(narrowed),
        headline=(
            words.count(number, "session"),
            *([_period(report)] if report.trend.months else []),
            *asked_words(narrowed),
            f"made on {day(report.made_on)}",
        ),
        in_short=in_short(report),
        nothing="" if number else "There is no session to look at yet.",
        panels=tuple(make(report) for make in panels),
        sessions=_sessions(report, number),
    )


def asked_words(narrowed: ReviewFilter) -> tuple[str, ...]:
    """What a review is narrowed to, its days first; nothing for the whole history."""
    since = f"since {day(narrowed.since)}" if narrowed.since else ""
    until = f"until {day(narrowed.until)}" if narrowed.until else ""
    days = " ".join(filter(None, (since, until)))
    return (*([days] if days else []), *_narrowed(narrowed))


def _narrowed(narrowed: ReviewFilter) -> tuple[str, ...]:
    severities = [one.value if one else UNSAID for one in narrowed.severities]
    categories = [f"{lens}: {category}" for lens, category in narrowed.categories]
    kinds = (
        ("site", narrowed.sites),
        ("region", narrowed.regions),
        ("department", narrowed.departments),
        ("channel", narrowed.channels),
        ("severity", severities),
        ("category", categories),
        ("owner", narrowed.owners),
        ("facilitator", narrowed.facilitators),
    )
    told = [
        f"{name} {' or '.join(value or UNSAID for value in values)}"
        for name, values in kinds
        if values
    ]
    return (*told, *([f"with the words “{narrowed.text}”"] if narrowed.text.strip() else []))


def _as_spelled(report: ReviewReport) -> ReviewFilter:
    """What it is narrowed to, with the sites as the sessions spell them."""
    spelled = {line.site.casefold(): line.site for line in report.heat.lines}
    sites = tuple(spelled.get(site.casefold(), site) for site in report.narrowed.sites)
    return replace(report.narrowed, sites=sites)


def _title(narrowed: ReviewFilter) -> str:
    if len(narrowed.sites) == 1 and narrowed.sites[0]:
        return f"Review: {narrowed.sites[0]}"
    return "Review"


def _period(report: ReviewReport) -> str:
    months = report.trend.months
    return words.span(months[0].first_day, months[-1].first_day)


def _sessions(report: ReviewReport, number: int) -> Table:
    rows = tuple(
        (
            Cell(line.name),
            Cell(day(line.opened_at)),
            Cell(line.place),
            Cell(line.problem),
        )
        for line in report.listed
    )
    more = number - len(rows)
    return Table(
        f"The newest {MOST_LISTED} sessions" if more else "The sessions",
        (
            text_column("Session"),
            text_column("Opened"),
            text_column("Place"),
            text_column("Problem"),
        ),
        rows,
        f"{words.count(more, 'session')} more: fivewhys list --all" if more else "",
    )
