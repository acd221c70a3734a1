"""What a countermeasure works by, told from its words; how strong it is follows from that.

The phrases are data, in `means.toml`. A suggestion is made where the words are plain, and a person
decides: a wrong one would be believed more often than it would be mended.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from fivewhys.facilitation import language
from fivewhys.facilitation.language import Tag, Token
from fivewhys.facilitation.rules.phrases import PhraseBook
from fivewhys.facilitation.rules.words import Word, words_of
from fivewhys.models.plan_words import STRENGTH_OF, Means, Strength
from fivewhys.text import clean

_ORDER = tuple(Strength)

_JOINERS = frozenset(["and", "plus", "then", "&", "+"])
_STRONG_BREAKS = frozenset([".", ";", "!", "?", ":", "–", "—", "--"])
_SUBORDINATES = frozenset(["that", "who", "which", "how", "when", "where", "whether", "so", "if"])
_INTRODUCES = frozenset([Tag.PREPOSITION, Tag.SUBORDINATOR, Tag.WH, Tag.ADVERB, Tag.TO])
_BEFORE_DEED = ("please", "we will", "we'll", "we should", "we must", "let us", "let's", "to")
"""What may stand before the first deed without changing it."""


@dataclass(frozen=True, slots=True)
class _Group:
    means: Means | None
    """None for phrases that only look like something."""
    phrases: tuple[str, ...]


def suggest(text: str) -> Means | None:
    """What a countermeasure works by; None where its words do not say for certain.

    What is to be done counts, not what it is done with or for: “train people to use the form that
    blocks refunds” is training. Where several things are to be done, the strongest of them counts,
    as a plan holds by its strongest part; but where one of them is not understood, only what is
    stronger than all others is said.

    >>> suggest("Train the agents"), suggest("Block the form above the order's value")
    (<Means.TRAINING: 'training'>, <Means.FORCING: 'forcing'>)
    >>> suggest("Train the agents and block the form")
    <Means.FORCING: 'forcing'>
    >>> suggest("Talk about it on Monday") is None
    True
    """
    deeds = _deeds(_without_opening(clean(text)))
    found = [means for means in deeds if means]
    if not found:
        return None
    strongest = min(found, key=lambda means: _ORDER.index(STRENGTH_OF[means]))
    certain = None not in deeds or STRENGTH_OF[strongest] is _ORDER[0]
    return strongest if certain else None


def _without_opening(text: str) -> str:
    for opening in _BEFORE_DEED:
        if text[: len(opening) + 1].lower() == f"{opening} ":
            return text[len(opening) + 1 :]
    return text


def _deeds(text: str) -> list[Means | None]:
    """What each thing that is to be done works by, in order; None where it is not understood."""
    words = words_of(text, frozenset(), len(text))
    if not words:
        return []
    kinds = frozenset[str]().union(*(word.keys for word in words))
    reading = language.read(text)
    tokens = dict(zip(reading.starts, reading.tokens, strict=True))
    spans = _book().find(words, kinds)
    matches = [
        (start, int(number)) for number, its in spans.items() for start, _ in its
    ]  # the first in a span of words, and of these the first of the groups
    clauses = [reading.starts[clause.finite] for clause in reading.clauses]
    parts = _parts(words, tokens, clauses)
    deeds: list[Means | None] = []
    for low, high, counts in parts:
        inside = [match for match in matches if low <= match[0] < high]
        means = _groups()[min(inside)[1]].means if inside and counts else None
        if means:
            deeds.append(means)
        elif counts and _is_deed(words[low:high], tokens, first=low == parts[0][0]):
            deeds.append(None)
    return deeds


def _parts(
    words: Sequence[Word], tokens: dict[int, Token], clauses: Sequence[int]
) -> list[tuple[int, int, bool]]:
    """The spans between breaks and joiners, each with whether it can be a deed of its own.

    `clauses` are the characters at which their finite verbs begin.
    """
    breaks = [-1, *(i for i, word in enumerate(words) if _is_break(word)), len(words)]
    parts: list[tuple[int, int, bool]] = []
    is_list = False
    """Whether the text names things, and not deeds: “training and a checklist”."""
    is_below = False
    """Whether what came last hangs on a verb: “train people to check the seal and …”."""
    for before, after in pairwise(breaks):
        low = before + 1
        if low >= after:
            continue
        span = words[low:after]
        mark = words[before].low if before >= 0 else "."
        if mark in _STRONG_BREAKS or not parts:
            counts = True
            is_list = not _begins_with_verb(span, tokens)
            is_list &= all(word.tag is not Tag.PREPOSITION for word in span)
            is_below = False
        else:
            says = any(span[0].start < at <= span[-1].start for at in clauses)
            own_verb = _begins_with_verb(span, tokens) or says
            counts = (own_verb or is_list) and not (is_below and mark in _JOINERS)
        is_below = mark in _JOINERS and is_below and not counts
        is_below |= any(_goes_below(span, index, tokens) for index in range(1, len(span)))
        parts.append((low, after, counts))
    return parts


def _is_break(word: Word) -> bool:
    return word.is_break or word.low in _JOINERS


def _goes_below(span: Sequence[Word], index: int, tokens: dict[int, Token]) -> bool:
    word = span[index]
    if word.low in _SUBORDINATES:
        return True
    token = tokens.get(span[index + 1].start) if index + 1 < len(span) else None
    return word.low == "to" and token is not None and token.may(Tag.BASE)


def _begins_with_verb(span: Sequence[Word], tokens: dict[int, Token]) -> bool:
    """Whether a span begins like an order: “block the form”, “reorder forms”, “adding a line”."""
    words = [word for word in span if not (word.is_adverb or word.low in ("also", "then"))]
    if not words:
        return False
    token = tokens.get(words[0].start)
    if token is None or not token.may(Tag.BASE, Tag.GERUND):
        return False
    if token.nounness == 0 or len(words) == 1:
        return token.nounness < 2
    follows = words[1]
    if follows.is_a("DET") or follows.is_a("NUMBER") or follows.is_a("POSS"):
        return True
    return follows.tag in (Tag.PRONOUN, Tag.ADJECTIVE) or (token.nounness < 2 and follows.is_noun)


def _is_deed(span: Sequence[Word], tokens: dict[int, Token], *, first: bool) -> bool:
    """Whether a span in which nothing was found is something to be done all the same."""
    if _begins_with_verb(span, tokens):
        return True
    introduces = span[0].tag in _INTRODUCES or span[0].low in ("instead", "from")
    return first and not introduces


@cache
def _groups() -> tuple[_Group, ...]:
    table = tomllib.loads(
        files("fivewhys.countermeasures").joinpath("means.toml").read_text("utf-8")
    )
    kinds = {name: "|".join(words.split()) for name, words in table["words"].items()}
    return tuple(
        _Group(
            Means(group["means"]) if "means" in group else None,
            tuple(_written_out(line, kinds) for line in group["phrases"].splitlines() if line),
        )
        for group in table["groups"]
    )


def _written_out(phrase: str, kinds: dict[str, str]) -> str:
    """The phrase with the words of this file's own kinds in their place."""
    return " ".join(
        "|".join(kinds.get(word, word) for word in part.split("|")) for part in phrase.split()
    )


@cache
def _book() -> PhraseBook:
    """The phrases of all groups, each under its group's number."""
    return PhraseBook({str(number): group.phrases for number, group in enumerate(_groups())})
