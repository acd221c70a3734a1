"""Where one goes from a live session, and what comes of it when one is back."""

from typing import TYPE_CHECKING, cast
from uuid import UUID

from fivewhys.models.follow_up import Filter
from fivewhys.models.tree import Tree
from fivewhys.screens.widgets.answer_box import AnswerBox
from fivewhys.screens.widgets.why_tree import WhyTree

if TYPE_CHECKING:
    from fivewhys.app import FiveWhysApp
    from fivewhys.screens.live import LiveScreen


class Going:
    """Opens other screens about one live session, and takes what they give back."""

    def __init__(self, live: "LiveScreen") -> None:
        self._live = live

    def fix(self, key: UUID, source: WhyTree | AnswerBox) -> None:
        """Say what will be done about a cause; the keys that `source` holds are its first words."""
        from fivewhys.screens.countermeasure import CountermeasureScreen

        live = self._live
        live.keep_draft()
        form = CountermeasureScreen(live.store, live.why_tree, key)
        live.app.push_screen(form, self._after_plan)
        form.take_keys(source.keys.release())

    def plan(self, key: UUID) -> None:
        """Open what is done about a cause: the one thing there is, or a list of all."""
        from fivewhys.screens.countermeasure import CountermeasureScreen
        from fivewhys.screens.plan import PlanScreen

        live = self._live
        there = live.why_tree.countermeasures(key)
        if not there:
            self.fix(key, live.query_one(WhyTree))
            return
        screen = (
            CountermeasureScreen(live.store, live.why_tree, key, there[0].id)
            if len(there) == 1
            else PlanScreen(live.store, live.why_tree, [key])
        )
        live.app.push_screen(screen, self._after_plan)
        screen.take_keys(live.query_one(WhyTree).keys.release())

    def _after_plan(self, tree: Tree | None) -> None:
        live = self._live
        if tree is None or tree is live.why_tree:
            live.hint("")
        else:
            fewer = len(tree.all_countermeasures()) < len(live.why_tree.all_countermeasures())
            live.go_on_with(tree)
            live.hint("Deleted. Undo brings it back." if fewer else "Kept. Undo takes it back.")

    def details(self) -> None:
        """Open the facts, place and people of the session."""
        from fivewhys.screens.details import DetailsScreen

        live = self._live
        live.app.push_screen(DetailsScreen(live.store, live.why_tree), self._after_details)

    def _after_details(self, tree: Tree | None) -> None:
        live = self._live
        if tree is not None:
            live.go_on_with(tree)
            live.hint("Details saved.")

    def read_back(self) -> None:
        """Read the chains back, link by link."""
        from fivewhys.screens.read_back import ReadBackScreen

        live = self._live
        live.keep_draft()
        live.app.push_screen(ReadBackScreen(live.store, live.why_tree), self._after_read_back)

    def _after_read_back(self, _tree: Tree | None) -> None:
        live = self._live
        # What was answered there, and what others did meanwhile.
        live.try_to(lambda: live.go_on_with(live.store.refresh(live.why_tree)))
        live.to_keys()

    def follow_up(self) -> None:
        """Follow up what was promised at the place of this session, or everywhere."""
        from fivewhys.screens.follow_up import FollowUpScreen

        live = self._live
        live.keep_draft()
        session = live.why_tree.session
        department = "" if session.site else session.department
        here = Filter(site=session.site, department=department)
        live.app.push_screen(FollowUpScreen(live.store, here), self._after_follow_up)

    def _after_follow_up(self, _nothing: None) -> None:
        live = self._live
        live.try_to(lambda: live.go_on_with(live.store.refresh(live.why_tree)))
        live.look_back()

    def history(self) -> None:
        """Show who changed what when: in the tree, of the cause under the cursor."""
        from fivewhys.screens.session_history import SessionHistoryScreen

        live = self._live
        live.keep_draft()
        tree = live.query_one(WhyTree)
        cause = tree.cursor if tree.has_focus and tree.cursor != live.why_tree.problem.id else None
        screen = SessionHistoryScreen(live.store, live.why_tree, cause, tree.focus_at)
        live.app.push_screen(screen, self._after_look)
        screen.keys_in_order.take(live.query_one(AnswerBox).keys.release())

    def time_line(self, key: UUID) -> None:
        """Show when a cause was found in all sessions, and what was done in between."""
        from fivewhys.screens.time_line import TimeLineScreen

        live = self._live
        live.keep_draft()
        screen = TimeLineScreen(live.store, key)
        live.app.push_screen(screen, self._after_look)
        screen.keys_in_order.take(live.query_one(WhyTree).keys.release())

    def map(self) -> None:
        """Draw the map of all sessions around the cause in question, or under the tree's cursor."""
        from fivewhys.screens.map_view import MapScreen

        live = self._live
        live.keep_draft()
        tree = live.query_one(WhyTree)
        key = tree.cursor if tree.has_focus and tree.cursor in live.why_tree.causes else live.here
        screen = MapScreen(live.store, str(key))
        live.app.push_screen(screen, self._after_look)
        screen.keys_in_order.take(live.query_one(AnswerBox).keys.release())

    def _after_look(self, _nothing: None) -> None:
        live = self._live
        live.try_to(lambda: live.go_on_with(live.store.refresh(live.why_tree)))

    def summary(self) -> None:
        """Open the summary: what is open, finish, the Markdown."""
        from fivewhys.screens.summary import SummaryScreen

        live = self._live
        live.keep_draft()
        exports = cast("FiveWhysApp", live.app).exports
        live.app.push_screen(SummaryScreen(live.store, live.why_tree, exports), self._after_summary)

    def _after_summary(self, chosen: "tuple[Tree, UUID | None] | None") -> None:
        live = self._live
        if chosen is None:
            live.dismiss()
            return
        _, key = chosen
        # What the summary did, and what others did meanwhile.
        live.try_to(lambda: live.go_on_with(live.store.refresh(live.why_tree)))
        if key is not None and key in live.why_tree.causes:
            live.ask(key)
        live.to_keys(key)
