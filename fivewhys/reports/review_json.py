"""A review for machines: the same figures as JSON.

The object has these keys, always all of them; names stay as they are within one `version`. A day is
an ISO date, a month 2026-03. A *figure* is an object with `value` (null where there is nothing to
count yet), `unit` (`count`, `share` from 0 to 1, `seconds`, `number`), `of` (how many things it was
made from), `text` (as people read it) and `sessions` (the numbers of those behind it). How the
figures of a panel are counted stands in its `about` and `counted`.

- `format`, `version`, `made_on`, `sessions`: a figure
- `narrowed`: `since`, `until`, `sites`, `regions`, `departments`, `channels`, `severities`,
  `categories` (lens and category), `owners`, `facilitators`, `text`
- `pareto` and `pareto_by_weight`: `basis`, `line` (bars that reach 80 %), `total`, `rest`,
  `recurring`, `unsaid`, `suggested` (null where suggestions were not asked for), `bars` with `key`,
  `text`, `value`, `share`, `cumulative`, `is_vital`, `is_confirmed`, `parts`, `decided`,
  `everywhere`, `sessions`
- `wounds`: `small`, `big`, `unsaid`, `without_customers` (each counts as one customer); `by_cause`,
  `by_site`, `by_place`, `by_group` with `name`, `key`, `small`, `big`, `small_weight`,
  `big_weight`, `outweighs`, `is_confirmed`
- `heat` and `seen_through` (by the categories of `lens`): `columns`, `lines` with `site`, `region`,
  `sites`, `total`, `average`, `cells` in the order of the columns with `sessions` (how many),
  `average`
- `trend`: `sessions`, `repeats`, `after_fix`, `months` with `month` and the same three
- `clocks`: `steps` with `step`, `median`, `ninety`, `within` (its `sessions` are those that were
  not), `running`, `late`, `targets`
- `follow_through`: `open`, `overdue`, `on_time`, `effective`, `came_back`, `undecided`,
  `weak_only`, `weak_only_published`, `mix` with `strength`, `here`, `published`
- `quality`: `looked_at`, `of`, `together`, `months`, `facilitators`; each has `evidence`,
  `read_back`, `points`, `legs`, `blame`, `depth`
"""

import json
from datetime import date
from typing import Any

from fivewhys.reports.review_data import ReviewReport
from fivewhys.review.clocks import ClockTimes, StepTimes
from fivewhys.review.figure import Figure
from fivewhys.review.follow_through import FollowThrough
from fivewhys.review.heat import Heat
from fivewhys.review.pareto import Pareto
from fivewhys.review.period import ReviewFilter
from fivewhys.review.quality import Qualities, Quality
from fivewhys.review.trend import Trend
from fivewhys.review.wounds import Pile, Wounds

FORMAT = "fivewhys-review"
VERSION = 1


