"""What a word is, as far as its neighbours decide: “'s”, “'d”, names, a cash till."""

from collections.abc import Sequence

from fivewhys.facilitation.language.english import closed
from fivewhys.facilitation.language.reading import Clause
from fivewhys.facilitation.language.tags import Tag
from fivewhys.facilitation.language.tokens import Token


def settled(tokens: list[Token]) -> list[Token]:
    """The tokens with what their neighbours decide: 's, 'd, names, that, adverbs."""
    for at, token in enumerate(tokens):
        if token.lower == "'s":
            tokens[at] = _apostrophe_s(tokens, at)
        elif token.lower == "'d":
            after = next(
                (t for t in tokens[at + 1 : at + 4] if t.tag not in (Tag.ADVERB, Tag.NEGATION)),
                None,
            )
            had = after is not None and (
                after.lower in ("been", "better", "had")
                or (after.may(Tag.PARTICIPLE) and not after.may(Tag.BASE))
            )
            tokens[at] = token._replace(
                tag=Tag.AUXILIARY if had else Tag.MODAL, lemma="have" if had else "will"
            )
        elif token.may(Tag.NAME) and token.tag is not Tag.NAME and _is_name(tokens, at):
            tokens[at] = token._replace(
                tag=Tag.NAME, could_be=frozenset([Tag.NAME]), lemma=token.lower
            )
        elif (
            at == 0
            and token.text in ("May", "Will")
            and len(tokens) > 1
            and tokens[1].may(Tag.PAST)
        ):
            names = frozenset([Tag.NAME])
            tokens[at] = token._replace(tag=Tag.NAME, could_be=names, lemma=token.lower)
        elif token.lower == "till" and _is_cash_till(tokens, at):
            tokens[at] = token._replace(tag=Tag.NOUN, could_be=frozenset([Tag.NOUN]))
        elif token.tag is Tag.THERE and not _stands_in(tokens, at):
            tokens[at] = token._replace(tag=Tag.ADVERB, could_be=frozenset([Tag.ADVERB]))
    return tokens


def _stands_in(tokens: Sequence[Token], at: int) -> bool:
    after = next(
        (t for t in tokens[at + 1 : at + 3] if t.tag not in (Tag.ADVERB, Tag.NEGATION)), None
    )
    return after is not None and (
        after.lower in closed.BE_FINITE
        or after.tag is Tag.MODAL
        or after.lower in ("'s", "'re", "has", "have", "had", "'ll")
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
        and not any(earlier.may(Tag.PAST, Tag.MODAL, Tag.AUXILIARY) for earlier in tokens[:at])
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
    perfect = after is not None and after.lower in ("been", "got", "had")
    return token._replace(
        tag=Tag.AUXILIARY, lemma="have" if perfect else "be", could_be=frozenset([Tag.AUXILIARY])
    )


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


def _noun_follows(tokens: Sequence[Token], place: int) -> bool:
    """Whether a noun comes straight after the modifiers that begin at `place`."""
    for at in range(place + 1, min(len(tokens), place + 4)):
        token = tokens[at]
        if token.may(Tag.NOUN, Tag.NAME):
            return True
        if token.tag not in (Tag.ADJECTIVE, Tag.ADVERB, Tag.NUMBER):
            return False
    return False


def tagged(tokens: Sequence[Token], clauses: Sequence[Clause]) -> list[Token]:
    """The tokens with tags that fit the clauses found, and the rest by their neighbours."""
    settled = list(tokens)
    finite = {clause.finite: clause for clause in clauses}
    verbs = {clause.verb: clause for clause in clauses}
    for at, token in enumerate(settled):
        tag = token.tag
        if at in finite and tag not in (Tag.AUXILIARY, Tag.MODAL):
            past = finite[at].tense == "past"
            tag = next(
                (
                    t
                    for t in ((Tag.PAST,) if past else (Tag.PRESENT, Tag.BASE, Tag.PAST))
                    if token.may(t)
                ),
                tag,
            )
        elif at in verbs and tag not in (Tag.AUXILIARY, Tag.MODAL):
            helper = settled[verbs[at].finite]
            order = (
                (Tag.BASE, Tag.PARTICIPLE)
                if helper.tag is Tag.MODAL or helper.lemma == "do"
                else (Tag.PARTICIPLE, Tag.GERUND, Tag.BASE)
            )
            tag = next((t for t in order if token.may(t)), tag)
        elif len(token.could_be) > 1:
            tag = _by_neighbours(settled, at)
        if tag is not token.tag:
            lemma = token.lemma
            settled[at] = token._replace(tag=tag, lemma=lemma)
    return settled


def _by_neighbours(tokens: Sequence[Token], at: int) -> Tag:
    token = tokens[at]
    before = tokens[at - 1] if at else None
    if before is None:
        return token.tag
    if before.tag in (Tag.TO, Tag.MODAL) and token.may(Tag.BASE):
        return Tag.BASE
    if before.tag in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.ADJECTIVE) and token.may(Tag.NOUN):
        follower = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.may(Tag.ADJECTIVE) and follower is not None and follower.may(Tag.NOUN):
            return Tag.ADJECTIVE
        return Tag.NOUN
    if before.lower in closed.SUBJECT_PRONOUNS:
        return next((t for t in (Tag.PAST, Tag.PRESENT, Tag.BASE) if token.may(t)), token.tag)
    if before.tag is Tag.AUXILIARY:
        return next(
            (t for t in (Tag.PARTICIPLE, Tag.GERUND, Tag.ADJECTIVE) if token.may(t)), token.tag
        )
    if before.tag is Tag.PREPOSITION and token.may(Tag.NOUN):
        return Tag.NOUN
    if token.tag is Tag.PAST and token.may(Tag.PARTICIPLE):
        return Tag.PARTICIPLE
    return token.tag
