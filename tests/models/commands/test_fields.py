"""What the fields of commands take in, and the sentence for what they do not."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from fivewhys.models.commands import Answer, Facts, NewPerson, SetFacts, SetStatus, StartSession
from fivewhys.text import MOST_CHARACTERS
from tests.building import new_key
from tests.models.commands.asking import wrong


def test_texts_are_cleaned_on_the_way_in() -> None:
    said = Answer(parent=new_key(), text=" They\tare\x1b[31m overcharged\n", said_by="\u202eInes ")
    assert said.text == "They are overcharged"
    assert said.said_by == "Ines"


def test_lines_stay_in_what_may_have_several() -> None:
    facts = Facts(notes="one\r\ntwo", customer_words="a\n\n\n\nb", location="here\nthere")
    assert facts.notes == "one\ntwo"
    assert facts.customer_words == "a\n\nb"
    assert facts.location == "here there"


@pytest.mark.parametrize("text", ["", "  \n", "\u200b\x00"])
def test_an_answer_says_something(text: str) -> None:
    nothing = "There is nothing to read in this text."
    assert wrong(lambda: Answer(parent=new_key(), text=text)) == nothing
    assert wrong(lambda: StartSession(problem=text)) == nothing
    assert wrong(lambda: NewPerson(name=text)) == nothing


def test_a_text_has_an_end() -> None:
    Answer(parent=new_key(), text="x" * MOST_CHARACTERS)
    assert wrong(lambda: Answer(parent=new_key(), text="x" * (MOST_CHARACTERS + 1))) == (
        "This text has 100,001 characters; the most that fits is 100,000."
    )


def test_a_moment_has_its_time_zone() -> None:
    naive = datetime(2026, 11, 21, 9)  # noqa: DTZ001
    assert wrong(lambda: Facts(noticed_at=naive)) == "A moment needs its time zone."
    east = datetime(2026, 11, 21, 9, tzinfo=timezone(timedelta(hours=2)))
    assert Facts(noticed_at=east).noticed_at == datetime(2026, 11, 21, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "says"),
    [
        (0, "at least 1"),
        (-5, "at least 1"),
        (24 * 60 + 1, "at most 1,440"),
        (1.5, "a whole number"),
    ],
)
def test_a_meeting_takes_a_minute_to_a_day(minutes: float, says: str) -> None:
    data = {"facts": {"time_box": minutes}}
    assert wrong(lambda: Facts.model_validate(data["facts"])) == f"Time box: it should be {says}."
    assert wrong(lambda: SetFacts.model_validate(data)) == f"Time box: it should be {says}."


def test_unknown_fields_and_words_are_refused() -> None:
    assert wrong(lambda: Facts.model_validate({"colour_of_it": "red"})) == (
        "Colour of it: this name is not known here."
    )
    bogus = {"cause": new_key(), "status": "bogus"}
    assert wrong(lambda: SetStatus.model_validate(bogus)) == (
        "Status: it should be 'open', 'suspected', 'verified', 'ruled_out' or 'stopped'."
    )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({}, "Problem: it is missing."),
        ({"problem": 7}, "Problem: it should be text."),
        ({"problem": "x", "people": [{"name": "Bo"}, {"name": None}]}, "Name: it should be text."),
        ({"problem": "x", "people": [{"name": "Bo", "here": 7}]}, "Here: it should be true or fa"),
        ({"problem": "x", "facts": 7}, "Facts: it should be an object."),
        ({"problem": "x", "facts": {"noticed_at": "soon"}}, "Noticed: it should be a moment like"),
        ({"problem": "x", "facts": {"since_when": []}}, "Since when: it should be text."),
    ],
)
def test_what_is_wrong_is_said_without_names_of_columns(data: dict[str, Any], says: str) -> None:
    said = wrong(lambda: StartSession.model_validate(data))
    assert said.startswith(says)
    assert said.endswith(".")
    assert "_" not in said
