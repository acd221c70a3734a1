"""Lenses: the built-in ones, what a team's own may say, and sentences about what they may not."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivewhys.facilitation.lenses import (
    LONGEST_FILE,
    LONGEST_LINE,
    LONGEST_NAME,
    MOST_CATEGORIES,
    Category,
    Lens,
    NotALens,
    built_in,
    by_category,
    names,
    read_lens,
    together,
    usual_lens,
    with_id,
)
from fivewhys.models.commands import Categorize, SetStatus
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.models.words import Status
from fivewhys.text import clean
from tests.building import answer, do, session

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")

HEAD = 'id = "hotel"\nname = "A stay with us"\n'
ARRIVAL = '[[categories]]\nid = "arrival"\nname = "Arrival"\n'
ROOM = '[[categories]]\nid = "room"\nname = "Room"\n'


# -- the built-in ones


def test_the_built_in_ones_in_their_order() -> None:
    assert [lens.id for lens in built_in()] == [
        "customer-behaviour",
        "services-8p",
        "services-4s",
        "6m",
        "software-incident",
        "rca2",
    ]
    assert [category.id for category in built_in()[0].categories] == [
        "rudeness",
        "phone-manners",
        "ignoring",
        "not-listening",
        "shuffling",
    ]


@pytest.mark.parametrize("lens", built_in(), ids=lambda lens: lens.id)
def test_a_built_in_lens_teaches_with_every_category(lens: Lens) -> None:
    assert lens.about
    assert len({category.name for category in lens.categories}) == len(lens.categories)
    # The keys 1 to 9.
    assert 4 <= len(lens.categories) <= 9
    for category in lens.categories:
        assert category.about[0].isupper()
        assert not category.about.endswith(".")
        assert category.question.endswith("?")
        # Nobody is asked who did wrong.
        assert not re.search(r"fault|blame|careless|forgot", category.question)


def test_readme_lists_them() -> None:
    section = README.split("### Lenses")[1].split("\n## ")[0]
    rows = [row.split(" | ")[0].removeprefix("| ") for row in section.splitlines() if "| " in row]
    assert rows[2:] == [lens.name for lens in built_in()]


def test_the_example_of_readme_is_a_lens() -> None:
    section = README.split("### Lenses")[1]
    text = section.split("```toml\n")[1].split("```")[0]
    lens = read_lens(text, "hotel.toml")
    assert (lens.id, lens.name, lens.about) == (
        "hotel",
        "A stay with us",
        "Where a stay goes wrong",
    )
    assert [category.name for category in lens.categories] == ["Arrival", "Room"]
    assert lens.categories[0] == Category(
        "arrival", "Arrival", "From the door to the key", "What did the guest wait for?"
    )


# -- reading


def test_what_a_lens_may_leave_out() -> None:
    lens = read_lens(HEAD + ARRIVAL + ROOM, "hotel.toml")
    assert lens == Lens(
        "hotel", "A stay with us", "", (Category("arrival", "Arrival"), Category("room", "Room"))
    )
    assert lens.category("room") is lens.categories[1]
    assert lens.category("bath") is None


def test_files_of_other_systems_are_read() -> None:
    lens = read_lens("\ufeff" + (HEAD + ARRIVAL).replace("\n", "\r\n"), "hotel.toml")
    assert lens.name == "A stay with us"


def test_what_cannot_be_seen_is_taken_out() -> None:
    text = HEAD + '[[categories]]\nid = "a"\nname = "\\u001b[31mred\\u202e \\n room"\n'
    assert read_lens(text, "hotel.toml").categories[0].name == "red room"


MANY = "".join(
    f'[[categories]]\nid = "c{number}"\nname = "{number}"\n' for number in range(MOST_CATEGORIES)
)


def test_as_many_categories_as_there_are_keys() -> None:
    assert len(read_lens(HEAD + MANY, "x.toml").categories) == MOST_CATEGORIES


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "name = nope",
            "hotel.toml, line 1, column 8: this cannot be read as TOML (invalid value). "
            'Each line says one thing, text in quotes: name = "Front desk".',
        ),
        (
            'id = "hotel',
            "hotel.toml, at its end: this cannot be read as TOML (unterminated string). "
            'Each line says one thing, text in quotes: name = "Front desk".',
        ),
        (
            "",
            'hotel.toml: the id is missing. Add a line like id = "front-desk".',
        ),
        (
            'id = "hotel"',
            'hotel.toml: the name is missing. Add a line like name = "Front desk".',
        ),
        (
            'id = "Front Desk"\nname = "x"',
            "hotel.toml, line 1: the id “Front Desk” may have small letters from a to z, digits "
            'and single hyphens between them only, for example id = "front-desk".',
        ),
        (
            HEAD,
            "hotel.toml: there are no categories. Begin each one with a line of its own: "
            "[[categories]], with two brackets on each side.",
        ),
        (
            HEAD + "[categories]\n",
            "hotel.toml, line 3: these are no categories. Begin each one with a line of its own: "
            "[[categories]], with two brackets on each side.",
        ),
        (
            "categories = []\n" + HEAD,
            f"hotel.toml, line 1: a lens has 1 to {MOST_CATEGORIES} categories, this one has 0. "
            "Begin each one with [[categories]].",
        ),
        (
            HEAD + MANY + ARRIVAL,
            f"hotel.toml, category {MOST_CATEGORIES + 1} (line {3 + 3 * MOST_CATEGORIES}): a lens "
            f"has 1 to {MOST_CATEGORIES} categories, this one has {MOST_CATEGORIES + 1}. "
            "Make two lenses of it.",
        ),
        (
            HEAD + 'purpose = "x"\n' + ARRIVAL,
            "hotel.toml, line 3: “purpose” is not known. What a lens can have: id, name, about and "
            "categories.",
        ),
        (
            HEAD + ARRIVAL + 'queston = "x"\n',
            "hotel.toml, category 1 (line 6): “queston” is not known. What a category can have: "
            "id, name, about and question.",
        ),
        (
            HEAD + ARRIVAL + ARRIVAL,
            "hotel.toml, category 2 (line 7): the id “arrival” is that of category 1 already. "
            "Give it another.",
        ),
        (
            HEAD + '[[categories]]\nid = "a"\nname = 5\n',
            "hotel.toml, category 1 (line 5): the name must be text in quotes, for example "
            'name = "Front desk".',
        ),
        (
            HEAD + '[[categories]]\nid = "a"\nname = " \\u200b "\n',
            "hotel.toml, category 1 (line 5): there is nothing to read in the name. Write it like "
            'name = "Front desk".',
        ),
        (
            HEAD + ARRIVAL + f'about = "{"x" * (LONGEST_LINE + 1)}"\n',
            f"hotel.toml, category 1 (line 6): the about has {LONGEST_LINE + 1} characters, and "
            f"{LONGEST_LINE} fit. Shorten it.",
        ),
        (
            "#" * (LONGEST_FILE + 1),
            f"hotel.toml has {LONGEST_FILE + 1:,} characters; a lens has at most "
            f"{LONGEST_FILE:,}. Is it another kind of file?",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_what_to_do(text: str, told: str) -> None:
    with pytest.raises(NotALens) as problem:
        read_lens(text, "hotel.toml")
    assert str(problem.value) == told


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 20_000,
        "x = " + "9" * 20_000,
        "x = 2026-02-31",
        "x = 1\nx = 2",
        "\x00",
        '"\x1b[31m" = 1',
    ],
)
def test_texts_that_break_readers_are_told_in_one_safe_line(text: str) -> None:
    with pytest.raises(NotALens) as problem:
        read_lens(text, "hotel\x1b.toml")
    told = str(problem.value)
    assert told.startswith("hotel")
    assert told == clean(told)
    assert len(told) < 300


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('"id" = "Front Desk"\nname = "x"', "hotel.toml, line 1: "),
        ("\ufeff\r\n'id' = \"Front Desk\"\r\n", "hotel.toml, line 2: "),
        (HEAD + ARRIVAL + '[[categories]]\nname = "Room"\n', "hotel.toml, category 2 (line 6): "),
        (HEAD + 'about = """\nname = 5\n"""\nwhat = 1\n' + ARRIVAL, "hotel.toml: "),
        (HEAD + 'categories = [{id = "a", name = 5}]\n', "hotel.toml, category 1: "),
        (HEAD + "[other]\nid = 5\n" + ARRIVAL, "hotel.toml, line 3: "),
    ],
)
def test_line_is_told_where_it_is_known(text: str, place: str) -> None:
    with pytest.raises(NotALens) as problem:
        read_lens(text, "hotel.toml")
    assert str(problem.value).startswith(place)


values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=60),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)


def toml(value: Any) -> str:
    """A value as TOML writes it; what TOML has no word for becomes a text."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{toml(name)} = {toml(item)}' for name, item in value.items())}}}"
    return '"' + "".join(f"\\U{ord(char):08x}" for char in str(value)) + '"'


