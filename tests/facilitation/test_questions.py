"""The questions formed from answers: known ones, and what must hold for any text."""

import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fivewhys.facilitation import how_question, next_question

DATA = Path(__file__).parent / "data"
QUESTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        "why how is it that did does do was were are am has have had will would can could may "
        "might must shall should ought and not come to be",
    )
)
WORDS = "the valve pump was broke on line 4 not checked"
PIECES = (
    "the a no not n't 's 'd because and , . ; : – ? ( ) \" ' we it nobody who that when runs left "
    "set was is has had did can't pump test time order valve on by to if 4 SAP I 🙂"
)
ENDS = string.whitespace + ".!?…;:,-–—"


def _rows(name: str) -> Iterator[tuple[str, list[str]]]:
    for line in (DATA / name).read_text("utf-8").splitlines()[1:]:
        statement, accepted = line.split("\t")
        yield statement, [_plain(one) for one in accepted.split(" || ")]


def _plain(text: str) -> str:
    for typographic, typed in (("’", "'"), ("“", '"'), ("”", '"')):
        text = text.replace(typographic, typed)
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("name", "wrong_at_most"),
    [
        ("questions_dev.tsv", 0.03),
        # Nothing was built or tuned on these: this is how often a new statement goes wrong.
        ("questions_held.tsv", 0.04),
    ],
)
def test_questions_for_the_labelled_statements(name: str, wrong_at_most: float) -> None:
    rows = list(_rows(name))
    asked = [(statement, _plain(next_question(statement)), good) for statement, good in rows]
    wrong = [(statement, question) for statement, question, good in asked if question not in good]
    assert len(wrong) <= wrong_at_most * len(rows), wrong
    sentences = [question for _, question, _ in asked if not question.startswith("Why:")]
    stiff = [question for question in sentences if question.lower().startswith("why is it that")]
    assert len(stiff) <= 0.35 * len(sentences)


@pytest.mark.parametrize(("statement", "accepted"), list(_rows("questions_more.tsv")))
def test_question_for_a_statement(statement: str, accepted: list[str]) -> None:
    assert _plain(next_question(statement)) in accepted


@pytest.mark.parametrize("opener", ["After the storm", "In an ordinary week", "Since the fire"])
@pytest.mark.parametrize(
    "first", ["the line was cut", "it rings all day", "one more rule was made"]
)
@pytest.mark.parametrize(
    "second",
    [
        "and the crew had left",
        "and in ten years not one has been dropped",
        "and half of those mean nothing to us",
        "but nobody heard of it",
    ],
)
def test_an_opener_of_two_clauses_is_never_turned_round(
    opener: str, first: str, second: str
) -> None:
    statement = f"{opener} {first}, {second}"
    assert next_question(statement) == f"Why is it that {statement[0].lower()}{statement[1:]}?"


def test_long_answers_that_can_be_turned_round_are() -> None:
    questions = [
        next_question(statement)
        for statement, accepted in _rows("questions_more.tsv")
        if len(statement.split()) >= 12
        and not all(question.startswith("Why is it that") for question in accepted)
    ]
    stiff = [question for question in questions if question.startswith("Why is it that")]
    assert len(questions) > 20
    assert len(stiff) <= 0.15 * len(questions), stiff


@pytest.mark.parametrize(
    ("statement", "question"),
    [
        ("The belt broke", "How did the belt break?"),
        ("The price form is incorrect", "How did the price form come to be incorrect?"),
        ("The parcel was lost", "How did the parcel come to be lost?"),
        ("Jo left the key in the van", "How did Jo come to leave the key in the van?"),
        ("Parcels are sent to the old depot", "How do parcels come to be sent to the old depot?"),
        ("The form is still on paper", "How is it that the form is still on paper?"),
        ("The agent was new", "How is it that the agent was new?"),
        ("Nobody ordered the forms", "How is it that nobody ordered the forms?"),
        ("The forms were not ordered", "How is it that the forms were not ordered?"),
        ("wrong form", "How: wrong form?"),
        ("", "How: …?"),
    ],
)
def test_how_question(statement: str, question: str) -> None:
    assert how_question(statement) == question


_texts = st.text(max_size=200) | st.lists(st.sampled_from(PIECES.split()), max_size=25).map(
    " ".join
)


@settings(max_examples=400)
@given(_texts)
@example("the was , and")
@example("Bo and Jo tried it on 26 August, with the manual, and did")
@example("out three up , 4 new were manager once but not")
def test_any_text_gives_one_line_that_asks(text: str) -> None:
    for ask in (next_question, how_question):
        question = ask(text)
        assert question.endswith("?")
        assert len(question.splitlines()) == 1
        assert question == ask(text)


@settings(max_examples=200)
@given(st.lists(st.sampled_from(WORDS.split()), min_size=1))
def test_a_question_adds_only_question_words(words: list[str]) -> None:
    known = {word.lower() for word in words} | QUESTION_WORDS | {"break", "check", "pump", "line"}
    asked = {word.strip(ENDS).lower() for word in next_question(" ".join(words)).split()}
    assert asked - {"", "isn't", "wasn't"} <= known


@pytest.mark.parametrize("part", ["a", "the ", "(", '"', "and it runs, ", "'a", "1-", "/a", "n't"])
def test_only_the_beginning_of_a_hostile_text_is_asked_about(part: str) -> None:
    assert len(next_question(part * (100_000 // len(part)))) < 2_000
