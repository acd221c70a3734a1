"""What a word is where its neighbours decide: “'s”, “'d”, names, a cash till, “no longer”."""

from collections.abc import Sequence
from dataclasses import replace

from fivewhys.facilitation.language.english import closed
from fivewhys.facilitation.language.tags import Tag
from fivewhys.facilitation.language.tokens import Token, settled_as


def settle(tokens: list[Token], starts: list[int]) -> None:
    """Change the tokens, in place, to what their neighbours decide; `starts` tells where each is.

    “its” for “it's” becomes two.
    """
    for at, token in enumerate(tokens):
        if not at or token.lower in _UNSETTLED or Tag.NAME in token.could_be:
            if token.lower == "its" and _is_it_is(tokens, at):
                tokens[at : at + 1] = _it_is(token.text)
                starts.insert(at + 1, starts[at] + 2)
            else:
                _settle(tokens, at)


_UNSETTLED = frozenset(["'s", "'d", "till", "there", "its", "no", "need", "dare", "up"])


_ROUGHLY = frozenset(["about", "around", "over", "under", "above", "below"])
"""What opens “about 30 parcels were lost” is no preposition."""


def _settle(tokens: list[Token], at: int) -> None:
    token = tokens[at]
    low = token.lower
    after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if low == "'s":
        tokens[at] = _apostrophe_s(tokens, at)
    elif low == "'d":
        had = _is_had(tokens, at)
        tokens[at] = replace(
            token, tag=Tag.AUXILIARY if had else Tag.MODAL, lemma="have" if had else "will"
        )
    elif (low == "no" and after == "longer") or (
        low == "up" and after == "to" and _is_number(tokens, at + 2)
    ):
        tokens[at] = _only(token, Tag.ADVERB)
        tokens[at + 1] = _only(tokens[at + 1], Tag.ADVERB)
    elif low in _ROUGHLY and at == 0 and (_is_number(tokens, 1) or after in ("one", "half")):
        tokens[at] = _only(token, Tag.ADVERB)
    elif low == "at" and at == 0 and after in ("least", "most") and _is_number(tokens, 2):
        tokens[0] = _only(token, Tag.ADVERB)
        tokens[1] = _only(tokens[1], Tag.ADVERB)
    elif at == 0 and token.text in ("Windows", "Teams") and _is_of_one(tokens, 1):
        tokens[0] = _only(token, Tag.NAME)
    elif low in ("need", "dare") and after == "n't":
        tokens[at] = _only(token, Tag.MODAL)
    elif token.tag is not Tag.NAME and (
        (token.may(Tag.NAME) and _is_name(tokens, at))
        or (at == 0 and token.text in ("May", "Will") and _follows_name(tokens, at + 1))
    ):
        tokens[at] = settled_as(token, Tag.NAME, low)
    elif low == "till" and _is_cash_till(tokens, at):
        tokens[at] = _only(token, Tag.NOUN)
    elif token.tag is Tag.THERE and not _stands_in(tokens, at):
        tokens[at] = _only(token, Tag.ADVERB)


