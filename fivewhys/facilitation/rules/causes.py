"""R8: two causes in one answer, each with a subject and something wrong of its own.

An “and” joins many things that are no two causes: two deeds of one subject, two subjects of one
verb, two figures that say something only together, an event and what came of it. So both clauses
are looked at, and how the second hangs on the first.
"""

from collections.abc import Sequence

from fivewhys.facilitation.language import Tag
from fivewhys.facilitation.rules.lists import words as listed
from fivewhys.facilitation.rules.parts import Parts, parts_of
from fivewhys.facilitation.rules.phrases import Span
from fivewhys.facilitation.rules.reading import Reading
from fivewhys.facilitation.rules.words import Word

_OUTCOMES = listed("outcomes")
_POINTING = frozenset(
    ["it", "its", "they", "this", "that", "these", "those", "he", "she", "his", "her", "their",
     "so", "then", "thus", "therefore", "hence", "now", "both", "none", "which"]
)  # fmt: skip
"""What the second clause begins with where it goes on about the first."""
_STANDING_IN = listed("standing_in")
_STOPS = frozenset([".", "!", "?", "…"])
_LONGEST_CAUSE = 25
"""Words on either side of an “and” that are looked at."""
_LONGEST_BARE = 6
"""Words that a faulty thing named without a verb may take."""
_BREAKING = frozenset(["break", "burst", "fall", "spill"])
_OF_MANY = frozenset(["are", "were", "have"])


def two_causes(reading: Reading) -> Parts | None:
    """R8: two causes joined in one answer, as their two texts.

    >>> from fivewhys.facilitation.rules.reading import read
    >>> two_causes(read("The card was faulty and the plan had the wrong depot"))
    Parts(first='The card was faulty', second='the plan had the wrong depot')
    >>> two_causes(read("The aisle is 2.6 m and the truck needs 2.8")) is None
    True
    """
    words = reading.words
    for span in reading.said("added"):
        joint = _joint(words, span) if span[0] else None
        if joint and _is_whole(words, 0, joint[0]) and _is_whole(words, joint[1], len(words)):
            return parts_of(reading, *joint)
    troubles = [first for first, _ in reading.said("trouble")]
    wrong = [i for i, word in enumerate(words) if word.is_a("AILING") or word.is_a("FAULTY")]
    wrong += troubles
    if len(wrong) < 2:
        return None
    for index in range(min(wrong) + 1, max(wrong)):
        if words[index].low not in ("and", ";"):
            continue
        end = index - 1 if words[index - 1].is_break else index
        start = index + 1
        while start < len(words) - 1 and (words[start].is_break or words[start].low == "and"):
            start += 1
        left = words[_begin(words, end) : end]
        right = words[start : _end(words, start)]
        if (
            left
            and right
            and _is_cause(left, any(end - len(left) <= place < end for place in troubles))
            and _is_cause(right, any(start <= place < start + len(right) for place in troubles))
            and not _share_a_verb(left, right)
            and not _belong_together(left, right)
            and not _comes_of(right, left)
        ):
            return parts_of(reading, end, start)
    return None


def _begin(words: Sequence[Word], end: int) -> int:
    """Where the sentence begins that goes up to `end`, as far as it is looked at."""
    first = max(0, end - _LONGEST_CAUSE)
    return next((i + 1 for i in range(end - 1, first - 1, -1) if words[i].low in _STOPS), first)


def _end(words: Sequence[Word], start: int) -> int:
    """Where the sentence ends that goes on at `start`, as far as it is looked at."""
    last = min(len(words), start + _LONGEST_CAUSE)
    return next((i for i in range(start, last) if words[i].low in _STOPS), last)


def _joint(words: Sequence[Word], span: Span) -> Span | None:
    """Where the first cause ends and the second begins, given where the adding words stand."""
    first, last = span
    if words[first].low in ("too", "well", "as") and words[last - 1].ends_clause:
        joints = (i for i in range(first - 1, 0, -1) if words[i].low in ("and", ";", ",", "."))
        index = next(joints, 0)
        last = index + 1
        first = index
    while first > 0 and (
        words[first - 1].is_break or words[first - 1].low in ("and", "then", "there")
    ):
        first -= 1
    while last < len(words) and words[last].is_break:
        last += 1
    return (first, last) if first else None


