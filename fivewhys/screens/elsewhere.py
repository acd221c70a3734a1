"""Where else the causes of a live session were found, read in a thread behind the screen.

Confirmed ones stand after roots in the tree and beside the row under the cursor; what is only like
it stands there as “perhaps the same”. Where another team asked on, the guide says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from textual.timer import Timer

from fivewhys.models.past import Context, Sameness
from fivewhys.models.tree import Tree
from fivewhys.models.values import Appearance, Cause
from fivewhys.models.words import Kind, Part, Status
from fivewhys.screens import guide
from fivewhys.screens.background import NewestRead
from fivewhys.screens.guide import GoDeeper
from fivewhys.screens.purposes import Purpose
from fivewhys.screens.seen_words import SeenBefore
from fivewhys.screens.widgets.answer_box import AnswerBox
from fivewhys.screens.widgets.why_tree import WhyTree

if TYPE_CHECKING:
    from fivewhys.screens.live import LiveScreen
    from fivewhys.store.store import Store

REST_SECONDS = 0.3
"""How long nothing has to happen before it reads: a key never waits for it."""

MOST_SESSIONS = 3
"""Sessions whose own answers are read: the latest of those with the same cause."""

MOST_PERHAPS = 3
"""Causes that are only like one, beside the tree."""


@dataclass(frozen=True, slots=True)
class Same:
    """The same cause in another session."""

    context: Context
    again: tuple[Appearance, ...]
    """Every session in which it was found, this one too: where something was done, it came back."""
    deeper: tuple[str, ...] = ()
    """What that team answered when it asked why of it."""


@dataclass(frozen=True, slots=True)
class Around:
    """What other sessions say of one cause."""

    same: tuple[Same, ...] = ()
    perhaps: tuple[SeenBefore, ...] = ()
    """Causes that are like it, of which nobody has said yet whether they are the same."""


class Elsewhere:
    """What other sessions say of the causes of one live session."""

    def __init__(self, screen: "LiveScreen") -> None:
        self._screen = screen
        self._reads = NewestRead(screen)
        self._reads_of_row = NewestRead(screen)
        self._timer: Timer | None = None
        self._row_timer: Timer | None = None
        self._looked: tuple[Tree, UUID] | None = None
        self._marked: UUID | None = None
        """A root that was marked just now, which another team may have asked on from."""
        self._offered: set[tuple[UUID, UUID]] = set()
        """Answers of other teams that were offered, each with the question: once is enough."""
        self.shared: Mapping[UUID, tuple[Appearance, ...]] = {}
        """Each root of this session that others found too → their sessions, by day."""
        self._around: dict[tuple[UUID, str], Around] = {}

    # -- roots, and where another team went on

    def look(self, *, anew: bool = False) -> None:
        """Read it again soon, where the tree or the question is another one; or anyway."""
        looked = (self._screen.why_tree, self._screen.here)
        if anew:
            self._around.clear()
        elif self._looked is not None and all(
            old is new for old, new in zip(self._looked, looked, strict=True)
        ):
            return
        self._looked = looked
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._screen.set_timer(REST_SECONDS, self._look)

    def root_marked(self, key: UUID) -> None:
        """A cause was called root: another team may have asked why of the same."""
        self._marked = key
        self.look(anew=True)

    def _look(self) -> None:
        screen, store = self._screen, self._screen.store
        tree, here = screen.why_tree, screen.here
        roots = [
            cause.id
            for cause in tree.causes.values()
            if cause.part is Part.ROOT and cause.status is not Status.RULED_OUT
        ]
        wanted = [here] if self._marked is None else [self._marked, here]
        asked = [key for key in dict.fromkeys(wanted) if key in tree.causes]

        def read() -> tuple[dict[UUID, tuple[Appearance, ...]], list[GoDeeper]]:
            alike = store.alike({*roots, *asked})
            shared = {key: by_session(alike.get(key, {}).values()) for key in roots}
            return (
                {key: again for key, again in shared.items() if again},
                [
                    step
                    for key in asked
                    if not tree.children(key) and tree.causes[key].kind is Kind.CAUSE
                    for step in _steps(store, key, alike.get(key, {}))
                ],
            )

        def take(read: tuple[dict[UUID, tuple[Appearance, ...]], list[GoDeeper]]) -> None:
            shared, steps = read
            if shared != self.shared:
                self.shared = shared
                screen.query_one(WhyTree).show_shared(shared)
                screen.draw_beside()
            self._offer(steps)

        self._reads.ask(read, take)

    def _offer(self, steps: Iterable[GoDeeper]) -> None:
        screen, box = self._screen, self._screen.query_one(AnswerBox)
        tree = screen.why_tree
        if box.purpose is not Purpose.ANSWER or box.text:
            return
        for step in steps:
            asked = guide.of_other_team(tree, step) if step.key in tree.causes else None
            if asked is None or tree.children(step.key):
                continue
            if (step.key, step.cause) in self._offered and step.key != self._marked:
                continue
            if screen.guiding.offer(asked):
                self._offered.add((step.key, step.cause))
                self._marked = None
            return

    # -- the row under the cursor

    def around(self, key: UUID) -> Around | None:
        """What is known of a cause; None where it is not read yet."""
        cause = self._screen.why_tree.causes.get(key)
        return self._around.get((key, cause.text)) if cause else None

    def look_at(self, key: UUID) -> None:
        """Read what others say of this cause, once the cursor rests on it."""
        if self._row_timer is not None:
            self._row_timer.stop()
        if self.around(key) is None:
            self._row_timer = self._screen.set_timer(REST_SECONDS, lambda: self._look_at(key))

    def _look_at(self, key: UUID) -> None:
        screen, store, memory = self._screen, self._screen.store, self._screen.seeing.memory
        cause = screen.why_tree.causes.get(key)
        if cause is None or cause.kind is Kind.PROBLEM:
            return
        if not screen.query_one(WhyTree).has_focus:
            # The keys have left the tree: nobody looks, and it may be the first use of the memory.
            return
        text, session, here = cause.text, cause.session_id, _here(screen.why_tree, cause)

        def read() -> Around:
            others = store.alike([key]).get(key, {})
            again = by_session([*others.values(), here])
            contexts = store.context(others)
            same = [
                Same(context, again, tuple(_answers(store, context)))
                for context in sorted(contexts.values(), key=_day, reverse=True)
            ]
            like = memory.similar(text, MOST_PERHAPS + len(others), session) if memory else ()
            perhaps = _undecided(store, key, session, [seen for seen in like if seen.likely])
            return Around(tuple(same), tuple(perhaps[:MOST_PERHAPS]))

        def take(around: Around) -> None:
            self._around[(key, text)] = around
            screen.draw_beside()

        self._reads_of_row.ask(read, take)


def shared_roots(store: "Store", roots: Iterable[UUID]) -> Mapping[UUID, tuple[Appearance, ...]]:
    """The roots that were found in other sessions too → these, by day."""
    found = {key: by_session(others.values()) for key, others in store.alike(roots).items()}
    return {key: again for key, again in found.items() if again}


def by_session(found: Iterable[Appearance]) -> tuple[Appearance, ...]:
    """Each session once, by day, as one in which it was root if it was so there."""
    sessions: dict[UUID, Appearance] = {}
    for again in sorted(found, key=lambda item: (item.on, item.number, item.is_root)):
        sessions[again.session_id] = again
    return tuple(sessions.values())


def _undecided(
    store: "Store", key: UUID, session: UUID, like: Iterable[SeenBefore]
) -> list[SeenBefore]:
    """Those that are neither the same as this or another cause of the session, nor different."""
    found = {seen.context.cause.id: seen for seen in like}
    if not found:
        return []
    for other, others in store.alike(found).items():
        if any(again.session_id == session for again in others.values()):
            del found[other]
    for decision in store.decisions():
        if decision.sameness is Sameness.DIFFERENT and key in (decision.a, decision.b):
            found.pop(decision.b if decision.a == key else decision.a, None)
    return list(found.values())


def _here(tree: Tree, cause: Cause) -> Appearance:
    """The session itself, as others see it."""
    session = tree.session
    on = (session.noticed_at or session.opened_at).date()
    return Appearance(session.id, session.number, session.site, on, cause.is_root)


def _day(context: Context) -> tuple[object, int]:
    return context.session.on, context.session.number


def _steps(store: "Store", key: UUID, others: Mapping[UUID, Appearance]) -> Iterable[GoDeeper]:
    """What other teams answered when they asked why of the cause `key`, the latest first."""
    latest = sorted(others.items(), key=lambda item: (item[1].on, item[1].number), reverse=True)
    for other, seen in latest[:MOST_SESSIONS]:
        tree = store.tree(seen.session_id)
        for child in tree.children(other):
            answer = tree.causes[child]
            if answer.status is not Status.RULED_OUT:
                yield GoDeeper(key, answer.text, answer.id, seen.name)


def _answers(store: "Store", context: Context) -> Iterable[str]:
    tree = store.tree(context.session.id)
    for child in tree.children(context.cause.id):
        if tree.causes[child].status is not Status.RULED_OUT:
            yield tree.causes[child].text
