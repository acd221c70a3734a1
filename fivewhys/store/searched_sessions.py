"""The sessions that a search looks at: at a site, in a period, none of them deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from fivewhys.models.tables import tables
from fivewhys.store.past import narrowed
from fivewhys.store.streaming import raw

FEW = 1000
"""Sessions whose passages are looked through one by one. Of more, the index of words is asked
first, which gives a word that half of all passages have in 0.1 s a step of 20,000."""

_SESSION = tables["why_session"]


@dataclass(frozen=True, slots=True)
class Sessions:
    """Which sessions are looked at."""

    conditions: Sequence[ColumnElement[bool]]
    """What holds of each, in terms of the table of sessions."""
    keys: tuple[Any, ...] | None = None
    """All of them as the driver gives them, where they are few; None for more, and for all."""
    at_site: bool = False
    """Whether they are those of a site, which an index gives at once."""


def sessions_asked(
    db: Connection, site: str = "", since: date | None = None, until: date | None = None
) -> Sessions:
    """The sessions at a site, whatever its capitals, and between two days."""
    conditions = narrowed("", since, until)
    if not (site or since or until):
        return Sessions(conditions)
    if site:
        conditions.append(_SESSION.c.site.in_(_spellings(db, site)))
    first = select(raw(_SESSION.c.id)).where(*conditions).limit(FEW + 1)
    if not site:
        # Of a period that lasts until today, the first ones looked at are in it.
        first = first.order_by(_SESSION.c.number.desc())
    keys = tuple(db.execute(first).scalars())
    return Sessions(conditions, keys if len(keys) <= FEW else None, bool(site))


def _spellings(db: Connection, site: str) -> list[str]:
    """The spellings of a site that are there: SQLite itself knows capitals from A to Z only.

    Goes from each site to the next one, a look into the index each; there may be very many
    sessions at each.
    """
    here, later = _SESSION.c, _SESSION.alias("later").c
    first = select(func.min(here.site).label("site")).where(here.deleted_at.is_(None))
    sites = first.cte("sites", recursive=True)
    following = (
        select(func.min(later.site))
        .where(later.site > sites.c.site, later.deleted_at.is_(None))
        .scalar_subquery()
    )
    sites = sites.union_all(select(following).where(sites.c.site.is_not(None)))
    found = db.execute(select(sites.c.site).where(sites.c.site.is_not(None))).scalars()
    return [name for name in found if name.casefold() == site.casefold()]
