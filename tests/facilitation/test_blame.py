"""Looking for blame alone finds what looking for everything finds."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fivewhys.facilitation import RULE_SET
from fivewhys.facilitation.lint import blaming, findings
from fivewhys.facilitation.prompts import blames, prompts
from fivewhys.facilitation.rules import blame_words
from fivewhys.facilitation.rules.lists import sections
from fivewhys.facilitation.rules.table import RULES
from fivewhys.models.commands import DismissPrompt
from tests.building import answer, do, session
from tests.facilitation.judging import DATA

CHAINS = DATA.parent.parent / "imports" / "data" / "chains.jsonl"
PEOPLE = ("Priya Nair", "Mark")

SAID = {
    "BE": "was",
    "CUSTOMER": "customers",
    "DET": "the",
    "DUTY": "call",
    "HABIT": "skips",
    "JUDGED": "slow",
    "NOT": "never",
    "NOUN": "form",
    "PEOPLE": "drivers",
    "PERSON": "the agent",
    "POSS": "their",
    "PP": "done",
    "ROLE": "nurse",
    "SLIP": "mislabelled",
    "WHOSE": "Tom",
}
"""A word of each kind."""


def is_blamed(answer: str, people: tuple[str, ...]) -> bool:
    """Whether one of all prompts about an answer is about blame."""
    return any(found.rule == "blame" for found in prompts(answer, parent="", people=people))


def texts_in(value: Any) -> list[str]:
    """Every text in what JSON holds."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [text for item in value for text in texts_in(item)] if isinstance(value, list) else []


def read_from(path: Path) -> set[str]:
    lines = path.read_text("utf-8").splitlines()
    if path.suffix == ".jsonl":
        return {text for line in lines for text in texts_in(json.loads(line))}
    return {line.lstrip("+- ") for line in lines}


@pytest.mark.parametrize(
    ("path", "every"), [(DATA / "answers_own.jsonl", 30), (DATA / "blame.txt", 1), (CHAINS, 9)]
)
def test_it_finds_the_same_in_what_people_said(path: Path, every: int) -> None:
    found = {text: is_blamed(text, PEOPLE) for text in sorted(read_from(path))[::every]}
    assert {text: blames(text, PEOPLE) for text in found} == found


def test_it_finds_the_same_in_what_each_rule_is_tested_by() -> None:
    for rule in RULES:
        for text in (rule.fires_on, rule.silent_on):
            assert blames(text) == is_blamed(text, ())


@cache
def phrases() -> list[str]:
    """Every turn of speech that the rules know, in the first of its words."""
    return [
        " ".join(
            SAID.get(word, word)
            for part in line.split()
            if part not in ("..", "_", "START", "END") and not part.startswith("-")
            for word in [part.rstrip("?").split("|")[0].removeprefix("=")]
        )
        for lines in sections("phrases.txt").values()
        for line in lines
    ]


@settings(max_examples=30)
@given(
    st.sampled_from(["The night agent", "They", "We", "Mark", "Sam's", "No one", "It", "Lazy"]),
    st.lists(st.deferred(lambda: st.sampled_from(phrases())), min_size=1, max_size=3),
    st.sampled_from(["", " it", ", and the form is old", "n't", " comunication"]),
)
def test_it_finds_the_same_whatever_is_said(who: str, said: list[str], rest: str) -> None:
    text = f"{who} {' '.join(said)}{rest}"
    assert blames(text, PEOPLE) == is_blamed(text, PEOPLE)


def test_of_a_session_it_finds_as_many_as_there_are() -> None:
    tree = session("Careless drivers")
    for text in ("Human error", "The agent forgot it", "The form is old", "The drivers are lazy"):
        tree, cause = answer(tree, tree.problem.id, text)
    ignored = DismissPrompt(cause=cause.id, rule="blame", rule_set=RULE_SET, prompt="?")
    for now, number in ((tree, 3), (do(tree, ignored), 2)):
        assert blaming(now) == number
        assert sum(one.prompt.rule == "blame" for one in findings(now)) == number


def test_a_phrase_of_kinds_alone_cannot_be_told_by_a_word() -> None:
    with pytest.raises(ValueError, match="no word is needed"):
        blame_words._needed_by("PERSON BE DUTY")
