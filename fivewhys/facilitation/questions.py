"""The next why- or how-question, formed from the last answer.

Where the grammar is not certain the question takes a form that is right for any sentence (“Why is
it that …?”) or any fragment (“Why: …?”): a wrong sentence on a projector is worse than a stiff one.
"""

import re
from collections.abc import Sequence

from fivewhys.facilitation.language import Clause, Reading, Shape, Tag, Token, read
from fivewhys.facilitation.language.clauses import find_clause
from fivewhys.facilitation.language.english import closed
from fivewhys.facilitation.language.finite import BREAKS
from fivewhys.facilitation.language.phrases import LOOSE, number_of, starts_phrase
from fivewhys.facilitation.language.tokens import is_shouted
from fivewhys.facilitation.questions_wording import ENDS, inverted, joined, statement, story
from fivewhys.text import excerpt

MOST_ASKED = 1_200
"""Characters of an answer that its question repeats; longer answers end in an ellipsis."""


_CHECK_TAG = re.compile(
    r"\s*,\s*(?:right|correct|no|yes|ok|okay|eh|huh|innit|(?:is|are|was|were|do|does|did|has|have|had"
    r"|can|could|will|would|should)(?:n['’]?t)?\s+(?:it|they|we|he|she|you|i|there|that))\s*\?+$",
    re.IGNORECASE,
)
"""What is hung on a statement to have it confirmed: “…, right?”, “…, isn't it?”."""


def next_question(answer: str) -> str:
    """Return the why-question that follows `answer`.

    >>> next_question("The new forms were not ordered.")
    'Why were the new forms not ordered?'
    >>> next_question("Nobody ordered the forms")
    'Why did nobody order the forms?'
    >>> next_question("wrong form")
    'Why: wrong form?'
    """
    return _question(answer, "Why")


def how_question(answer: str) -> str:
    """Return the same question as `next_question` with how, which draws out the story.

    >>> how_question("Nobody ordered the forms")
    'How is it that nobody ordered the forms?'
    """
    return _question(answer, "How")


def _question(answer: str, asks: str) -> str:
    text = answer if _is_one_line(answer) else excerpt(answer, MOST_ASKED)
    if text.endswith("?"):
        text = _CHECK_TAG.sub("", text)
    if is_shouted(text):
        return _question(text.lower(), asks).upper()
    reading = read(text)
    if reading.shape is Shape.QUESTION and text.lower().startswith(f"{asks.lower()} "):
        return f"{text.rstrip(ENDS)}?"
    clause = reading.main
    if reading.shape not in (Shape.STATEMENT, Shape.SEVERAL) or (
        clause is not None and _lacks_subject(reading.tokens, clause)
    ):
        return f"{asks}: {text.strip(ENDS) or '…'}?"
    if asks == "Why" and (pair := _pair(reading)):
        return f"Why {pair}?"
    if clause is not None and _is_safe_to_invert(reading, clause):
        question = inverted(reading, clause) if asks == "Why" else story(reading, clause)
        if question:
            return f"{asks} {question}?"
    return f"{asks} is it that {statement(reading)}?"


def _is_one_line(text: str) -> bool:
    """Whether `text` can be asked about as it is, which is quicker to tell than to clean it."""
    return (
        len(text) <= MOST_ASKED
        and text.isascii()
        and text.isprintable()
        and "  " not in text
        and text.strip() == text
    )


def _is_safe_to_invert(reading: Reading, clause: Clause) -> bool:
    """Whether the order of words can change without a doubt about what the answer says."""
    tokens = reading.tokens
    first = tokens[clause.subject.start]
    return (
        reading.certain
        and reading.shape is Shape.STATEMENT
        and first.tag not in (Tag.TO, Tag.WH, Tag.SUBORDINATOR)
        and not first.could_be <= {Tag.BASE}
        and not (
            first.lower == "no" and tokens[clause.finite].tag is Tag.PAST and _joins(tokens, clause)
        )
        and not (first.lower == "that" and len(clause.subject) > 2)
        and not _has_described_object(tokens, clause)
        and not _may_be_now_or_then(tokens, clause)
        and not _ends_in_participle(tokens, clause)
        and not (tokens[clause.finite].lower in ("may", "must") and _is_perfect(tokens, clause))
        and not (tokens[clause.finite].lemma == "have" and _starts(reading, clause.rest, "better"))
        and not _hides_verb(tokens, clause)
        and _is_plain(tokens, clause.rest)
        and _can_move(reading, clause)
    )


