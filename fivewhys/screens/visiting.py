"""Going from a screen over all sessions to one session, and standing there on a cause."""

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from textual.screen import Screen

if TYPE_CHECKING:
    from fivewhys.app import FiveWhysApp
    from fivewhys.store.store import Store


def visit(screen: Screen[Any], store: "Store", session: UUID, cause: UUID | None) -> None:
    """Open a session in front of `screen`, with the tree's cursor on `cause` if it is there."""
    from fivewhys.screens.live import LiveScreen
    from fivewhys.screens.widgets.why_tree import WhyTree

    with cast("FiveWhysApp", screen.app).telling():
        live = LiveScreen(store, store.tree(session))
        screen.app.push_screen(live)
        if cause is not None and cause in live.why_tree.causes:
            live.call_after_refresh(lambda: live.query_one(WhyTree).focus_at(cause))
