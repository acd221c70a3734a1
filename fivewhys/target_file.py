"""The file with a team's own targets: how soon it means to own up, find the root, fix and tell."""

from pathlib import Path

from fivewhys.countermeasures.targets import (
    LONGEST_FILE,
    NotTargets,
    Targets,
    built_in_targets,
    read_targets,
)
from fivewhys.text import clean


def team_targets(path: Path) -> tuple[Targets, str]:
    """The targets in `path`, or else the built-in ones; with a sentence where it cannot be read."""
    name = clean(path.name)
    try:
        with path.open("rb") as file:
            # A character has at most four bytes; what is longer than that holds no targets.
            text = file.read(4 * LONGEST_FILE + 1).decode("utf-8")
        return read_targets(text, name), ""
    except FileNotFoundError:
        return built_in_targets(), ""
    except OSError as error:
        words = clean(error.strerror or str(error)).rstrip(".").lower()
        problem = f"{name} cannot be read: {words}."
    except UnicodeDecodeError:
        problem = f"{name} is not written in UTF-8. Save the file as UTF-8."
    except NotTargets as error:
        problem = str(error)
    return built_in_targets(), problem