categories = st.lists(
    st.dictionaries(st.sampled_from(["id", "name", "about", "question", "x"]), values), max_size=4
)


@given(
    fields=st.dictionaries(st.sampled_from(["id", "name", "about", "x"]), values),
    below=categories | values,
)
def test_whatever_the_values_are_it_is_a_lens_or_a_sentence(
    fields: dict[str, Any], below: Any
) -> None:
    text = "".join(f"{name} = {toml(value)}\n" for name, value in fields.items())
    read_or_told(f"{text}categories = {toml(below)}\n")


@given(text=st.text() | st.text(alphabet='[]{}="\\\n #idname.,1'))
def test_whatever_the_text_is_it_is_a_lens_or_a_sentence(text: str) -> None:
    read_or_told(text)
    read_or_told(HEAD + ARRIVAL + text)


@given(place=st.integers(0, 400), text=st.text(max_size=3))
def test_a_slip_in_a_lens_is_a_lens_or_a_sentence(place: int, text: str) -> None:
    good = HEAD + ARRIVAL + ROOM
    read_or_told(good[:place] + text + good[place + 1 :])


def read_or_told(text: str) -> None:
    """Read it: what comes back holds to the limits, or a sentence says what is wrong."""
    try:
        lens = read_lens(text, "x.toml")
    except NotALens as problem:
        told = str(problem)
        assert told.startswith("x.toml")
        assert told.endswith((".", "?"))
        assert told == clean(told)
    else:
        assert 1 <= len(lens.categories) <= MOST_CATEGORIES
        everything: list[Lens | Category] = [lens, *lens.categories]
        for named in everything:
            assert re.fullmatch("[a-z0-9-]+", named.id)
            assert 0 < len(named.name) <= LONGEST_NAME
            assert named.name == clean(named.name)
            assert len(named.about) <= LONGEST_LINE


