"""All that is known of a finding, as a text: sessions, wordings, what was done and whether it held.

Each kind of finding is told in its own way; confirmed and suggested are told apart by a mark and a
word, wherever something is said to be the same.
"""

from collections.abc import Iterable, Sequence

from rich.style import Style
from rich.text import Text

from fivewhys.models.past import PastSession
from fivewhys.patterns.findings.values import (
    CameBack,
    DugDeeper,
    Findings,
    Loop,
    Outcome,
    Reach,
    SharedRoot,
    Sighting,
    Step,
    Tried,
)
from fivewhys.reports import patterns_words as words
from fivewhys.screens.look import shown, wrap
from fivewhys.screens.pattern_lines import MEANINGS, PatternLine, View, root_in_words
from fivewhys.screens.widgets.bars import Drawn
from fivewhys.screens.widgets.cover_curve import add_curve
from fivewhys.screens.widgets.pattern_list import sure_mark, sure_style

MOST_PROBLEMS = 40
"""Problems of a cause that are told one by one."""

_DEEDS = {
    Outcome.CAME_BACK: "bad",
    Outcome.NOT_EFFECTIVE: "bad",
    Outcome.HELD: "good",
    Outcome.EFFECTIVE: "good",
}


def pattern_text(widget: Drawn, line: PatternLine | None, findings: Findings, width: int) -> Text:
    """The words of a finding in full, for a pane of `width` columns."""
    text = Text(overflow="fold")
    if line is not None:
        _Teller(widget, text, findings, width).tell(line)
    text.rstrip()
    return text


class _Teller:
    def __init__(self, widget: Drawn, text: Text, findings: Findings, width: int) -> None:
        palette = widget.palette
        self._widget, self._text, self._findings, self._width = widget, text, findings, width
        self._plain, self._quiet = palette.style("text"), palette.style("quiet")
        self._head = palette.style("quiet", bold=True)
        self._strong = palette.style("text", bold=True)

    def tell(self, line: PatternLine) -> None:
        """A finding."""
        found = line.finding
        if line.view is View.COVER:
            self._curve(line)
        self._row(line.text, self._strong)
        self._sure(line)
        if isinstance(found, SharedRoot):
            self._shared(found)
        elif isinstance(found, Reach):
            self._reach(found)
        elif isinstance(found, Step):
            self._step(found)
        elif isinstance(found, DugDeeper):
            self._deeper(found)
        elif isinstance(found, Loop):
            self._loop(found)
        else:
            self._back(found)
        self._text.append(f"\n{MEANINGS[line.view]}\n", self._quiet)

    def _sure(self, line: PatternLine) -> None:
        self._certain(line.is_confirmed, line.sure)
        self._text.append(f"  {line.figure}\n", self._plain)

    def _certain(self, is_confirmed: bool, word: str = "") -> None:
        mark = sure_mark(self._widget.marks, is_confirmed)
        style = self._widget.palette.style(sure_style(is_confirmed))
        self._text.append(f"{mark} {word or words.sure(is_confirmed)}", style)

    # -- each kind

    def _shared(self, found: SharedRoot) -> None:
        self._part("Root in")
        self._sightings(found.roots, found.text)
        if found.others:
            self._part("Found on the way, not as root")
            self._sightings(found.others, found.text)
        self._deeds(found.tried)

    def _reach(self, found: Reach) -> None:
        sure = "" if found.is_confirmed else f", {found.confirmed:,} of them confirmed"
        self._row(f"It leads to {words.count(len(found.problems), 'problem')}{sure}.", self._plain)
        told = root_in_words(found)
        self._row(f"{told[0].upper()}{told[1:]}.", self._plain)
        self._part("Found in")
        self._sightings(found.seen, found.text)
        self._part("The problems it leads to")
        for session in found.problems[:MOST_PROBLEMS]:
            self._session(session)
            self._row(f"  {session.problem}", self._quiet)
        if len(found.problems) > MOST_PROBLEMS:
            self._row(f"and {len(found.problems) - MOST_PROBLEMS:,} more", self._quiet)

    def _curve(self, line: PatternLine) -> None:
        cover = self._findings.cover
        place = next(at for at, step in enumerate(cover.steps) if step.key == line.id)
        add_curve(self._widget, self._text, cover, place, self._width)
        self._text.append("\n")

    def _step(self, found: Step) -> None:
        self._row(
            f"It leads to {words.count(found.gain, 'problem')} that no cause above it leads to; "
            f"together they reach {words.percent(found.share)}.",
            self._plain,
        )
        told = root_in_words(found)
        self._row(f"{told[0].upper()}{told[1:]}.", self._plain)
        self._part("Found in")
        self._sightings(found.seen, found.text)

    def _deeper(self, found: DugDeeper) -> None:
        self._part("Stopped here")
        self._sightings(found.roots, found.text)
        for deeper in found.deeper:
            self._part(f"Asked on, {words.count(deeper.levels, 'why', 'whys')} deeper")
            self._sightings([deeper.seen], found.text)
            for chain in deeper.chains:
                for depth, answer in enumerate(chain, 1):
                    so = self._widget.marks.so
                    self._row(f"{'  ' * min(depth, 6)}{so} {answer}", self._plain)

    def _loop(self, found: Loop) -> None:
        self._part("Round and round")
        for link in found.links:
            self._row(link.text, self._plain)
            so = self._widget.marks.so
            self._row(f"  {so} leads to: {link.effect}", self._plain)
            told = words.listed([words.where(one) for one in link.sessions])
            self._row(f"  {told}", self._quiet)

    def _back(self, found: CameBack) -> None:
        self._part("What was done")
        self._deed(found.tried)
        self._part("For")
        self._sightings([found.on], found.text)
        self._part("Found again in")
        self._sightings(found.again, found.text)

    # -- parts

    def _sightings(self, seen: Iterable[Sighting], text: str) -> None:
        several = [*seen]
        # One alone is the same as nothing but itself, which needs no word.
        certain = sum(one.is_confirmed for one in several)
        for one in several:
            self._session(one.session, end="")
            if certain > 1 or not one.is_confirmed:
                self._text.append("  ")
                self._certain(one.is_confirmed)
            self._text.append("\n")
            if one.cause.text != text:
                self._row(f"  “{one.cause.text}”", self._quiet)

    def _session(self, session: PastSession, end: str = "\n") -> None:
        self._text.append(f"{shown(words.where(session))}{end}", self._plain)

    def _deeds(self, tried: Sequence[Tried]) -> None:
        self._part("What was done")
        for one in tried:
            self._deed(one)
        if not tried:
            self._row("Nothing is planned yet.", self._plain)

    def _deed(self, tried: Tried) -> None:
        style = self._widget.palette.style(_DEEDS.get(tried.outcome, "text"))
        owner = f", {tried.deed.owner}" if tried.deed.owner else ""
        self._row(f"{tried.deed.text} ({tried.session.name}{owner})", self._plain)
        self._row(f"  {words.did(tried)}", style)

    def _part(self, title: str) -> None:
        self._text.append(f"\n{title}\n", self._head)

    def _row(self, sentence: str, style: Style) -> None:
        """A sentence; where it is wrapped, what follows stands under its first word."""
        bare = sentence.lstrip(" ")
        before = sentence[: len(sentence) - len(bare)]
        if bare.startswith(f"{self._widget.marks.so} "):
            before, bare = f"{before}{self._widget.marks.so} ", bare.partition(" ")[2]
        for row in wrap(shown(bare), max(12, self._width - len(before))):
            self._text.append(f"{before}{row}\n", style)
            before = " " * len(before)
