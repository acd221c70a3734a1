"""The Pareto of shared root causes, and the minor wounds, as tables of the review."""

from collections.abc import Sequence

from fivewhys.review.figure import Figure, Unit, percent
from fivewhys.review.pareto import Bar, Basis, Pareto
from fivewhys.review.wounds import MANY, Pile, Wounds
from fivewhys.screens.review_lines import NOTHING, Line, Spot, Table, View, sessions, short, spot

COUNTED = {Basis.SESSIONS: "sessions", Basis.WEIGHT: "weight"}
"""What is counted, as the head of its column."""

SUGGESTED = "? "
"""Stands before what only suggestions join."""


def pareto_table(found: Pareto) -> Table:
    """The shared root causes, with the line at 80 %."""
    lines: list[Line] = []
    for place, bar in enumerate(found.bars):
        lines.append(_bar(found, bar, found.bars[0].value))
        if place + 1 == found.line:
            lines.append(Line("80 %", "80 % of all bars", is_rule=True))
    if found.rest:
        lines.append(Line("rest", f"and {found.rest:,} more, each shorter than these"))
    if found.recurring.of:
        lines.append(Line("beside", "Beside the bars"))
        beside = [found.recurring, *([found.unsaid] if found.basis is Basis.WEIGHT else [])]
        beside += [found.suggested] if found.suggested else []
        lines += [Line(one.name, one.label, (Spot(short(one), one),)) for one in beside]
    if lines and found.suggested is None:
        lines.append(
            Line("more", "s counts suggested ones too: causes that only the program finds alike")
        )
    return Table(
        View.PARETO,
        _pareto_in_words(found),
        (COUNTED[found.basis], "together"),
        tuple(lines),
        found.about,
    )


def _bar(found: Pareto, bar: Bar, longest: int) -> Line:
    label = COUNTED[found.basis].capitalize()
    figure = Figure("bar", label, bar.value, Unit.COUNT, found.about, found.total, bar.sessions)
    told = [f"{percent(bar.share)} % of all bars."]
    if bar.everywhere > len(bar.sessions):
        told.append(f"Root in {sessions(bar.everywhere)}, asked about or not.")
    if not bar.is_confirmed:
        told.append(_in_doubt(bar))
    sure = "" if bar.is_confirmed else SUGGESTED
    value = Spot(
        f"{bar.value:,}",
        figure,
        bar.value / longest,
        note=" ".join(told),
        style="link" if bar.is_vital else "quiet",
    )
    together = Spot(f"{percent(bar.cumulative)} %")
    return Line(bar.key, f"{sure}{bar.text}", (value, together), title=bar.text)


def _in_doubt(bar: Bar) -> str:
    """What is decided of a bar that is only suggested."""
    told = f"Suggested: it joins {bar.parts:,} root causes that nobody has said are the same."
    if bar.decided < MANY:
        return told
    return f"{told} Without that, the largest part of it is root in {sessions(bar.decided)}."


def _pareto_in_words(found: Pareto) -> str:
    if not found.bars:
        return ""
    shared = len(found.bars) + found.rest
    causes = "shared root cause" if shared == 1 else "shared root causes"
    make = "makes" if found.line == 1 else "make"
    counted = "sessions" if found.basis is Basis.SESSIONS else "severity times customers"
    told = f"{found.line:,} of {shared:,} {causes} {make} 80 % of the bars, by {counted}."
    if found.suggested is None:
        return told
    number = int(found.suggested.value or 0)
    are = "is" if number == 1 else "are"
    return f"{told} {number:,} {are} only suggested ({SUGGESTED.strip()})."


def wounds_table(found: Wounds) -> Table:
    """Small sessions added up by cause, place and customer group, beside the big ones."""
    lines: list[Line] = []
    for title, piles in (
        ("With the same root cause", found.by_cause),
        ("At the same site", found.by_site),
        ("At the same site, about the same department", found.by_place),
        ("Of the same customers, by channel", found.by_group),
    ):
        if piles:
            lines.append(Line(title, title))
            lines += [_pile(title, pile, len(found.big.sessions)) for pile in piles]
    if lines:
        lines.append(Line("all", "All together"))
    lines += [
        Line(found.small.name, found.small.label, (spot(found.small),)),
        Line(found.big.name, found.big.label, (Spot(""), Spot(""), Spot(""), spot(found.big))),
        Line(found.unsaid.name, found.unsaid.label, (spot(found.unsaid),)),
    ]
    return Table(
        View.WOUNDS,
        _wounds_in_words(found),
        ("minor", "weight", "outweighs", "big", "weight"),
        tuple(lines),
        found.about,
        bars="outweighs",
    )


def _pile(title: str, pile: Pile, big_ones: int) -> Line:
    note = f"Together they weigh {pile.small_weight:,}"
    if pile.outweighs:
        note += f", more than each of {pile.outweighs:,} of the {big_ones:,} big ones"
    if pile.big.value:
        note += f"; the big ones with the same weigh {pile.big_weight:,}"
    share = pile.outweighs / big_ones if big_ones else None
    small, big = (
        Spot(figure.text, figure, share, note=f"{note}.") for figure in (pile.small, pile.big)
    )
    outweighs = Spot(f"{pile.outweighs:,} of {big_ones:,}" if big_ones else NOTHING)
    weights = Spot(f"{pile.small_weight:,}"), Spot(f"{pile.big_weight:,}")
    spots = (small, weights[0], outweighs, big, weights[1])
    sure = "" if pile.is_confirmed else SUGGESTED
    return Line((title, pile.key or pile.name), f"{sure}{pile.name}", spots)


def _wounds_in_words(found: Wounds) -> str:
    piles: Sequence[Pile] = (
        *found.by_cause, *found.by_site, *found.by_place, *found.by_group
    )  # fmt: skip
    if not piles:
        return ""
    heaviest = max(piles, key=lambda pile: (pile.outweighs, pile.small_weight))
    if not heaviest.outweighs:
        return (
            f"{sessions(len(found.small.sessions))} are minor; no pile of them outweighs a big one."
        )
    return (
        f"{heaviest.small.text} minor sessions with “{heaviest.name}” in common outweigh each of "
        f"{heaviest.outweighs:,} of {len(found.big.sessions):,} big ones."
    )
