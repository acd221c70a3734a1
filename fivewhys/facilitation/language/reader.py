"""Reading an answer: cut, tag, split in sentences and clauses."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from fivewhys.facilitation.language.clauses import find_clause
from fivewhys.facilitation.language.context import settled, tagged
from fivewhys.facilitation.language.english import closed
from fivewhys.facilitation.language.finite import BREAKS, leaves_verbs
from fivewhys.facilitation.language.openings import (
    address_of,
    finite_words,
    has_subject,
    opening_of,
)
from fivewhys.facilitation.language.reading import Clause, Reading, Shape
from fivewhys.facilitation.language.tags import Tag
from fivewhys.facilitation.language.tokens import MOST_READ, Token, tokens_of

MOST_SENTENCES = 4
MOST_CLAUSES = 4
"""Sentences of an answer, and clauses of a sentence, that are read: beyond them lies a story."""


_STOPS = frozenset(".!?…")


@lru_cache(maxsize=256)
def read(text: str) -> Reading:
    """Read a short English answer.

    The same text gives the same value; what lies beyond 1,500 characters is not read.

    >>> reading = read("because the new forms were not ordered")
    >>> reading.shape, reading.subject, reading.main.lemma, reading.main.tense
    (<Shape.STATEMENT: 'statement'>, 'the new forms', 'order', 'past')
    """
    head = text[:MOST_READ]
    tokens = settled(tokens_of(head))
    opening = opening_of(tokens)
    body = [i for i in range(opening, len(tokens)) if tokens[i].tag not in (Tag.MARK, Tag.OTHER)]
    if not body:
        return Reading(text, tuple(tokens), Shape.EMPTY, (), opening, certain=True)
    shape = address_of(tokens, body[0])
    if shape is Shape.COMMAND and has_subject(tokens, body[0]):
        shape = None
    if shape:
        return Reading(text, tuple(tokens), shape, (), opening, certain=True)
    if tokens[body[0]].lower in closed.NEGATIVE_OPENERS and _is_inverted(tokens, body[0] + 1):
        return Reading(text, tuple(tokens), Shape.STATEMENT, (), body[0], certain=False)
    sentences = _sentences(tokens, body[0])
    clauses: list[Clause] = []
    fragments = 0
    for low, high in sentences[:MOST_SENTENCES]:
        found = _independent(tokens, low, high)
        fragments += not found
        clauses += found
    tokens = tagged(tokens, clauses)
    if clauses and _is_foreign(tokens, clauses[0]):
        return Reading(text, tuple(tokens), Shape.FRAGMENT, (), opening, certain=True)
    if not clauses and _is_tangled(tokens, body[0]):
        return Reading(text, tuple(tokens), Shape.STATEMENT, (), body[0], certain=False)
    if not clauses or (fragments and not _independent(tokens, *sentences[0])):
        return Reading(text, tuple(tokens), Shape.FRAGMENT, tuple(clauses), opening, certain=True)
    several = len(clauses) > 1 or len(sentences) > 1
    certain = (
        clauses[0].certain
        and (several or not leaves_verbs(tokens, clauses[0].finite, clauses[0].rest.stop))
        and len(text) <= MOST_READ
    )
    shape = Shape.SEVERAL if several else Shape.STATEMENT
    return Reading(text, tuple(tokens), shape, tuple(clauses), body[0], certain)


def _is_foreign(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether only the verb looks English: “het formulier was fout”."""
    others = [t for i, t in enumerate(tokens) if i != clause.finite and t.tag is not Tag.MARK]
    return len(others) > 1 and not any(t.known for t in others)


def _is_tangled(tokens: Sequence[Token], at: int) -> bool:
    """Whether a sentence is there that opens with a clause of another kind and no comma."""
    if tokens[at].lower in closed.FRONTED:
        return finite_words(tokens) > 1
    return (tokens[at].tag is Tag.TO or tokens[at].may(Tag.GERUND)) and any(
        token.lower in closed.SUBJECT_PRONOUNS or token.lower == "you" for token in tokens
    )


def _is_inverted(tokens: Sequence[Token], low: int) -> bool:
    """Whether an auxiliary soon stands before its subject: “rarely does anyone”."""
    return any(
        tokens[i].tag in (Tag.AUXILIARY, Tag.MODAL)
        and tokens[i + 1].tag in (Tag.DETERMINER, Tag.PRONOUN, Tag.THERE, Tag.NAME)
        for i in range(low, min(low + 4, len(tokens) - 1))
    )


