"""What countermeasures work by, told from their words."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivewhys.countermeasures.strength import suggest
from fivewhys.models.plan_words import Means

ROWS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "data" / "measures.tsv").read_text("utf-8").splitlines()
]
GROUPS = tomllib.loads(files("fivewhys.countermeasures").joinpath("means.toml").read_text("utf-8"))[
    "groups"
]


def told(text: str) -> str:
    means = suggest(text)
    return means.value if means else "-"


def test_realistic_texts() -> None:
    wrong = [f"{text}: {told(text)}, not {means}" for means, text in ROWS if told(text) != means]
    assert wrong == []


def test_texts_hold_every_means_and_many_that_tell_nothing() -> None:
    found = [means for means, _ in ROWS]
    assert {*found} == {*(means.value for means in Means), "-"}
    assert min(found.count(means.value) for means in Means) >= 3
    assert found.count("-") >= 40


@pytest.mark.parametrize(
    ("text", "means"),
    [
        # Of several deeds the strongest counts …
        ("Train the agents and block the form", "forcing"),
        ("Remind everybody by mail; fit a guard over the belt", "place"),
        ("Training and a checklist", "checklist"),
        # … but not what a deed is only about.
        ("Train the agents on the form and the checklist", "training"),
        ("Train the agents to check the seal and block the line", "training"),
        ("Tell the agents that the form refuses refunds without a number", "policy"),
        ("Write a memo on the new simulator", "policy"),
        # Where one deed is not understood, a weaker or middling one tells nothing of the whole.
        ("Turn the shelf round and remind the porters", "-"),
        ("Turn the shelf round and document it", "-"),
        ("Turn the shelf round and lock the drawer", "forcing"),
        # How it is worded makes no difference.
        ("We will train the agents", "training"),
        ("Please train the agents", "training"),
        ("Training for the agents", "training"),
        ("Agents are trained on refunds", "training"),
        ("TRAIN THE AGENTS", "training"),
        ("Form refuses refunds without a number", "forcing"),
        ("A refund cannot be sent without a number", "forcing"),
    ],
)
def test_what_the_main_verb_does_counts(text: str, means: str) -> None:
    assert told(text) == means


@pytest.mark.parametrize("text", ["", "  ", "…", "[/foo]", "x", "🎉", "Schulung der Mitarbeiter"])
def test_nothing_is_said_where_nothing_is_certain(text: str) -> None:
    assert suggest(text) is None


@given(st.text(max_size=200))
def test_any_text_can_be_asked_about(text: str) -> None:
    assert suggest(text) in {None, *Means}


@given(st.sampled_from(ROWS), st.sampled_from(["{}.", " {} ", "{}\n", "{}!", "\t{}"]))
def test_marks_around_it_make_no_difference(row: tuple[str, str], form: str) -> None:
    means, text = row
    assert told(form.format(text)) == means


def test_every_means_has_phrases_and_each_can_end() -> None:
    assert {group.get("means") for group in GROUPS} == {None, *(means.value for means in Means)}
    phrases = [line for group in GROUPS for line in group["phrases"].splitlines() if line]
    # A gap is matched by what stands behind it.
    assert [line for line in phrases if line.endswith("..") or "-.." in line] == []
    assert [line for line in phrases if "|" in line.rstrip("|") and line.endswith("|")] == []
    assert len(set(phrases)) == len(phrases)
