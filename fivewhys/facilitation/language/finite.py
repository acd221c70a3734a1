"""Choosing the finite verb of a clause among all the words that might be it."""

from collections.abc import Sequence
from typing import NamedTuple

from fivewhys.facilitation.language.around import (
    BREAKS,
    after_aside,
    joins_numbers,
    list_end,
    may_be_compound,
    opens_that_clause,
)
from fivewhys.facilitation.language.english import closed
from fivewhys.facilitation.language.phrases import (
    LOOSE,
    group_end,
    is_time_word,
    number_of,
    starts_phrase,
    word_before,
)
from fivewhys.facilitation.language.tags import Tag
from fivewhys.facilitation.language.tokens import Token
from fivewhys.facilitation.language.verbs import STRONG, fit_of, strength_of

_NOMINAL = frozenset(
    [Tag.NOUN, Tag.NAME, Tag.NUMBER, Tag.PRONOUN, Tag.QUOTE, Tag.THERE, Tag.GERUND, Tag.ASIDE]
)


class _Candidate(NamedTuple):
    at: int
    strength: int
    score: int


def finite_verb(  # noqa: PLR0912 - one walk over the words with its few states
    tokens: Sequence[Token], low: int, high: int, *, prepositions: bool = False
) -> tuple[int, bool] | None:
    """Where the finite verb is and whether that is certain.

    With `prepositions`, “after” opens no clause: “measures after the case were dropped”.
    """
    weak: list[_Candidate] = []
    strong: int | None = None
    listed = list_end(tokens, low, high)
    waiting = int(opens_that_clause(tokens, low, high))
    nominal = False
    opened = place = low
    while place < high:
        token = tokens[place]
        if token.tag is Tag.MARK and token.lower in BREAKS and not joins_numbers(tokens, place):
            after = (
                listed if place < listed
                else after_aside(tokens, place, high) if nominal and not weak
                else None
            )  # fmt: skip
            if after is None and (nominal or weak):
                break
            place = after or place + 1
            continue
        if token.tag is Tag.WH or (
            token.lower == "that"
            and nominal
            and place > low
            and tokens[place - 1].tag is not Tag.PREPOSITION
            and not (place + 1 < high and is_time_word(tokens[place + 1]))
            and not (place == low + 1 and Tag.GERUND in tokens[low].could_be)
        ):
            if place + 1 >= high or Tag.GERUND not in tokens[place + 1].could_be:
                waiting, opened = waiting + (nominal or place == low), place
            place += 1
            continue
        if weak and (
            token.lower == "than"
            or (token.lower == "as" and place + 1 < high and starts_phrase(tokens[place + 1]))
            or (token.tag is Tag.SUBORDINATOR and token.lower != "as")
        ):
            break
        if (
            token.tag is Tag.SUBORDINATOR
            and nominal
            and not weak
            and token.lower != "as"
            and not (prepositions and token.lower in closed.PREPOSITIONS)
            and not (place + 1 < high and tokens[place + 1].may(Tag.GERUND, Tag.PARTICIPLE))
        ):
            waiting += 1
        strength = strength_of(tokens, place, low)
        if strength >= STRONG and place == low and token.could_be <= {Tag.PRESENT}:
            strength = 0
            nominal = True
        if strength >= STRONG:
            if not waiting:
                strong = place
                break
            waiting -= 1
            place = group_end(tokens, place, high)
            nominal = True
            continue
        if strength:
            if waiting and (
                strength == 2
                or _before(tokens, place, low) in ("who", "which", "what", "whoever")
                or tokens[place - 1].tag is Tag.PRONOUN
                or tokens[place - 1].lower == "that"
                or _is_inner_verb(tokens, opened, place, high)
            ):
                waiting, opened = waiting - 1, place
            elif not waiting and nominal:
                score = fit_of(tokens, low, place, high, strength)
                if score is not None:
                    weak.append(_Candidate(place, strength, score))
        elif (
            place > low
            and nominal
            and (
                token.lower in closed.SUBJECT_PRONOUNS
                or (
                    token.lower in ("it", "you", "nobody", "everyone", "somebody", "someone")
                    and token.tag is Tag.PRONOUN
                    and tokens[place - 1].tag is Tag.NOUN
                )
                or (
                    token.lower in closed.ARTICLES
                    and place - 1 != opened
                    and _ends_phrase(tokens, low, place - 1)
                )
            )
            and tokens[place - 1].tag not in _OPENS_ITSELF
            and tokens[place - 1].lower != "that"
        ):
            waiting, opened = waiting + 1, place
        if token.tag in _NOMINAL or Tag.NOUN in token.could_be or token.tag is Tag.DETERMINER:
            nominal = True
        place += 1
    found = _choice(tokens, low, strong, weak)
    doubtful = found and (listed or may_be_compound(tokens, found[0], high))
    return (found[0], False) if found and doubtful else found


