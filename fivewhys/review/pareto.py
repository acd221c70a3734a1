"""Pareto: the few root causes that most of what keeps coming back goes back to."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

import numpy as np

from fivewhys.review.columns import UNKNOWN, Column, Sessions, among, in_groups, many
from fivewhys.review.figure import Figure, count, share
from fivewhys.review.shared import Roots

LINE = 0.8
"""Where the line falls: the share that the vital few make up (J. Juran)."""

MOST = 200
"""Bars that are made; what comes after them is added up."""


class Basis(StrEnum):
    """What the length of a bar is."""

    SESSIONS = "sessions"
    WEIGHT = "weight"
    """The severity of each session times the customers it hit."""


ABOUT = {
    Basis.SESSIONS: (
        "Each bar is a root cause that was found in two or more sessions: people said that it is "
        "the same, or it is in equal words. Its length is in how many sessions asked about it was "
        "root. The line falls where the longest bars together make 80 % of all bars. A session "
        "with two such roots counts at both."
    ),
    Basis.WEIGHT: (
        "Each bar is a root cause that was found in two or more sessions: people said that it is "
        "the same, or it is in equal words. Its length adds up, over the sessions asked about in "
        "which it was root, the severity (minor 1, moderate 3, major 9, critical 27, not said 3) "
        "times the customers hit; where nobody says how many, one. The line falls where the "
        "longest bars together make 80 % of all bars."
    ),
}
ABOUT_SUGGESTED = (
    "Bars that also join root causes which only the program finds alike: nobody has said yet that "
    "they are the same, and some may not be. Such a bar is marked as suggested. Without the "
    "suggestions its parts are bars of their own, or none where they were found once."
)
ABOUT_ALIKE = (
    "Suggestions count too: causes that only the program finds alike are taken for the same, and "
    "bars that hang on it are marked."
)
ABOUT_ROOTS = (
    "Of all different root causes of the sessions asked about, those that were root in two or more "
    "sessions, asked about or not."
)
ABOUT_UNSAID = (
    "Sessions with a root cause whose facts do not say how many customers were hit; each counts as "
    "one customer."
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One shared root cause."""

    key: UUID
    """The one that was found first, asked about or not: it names them all, as in the patterns."""
    text: str
    value: int
    share: float
    """Of all bars, 0 to 1."""
    cumulative: float
    """The share of this bar and all before it."""
    is_vital: bool
    """Whether it is among the few that reach the line."""
    sessions: Sequence[int]
    """The sessions asked about in which it was root."""
    everywhere: int
    """In how many sessions it was root, asked about or not."""
    is_confirmed: bool
    """Whether decisions and equal words alone make it; else suggestions join its parts."""
    parts: int = 1
    """How many parts there would be of those asked about without the suggestions."""
    decided: int = 0
    """In how many sessions asked about the largest of these parts was root."""


@dataclass(frozen=True, slots=True)
class Pareto:
    """The shared root causes, the longest bar first."""

    basis: Basis
    bars: tuple[Bar, ...]
    rest: int
    """Shared root causes that have no bar here, as they come after `MOST` others."""
    total: int
    """All bars together, also those after `MOST`."""
    line: int
    """How many bars it takes to reach 80 %; 0 where there are none."""
    recurring: Figure
    """Which share of the different root causes came more than once."""
    unsaid: Figure
    """Where bars are weights: sessions that do not say how many customers they hit."""
    suggested: Figure | None
    """How many of the bars are suggested; None where no suggestions were asked for."""
    about: str

    def with_texts(self, texts: Mapping[UUID, str]) -> "Pareto":
        """The same with the words of its causes."""
        return replace(
            self, bars=tuple(replace(bar, text=texts.get(bar.key, "")) for bar in self.bars)
        )


