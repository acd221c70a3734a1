"""Whether the words of an answer can change places without a doubt about what it says."""

from collections.abc import Sequence

from fivewhys.facilitation.language import Clause, Reading, Shape, Tag, Token
from fivewhys.facilitation.language.clauses import find_clause
from fivewhys.facilitation.language.english import closed
from fivewhys.facilitation.language.phrases import LOOSE, number_of, starts_phrase
from fivewhys.facilitation.language.verbs import STRONG, strength_of
from fivewhys.facilitation.questions_rest import hides_verb, is_plain


def is_safe_to_invert(reading: Reading, clause: Clause) -> bool:
    """Whether the order of words can change without a doubt about what the answer says."""
    return reading.certain and reading.shape is Shape.STATEMENT and can_turn(reading, clause)


def can_turn(reading: Reading, clause: Clause) -> bool:
    """Whether `clause`, on its own, can become a question, provided that it was read rightly."""
    tokens = reading.tokens
    first = tokens[clause.subject.start]
    return (
        first.tag not in (Tag.TO, Tag.WH, Tag.SUBORDINATOR, Tag.ASIDE)
        and not first.could_be <= {Tag.BASE}
        and not (
            first.lower == "no" and tokens[clause.finite].tag is Tag.PAST and _joins(tokens, clause)
        )
        and not (first.lower == "that" and len(clause.subject) > 2)
        and not _has_described_object(tokens, clause)
        and not _may_be_now_or_then(tokens, clause)
        and not _ends_in_participle(tokens, clause)
        and not _has_second_form(tokens, clause)
        and not (tokens[clause.finite].lower in ("may", "must") and _is_perfect(tokens, clause))
        and not (tokens[clause.finite].lemma == "have" and _starts(reading, clause.rest, "better"))
        and not hides_verb(tokens, clause)
        and is_plain(tokens, clause.rest)
        and _can_move(reading, clause)
        and is_whole(tokens, clause)
    )


def _starts(reading: Reading, span: range, word: str) -> bool:
    return bool(span) and reading.tokens[span.start].lower == word


def _has_second_form(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether the next word is the verb just as well: “adding shelves looks easy”."""
    at = clause.rest.start
    return (
        len(clause.subject) == 1
        and tokens[clause.subject.start].may(Tag.GERUND)
        and tokens[clause.finite].tag is Tag.PRESENT
        and at < clause.rest.stop
        and tokens[at].may(Tag.PRESENT)
        and tokens[at].nounness < 2
    )


def is_whole(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether the subject is a phrase and nothing but a phrase: no link, no verb of its own."""
    span = clause.subject
    if tokens[span.start].tag is Tag.COORDINATOR or tokens[span[-1]].tag is Tag.COORDINATOR:
        return False
    helped = tokens[clause.finite].tag in (Tag.AUXILIARY, Tag.MODAL)
    licences = 0
    for at in span:
        token, before = tokens[at], tokens[at - 1] if at > span.start else None
        if (
            (token.tag in (Tag.WH, Tag.SUBORDINATOR) and token.lower != "however")
            or token.lower in closed.SUBJECT_PRONOUNS | {"that", "it", "you"}
            or (before is not None and before.tag is Tag.NOUN and starts_phrase(token))
        ):
            licences += 1
        elif before is None:
            continue
        elif token.tag in (Tag.AUXILIARY, Tag.MODAL) and strength_of(tokens, at, span.start):
            if not licences:
                return False
            licences -= 1
        elif (
            before.tag in LOOSE
            and not licences
            and at > span.start + 1
            and token.may(Tag.PRESENT, Tag.PAST)
            and not token.may(Tag.PARTICIPLE, Tag.ADJECTIVE)
            and tokens[at - 2].may(Tag.NOUN, Tag.NAME, Tag.NUMBER)
        ) or (
            not licences
            and not helped
            and at == span[-1]
            and before.tag is Tag.MARK
            and token.may(Tag.PAST)
            and not token.may(Tag.NOUN, Tag.ADJECTIVE)
        ):
            return False  # “the lift, however, stayed closed”
        elif not licences and at < span[-1] and strength_of(tokens, at, span.start) >= STRONG:
            return False
    return True


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
    if any(
        tokens[i].tag in (Tag.WH, Tag.SUBORDINATOR) or tokens[i].lower == "that"
        for i in clause.rest
    ):
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
    if inner is None and first.lower in closed.MOVABLE:
        verbs = any(
            tokens[i].tag in (Tag.AUXILIARY, Tag.MODAL) or tokens[i].could_be <= {Tag.PAST}
            for i in clause.leading
        )
        if verbs:
            return False  # “after the party the alarm was set, …” tells two things
    if inner is not None:
        if any(
            starts_phrase(tokens[i]) and tokens[i - 1].tag is Tag.NOUN
            for i in range(clause.leading.start + 2, inner.finite)
        ):
            return False  # “after the storm the line was cut, …” tells two things
        subject = tokens[clause.subject.start]
        return first.lower in closed.MOVABLE and subject.lower not in _POINTING
    return first.tag in (Tag.PREPOSITION, Tag.DETERMINER) or first.lower in closed.MOVABLE


_POINTING = frozenset(["it", "they", "he", "she", "this", "that", "these", "those"])