def _is_whole(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether the words say something by themselves; “plus 12,” is a sum."""
    said = [word for word in words[start:end] if not word.is_break]
    acts = any(word.is_finite for word in said)
    if len(said) < 2 or (acts and _verb(said) is None):
        return False
    return not (said[0].is_a("NUMBER") and words[start + 1].is_break)


def _is_cause(words: Sequence[Word], is_trouble: bool) -> bool:
    """Whether the clause tells of something wrong by itself, with a subject of its own.

    `is_trouble` tells whether a known turn of speech in it does: “the clerk had no phone”.
    """
    if _is_bare_fault(words) or _is_fault_of_thing(words):
        return True
    opening = words[0]
    if opening.tag is Tag.PREPOSITION or opening.is_a("NOBODY") or _verb(words) is None:
        return False
    return is_trouble or any(word.is_a("AILING") or word.is_a("FAULTY") for word in words)


def _is_bare_fault(words: Sequence[Word]) -> bool:
    """Whether it is a faulty thing without a verb: “a broken ramp”, “old computers”."""
    if len(words) > _LONGEST_BARE or any(word.is_finite or word.is_break for word in words):
        return False
    faulty = next(
        (
            place
            for place, word in enumerate(words[:2])
            if word.is_a("AILING") and word.tag is not Tag.PREPOSITION
        ),
        None,
    )
    return faulty is not None and any(word.is_noun for word in words[faulty + 1 :])


def _is_fault_of_thing(words: Sequence[Word]) -> bool:
    """Whether what is wrong follows its thing without a verb: “queue short-staffed”."""
    if not 1 < len(words) <= _LONGEST_BARE or any(w.is_finite or w.is_break for w in words):
        return False
    last = words[-1]
    return last.is_a("AILING") and not last.is_noun and any(word.is_noun for word in words[:-1])


def _verb(words: Sequence[Word]) -> int | None:
    """Where the first finite word stands that has a subject before it."""
    subject = False
    for place, word in enumerate(words):
        if word.is_finite and subject:
            return place
        subject = subject or word.is_a("NOUN") or word.tag is Tag.PRONOUN
    return None


def _share_a_verb(left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether the two are subjects of one verb: “old pipes and valves leaked”."""
    verb = _verb(right)
    if verb is None or any(word.is_finite for word in left) or _is_fault_of_thing(left):
        return False
    opening, head = right[0], _head(right, verb)
    if not (opening.is_a("DET") or opening.is_a("POSS") or opening.is_a("NUMBER")):
        return True
    is_one = head is not None and head.low == head.lemma and not head.is_a("PERSON")
    return is_one and right[verb].low in _OF_MANY


def _head(words: Sequence[Word], verb: int) -> Word | None:
    """The noun that the verb at `verb` is said of."""
    return next((word for word in reversed(words[:verb]) if word.is_noun), None)


def _belong_together(left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether two clauses tell of one thing, or compare two figures."""
    verb = _verb(right)
    subject = right[:verb] if verb is not None else right
    if right[0].low in _POINTING or any(word.low in _STANDING_IN for word in subject):
        return True
    if any(w.is_a("NUMBER") for w in left) and any(w.is_a("NUMBER") for w in right):
        return True
    if _are_set_against(left, right):
        return False
    nouns = {word.lemma for word in left if word.is_noun}
    return any(word.is_noun and word.lemma in nouns for word in right)


def _are_set_against(left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether the subjects are two of a kind: “the old manager … and the new manager …”."""
    told = _subject(left), _subject(right)
    if not all(told) or told[0][-1].lemma != told[1][-1].lemma:
        return False
    first, second = ({word.lemma for word in subject[:-1]} for subject in told)
    return bool(first) and bool(second) and first.isdisjoint(second)


def _subject(words: Sequence[Word]) -> list[Word]:
    """The words of the first subject down to its head, articles left out."""
    verb = _verb(words)
    if verb is None:
        return []
    told = [word for word in words[:verb] if not (word.is_adverb or word.is_a("DET"))]
    while told and not told[-1].is_noun:
        told.pop()
    return told


def _comes_of(right: Sequence[Word], left: Sequence[Word]) -> bool:
    """Whether the second clause tells what came of the event in the first.

    “The fuse blew and the lamp went out” is an event and its effect; what is wrong in a person's
    place, or was so before, is a cause of its own.
    """
    verb, event = _verb(right), _verb(left)
    if verb is None or event is None:
        return False
    if left[event].tag is not Tag.PAST:
        # “The parcel was dropped and the vase broke”: only what breaks so comes of a passive.
        is_passive = any(word.tag is Tag.PARTICIPLE for word in left[event:])
        return is_passive and right[verb].lemma in _BREAKING
    head = _head(right, verb)
    if head is None or head.is_a("PERSON"):
        return False
    wrong = [word for word in right[verb:] if word.is_a("AILING")]
    if right[verb].tag is Tag.PAST:
        return True
    return all(word.low in _OUTCOMES for word in wrong) and (
        bool(wrong) or any(word.is_a("NOT") for word in right[verb:])
    )
