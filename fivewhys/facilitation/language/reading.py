"""What a short answer says, as far as it can be read: its tokens, clauses and shape."""

from enum import StrEnum
from typing import NamedTuple

from fivewhys.facilitation.language.tokens import Token


class Shape(StrEnum):
    """What kind of text an answer is."""

    EMPTY = "empty"
    FRAGMENT = "fragment"
    """No finite verb with a subject: “wrong form”, “script not followed”, another language."""
    STATEMENT = "statement"
    """One independent clause, with whatever hangs on it."""
    SEVERAL = "several"
    """Two or more independent clauses or sentences, also with one subject: “did x and forgot y”."""
    QUESTION = "question"
    COMMAND = "command"


class Clause(NamedTuple):
    """One clause; spans and places count tokens of the reading."""

    leading: range
    """What stands before the subject: “On Monday”, “When it rains,”."""
    subject: range
    finite: int
    """The verb, auxiliary or modal that carries the tense."""
    negation: int | None
    """“not”, “n't” or “never” between the finite word and the verb, or before it."""
    verb: int
    """The verb that says what happens: “ordered” in “were not ordered”."""
    rest: range
    lemma: str
    tense: str
    """“past”, “present” or “modal”."""
    passive: bool
    certain: bool
    """Whether subject and verb were found beyond reasonable doubt."""


class Reading(NamedTuple):
    """An answer as it was read."""

    text: str
    tokens: tuple[Token, ...]
    starts: tuple[int, ...]
    """Where each token begins in `text`."""
    shape: Shape
    clauses: tuple[Clause, ...]
    opening: int
    """The first token after words that only link to the question: “because”, “it's because”."""
    certain: bool

    @property
    def main(self) -> Clause | None:
        """The first independent clause."""
        return self.clauses[0] if self.clauses else None

    @property
    def subject(self) -> str:
        """The subject of the first clause as typed, or nothing."""
        return self.words(self.clauses[0].subject) if self.clauses else ""

    def words(self, span: range) -> str:
        """The text of a span of tokens as typed."""
        if not span:
            return ""
        return self.text[self.starts[span[0]] : self.end(span[-1])]

    def end(self, at: int) -> int:
        """The place in `text` after token `at`."""
        return self.starts[at] + len(self.tokens[at].text)
