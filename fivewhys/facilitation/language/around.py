"""What stands around the finite verb of a clause: lists, asides, further verbs."""

from collections.abc import Sequence

from fivewhys.facilitation.language.english import closed
from fivewhys.facilitation.language.phrases import LOOSE, content_verb
from fivewhys.facilitation.language.tags import Tag
from fivewhys.facilitation.language.tokens import Token
from fivewhys.facilitation.language.verbs import PERSONS, STRONG, strength_of

BREAKS = frozenset([",", ";", ":", "-", "--", "–", "—", "→", "->"])


def may_be_compound(tokens: Sequence[Token], at: int, high: int) -> bool:
    """Whether the verb at `at` may belong to a name: “the goods received note shows 40”."""
    if at + 2 >= high or Tag.PARTICIPLE not in tokens[at].could_be:
        return False
    bare, after = tokens[at + 1], tokens[at + 2]
    return bare.tag is Tag.NOUN and after.nounness < 2 and after.may(Tag.PRESENT, Tag.PAST)


def joins_numbers(tokens: Sequence[Token], at: int) -> bool:
    """Whether the comma at `at` stands in a list of figures: “the weeks of 2, 9 and 16 May”."""
    return 0 < at < len(tokens) - 1 and tokens[at - 1].tag is tokens[at + 1].tag is Tag.NUMBER


def opens_that_clause(tokens: Sequence[Token], low: int, high: int) -> bool:
    """Whether a clause with “that” is the subject: “that nobody asked is telling”."""
    return low + 1 < high and tokens[low].lower == "that" and tokens[low + 1].lower in PERSONS


def list_end(tokens: Sequence[Token], low: int, high: int) -> int:
    """The last item of a list that opens a clause, “salt, dust and heat”; 0 where there is none."""
    commas = 0
    for at in range(low, min(high - 1, low + 12)):
        token = tokens[at]
        if token.lower == "," and at > low:
            commas += 1
        elif token.lower in ("and", "or"):
            return (
                at + 1 if commas > (tokens[at - 1].lower == ",") and _is_item(tokens[at + 1]) else 0
            )
        elif not _is_item(token):
            return 0
    return 0


def _is_item(token: Token) -> bool:
    return token.tag in _ITEMS or Tag.NOUN in token.could_be


_ITEMS = frozenset([Tag.NOUN, Tag.NAME, Tag.ADJECTIVE, Tag.DETERMINER, Tag.NUMBER])


_ASIDE_MARKS = frozenset([",", "-", "--", "–", "—"])


def after_aside(tokens: Sequence[Token], at: int, high: int) -> int | None:
    """Where the sentence goes on after “, as usual,” or “, who knows it,”; None if it does not."""
    mark = tokens[at].lower
    if mark not in _ASIDE_MARKS:
        return None
    end = next((i for i in range(at + 1, min(high, at + 14)) if tokens[i].lower == mark), None)
    if end is None or end + 1 >= high:
        return None
    relative = tokens[at + 1].tag is Tag.WH
    if not relative and any(strength_of(tokens, i, at + 1) >= 2 for i in range(at + 1, end)):
        return None
    return end + 1 if strength_of(tokens, end + 1, at) or tokens[end + 1].tag in LOOSE else None


def leaves_verbs(tokens: Sequence[Token], finite: int, high: int) -> bool:
    """Whether a finite verb follows that nothing in the sentence explains."""
    at = content_verb(tokens, finite, high)
    licences = int(tokens[at].lemma in closed.CLAUSE_TAKERS)
    place = at + 1
    while place < high:
        token = tokens[place]
        if token.lower in BREAKS or token.tag is Tag.COORDINATOR:
            return False
        if (
            token.tag in (Tag.WH, Tag.SUBORDINATOR)
            or token.lower
            in ("that", "than", "whatever", "before", "after", "until", "till", "since")
            or token.lower in closed.SUBJECT_PRONOUNS
            or token.lower in PERSONS
            or token.lemma in closed.CLAUSE_TAKERS
            or token.lower in ("sure", "aware", "afraid")
            or (token.lower in closed.ARTICLES and tokens[place - 1].tag is Tag.NOUN)
        ):
            licences += 1
        elif strength_of(tokens, place, at + 1) >= STRONG and place > at + 1:
            if not licences:
                return True
            licences -= 1
            place = content_verb(tokens, place, high)
        place += 1
    return False
