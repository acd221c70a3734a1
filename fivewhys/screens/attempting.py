"""Doing what may be refused or fail, and telling it in words: never a traceback before a team."""

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError
from textual.screen import Screen

from fivewhys.models.commands import Refused, sentence
from fivewhys.store.problems import StoreProblem


def attempt(
    screen: Screen[Any],
    act: Callable[[], None],
    hint: Callable[[str], None],
    *,
    quietly: bool = False,
) -> bool:
    """Do `act`; say whether it was done.

    A refusal is told with `hint`, what is not valid and a problem of the store as a notice of
    `screen`; `quietly` leaves the store's out, for what is tried again and again.
    """
    try:
        act()
    except Refused as refusal:
        hint(str(refusal))
        return False
    except ValidationError as error:
        screen.notify(sentence(error), severity="warning", timeout=8, markup=False)
        return False
    except StoreProblem as problem:
        if not quietly:
            screen.notify(str(problem), severity="error", timeout=15, markup=False)
        return False
    return True
