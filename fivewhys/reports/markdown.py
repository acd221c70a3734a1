"""One session as Markdown: reads well pasted into a wiki, a ticket or a chat, and as plain text.

The wording is in `templates/session.md`. Whatever a template prints is escaped, unless it is
`Markdown` already, so that a template cannot forget it.
"""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from fivewhys.models.tree import Tree
from fivewhys.reports.dates import day
from fivewhys.reports.escape import Markdown, markdown
from fivewhys.reports.view import View, passage, proof


def plan(tree: Tree) -> str:
    """The Markdown of one session. The same tree always gives the same text."""
    return environment().get_template("session.md").render(view=View(tree))


@cache
def environment() -> Environment:
    """The templates, with everything they print escaped."""
    # Jinja's own autoescape knows HTML alone; `finalize` sees every value on its way out.
    found = Environment(
        loader=PackageLoader("fivewhys.reports"),
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    found.filters["day"] = day
    found.filters["passage"] = passage
    found.filters["proof"] = proof
    found.filters["written"] = Markdown
    return found


def _printed(value: object) -> Markdown:
    return markdown(value if isinstance(value, str) else str(value))
