"""Rules about what people did or did not do: blame, a rule not followed, hindsight."""

from collections.abc import Sequence

from fivewhys.facilitation.language import Tag
from fivewhys.facilitation.language.english.closed import TIME_NOUNS
from fivewhys.facilitation.rules.lists import words as listed
from fivewhys.facilitation.rules.reading import Reading
from fivewhys.facilitation.rules.words import Word

_DEGREES = listed("degrees")
_ENDS_DEED = frozenset(["and", "but", "because", "so", "when", "as"])
_WRONGLY = frozenset(["wrong", "wrongly", "incorrectly", "improperly", "badly", "instead"])
_NOT_DONE = frozenset(["be", "find", "get", "have", "hear", "need", "receive", "see"])
"""Verbs with which something wrong comes to someone who did not do it."""
_NO_LOOKING_BACK = frozenset(["after", "as", "before", "none", "nobody", "than", "when", "where"])
"""Shortly before a “should have”, these make it a measure or a fact."""
_ALL = frozenset(["all", "both"])
_FAULTY = frozenset(["FAULTY", "FAULTY_IF_SAID", "INSULT"])
_GROUPS = frozenset(["CUSTOMER", "PEOPLE"])
"""Those whom an insult is said of like of people at work; a mere fault of theirs is a fact."""
_RELATES = frozenset(["who", "which", "that", "when"])

_OF_SCOPE = frozenset(
    ["applied", "dropped", "ignored", "kept", "left", "missed", "out", "skipped", "used"]
)
"""What is told of a rule's reach as well as of people who do not keep it."""
_CONDITIONS = frozenset(["if", "when", "whenever", "where", "unless", "until", "once"])
_LETS = frozenset(["let", "make", "allow", "help", "force", "ask", "tell", "want"])
"""Verbs whose object does what comes next: “the form lets agents skip it”."""

_REACH = 4
"""Words after a person in which a reproach must begin (two in the rulebook, with helpers)."""
_REACH_OF_CLAUSE = 8
"""The same after “whoever”, which has a verb of its own first."""
_REACH_OF_PRONOUN = 2
"""The same after they and we, which stand for things just as often."""


def blames_character(reading: Reading) -> bool:
    """R1: someone's character, or a mistake as such, is the cause.

    >>> from fivewhys.facilitation.rules.reading import read
    >>> blames_character(read("The night crew are lazy"))
    True
    >>> blames_character(read("Lazy loading is on"))
    False
    """
    words = reading.words
    if reading.said("blame") or "FAULT" in reading.kinds:
        return True
    if reading.kinds.isdisjoint(_FAULTY):
        return False
    for index, word in enumerate(words):
        if word.keys.isdisjoint(_FAULTY):
            continue
        faulty = word.is_a("FAULTY")
        if (faulty or word.is_a("INSULT")) and _names_person(words, index):
            return True
        if (faulty and _is_all(reading)) or _is_said_of_person(words, index):
            return True
    return False


def _is_all(reading: Reading) -> bool:
    return reading.count <= 3 and not reading.has_verb


def _names_person(words: Sequence[Word], index: int) -> bool:
    """Whether the adjective at `index` stands before a person: “careless drivers”."""
    after = words[index + 1 : index + 3]
    return any(word.is_a("PERSON") and word.tag is not Tag.PRONOUN for word in after) or (
        words[index].is_a("INSULT") and any(not word.keys.isdisjoint(_GROUPS) for word in after)
    )


def _is_said_of_person(words: Sequence[Word], index: int) -> bool:
    """Whether the adjective at `index` is said of a person: “Roman's too slow”."""
    place = index - 1
    while place >= 0 and (words[place].is_adverb or words[place].low in _DEGREES):
        place -= 1
    if place < 0 or not (words[place].is_a("BE") or words[place].lemma in ("get", "become")):
        return False
    for back in range(place - 1, max(place - 6, -1), -1):
        word = words[back]
        if word.is_break:
            return False
        if word.is_a("PERSON") or word.low in ("they", "everyone", "everybody"):
            return is_subject(words, back)
        if words[index].is_a("INSULT") and not word.keys.isdisjoint(_GROUPS):
            return is_subject(words, back)
    return False


