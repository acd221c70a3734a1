"""A person's own saved views of the review: a name for each period and set of filters.

They are kept beside the person's other settings, not in the team's history: what one manager looks
at is nobody else's business, and a view means the same whichever history is open. The file is
JSON; what somebody has written into it by hand and cannot be read is told of and left as it is.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from fivewhys.files import NotWritten, write
from fivewhys.models.words import Severity
from fivewhys.review.period import ReviewFilter
from fivewhys.screens.review_filter import EVERYTHING
from fivewhys.text import clean, excerpt

LONGEST_NAME = 60
MOST_VIEWS = 200
LONGEST_FILE = 1_000_000
"""Bytes of a file that is read: far above what so many views need."""

_DAYS = ("since", "until")


@dataclass(frozen=True, slots=True)
class Saved:
    """What a person has saved."""

    views: Mapping[str, ReviewFilter] = field(default_factory=dict)
    """By their names, in the order in which they were saved."""
    last: ReviewFilter = EVERYTHING
    """What the review was narrowed to when it was left."""
    before: ReviewFilter = EVERYTHING
    """What it was narrowed to before that; a key brings it back."""
    looked_on: date | None = None
    """The day on which the person opened the review last."""

    def called(self, name: str) -> str:
        """How a view of this name is spelled; empty where there is none."""
        folded = name.casefold()
        return next((known for known in self.views if known.casefold() == folded), "")

    def with_view(self, name: str, narrowed: ReviewFilter) -> "Saved":
        """The same with this view, in the place of one of the same name."""
        name = excerpt(name, LONGEST_NAME)
        known = self.called(name)
        return replace(self, views={**self.views, known or name: narrowed})

    def without_view(self, name: str) -> "Saved":
        """The same without this view."""
        return replace(self, views={one: what for one, what in self.views.items() if one != name})


def read_saved(path: Path) -> tuple[Saved, str]:
    """What is saved in a file; with a sentence where it cannot be read."""
    name = clean(path.name)
    try:
        with path.open("rb") as file:
            content = json.loads(file.read(LONGEST_FILE))
        return _saved(content), ""
    except FileNotFoundError:
        return Saved(), ""
    except OSError as error:
        return Saved(), f"{name} cannot be read: {clean(error.strerror or str(error)).lower()}."
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Saved(), f"{name} holds no saved views that can be read, so none are shown."


def write_saved(path: Path, saved: Saved) -> str:
    """Keep what is saved; returns a sentence where it could not be written."""
    content: dict[str, Any] = {
        "views": {name: _plain(narrowed) for name, narrowed in saved.views.items()},
        "last": _plain(saved.last),
        "before": _plain(saved.before),
    }
    if saved.looked_on:
        content["looked_on"] = saved.looked_on.isoformat()
    try:
        write(path, json.dumps(content, ensure_ascii=False, indent=2) + "\n", replace=True)
    except NotWritten as problem:
        return str(problem)
    return ""


def _plain(narrowed: ReviewFilter) -> dict[str, Any]:
    """A filter as JSON has it; what narrows nothing is left out."""
    plain: dict[str, Any] = {}
    for each in fields(narrowed):
        value = getattr(narrowed, each.name)
        if value:
            plain[each.name] = value.isoformat() if isinstance(value, date) else value
    return plain


def _saved(content: Any) -> Saved:
    views = {
        excerpt(str(name), LONGEST_NAME): _filter(plain)
        for name, plain in [*content["views"].items()][:MOST_VIEWS]
        if clean(str(name))
    }
    day = content.get("looked_on")
    looked_on = date.fromisoformat(day) if day is not None else None
    last, before = (_filter(content.get(name, {})) for name in ("last", "before"))
    return Saved(views, last, before, looked_on)


def _filter(plain: Mapping[str, Any]) -> ReviewFilter:
    """A filter as it was; raises ValueError or TypeError where it is none."""
    known: dict[str, Any] = {}
    for each in fields(ReviewFilter):
        value = plain.get(each.name)
        if value is None:
            continue
        if each.name in _DAYS:
            known[each.name] = date.fromisoformat(value)
        elif each.name == "text":
            known[each.name] = clean(value)
        elif not isinstance(value, list):
            raise TypeError(each.name)
        elif each.name == "severities":
            known[each.name] = tuple(None if one is None else Severity(one) for one in value)
        elif each.name == "categories":
            known[each.name] = tuple((clean(lens), clean(category)) for lens, category in value)
        else:
            known[each.name] = tuple(clean(one) for one in value)
    return ReviewFilter(**known)
