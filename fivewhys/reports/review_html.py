"""A review as one HTML file that needs nothing else: no request goes out, no script runs.

The panels are those of the Markdown; the page is in `templates/review.html`. Jinja escapes whatever
it prints for HTML, so that text from people stays text.
"""

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from fivewhys.reports.review_data import ReviewReport
from fivewhys.reports.review_parts import SHADES, ClockChart, MonthChart, ParetoChart
from fivewhys.reports.review_svg import drawing
from fivewhys.reports.review_view import review_view
from fivewhys.text import clean

_LEGENDS = {
    ParetoChart: (
        "Columns: sessions of each root cause, by its place in the table; the few that reach 80 % "
        "have the stronger colour. Line: what they make together, in per cent of all. Columns have "
        "the scale at the left, in sessions; the line has that at the right, from 0 to 100 %."
    ),
    MonthChart: (
        "Pale: sessions. Strong: those of them that repeat. Hatched: those that repeat after a fix."
    ),
    ClockChart: (
        "Dot: median. Line with an end: up to 90 %. Box: from the shortest target to the longest, "
        "over the severities. Every line of the scale is several times the one before."
    ),
}


def review_html(report: ReviewReport) -> str:
    """The whole page, ending with a line break. The same report always gives the same text."""
    view = review_view(report)
    drawings = {
        panel.key: (drawing(panel.chart), _LEGENDS[type(panel.chart)])
        for panel in view.panels
        if panel.chart
    }
    template = _templates().get_template("review.html")
    return template.render(view=view, drawings=drawings, shades=SHADES)


_NAME = re.compile(r"\bS-\d+\b")


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("fivewhys.reports"),
        autoescape=True,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    environment.filters["unbroken"] = _unbroken
    return environment


def _unbroken(text: str) -> Markup:
    """A text for HTML in which no line ends inside the name of a session."""
    return Markup(_NAME.sub(r'<span class="name">\g<0></span>', str(escape(clean(text)))))


def _printed(value: object) -> object:
    """HTML has no way to hold control characters."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else clean(value)
