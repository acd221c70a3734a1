"""Choosing a category for a cause: first a lens, where none was used yet, then what it shows.

It is given the lenses and knows nothing of where they come from; what is chosen is done elsewhere.
"""

from collections.abc import Iterable, Sequence
from typing import ClassVar, TypeVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from fivewhys.facilitation.lenses import Lens, names, with_id
from fivewhys.models.values import Cause
from fivewhys.screens.by_key import KEYS, ByKey
from fivewhys.screens.look import cut, shown, wrap
from fivewhys.screens.widgets.bars import Drawn, HintRow, TopBar
from fivewhys.screens.widgets.choices import Choice

T = TypeVar("T")

Chosen = tuple[str, str]
"""The ids of a lens and of its category; both empty take the category away."""


class About(Drawn):
    """The cause, in at most two rows."""

    def __init__(self, cause: Cause) -> None:
        super().__init__(id="about")
        self._cause = cause

    def render(self) -> Text:
        rows = wrap(shown(self._cause.text), max(2, self.size.width))
        if len(rows) > 2:
            rows = [rows[0], cut(" ".join(rows[1:]), self.size.width, self.marks.cut)]
        return Text("\n".join(rows), self.palette.style("text", bold=True), no_wrap=True)


class LensPicker(ByKey[Chosen]):
    """Gives back what was chosen for `cause`, or None where it stays as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "choose(0)", "choose", key_display="1-9", id="lens.choose",
                tooltip="Choose the lens or the category with this key"),
        Binding("enter", "choose_here", "choose", show=False, id="lens.here",
                tooltip="Choose what the cursor is on"),
        Binding("g,tab,left,h", "lenses", "other lens", id="lens.lenses",
                tooltip="Choose another lens"),
        Binding("0,backspace,delete", "none", "no category", id="lens.none",
                tooltip="Take the category away"),
        Binding("right,l", "open", "open", show=False, id="lens.open",
                tooltip="Open the lens that the cursor is on"),
        Binding("up,k", "move(-1)", "up", show=False, id="lens.up", tooltip="The one above"),
        Binding("down,j", "move(1)", "down", show=False, id="lens.down", tooltip="The next one"),
        Binding("home", "edge(0)", "first", show=False, id="lens.first", tooltip="The first"),
        Binding("end", "edge(-1)", "last", show=False, id="lens.last", tooltip="The last"),
        Binding("escape,q", "leave", "back", id="lens.leave", tooltip="Leave it as it is"),
        Binding("f1,question_mark", "app.help", "help", id="lens.help", tooltip="Help"),
    ]  # fmt: skip

    def __init__(
        self, lenses: Sequence[Lens], cause: Cause, last: str = "", problems: Sequence[str] = ()
    ) -> None:
        """`last` is the id of the lens to begin with where `cause` has none yet.

        `problems` are sentences about lenses that could not be read.
        """
        super().__init__()
        self._lenses = lenses
        self._cause = cause
        self._problems = problems
        self._lens = with_id(lenses, cause.lens) or with_id(lenses, last)

    def compose_about(self) -> ComposeResult:
        """The cause that is asked about."""
        yield About(self._cause)

    def on_mount(self) -> None:
        """Begin with the lens of the last time, or with all of them."""
        self._show()

    def _show(self) -> None:
        cause, lens, list_ = self._cause, self._lens, self.listed
        had = " / ".join(names(self._lenses, cause.lens, cause.category)) if cause.lens else ""
        bar = self.query_one(TopBar)
        if lens is None:
            bar.title = "Look through which lens?"
            chosen = with_id(self._lenses, cause.lens)
            list_.show(
                [
                    Choice(
                        key,
                        other.name,
                        other.about,
                        ", ".join(category.name for category in other.categories),
                        other is chosen,
                    )
                    for key, other in _keyed(self._lenses)
                ],
                self._lenses.index(chosen) if chosen else 0,
                self._problems,
            )
        else:
            bar.title = f"{lens.name}: {lens.about}" if lens.about else lens.name
            place = 0
            choices: list[Choice] = []
            for key, category in _keyed(lens.categories):
                is_chosen = (cause.lens, cause.category) == (lens.id, category.id)
                if is_chosen:
                    place = len(choices)
                choices.append(
                    Choice(key, category.name, category.about, category.question, is_chosen)
                )
            list_.show(choices, place)
        hint = "Through this lens: what kind of cause is it?" if lens else ""
        if had:
            hint = f"Now: {had}. 0 takes it away."
        if self._problems and lens is not None:
            hint = "A lens of yours cannot be read; g shows why."
        self.query_one(HintRow).hint = hint
        self.refresh_bindings()

    def key_words(self, binding: Binding) -> str:
        """What a key does now; nothing where it would do nothing."""
        idle = {
            "lens.lenses": self._lens is None,
            "lens.none": not self._cause.lens,
        }
        return "" if idle.get(binding.id or "") else binding.description

    # -- keys

    def take_keys(self, keys: Iterable[events.Key]) -> None:
        """Do what keys mean that were pressed before this screen came."""
        for key in keys:
            self.post_message(key)

    def action_choose(self, place: int) -> None:
        """Choose by place."""
        if self._lens is None:
            self._lens = self._lenses[place]
            self._show()
        else:
            self.done((self._lens.id, self._lens.categories[place].id))

    def action_open(self) -> None:
        """Open the lens that the cursor is on."""
        if self._lens is None:
            self.action_choose_here()

    def action_lenses(self) -> None:
        """Show all lenses, with the cursor on the one that was open."""
        lens, self._lens = self._lens, None
        if lens is not None:
            self._show()
            self.listed.go(self._lenses.index(lens))

    def action_none(self) -> None:
        """Take the category away."""
        self.done(("", "") if self._cause.lens else None)


def _keyed(items: Sequence[T]) -> Iterable[tuple[str, T]]:
    """Each item with its key; "" for those beyond the last key."""
    return ((KEYS[place : place + 1], item) for place, item in enumerate(items))
