"""What is to be done, written as an order, told as a promise or as something done.

Where the words are no plain order they are left as they are.
"""

from collections.abc import Sequence

from fivewhys.countermeasures.sayable import listed, sentence, small_first
from fivewhys.facilitation import language
from fivewhys.facilitation.language import Tag, Token
from fivewhys.facilitation.language.lexicon import words

_VOWELS = "aeiou"
_SURE_OBJECTS = frozenset([Tag.DETERMINER, Tag.NUMBER, Tag.PRONOUN])
_OBJECTS = _SURE_OBJECTS | {Tag.POSSESSIVE, Tag.NOUN, Tag.ADJECTIVE, Tag.NAME}


def as_promised(text: str, when: str) -> str:
    """A deed as a promise; `when` goes before it.

    >>> as_promised("Print the year on the form", "By 4 December 2026")
    'By 4 December 2026 we will print the year on the form.'
    >>> as_promised("The year stands on the form", "By 4 December 2026")
    'By 4 December 2026: the year stands on the form.'
    """
    deed = small_first(text)
    return sentence(f"{when} we will {deed}" if is_order(text) else f"{when}: {deed}")


def as_done(text: str) -> str:
    """A deed as something done.

    >>> as_done("Print the year on the form and order it in November")
    'We have printed the year on the form and ordered it in November.'
    >>> as_done("The year stands on the form")
    'The year stands on the form.'
    """
    if not is_order(text):
        return sentence(text)
    done = _in_past(small_first(text))
    if not done:
        return sentence(f"We set out to {small_first(text).rstrip('. ')}, and that is done")
    return sentence(f"We have {done}")


def _in_past(text: str) -> str:
    """An order with participles for its verbs; nothing where one of these is not certain."""
    reading = language.read(text)
    tokens = reading.tokens
    verbs = [0]
    for at in range(1, len(tokens) - 1):
        joins = tokens[at].tag is Tag.COORDINATOR or tokens[at].text in (";", ",")
        if joins and tokens[at + 1].may(Tag.BASE):
            is_verb = _is_verb_at(tokens, at + 1)
            if is_verb is None:
                return ""
            verbs += [at + 1] if is_verb else []
    pieces, end = [], 0
    for at in verbs:
        done = participle(tokens[at].lower)
        if not done:
            return ""
        pieces += [text[end : reading.starts[at]], done]
        end = reading.end(at)
    return "".join([*pieces, text[end:]])


def _is_verb_at(tokens: Sequence[Token], at: int) -> bool | None:
    """Whether the word is a further order after “and”; None where that is not certain."""
    if tokens[at].nounness == 0:
        return True
    if at + 1 < len(tokens) and tokens[at + 1].tag in _SURE_OBJECTS:
        return True
    return False if tokens[at].nounness == 2 else None


def participle(verb: str) -> str:
    """The participle of a base form; nothing where it is not certain.

    >>> participle("print"), participle("put"), participle("stop"), participle("carry")
    ('printed', 'put', 'stopped', 'carried')
    """
    known = words()
    irregular = [done for done, base in known.participles.items() if base == verb]
    regular = _regular(verb)
    if irregular:
        # “fitted” and “fit”, but “born” and “borne” do not mean the same.
        one = irregular[0] if len(irregular) == 1 else ""
        return regular if regular in irregular else one
    return regular


def _regular(verb: str) -> str:
    if not verb.isascii() or not verb.isalpha():
        return ""
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return f"{verb[:-1]}ied"
    if verb in listed("doubling") or _is_short(verb):
        return f"{verb}{verb[-1]}ed"
    return f"{verb}ed"


def _is_short(verb: str) -> bool:
    """Whether a verb is one syllable that ends in one vowel and one consonant: stop, fit."""
    if len(verb) < 3 or verb[-1] in f"{_VOWELS}wxy" or verb[-2] not in _VOWELS:
        return False
    return sum(letter in _VOWELS for letter in verb.replace("qu", "q")) == 1


def is_order(text: str) -> bool:
    """Whether a text begins with a verb and what it is done to.

    >>> is_order("Print the year on the form"), is_order("Print shop closed on Sundays")
    (True, False)
    """
    tokens = language.read(text).tokens
    if len(tokens) < 2 or not tokens[0].may(Tag.BASE) or not tokens[0].known:
        return False
    if tokens[0].nounness == 0 or tokens[1].tag in _SURE_OBJECTS:
        return True
    return tokens[0].nounness < 2 and tokens[1].tag in _OBJECTS