def review_json(report: ReviewReport) -> str:
    """The report as JSON, ending with a line break. The same one always gives the same text."""
    return json.dumps(objects(report), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def objects(report: ReviewReport) -> dict[str, Any]:
    """The report as plain values: dicts, lists, texts, numbers."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_on": report.made_on.isoformat(),
        "narrowed": _narrowed(report.narrowed),
        "sessions": _figure(report.sessions),
        "pareto": _pareto(report.pareto),
        "pareto_by_weight": _pareto(report.weighed),
        "wounds": _wounds(report.wounds),
        "heat": _heat(report.heat),
        "seen_through": {"lens": report.lens.id} | _heat(report.seen_through),
        "trend": _trend(report.trend),
        "clocks": _clocks(report.clocks),
        "follow_through": _follow_through(report.follow_through),
        "quality": _quality(report.quality),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "value": figure.value,
        "unit": figure.unit.value,
        "of": figure.of,
        "text": figure.text,
        "sessions": list(figure.sessions),
    }


def _counted(*figures: Figure) -> dict[str, str]:
    return {figure.name: figure.about for figure in figures}


def _named(*figures: Figure) -> dict[str, Any]:
    return {figure.name: _figure(figure) for figure in figures}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _narrowed(narrowed: ReviewFilter) -> dict[str, Any]:
    return {
        "since": _day(narrowed.since),
        "until": _day(narrowed.until),
        "sites": list(narrowed.sites),
        "regions": list(narrowed.regions),
        "departments": list(narrowed.departments),
        "channels": list(narrowed.channels),
        "severities": [one.value if one else None for one in narrowed.severities],
        "categories": [list(one) for one in narrowed.categories],
        "owners": list(narrowed.owners),
        "facilitators": list(narrowed.facilitators),
        "text": narrowed.text,
    }


def _pareto(found: Pareto) -> dict[str, Any]:
    suggested = found.suggested
    also = [suggested] if suggested else []
    return {
        "basis": found.basis.value,
        "about": found.about,
        "counted": _counted(found.recurring, found.unsaid, *also),
        "line": found.line,
        "total": found.total,
        "rest": found.rest,
        **_named(found.recurring, found.unsaid),
        "suggested": _figure(suggested) if suggested else None,
        "bars": [
            {
                "key": str(bar.key),
                "text": bar.text,
                "value": bar.value,
                "share": bar.share,
                "cumulative": bar.cumulative,
                "is_vital": bar.is_vital,
                "is_confirmed": bar.is_confirmed,
                "parts": bar.parts,
                "decided": bar.decided,
                "everywhere": bar.everywhere,
                "sessions": list(bar.sessions),
            }
            for bar in found.bars
        ],
    }


def _wounds(found: Wounds) -> dict[str, Any]:
    figures = (found.small, found.big, found.unsaid, found.without_customers)
    return {
        "about": found.about,
        "counted": _counted(*figures),
        **_named(*figures),
        "by_cause": list(map(_pile, found.by_cause)),
        "by_site": list(map(_pile, found.by_site)),
        "by_place": list(map(_pile, found.by_place)),
        "by_group": list(map(_pile, found.by_group)),
    }


def _pile(pile: Pile) -> dict[str, Any]:
    return {
        "name": pile.name,
        "key": str(pile.key) if pile.key else None,
        **_named(pile.small, pile.big),
        "small_weight": pile.small_weight,
        "big_weight": pile.big_weight,
        "outweighs": pile.outweighs,
        "is_confirmed": pile.is_confirmed,
    }


def _heat(found: Heat) -> dict[str, Any]:
    return {
        "about": found.about,
        "counted": {"average": found.about_average},
        "columns": list(found.columns),
        "lines": [
            {
                "site": line.site,
                "region": line.region,
                "sites": line.sites,
                "total": _figure(line.total),
                "average": line.average,
                "cells": [
                    {"sessions": cell.figure.value, "average": cell.average} for cell in line.cells
                ],
            }
            for line in found.lines
        ],
    }


def _trend(found: Trend) -> dict[str, Any]:
    figures = (found.sessions, found.repeats, found.after_fix)
    return {
        "about": found.about,
        "counted": _counted(*figures),
        **_named(*figures),
        "months": [
            {"month": month.first_day.isoformat()[:7]}
            | _named(month.sessions, month.repeats, month.after_fix)
            for month in found.months
        ],
    }


def _clocks(found: ClockTimes) -> dict[str, Any]:
    return {"about": found.about, "steps": list(map(_step, found.steps))}


def _step(step: StepTimes) -> dict[str, Any]:
    figures = (step.median, step.ninety, step.within, step.running, step.late)
    return {
        "step": step.step.value,
        "counted": _counted(*figures),
        **_named(*figures),
        "targets": {severity.value: seconds for severity, seconds in step.targets},
    }


def _follow_through(found: FollowThrough) -> dict[str, Any]:
    return {
        "about": found.about,
        "counted": _counted(*found.figures) | {"mix": found.mix[0].figure.about},
        **_named(*found.figures),
        "weak_only_published": found.weak_only_baseline,
        "mix": [
            {
                "strength": one.strength.value,
                "here": _figure(one.figure),
                "published": one.baseline,
            }
            for one in found.mix
        ],
    }


def _quality(found: Quality) -> dict[str, Any]:
    return {
        "about": found.about,
        "counted": _counted(found.together.sessions, *found.together.figures),
        "looked_at": found.looked_at,
        "of": found.of,
        "together": _qualities(found.together),
        "months": [
            {"month": month.first_day.isoformat()[:7], "sessions": month.qualities.sessions.of}
            | _qualities(month.qualities)
            for month in found.months
        ],
        "facilitators": [
            {"name": one.name, "sessions": list(one.qualities.sessions.sessions)}
            | _qualities(one.qualities)
            for one in found.facilitators
        ],
    }


def _qualities(found: Qualities) -> dict[str, Any]:
    return _named(*found.figures)
