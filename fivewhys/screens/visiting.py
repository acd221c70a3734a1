"""Going from a screen over all sessions to one session, to look at it; `q` leads back.

The keys are in the tree, and none of them writes anything before Enter goes into the session.
"""

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from textual.screen import Screen

if TYPE_CHECKING:
    from fivewhys.app import FiveWhysApp
    from fivewhys.store.store import Store


def visit(screen: Screen[Any], store: "Store", session: UUID, cause: UUID | None) -> None:
    """Open a session in front of `screen`, with the tree's cursor on `cause` if it is there."""
    from fivewhys.screens.live import LiveScreen

    with cast("FiveWhysApp", screen.app).telling():
        tree = store.tree(session)
        at = cause if cause in tree.causes else tree.problem.id
        screen.app.push_screen(LiveScreen(store, tree, looked_at=at))