_OPENS_ITSELF = frozenset([Tag.COORDINATOR, Tag.PREPOSITION, Tag.WH, Tag.SUBORDINATOR])
"""After these a pronoun begins no further clause: “glues that harden when they meet were …”."""


def _before(tokens: Sequence[Token], at: int, low: int) -> str:
    before = word_before(tokens, at, low)
    return "" if before is None else before.lower


def _is_inner_verb(tokens: Sequence[Token], opened: int, at: int, high: int) -> bool:
    """Whether the verb of the main clause follows at once: “the list that the shift uses has …”."""
    after = at + 1
    while after < high and tokens[after].tag in LOOSE:
        after += 1
    if after >= high or opened + 1 >= at or strength_of(tokens, after, at + 1) < STRONG:
        return False
    number = number_of(tokens, opened + 1, at)
    token = tokens[at]
    return (
        token.may(Tag.PAST)
        or (token.may(Tag.PRESENT) and number == "singular")
        or (token.may(Tag.BASE) and number == "plural")
    )


def _ends_phrase(tokens: Sequence[Token], low: int, at: int) -> bool:
    """Whether a noun phrase ends at `at`, so that an article after it opens a clause about it."""
    return (
        tokens[at].tag is Tag.NOUN
        and Tag.GERUND not in tokens[at].could_be
        and not (at > low and tokens[at - 1].tag is Tag.WH)
        and tokens[at - 1].tag is not Tag.TO
        and tokens[low].tag is not Tag.TO
        and Tag.GERUND not in tokens[low].could_be
    )


def _choice(
    tokens: Sequence[Token], low: int, strong: int | None, weak: list[_Candidate]
) -> tuple[int, bool] | None:
    if strong is not None:
        takers = [
            one for one in weak
            if tokens[one.at].lemma in closed.CLAUSE_TAKERS
            and one.score >= 1
            and strong - one.at > 1
            and _takes_clause(tokens, one.at, strong)
        ]  # fmt: skip
        if takers:
            first = takers[0]
            return first.at, first.strength == 2 or tokens[first.at].nounness == 0
        sure = [one for one in weak if one.score >= 2 and _breaks_between(tokens, one.at, strong)]
        if sure:
            return sure[0].at, True
        doubts = any(
            (
                one.score >= 3
                and tokens[one.at].nounness < 2
                and Tag.PARTICIPLE not in tokens[one.at].could_be
            )
            or (
                one.score >= 0
                and tokens[one.at + 1].tag is Tag.COORDINATOR
                and starts_phrase(tokens[one.at + 2])
            )
            for one in weak
        )
        return strong, not doubts
    if not weak:
        return None
    best = max(weak, key=lambda one: (one.score, one.at))
    if best.score < 1:
        return None
    first = weak[0]
    if first is not best and first.score >= 1 and _breaks_between(tokens, first.at, best.at):
        return first.at, False
    after = tokens[best.at + 1] if best.at + 1 < len(tokens) else None
    if (
        tokens[best.at].nounness
        and Tag.PRESENT in tokens[best.at].could_be
        and after is not None
        and Tag.BASE in after.could_be
        and after.lemma in closed.INTRANSITIVE
        and after.lower != "last"
    ):
        return best.at, False  # “support calls double”
    later = [one for one in weak if one.at > best.at and one.strength == 2 and one.score >= 3]
    if later and Tag.PARTICIPLE in tokens[best.at].could_be:
        return later[-1].at, False
    rivals = [one.score for one in weak if one is not best and one.score >= 1]
    return best.at, best.score >= 2 and (not rivals or best.score - max(rivals) >= 1)


def _takes_clause(tokens: Sequence[Token], at: int, strong: int) -> bool:
    """Whether a clause can follow: “said on Monday it was”, but not “meant for Lyon went”."""
    return tokens[at + 1].tag is not Tag.PREPOSITION or any(
        starts_phrase(tokens[i]) for i in range(at + 2, strong)
    )


def _breaks_between(tokens: Sequence[Token], low: int, high: int) -> bool:
    """Whether “and” or the like stands between two finite verbs, so that both can be right."""
    return any(
        tokens[i].tag is Tag.COORDINATOR or tokens[i].lower in BREAKS for i in range(low + 1, high)
    )
