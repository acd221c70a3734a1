"""The worked examples: whole meetings from different fields, for the demo, tests and documents.

Each file beside this one is one session, in the shape that `fivewhys.imports` reads.
"""

from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from typing import TYPE_CHECKING

from fivewhys.imports import read
from fivewhys.models.tree import Record

if TYPE_CHECKING:
    from fivewhys.store.store import Store

WRITTEN = datetime(2026, 11, 21, 12, tzinfo=UTC)
"""The moment of whatever in the examples carries no moment of its own."""


def records() -> list[Record]:
    """The examples in the order in which they were opened, numbered from 1."""
    here = files("fivewhys.examples")
    texts = [
        entry.read_text("utf-8")
        for entry in sorted(here.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".json")
    ]
    found = [record for text in texts for record in read(text, now=WRITTEN)]
    found.sort(key=lambda record: record.tree.session.opened_at)
    return [_numbered(record, number) for number, record in enumerate(found, 1)]


def fill(store: "Store") -> None:
    """Bring the examples into `store`."""
    store.bring_in(records())


def _numbered(record: Record, number: int) -> Record:
    session = replace(record.tree.session, number=number)
    return replace(record, tree=replace(record.tree, session=session))
