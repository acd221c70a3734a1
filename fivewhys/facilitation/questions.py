"""The next why- or how-question, formed from the last answer.

Where the grammar is not certain the question takes a form that is right for any sentence (“Why is
it that …?”) or any fragment (“Why: …?”): a wrong sentence on a projector is worse than a stiff one.
"""

from collections.abc import Sequence

from fivewhys.facilitation.language import Clause, Reading, Shape, Tag, Token, read
from fivewhys.facilitation.language.clauses import find_clause
from fivewhys.facilitation.language.english import closed
from fivewhys.facilitation.language.finite import BREAKS
from fivewhys.facilitation.language.tokens import is_shouted, tokens_of
from fivewhys.text import excerpt

MOST_ASKED = 1_200
"""Characters of an answer that its question repeats; longer answers end in an ellipsis."""

_ENDS = " .!?…;:,-–—"


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
    text = excerpt(answer, MOST_ASKED)
    if is_shouted(text):
        return _question(text.lower(), asks).upper()
    reading = read(text)
    if reading.shape is Shape.QUESTION and text.lower().startswith(f"{asks.lower()} "):
        return f"{text.rstrip(_ENDS)}?"
    if reading.shape not in (Shape.STATEMENT, Shape.SEVERAL):
        return f"{asks}: {text.strip(_ENDS) or '…'}?"
    clause = reading.main
    if asks == "Why" and (pair := _pair(reading)):
        return f"Why {pair}?"
    if clause is not None and _is_safe_to_invert(reading, clause):
        question = _why(reading, clause) if asks == "Why" else _how(reading, clause)
        if question:
            return f"{asks} {question}?"
    return f"{asks} is it that {_statement(reading)}?"


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
        and _is_plain(tokens, clause.rest)
        and _can_move(reading, clause)
    )


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
    more = _joined("and", second.lemma, reading.words(second.rest).rstrip(_ENDS))
    return _joined(_why(reading, first), more)


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


def _is_plain(tokens: Sequence[Token], rest: range) -> bool:
    """Whether what follows the verb holds no reason, contrast or second thought of its own."""
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


# -- building


def _why(reading: Reading, clause: Clause) -> str:
    operator, verb = _operator(reading, clause)
    if not operator:
        return ""
    return _joined(operator, *_middle(reading, clause), verb, *_end(reading, clause))


def _how(reading: Reading, clause: Clause) -> str:
    tokens = reading.tokens
    finite, verb = tokens[clause.finite], tokens[clause.verb]
    denied = clause.negation is not None or any(
        tokens[i].lower in closed.DENIALS for i in (*clause.subject, *clause.rest)
    )
    subject, middle = _middle(reading, clause)
    if denied or subject.lower() == "there":
        return ""
    if finite.lemma == "be" and clause.verb == clause.finite:
        return _joined("did", subject, middle, "come to be", *_end(reading, clause))
    if clause.passive and finite.lemma == "be" and verb.lower != "being":
        between = range(clause.finite + 1, clause.verb + 1)
        if all(tokens[i].lower not in ("been", "being") for i in between):
            return _joined(
                "did", subject, middle, "come to be", reading.words(between), *_end(reading, clause)
            )
    if clause.verb == clause.finite and clause.tense == "past" and finite.tag is Tag.PAST:
        return _why(reading, clause)
    return ""


def _operator(reading: Reading, clause: Clause) -> tuple[str, str]:
    """The word before the subject and the words of the verb after it; empty where unsure."""
    tokens = reading.tokens
    finite, verb = tokens[clause.finite], tokens[clause.verb]
    helps = clause.verb != clause.finite
    if finite.tag is Tag.MODAL or finite.lemma == "be" or (helps and finite.tag is Tag.AUXILIARY):
        operator = _full_form(reading, clause)
        after = clause.finite + 1
        if operator and after < len(tokens) and tokens[after].lower == "n't":
            after += 1
            operator = closed.NOT_FORMS.get(operator, f"{operator}n't")
        return operator, reading.words(range(after, clause.verb + 1))
    if finite.lower in ("'s", "'ve", "'d") or (
        finite.lemma == "do"
        and any(t.tag is Tag.NEGATION for t in tokens[clause.finite + 1 : clause.finite + 2])
    ):
        return "", ""
    if finite.tag is Tag.AUXILIARY:
        past = finite.lower in ("had", "did")
        does = finite.lower in ("has", "does")
    else:
        past, does = finite.may(Tag.PAST) and not finite.may(Tag.PRESENT), finite.may(Tag.PRESENT)
    return "did" if past else "does" if does else "do", verb.lemma