def _is_of_one(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb for one thing is there, so that a plural before it is a name."""
    after = tokens[at] if at < len(tokens) else None
    return after is not None and (
        after.lower in ("is", "was", "has", "does") or after.may(Tag.PRESENT)
    )


def _is_number(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].tag is Tag.NUMBER


def _only(token: Token, tag: Tag) -> Token:
    return settled_as(token, tag, token.lemma)


def _it_is(its: str) -> tuple[Token, Token]:
    """“its” as the two words that it stands for."""
    return (
        Token(its[:2], "it", Tag.PRONOUN, "it", frozenset([Tag.PRONOUN]), 0),
        Token(its[2:], "'s", Tag.POSSESSIVE, "'s", frozenset([Tag.POSSESSIVE]), 0),
    )


def _is_had(tokens: Sequence[Token], at: int) -> bool:
    """Whether “'d” is had rather than would."""
    after = next(
        (t for t in tokens[at + 1 : at + 4] if t.tag not in (Tag.ADVERB, Tag.NEGATION)), None
    )
    return after is not None and (
        after.lower in ("been", "better", "had")
        or (after.may(Tag.PARTICIPLE) and not after.may(Tag.BASE))
    )


def _is_it_is(tokens: Sequence[Token], at: int) -> bool:
    """Whether “its” lacks an apostrophe: “its too slow”, but not “its very old pump”."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or (at and tokens[at - 1].tag not in (Tag.MARK, Tag.SUBORDINATOR)):
        return False
    if after.tag is Tag.ADVERB:
        return not _noun_follows(tokens, at + 1)
    return after.tag in (Tag.NEGATION, Tag.DETERMINER, Tag.PREPOSITION, Tag.PRONOUN)


def _follows_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word at `at` shows that “May” or “Will” before it is somebody."""
    after = tokens[at] if at < len(tokens) else None
    return after is not None and (
        after.may(Tag.PAST)
        or after.tag is Tag.MODAL
        or after.lower in ("is", "was", "has", "had", "does", "did", "'s", "and", "never", "always")
    )


def _stands_in(tokens: Sequence[Token], at: int) -> bool:
    after = next(
        (t for t in tokens[at + 1 : at + 3] if t.tag not in (Tag.ADVERB, Tag.NEGATION)), None
    )
    return after is not None and (
        after.lower in closed.BE_FINITE
        or after.tag is Tag.MODAL
        or after.lower in ("'s", "'re", "has", "have", "had", "'ll")
        or (
            after.lemma in ("use", "come", "seem", "appear", "exist", "remain", "follow", "happen")
            and not after.may(Tag.GERUND)
            and (at == 0 or tokens[at - 1].tag in (Tag.MARK, Tag.SUBORDINATOR, Tag.COORDINATOR))
        )
    )


def _is_cash_till(tokens: Sequence[Token], at: int) -> bool:
    before = tokens[at - 1] if at else None
    return before is None or before.tag in (
        Tag.DETERMINER,
        Tag.ADJECTIVE,
        Tag.PREPOSITION,
        Tag.NUMBER,
    )


def _is_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether a capitalised word that could be ordinary is a name here."""
    token = tokens[at]
    if token.lower not in closed.COMMON_NAMES:
        return token.text[:1].isupper() and at > 0 and tokens[at - 1].tag is not Tag.MARK
    if at + 1 >= len(tokens):
        return False
    after = tokens[at + 1]
    if at and token.text[:1].isupper() and tokens[at - 1].tag is not Tag.MARK:
        return True
    return (
        after.tag
        in (Tag.AUXILIARY, Tag.MODAL, Tag.POSSESSIVE, Tag.NAME, Tag.ADVERB, Tag.COORDINATOR)
        or after.lower == "'s"
        or after.may(Tag.PRESENT, Tag.PAST)
    )


def _apostrophe_s(tokens: Sequence[Token], at: int) -> Token:
    """“'s” as a possessive, as is, or as has."""
    token = tokens[at]
    before = tokens[at - 1] if at else None
    place = at + 1
    while place < len(tokens) and tokens[place].tag in (Tag.ADVERB, Tag.NEGATION):
        place += 1
    after = tokens[place] if place < len(tokens) else None
    if before is not None and before.lemma in closed.TIME_NOUNS:
        return token  # “last year's pricing”
    pronoun = before is not None and (
        before.lower
        in ("it", "he", "she", "that", "there", "here", "what", "who", "where", "this", "how")
    )
    adverb = place > at + 1 and tokens[at + 1].lower not in ("well", "right", "wrong")
    verbal = pronoun or (
        after is not None
        and not _verb_follows(tokens, at + 1)
        and (
            (before is not None and before.lower in _ANYBODY)
            or not any(one.may(Tag.PAST, Tag.MODAL, Tag.AUXILIARY) for one in tokens[:at])
        )
        and (
            after.lower in ("been", "got", "had")
            or after.tag in (Tag.DETERMINER, Tag.PREPOSITION)
            or (
                after.tag is Tag.GERUND
                and not after.may(Tag.ADJECTIVE)
                and not _noun_follows(tokens, place)
            )
            or (adverb and not _noun_follows(tokens, place))
            or (
                after.tag in (Tag.ADJECTIVE, Tag.PARTICIPLE, Tag.PAST)
                and not _noun_follows(tokens, place)
            )
        )
    )
    if after is None and place > at + 1:
        verbal = True
    if not verbal or (after is None and place == at + 1 and not pronoun):
        return token
    perfect = after is not None and (
        after.lower in ("been", "got", "had")
        or (after.may(Tag.PARTICIPLE) and _object_follows(tokens, place))
    )
    return settled_as(token, Tag.AUXILIARY, "have" if perfect else "be")


_ANYBODY = frozenset(["nobody", "one", "everyone", "everybody", "someone", "somebody", "anyone"])


def _verb_follows(tokens: Sequence[Token], low: int) -> bool:
    """Whether an auxiliary follows in the same clause, so that “'s” is none."""
    for token in tokens[low:]:
        if token.tag in (Tag.AUXILIARY, Tag.MODAL):
            return token.lower not in ("been", "being", "having", "be")
        if (
            token.tag in (Tag.MARK, Tag.WH, Tag.SUBORDINATOR, Tag.COORDINATOR)
            or token.lower == "that"
        ):
            return False
        if token.tag is Tag.PRONOUN and token.lower in closed.SUBJECT_PRONOUNS:
            return False
    return False


def _object_follows(tokens: Sequence[Token], place: int) -> bool:
    """Whether the participle at `place` has an object, so that “'s” before it is has."""
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    return after is not None and (
        after.lower in closed.ARTICLES or after.lower in closed.OBJECT_PRONOUNS
    )


def _noun_follows(tokens: Sequence[Token], place: int) -> bool:
    """Whether a noun comes straight after the modifiers that begin at `place`."""
    for at in range(place + 1, min(len(tokens), place + 4)):
        token = tokens[at]
        if token.may(Tag.NOUN, Tag.NAME):
            return True
        if token.tag not in (Tag.ADJECTIVE, Tag.ADVERB, Tag.NUMBER):
            return False
    return False
