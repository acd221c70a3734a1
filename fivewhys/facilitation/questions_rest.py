"""Whether what follows the verb can stay as it is when the clause is turned to a question.

It cannot where it holds a reason, a second clause or an afterthought: “why did the line stop,
because the fuse blew?” asks nothing.
"""

from collections.abc import Sequence

from fivewhys.facilitation.language import Clause, Tag, Token
from fivewhys.facilitation.language.around import BREAKS
from fivewhys.facilitation.language.clauses import find_clause
from fivewhys.facilitation.language.english import closed
from fivewhys.facilitation.language.phrases import LOOSE, content_verb
from fivewhys.facilitation.language.verbs import STRONG, strength_of


def is_plain(tokens: Sequence[Token], rest: range) -> bool:
    """Whether what follows the verb holds no reason, clause or second thought of its own."""
    echoes = rest and tokens[rest[-1]].lower in ("too", "also", "neither", "either")
    if echoes and any(tokens[i].tag is Tag.COORDINATOR for i in rest):
        return False
    listed = False
    end = rest.stop
    for at in reversed(rest):
        token = tokens[at]
        if token.lower in BREAKS:
            if at == rest[-1]:
                end = at
                continue
            after = range(at + 1, end)
            if not after or token.lower != "," or not (listed or _is_addition(tokens, after)):
                return False
            listed = listed and tokens[at + 1].tag is not Tag.WH
            end = at
        elif token.lower in ("and", "or"):
            if at + 1 < rest.stop and tokens[at + 1].tag is Tag.WH:
                return False
            if tokens[at - 1].lower == "," and _may_tell(tokens, range(at + 1, end)):
                return False
            listed = True
        elif token.lower in closed.CAUSAL and not _is_harmless(tokens, at, rest):
            return False
    return True


def _may_tell(tokens: Sequence[Token], span: range) -> bool:
    """Whether a clause of its own may follow “, and”: “, and the other half share a desk”."""
    nominal = (Tag.DETERMINER, Tag.NUMBER, Tag.PRONOUN, Tag.NOUN, Tag.NAME, Tag.ADJECTIVE)
    return _has_verb(tokens, span) or (
        bool(span)
        and tokens[span.start].tag in nominal
        and any(
            tokens[i].may(Tag.BASE, Tag.PRESENT) and tokens[i - 1].may(Tag.NOUN, Tag.DETERMINER)
            for i in range(span.start + 2, span.stop - 1)
        )
    )


def _is_addition(tokens: Sequence[Token], span: range) -> bool:
    """Whether what follows a comma only adds to what was said: “, in April”, “, which is old”."""
    head = tokens[span.start]
    if len(span) < 2 and head.tag is not Tag.NAME:
        return False
    if head.tag in (Tag.COORDINATOR, Tag.AUXILIARY, Tag.MODAL, Tag.PRONOUN, Tag.BASE):
        return head.lower == "but" or (
            head.tag is Tag.PRONOUN and tokens[span.start + 1].lower == "of"
        )
    if head.tag is Tag.ADVERB and head.lower not in _ADDING:
        return False
    if head.lower in _PARTING or any(tokens[i].lower in closed.HEDGES for i in span):
        return False
    if head.tag is Tag.WH and head.lower not in _RELATIVES:
        return head.lower in ("whatever", "whoever", "however", "whichever")
    return not _has_verb(tokens, span)


_ADDING = frozenset(["once", "twice", "only", "mostly", "mainly", "faster", "even", "far", "just"])
_PARTING = frozenset(["while", "whereas", "as", "right", "correct", "like", "then", "so", "that"])
_RELATIVES = frozenset(["which", "who", "whom", "whose", "where", "when"])


def _has_verb(tokens: Sequence[Token], span: range) -> bool:
    """Whether a finite verb stands in `span` that no relative or other inner clause explains."""
    licences = 0
    fronted = bool(span) and tokens[span.start].tag is Tag.PREPOSITION
    at = span.start
    while at < span.stop:
        token = tokens[at]
        before = tokens[at - 1]
        if (
            token.tag in (Tag.WH, Tag.SUBORDINATOR)
            or token.lower in _OPENERS
            or (
                token.lower == "that"
                and before.may(Tag.NOUN, Tag.NAME)
                and not (fronted and before.lower in closed.TIME_NOUNS)
            )
        ) or (
            token.lower in closed.SUBJECT_PRONOUNS
            and before.tag in (Tag.NOUN, Tag.NAME)
            and at > span.start
        ):
            licences += 1
        elif _is_finite(tokens, at, span):
            if not licences:
                return True
            licences -= 1
            verb = content_verb(tokens, at, span.stop)
            licences += tokens[verb].lemma in closed.CLAUSE_TAKERS
            at = verb
        at += 1
    return False


