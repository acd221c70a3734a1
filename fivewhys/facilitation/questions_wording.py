"""The words of a why- or how-question: a clause turned round, or kept as it is."""

from collections.abc import Sequence

from fivewhys.facilitation.language import Clause, Reading, Tag, Token
from fivewhys.facilitation.language.english import closed
from fivewhys.facilitation.language.lexicon import entry
from fivewhys.facilitation.language.openings import finite_words
from fivewhys.facilitation.language.tokens import is_plural, tokens_of
from fivewhys.facilitation.questions_told import tells

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
    operator = "did" if past else "does" if does else "do"
    return (operator, verb.lemma) if _agrees(reading, clause, operator) else ("", "")


def _agrees(reading: Reading, clause: Clause, operator: str) -> bool:
    """Whether “do” has no subject that is clearly one thing: “this model”."""
    tokens = reading.tokens
    first, second = tokens[clause.subject.start], tokens[clause.subject.start + 1]
    last = tokens[clause.subject[-1]]
    if operator == "do" and len(clause.subject) > 1 and last.lower.endswith("s"):
        before, finite = tokens[clause.subject[-2]], tokens[clause.finite]
        adds = first.may(Tag.GERUND) and is_plural(before) and len(clause.subject) > 2
        # “the loop favours speed” may be read in two ways, “the phone calls drop” in one.
        more = tokens[clause.rest.start].tag if clause.rest else Tag.PREPOSITION
        doubled = (
            before.tag is Tag.NOUN
            and not is_plural(before)
            and finite.nounness == 2
            and more is Tag.PREPOSITION
            and not (clause.rest and tokens[clause.rest.start].lower in closed.PARTICLES)
        )
        if (adds and last.may(Tag.PRESENT)) or (
            doubled and (last.may(Tag.PRESENT) or not last.known)
        ):
            return False
    if operator != "do" or second.lower in closed.PLURAL_DETERMINERS | closed.NUMBER_WORDS:
        return True
    return first.lower not in closed.SINGULAR_DETERMINERS | {"this", "it"} or any(
        tokens[i].lower in ("of", "and") for i in clause.subject
    )


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
    if (
        reading.tokens[start].lower == "that"
        and tells(reading, start)
        and finite_words(reading.tokens) > 1
    ):
        text = f"the fact {text}"
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
    return _plain_first(sentence, tokens) if tokens else sentence


def _uncapitalised(reading: Reading, span: range) -> str:
    """The text of a span with an ordinary first word in lower case, and i as I."""
    tokens = reading.tokens[span.start : span.start + 3]
    text = reading.words(span)
    if len(tokens) > 1 and tokens[0].tag is Tag.ASIDE:
        aside = len(tokens[0].text)
        return text[:aside] + " " + _plain_first(text[aside:].lstrip(), tokens[1:])
    return _plain_first(text, tokens)


def _plain_first(text: str, tokens: Sequence[Token]) -> str:
    first = tokens[0]
    if first.lower == "i":
        return f"I{text[1:]}"
    ordinary = (
        first.text[:1].isupper()
        and not first.text[1:].isupper()
        and (len(first.text) == 1 or first.text[1:].islower() or "-" in first.text)
    )
    named = (first.tag is Tag.NAME and not _is_derived(tokens)) or first.tag is Tag.QUOTE
    if not ordinary or named or first.text[1:2].isupper():
        return text
    if first.lower in closed.CAPITALISED or (len(tokens) > 1 and _is_title(first, tokens[1])):
        return text
    return text[:1].lower() + text[1:]


def _is_derived(tokens: Sequence[Token]) -> bool:
    """Whether a word that no list holds is an ordinary one made longer: “leavers'”, “earlier”."""
    low = tokens[0].lower
    if low.endswith("ier"):
        return not {Tag.ADJECTIVE, Tag.ADVERB}.isdisjoint(entry(f"{low[:-3]}y").tags)
    owns = len(tokens) > 1 and (tokens[1].text in "'’" or tokens[1].tag is Tag.NOUN)
    bases = (low[:-3], low[:-2], low[:-4])
    return low.endswith("ers") and owns and any(Tag.BASE in entry(base).tags for base in bases)


def _is_title(first: Token, second: Token) -> bool:
    """Whether both words have a capital, as in “Human Resources” or “Data Protection”."""
    return (
        first.tag in _OPEN_CLASSES
        and first.lower not in _NO_TITLE
        and second.text[:1].isupper()
        and second.text[1:].islower()
        and second.lower not in closed.TIME_NOUNS
        and Tag.NOUN in entry(second.lower).tags
        and entry(second.lower).known
    )


_NO_TITLE = frozenset(
    [
        "old",
        "new",
        "former",
        "current",
        "previous",
        "last",
        "first",
        "next",
        "other",
        "early",
        "late",
    ]
)
"""What stands before a title rather than in it: “old Customer Service phones”."""
_OPEN_CLASSES = frozenset(
    [Tag.NOUN, Tag.ADJECTIVE, Tag.GERUND, Tag.BASE, Tag.PARTICIPLE, Tag.PRESENT]
)


def joined(*parts: str) -> str:
    return " ".join(part for part in parts if part).replace(" ,", ",")
