"""A small history as a review finds it: sites in regions, minor and major, promised and done."""

from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from fivewhys.models.commands import (
    AddCountermeasure,
    AddEvidence,
    Categorize,
    CountermeasureFacts,
    Facts,
    NewPerson,
    SetPart,
    SetProgress,
    StartSession,
)
from fivewhys.models.plan_words import Means, Progress
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part, Severity
from fivewhys.store.store import Store
from tests.screens.driving import grow, named

NOW = datetime(2026, 10, 2, 9, tzinfo=UTC)
TODAY = date(2026, 10, 2)

SHEET = "No sheet says who orders while the post is empty"
LIST = "Each department keeps its own list of complaints"


def fill(database: Path) -> list[Tree]:
    """Six sessions from May to September 2026, of two regions."""
    with closing(Store(database, "Ines", now=lambda: NOW)) as store:
        return [
            _held(store, 5, SHEET, "Harwick", "North", "Books", Severity.MAJOR, "40 customers"),
            _held(store, 6, SHEET, "Eastmere", "North", "Books", Severity.MINOR, "12 customers"),
            _held(store, 6, LIST, "Harwick", "North", "Front desk", Severity.MINOR, ""),
            _held(store, 8, LIST, "Harwick", "North", "Front desk", Severity.MINOR, "9 guests"),
            _held(store, 9, SHEET, "Solvia", "South", "Books", Severity.MODERATE, ""),
            _held(store, 9, "The till is old", "", "", "", None, ""),
        ]


def _held(
    store: Store,
    month: int,
    root: str,
    site: str,
    region: str,
    department: str,
    severity: Severity | None,
    how_much: str,
) -> Tree:
    noticed = datetime(2026, month, 9, 10, tzinfo=UTC)
    facts = Facts(
        site=site,
        region=region,
        department=department,
        severity=severity,
        how_much=how_much,
        channel="counter" if site else "",
        noticed_at=noticed,
        acknowledged_at=datetime(2026, month, 10, 10, tzinfo=UTC) if site else None,
        facilitator="Ines" if month < 9 else "Bo",
    )
    tree = store.start(
        StartSession(
            problem=f"{department or 'nobody'} was late again in month {month}",
            facts=facts,
            people=(NewPerson(name="Ana"),),
        )
    )
    tree = grow(store, tree, f"The order came late\n  {root}")
    tree = store.apply(tree, SetPart(cause=named(tree, root).id, part=Part.ROOT, reason="Ours"))
    if month in (5, 6):
        tree = _promised(store, tree, root, month)
    if month == 8:
        key = named(tree, "The order came late").id
        category = Categorize(cause=key, lens="customer-behaviour", category="not-listening")
        tree = store.apply(tree, category)
    return store.apply(tree, AddEvidence(cause=named(tree, root).id, text="seen in the log"))


def _promised(store: Store, tree: Tree, root: str, month: int) -> Tree:
    means = Means.CHECKLIST if month == 6 else Means.STANDARDISE
    facts = CountermeasureFacts(owner="Ana", means=means, due=date(2026, month + 1, 1))
    command = AddCountermeasure(cause=named(tree, root).id, text="Write the sheet", facts=facts)
    tree = store.apply(tree, command)
    if month == 6:
        return tree
    key = tree.all_countermeasures()[0].id
    done = SetProgress(countermeasure=key, progress=Progress.DONE, on=date(2026, month, 20))
    return store.apply(tree, done)
