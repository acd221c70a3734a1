"""The words of a why- or how-question: a clause turned round, or kept as it is."""

from fivewhys.facilitation.language import Clause, Reading, Tag, Token
from fivewhys.facilitation.language.english import closed
from fivewhys.facilitation.language.tokens import tokens_of

ENDS = " .!?…;:,-–—"
"""What is dropped where a sentence ends."""


def inverted(reading: Reading, clause: Clause) -> str:
    """The clause as what follows “why”: “did nobody order the forms”; empty where unsure."""
    operator, verb = _operator(reading, clause)
    if not operator:
        return ""
    return joined(operator, *_middle(reading, clause), verb, *_end(reading, clause))


def story(reading: Reading, clause: Clause) -> str:
    """The clause as what follows “how”: “did the form come to be wrong”; empty where unsure."""
    tokens = reading.tokens
    finite, verb = tokens[clause.finite], tokens[clause.verb]
    denied = clause.negation is not None or any(
        tokens[i].lower in closed.DENIALS for i in (*clause.subject, *clause.rest)
    )
    subject, middle = _middle(reading, clause)
    if denied or subject.lower() == "there":
        return ""
    asks, come = "did", "come to"
    end = _end(reading, clause)
    if finite.lemma == "be" and clause.verb == clause.finite:
        after = tokens[clause.rest.start] if clause.rest else None
        if after is None or after.lower in _NOT_BECOME:
            return ""
        return joined(asks, subject, middle, come, "be", *end)
    if clause.passive and finite.lemma == "be" and verb.lower != "being":
        between = range(clause.finite + 1, clause.verb + 1)
        if any(tokens[i].lower in ("been", "being") for i in between):
            return ""
        if clause.tense == "present":
            asks = "does" if finite.lower in ("is", "'s") else "do"
        return joined(asks, subject, middle, come, "be", reading.words(between), *end)
    if clause.verb == clause.finite and finite.known and finite.tag is Tag.PAST:
        deed = clause.rest and tokens[clause.rest.start].tag in _OBJECT_STARTS
        # An event happens, but one comes to a deed: “how did Jo come to leave the key there”.
        return joined(asks, subject, middle, come if deed else "", verb.lemma, *end)
    return ""


_OBJECT_STARTS = frozenset(
    [Tag.DETERMINER, Tag.NOUN, Tag.PRONOUN, Tag.NAME, Tag.NUMBER, Tag.QUOTE, Tag.TO, Tag.ADJECTIVE]
)
_NOT_BECOME = frozenset(
    ["new", "old", "young", "still", "always", "also", "already", "often", "usually", "currently"]
)
"""What nobody comes to be."""


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
        verbs = reading.words(range(after, clause.verb + 1))
        return operator, verbs.replace("'ve", "have").replace("’ve", "have")
    if finite.lower in ("'s", "'ve", "'d") or (
        finite.lemma == "do"
        and any(t.tag is Tag.NEGATION for t in tokens[clause.finite + 1 : clause.finite + 2])
    ):
        return "", ""
    if finite.tag is Tag.AUXILIARY:
        past = finite.lower in ("had", "did")
        does = finite.lower in ("has", "does")
    else:
        if not finite.known:
            return "", ""
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
        between = joined(reading.tokens[clause.leading[0]].lower, between)
    return subject, between


def _end(reading: Reading, clause: Clause) -> tuple[str, str]:
    """What follows the verb, and what stood before the subject."""
    rest = reading.words(clause.rest).rstrip(ENDS)
    leading = reading.tokens[clause.leading.start] if clause.leading else None
    if leading is None or (len(clause.leading) == 1 and leading.lower in closed.MIDDLE_ADVERBS):
        return rest, ""
    return rest, _uncapitalised(reading, clause.leading).rstrip(ENDS)


def statement(reading: Reading) -> str:
    """The answer as a clause that can follow “that”."""
    start = reading.opening
    text = _uncapitalised(reading, range(start, len(reading.tokens))).strip(ENDS)
    first = reading.starts[start]
    sentences = []
    for at in range(start, len(reading.tokens)):
        if reading.tokens[at].tag is Tag.MARK and reading.tokens[at].text[0] in ".!?…":
            sentences.append((first, reading.starts[at]))
            first = reading.end(at)
    sentences.append((first, len(reading.text)))
    parts = [reading.text[low:high].strip(ENDS) for low, high in sentences]
    parts = [part for part in parts if any(char.isalnum() for char in part)]
    if len(parts) < 2:
        return text
    parts[0] = text[: len(parts[0])]
    later = [_lowered(part) for part in parts[1:]]
    if len(parts) == 2 and len(reading.clauses) > 1:
        return f"{parts[0]} and {later[0]}"
    return " – ".join([parts[0], *later])


def _lowered(sentence: str) -> str:
    tokens, _ = tokens_of(sentence[:40])
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


def joined(*parts: str) -> str:
    return " ".join(part for part in parts if part).replace(" ,", ",")
