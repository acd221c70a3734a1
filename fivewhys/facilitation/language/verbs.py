"""How well one word of a clause fits as its finite verb.

English does not mark it: “test”, “runs” and “left” may be nouns, verbs or adjectives, so the words
around decide. The numbers are weights tuned on some thousand real answers; only their order counts.
"""

from collections.abc import Sequence

from fivewhys.facilitation.language.english import closed
from fivewhys.facilitation.language.phrases import (
    AMOUNTS,
    PHRASE_OPENERS,
    has_object,
    is_time_word,
    next_place,
    number_of,
    word_before,
)
from fivewhys.facilitation.language.tags import Tag
from fivewhys.facilitation.language.tokens import Token, is_plural

STRONG = 3
"""The strength of a word that can hardly be anything but a finite verb."""


_FINITE_FORMS = frozenset([Tag.BASE, Tag.PRESENT, Tag.PAST])


_OBJECT_START = frozenset(
    [Tag.DETERMINER, Tag.PRONOUN, Tag.NAME, Tag.NUMBER, Tag.QUOTE, Tag.TO, Tag.WH]
)


def strength_of(  # noqa: PLR0912 - the signs for and against, one after another
    tokens: Sequence[Token], at: int, low: int
) -> int:
    """How surely `tokens[at]` is a finite verb where it stands: 0 not at all, 3 hardly else."""
    token = tokens[at]
    helps = token.tag is Tag.MODAL or token.tag is Tag.AUXILIARY
    if not helps and (token.tag is Tag.NAME or _FINITE_FORMS.isdisjoint(token.could_be)):
        return 0
    before = word_before(tokens, at, low)
    if token.tag is Tag.MODAL:
        if before is not None and (before.lower in closed.ARTICLES or before.tag is Tag.TO):
            return 0
        return STRONG
    if token.tag is Tag.AUXILIARY:
        finite = (
            token.lower in closed.BE_FINITE
            or token.lower in closed.HAVE_FINITE
            or (token.lower in closed.DO_FINITE or token.lower in ("'s", "'re", "'m", "'ve", "'d"))
        )
        if not finite or (before is not None and before.tag in (Tag.MODAL, Tag.TO)):
            return 0
        if before is not None and before.lemma == "do" and before.tag is Tag.AUXILIARY:
            return 0
        return STRONG
    if before is not None:
        if before.tag in (Tag.TO, Tag.MODAL, Tag.AUXILIARY) or before.lower in closed.ARTICLES:
            loose = before.lemma == "be" and token.could_be <= {Tag.PRESENT}
            return STRONG if loose else 0  # “the box in which it is goes astray”
        if before.tag is Tag.POSSESSIVE or before.lower in closed.STRICT_PREPOSITIONS:
            return 0
        if before.tag is Tag.PREPOSITION and (
            before.lower not in closed.PARTICLES or token.nounness == 2
        ):
            return 0
        if before.lower in ("this", "that") and token.could_be <= _NO_SINGULAR:
            relative = before.lower == "that" and at - 2 >= low and tokens[at - 2].may(Tag.NOUN)
            if not relative:
                return 0  # “this model stays off”
        if (
            before.lower in closed.SUBJECT_PRONOUNS
            or before.lower in PERSONS
            or before.tag is Tag.THERE
        ):
            return STRONG
        if before.lower == "one" and at - 2 >= low and tokens[at - 2].lower == "no":
            return STRONG
        relative = before.lower == "that" and at - 2 >= low and tokens[at - 2].may(Tag.NOUN)
        if before.lower in ("this", "that") and token.may(Tag.BASE, Tag.NOUN) and not relative:
            return 0
        if before.tag is Tag.DETERMINER and before.lower in (
            "no",
            "some",
            "any",
            "enough",
            "more",
            "less",
        ):
            return 0
        if before.lemma == "get" and before.may(Tag.PAST, Tag.BASE):
            return 0
        counted = before.tag is Tag.NUMBER and Tag.PRESENT in token.could_be
        if counted and token.lemma != "get" and _counts(tokens, at - 1):
            return 0  # “two greases”, but “line 2 leaks”
        if before.tag is Tag.ADJECTIVE and token.could_be <= {Tag.PRESENT}:
            return 1
    if token.lemma == "get" or token.could_be <= {Tag.PRESENT} or token.could_be <= {Tag.PAST}:
        return STRONG
    if token.could_be <= {Tag.BASE}:
        return 2
    if token.may(Tag.PAST) and not token.may(Tag.NOUN, Tag.ADJECTIVE):
        return 2
    return 1