# -- together, and on the causes of a session


def test_a_teams_own_come_first_and_take_the_place_of_their_namesakes() -> None:
    own = Lens("hotel", "A stay", "", (Category("a", "A"),))
    mine = Lens("6m", "Ours", "", (Category("a", "A"),))
    found = together((own, mine))
    assert [lens.id for lens in found[:3]] == ["hotel", "6m", "customer-behaviour"]
    assert with_id(found, "6m") is mine
    assert len(found) == len(built_in()) + 1


def test_names_of_what_is_known_and_of_what_is_not() -> None:
    assert names(built_in(), "6m", "material") == ("Six M", "Material")
    assert names(built_in(), "6m", "money") == ("Six M", "money")
    assert names(built_in(), "theirs", "thing") == ("theirs", "thing")


def grouped(*put: tuple[str, str]) -> tuple[Tree, list[Cause]]:
    """A session with one cause below the other, in these categories."""
    tree = session()
    key, causes = tree.problem.id, []
    for number, (lens, category) in enumerate(put):
        tree, cause = answer(tree, key, f"cause {number}")
        tree = do(tree, Categorize(cause=cause.id, lens=lens, category=category))
        key = cause.id
        causes.append(tree.causes[key])
    return tree, causes


def test_causes_by_category_in_the_order_of_the_tree() -> None:
    tree, (one, two, three, _) = grouped(
        ("6m", "people"), ("rca2", "rules"), ("6m", "people"), ("", "")
    )
    assert by_category(tree) == [("6m", "people", [one, three]), ("rca2", "rules", [two])]
    assert by_category(session()) == []


def test_what_is_ruled_out_explains_nothing() -> None:
    tree, (one, two, _) = grouped(("6m", "people"), ("rca2", "rules"), ("6m", "people"))
    tree = do(tree, SetStatus(cause=two.id, status=Status.RULED_OUT, reason="compared"))
    assert by_category(tree) == [("6m", "people", [one])]


def test_the_usual_lens_of_a_session() -> None:
    tree, _ = grouped(("rca2", "rules"), ("6m", "people"), ("6m", "method"))
    assert usual_lens(tree) == "6m"
    assert usual_lens(session()) == ""
