"""How an answer opens: a mere link (“because”), a question, a command."""

from collections.abc import Sequence

from fivewhys.facilitation.language.around import BREAKS
from fivewhys.facilitation.language.clauses import find_clause
from fivewhys.facilitation.language.english import closed
from fivewhys.facilitation.language.phrases import starts_phrase
from fivewhys.facilitation.language.reading import Shape
from fivewhys.facilitation.language.tags import Tag
from fivewhys.facilitation.language.tokens import Token, is_plural


def opening_of(tokens: Sequence[Token]) -> int:
    """The first token after “because”, “it's because”, “and” …"""
    lows = [token.lower for token in tokens[:8]]
    at = 0
    while at < len(lows) and tokens[at].tag in (Tag.MARK, Tag.OTHER):
        at += 1
    for words in _LINKS.get(lows[at], ()) if at < len(lows) else ():
        if tuple(lows[at : at + len(words)]) == words:
            after = lows[at + len(words) : at + len(words) + 1]
            if words[-1] in _MERE_LINKS and after == [","]:
                return at + len(words) + 1
            if words == ("that",) and not _tells_only(tokens, at + 1):
                return at
            if after and after[0] in ("of", "to", ","):
                return at
            if words == ("since",) and not _since_is_because(tokens, at + 1):
                return at
            if words == ("as",) and (
                not after or after[0] not in _CLAUSE_STARTS or _opens_another(tokens, at + 1)
            ):
                return at
            if words == ("so",) and tokens[at + 1 : at + 2] and _is_of_degree(tokens[at + 1]):
                return at
            if words in (("since",), ("as",), ("because",)) and _fronted(tokens, at):
                return at
            return at + len(words)
    return at


_MERE_LINKS = frozenset(["also", "and", "but", "so", "then"])


def _tells_only(tokens: Sequence[Token], at: int) -> bool:
    """Whether “that” opens the whole answer: “that the list was old”, “that guests pay twice”."""
    clause = find_clause(tokens, at, len(tokens)) if at + 1 < len(tokens) else None
    if clause is None or any(token.lower == "," for token in tokens):
        return False
    after = tokens[clause.rest.start] if clause.rest else None
    if clause.passive and after is not None and after.tag in (Tag.DETERMINER, Tag.PRONOUN):
        return False  # “that the lists were wrong surprised the desk”
    if finite_words(tokens[clause.verb + 1 :]) or any(
        tokens[i - 1].may(Tag.NOUN) and tokens[i].may(_AFTER[is_plural(tokens[i - 1])])
        for i in clause.subject[1:]
    ):
        return False  # “that the pump leaks is known”
    return starts_phrase(tokens[at]) or (tokens[at].tag is Tag.NOUN and is_plural(tokens[at]))


_AFTER = {True: Tag.BASE, False: Tag.PRESENT}
"""The form of a verb in the present after one thing and after several."""


def _fronted(tokens: Sequence[Token], at: int) -> bool:
    """Whether “because …,” fronts another clause: “because it rained, nobody came”."""
    comma = next((i for i in range(at, len(tokens)) if tokens[i].lower == ","), None)
    if comma is None or comma + 1 >= len(tokens):
        return False
    head = tokens[comma + 1]
    if head.tag in (Tag.COORDINATOR, Tag.WH, Tag.SUBORDINATOR, Tag.PREPOSITION, Tag.ADVERB):
        return False
    return find_clause(tokens, at + 1, comma) is not None and (
        find_clause(tokens, comma + 1, len(tokens)) is not None
    )


def _is_of_degree(token: Token) -> bool:
    """Whether “so” before `token` tells how much: “so many people”, “so slow was it”."""
    return token.lower in closed.PLURAL_DETERMINERS | {"much", "little"} or token.tag in (
        Tag.ADJECTIVE,
        Tag.ADVERB,
    )


def _since_is_because(tokens: Sequence[Token], at: int) -> bool:
    return (
        find_clause(tokens, at, len(tokens)) is not None
        and not _opens_another(tokens, at)
        and not any(token.lower == "," for token in tokens)
        and finite_words(tokens[at:]) < 2
    )


def _opens_another(tokens: Sequence[Token], at: int) -> bool:
    """Whether a clause follows that of `at` without a comma: “as it was late the shop was shut”."""
    clause = find_clause(tokens, at, len(tokens))
    return clause is not None and any(
        starts_phrase(tokens[i])
        and tokens[i - 1].tag in (Tag.NOUN, Tag.NAME, Tag.ADVERB, Tag.NUMBER)
        for i in range(clause.rest.start + 1, len(tokens))
    )


