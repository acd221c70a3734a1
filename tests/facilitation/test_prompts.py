"""Prompts about weak answers: each rule's own examples, the labelled answers, any text at all."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivewhys.facilitation import RULES, Prompt, Rule, problem_prompts, prompts
from fivewhys.facilitation.prompt import MarkCondition, MarkSuspected, SplitCauses, SplitLevels
from fivewhys.facilitation.rules.table import BY_NAME, PROBLEM
from tests.facilitation.judging import DATA, figures, labelled


def ids(rule: Rule) -> str:
    return f"{rule.id}-{rule.name}"


def asked(
    answer: str,
    parent: str = "Refunds take three weeks",
    ancestors: tuple[str, ...] = (),
    people: tuple[str, ...] = (),
) -> list[str]:
    found = prompts(answer, parent=parent, ancestors=ancestors, people=people)
    return [prompt.rule for prompt in found]


def prompt(answer: str) -> Prompt:
    return prompts(answer, parent="Refunds take three weeks")[0]


# -- the table


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_a_rule_fires_on_its_example_and_not_on_its_counter_example(rule: Rule) -> None:
    above = ["Customers are angry"]
    fired = {p.id for p in prompts(rule.fires_on, parent=rule.parent, ancestors=above)}
    silent = {p.id for p in prompts(rule.silent_on, parent=rule.parent, ancestors=above)}
    assert rule.id in fired
    assert rule.id not in silent


@pytest.mark.parametrize("rule", [*RULES, PROBLEM], ids=ids)
def test_a_prompt_asks_about_the_work_and_fits_on_two_lines(rule: Rule) -> None:
    assert rule.text.endswith((".", "?"))
    assert len(rule.text) <= 140
    assert " you " not in f" {rule.text.lower()} "


def test_the_most_important_rule_comes_first() -> None:
    assert asked("Probably the nurse forgot to sign, because she was in a hurry") == [
        "blame",
        "hidden_link",
        "hedge",
    ]


def test_no_training_and_no_staff_are_not_also_a_missing_solution() -> None:
    assert asked("Lack of training") == ["training"]
    assert asked("Not enough staff") == ["resources"]


# -- good answers that hold a telltale word


@pytest.mark.parametrize(
    "answer",
    [
        "The onboarding checklist does not mention refunds",
        "Nobody was assigned to the queue on Sundays",
        "The alert has no owner in the routing table",
        "Training material still shows the old screen",
        "Search and rescue radio was on channel 4",
        "Human Resources had not opened the position",
        "The pump stops with fault code 'operator error' above 90 degrees",
        "The error rate of the scanner is 3 percent",
        "The form says 'should be dated by a doctor' next to the box",
        "A load runs at 18:00 and the copy only at 20:00",
        "The list has no line for refunds",
        "Gift cards never start with 0",
        "Bill was on sick leave until the 14th",
    ],
)
def test_a_fact_is_left_alone(answer: str) -> None:
    assert asked(answer, people=("Bill", "Mark")) == []


@pytest.mark.parametrize(
    ("answer", "rules"),
    [
        ("Mark forgot to sign it", ["blame"]),
        ("mark forgot to sign it", ["blame"]),
        ("Mark the pallet in red, says the sheet", []),
        ("May missed the handover", ["blame"]),
        ("In May the price list changed", []),
        ("Will restarted the loader at 03:10", []),
        ("IT never told the shop", ["blame"]),
    ],
)
def test_names_are_told_from_words(answer: str, rules: list[str]) -> None:
    assert asked(answer, people=("Mark", "May", "Will")) == rules


def test_a_word_for_a_person_may_be_a_program() -> None:
    assert asked("The match operator ignores case") == []
    assert asked("The press operator ignores the alarm") == ["blame"]


def test_a_slip_of_the_finger_does_not_hide_a_weak_answer() -> None:
    assert asked("Poor comunication") == ["vague"]
    assert asked("The stackers stand in bay 4") == []


# -- two causes, and people: as users told what they missed


def told(name: str) -> list[tuple[str, bool]]:
    """The answers of a list, each with whether the rule is to fire on it."""
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [(line[2:], line[0] == "+") for line in lines if line[:1] in ("+", "-")]


@pytest.mark.parametrize(("answer", "fires"), told("compound.txt"))
def test_two_causes_are_told_from_what_belongs_together(answer: str, fires: bool) -> None:
    assert ("compound" in asked(answer, parent="Customers waited")) == fires


@pytest.mark.parametrize(("answer", "fires"), told("blame.txt"))
def test_people_are_known_though_nobody_entered_them(answer: str, fires: bool) -> None:
    assert ("blame" in asked(answer)) == fires


def test_fifth_answer_of_the_worked_example_is_asked_to_be_split() -> None:
    answer = (
        "The old manager left before it was time to order them and the new manager came after "
        "they should have been ordered"
    )
    (found,) = prompts(answer, parent="The new forms were not ordered")
    assert found.text.startswith("Two causes? Split them")
    assert found.offers == (
        SplitCauses(
            "The old manager left before it was time to order them",
            "the new manager came after they should have been ordered",
        ),
    )


# -- what one key can do


def test_split_is_offered_with_a_more_important_question() -> None:
    split = SplitCauses("Queue short-staffed", "the menu misrouted calls")
    first, second = prompts("Queue short-staffed and the menu misrouted calls", parent="")
    assert (first.rule, first.offers) == ("resources", (split,))
    assert (second.rule, second.offers) == ("compound", (split,))
    outside = prompt("The supplier delivered late and the clerk had no phone").offers
    assert outside[0] == MarkCondition()
    assert isinstance(outside[1], SplitCauses)


def test_two_causes_can_be_split() -> None:
    (offer,) = prompt("The card was faulty and the plan had the wrong depot").offers
    assert offer == SplitCauses("The card was faulty", "the plan had the wrong depot")


def test_two_levels_can_be_split_whatever_comes_first() -> None:
    back = prompt("It timed out because the limit is 5 min").offers
    forward = prompt("The limit is 5 min, which led to time-outs").offers
    assert back == (SplitLevels(effect="It timed out", cause="the limit is 5 min"),)
    assert forward == (SplitLevels(effect="time-outs", cause="The limit is 5 min"),)


def test_a_guess_can_be_marked_suspected_and_the_outside_a_condition() -> None:
    assert prompt("Probably the release").offers == (MarkSuspected(),)
    assert prompt("The vendor changed the API").offers == (MarkCondition(),)


# -- the same again


def test_the_parent_again_is_restated_and_a_higher_one_circular() -> None:
    above = ("Customers are angry", "Refunds take three weeks")
    assert asked(
        "refunds are taking three weeks", parent="The list is signed late", ancestors=above
    ) == ["circular"]
    assert asked("the list gets signed too late", parent="The list is signed late") == ["restated"]


# -- the problem statement


@pytest.mark.parametrize(
    ("problem", "fires"),
    [
        (PROBLEM.fires_on, True),
        (PROBLEM.silent_on, False),
        ("Customers are angry", True),
        ("22% of the MRI slots go unused", False),
        ("The kitchen staff are careless on line 2", True),
        ("", False),
    ],
)
def test_a_problem_wants_a_number_a_place_or_a_date(problem: str, fires: bool) -> None:
    assert [p.id for p in problem_prompts(problem)] == (["R21"] if fires else [])


# -- labelled answers


@pytest.mark.parametrize(
    ("name", "precision", "recall", "needless"),
    [
        ("answers_dev.jsonl", 0.97, 0.93, 0.02),
        ("answers_own.jsonl", 0.97, 0.95, 0.02),
        ("answers_held.jsonl", 0.90, 0.75, 0.05),
    ],
)
def test_prompts_fit_labelled_answers(
    name: str, precision: float, recall: float, needless: float
) -> None:
    result = figures(DATA / name)
    report = "\n".join([*result.misses, str(result)])
    assert result.precision >= precision, report
    assert result.recall >= recall, report
    assert result.needless <= needless, report


@pytest.mark.parametrize("path", sorted(DATA.glob("answers_*.jsonl")), ids=lambda path: path.stem)
def test_labels_name_rules_that_exist(path: object) -> None:
    for row in labelled(DATA / str(path)):
        assert {*row["expect"], *row["ok_also"]} <= BY_NAME.keys()


# -- any text

WORDS = """Mark nobody the no lack of because , . and should have not 's n't "x" always 5
forgot checklist too as well since it vendor ( ) ' “ probably; plus"""
texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(WORDS.split()), max_size=40).map(" ".join),
)


@given(texts, texts, st.lists(texts, max_size=3))
def test_any_text_gets_the_same_prompts_twice(
    answer: str, parent: str, ancestors: list[str]
) -> None:
    first = prompts(answer, parent=parent, ancestors=ancestors, people=["Mark", parent])
    assert first == prompts(answer, parent=parent, ancestors=ancestors, people=["Mark", parent])
    assert len({p.rule for p in first}) == len(first)


@given(texts)
def test_what_an_offer_writes_stands_in_the_answer(answer: str) -> None:
    for found in prompts(answer, parent="x"):
        for offer in found.offers:
            for part in _texts(offer):
                assert part
                assert part in answer
        assert not any(unicodedata.category(char) == "Cc" for char in found.text)


def _texts(offer: object) -> list[str]:
    match offer:
        case SplitCauses(first, second) | SplitLevels(first, second):
            return [first, second]
        case _:
            return []


@given(texts)
def test_any_problem_gets_one_prompt_at_most(problem: str) -> None:
    assert len(problem_prompts(problem)) <= 1