_NO_SINGULAR = frozenset([Tag.BASE, Tag.NOUN, Tag.ADJECTIVE])
"""What a word can be that is no verb after “this”, where a verb has its -s or is past."""


def _counts(tokens: Sequence[Token], at: int) -> bool:
    """Whether the number at `at` tells how many, not which one, a price or a share of all."""
    number = tokens[at].lower
    if not number.replace(",", "").isalnum() or number in ("one", "1"):
        return False
    return not at or not (tokens[at - 1].may(Tag.NOUN, Tag.NAME) or tokens[at - 1].lower == "in")


PERSONS = frozenset(
    [
        "nobody",
        "everyone",
        "everybody",
        "someone",
        "somebody",
        "anyone",
        "anybody",
        "nothing",
        "everything",
        "something",
        "it",
        "you",
        "this",
    ]
)


_DONE_TO = frozenset(["stick", "lose", "fill", "rush"])
"""Verbs that stand alone but tell, after a bare noun, what was done to it: “form lost”."""


def fit_of(  # noqa: PLR0912 - the signs for and against, one after another
    tokens: Sequence[Token], low: int, at: int, high: int, strength: int
) -> int | None:
    """How well a word fits as the finite verb; None where it cannot be."""
    token = tokens[at]
    before = word_before(tokens, at, low)
    if before is None:
        return None
    number = number_of(tokens, low, at)
    only_base = token.may(Tag.BASE) and not token.may(Tag.PAST)
    if only_base and number == "singular":
        return None
    if token.may(Tag.PRESENT) and number == "plural":
        return None
    if token.may(Tag.PARTICIPLE) and at > low and tokens[at - 1].lower == "not":
        return None
    if (
        at == low + 1
        and tokens[low].may(Tag.GERUND)
        and token.nounness == 2
        and (at + 1 == high or tokens[at + 1].tag is Tag.PREPOSITION)
    ):
        return None  # “missing screws in the kit”
    if only_base and tokens[low].lower in ("fewer", "more", "most") and number == "plural":
        return 1  # “fewer people work on Sundays”
    if at == low + 1 and tokens[low].tag is Tag.NUMBER and token.may(Tag.ADJECTIVE):
        return None  # “three open tickets”
    if _is_counted(tokens, at, high, before):
        return None
    if (
        tokens[low].lower in AMOUNTS
        and (token.nounness == 2 or (token.nounness and at + 1 == high))
        and not _asks_of_one(tokens, low, at, high)
    ):
        return None
    score = 2 - 2 * token.nounness + strength + (tokens[low].lower in PHRASE_OPENERS)
    score += 3 * _is_one_thing(tokens, low, at, high)
    if tokens[at - 1].tag is Tag.ADVERB and token.nounness:
        score += 2
    if token.may(Tag.ADJECTIVE):
        score -= 1 if token.may(Tag.PAST) else 3
    before_plural = (
        before.tag is Tag.NOUN
        and before is tokens[at - 1]
        and is_plural(before)
        and before.lower not in closed.PLURAL_MODIFIERS
    )
    sure_plural = not before.may(Tag.PRESENT) or (
        at == low + 2 and tokens[low].lower in closed.ARTICLES
    )
    if before_plural and only_base and sure_plural:
        score += 2
    if before.tag is Tag.ADJECTIVE and not before.may(Tag.NOUN) and not tokens[low].may(Tag.GERUND):
        score -= 2
    next_at = next_place(tokens, at + 1, high)
    if next_at >= high and next_at > at + 1 and tokens[at + 1].lower in closed.PARTICLES:
        if token.lower == "left" and tokens[low].lower not in PHRASE_OPENERS:
            return None  # “flag left on”
        return score + 3
    follower = tokens[next_at] if next_at < high else None
    stands_alone = token.lemma in closed.INTRANSITIVE
    if token.may(Tag.PARTICIPLE) and not has_object(tokens, next_at, high):
        if tokens[low].lower in AMOUNTS and follower is None and token.lemma in _HAPPEN:
            return 1  # “no alarm fired”
        if tokens[low].lower in AMOUNTS or (follower is not None and follower.lower == "by"):
            return None
        if not stands_alone and token.lemma not in closed.CLAUSE_TAKERS:
            # “The tank ignited” may be a sentence; “tank emptied at noon” is a shortened passive.
            return 1 if tokens[low].lower in PHRASE_OPENERS or tokens[low].tag is Tag.NAME else None
        bare = tokens[low].tag in (Tag.NOUN, Tag.ADJECTIVE) and number == "singular"
        if bare and token.lemma not in closed.NEVER_PASSIVE:
            stays = follower is not None and follower.may(Tag.ADJECTIVE)
            left = stays and token.lemma in ("leave", "keep", "wedge")
            return None if left or token.lemma in _DONE_TO else 1
        score -= 0 if tokens[low].tag is Tag.DETERMINER else 1
    if not token.known:
        return 1
    if next_at > at + 1 and tokens[at + 1].lower in closed.PARTICLES:
        return score + 3
    if follower is None or (
        follower.tag in (Tag.MARK, Tag.COORDINATOR, Tag.SUBORDINATOR)
        and follower.lower != "whether"
    ):
        return score + (2 if stands_alone else -1)
    if follower.tag in _OBJECT_START or follower.lower in ("that", "whether"):
        return score + 3
    if follower.may(Tag.GERUND) and token.lemma in closed.GERUND_TAKERS:
        return score + 2
    if follower.tag is Tag.PREPOSITION or next_at > at + 1:
        return score + (2 if stands_alone or follower.lower in closed.PARTICLES else 0)
    if follower.tag is Tag.NOUN and is_plural(follower):
        return score + (1 if follower.may(Tag.PRESENT) else 2)
    if follower.tag is Tag.ADJECTIVE:
        return score + 1
    if follower.tag in (Tag.NOUN, Tag.GERUND) and token.nounness == 0:
        return score + 1
    if (
        token.may(Tag.PRESENT)
        and token.lower not in closed.PLURAL_MODIFIERS
        and follower.tag is Tag.NOUN
    ):
        # Plurals seldom stand before another noun: “the scheme rewards volume”.
        return score + 1
    return score - 1


