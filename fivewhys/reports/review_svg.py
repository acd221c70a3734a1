"""The drawings of a review in HTML: inline SVG that says in its title what the table below has.

No text from people stands in them. What colours tell apart, hatching and places tell apart too.
"""

from math import log10

from markupsafe import Markup, escape

from fivewhys.reports.review_parts import Chart, ClockChart, MonthChart, ParetoChart
from fivewhys.review.figure import DAY, time_text

_WIDTH, _HEIGHT = 640, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 44, 16, 34
_ROW = 44
_NAMES = 120
"""Room for the names of steps, in pixels."""

_TALLEST = 0.9
"""How much of the height the longest bar takes."""

_TICKS = (3600, 6 * 3600, DAY, 7 * DAY, 30 * DAY, 90 * DAY, 365 * DAY, 3650 * DAY)
"""Where the scale of the clocks has a line."""


def drawing(chart: Chart) -> Markup:
    """The SVG of a chart."""
    if isinstance(chart, ParetoChart):
        return _pareto(chart)
    if isinstance(chart, MonthChart):
        return _months(chart)
    return _clocks(chart)


def _svg(title: str, height: int, parts: list[str]) -> Markup:
    return Markup(
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {height}" role="img">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )


def _text(x: float, y: float, text: str, kind: str = "", anchor: str = "middle") -> str:
    return (
        f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _box(x: float, y: float, width: float, height: float, kind: str) -> str:
    return (
        f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'
    )


def _pareto(chart: ParetoChart) -> Markup:
    """Bars, the line of what they make together, and where it reaches 80 %.

    Each has a scale of its own: of many causes, the longest bar may be a small part of all.
    """
    inner, tall = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
    most = max(value for value, _, _ in chart.bars)
    step = min(inner / len(chart.bars), 70.0)
    bottom = _HEIGHT - _BOTTOM
    right = _LEFT + step * len(chart.bars)
    eighty = bottom - 0.8 * tall
    parts = [
        _line(_LEFT, bottom, right, bottom, "axis"),
        _line(_LEFT, _TOP, _LEFT, bottom, "axis"),
        _line(right, _TOP, right, bottom, "axis"),
        _line(_LEFT, eighty, right, eighty, "aim"),
        _text(_LEFT, _TOP - 7, "sessions", "small"),
        _text(right, _TOP - 7, "together", "small", "end"),
        _text(_LEFT - 4, bottom + 4, "0", "", "end"),
        _text(_LEFT - 4, bottom - _TALLEST * tall + 4, f"{most:,.0f}", "", "end"),
    ]
    for share in (0.0, 0.8, 1.0):
        parts.append(
            _text(right + 4, bottom - share * tall + 4, f"{100 * share:.0f} %", "", "start")
        )
    points = []
    for place, (value, together, is_vital) in enumerate(chart.bars):
        x, high = _LEFT + place * step, value / most * tall * _TALLEST
        kind = "few" if is_vital else "many"
        parts.append(_box(x + 0.15 * step, bottom - high, 0.7 * step, high, kind))
        parts.append(_text(x + step / 2, bottom - 5, f"{value:,.0f}", f"on-{kind}"))
        parts.append(_text(x + step / 2, bottom + 16, f"{place + 1}."))
        points.append((x + step / 2, bottom - together * tall))
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    # Paper under the line keeps it visible on dark columns.
    parts += [f'<polyline class="{kind}" points="{path}"/>' for kind in ("under", "sum")]
    parts += [f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points]
    return _svg(
        "Sessions of each shared root cause by its place in the table, and their sum",
        _HEIGHT,
        parts,
    )


def _months(chart: MonthChart) -> Markup:
    """A column for each month: sessions, and within it those that repeat, hatched after a fix."""
    inner, tall = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
    most = max(sessions for _, sessions, _, _ in chart.months) or 1
    step = min(inner / len(chart.months), 70.0)
    bottom = _HEIGHT - _BOTTOM
    parts = [
        '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect class="back" width="6" height="6"/>'
        '<rect class="stripe" width="3" height="6"/></pattern></defs>',
        _line(_LEFT, bottom, _LEFT + step * len(chart.months), bottom, "axis"),
    ]
    every = -(-len(chart.months) // 12)
    for place, (month, sessions, repeats, after_fix) in enumerate(chart.months):
        x, wide = _LEFT + (place + 0.15) * step, 0.7 * step
        for number, kind in ((sessions, "many"), (repeats, "few"), (after_fix, "hatched")):
            high = number / most * tall
            if number:
                parts.append(_box(x, bottom - high, wide, high, kind))
        middle = x + wide / 2
        parts.append(_text(middle, bottom - sessions / most * tall - 4, f"{sessions:,}"))
        if place % every == 0:
            name, year = month.split()
            parts.append(_text(middle, bottom + 14, name))
            parts.append(_text(middle, bottom + 27, year, "small"))
    return _svg("Sessions of each month, with those that repeat", _HEIGHT, parts)


def _clocks(chart: ClockChart) -> Markup:
    """A line for each step from median to 90 %, above the span of its targets; by powers of ten."""
    times = [time for _, median, ninety, _ in chart.steps for time in (median, ninety) if time]
    times += [time for _, _, _, targets in chart.steps for time in targets]
    low, high = log10(3600), log10(max([*times, DAY]) * 1.3)
    wide = _WIDTH - _NAMES - _RIGHT

    def at(seconds: float) -> float:
        share = (log10(max(seconds, 3600)) - low) / (high - low)
        return _NAMES + max(min(share, 1.0), 0.0) * wide

    height = _TOP + _ROW * len(chart.steps) + _BOTTOM
    bottom = height - _BOTTOM
    parts = []
    for tick in _TICKS:
        if log10(tick) <= high:
            parts.append(_line(at(tick), _TOP, at(tick), bottom, "grid"))
            parts.append(_text(at(tick), bottom + 16, time_text(tick), "small"))
    for place, (name, median, ninety, targets) in enumerate(chart.steps):
        y = _TOP + _ROW * place + _ROW / 2
        parts.append(_text(_NAMES - 10, y + 4, name, "", "end"))
        if targets:
            start, end = at(min(targets)), at(max(targets))
            parts.append(_box(start, y - 9, max(end - start, 3), 18, "aims"))
        if median is not None and ninety is not None:
            parts.append(_line(at(median), y, at(ninety), y, "span"))
        if ninety is not None:
            parts.append(_line(at(ninety), y - 8, at(ninety), y + 8, "span"))
        if median is not None:
            parts.append(f'<circle class="dot" cx="{at(median):.1f}" cy="{y:.1f}" r="5"/>')
    return _svg("Median and 90 % of each step beside the targets", height, parts)
