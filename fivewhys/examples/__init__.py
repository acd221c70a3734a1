"""The worked examples: whole meetings from different fields, for the demo, tests and documents.

Each JSON file beside this one is one session, in the shape that `fivewhys.imports` reads;
`decisions.toml` holds what people said of causes that came back in other words.
"""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from fivewhys.imports import read
from fivewhys.models.past import Decision, Sameness
from fivewhys.models.tree import Record

if TYPE_CHECKING:
    from fivewhys.store.store import Store

WRITTEN = datetime(2026, 11, 21, 12, tzinfo=UTC)
"""The moment of whatever in the examples carries no moment of its own."""


def records() -> list[Record]:
    """The examples in the order in which they were opened, numbered from 1."""
    here = files("fivewhys.examples")
    by_name = {
        # 01-book-prices.json
        entry.name[3:].removesuffix(".json"): record
        for entry in sorted(here.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".json")
        for record in read(entry.read_text("utf-8"), now=WRITTEN)
    }
    decisions = _decisions(here.joinpath("decisions.toml").read_text("utf-8"), by_name)
    found = sorted(by_name.values(), key=lambda record: record.tree.session.opened_at)
    return [_numbered(record, number, decisions) for number, record in enumerate(found, 1)]


def fill(store: "Store") -> None:
    """Bring the examples into `store`."""
    store.bring_in(records())


def _numbered(record: Record, number: int, decisions: list[Decision]) -> Record:
    session = replace(record.tree.session, number=number)
    own = tuple(said for said in decisions if {said.a, said.b} & record.tree.causes.keys())
    return replace(record, tree=replace(record.tree, session=session), decisions=own)


def _decisions(text: str, by_name: dict[str, Record]) -> list[Decision]:
    """What people said, oldest first, with the keys of the causes that they said it of."""

    def key(named: list[str]) -> UUID:
        name, words = named
        (cause,) = (one for one in by_name[name].tree.causes.values() if one.text == words)
        return cause.id

    found = []
    for said in tomllib.loads(text)["decision"]:
        a, b = sorted([key(said["a"]), key(said["b"])])
        own = uuid5(a, str(b))
        found.append(Decision(own, a, b, Sameness(said["sameness"]), said["by"], said["at"]))
    return sorted(found, key=lambda one: one.decided_at)
