"""Answers that open with “that”: a clause as the subject of the sentence."""

from fivewhys.facilitation.language import Reading, Tag
from fivewhys.facilitation.language.clauses import find_clause
from fivewhys.facilitation.language.phrases import starts_phrase
from fivewhys.facilitation.language.tokens import is_plural
from fivewhys.facilitation.language.verbs import STRONG, strength_of


def tells(reading: Reading, start: int) -> bool:
    """Whether “that” opens a clause which is the subject: “that nobody asked surprised us”."""
    tokens = reading.tokens[start + 1 :]
    return (
        len(tokens) > 1
        and (starts_phrase(tokens[0]) or (tokens[0].tag is Tag.NOUN and is_plural(tokens[0])))
        and not any(token.lower == "," for token in tokens)
    )


def told(reading: Reading) -> str:
    """What follows “why” where a clause with “that” is the subject of “be”, or nothing.

    “That the pump leaks is known” asks “is it known that the pump leaks”.
    """
    tokens = reading.tokens
    start = reading.opening
    if tokens[start].lower != "that" or not tells(reading, start):
        return ""
    verbs = [
        i for i in range(start + 2, len(tokens))
        if tokens[i].lower in ("is", "was") and strength_of(tokens, i, start + 1) >= STRONG
    ]  # fmt: skip
    if not verbs or any(tokens[i].tag is Tag.MARK for i in range(start, verbs[-1])):
        return ""
    at = verbs[-1]
    after = reading.words(range(at + 1, len(tokens))).rstrip(" .!?…")
    inner = find_clause(tokens, start + 1, at)
    if (
        inner is None
        or not after
        or any(
            tokens[i].tag in (Tag.WH, Tag.SUBORDINATOR, Tag.COORDINATOR, Tag.MARK)
            for i in range(start + 1, len(tokens) - 1)
        )
    ):
        return ""
    return f"{tokens[at].lower} it {after} that {reading.words(range(start + 1, at))}"
