"""Targets: the built-in ones, a team's own, and sentences about what cannot be read."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivewhys.countermeasures.targets import (
    LONGEST_FILE,
    NotTargets,
    Step,
    built_in_targets,
    read_targets,
)
from fivewhys.models.words import Severity

README = Path(__file__).parents[2].joinpath("README.md").read_text(encoding="utf-8")


def test_built_in_ones_are_sooner_the_worse_it_is() -> None:
    targets = built_in_targets()
    worst_first = [targets.of(each) for each in reversed(Severity)]
    for step in Step:
        times = [target.to(step) for target in worst_first]
        assert times == sorted(set(times))
    for target in worst_first:
        times = [target.to(step) for step in Step]
        assert times == sorted(set(times))
    assert targets.critical.acknowledged == timedelta(hours=4)


def test_the_example_of_readme_is_read() -> None:
    section = README.split("### Your own templates and targets")[1]
    found = read_targets(section.split("```toml\n")[1].split("```")[0], "targets.toml")
    assert [found.critical.to(step) for step in Step] == [
        timedelta(hours=2),
        timedelta(days=2),
        timedelta(days=10),
        timedelta(days=12),
    ]


def test_a_teams_own_say_what_they_say_and_no_more() -> None:
    text = '[critical]\nacknowledged = "1 hour"\n\n[minor]\nfixed = "6 Weeks"\n'
    found, usual = read_targets(text, "targets.toml"), built_in_targets()
    assert found.critical.acknowledged == timedelta(hours=1)
    assert found.critical.fixed == usual.critical.fixed
    assert found.minor.fixed == timedelta(days=42)
    assert found.major == usual.major
    assert read_targets("", "targets.toml") == usual
    assert read_targets("\ufeff# ours\n", "targets.toml") == usual


EXAMPLE = 'for example fixed = "4 hours" or "3 days".'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            '[small]\nfixed = "1 day"',
            "ours.toml, line 1: “small” is no severity. There are: minor, moderate, major and "
            "critical.",
        ),
        (
            '# ours\n[major]\nfix = "1 day"',
            "ours.toml, line 3: “fix” is not known. What can have a target: acknowledged, "
            "root_found, fixed and told.",
        ),
        ("[major]\nfixed = 3", f"ours.toml, line 2: write how long in quotes, {EXAMPLE}"),
        (
            '[minor]\nfixed = "1 day"\n[major]\n\nfixed = "soon"',
            "ours.toml, line 5: “soon” is no length of time. Write hours, days or weeks, "
            f"{EXAMPLE}",
        ),
        (
            '[major]\nfixed = "0 days"',
            "ours.toml, line 2: “0 days” is not between 1 hour and 3,650 days.",
        ),
        (
            "major = 3",
            "ours.toml, line 1: major stands alone. Begin it with a line of its own, [major], and "
            "write what belongs to it below.",
        ),
        (
            "[major\n",
            "ours.toml, line 1, column 7: this cannot be read as TOML (expected ']' at the end of "
            "a table declaration). Write a severity in brackets, [major], and below it lines like "
            'fixed = "30 days".',
        ),
        (
            "#" * (LONGEST_FILE + 1),
            "ours.toml has 100,001 characters; targets have at most 100,000. Is it another kind of "
            "file?",
        ),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(NotTargets) as raised:
        read_targets(text, "ours.toml")
    assert str(raised.value) == sentence


@given(
    st.text(max_size=60)
    | st.from_regex(
        r'(\[(major|minor|x)\]\n((fixed|told|y) = ("\d{1,3} (days|x)"|\d+|\[\])\n){0,2}){0,3}',
        fullmatch=True,
    )
)
def test_any_text_holds_targets_or_a_sentence(text: str) -> None:
    try:
        found = read_targets(text, "ours.toml")
    except NotTargets as problem:
        sentence = str(problem)
    else:
        assert all(found.of(each).to(step) > timedelta() for each in Severity for step in Step)
        return
    assert sentence.startswith("ours.toml")
    assert sentence.endswith((".", "?"))
