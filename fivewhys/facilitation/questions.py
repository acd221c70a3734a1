"""The next why- or how-question, formed from the last answer.

Where the grammar is not certain the question takes a form that is right for any sentence (“Why is
it that …?”) or any fragment (“Why: …?”): a wrong sentence on a projector is worse than a stiff one.
"""

import re
from collections.abc import Sequence

from fivewhys.facilitation.language import Clause, Shape, Tag, Token, read
from fivewhys.facilitation.language.phrases import starts_phrase
from fivewhys.facilitation.language.tokens import is_shouted
from fivewhys.facilitation.questions_doubt import is_safe_to_invert
from fivewhys.facilitation.questions_pairs import one_subject
from fivewhys.facilitation.questions_told import told
from fivewhys.facilitation.questions_wording import ENDS, inverted, statement, story
from fivewhys.text import excerpt

MOST_ASKED = 1_200
"""Characters of an answer that its question repeats; longer answers end in an ellipsis."""


_CHECK_TAG = re.compile(
    r"\s*,\s*(?:right|correct|no|yes|ok|okay|eh|huh|innit|(?:is|are|was|were|do|does|did|has|have|had"
    r"|can|could|will|would|should)(?:n['’]?t)?\s+(?:it|they|we|he|she|you|i|there|that))\s*\?+$",
    re.IGNORECASE,
)
"""What is hung on a statement to have it confirmed: “…, right?”, “…, isn't it?”."""


_REASON = re.compile(r"^(?:just )?because of (?=\S)", re.IGNORECASE)
"""What “why” already says: “because of the strike”."""


def next_question(answer: str) -> str:
    """Return the why-question that follows `answer`.

    >>> next_question("The new forms were not ordered.")
    'Why were the new forms not ordered?'
    >>> next_question("Nobody ordered the forms")
    'Why did nobody order the forms?'
    >>> next_question("wrong form")
    'Why: wrong form?'
    """
    return _question(answer, "Why")


def how_question(answer: str) -> str:
    """Return the same question as `next_question` with how, which draws out the story.

    >>> how_question("Nobody ordered the forms")
    'How is it that nobody ordered the forms?'
    """
    return _question(answer, "How")


def _question(answer: str, asks: str) -> str:
    text = answer if _is_one_line(answer) else excerpt(answer, MOST_ASKED)
    if text.endswith("?"):
        text = _CHECK_TAG.sub("", text)
    if is_shouted(text):
        return _question(text.lower(), asks).upper()
    reading = read(text)
    if reading.shape is Shape.QUESTION and text.lower().startswith(f"{asks.lower()} "):
        return f"{text.rstrip(ENDS)}?"
    clause = reading.main
    if reading.shape not in (Shape.STATEMENT, Shape.SEVERAL) or (
        clause is not None and _lacks_subject(reading.tokens, clause)
    ):
        return f"{asks}: {_REASON.sub('', text.strip(ENDS)) or '…'}?"
    if asks == "Why" and (pair := one_subject(reading) or told(reading)):
        return f"Why {pair}?"
    if clause is not None and is_safe_to_invert(reading, clause):
        question = inverted(reading, clause) if asks == "Why" else story(reading, clause)
        if question:
            return f"{asks} {question}?"
    return f"{asks} is it that {statement(reading)}?"


def _is_one_line(text: str) -> bool:
    """Whether `text` can be asked about as it is, which is quicker to tell than to clean it."""
    return (
        len(text) <= MOST_ASKED
        and text.isascii()
        and text.isprintable()
        and "  " not in text
        and text.strip() == text
    )


def _lacks_subject(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether the answer opens with its verb: “ended up in billing because …”."""
    first, after = tokens[clause.subject.start], tokens[clause.subject.start + 1]
    if first.lower in ("seems", "looks", "appears", "sounds", "turns"):
        return after.lower in ("like", "that", "out") or starts_phrase(after)
    return (
        first.may(Tag.PAST)
        and not first.may(Tag.NOUN, Tag.ADJECTIVE, Tag.NAME)
        and after.tag in (Tag.PREPOSITION, Tag.DETERMINER)
    )
