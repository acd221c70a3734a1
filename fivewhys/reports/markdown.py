"""One session as Markdown: reads well pasted into a wiki, a ticket or a chat, and as plain text.

The wording is in `templates/session.md`, and that of its action plan in `templates/plan.md`.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from fivewhys.models.tree import Tree
from fivewhys.models.values import Appearance
from fivewhys.reports.templates import NONE, Own, Page, filled
from fivewhys.reports.view import View

Shared = Mapping[UUID, Sequence[Appearance]]
"""Causes that were found in other sessions too → these, by day."""


def plan(tree: Tree, shared: Shared | None = None) -> str:
    """The Markdown of one session. The same tree always gives the same text.

    `shared` says where else its roots were found, as people decided and equal words say
    (`Store.shared`); without it, that is told of what the tree itself knows (`Tree.elsewhere`).
    """
    return page(tree, NONE, shared).text


def page(tree: Tree, own: Own, shared: Shared | None = None) -> Page:
    """The Markdown of one session, by a team's own templates where these work."""
    return filled("session.md", own, view=View(tree, shared))
