"""What stands in a form beside its fields: what it is about, and what was understood."""

from datetime import date

from rich.style import Style
from rich.text import Text

from fivewhys.countermeasures.day_words import DAYS, short_month
from fivewhys.countermeasures.days import NoDay, day_from, days_from
from fivewhys.models.values import Cause
from fivewhys.models.words import Kind, Part
from fivewhys.screens.look import cut, shown, wrap
from fivewhys.screens.widgets.bars import Drawn

_PARTS = {Part.ROOT: "root", Part.CONTRIBUTING: "contributing", Part.CONDITION: "condition"}


class About(Drawn):
    """What a form is about, in the rows there are."""

    def __init__(self, what: str, words: str) -> None:
        super().__init__(id="form-about")
        self._head = f"{what}: "
        self._words = words

    @staticmethod
    def cause(cause: Cause) -> "About":
        """The cause, or the problem, that a form is about."""
        what = "The problem" if cause.kind is Kind.PROBLEM else "The cause"
        return About(f"{what} ({_PARTS[cause.part]})" if cause.part else what, cause.text)

    def render(self) -> Text:
        palette, head = self.palette, self._head
        rows = wrap(shown(f"{head}{self._words}"), max(2, self.size.width))
        most = max(1, self.size.height)
        if len(rows) > most:
            rest = " ".join(rows[most - 1 :])
            rows = [*rows[: most - 1], cut(rest, self.size.width, self.marks.cut)]
        text = Text("\n".join(rows), palette.style("text", bold=True), no_wrap=True)
        text.stylize(palette.style("quiet") + Style(bold=False), 0, len(head))
        return text


class Said(Drawn):
    """What a text was understood to mean, beside it."""

    _words = ""
    _is_clear = True

    def tell(self, words: str, is_clear: bool = True) -> None:
        """Say what was understood."""
        if (words, is_clear) != (self._words, self._is_clear):
            self._words, self._is_clear = words, is_clear
            self.refresh()

    def render(self) -> Text:
        style = self.palette.style("good" if self._is_clear else "quiet", bold=self._is_clear)
        return Text(cut(self._words, self.size.width, self.marks.cut), style, no_wrap=True)


class DaySaid(Said):
    """The day that a text means."""

    def show(self, text: str, today: date, known: str = "", *, past: bool = False) -> None:
        """Show what `text` means; `known` is what stood there before, whether past or not."""
        if not text.strip():
            self.tell("")
            return
        try:
            # What was said before may be past by now.
            day = day_from(text, today, past=past or text.strip() == known)
        except NoDay:
            self.tell("not a day yet", False)
            return
        self.tell(whole_day(day))


class WindowSaid(Said):
    """The number of days that a text means."""

    def show(self, text: str) -> None:
        """Show what `text` means."""
        if not text.strip():
            self.tell("")
            return
        try:
            self.tell(f"{days_from(text)} days")
        except NoDay:
            self.tell("not a time yet", False)


def whole_day(day: date) -> str:
    """A day with its weekday and its year: “Fri 4 Dec 2026”."""
    return f"{DAYS[day.weekday()][:3].title()} {day.day} {short_month(day)} {day.year}"


class Told(Drawn):
    """Sentences about what is there and what is missing; takes no room where there are none."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._lines: tuple[tuple[str, str], ...] = ()
        self.display = False

    def show(self, *lines: tuple[str, str]) -> None:
        """Show sentences, each with the name of its colour."""
        self._lines = lines
        self.display = bool(lines)
        self.refresh(layout=True)

    def render(self) -> Text:
        text = Text(overflow="fold")
        for place, (words, colour) in enumerate(self._lines):
            text.append("\n" if place else "")
            text.append(shown(words), self.palette.style(colour))
        return text
