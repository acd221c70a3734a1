"""A cause in its context, as a text that fits its pane: enough to tell whether another is the same.

The cause itself always stands there in full, as far as there is room; what is above it in the chain
is cut first, then what was done.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.style import Style
from rich.text import Text

from fivewhys.models.past import Context, PastDeed
from fivewhys.models.plan_words import FINISHED, PROGRESS_WORDS, Progress
from fivewhys.reports import patterns_words as words
from fivewhys.reports.dates import day
from fivewhys.screens.look import cut, shown, wrap
from fivewhys.screens.widgets.bars import Drawn


@dataclass(frozen=True, slots=True)
class _Fit:
    """How much is told; 0 stands for all."""

    above: int = 0
    """Rows of each cause above."""
    middle: int = 0
    """Causes above that are told besides the problem; -1 for none."""
    cause: int = 0
    deeds: int = 0
    """Things done that are told, a row each."""
    air: bool = False
    """Whether an empty row stands between the parts."""


_FITS = (
    _Fit(air=True),
    _Fit(),
    _Fit(above=1),
    _Fit(above=1, deeds=2),
    _Fit(above=1, middle=2, deeds=1),
    _Fit(above=1, middle=1, deeds=1),
    _Fit(above=1, middle=-1, deeds=1),
    _Fit(above=1, middle=-1, cause=3, deeds=1),
    _Fit(above=1, middle=-1, cause=2, deeds=1),
)
"""From all that is known to the least that helps."""

Row = tuple[str, Style]


def pair_text(
    widget: Drawn, context: Context, width: int, height: int, *, is_full: bool = False
) -> Text:
    """A cause as people see it beside another; `is_full` tells all, however long."""
    teller = _Teller(widget, context, max(8, width))
    rows: list[Row] = []
    for fit in _FITS[1:2] if is_full else _FITS:
        rows = teller.rows(fit)
        if len(rows) <= height:
            break
    text = Text(overflow="fold")
    for words_, style in rows:
        text.append(f"{words_}\n", style)
    text.rstrip()
    return text


class _Teller:
    def __init__(self, widget: Drawn, context: Context, width: int) -> None:
        palette = widget.palette
        self._context, self._width, self._marks = context, width, widget.marks
        self._plain, self._quiet = palette.style("text"), palette.style("quiet")
        self._strong = palette.style("text", bold=True)
        self._link = palette.style("link", bold=True)

    def rows(self, fit: _Fit) -> list[Row]:
        """All rows."""
        session, bullet = self._context.session, self._marks.bullet
        place = [words.where(session), session.department]
        head = f" {bullet} ".join(filter(None, place))
        air: list[Row] = [("", self._plain)] if fit.air else []
        rows = [(cut(shown(head), self._width, self._marks.cut), self._link), *air]
        problem, *above = self._context.chain[:-1] or ("",)
        if problem:
            rows += self._told("! ", problem, self._quiet, fit.above)
        kept = above if fit.middle == 0 else above[len(above) - fit.middle :]
        if fit.middle < 0:
            kept = []
        out = len(above) - len(kept)
        if out:
            more = "1 why" if out == 1 else f"{out} whys"
            rows.append((f"  {self._marks.cut} {more} between", self._quiet))
        for text in kept:
            rows += self._told(f"{self._marks.so} ", text, self._quiet, fit.above)
        rows += self._told(f"{self._marks.here} ", self._context.chain[-1], self._strong, fit.cause)
        rows.append((f"  {self._standing()}", self._plain))
        return [*rows, *air, *self._deeds(fit)]

    def _standing(self) -> str:
        severity = self._context.session.severity
        told = [
            "ruled out"
            if self._context.is_out
            else f"{self._marks.root} called root"
            if self._context.cause.is_root
            else "not called root",
            f"{severity.value} problem" if severity else "",
        ]
        return f" {self._marks.bullet} ".join(filter(None, told))

    def _deeds(self, fit: _Fit) -> list[Row]:
        deeds: Sequence[PastDeed] = self._context.deeds
        if not deeds:
            return [("  nothing was done about it yet", self._quiet)]
        told = deeds[: fit.deeds] if fit.deeds else deeds
        rows: list[Row] = []
        for deed in told:
            state = PROGRESS_WORDS[deed.progress]
            if deed.progress in FINISHED and deed.done_on:
                # The day is that on which it was done, whatever came of it.
                done = "" if deed.progress is Progress.DONE else ", done"
                state = f"{state}{done} {day(deed.done_on)}"
            more = len(deeds) - len(told)
            rest = f" (and {more} more)" if more and deed is told[-1] else ""
            limit = 1 if fit.above else 0
            rows += self._told("  ", f"{state}{rest}: {deed.text}", self._plain, limit)
        return rows

    def _told(self, before: str, text: str, style: Style, most: int) -> list[Row]:
        """A sentence beside its mark, in at most so many rows."""
        room = self._width - len(before)
        rows = wrap(shown(text), room)
        if most and len(rows) > most:
            rows = [*rows[: most - 1], cut(" ".join(rows[most - 1 :]), room, self._marks.cut)]
        blank = " " * len(before)
        return [(f"{blank if place else before}{row}", style) for place, row in enumerate(rows)]
