"""Writing a session's Markdown from a screen."""

from pathlib import Path

from fivewhys.files import export_name, free_path, write
from fivewhys.models.tree import Tree
from fivewhys.reports.markdown import plan


def write_markdown(tree: Tree, folder: Path) -> Path:
    """Write the Markdown of `tree` into `folder` under a name that is free; returns the path.

    Raises `fivewhys.files.NotWritten`.
    """
    return write(free_path(folder, export_name(tree)), plan(tree))
