"""Reading an answer: cut, tag, split in sentences and clauses."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from fivewhys.facilitation.language.around import BREAKS, leaves_verbs
from fivewhys.facilitation.language.clauses import find_clause
from fivewhys.facilitation.language.context import tagged
from fivewhys.facilitation.language.english import closed
from fivewhys.facilitation.language.neighbours import settle
from fivewhys.facilitation.language.openings import (
    address_of,
    finite_words,
    has_subject,
    opening_of,
)
from fivewhys.facilitation.language.phrases import starts_phrase
from fivewhys.facilitation.language.reading import Clause, Reading, Shape
from fivewhys.facilitation.language.tags import Tag
from fivewhys.facilitation.language.tokens import MOST_READ, Token, tokens_of
from fivewhys.facilitation.language.verbs import STRONG, strength_of

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
    tokens, starts = tokens_of(text[:MOST_READ])
    settle(tokens, starts)
    places = tuple(starts)
    opening = opening_of(tokens)
    first = next(
        (i for i in range(opening, len(tokens)) if tokens[i].tag not in (Tag.MARK, Tag.OTHER)), None
    )
    if first is None:
        return Reading(text, tuple(tokens), places, Shape.EMPTY, (), opening, certain=True)
    if _is_inverted(tokens, first):
        return Reading(text, tuple(tokens), places, Shape.STATEMENT, (), first, certain=False)
    shape = address_of(tokens, first)
    if shape is Shape.COMMAND and has_subject(tokens, first):
        shape = None
    if shape:
        return Reading(text, tuple(tokens), places, shape, (), opening, certain=True)
    sentences = _sentences(tokens, first)
    clauses: list[Clause] = []
    fragments = 0
    for low, high in sentences[:MOST_SENTENCES]:
        found = _independent(tokens, low, high)
        fragments += not found
        clauses += found
    tokens = tagged(tokens, clauses)
    if clauses and _is_foreign(tokens, clauses[0]):
        return Reading(text, tuple(tokens), places, Shape.FRAGMENT, (), opening, certain=True)
    if not clauses and (_is_tangled(tokens, first) or _has_main_verb(tokens, *sentences[0])):
        return Reading(text, tuple(tokens), places, Shape.STATEMENT, (), first, certain=False)
    if not clauses or (fragments and not _independent(tokens, *sentences[0])):
        return Reading(
            text, tuple(tokens), places, Shape.FRAGMENT, tuple(clauses), opening, certain=True
        )
    several = len(clauses) > 1 or len(sentences) > 1
    certain = (
        clauses[0].certain
        and (several or not leaves_verbs(tokens, clauses[0].finite, clauses[0].rest.stop))
        and len(text) <= MOST_READ
    )
    shape = Shape.SEVERAL if several else Shape.STATEMENT
    return Reading(text, tuple(tokens), places, shape, tuple(clauses), first, certain)


def _is_foreign(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether only the verb looks English: “het formulier was fout”."""
    finite = tokens[clause.finite]
    others = (token for token in tokens if token is not finite and token.tag is not Tag.MARK)
    if tokens[0].lower in closed.FOREIGN_ARTICLES and not tokens[1].known:
        return True
    return len(tokens) > 2 and not any(token.known for token in others)


def _is_tangled(tokens: Sequence[Token], at: int) -> bool:
    """Whether a sentence is there that opens with a clause of another kind and no comma."""
    if tokens[at].lower in closed.FRONTED:
        return finite_words(tokens) > 1
    if tokens[at].tag is Tag.WH:  # “what we teach starters no longer matches the setup”
        return (
            len(tokens) > at + 4
            and starts_phrase(tokens[at + 1])
            and tokens[at + 1].lower not in ("a", "an")
            and finite_words(tokens) > 0
            and sum(token.may(*_FINITE_FORMS) for token in tokens) > 1
        )
    return (tokens[at].tag is Tag.TO or tokens[at].may(Tag.GERUND)) and any(
        token.lower in closed.SUBJECT_PRONOUNS or token.lower == "you" for token in tokens
    )


def _has_main_verb(tokens: Sequence[Token], low: int, high: int) -> bool:
    """Whether a finite verb is left that no inner clause needs, although its place is doubtful."""
    if high - low > _TALE and any(
        tokens[at].lower == "," and tokens[at + 1].tag is Tag.COORDINATOR
        for at in range(low, high - 1)
    ):
        return sum(strength_of(tokens, at, low) >= STRONG - 1 for at in range(low, high)) > 1
    if tokens[low].lower not in _SURE_STARTS and tokens[low].tag is not Tag.NUMBER:
        return False
    inner = 0
    verbs = 0
    for at in range(low + 1, high):
        token = tokens[at]
        if token.tag in (Tag.WH, Tag.SUBORDINATOR) or token.lower == "that":
            inner += 1
        elif token.lower == "," and verbs <= inner and inner:
            continue
        elif strength_of(tokens, at, low) >= STRONG:
            verbs += 1
    return verbs > inner