def _full_form(reading: Reading, clause: Clause) -> str:
    """The auxiliary written out; empty where “'s” or “'d” could be two things."""
    finite, verb = reading.tokens[clause.finite], reading.tokens[clause.verb]
    helps = clause.verb != clause.finite
    if finite.lower == "'s" and finite.lemma == "be":
        doubtful = (
            helps
            and verb.may(Tag.PARTICIPLE)
            and (verb.lemma in closed.INTRANSITIVE or clause.negation is not None)
        )
        return "" if doubtful and not verb.may(Tag.GERUND) else "is"
    if finite.lower == "'s":
        return "has"
    if finite.lower == "'d":
        if (verb.may(Tag.BASE) and verb.may(Tag.PARTICIPLE)) or verb.lower == "better":
            return ""
        return "had" if finite.tag is Tag.AUXILIARY else "would"
    return closed.FULL_FORMS.get(finite.lower, finite.lower)


def _middle(reading: Reading, clause: Clause) -> tuple[str, str]:
    """The subject, and the adverbs that stand between it and the verb."""
    subject = _uncapitalised(reading, clause.subject)
    between = reading.words(range(clause.subject.stop, clause.finite)).strip(" ,")
    if (
        len(clause.leading) == 1
        and reading.tokens[clause.leading[0]].lower in closed.MIDDLE_ADVERBS
    ):
        between = _joined(reading.tokens[clause.leading[0]].lower, between)
    return subject, between


def _end(reading: Reading, clause: Clause) -> tuple[str, str]:
    """What follows the verb, and what stood before the subject."""
    rest = reading.words(clause.rest).rstrip(_ENDS)
    leading = reading.tokens[clause.leading.start] if clause.leading else None
    if leading is None or (len(clause.leading) == 1 and leading.lower in closed.MIDDLE_ADVERBS):
        return rest, ""
    return rest, _uncapitalised(reading, clause.leading).rstrip(_ENDS)


def _statement(reading: Reading) -> str:
    """The answer as a clause that can follow “that”."""
    start = reading.opening
    text = _uncapitalised(reading, range(start, len(reading.tokens))).strip(_ENDS)
    stops = [
        token for token in reading.tokens[start:]
        if token.tag is Tag.MARK and token.text[0] in ".!?…"
    ]  # fmt: skip
    first = reading.tokens[start].start
    sentences = []
    for stop in stops:
        sentences.append((first, stop.start))
        first = stop.end
    sentences.append((first, len(reading.text)))
    parts = [reading.text[low:high].strip(_ENDS) for low, high in sentences]
    parts = [part for part in parts if any(char.isalnum() for char in part)]
    if len(parts) < 2:
        return text
    parts[0] = text[: len(parts[0])]
    later = [_lowered(part) for part in parts[1:]]
    if len(parts) == 2 and len(reading.clauses) > 1:
        return f"{parts[0]} and {later[0]}"
    return " – ".join([parts[0], *later])


def _lowered(sentence: str) -> str:
    tokens = tokens_of(sentence[:40])
    return _plain_first(sentence, tokens[0]) if tokens else sentence


def _uncapitalised(reading: Reading, span: range) -> str:
    """The text of a span with an ordinary first word in lower case, and i as I."""
    text = reading.words(span)
    return _plain_first(text, reading.tokens[span.start])


def _plain_first(text: str, first: Token) -> str:
    if first.lower == "i":
        return f"I{text[1:]}"
    ordinary = (
        first.text[:1].isupper()
        and not first.text[1:].isupper()
        and (len(first.text) == 1 or first.text[1:].islower() or "-" in first.text)
    )
    if ordinary and first.tag not in (Tag.NAME, Tag.QUOTE) and not first.text[1:2].isupper():
        return text[:1].lower() + text[1:]
    return text


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part).replace(" ,", ",")
