"""Whole sessions as JSON, lossless: what `fivewhys.imports.archive` reads.

There is no moment of export in it: the same sessions always give the same text, and bringing an
archive in and writing it out again gives back its text.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID

from fivewhys.models.delta import Change, Value, plain, plain_row, row_of
from fivewhys.models.past import Decision
from fivewhys.models.tree import Record
from fivewhys.models.values import Cause

FORMAT = "fivewhys-archive"
VERSION = 4


def write(records: Sequence[Record]) -> str:
    """The archive of `records` in their order, ending with a line break."""
    data = {"format": FORMAT, "version": VERSION, "sessions": [_session(item) for item in records]}
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _session(record: Record) -> dict[str, Any]:
    tree = record.tree
    causes = [cause for cause, _ in tree.walk()]
    return {
        "session": _row(tree.session),
        # A flat list in the tree's order: a nested one could not hold a chain of a thousand whys.
        "causes": [_row(cause) for cause in causes],
        "evidence": _hanging(causes, tree.evidence_of),
        "parked": [_row(idea) for idea in tree.parked],
        "people": [_row(person) for person in tree.people],
        "link_answers": _hanging(causes, tree.link_answers_of),
        "dismissals": _hanging(causes, tree.dismissals_of),
        "root_checks": _hanging(causes, tree.root_checks_of),
        "countermeasures": [
            _row(item) for cause in causes for item in tree.countermeasures(cause.id)
        ],
        "measures": [_row(item) for cause in causes for item in tree.measures_of.get(cause.id, ())],
        "checks": [_row(item) for cause in causes for item in tree.checks_of.get(cause.id, ())],
        "decisions": [_decision(item) for item in record.decisions],
        "history": [_change(change) for change in record.history],
    }


def _hanging(
    causes: Iterable[Cause], rows: Mapping[UUID, Iterable[Value]]
) -> list[dict[str, Any] | None]:
    return [_row(item) for cause in causes for item in rows.get(cause.id, ())]


def _row(value: Value) -> dict[str, Any] | None:
    return plain_row(row_of(value))


def _decision(decision: Decision) -> dict[str, Any] | None:
    return plain_row({field.name: getattr(decision, field.name) for field in fields(decision)})


def _change(change: Change) -> dict[str, Any]:
    return {
        "seq": change.seq,
        **(plain_row({"at": change.at}) or {}),
        "actor": change.actor,
        "kind": change.kind.value,
        "label": change.label,
        "undoes": change.undoes,
        "operations": [plain(operation) for operation in change.operations],
    }
