"""Reading short answers: words, clauses, shape."""

import pytest

from fivewhys.facilitation.language import Shape, Tag, read


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("", Shape.EMPTY),
        ("wrong form", Shape.FRAGMENT),
        ("Script not followed", Shape.FRAGMENT),
        ("De bestelling kwam te laat", Shape.FRAGMENT),
        ("The form is wrong", Shape.STATEMENT),
        ("The pump failed and nobody noticed", Shape.SEVERAL),
        ("The agent opened the ticket and forgot it", Shape.SEVERAL),
        ("We had no spare. The shop was closed.", Shape.SEVERAL),
        ("Did we check the stock?", Shape.QUESTION),
        ("Please call the supplier", Shape.COMMAND),
    ],
)
def test_shape(text: str, shape: Shape) -> None:
    assert read(text).shape is shape


@pytest.mark.parametrize(
    ("text", "subject", "lemma", "tense"),
    [
        ("because the new forms were not ordered", "the new forms", "order", "past"),
        ("The driver who knows the route left", "The driver who knows the route", "leave", "past"),
        ("The parts made on line 2 rust", "The parts made on line 2", "rust", "present"),
        ("On Monday the line stopped", "the line", "stop", "past"),
        ("Customers can't reach us", "Customers", "reach", "modal"),
        ("There is no rule", "There", "be", "present"),
        ("The pump's been leaking since May", "The pump", "leak", "present"),
        ("theres no spare", "there", "be", "present"),
        ("We no longer print it", "We", "print", "present"),
        ("One of the belts slips", "One of the belts", "slip", "present"),
        ("They barcoded the crates", "They", "barcode", "past"),
        ("We reprinted the mail", "We", "reprint", "past"),
        ("That nobody asked is odd", "That nobody asked", "be", "present"),
        ("The boxes meant for Lyon went to Lille", "The boxes meant for Lyon", "go", "past"),
    ],
)
def test_main_clause(text: str, subject: str, lemma: str, tense: str) -> None:
    reading = read(text)
    assert reading.main is not None
    assert (reading.subject, reading.main.lemma, reading.main.tense) == (subject, lemma, tense)


def test_negation_and_passive() -> None:
    clause = read("The forms weren't ordered").main
    assert clause is not None
    assert clause.passive
    assert clause.negation is not None


def test_tokens_keep_their_places() -> None:
    reading = read("Jo can’t open `x_y` (line 2) – see https://a.example/b")
    assert [reading.words(range(at, at + 1)) for at in range(len(reading.tokens))] == [
        token.text for token in reading.tokens
    ]
    tags = [token.tag for token in reading.tokens]
    assert tags[:3] == [Tag.NAME, Tag.MODAL, Tag.NEGATION]
    assert {Tag.QUOTE, Tag.ASIDE} <= set(tags)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("The customer's angry about it", Tag.AUXILIARY),
        ("The customer's invoice was late", Tag.POSSESSIVE),
        ("It's late", Tag.AUXILIARY),
        ("its too slow", Tag.AUXILIARY),
        ("We had to stop as no one's in charge", Tag.AUXILIARY),
        ("The laptop's hard disk wasn't encrypted", Tag.POSSESSIVE),
    ],
)
def test_apostrophe_s(text: str, tag: Tag) -> None:
    assert next(token.tag for token in read(text).tokens if token.lower == "'s") is tag
