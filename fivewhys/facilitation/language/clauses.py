"""Finding a clause: what stands before its subject, the subject, the verb group, the rest."""

from collections.abc import Sequence

from fivewhys.facilitation.language.english import closed
from fivewhys.facilitation.language.finite import finite_verb
from fivewhys.facilitation.language.phrases import (
    LOOSE,
    content_verb,
    is_time_word,
    number_of,
    starts_phrase,
)
from fivewhys.facilitation.language.reading import Clause
from fivewhys.facilitation.language.tags import Tag
from fivewhys.facilitation.language.tokens import Token, is_plural
from fivewhys.facilitation.language.verbs import STRONG, strength_of


def find_clause(tokens: Sequence[Token], low: int, high: int) -> Clause | None:
    """The first clause of `tokens[low:high]`, or None where no finite verb has a subject."""
    leading = leading_end(tokens, low, high)
    clause = _clause(tokens, low, leading, high)
    if clause is None and leading > low:
        clause = _clause(tokens, low, low, high)
    return clause


def _clause(tokens: Sequence[Token], low: int, start: int, high: int) -> Clause | None:
    found = finite_verb(tokens, start, high) or finite_verb(tokens, start, high, prepositions=True)
    if found is None:
        return None
    finite, certain = found
    begin = start
    while begin < finite and tokens[begin].tag is Tag.MARK:
        begin += 1
    subject_end = finite
    while subject_end > begin and tokens[subject_end - 1].tag in LOOSE:
        subject_end -= 1
    if subject_end > begin and tokens[subject_end - 1].lower == "as":
        subject_end = finite  # “, as always,”
    if subject_end <= begin or any(
        tokens[i].lower in ("because", "although", "so", "due") for i in range(begin, subject_end)
    ):
        return None
    if tokens[begin].tag in (Tag.PREPOSITION, Tag.SUBORDINATOR):
        if strength_of(tokens, finite, begin) < STRONG:
            return None
        certain = False
    if (
        tokens[begin].tag is Tag.ADVERB
        and tokens[begin].lower
        not in (
            "only",
            "even",
            "almost",
            "nearly",
        )
        and not _is_amount(tokens, begin)
    ):
        certain = False
    if any(tokens[i].lower == "but" for i in range(begin, subject_end)):
        certain = False
    return _with_group(tokens, range(low, start), range(begin, subject_end), finite, high, certain)


def leading_end(  # noqa: PLR0912 - the kinds of adverbial, one after another
    tokens: Sequence[Token], low: int, high: int
) -> int:
    """Where the adverbial before the subject ends: `low` where there is none."""
    if low >= high:
        return low
    first = tokens[low]
    if first.lower in closed.FRONTED or first.tag in (
        Tag.PREPOSITION, Tag.SUBORDINATOR, Tag.ADVERB, Tag.GERUND, Tag.PARTICIPLE, Tag.TO,
        Tag.NUMBER, Tag.NOUN, Tag.NAME, Tag.DETERMINER, Tag.PAST, Tag.WH,
    ) or first.lower in ("being", "having"):  # fmt: skip
        comma = next((i for i in range(low, min(high, low + 24)) if tokens[i].lower == ","), None)
        if (
            comma is not None
            and not (first.tag is Tag.ADVERB and _is_amount(tokens, low))
            and not (comma + 1 < high and _links(tokens[comma + 1]))
            and (
                first.tag not in (Tag.NOUN, Tag.NAME, Tag.DETERMINER, Tag.NUMBER)
                or _is_time(tokens, low, comma)
            )
        ):
            return comma + 1
    if first.tag is Tag.OTHER:
        return leading_end(tokens, low + 1, high)
    if (first.tag is Tag.ADVERB or first.lower in closed.HEDGES) and low + 1 < high:
        follower = tokens[low + 1]
        if starts_phrase(follower) or follower.tag in (Tag.NOUN, Tag.NAME):
            return low + 1
        return low
    ago = next((i for i in range(low + 1, min(high, low + 5)) if tokens[i].lower == "ago"), 0)
    if ago and is_time_word(tokens[ago - 1]):
        return ago + 1
    if first.lower in closed.TIME_DETERMINERS and low + 2 < high:
        end = low + 1
        while end < high - 1 and tokens[end].lower in closed.TIME_DETERMINERS | {"few", "two"}:
            end += 1
        if is_time_word(tokens[end]) and starts_phrase(tokens[end + 1 if end + 1 < high else end]):
            return end + 1
    because_of = (
        low + 1 < high
        and tokens[low + 1].lower in ("of", "to")
        and first.lower in ("because", "due")
    )
    prepositional = first.tag is Tag.PREPOSITION or first.lower in closed.TIME_PREPOSITIONS
    if because_of or (prepositional and first.lower not in ("like", "including")):
        end = low + 1 + because_of
        if end < high and tokens[end].lower in closed.SUBJECT_PRONOUNS:
            return low
        if end < high and (tokens[end].tag is Tag.DETERMINER):
            end += 1
        nominal = False
        while (
            end < high
            and not _counts_next(tokens, end, high)
            and (
                _goes_on(tokens, end, high)
                or tokens[end].tag
                in (Tag.NOUN, Tag.NAME, Tag.NUMBER, Tag.ADJECTIVE, Tag.POSSESSIVE)
                or (not nominal and Tag.NOUN in tokens[end].could_be)
                or tokens[end].lower in closed.OPEN_ADVERBS
            )
        ):
            nominal = True
            end += 1
        by_the_time = first.lower == "by" and tokens[end - 1].lower == "time"
        if (
            nominal
            and end < high
            and not by_the_time
            and (starts_phrase(tokens[end]) or _counts_next(tokens, end, high))
        ):
            return end
    return low


