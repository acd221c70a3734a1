"""The parts of speech that the reader tells apart."""

from enum import StrEnum


class Tag(StrEnum):
    """What a word is in its sentence."""

    NOUN = "noun"
    NAME = "name"
    NUMBER = "number"
    PRONOUN = "pronoun"
    DETERMINER = "determiner"
    ADJECTIVE = "adjective"
    ADVERB = "adverb"
    PREPOSITION = "preposition"
    COORDINATOR = "coordinator"
    SUBORDINATOR = "subordinator"
    WH = "wh"
    NEGATION = "negation"
    AUXILIARY = "auxiliary"
    """A form of be, have or do, also where it is the main verb."""
    MODAL = "modal"
    BASE = "base"
    """A verb's base form: “order” in “we order”, “did order”, “to order”."""
    PRESENT = "present"
    """A verb with -s: “orders”."""
    PAST = "past"
    PARTICIPLE = "participle"
    GERUND = "gerund"
    TO = "to"
    POSSESSIVE = "possessive"
    THERE = "there"
    """“there” as a stand-in subject: “there is no rule”."""
    QUOTE = "quote"
    """A quotation or a piece of code, as one token."""
    ASIDE = "aside"
    """Something in brackets, as one token."""
    MARK = "mark"
    """Punctuation."""
    OTHER = "other"
    """Emoji and other symbols."""

    __hash__ = str.__hash__  # the enum's own is written in Python, and sets of tags are everywhere

    @property
    def is_verb(self) -> bool:
        """Whether this is a form of a verb, auxiliaries and modals included."""
        return self in _VERBS


_VERBS = frozenset(
    [Tag.AUXILIARY, Tag.MODAL, Tag.BASE, Tag.PRESENT, Tag.PAST, Tag.PARTICIPLE, Tag.GERUND]
)
