"""Where files live and who is working, from options and environment variables.

Imports little, because every start of the program passes through here.
"""

import os
from pathlib import Path

from fivewhys import __name__ as name
from fivewhys.text import clean, excerpt

DATABASE = "FIVEWHYS_DATABASE_URL"
"""Environment variable: the file or address of the history."""

USER = "FIVEWHYS_USER"
"""Environment variable: the person whose changes these are."""

EXPORTS = "FIVEWHYS_EXPORTS"
"""Environment variable: the folder for files that leave the program."""

LENSES = "FIVEWHYS_LENSES"
"""Environment variable: the folder with a team's own lenses."""

TEMPLATES = "FIVEWHYS_TEMPLATES"
"""Environment variable: the folder with a team's own templates."""

TARGETS = "FIVEWHYS_TARGETS"
"""Environment variable: the file with a team's own targets."""

REVIEW_VIEWS = "FIVEWHYS_REVIEW_VIEWS"
"""Environment variable: the file with a person's saved views of the review."""

LONGEST_NAME = 80
"""Characters of a person's name in the history."""


def database(option: str | None = None) -> str:
    """The file or address of the history: the option, the environment, or the person's own file."""
    chosen = option or os.environ.get(DATABASE)
    if chosen:
        chosen = chosen.removeprefix("sqlite:///")
        return chosen if "://" in chosen else str(path(chosen))
    from platformdirs import user_data_path

    return str(user_data_path(name, appauthor=False) / "history.db")


def actor() -> str:
    """Who is working: from the environment or the login name; empty where neither is known."""
    chosen = clean(os.environ.get(USER, ""))
    if not chosen:
        import getpass

        try:
            chosen = clean(getpass.getuser())
        # A container's user may have no entry; Python 3.13 names that differently from 3.11.
        except (OSError, KeyError, ImportError):
            chosen = ""
    return excerpt(chosen, LONGEST_NAME)


def exports() -> Path:
    """The folder for files that leave the program."""
    return path(os.environ.get(EXPORTS) or "exports")


def lenses() -> Path:
    """The folder with a team's own lenses; it need not be there."""
    return _own(LENSES, "lenses")


def templates() -> Path:
    """The folder with a team's own templates; it need not be there."""
    return _own(TEMPLATES, "templates")


def targets() -> Path:
    """The file with a team's own targets; it need not be there."""
    return _own(TARGETS, "targets.toml")


def review_views() -> Path:
    """The file with a person's saved views of the review; it need not be there."""
    return _own(REVIEW_VIEWS, "review-views.json")


def path(text: str) -> Path:
    """A file as people write it, with ~ for a home folder."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        # There is nobody of that name, so the file is really called that.
        return Path.cwd() / text


def _own(variable: str, place: str) -> Path:
    """A folder or file in the person's settings, unless the environment names another."""
    chosen = os.environ.get(variable)
    if chosen:
        return path(chosen)
    from platformdirs import user_config_path

    return user_config_path(name, appauthor=False) / place