def blames_deed(reading: Reading, *, lacks_means: bool = False) -> bool:
    """R2: a person or a role forgot, failed to, did not, ignored, got it wrong.

    Who will not do it is no reproach where the answer `lacks_means`: “they won't fund a post”.

    >>> from fivewhys.facilitation.rules.reading import read
    >>> blames_deed(read("Mark forgot to sign it", ["Mark"]))
    True
    >>> blames_deed(read("The script ignores blank lines"))
    False
    """
    words = reading.words
    reproaches = {first for first, _ in reading.said("blame_of_person")}
    if not lacks_means:
        reproaches |= {first for first, _ in reading.said("refuses")}
    slips = {first for first, _ in reading.said("slip_of_anyone")}
    for index, word in enumerate(words):
        is_person = word.is_a("PERSON")
        if not (is_person or word.low in ("they", "we", "i")) or not is_subject(words, index):
            continue
        if word.low == "who" and index and words[index - 1].is_a("CUSTOMER"):
            continue
        starts = slips if word.low in ("we", "i") else reproaches
        clause = word.low == "whoever"
        reach = _REACH_OF_CLAUSE if clause else _REACH if is_person else _REACH_OF_PRONOUN
        for place in range(index + 1, min(index + 1 + reach, len(words))):
            here = words[place]
            if here.is_break or (
                here.is_a("PERSON") and place > index + 1 and is_subject(words, place)
            ):
                break
            if place in starts and not _is_done_to(words, place):
                return True
            if is_person and (
                _leaves_undone(words, place, word)
                or _does_wrong(words, place)
                or _is_wrong(words, place)
            ):
                return True
            if clause:
                continue
            if (here.is_a("DET") and here.low not in _ALL) or here.low in _RELATES:
                break
    return False


def is_subject(words: Sequence[Word], index: int) -> bool:
    """Whether the person at `index` can be the one who does it.

    “The lock for the controllers failed” and “a language the worker speaks” tell of things.
    """
    place = index - 1
    while place >= 0 and (
        words[place].is_a("DET") or words[place].tag in (Tag.ADJECTIVE, Tag.NUMBER)
    ):
        place -= 1
    if place < 0:
        return True
    before = words[place]
    if before.tag in (Tag.PREPOSITION, Tag.TO) or before.lemma in _LETS:
        return False
    return not before.is_noun or place == index - 1


def _is_done_to(words: Sequence[Word], place: int) -> bool:
    """Whether it is done to the person, or wished: “Priya was overlooked”, “would like to”."""
    here, before = words[place], words[place - 1]
    return (here.is_a("PP") and before.is_a("BE")) or (
        here.lemma == "like" and before.low == "would"
    )


def _leaves_undone(words: Sequence[Word], place: int, person: Word) -> bool:
    """Whether a duty of someone was left undone: “did not call”, “never told us”."""
    here = words[place]
    after = [word for word in words[place + 1 : place + 4] if not word.is_adverb]
    if here.low in ("did", "does", "do") and len(after) > 1 and after[0].low == "not":
        # “They don't …” may well be said of things; “they didn't” of an event.
        told_of = here.low == "did" or person.tag is not Tag.PRONOUN
        return told_of and after[1].is_a("DUTY")
    if here.low in ("has", "have", "had") and len(after) > 1 and after[0].low == "not":
        told_of = person.tag is not Tag.PRONOUN and not _is_conditional(words, place)
        return told_of and after[1].is_a("DUTY") and after[1].is_a("PP")
    if here.low == "never" and after:
        if after[0].is_a("DUTY"):
            # What a person never does is a habit, and told as a reproach; what they never do may
            # be said of things.
            return after[0].tag is Tag.PAST or (
                after[0].is_a("HABIT") and person.tag is not Tag.PRONOUN
            )
        return after[0].low == "did"
    return False


