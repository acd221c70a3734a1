"""The Pareto of shared root causes, and the minor wounds, as tables of the review."""

from collections.abc import Sequence
from dataclasses import replace

from fivewhys.models.shares import percent
from fivewhys.review.figure import Figure, Unit, count
from fivewhys.review.pareto import Bar, Basis, Pareto
from fivewhys.review.wounds import ABOUT_OUTWEIGHS, ABOUT_WEIGHT, MANY, Pile, Wounds
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
    told = f"{found.line:,} of {shared:,} {causes} {make} "
    if found.line > len(found.bars):
        told += f"80 % of the bars, by {counted}."
    else:
        reached = percent(found.bars[found.line - 1].cumulative)
        told += f"{reached} % of the bars, by {counted}; the line is at 80 %."
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
        Line(
            found.without_customers.name,
            found.without_customers.label,
            (spot(found.without_customers),),
        ),
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
    weights = (
        _weight("small_weight", "Weight of the minor sessions", pile.small_weight, pile.small),
        _weight("big_weight", "Weight of the big sessions", pile.big_weight, pile.big),
    )
    label, lighter = "Big sessions that weigh less", pile.outweighed
    outweighs = count("outweighs", label, lighter, ABOUT_OUTWEIGHS)
    figures = (pile.small, weights[0], outweighs, pile.big, weights[1])
    spots = tuple(Spot(one.text, one, share, note=f"{note}.") for one in figures)
    told = f"{pile.outweighs:,} of {big_ones:,}" if big_ones else NOTHING
    spots = (*spots[:2], replace(spots[2], text=told), *spots[3:])
    sure = "" if pile.is_confirmed else SUGGESTED
    return Line((title, pile.key or pile.name), f"{sure}{pile.name}", spots)


def _weight(name: str, label: str, weight: int, of: Figure) -> Figure:
    """The weight of the sessions behind a figure, which opens them too."""
    return Figure(name, label, weight, Unit.COUNT, ABOUT_WEIGHT, weight, of.sessions)


def _wounds_in_words(found: Wounds) -> str:
    piles: Sequence[Pile] = (
        *found.by_cause, *found.by_site, *found.by_place, *found.by_group
    )  # fmt: skip
    if not piles:
        return ""
    heaviest = max(piles, key=lambda pile: (pile.outweighs, pile.small_weight))
    guessed = _guessed(len(found.without_customers.sessions))
    if not heaviest.outweighs:
        small = sessions(len(found.small.sessions))
        return f"{small} are minor; no pile of them outweighs a big one{guessed}."
    big = len(found.big.sessions)
    # The name stands last, where a small window cuts it.
    return (
        f"{heaviest.small.text} minor sessions outweigh each of {heaviest.outweighs:,} of {big:,} "
        f"big one{'' if big == 1 else 's'}{guessed}. In common: “{heaviest.name}”."
    )


def _guessed(number: int) -> str:
    """How many sessions a sum rests on that do not say how many customers."""
    if not number:
        return ""
    told = "does not" if number == 1 else "do not"
    counts = "counts" if number == 1 else "each counts"
    return f"; {sessions(number)} {told} say how many customers, and {counts} as one"