_TALE = 14
"""Words beyond which two parts with “, and” between them are sentences, not a list of things."""
_SURE_STARTS = closed.ARTICLES | {"this", "these", "those", "both", "all"}


_FINITE_FORMS = (Tag.AUXILIARY, Tag.MODAL, Tag.PAST, Tag.PRESENT, Tag.BASE)


def _is_inverted(tokens: Sequence[Token], low: int) -> bool:
    """Whether the verb comes before its subject: “rarely does anyone”, “here comes the van”."""
    head = tokens[low]
    if low + 2 >= len(tokens):
        return False
    after = tokens[low + 1].lower
    if head.lower in ("had", "were", "should"):  # “had we known, …”
        known = after in closed.SUBJECT_PRONOUNS or after in ("it", "there", "you", "anyone")
        joins = any(token.lower == "," for token in tokens)
        deed = tokens[low + 2].tag is not Tag.PREPOSITION and tokens[-1].text[0] != "?"
        return known and joins and deed
    if head.lower == "the":  # “the more we print, the slower it gets”
        more = after in _MORE or after.endswith("er")
        return more and any(
            one.lower == "the" and (two.lower in _MORE or two.lower.endswith("er"))
            for one, two in pairwise(tokens[low + 2 :])
        )
    if head.lower == "such" or head.could_be <= _PARTICIPLES:  # “gone were the days”
        return after in closed.BE_FINITE and tokens[low + 2].tag in _SUBJECT_STARTS
    if head.lower in _PLACES and head.tag is not Tag.THERE:
        return _has_late_subject(tokens, low + 1)
    if head.lower not in closed.NEGATIVE_OPENERS and (head.lower, after) != ("no", "sooner"):
        return False
    fronted = head.lower in ("only", "not") and tokens[low + 1].tag in _FRONT_STARTS
    return any(
        tokens[i].tag in (Tag.AUXILIARY, Tag.MODAL) and tokens[i + 1].tag in _SUBJECT_STARTS
        for i in range(low + 1, min(low + (20 if fronted else 5), len(tokens) - 1))
    )


_FRONT_STARTS = frozenset([Tag.PREPOSITION, Tag.SUBORDINATOR, Tag.WH, Tag.ADVERB])
"""What follows “only” where a time or a case is put first: “only in the seventh week did …”."""
_MORE = frozenset(["more", "less", "fewer"])
_PARTICIPLES = frozenset([Tag.PAST, Tag.PARTICIPLE])
_SUBJECT_STARTS = frozenset([Tag.DETERMINER, Tag.PRONOUN, Tag.THERE, Tag.NAME, Tag.NOUN])
_PLACES = frozenset(["here", "there", "in", "on", "at", "under", "behind", "inside", "between"])


def _has_late_subject(tokens: Sequence[Token], low: int) -> bool:
    """Whether only a place comes before the first verb: “(in) the tray lay three forms”."""
    for at in range(low, min(len(tokens) - 1, low + 6)):
        token = tokens[at]
        if token.lower in _POSTURES:
            return tokens[at + 1].tag in (Tag.DETERMINER, Tag.NUMBER, Tag.NAME)
        if token.tag not in (Tag.DETERMINER, Tag.ADJECTIVE, Tag.NOUN, Tag.NAME, Tag.NUMBER):
            return False
    return False


_POSTURES = frozenset(
    [
        *("is", "are", "was", "were", "lies", "lie", "lay", "stands", "stand", "stood", "sits"),
        *("sit", "sat", "hangs", "hang", "hung", "comes", "come", "came", "goes", "go", "went"),
    ]
)


def _sentences(tokens: Sequence[Token], low: int) -> list[tuple[int, int]]:
    """The spans between full stops, leaving out what holds no word."""
    stops = [
        i for i, token in enumerate(tokens)
        if token.tag is Tag.MARK and i >= low and token.text[0] in _STOPS
    ]  # fmt: skip
    starts = [low, *(stop + 1 for stop in stops)]
    return [
        (start, end)
        for start, end in zip(starts, [*stops, len(tokens)], strict=True)
        if any(tokens[i].tag not in (Tag.MARK, Tag.OTHER) for i in range(start, end))
    ]


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
        clauses[0] = first._replace(rest=range(first.verb + 1, max(stop, first.verb + 1)))
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
        return first._replace(
            leading=range(low, low), subject=range(low, low), finite=low, verb=low,
            rest=range(low + 1, end), lemma=head.lemma, negation=None, certain=False,
        )  # fmt: skip
    if clause := find_clause(tokens, low, end):
        spliced = low == place + 1 and tokens[place].lower == ","
        return None if spliced and _hangs(tokens, clause) else clause
    joins = end < high and tokens[end].tag is Tag.COORDINATOR
    return find_clause(tokens, low, high) if joins else None


def _hangs(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether what follows a comma only tells when or how much: “, four weeks after it broke”."""
    head = tokens[clause.subject.start]
    return (
        head.tag is Tag.NUMBER or head.lower in ("a", "an", "faster", "slower", "long")
    ) and any(
        tokens[i].lower in ("after", "before", "than", "since", "until") for i in clause.subject
    )


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
