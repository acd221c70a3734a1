"""A root that was found in other sessions says so in the Markdown, from what people decided."""

from datetime import date
from uuid import UUID

from fivewhys.models.commands import SetPart
from fivewhys.models.tree import Tree
from fivewhys.models.values import Appearance
from fivewhys.models.words import Part
from fivewhys.reports.markdown import plan
from tests.building import answer, do, session


def seen(number: int, site: str = "", *, is_root: bool = True) -> Appearance:
    return Appearance(UUID(int=number), number, site, date(2026, number, 3), is_root)


def one_root() -> tuple[Tree, UUID]:
    tree = session("soup is cold")
    tree, cause = answer(tree, tree.problem.id, "no forms")
    return do(tree, SetPart(cause=cause.id, part=Part.ROOT, reason="ours")), cause.id


def said(tree: Tree, *again: Appearance) -> list[str]:
    key = tree.roots()[0].id
    return [line.strip() for line in plan(tree, {key: again}).split("\n") if "lso " in line]


def test_where_else_a_root_was_found_stands_under_it() -> None:
    tree, key = one_root()
    assert said(tree, seen(3, "Lyon")) == ["- Also root in S-3 (Lyon, March 2026)"]
    assert said(tree, seen(3, "Lyon"), seen(9)) == [
        "- Also root in S-3 (Lyon, March 2026) and S-9 (September 2026)"
    ]
    assert said(tree, seen(3, "Lyon"), seen(4, "Trento", is_root=False)) == [
        "- Also root in S-3 (Lyon, March 2026); also a cause in S-4 (Trento, April 2026)"
    ]
    assert said(tree, seen(4, "a*b", is_root=False)) == [
        "- Also a cause in S-4 (a\\*b, April 2026)"
    ]
    assert plan(tree, {}) == plan(tree)
    assert "   - Also root in S-3 (March 2026)\n   - Why the team" in plan(tree, {key: [seen(3)]})
