"""Small questions about phrases: where one starts, its number, how far a verb group reaches."""

from collections.abc import Sequence

from fivewhys.facilitation.language.english import closed
from fivewhys.facilitation.language.tags import Tag
from fivewhys.facilitation.language.tokens import Token, is_plural

LOOSE = frozenset([Tag.ADVERB, Tag.NEGATION])
"""What may stand between the words of a verb group."""


def is_time_word(token: Token) -> bool:
    return token.lower in closed.TIME_NOUNS or token.lemma in closed.TIME_NOUNS


def starts_phrase(token: Token) -> bool:
    """Whether `token` must open a new phrase: an article, a subject pronoun, nobody …"""
    return token.tag is Tag.THERE or (token.lower in _OPENERS and token.tag is not Tag.ADVERB)


_OPENERS = (
    closed.ARTICLES
    | closed.SUBJECT_PRONOUNS
    | {"nobody", "everyone", "everybody", "someone", "it", "you", "no", "this", "some", "all"}
    | {"both", "these", "those"}
)


def word_before(tokens: Sequence[Token], at: int, low: int) -> Token | None:
    """The token before `at`, leaving out adverbs and negations."""
    at -= 1
    if at > low and tokens[at].lower in _PLACES and tokens[at - 1].tag is Tag.PREPOSITION:
        return tokens[at]  # “calls from abroad get dropped”
    while at >= low and (tokens[at].tag in LOOSE or tokens[at].tag is Tag.ASIDE):
        at -= 1
    return tokens[at] if at >= low else None


_PLACES = frozenset(["abroad", "here", "there", "now", "then", "upstairs", "downstairs", "home"])


def content_verb(tokens: Sequence[Token], finite: int, high: int) -> int:
    """The verb that the finite word `finite` helps, or itself."""
    at = finite
    while tokens[at].tag in (Tag.AUXILIARY, Tag.MODAL):
        helper = tokens[at]
        step = at + 1
        while step < high and (tokens[step].tag in LOOSE or tokens[step].lower in _BETWEEN):
            step += 1
        if step >= high:
            break
        token = tokens[step]
        if helper.tag is Tag.MODAL:
            if helper.lower == "ought" and token.tag is Tag.TO:
                step += 1
                token = tokens[step] if step < high else token
            fits = (
                Tag.BASE in token.could_be
                or token.lower in ("be", "have", "do", "'ve")
                or (helper.lower == "'d" and token.may(Tag.PARTICIPLE, Tag.AUXILIARY))
            )
        elif helper.lemma == "be":
            fits = token.may(Tag.PARTICIPLE, Tag.GERUND) or token.lower in (
                "being",
                "having",
                "done",
            )
            fits = fits and not (Tag.ADJECTIVE in token.could_be and token.lemma in _STATES)
        elif helper.lemma == "have":
            fits = Tag.PARTICIPLE in token.could_be or token.lower in ("been", "had", "done")
        elif helper.lemma == "do":
            fits = Tag.BASE in token.could_be or token.lower in ("be", "have", "do")
        else:
            fits = token.may(Tag.PARTICIPLE, Tag.GERUND)
        if not fits or token.lower in closed.ARTICLES:
            break
        at = step
    return at


_BETWEEN = frozenset(["all", "both", "each"])


_STATES = frozenset(["mean", "live", "clear", "open"])


def group_end(tokens: Sequence[Token], at: int, high: int) -> int:
    """The place after the verb group that begins at the finite word `at`."""
    return content_verb(tokens, at, high) + 1


def number_of(tokens: Sequence[Token], low: int, high: int) -> str:
    """“singular”, “plural” or nothing for the noun phrase `tokens[low:high]`."""
    if tokens[low].lower in ("one", "each") and low + 1 < high and tokens[low + 1].lower == "of":
        return "singular"
    listed = any(tokens[i].lower == "and" for i in range(low, high))
    if listed or tokens[low].may(Tag.GERUND, Tag.TO):
        return ""
    head = None
    for at in range(low, high):
        token = tokens[at]
        if token.tag in (Tag.PREPOSITION, Tag.WH, Tag.TO, Tag.GERUND, Tag.MARK) or (
            head is not None and (token.lower in closed.SUBJECT_PRONOUNS or token.lower == "that")
        ):
            if head is not None and not (token.lower == "of" and head.lower in _QUANTITIES):
                break
            continue
        if token.tag is Tag.NUMBER and at + 1 < high and token.lower not in ("one", "1"):
            return ""
        if Tag.NOUN in token.could_be or token.tag in (Tag.NAME, Tag.PRONOUN, Tag.NUMBER):
            head = token
        elif Tag.PARTICIPLE in token.could_be and head is not None and at > low:
            break
    if head is None:
        return "plural" if tokens[low].lower in closed.PLURAL_DETERMINERS else ""
    if head.lower in closed.PLURALS:
        return "plural" if head.lower in closed.ALWAYS_PLURAL else ""
    if head.tag is Tag.PRONOUN:
        return "plural" if head.lower in ("we", "they", "you", "i") else ""
    if head.tag in (Tag.NAME, Tag.NUMBER) or not head.known:
        return "" if head.lower.endswith("s") or head.tag is Tag.NUMBER else "singular"
    return "plural" if is_plural(head) else "singular"


AMOUNTS = frozenset(["no", "not", "too", "more", "less", "fewer", "such", "enough", "insufficient"])
"""Words that open many an answer without a verb: “too much weight stacked on the boards”."""


PHRASE_OPENERS = closed.ARTICLES | {"this", "that", "these", "those", "both", "all", "most"}


_QUANTITIES = frozenset(
    [
        "half",
        "most",
        "some",
        "all",
        "many",
        "few",
        "none",
        "both",
        "one",
        "two",
        "three",
        "four",
        "five",
        "lots",
        "lot",
        "plenty",
        "number",
        "majority",
    ]
)


def next_place(tokens: Sequence[Token], at: int, high: int) -> int:
    """The next place that is no adverb or particle."""
    while at < high and (
        tokens[at].tag in LOOSE
        or (tokens[at].lower in ("up", "out", "off", "back", "down", "over", "away"))
    ):
        at += 1
    return at


def has_object(tokens: Sequence[Token], at: int, high: int) -> bool:
    """Whether an object, and no mere time (“last week”), stands at `at`."""
    if at >= high:
        return False
    token = tokens[at]
    if token.tag in (
        Tag.PREPOSITION,
        Tag.MARK,
        Tag.COORDINATOR,
        Tag.SUBORDINATOR,
        Tag.OTHER,
        Tag.ASIDE,
    ):
        return token.lower == "that"
    after = tokens[at + 1] if at + 1 < high else None
    if token.tag is Tag.TO:
        return after is not None and after.may(Tag.BASE) and not after.may(Tag.NOUN)
    if token.tag is Tag.ADJECTIVE and not token.may(Tag.NOUN):
        return after is not None and after.may(Tag.NOUN, Tag.NAME)
    if tokens[at - 1].lemma in closed.TIME_TAKERS:
        return True
    if token.lower in closed.TIME_DETERMINERS or token.tag is Tag.NUMBER:
        last = min(high, at + 3)
        return not any(
            is_time_word(tokens[i]) and not (i + 1 < high and tokens[i + 1].tag is Tag.POSSESSIVE)
            for i in range(at, last)
        )
    return not is_time_word(token)