def pareto(
    sessions: Sessions,
    asked: Column,
    roots: Roots,
    basis: Basis = Basis.SESSIONS,
    *,
    with_suggested: bool = False,
) -> Pareto:
    """The shared root causes of the sessions `asked` about; `roots` are of the whole history.

    `with_suggested` says that suggestions were asked for, whether or not they joined anything.
    Of equal bars the one that was found in more sessions everywhere comes first, then the one that
    was found last. The texts are empty: `Pareto.with_texts` fills them.
    """
    group, session = roots.pairs()
    here = asked[session]
    everywhere = many(group, roots.groups)
    length = many(group, roots.groups, here)
    if basis is Basis.WEIGHT:
        # Whole numbers below 2**53 are added up exactly.
        weight = sessions.weight[session[here]]
        value = np.bincount(group[here], weight, roots.groups).astype(np.int64)
    else:
        value = length
    found = np.flatnonzero((length > 0) & (everywhere > 1))
    last = roots.last[found]
    high, low = roots.key[last].view(">u8").reshape(-1, 2).T
    order = found[np.lexsort((low, high, roots.at[last], everywhere[found], value[found]))[::-1]]
    values = value[order].tolist()
    total = sum(values)
    line = _line(values, total)
    bars, sum_so_far = [], 0
    first = roots.first
    behind = in_groups(sessions, group[here], session[here])
    for place, one in enumerate(order[:MOST].tolist()):
        sum_so_far += values[place]
        parts, decided = _parts(roots, asked, one)
        bars.append(
            Bar(
                key=UUID(bytes=roots.key[first[one]].tobytes()),
                text="",
                value=values[place],
                share=values[place] / total,
                cumulative=sum_so_far / total,
                is_vital=place < line,
                sessions=behind(one),
                everywhere=int(everywhere[one]),
                is_confirmed=bool(roots.is_confirmed[one]),
                parts=parts,
                decided=decided,
            )
        )
    is_found = among(roots.groups, found)
    again = among(len(sessions), session[here & is_found[group]])
    recurring = share(
        "recurring",
        "Root causes that came more than once",
        len(found),
        int(np.count_nonzero(length)),
        ABOUT_ROOTS,
        sessions.behind(again),
    )
    missing = among(len(sessions), session[here]) & (sessions["customers"] == UNKNOWN)
    missing &= basis is Basis.WEIGHT
    is_suggested = is_found.copy()
    is_suggested[found] = ~roots.is_confirmed[found]
    in_doubt = among(len(sessions), session[here & is_suggested[group]])
    return Pareto(
        basis=basis,
        bars=tuple(bars),
        rest=max(len(found) - MOST, 0),
        total=total,
        line=line,
        recurring=recurring,
        unsaid=count(
            "unsaid",
            "Sessions that do not say how many customers",
            sessions.behind(missing),
            ABOUT_UNSAID,
        ),
        suggested=count(
            "suggested",
            "Bars that are suggested",
            sessions.behind(in_doubt),
            ABOUT_SUGGESTED,
            int(np.count_nonzero(is_suggested)),
        )
        if with_suggested
        else None,
        about=f"{ABOUT[basis]} {ABOUT_ALIKE}" if with_suggested else ABOUT[basis],
    )


def _parts(roots: Roots, asked: Column, group: int) -> tuple[int, int]:
    """How many parts of a group are asked about, and in how many sessions the largest is."""
    of_group = slice(*np.searchsorted(roots.group, (group, group + 1)))
    here = asked[roots.session[of_group]]
    part, session = roots.part[of_group][here], roots.session[of_group][here]
    pairs = set(zip(part.tolist(), session.tolist(), strict=True))
    each = Counter(one for one, _ in pairs)
    return len(each), max(each.values())


def _line(values: list[int], total: int) -> int:
    """How many of the longest bars reach the line."""
    reached = 0
    for place, value in enumerate(values, 1):
        reached += value
        # Whole numbers: 0.8 times a total is not always what it says.
        if 10 * reached >= 8 * total:
            return place
    return 0
