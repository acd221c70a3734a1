"""One session as Markdown: reads well pasted into a wiki, a ticket or a chat, and as plain text.

The wording is in `templates/session.md`, and that of its action plan in `templates/plan.md`.
"""

from fivewhys.models.tree import Tree
from fivewhys.reports.templates import NONE, Own, Page, filled
from fivewhys.reports.view import View


def plan(tree: Tree) -> str:
    """The Markdown of one session. The same tree always gives the same text."""
    return page(tree, NONE).text


def page(tree: Tree, own: Own) -> Page:
    """The Markdown of one session, by a team's own templates where these work."""
    return filled("session.md", own, view=View(tree))
