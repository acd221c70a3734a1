"""The panels of a written review about causes: those that keep coming back, and minor wounds."""

from collections.abc import Sequence

from fivewhys.models.shares import percent
from fivewhys.reports import patterns_words as words
from fivewhys.reports.review_data import ReviewReport
from fivewhys.reports.review_parts import (
    Cell,
    Column,
    Panel,
    ParetoChart,
    Table,
    barred,
    counted,
    left_out,
    of_things,
    sessions_named,
    text_column,
)
from fivewhys.review.pareto import Bar, Pareto
from fivewhys.review.wounds import MANY, Pile

MOST_BARS = 15
"""Shared root causes in one table: more nobody reads."""

MOST_PILES = 10
"""Piles of each kind in one table."""

_SUGGESTED = " (suggested)"


def pareto_panel(report: ReviewReport) -> Panel:
    """The shared root causes, by sessions and by weight."""
    found = report.pareto
    some = f"{found.recurring.label}: {found.recurring.text}."
    says = [_few(found), some] if found.bars else ["No root cause has come more than once yet."]
    unsaid = report.weighed.unsaid
    if found.bars and unsaid.value:
        says.append(f"{unsaid.label}: {unsaid.text}; each counts as one by weight.")
    suggested = [found.suggested] if found.suggested else []
    if found.bars and found.suggested:
        says.append(_in_doubt(found))
    tables = (
        _bars("By sessions", "Sessions", found),
        _bars("By weight: severity × customers", "Weight", report.weighed),
    )
    return Panel(
        "pareto",
        "Root causes that keep coming back",
        tuple(says),
        tables if found.bars else (),
        (
            ("By sessions", found.about),
            ("By weight", report.weighed.about),
            *counted(found.recurring, unsaid, *suggested),
        ),
        ParetoChart(
            tuple((bar.value, bar.cumulative, bar.is_vital) for bar in found.bars[:MOST_BARS])
        )
        if found.bars
        else None,
    )


def _few(found: Pareto) -> str:
    number = len(found.bars) + found.rest
    if found.line > len(found.bars):
        return f"{found.line:,} of {number:,} shared root causes make 80 % of all that came back."
    reached = percent(found.bars[found.line - 1].cumulative)
    make = "makes" if found.line == 1 else "make"
    return (
        f"{found.line:,} of {number:,} shared root cause{'' if number == 1 else 's'} {make} "
        f"{reached} % of all that came back (the line is at 80 %)."
    )


def _in_doubt(found: Pareto) -> str:
    """How many bars only suggestions make, where these were asked for."""
    number = int(found.suggested.value or 0) if found.suggested else 0
    if not number:
        return "No bar is only suggested."
    are = "is" if number == 1 else "are"
    return f"{number:,} of them {are} suggested: nobody has decided yet, and some may not be true."


def _sure(bar: Bar) -> str:
    """What stands behind the words of a bar that is only suggested."""
    if bar.is_confirmed:
        return ""
    if bar.decided < MANY:
        return _SUGGESTED
    return f" (suggested; {words.count(bar.decided, 'session')} confirmed)"


def _bars(title: str, unit: str, found: Pareto) -> Table:
    shown = found.bars[:MOST_BARS]
    longest = shown[0].value if shown else 0
    rows = []
    for place, bar in enumerate(shown, 1):
        together = f"{percent(bar.cumulative)} %"
        if place == found.line:
            together += " · the line"
        rows.append(
            (
                Cell(str(place)),
                Cell(f"{bar.text}{_sure(bar)}"),
                barred(bar.value, longest),
                Cell(together),
                Cell(f"{bar.everywhere:,}"),
                Cell(sessions_named(bar.sessions)),
            )
        )
    return Table(
        title,
        (
            Column("No."),
            text_column("Root cause"),
            Column(unit),
            Column("Together"),
            Column("Sessions in all"),
            text_column("Found in"),
        ),
        tuple(rows),
        left_out(len(found.bars) + found.rest - len(shown), "shared root cause"),
        named_by=1,
    )


def wounds_panel(report: ReviewReport) -> Panel:
    """Small sessions added up, beside the big ones."""
    found = report.wounds
    small, big, unsaid = (int(one.value or 0) for one in (found.small, found.big, found.unsaid))
    says = [
        f"{of_things(small, 'minor session').capitalize()} and "
        f"{of_things(big, 'major or critical session')}."
    ]
    kinds = (
        ("By root cause", "Root cause", found.by_cause),
        ("By site", "Site", found.by_site),
        ("By site and department", "Site and department", found.by_place),
        ("By customer group", "Channel they came by", found.by_group),
    )
    tables = tuple(_piles(title, what, piles, big) for title, what, piles in kinds if piles)
    if not tables:
        says.append("No two minor sessions have anything in common yet.")
    else:
        says += _guessed(len(found.without_customers.sessions))
        none = [title.removeprefix("By ") for title, _, piles in kinds if not piles]
        says += [f"No two minor sessions share their {name}." for name in none]
    if unsaid:
        says.append(f"{of_things(unsaid, 'session')} without a severity.")
    return Panel(
        "wounds",
        "Minor wounds",
        tuple(says),
        tables,
        (
            ("Minor wounds", found.about),
            *counted(found.small, found.big, found.unsaid, found.without_customers),
        ),
    )


def _guessed(number: int) -> list[str]:
    """What to say of weights that rest on so many sessions without a number of customers."""
    if not number:
        return []
    told = "1 does not" if number == 1 else f"{number:,} do not"
    counts = "it" if number == 1 else "each"
    return [f"Of these, {told} say how many customers; {counts} counts as one."]


def _piles(title: str, what: str, piles: Sequence[Pile], big: int) -> Table:
    shown = piles[:MOST_PILES]
    heaviest = max(pile.small_weight for pile in shown)
    rows = tuple(
        (
            Cell(pile.name if pile.is_confirmed else f"{pile.name}{_SUGGESTED}"),
            Cell(pile.small.text),
            barred(pile.small_weight, heaviest),
            Cell(f"{pile.outweighs:,} of {big:,}" if big else "none yet"),
            Cell(pile.big.text),
            Cell(f"{pile.big_weight:,}"),
            Cell(sessions_named(pile.small.sessions)),
        )
        for pile in shown
    )
    columns = (
        text_column(what),
        Column("Minor sessions"),
        Column("Weight together"),
        Column("Outweighs big sessions"),
        Column("Big sessions beside"),
        Column("Their weight"),
        text_column("Which ones"),
    )
    return Table(title, columns, rows, left_out(len(piles) - len(shown), "pile"))
