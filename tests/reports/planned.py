"""A session with an action plan in which something of every kind has happened."""

from dataclasses import replace
from datetime import UTC, date, datetime

from fivewhys.models.commands import SetPart
from fivewhys.models.plan_words import (
    CheckResult,
    CountermeasureKind,
    Means,
    MeasureKind,
    Progress,
)
from fivewhys.models.tree import Tree
from fivewhys.models.values import Appearance, Check, Countermeasure, Measure
from fivewhys.models.words import Part
from tests.building import FIRST, answer, do, new_key, session


def planned() -> Tree:
    """Overcharged books: a root with a plan, one of whose measures did not help."""
    tree = session(
        number=12,
        site="Harwick",
        noticed_at=datetime(2026, 11, 20, 8, 30, tzinfo=UTC),
        acknowledged_at=datetime(2026, 11, 20, 10, 5, tzinfo=UTC),
        acknowledgement="We asked 24.90 for a book of 21.50.\n\nThat is our mistake.",
    )
    tree, charged = answer(tree, tree.problem.id, "They are overcharged")
    tree, root = answer(tree, charged.id, "No rule says who orders the forms")
    tree = do(tree, SetPart(cause=root.id, part=Part.ROOT, reason="Ours to change."))
    tree = replace(tree, session=replace(tree.session, root_found_at=FIRST))
    paste = action(
        tree,
        charged.id,
        "Paste the right price over the forms",
        kind=CountermeasureKind.CONTAIN,
        means=Means.WARNING,
        owner="Paul",
        due=date(2026, 11, 21),
        progress=Progress.DONE,
        done_on=date(2026, 11, 21),
        ready_people=False,
        ready_channels=False,
    )
    sheet = action(
        tree,
        root.id,
        "A line for each order on the handover sheet",
        means=Means.FORCING,
        owner="Amara",
        due=date(2026, 12, 1),
        progress=Progress.DONE,
        done_on=date(2026, 11, 30),
        notes="Agreed on Monday.\n\nThe region takes it over.",
    )
    remind = action(
        tree,
        root.id,
        "Remind the managers of it",
        means=Means.TRAINING,
        progress=Progress.REJECTED,
        reason="A mail is forgotten by spring.",
    )
    idea = action(tree, tree.problem.id, "Pay the 3.40 back", kind=CountermeasureKind.CORRECT)
    lines = measure(
        sheet,
        MeasureKind.PROCESS,
        "Lines that carry a name",
        baseline="0 of 6",
        target="6 of 6",
        days=30,
    )
    orders = measure(sheet, MeasureKind.OUTCOME, "Orders that went out late.", target="none")
    return replace(
        tree,
        countermeasures_of={
            tree.problem.id: (idea,),
            charged.id: (paste,),
            root.id: (sheet, remind),
        },
        measures_of={root.id: (lines, orders)},
        checks_of={
            root.id: (
                check(lines, date(2026, 12, 7), CheckResult.MET, "6 of 6"),
                check(orders, date(2027, 3, 1)),
            )
        },
        elsewhere={
            root.id: (
                Appearance(new_key(), 3, "", date(2026, 10, 31), is_root=False),
                Appearance(new_key(), 15, "Eastmere", date(2027, 1, 4), is_root=True),
            )
        },
    )


def action(tree: Tree, cause: object, text: str, **more: object) -> Countermeasure:
    """A countermeasure about `cause`: an idea to prevent it, ready in all points."""
    facts: dict[str, object] = {
        "kind": CountermeasureKind.PREVENT,
        "means": None,
        "owner": "",
        "due": None,
        "progress": Progress.IDEA,
        "reason": "",
        "done_on": None,
        "notes": "",
        "said_by": "Ines",
        **{f"ready_{point}": True for point in ("plan", "tools", "people", "channels", "impact")},
    }
    return Countermeasure(
        id=new_key(),
        session_id=tree.session.id,
        cause_id=cause,  # type: ignore[arg-type]  # a key of the tree
        position=1024,
        text=text,
        created_at=FIRST,
        **{**facts, **more},  # type: ignore[arg-type]  # the columns above
    )


def measure(
    item: Countermeasure,
    kind: MeasureKind,
    definition: str,
    *,
    baseline: str = "",
    target: str = "",
    days: int | None = None,
) -> Measure:
    """A measure of `item`."""
    return Measure(
        id=new_key(),
        session_id=item.session_id,
        cause_id=item.cause_id,
        countermeasure_id=item.id,
        position=1024,
        kind=kind,
        definition=definition,
        baseline=baseline,
        target=target,
        days=days,
    )


def check(
    of: Measure, day: date, result: CheckResult | None = None, value: str = "", by: str = "Ines"
) -> Check:
    """A check of `of` on `day`: one that was made where there is a result."""
    return Check(
        id=new_key(),
        session_id=of.session_id,
        cause_id=of.cause_id,
        measure_id=of.id,
        due=day,
        made_on=day if result else None,
        result=result,
        value=value,
        checked_by=by,
        owner="Amara",
        created_at=FIRST,
    )