def _sentences(tokens: Sequence[Token], low: int) -> list[tuple[int, int]]:
    """The spans between full stops, leaving out what holds no word."""
    spans = []
    start = low
    for place in range(low, len(tokens) + 1):
        if place == len(tokens) or (
            tokens[place].tag is Tag.MARK and tokens[place].text[0] in _STOPS
        ):
            if any(tokens[i].tag not in (Tag.MARK, Tag.OTHER) for i in range(start, place)):
                spans.append((start, place))
            start = place + 1
    return spans


def _independent(tokens: Sequence[Token], low: int, high: int) -> list[Clause]:
    """The independent clauses of one sentence in order; empty where it opens with a fragment."""
    first = find_clause(tokens, low, high)
    if first is None:
        return []
    clauses = [first]
    place = first.verb + 1
    while place < high and len(clauses) < MOST_CLAUSES:
        if tokens[place].lower in BREAKS or tokens[place].tag is Tag.COORDINATOR:
            end = next(
                (
                    i for i in range(place + 2, high)
                    if tokens[i].lower in BREAKS
                    or (tokens[i].tag is Tag.COORDINATOR and tokens[place + 1].tag is not Tag.WH)
                ),
                high,
            )  # fmt: skip
            if more := _second(tokens, first, place, high if end == high else end, high):
                clauses.append(more)
                place = more.verb
        place += 1
    if len(clauses) > 1:
        stop = (
            next(
                i
                for i in range(clauses[1].subject.start, first.verb, -1)
                if tokens[i - 1].lower in BREAKS or tokens[i - 1].tag is Tag.COORDINATOR
            )
            - 1
            if clauses[1].subject.start > first.verb + 1
            else first.rest.stop
        )
        clauses[0] = replace(first, rest=range(first.verb + 1, max(stop, first.verb + 1)))
    return clauses


def _second(
    tokens: Sequence[Token], first: Clause, place: int, end: int, high: int
) -> Clause | None:
    """The clause, or further verb of the same subject, that begins after the break `place`."""
    low = place + 1
    while low < high and (
        tokens[low].tag in (Tag.COORDINATOR, Tag.ADVERB, Tag.NEGATION, Tag.MARK)
        or tokens[low].lower in ("so", "then")
    ):
        low += 1
    if low >= high:
        return None
    head = tokens[low]
    end = max(end, low + 1)
    if head.tag in (Tag.WH, Tag.SUBORDINATOR, Tag.TO) and tokens[place].lower in (",", "and", "or"):
        return None
    if _is_further_verb(tokens, first, low, end):
        return replace(
            first, leading=range(low, low), subject=range(low, low), finite=low, verb=low,
            rest=range(low + 1, end), lemma=head.lemma, negation=None, certain=False,
        )  # fmt: skip
    if clause := find_clause(tokens, low, end):
        return clause
    joins = end < high and tokens[end].tag is Tag.COORDINATOR
    return find_clause(tokens, low, high) if joins else None


def _is_further_verb(tokens: Sequence[Token], first: Clause, low: int, end: int) -> bool:
    """Whether the word after “and” is a finite verb with the subject of `first`."""
    head = tokens[low]
    if head.tag in (Tag.AUXILIARY, Tag.MODAL):
        return head.lower not in ("being", "having", "be", "been", "doing", "done")
    follower = tokens[low + 1] if low + 1 < end else None
    if head.may(Tag.PAST) and (
        not head.may(Tag.NOUN)
        or (follower is not None and follower.tag in (Tag.DETERMINER, Tag.PRONOUN))
    ):
        return not (first.passive or tokens[first.finite].lemma == "have") or not head.may(
            Tag.PARTICIPLE
        )
    if head.may(Tag.PRESENT, Tag.BASE) and first.tense == "present":
        if head.nounness == 0:
            return not (
                head.may(Tag.ADJECTIVE)
                or (head.may(Tag.BASE) and tokens[first.finite].may(Tag.PRESENT))
            )
        return follower is not None and (
            follower.tag in (Tag.DETERMINER, Tag.PRONOUN)
            or (head.may(Tag.PRESENT) and follower.tag in (Tag.PREPOSITION, Tag.TO, Tag.ADVERB))
        )
    return False