def finite_words(tokens: Sequence[Token]) -> int:
    """How many words can hardly be anything but finite verbs."""
    return sum(
        token.tag in (Tag.AUXILIARY, Tag.MODAL)
        or token.may(Tag.PAST)
        or token.could_be <= {Tag.PRESENT}
        for token in tokens
    )


_CLAUSE_STARTS = frozenset(
    [
        "the",
        "a",
        "an",
        "we",
        "they",
        "he",
        "she",
        "it",
        "i",
        "you",
        "there",
        "nobody",
        "no",
        "our",
        "their",
        "this",
    ]
)


def _by_first(*links: tuple[str, ...]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in links:
        found.setdefault(words[0], []).append(words)
    return found


_LINKS = _by_first(
    ("it", "'s", "because"), ("it", "is", "because"), ("it", "was", "because"),
    ("that", "'s", "because"), ("that", "is", "because"), ("that", "was", "because"),
    ("this", "is", "because"), ("this", "was", "because"),
    ("due", "to", "the", "fact", "that"), ("the", "reason", "is", "that"),
    ("the", "reason", "was", "that"), ("the", "fact", "is", "that"), ("just", "because"),
    ("as", "a", "result"), ("turns", "out", "that"), ("turns", "out"), ("turned", "out", "that"),
    *(("the", noun, verb, "that") for noun in ("thing", "problem", "issue", "trouble", "truth")
      for verb in ("is", "was")),
    ("it", "turned", "out", "that"), ("it", "turns", "out", "that"), ("and", "because"),
    ("because",), ("cause",), ("cos",), ("cuz",), ("since",), ("as",), ("and",), ("but",), ("so",),
    ("well", ","), ("also",), ("then",), ("that",),
)  # fmt: skip


def address_of(tokens: Sequence[Token], at: int) -> Shape | None:
    """QUESTION or COMMAND where the answer speaks to somebody, else None."""
    first = tokens[at]
    second = tokens[at + 1] if at + 1 < len(tokens) else None
    asks = next((t.text for t in reversed(tokens) if t.tag is not Tag.OTHER), "").startswith("?")
    if (first.lower == "why" and not _explains(tokens, at)) or (
        first.lower in closed.QUESTION_STARTERS and asks
    ):
        return Shape.QUESTION
    helper = first.tag in (Tag.AUXILIARY, Tag.MODAL) and first.lower not in (
        "being",
        "having",
        "been",
        "done",
        "doing",
    )
    third = tokens[at + 2] if at + 2 < len(tokens) else None
    if helper and second is not None and first.lower != "be":
        target = third if second.tag is Tag.NEGATION and third is not None else second
        if first.lower == "do" and second.tag is Tag.NEGATION and target.tag is not Tag.PRONOUN:
            return Shape.COMMAND
        if asks or target.lower in closed.SUBJECT_PRONOUNS | {"it", "you"}:
            return Shape.QUESTION
    if first.lower == "please" or (
        first.lower == "let" and second is not None and second.lower == "'s"
    ):
        return Shape.COMMAND
    if (
        first.could_be >= {Tag.BASE}
        and first.nounness < 2
        and not first.may(Tag.ADJECTIVE, Tag.PAST, Tag.NAME)
        and second is not None
        and (
            second.tag in (Tag.DETERMINER, Tag.TO, Tag.PREPOSITION)
            or second.lower in closed.OBJECT_PRONOUNS
        )
    ):
        return Shape.COMMAND
    return None


def _explains(tokens: Sequence[Token], at: int) -> bool:
    """Whether “why” opens a clause that is told, not asked: “why it tripped is unclear”."""
    return (
        at + 1 < len(tokens)
        and starts_phrase(tokens[at + 1])
        and finite_words(tokens) > 1
        and not tokens[-1].text.startswith("?")
    )


def has_subject(tokens: Sequence[Token], low: int) -> bool:
    """Whether what looks like a command is the subject of a verb: “cover isn't arranged”."""
    if tokens[low].lower in ("please", "let", "do"):
        return False
    clause = find_clause(tokens, low, len(tokens))
    return (
        clause is not None
        and clause.certain
        and clause.subject.start == low
        and not any(
            tokens[i].lower in BREAKS
            or tokens[i].tag in (Tag.COORDINATOR, Tag.SUBORDINATOR, Tag.WH)
            for i in clause.subject
        )
    )
