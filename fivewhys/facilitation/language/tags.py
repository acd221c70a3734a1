"""The parts of speech that the reader tells apart."""

from typing import ClassVar, Self


class Tag(str):
    """What a word is in its sentence; the members below are all there are.

    No enum: reading a member of one takes ten times as long, and tags are read in every loop.
    """

    __slots__ = ()

    NOUN: ClassVar[Self]
    NAME: ClassVar[Self]
    NUMBER: ClassVar[Self]
    PRONOUN: ClassVar[Self]
    DETERMINER: ClassVar[Self]
    ADJECTIVE: ClassVar[Self]
    ADVERB: ClassVar[Self]
    PREPOSITION: ClassVar[Self]
    COORDINATOR: ClassVar[Self]
    SUBORDINATOR: ClassVar[Self]
    WH: ClassVar[Self]
    NEGATION: ClassVar[Self]
    AUXILIARY: ClassVar[Self]
    """A form of be, have or do, also where it is the main verb."""
    MODAL: ClassVar[Self]
    BASE: ClassVar[Self]
    """A verb's base form: “order” in “we order”, “did order”, “to order”."""
    PRESENT: ClassVar[Self]
    """A verb with -s: “orders”."""
    PAST: ClassVar[Self]
    PARTICIPLE: ClassVar[Self]
    GERUND: ClassVar[Self]
    TO: ClassVar[Self]
    POSSESSIVE: ClassVar[Self]
    THERE: ClassVar[Self]
    """“there” as a stand-in subject: “there is no rule”."""
    QUOTE: ClassVar[Self]
    """A quotation or a piece of code, as one token."""
    ASIDE: ClassVar[Self]
    """Something in brackets, as one token."""
    MARK: ClassVar[Self]
    """Punctuation."""
    OTHER: ClassVar[Self]
    """Emoji and other symbols."""

    def __repr__(self) -> str:
        return f"Tag.{self.upper()}"

    @property
    def is_verb(self) -> bool:
        """Whether this is a form of a verb, auxiliaries and modals included."""
        return self in _VERBS


for _member in Tag.__annotations__:
    setattr(Tag, _member, Tag(_member.lower()))

_VERBS = frozenset(
    [Tag.AUXILIARY, Tag.MODAL, Tag.BASE, Tag.PRESENT, Tag.PAST, Tag.PARTICIPLE, Tag.GERUND]
)
