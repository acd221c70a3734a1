"""The day of all these tests, and a session with a root."""

from datetime import date, datetime

import pytest

from fivewhys.models.commands import NewPerson, SetPart
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part
from fivewhys.store.store import Store
from tests.screens.conftest import begun
from tests.screens.countermeasure.planning import ROOT, TODAY
from tests.screens.driving import grow, named


@pytest.fixture(autouse=True)
def _same_day(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """It is Wednesday, but where something is done, which is done on a day that has come."""
    if "real_day" not in request.fixturenames:
        for place in ("countermeasure", "measuring", "plan", "sitting"):
            monkeypatch.setattr(f"fivewhys.screens.{place}.today", lambda: TODAY)


@pytest.fixture
def real_day() -> date:
    """The day of the store's clock."""
    return datetime.now().astimezone().date()


@pytest.fixture
def tree(ines: Store) -> Tree:
    """A session with a root, another cause, and people in the room."""
    people = (NewPerson(name="Ines"), NewPerson(name="Bo"), NewPerson(name="Dana", here=False))
    tree = begun(ines, "customers are angry", people=people)
    tree = grow(ines, tree, f"overcharged\n  {ROOT}\nnot told")
    return ines.apply(tree, SetPart(cause=named(tree, ROOT).id, part=Part.ROOT, reason="ours"))
