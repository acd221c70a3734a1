"""Minor wounds: small sessions added up by cause, place and customer group, beside the big ones.

One small mishap is nothing; many on the same customers, place or cause end a relationship.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import numpy as np

from fivewhys.models.words import Severity
from fivewhys.review.columns import SEVERITIES, UNKNOWN, Column, Sessions, in_groups, many
from fivewhys.review.figure import Figure, count
from fivewhys.review.shared import Roots

MANY = 2
"""So many small sessions at least are added up: one is nothing."""

MOST = 100
"""Piles of each kind that are told, those that weigh most."""

SMALL = Severity.MINOR
BIG = (Severity.MAJOR, Severity.CRITICAL)

ABOUT = (
    "Minor sessions that have something in common, added up: two or more with the same root cause, "
    "at the same site, at the same site about the same department, or with the same group of "
    "customers. A group is those who came by the same channel, the one thing that sessions record "
    "of them. A pile weighs the customers hit, one where nobody says how many, so that it can be "
    "held against one big session: major counts 9 for each customer, critical 27."
)
ABOUT_SMALL = "Sessions asked about whose severity is minor."
ABOUT_BIG = "Sessions asked about whose severity is major or critical."
ABOUT_UNSAID = "Sessions asked about that say no severity: they are in no pile."
ABOUT_WITHOUT = (
    "Minor, major and critical sessions asked about whose facts do not say how many customers were "
    "hit; each counts as one customer."
)
ABOUT_WEIGHT = (
    "Severity times customers, added up over these sessions; one that does not say how many "
    "customers were hit counts as one."
)
ABOUT_OUTWEIGHS = (
    "Major and critical sessions asked about, each of which weighs less than these minor ones "
    "together."
)
ABOUT_PILE = "Minor sessions with the same {what}."
ABOUT_BESIDE = "Major and critical sessions with the same {what}."


@dataclass(frozen=True, slots=True)
class Pile:
    """Small sessions with something in common, and the big ones with the same beside them."""

    name: str
    key: UUID | None
    """Of a root cause: the one that was found first."""
    small: Figure
    big: Figure
    small_weight: int
    big_weight: int
    outweighs: int
    """How many single big sessions, of all that are asked about, weigh less than this pile."""
    outweighed: Sequence[int]
    """The numbers of these sessions, in order."""
    is_confirmed: bool = True
    """False where only suggestions make its sessions have the root cause in common."""


@dataclass(frozen=True, slots=True)
class Wounds:
    """The piles, the heaviest first."""

    by_cause: tuple[Pile, ...]
    by_site: tuple[Pile, ...]
    by_place: tuple[Pile, ...]
    """By site and department together, where a session names both."""
    by_group: tuple[Pile, ...]
    small: Figure
    big: Figure
    unsaid: Figure
    without_customers: Figure
    """Of small and big sessions together, those whose weight is a guess."""
    about: str

    def with_texts(self, texts: Mapping[UUID, str]) -> "Wounds":
        """The same with the words of its causes."""
        named = (replace(pile, name=texts.get(pile.key, "")) for pile in self.by_cause if pile.key)
        return replace(self, by_cause=tuple(named))


def wounds(sessions: Sessions, asked: Column, roots: Roots) -> Wounds:
    """The piles of small sessions among those `asked` about; `roots` are of the whole history.

    The names of causes are empty: `Wounds.with_texts` fills them.
    """
    severity = sessions["severity"]
    small = asked & (severity == SEVERITIES.index(SMALL))
    big = asked & np.isin(severity, [SEVERITIES.index(one) for one in BIG])
    lightest = np.flatnonzero(big)
    lightest = lightest[np.argsort(sessions.weight[lightest], kind="stable")]
    pairs = _Pairs(sessions, small, big, lightest, sessions.weight[lightest])
    names = np.array([*sessions.names, ""], object)
    filled = np.array([bool(name) for name in sessions.names], bool)
    site, department, channel = (sessions[name] for name in ("site", "department", "channel"))
    everyone = np.arange(len(sessions))
    has_site = filled[site]
    has_both = has_site & filled[department]
    place = site.astype(np.int64) * len(names) + department
    places, of_place = np.unique(place[has_both], return_inverse=True)
    first = roots.first
    return Wounds(
        by_cause=pairs.piles(
            *roots.pairs(),
            "root cause",
            lambda group: UUID(bytes=roots.key[first[group]].tobytes()),
            roots.is_confirmed,
        ),
        by_site=pairs.piles(site[has_site], everyone[has_site], "site", names.__getitem__),
        by_place=pairs.piles(
            of_place.reshape(-1),
            everyone[has_both],
            "site and department",
            lambda group: " · ".join(names[list(divmod(int(places[group]), len(names)))]),
        ),
        by_group=pairs.piles(
            channel[filled[channel]], everyone[filled[channel]], "channel", names.__getitem__
        ),
        small=count("small", "Minor sessions", sessions.behind(small), ABOUT_SMALL),
        big=count("big", "Major and critical sessions", sessions.behind(big), ABOUT_BIG),
        unsaid=count(
            "unsaid",
            "Sessions without a severity",
            sessions.behind(asked & (severity == UNKNOWN)),
            ABOUT_UNSAID,
        ),
        without_customers=count(
            "without_customers",
            "Sessions that do not say how many customers",
            sessions.behind((small | big) & (sessions["customers"] == UNKNOWN)),
            ABOUT_WITHOUT,
        ),
        about=ABOUT,
    )


@dataclass(frozen=True, slots=True)
class _Pairs:
    """The sessions that piles are made of."""

    sessions: Sessions
    small: Column
    big: Column
    lightest: Column
    """The places of the big ones, the lightest first."""
    scale: Column
    """Their weights."""

    def piles(
        self,
        group: Column,
        session: Column,
        what: str,
        name: Callable[[int], str | UUID],
        is_confirmed: Column | None = None,
    ) -> tuple[Pile, ...]:
        """Those of groups of sessions, told by what each group is called; of a cause by its key.

        `is_confirmed` says it of each group; of all groups, where it is left out.
        """
        length = int(group.max()) + 1 if len(group) else 0
        counts, weights, behind = [], [], []
        for which in (self.small, self.big):
            here = which[session]
            of, held = group[here], session[here]
            counts.append(many(of, length))
            # Whole numbers below 2**53 are added up exactly.
            weight = np.bincount(of, self.sessions.weight[held], length)
            weights.append(weight.astype(np.int64))
            behind.append(in_groups(self.sessions, of, held))
        found = np.flatnonzero(counts[0] >= MANY)
        # Names decide among the equal only; all that may be among the first are named.
        heavy = np.lexsort((-counts[0][found], -weights[0][found]))
        found = found[heavy]
        if len(found) > MOST:
            last = found[MOST - 1]
            ties = (weights[0][found] == weights[0][last]) & (counts[0][found] == counts[0][last])
            found = found[: max(MOST, int(np.flatnonzero(ties)[-1]) + 1)]
        named = sorted(
            (-int(weights[0][one]), -int(counts[0][one]), str(called), one, called)
            for one, called in ((one, name(one)) for one in found.tolist())
        )
        lighter = {
            one: int(np.searchsorted(self.scale, weights[0][one])) for *_, one, _ in named[:MOST]
        }
        return tuple(
            Pile(
                name=called if isinstance(called, str) else "",
                key=called if isinstance(called, UUID) else None,
                small=count(
                    "small", "Minor sessions", behind[0](one), ABOUT_PILE.format(what=what)
                ),
                big=count(
                    "big",
                    "Big sessions beside them",
                    behind[1](one),
                    ABOUT_BESIDE.format(what=what),
                ),
                small_weight=int(weights[0][one]),
                big_weight=int(weights[1][one]),
                outweighs=lighter[one],
                outweighed=self.sessions.behind(self.lightest[: lighter[one]]),
                is_confirmed=is_confirmed is None or bool(is_confirmed[one]),
            )
            for _, _, _, one, called in named[:MOST]
        )