def _is_conditional(words: Sequence[Word], place: int) -> bool:
    """Whether the clause tells when something else happens: “when the agent hasn't keyed it”."""
    return any(word.low in _CONDITIONS for word in words[max(0, place - 4) : place])


def _does_wrong(words: Sequence[Word], place: int) -> bool:
    """Whether someone does something wrong: “put them in the wrong cage”, “typed it in wrong”."""
    here = words[place]
    if not here.is_a("VERB") or here.lemma in _NOT_DONE or here.tag is Tag.GERUND:
        return False
    if words[place - 1].is_a("BE"):
        return False
    for word in words[place + 1 : place + 6]:
        if word.is_break or word.low in _ENDS_DEED:
            return False
        if word.low in _WRONGLY:
            return True
    return False


def _is_wrong(words: Sequence[Word], place: int) -> bool:
    """Whether someone is said to be mistaken: “was wrong about the dose”."""
    if not words[place].is_a("BE"):
        return False
    after = [word for word in words[place + 1 : place + 4] if not word.is_adverb]
    if not after or after[0].low not in ("wrong", "mistaken"):
        return False
    return after[0].ends_clause or (len(after) > 1 and after[1].low in ("about", "to", "on"))


def breaks_rule(reading: Reading) -> bool:
    """R3: a procedure, policy, script or check list that was not followed.

    >>> from fivewhys.facilitation.rules.reading import read
    >>> breaks_rule(read("They skipped the release checklist"))
    True
    >>> breaks_rule(read("The job skips step 4 of the script"))
    False
    """
    words = reading.words
    if any(
        not (_is_done_by_thing(words, first) or _tells_scope(words, end))
        for first, end in reading.said("rule_not_followed")
    ):
        return True
    named = reading.said("supposed")
    return bool(named) and any(first >= named[0][1] for first, _ in reading.said("not_kept"))


def _tells_scope(words: Sequence[Word], end: int) -> bool:
    """Whether the words before `end` tell where a rule holds: “is not applied to vouchers”."""
    last = words[end - 1]
    if end < len(words) and words[end].low == "out":
        end += 1  # “left out of the card”
    if last.low not in _OF_SCOPE or end >= len(words) or words[end].ends_clause:
        return False
    after, to_what = words[end].low, words[end + 1 : end + 4]
    if after == "by":
        return not any(word.is_a("PERSON") or word.is_a("WE") for word in to_what)
    if after == "for":
        # “skipped for two weeks” is about people again.
        return not any(word.is_a("NUMBER") or word.lemma.lower() in TIME_NOUNS for word in to_what)
    return after in ("to", "of", "from", "if")


def _is_done_by_thing(words: Sequence[Word], place: int) -> bool:
    """Whether a thing is the subject of the verb at `place`: “the script skips step 3”."""
    here, before = words[place], words[place - 1] if place else None
    if here.is_noun or here.is_a("BE") or (here.is_a("NOT") and before and before.is_noun):
        # A passive: the thing is the rule itself.
        return False
    if here.low in ("went", "started", "began"):
        return False  # “the change went live without review”
    back = place - 1
    while back >= 0 and (words[back].is_adverb or words[back].is_helper or words[back].is_a("NOT")):
        back -= 1
    if back < 0 or words[back].is_break or not words[back].is_a("NOUN"):
        return False
    return not (words[back].is_a("PERSON") or words[back].is_a("CUSTOMER"))


def looks_back(reading: Reading) -> bool:
    """R4: what should, could or would have been done.

    >>> from fivewhys.facilitation.rules.reading import read
    >>> looks_back(read("They should have called"))
    True
    >>> looks_back(read("It went out later than it should have done"))
    False
    """
    words = reading.words
    for first, _ in reading.said("hindsight"):
        if not any(word.low in _NO_LOOKING_BACK for word in words[max(0, first - 3) : first]):
            return True
    return False