def _lacks_subject(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether the answer opens with its verb: “ended up in billing because …”."""
    first, after = tokens[clause.subject.start], tokens[clause.subject.start + 1]
    if first.lower in ("seems", "looks", "appears", "sounds", "turns"):
        return after.lower in ("like", "that", "out") or starts_phrase(after)
    return (
        first.may(Tag.PAST)
        and not first.may(Tag.NOUN, Tag.ADJECTIVE, Tag.NAME)
        and after.tag in (Tag.PREPOSITION, Tag.DETERMINER)
    )


def _starts(reading: Reading, span: range, word: str) -> bool:
    return bool(span) and reading.tokens[span.start].lower == word


def _pair(reading: Reading) -> str:
    """The question where one subject has two verbs: “opened the ticket and forgot it”."""
    if len(reading.clauses) != 2 or not reading.certain:
        return ""
    first, second = reading.clauses
    tokens = reading.tokens
    link = second.finite - 1
    if second.subject or first.leading or tokens[link].lower != "and":
        return ""
    forms = {tokens[first.finite].tag, tokens[second.finite].tag}
    if forms not in ({Tag.PAST}, {Tag.PRESENT}) or first.rest.stop != link:
        return ""
    if not (_is_plain(tokens, first.rest) and _is_plain(tokens, second.rest)):
        return ""
    if second.rest.stop != _last_word(tokens) or tokens[first.subject.start].tag in (
        Tag.TO,
        Tag.WH,
    ):
        return ""
    if not tokens[second.finite].known:
        return ""
    more = joined("and", second.lemma, reading.words(second.rest).rstrip(ENDS))
    return joined(inverted(reading, first), more)


def _last_word(tokens: Sequence[Token]) -> int:
    end = len(tokens)
    while end and tokens[end - 1].tag in (Tag.MARK, Tag.OTHER):
        end -= 1
    return end


def _joins(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether “and” stands in the subject: “no check between booked and received amounts”."""
    return any(tokens[i].tag is Tag.COORDINATOR for i in clause.subject)


def _has_described_object(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether “have” may own what follows: “have cracked screens” is no perfect tense."""
    after = clause.rest.start
    return (
        tokens[clause.finite].lemma == "have"
        and clause.verb == clause.finite + 1
        and tokens[clause.verb].lower.endswith("ed")
        and after < clause.rest.stop
        and tokens[after].tag is Tag.NOUN
    )


def _may_be_now_or_then(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether the verb looks the same in past and present: “the parts cost too much”."""
    finite = tokens[clause.finite]
    return (
        finite.may(Tag.PAST)
        and finite.lower == finite.lemma
        and number_of(tokens, clause.subject.start, clause.subject.stop) != "singular"
    )


def _ends_in_participle(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether a turned clause could be read as a passive: “were the screws used too long”."""
    last = tokens[clause.subject[-1]]
    return (
        tokens[clause.finite].lemma == "be"
        and len(clause.subject) > 1
        and last.may(Tag.PARTICIPLE)
        and not last.may(Tag.NOUN, Tag.ADJECTIVE)
    )


def _is_perfect(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether “have” follows: “may have left” is a guess, for which nobody asks a reason."""
    return any(tokens[i].lemma == "have" for i in range(clause.finite + 1, clause.verb))


def _hides_verb(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether a second verb may follow “and”: “said so and left”, “was told and never came”."""
    for at in range(clause.rest.start, clause.rest.stop - 1):
        if tokens[at].lower == "and":
            verb = at + 1
            while verb < clause.rest.stop - 1 and tokens[verb].tag in LOOSE:
                verb += 1
            if tokens[verb].may(Tag.PAST) and (
                tokens[clause.finite].tag is Tag.PAST or verb > at + 1
            ):
                return True
    return False


def _is_plain(tokens: Sequence[Token], rest: range) -> bool:
    """Whether what follows the verb holds no reason, contrast or second thought of its own."""
    echoes = rest and tokens[rest[-1]].lower in ("too", "also", "neither", "either")
    if echoes and any(tokens[i].tag is Tag.COORDINATOR for i in rest):
        return False
    listed = False
    for at in reversed(rest):
        token = tokens[at]
        if token.lower in BREAKS:
            if not (token.lower == "," and listed) and at != rest[-1]:
                return False
        elif token.lower in ("and", "or"):
            if at + 1 < rest.stop and tokens[at + 1].tag is Tag.WH:
                return False
            listed = True
        elif token.lower in closed.CAUSAL and not _is_harmless(tokens, at, rest):
            return False
    return True


def _is_harmless(tokens: Sequence[Token], at: int, rest: range) -> bool:
    """Whether “since”, “so” or “as” at `at` is about time, degree or likeness."""
    word = tokens[at].lower
    after = tokens[at + 1] if at + 1 < rest.stop else None
    if word == "since":
        return (
            not any(
                tokens[i].tag in (Tag.AUXILIARY, Tag.MODAL, Tag.PAST, Tag.PRESENT, Tag.BASE)
                for i in range(at + 1, rest.stop)
            )
            and find_clause(tokens, at + 1, rest.stop) is None
        )
    if word == "so":
        return after is not None and after.tag in (Tag.ADJECTIVE, Tag.ADVERB)
    if word == "as":
        return find_clause(tokens, at + 1, rest.stop) is None
    return False


def _can_move(reading: Reading, clause: Clause) -> bool:
    """Whether what stands before the subject can go elsewhere in the question."""
    if not clause.leading:
        return True
    tokens = reading.tokens
    first = tokens[clause.leading.start]
    if len(clause.leading) == 1:
        return first.lower in closed.MIDDLE_ADVERBS | closed.TIME_NOUNS
    if first.lower in closed.NEGATIVE_OPENERS | closed.HEDGES | closed.REASONS | {"due"}:
        return False
    if any(tokens[i].tag in (Tag.WH, Tag.SUBORDINATOR) for i in clause.rest):
        return False
    if len(clause.rest) > 14:
        return False
    if sum(tokens[i].tag in (Tag.AUXILIARY, Tag.MODAL, Tag.PAST) for i in clause.leading) > 1:
        return False
    if (
        first.tag is Tag.PREPOSITION
        and first.lower not in closed.MOVABLE
        and any(
            tokens[i].tag in (Tag.AUXILIARY, Tag.MODAL, Tag.PAST)
            or tokens[i].lower in closed.SUBJECT_PRONOUNS
            for i in clause.leading
        )
    ):
        return False
    inner = find_clause(tokens, clause.leading.start + 1, clause.leading.stop)
    if inner is not None:
        subject = tokens[clause.subject.start]
        return first.lower in closed.MOVABLE and subject.lower not in _POINTING
    return first.tag in (Tag.PREPOSITION, Tag.DETERMINER) or first.lower in closed.MOVABLE


_POINTING = frozenset(["it", "they", "he", "she", "this", "that", "these", "those"])