_OPENERS = frozenset(["than", "before", "after", "until", "till", "since", "once", "if", "unless"])


def _is_finite(tokens: Sequence[Token], at: int, span: range) -> bool:
    """Whether the word at `at` can hardly be anything but a finite verb in `span`."""
    token = tokens[at]
    if token.may(Tag.BASE) and tokens[at - 1].tag is Tag.PREPOSITION:
        return False
    if token.may(Tag.PARTICIPLE) and token.tag is not Tag.AUXILIARY:
        after = tokens[at + 1] if at + 1 < span.stop else None
        return (
            at > span.start
            and after is not None
            and after.tag in (Tag.DETERMINER, Tag.PRONOUN, Tag.TO)
        )
    return strength_of(tokens, at, span.start) >= (2 if token.nounness == 0 else STRONG)


def _is_harmless(tokens: Sequence[Token], at: int, rest: range) -> bool:
    """Whether “since”, “so” or “as” at `at` is about time, degree or likeness."""
    word = tokens[at].lower
    after = tokens[at + 1] if at + 1 < rest.stop else None
    if word == "since":
        return _is_lasting(tokens, at, rest) or (
            not any(
                tokens[i].tag in (Tag.AUXILIARY, Tag.MODAL, Tag.PAST, Tag.PRESENT, Tag.BASE)
                for i in range(at + 1, rest.stop)
            )
            and find_clause(tokens, at + 1, rest.stop) is None
        )
    if word == "so":
        return after is not None and after.tag in (Tag.ADJECTIVE, Tag.ADVERB)
    if word == "as":
        clause = find_clause(tokens, at + 1, rest.stop)
        return clause is None or (
            not any(strength_of(tokens, i, at + 1) >= STRONG for i in range(at + 1, rest.stop))
            and after is not None
            and after.tag is Tag.NOUN
            and tokens[at - 1].lower != ","
        )
    if word in ("although", "though"):
        return after is not None and not _cuts(tokens, at, rest)
    if word == "but":
        return (
            after is not None
            and (
                after.lower in ("none", "no", "only", "nothing", "nobody")
                or after.tag is Tag.PREPOSITION
                or (after.lower == "not" and at + 2 < rest.stop and tokens[at + 2].tag in _GIVING)
            )
            and not _has_verb(tokens, range(at + 1, rest.stop))
        )
    return False


def _is_lasting(tokens: Sequence[Token], at: int, rest: range) -> bool:
    """Whether “since” at `at` counts from a time: “, which has had no reader since the move”."""
    start = at
    while start > rest.start and tokens[start - 1].lower not in BREAKS:
        start -= 1
    return (
        start > rest.start
        and any(
            tokens[i].lower in ("has", "have", "had")
            and tokens[i + 1].may(Tag.PARTICIPLE, Tag.AUXILIARY)
            for i in range(start, at - 1)
        )
        and tokens[start].tag is Tag.WH
    )


def _cuts(tokens: Sequence[Token], at: int, rest: range) -> bool:
    """Whether a comma or “and” after `at` makes it doubtful where its clause ends."""
    return any(
        tokens[i].lower == "," or tokens[i].tag is Tag.COORDINATOR for i in range(at, rest.stop)
    )


_GIVING = frozenset([Tag.PREPOSITION, Tag.DETERMINER, Tag.NOUN, Tag.NUMBER, Tag.NAME])


def hides_verb(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether a second verb may follow “and”: “said so and left”, “was told and never came”."""
    owns = clause.verb == clause.finite and tokens[clause.finite].lemma == "have"
    for at in range(clause.rest.start, clause.rest.stop - 1):
        if tokens[at].lower == "and":
            verb = at + 1
            while verb < clause.rest.stop - 1 and tokens[verb].tag in LOOSE:
                verb += 1
            if tokens[verb].may(Tag.PAST) and (
                tokens[clause.finite].tag is Tag.PAST
                or verb > at + 1
                or not tokens[verb].may(Tag.PARTICIPLE, Tag.NOUN, Tag.ADJECTIVE)
                or (owns and tokens[verb].nounness < 2 and not tokens[verb].may(Tag.ADJECTIVE))
            ):
                return True
    return False
