"""Typed text that is not given yet, kept for each place so that a crash loses none of it."""

from typing import TYPE_CHECKING
from uuid import UUID

from fivewhys.models.tree import Tree
from fivewhys.screens.purposes import WORDINGS, Purpose
from fivewhys.text import clean

if TYPE_CHECKING:
    from fivewhys.store.store import Store


class Drafts:
    """The drafts of one session, of this person; a place is a purpose and what it is about.

    Every method that writes raises `StoreProblem`.
    """

    def __init__(self, store: "Store", session: UUID) -> None:
        self._store = store
        self._session = session
        self._kept: dict[str, str] = {}

    def load(self) -> None:
        """Read what was left from the last time."""
        self._kept = self._store.drafts(f"{self._session}/")

    def at(self, purpose: Purpose, about: UUID, tree: Tree) -> str:
        """The draft that was left there, unless a crash left it after its answer was saved."""
        draft = self._kept.get(self._place(purpose, about), "")
        given = {tree.causes[key].text for key in tree.children(about)}
        return "" if purpose is Purpose.ANSWER and clean(draft) in given else draft

    def keep(self, purpose: Purpose, about: UUID, text: str, tree: Tree) -> bool:
        """Keep `text`, or forget an empty one; says whether a draft was written."""
        place = self._place(purpose, about)
        if text == WORDINGS[purpose].before(tree, about):
            text = ""
        if text == self._kept.get(place, ""):
            return False
        self._store.save_draft(place, text)
        if text:
            self._kept[place] = text
        else:
            self._kept.pop(place, None)
        return bool(text)

    def given(self, purpose: Purpose, about: UUID) -> str | None:
        """The text was given: forget it here. The place to empty in the store, if it is there."""
        place = self._place(purpose, about)
        return place if self._kept.pop(place, None) is not None else None

    def _place(self, purpose: Purpose, about: UUID) -> str:
        return f"{self._session}/{purpose.value}/{about}"