def _goes_on(tokens: Sequence[Token], at: int, high: int) -> bool:
    """Whether the phrase goes on at `at`: “at the end of the shift”, “between 4 and 5”."""
    if tokens[at].lower == "and":
        return tokens[at - 2].lower == "between"
    if tokens[at].lower == "to":
        return any(tokens[i].lower == "from" for i in range(max(0, at - 4), at)) and (
            at + 2 < high and tokens[at + 1].may(Tag.NOUN, Tag.NAME, Tag.NUMBER, Tag.DETERMINER)
        )
    if tokens[at].lower == "in" and at + 1 < high:
        return is_time_word(tokens[at + 1])
    return (tokens[at].lower == "of" and at + 2 < high) or (
        tokens[at - 1].lower in ("of", "to") and tokens[at].tag is Tag.DETERMINER
    )


def _counts_next(tokens: Sequence[Token], at: int, high: int) -> bool:
    """Whether a number opens the subject: “until the next morning 611 customers waited”."""
    number, before = tokens[at], tokens[at - 1]
    return (
        number.tag is Tag.NUMBER
        and at + 1 < high
        and before.tag is Tag.NOUN
        and tokens[at + 1].tag is Tag.NOUN
        and is_plural(tokens[at + 1])
        and not is_time_word(tokens[at + 1])
        and (number.lower.isalpha() or is_time_word(before))
    )


def _is_amount(tokens: Sequence[Token], at: int) -> bool:
    """Whether an adverb only rounds the number after it: “about 30 parcels”, “at least ten”."""
    start = at
    while at < len(tokens) and tokens[at].tag is Tag.ADVERB:
        if tokens[at].lower not in closed.ROUNDING:
            return False
        at += 1
    return start < at < len(tokens) and (
        tokens[at].tag is Tag.NUMBER or tokens[at].lower in ("one", "half")
    )


def _links(token: Token) -> bool:
    """Whether what follows a comma goes on from before: “after each scare it rose, and …”."""
    return token.tag in (Tag.COORDINATOR, Tag.SUBORDINATOR) or token.lower in ("which", "who")


def _is_time(tokens: Sequence[Token], low: int, high: int) -> bool:
    return high - low <= 6 and any(is_time_word(tokens[i]) for i in range(low, high))


def _with_group(
    tokens: Sequence[Token], leading: range, subject: range, finite: int, high: int, certain: bool
) -> Clause:
    verb = content_verb(tokens, finite, high)
    negation = next(
        (i for i in range(subject.stop, verb + 2) if i < high and tokens[i].tag is Tag.NEGATION),
        None,
    )
    word, main = tokens[finite], tokens[verb]
    passive = (
        any(tokens[i].lemma == "be" for i in range(finite, verb))
        and Tag.PARTICIPLE in main.could_be
    )
    if word.tag is Tag.MODAL:
        tense = "modal"
    elif word.lower in closed.PAST_AUXILIARIES or (
        word.tag is not Tag.AUXILIARY
        and Tag.PAST in word.could_be
        and not (
            Tag.BASE in word.could_be and number_of(tokens, subject.start, subject.stop) == "plural"
        )
    ):
        tense = "past"
    else:
        tense = "present"
    after = verb + 1
    if after < high and tokens[after].lower == "n't":
        after += 1
    return Clause(
        leading, subject, finite, negation, verb, range(after, high), main.lemma, tense,
        passive, certain,
    )  # fmt: skip