_HAPPEN = closed.NEVER_PASSIVE | {"fire", "sound"}


def _is_counted(tokens: Sequence[Token], at: int, high: int, before: Token) -> bool:
    """Whether the word only describes: “too many open tickets”, “each of 6 spawned workers”."""
    if before.lower in ("many", "few", "much"):
        return tokens[at].may(Tag.ADJECTIVE)
    return (
        before.tag is Tag.NUMBER
        and tokens[at].may(Tag.PARTICIPLE)
        and at + 1 < high
        and tokens[at - 2].lower == "of"
        and tokens[at + 1].may(Tag.NOUN)
    )


def _is_one_thing(tokens: Sequence[Token], low: int, at: int, high: int) -> bool:
    """Whether a form in -s after “this display” can only be its verb."""
    return (
        at == low + 2
        and tokens[low].lower in ("this", "that", "another")
        and tokens[at].may(Tag.PRESENT)
        and not is_time_word(tokens[low + 1])
        and not (at + 1 < high and tokens[at + 1].tag is Tag.NOUN)
    )


def _asks_of_one(tokens: Sequence[Token], low: int, at: int, high: int) -> bool:
    """Whether a clause follows a form in -s after one thing: “no host checks what it needs”."""
    return (
        at > low + 1
        and at + 1 < high
        and tokens[at].may(Tag.PRESENT)
        and tokens[at - 1].may(Tag.NOUN)
        and (tokens[at + 1].tag is Tag.WH or tokens[at + 1].lower in ("that", "whether"))
    )
