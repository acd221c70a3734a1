"""Which sessions a review asks about."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Protocol

import numpy as np

from fivewhys.models.plan_words import Progress
from fivewhys.review.columns import (
    PROGRESS,
    SEVERITIES,
    UNKNOWN,
    Column,
    Rows,
    Sessions,
    among,
    name_is,
)
from fivewhys.review.period import ReviewFilter, bounds

_NAMED = {
    "site": "sites",
    "region": "regions",
    "department": "departments",
    "channel": "channels",
    "facilitator": "facilitators",
}


class History(Protocol):
    """Where the rows come from: they are read once they are needed."""

    @property
    def sessions(self) -> Sessions:
        """The sessions."""

    @property
    def actions(self) -> Rows:
        """Their countermeasures."""

    @property
    def categories(self) -> Rows:
        """The categories that their causes carry."""


def asked(
    history: History, narrowed: ReviewFilter, zone: tzinfo | None, holding: Column | None
) -> Column:
    """Of all sessions, which are asked about; `holding` says which hold the words of the filter."""
    sessions = history.sessions
    found = sessions.everyone if holding is None else holding.copy()
    since, after = bounds(narrowed.since, narrowed.until, zone)
    if since is not None:
        found &= sessions.at >= _second(since)
    if after is not None:
        found &= sessions.at < _second(after)
    for column, field in _NAMED.items():
        wanted: Sequence[str] = getattr(narrowed, field)
        if wanted:
            found &= sessions.named(column, wanted)
    if narrowed.severities:
        codes = [UNKNOWN if one is None else SEVERITIES.index(one) for one in narrowed.severities]
        found &= np.isin(sessions["severity"], codes)
    if narrowed.categories:
        found &= _with_category(history, narrowed)
    if narrowed.owners:
        actions = history.actions
        owned = name_is(sessions.names, narrowed.owners)[actions["owner"]]
        owned &= actions["progress"] != PROGRESS.index(Progress.REJECTED)
        found &= among(len(sessions), actions.session[owned])
    return found


def _with_category(history: History, narrowed: ReviewFilter) -> Column:
    sessions, rows = history.sessions, history.categories
    place = {name: at for at, name in enumerate(sessions.names)}
    carried = np.zeros(len(rows), bool)
    for lens, category in narrowed.categories:
        if lens in place and category in place:
            carried |= (rows["lens"] == place[lens]) & (rows["category"] == place[category])
    return among(len(sessions), rows.session[carried])


def _second(moment: datetime) -> int:
    return int(moment.timestamp())
