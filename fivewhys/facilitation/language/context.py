"""What each word is once the clauses are known."""

from collections.abc import Sequence

from fivewhys.facilitation.language.english import closed
from fivewhys.facilitation.language.reading import Clause
from fivewhys.facilitation.language.tags import Tag
from fivewhys.facilitation.language.tokens import Token, retagged


def tagged(tokens: Sequence[Token], clauses: Sequence[Clause]) -> list[Token]:
    """The tokens with tags that fit the clauses found, and the rest by their neighbours."""
    settled = list(tokens)
    finite = {clause.finite: clause for clause in clauses}
    verbs = {clause.verb: clause for clause in clauses}
    for at, token in enumerate(tokens):
        if len(token.could_be) == 1 and at not in finite and at not in verbs:
            continue
        tag = token.tag
        if at in finite and tag not in (Tag.AUXILIARY, Tag.MODAL):
            past = finite[at].tense == "past"
            tag = next(
                (
                    t
                    for t in ((Tag.PAST,) if past else (Tag.PRESENT, Tag.BASE, Tag.PAST))
                    if t in token.could_be
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
            tag = next((t for t in order if t in token.could_be), tag)
        elif len(token.could_be) > 1:
            tag = _by_neighbours(settled, at)
        if tag is not token.tag:
            settled[at] = retagged(token, tag)
    return settled


def _by_neighbours(tokens: Sequence[Token], at: int) -> Tag:
    token = tokens[at]
    before = tokens[at - 1] if at else None
    if before is None:
        return token.tag
    if before.tag in (Tag.TO, Tag.MODAL) and Tag.BASE in token.could_be:
        return Tag.BASE
    if before.tag in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.ADJECTIVE) and Tag.NOUN in token.could_be:
        follower = tokens[at + 1] if at + 1 < len(tokens) else None
        if (
            Tag.ADJECTIVE in token.could_be
            and follower is not None
            and Tag.NOUN in follower.could_be
        ):
            return Tag.ADJECTIVE
        return Tag.NOUN
    if before.lower in closed.SUBJECT_PRONOUNS:
        return next(
            (t for t in (Tag.PAST, Tag.PRESENT, Tag.BASE) if t in token.could_be), token.tag
        )
    if before.tag is Tag.AUXILIARY:
        return next(
            (t for t in (Tag.PARTICIPLE, Tag.GERUND, Tag.ADJECTIVE) if t in token.could_be),
            token.tag,
        )
    if before.lower == "without" and Tag.GERUND in token.could_be:
        return Tag.GERUND
    if before.tag is Tag.PREPOSITION and Tag.NOUN in token.could_be:
        return Tag.NOUN
    if token.tag is Tag.PAST and Tag.PARTICIPLE in token.could_be:
        return Tag.PARTICIPLE
    return token.tag
