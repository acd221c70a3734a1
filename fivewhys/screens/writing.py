"""Writing a session's Markdown from a screen."""

from pathlib import Path

from fivewhys import settings
from fivewhys.files import export_name, free_path, write
from fivewhys.models.tree import Tree
from fivewhys.reports import markdown
from fivewhys.reports.templates import Page
from fivewhys.template_files import own_templates


def write_markdown(tree: Tree, folder: Path) -> tuple[Path, Page]:
    """Write the Markdown of `tree` into `folder` under a name that is free.

    Returns the path, and the page with what was wrong with a team's own templates. Raises
    `fivewhys.files.NotWritten`.
    """
    page = markdown.page(tree, own_templates(settings.templates()))
    return write(free_path(folder, export_name(tree)), page.text), page


def told(path: Path, page: Page) -> str:
    """Where it was written, and what was wrong with a team's own templates."""
    return " ".join((f"Written: {path}", *page.problems))
