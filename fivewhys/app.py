"""The terminal app: themes, the store that loads behind the first screen, the command palette."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.screen import Screen
from textual.theme import Theme
from textual.worker import Worker, WorkerCancelled, WorkerFailed

from fivewhys.screens import pasting
from fivewhys.screens.library import PAGE, LibraryScreen
from fivewhys.screens.look import ASCII, THEMES, UNICODE, AsciiFilter, Marks, Palette, theme
from fivewhys.screens.tidying import Tidying
from fivewhys.store.glance import first_page

if TYPE_CHECKING:
    from fivewhys.memory import Memory
    from fivewhys.reports.search_words import Within
    from fivewhys.store.stages import Stage
    from fivewhys.store.store import Store

TIDY_SECONDS = 1
"""How often to look whether there is something to tidy up."""

THEME = "FIVEWHYS_THEME"
"""Environment variable: dark or light."""


OWN_THEMES = {name: theme(name, palette) for name, palette in THEMES.items()}


class Left(Exception):
    """The person has left while the history was still being opened."""


class FiveWhysApp(App[None]):
    """Five Whys on one database. `prepare` runs once on the opened store, before it is shown."""

    TITLE = "Five Whys"
    CSS_PATH = "app.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "switch_theme", "dark or light", show=False, id="app.theme",
                tooltip="Switch between the dark and the light theme"),
        Binding("ctrl+q", "quit", "quit", show=False, id="app.quit", tooltip="Leave Five Whys"),
    ]  # fmt: skip

    def __init__(
        self,
        database: str,
        actor: str,
        exports: Path,
        *,
        open_number: int | None = None,
        ascii_only: bool = False,
        prepare: "Callable[[Store], None] | None" = None,
    ) -> None:
        super().__init__()
        pasting.install()
        self.database = database
        self.actor = actor
        self.exports = exports
        self.demo = prepare is not None
        self.store: Store | None = None
        self.memory: Memory | None = None
        """What all sessions say; it reads nothing before it is asked."""
        self.marks: Marks = ASCII if ascii_only else UNICODE
        self.searched_within: Within | None = None
        """Where the search was narrowed to last; nobody says it twice in a sitting."""
        self._open_number = open_number
        self._prepare = prepare
        self._opening: Worker[None] | None = None
        self._tidying = Tidying()
        for own in OWN_THEMES.values():
            self.register_theme(own)
        wanted = os.environ.get(THEME, "dark").strip().lower()
        self.theme = f"fivewhys-{wanted}" if f"fivewhys-{wanted}" in THEMES else "fivewhys-dark"

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every drawn line passes through: with --ascii, plain characters too."""
        return [*super().get_line_filters(), *([AsciiFilter()] if self.marks is ASCII else [])]

    def get_theme(self, theme_name: str) -> Theme | None:
        """A theme by its name; ours without Textual's copy of them all for each row it draws."""
        return OWN_THEMES.get(theme_name) or super().get_theme(theme_name)

    @property
    def palette(self) -> Palette:
        """The colours of the theme in use; another theme's ground decides between ours."""
        dark = self.current_theme.dark
        return THEMES.get(self.theme, THEMES["fivewhys-dark" if dark else "fivewhys-light"])

    def on_mount(self) -> None:
        """Show the library at once and load the store behind it."""
        self._tidying.begin()
        self.set_interval(TIDY_SECONDS, self._tidying.look)
        library = LibraryScreen(first_page(self.database, PAGE))
        if self._open_number is not None:
            # No key may act on the library while another screen is about to come.
            library.wait(f"Opening S-{self._open_number} …")
        self.push_screen(library)
        self._opening = self.run_worker(self._load, thread=True, exit_on_error=False)

    def _load(self) -> None:
        # These take longer than the first screen takes to draw.
        from fivewhys.memory import Memory, beside
        from fivewhys.store.problems import StoreProblem
        from fivewhys.store.store import Store

        try:
            store = Store(self.database, self.actor, tell=self._tell)
            if self._prepare:
                self._prepare(store)
        except StoreProblem as problem:
            self.call_from_thread(self._cannot_load, str(problem))
            return
        self.memory = Memory(store, beside(self.database))
        self.call_from_thread(self._loaded, store)
        # Opening a session, or the follow-up, is then a matter of milliseconds.
        import fivewhys.screens.follow_up
        import fivewhys.screens.live
        import fivewhys.screens.review  # noqa: F401
        from fivewhys.facilitation import prompts

        # The rules are read, and statements made, when they are asked for first: that is now, not
        # after the first answer.
        prompts("The rules are read now.", parent="")
        store.rehearse()
        self._tidying.keep()
        if not self.demo:
            try:
                store.back_up()
            except (StoreProblem, OSError) as problem:
                words = f"Today's backup was not made: {problem}"
                self.call_from_thread(self.notify, words, severity="warning", markup=False)
            self._read_ahead(store)

    def _read_ahead(self, store: "Store") -> None:
        """Whoever looks at the review often finds it read."""
        from fivewhys import settings
        from fivewhys.screens.facts import today
        from fivewhys.screens.review_ready import get_ready, looks_at_reviews

        if looks_at_reviews(settings.review_views(), today()):
            get_ready(store.reviewing, lambda: self._tidying.rests, lambda: not self.is_running)

    def _tell(self, stage: "Stage") -> None:
        """Show how far bringing the history up to date is; once the person has left, stop it."""
        self.call_from_thread(self._show_opening, stage.words)
        if not self.is_running:
            raise Left

    def _show_opening(self, words: str) -> None:
        if self.is_running:
            self._library.opening(words)

    @property
    def _library(self) -> LibraryScreen:
        return next(screen for screen in self.screen_stack if isinstance(screen, LibraryScreen))

    def _loaded(self, store: "Store") -> None:
        self.store = store
        library = self._library
        library.opening("")
        library.reload()
        if self._open_number is not None:
            with self.telling():
                library.open(store, store.numbered(self._open_number).session.id)
            library.wait("")

    def _cannot_load(self, words: str) -> None:
        self.exit(return_code=1, message=words)

    async def store_ready(self) -> "Store | None":
        """The store, once it is loaded; None where it cannot be."""
        if self.store is None and self._opening is not None:
            try:
                await self._opening.wait()
            except (WorkerCancelled, WorkerFailed):
                if self.is_running:
                    raise
        return self.store

    def opened_store(self) -> "Store":
        """The store, for code that runs after it is loaded."""
        assert self.store is not None
        return self.store

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Tell problems of the database or the disk in words and go on."""
        from fivewhys.files import NotWritten
        from fivewhys.models.commands import Refused
        from fivewhys.store.problems import StoreProblem

        try:
            yield
        except (StoreProblem, Refused, NotWritten) as problem:
            self.notify(str(problem), severity="error", timeout=15, markup=False)

    async def on_event(self, event: events.Event) -> None:
        """Whatever reads the history gives way to keys."""
        if isinstance(event, events.Key):
            self._tidying.key()
            if self.memory is not None:
                self.memory.give_way()
        await super().on_event(event)

    async def action_quit(self) -> None:
        """Leave; what is typed and not given yet is kept first."""
        for screen in self.screen_stack:
            keep_draft = getattr(screen, "keep_draft", None)
            if keep_draft is not None:
                keep_draft()
        self.exit()

    def action_help(self) -> None:
        """Show every key, those of the place where one is first."""
        from fivewhys.screens.counted import CountedScreen
        from fivewhys.screens.help import HelpScreen
        from fivewhys.screens.keys import place

        here = self.screen
        if isinstance(here, CountedScreen):
            # It stands before the review, whose keys one asks for from here.
            here = self.screen_stack[-2]
        self.push_screen(HelpScreen(place(here)))

    def action_switch_theme(self) -> None:
        """Switch between the dark and the light theme."""
        self.theme = (
            "fivewhys-light" if self.palette is THEMES["fivewhys-dark"] else "fivewhys-dark"
        )

    def watch_theme(self) -> None:
        """What draws itself takes the new colours, and what keeps a coloured text makes it anew."""
        for screen in self.screen_stack:
            for widget in screen.walk_children(with_self=True):
                recolour = getattr(widget, "recolour", None)
                if recolour is not None:
                    recolour()
                widget.refresh()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every command that works here, by the words of its key."""
        from fivewhys.screens.keys import commands

        yield from commands(screen)

    async def on_unmount(self) -> None:
        """Let go of the database."""
        self._tidying.end()
        if self.memory is not None:
            self.memory.close()
        if self.store is not None:
            self.store.close()
