"""Orders told as promises and as things done."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivewhys.countermeasures.deeds import as_done, as_promised, is_order, participle


@pytest.mark.parametrize(
    ("verb", "done"),
    [
        ("print", "printed"),
        ("replace", "replaced"),
        ("stop", "stopped"),
        ("fit", "fitted"),
        ("equip", "equipped"),
        ("carry", "carried"),
        ("repay", "repaid"),
        ("put", "put"),
        ("write", "written"),
        ("fix", "fixed"),
        ("train", "trained"),
        ("open", "opened"),
        ("control", "controlled"),
        ("agree", "agreed"),
        ("don't", ""),
        ("été", ""),
    ],
)
def test_participles(verb: str, done: str) -> None:
    assert participle(verb) == done


@pytest.mark.parametrize(
    ("text", "promised", "done"),
    [
        (
            "Print the year on the form",
            "By 1 May 2027 we will print the year on the form.",
            "We have printed the year on the form.",
        ),
        (
            "Change the bearing, and clean the grease lines.",
            "By 1 May 2027 we will change the bearing, and clean the grease lines.",
            "We have changed the bearing, and cleaned the grease lines.",
        ),
        (
            "Pay the money back, with or without a receipt",
            "By 1 May 2027 we will pay the money back, with or without a receipt.",
            "We have paid the money back, with or without a receipt.",
        ),
        (
            "The form refuses refunds without a number",
            "By 1 May 2027: the form refuses refunds without a number.",
            "The form refuses refunds without a number.",
        ),
        ("A year on the form", "By 1 May 2027: a year on the form.", "A year on the form."),
        (
            # Whether “cover” is a verb or a noun here is not certain.
            "Send forms and cover letters",
            "By 1 May 2027 we will send forms and cover letters.",
            "We set out to send forms and cover letters, and that is done.",
        ),
    ],
)
def test_how_deeds_are_told(text: str, promised: str, done: str) -> None:
    assert as_promised(text, "By 1 May 2027") == promised
    assert as_done(text) == done


@pytest.mark.parametrize("text", ["", "x", "Training", "Checklist for the desk", "Handover sheet"])
def test_what_names_a_thing_is_no_order(text: str) -> None:
    assert not is_order(text)


@given(st.text(min_size=1, max_size=80))
def test_any_text_can_be_told(text: str) -> None:
    assert as_promised(text, "By […]").startswith("By […]")
    assert as_done(text)[-1:] in ".!?…"
