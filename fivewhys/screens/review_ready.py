"""Reading the history for the review before anybody asks, so that its first figures come at once.

Only for who looks at the review: it takes a second of work and some memory on a long history, which
nobody should pay for who never opens it. It knows no widgets.
"""

import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from fivewhys.screens.long_read import Ended
from fivewhys.screens.review_saved import read_saved
from fivewhys.store.problems import StoreProblem
from fivewhys.store.reviewing import Reviewing

RECENT = timedelta(days=45)
"""Who looked at the review so lately is likely to do so again: many do it once a month."""

LOOK_SECONDS = 0.2
"""How often to see whether the keys rest."""


def looks_at_reviews(views: Path, today: date) -> bool:
    """Whether the person whose views are kept in a file has looked at the review lately."""
    saved, _ = read_saved(views)
    return saved.looked_on is not None and today - saved.looked_on <= RECENT


def get_ready(reviewing: Reviewing, rests: Callable[[], bool], is_over: Callable[[], bool]) -> None:
    """Read what the panels need, a piece at a time, while the keys rest; for a thread of its own.

    A history that was never reviewed, or is short, is left alone: the first takes minutes that a
    person should see, the second no time. What goes wrong is told once somebody asks for a panel.
    """

    def go_on(*_: int) -> None:
        while not rests() and not is_over():
            time.sleep(LOOK_SECONDS)
        if is_over():
            raise Ended

    try:
        go_on()
        if reviewing.is_worth_reading_ahead():
            for _ in reviewing.read_ahead(go_on):
                go_on()
    except (Ended, StoreProblem):
        return
