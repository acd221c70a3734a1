"""Writing a session's Markdown from a screen."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

from fivewhys import settings
from fivewhys.files import export_name, free_path, write
from fivewhys.models.tree import Tree
from fivewhys.models.values import Appearance
from fivewhys.reports import markdown
from fivewhys.reports.templates import Page
from fivewhys.template_files import own_templates


def write_markdown(
    tree: Tree, folder: Path, shared: Mapping[UUID, Sequence[Appearance]]
) -> tuple[Path, Page]:
    """Write the Markdown of `tree` into `folder` under a name that is free.

    `shared` are the other sessions in which its roots were found.

    Returns the path, and the page with what was wrong with a team's own templates. Raises
    `fivewhys.files.NotWritten`.
    """
    page = markdown.page(tree, own_templates(settings.templates()), shared)
    return write(free_path(folder, export_name(tree)), page.text), page


def told(path: Path) -> str:
    """Where it was written."""
    return f"Written: {path}"
