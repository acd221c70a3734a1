"""What each English word can be, read from the word lists in `english` when first asked for.

Regular forms are taken apart here, so that the lists need only base forms.
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from fivewhys.facilitation.language.tags import Tag

_ADJECTIVE_ENDINGS = ("able", "ible", "ful", "less", "ous", "ic", "ical", "ive", "ish")
_VOWELS = "aeiou"


class Words(NamedTuple):
    """The open classes: base forms only."""

    verbs: dict[str, int]
    """How much rather a noun each verb is: 0 never, 1 less often, 2 more often."""
    past: dict[str, str]
    """Irregular past forms and the base of each."""
    participles: dict[str, str]
    """Irregular participles and the base of each."""
    adjectives: frozenset[str]
    nouns: frozenset[str]


class Entry(NamedTuple):
    """One word form: what it may be, and its base where it is a verb."""

    tags: frozenset[Tag]
    lemma: str
    nounness: int = 0
    """How much rather a noun than a verb: 0 never, 1 less often, 2 more often."""
    known: bool = True


@cache
def words() -> Words:
    """The word lists, read once."""
    verbs: dict[str, int] = {}
    nounness = -1
    for line in _lines("verbs.txt"):
        if line.startswith("["):
            nounness += 1
        else:
            verbs.update(dict.fromkeys(line.split(), nounness))
    past: dict[str, str] = {}
    participles: dict[str, str] = {}
    for line in _lines("irregular.txt"):
        base, before, done = line.split()
        past.update(dict.fromkeys(before.split(","), base))
        participles.update(dict.fromkeys(done.split(","), base))
        verbs.setdefault(base, 1)
    return Words(
        verbs,
        past,
        participles,
        frozenset(" ".join(_lines("adjectives.txt")).split()),
        frozenset(" ".join(_lines("nouns.txt")).split()),
    )


def _lines(name: str) -> list[str]:
    text = (Path(__file__).parent / "english" / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@lru_cache(maxsize=4096)
def entry(word: str) -> Entry:  # noqa: PLR0912 - the endings, one after another
    """What the lower-case `word` of an open class may be.

    >>> sorted(entry("broke").tags), entry("broke").lemma
    ([Tag.PAST], 'break')
    """
    known = words()
    tags: set[Tag] = set()
    lemma = ""
    nounness = 0
    if (own := _nounness(word)) is not None:
        tags.add(Tag.BASE)
        lemma, nounness = word, own
        if nounness:
            tags.add(Tag.NOUN)
    if base := known.past.get(word):
        tags.add(Tag.PAST)
        lemma = base
    if base := known.participles.get(word):
        tags.add(Tag.PARTICIPLE)
        lemma = lemma if Tag.PAST in tags else base
    for ending, found in (
        ("s", {Tag.PRESENT}),
        ("ed", {Tag.PAST, Tag.PARTICIPLE}),
        ("ing", {Tag.GERUND}),
    ):
        if not tags & found and (base := _base(word, ending)):
            tags |= found
            lemma = base if Tag.BASE not in tags else lemma
            if ending == "s" and (own := _nounness(base)):
                tags.add(Tag.NOUN)
                nounness = own
            if ending == "ing":
                tags.add(Tag.NOUN)
    if word in known.adjectives or (
        word.endswith(_ADJECTIVE_ENDINGS) and not tags and len(word) > 5
    ):
        tags.add(Tag.ADJECTIVE)
    singular = singular_of(word)
    if word in known.nouns or singular in known.nouns:
        tags.add(Tag.NOUN)
        nounness = nounness or (1 if Tag.PAST in tags or Tag.PRESENT in tags else 2)
    if word.endswith("ly") and len(word) > 4 and Tag.NOUN not in tags and Tag.BASE not in tags:
        tags.discard(Tag.ADJECTIVE)
        tags.add(Tag.ADVERB)
    if tags:
        return Entry(frozenset(tags), lemma or singular, nounness)
    if noun := _noun_made_verb(word):
        return Entry(_UNKNOWN_PAST if word.endswith("ed") else _UNKNOWN_GERUND, noun, 1)
    if word.endswith("ed") and len(word) > 5:
        return Entry(_UNKNOWN_PAST, word, 1, known=False)
    if word.endswith("ing") and len(word) > 5:
        return Entry(_UNKNOWN_GERUND, word, 1, known=False)
    return Entry(_UNKNOWN, singular, 2, known=False)


_UNKNOWN = frozenset([Tag.NOUN])
_UNKNOWN_PAST = frozenset([Tag.PAST, Tag.PARTICIPLE])
_UNKNOWN_GERUND = frozenset([Tag.NOUN, Tag.GERUND])


def _nounness(word: str) -> int | None:
    """How much rather a noun the verb `word` is; None where it is no verb.

    “resend” and “overfill” are verbs because “send” and “fill” are.
    """
    known = words()
    nounness = known.verbs.get(word)
    if nounness is None and not (
        word in known.nouns or word in known.adjectives or word.endswith(("ing", "ed"))
    ):
        bare = word.removeprefix(next((p for p in _PREFIXES if word.startswith(p)), "-"))
        if bare != word and len(bare) > 3:
            nounness = known.verbs.get(bare)
    return nounness


_PREFIXES = ("re", "un", "mis", "over", "under", "pre", "de", "dis")


def _noun_made_verb(word: str) -> str:
    """The noun that a word in -ed or -ing makes a verb: “crated”, “barcoding”; or nothing."""
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and not word.endswith("eed"):
            nouns = words().nouns
            return next((base for base in (stem, stem + "e", stem[:-1]) if base in nouns), "")
    return ""


def _base(word: str, ending: str) -> str:
    """The verb of which `word` is the regular form with `ending`, or nothing."""
    if not word.endswith(ending) or len(word) < len(ending) + 2:
        return ""
    stem = word[: -len(ending)]
    if ending == "s":
        candidates = [stem]
        if stem.endswith("ie"):
            candidates = [stem[:-2] + "y", stem]
        elif stem.endswith(("se", "xe", "ze", "che", "she", "oe")):
            candidates = [stem, stem[:-1]]
            if _nounness(stem[:-1]) is not None and not stem.endswith("se"):
                candidates.reverse()
    else:
        candidates = [stem + "e", stem]
        if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
            candidates = [stem, stem[:-1]]
        elif stem.endswith("i") and ending == "ed":
            candidates = [stem[:-1] + "y", stem + "e"]
        elif stem.endswith("y") and ending == "ing":
            candidates = [stem, stem[:-1] + "ie"]
        elif stem.endswith("ck"):
            candidates = [stem, stem[:-1]]
    known = words().verbs
    return next(
        (base for base in candidates if base in known),
        next((base for base in candidates if _nounness(base) is not None), ""),
    )


def singular_of(word: str) -> str:
    """The likely singular of the lower-case noun `word`."""
    if not is_plural_form(word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word[:-1]


def is_plural_form(word: str) -> bool:
    """Whether the lower-case `word` looks like a plural."""
    return (
        len(word) > 2
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is", "'s"))
        and word not in _SINGULARS
    )


_SINGULARS = frozenset(
    [
        "alias",
        "asbestos",
        "atlas",
        "bias",
        "canvas",
        "chaos",
        "diabetes",
        "gas",
        "lens",
        "news",
        "pancreas",
        "thermos",
    ]
)
