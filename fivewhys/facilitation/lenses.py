"""Lenses: named sets of categories to look at causes through, read from TOML.

Those that come with the program are data in this package. Where a team keeps its own, and what to
do about a file that cannot be read, is not known here.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from fivewhys.facilitation.lens_lines import Lines, Place
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.models.words import Status
from fivewhys.text import clean, excerpt

LONGEST_FILE = 100_000
"""Characters of one lens: far above any list that a team would look through."""

LONGEST_NAME = 40
"""Characters of an id or a name: names stand in a column beside what they are about."""

LONGEST_LINE = 160
"""Characters of what a lens or category is about, and of its question: two rows of a terminal."""

MOST_CATEGORIES = 24
"""Each category has a key of its own, 1 to 9 and letters; more than a few help nobody."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_AT = re.compile(r" ?\(at (?:line (\d+), column (\d+)|end of document)\)$")

_LENS_FIELDS = ("id", "name", "about", "categories")
_CATEGORY_FIELDS = ("id", "name", "about", "question")

_EXAMPLES = {
    "id": "front-desk",
    "name": "Front desk",
    "about": "From the door to the key",
    "question": "What did the guest wait for?",
}


class NotALens(ValueError):
    """A text is no lens; the message says where, what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Category:
    """One thing to look for."""

    id: str
    name: str
    about: str = ""
    """One line: what belongs there."""
    question: str = ""
    """One question to ask about a cause of this kind."""


@dataclass(frozen=True, slots=True)
class Lens:
    """A named set of categories."""

    id: str
    name: str
    about: str
    """One line: what it is for."""
    categories: tuple[Category, ...]

    def category(self, id: str) -> Category | None:
        """The category with this id, if there is one."""
        return next((category for category in self.categories if category.id == id), None)


def read_lens(text: str, where: str) -> Lens:
    """The lens that a TOML text says; `where` names the text in messages.

    Raises NotALens.
    """
    where = clean(where)
    if len(text) > LONGEST_FILE:
        raise NotALens(
            f"{where} has {len(text):,} characters; a lens has at most {LONGEST_FILE:,}. "
            "Is it another kind of file?"
        )
    table = _table(text.removeprefix("\ufeff"), where)
    lines = Lines(text)
    place = lines.head(where)
    _see_fields(table, _LENS_FIELDS, place, "a lens")
    return Lens(
        id=_id(table, place),
        name=_line(table, "name", place, LONGEST_NAME),
        about=_line(table, "about", place, LONGEST_LINE, optional=True),
        categories=_categories(table.get("categories"), lines, place),
    )


@cache
def built_in() -> tuple[Lens, ...]:
    """The lenses that come with the program, in their order."""
    folder = files("fivewhys.facilitation.built_in")
    found = sorted(item.name for item in folder.iterdir() if item.name.endswith(".toml"))
    return tuple(read_lens(folder.joinpath(name).read_text("utf-8"), name) for name in found)


def together(own: Sequence[Lens]) -> tuple[Lens, ...]:
    """A team's own lenses, then those built-in ones whose id the team has not given to its own."""
    taken = {lens.id for lens in own}
    return (*own, *(lens for lens in built_in() if lens.id not in taken))


def with_id(lenses: Iterable[Lens], id: str) -> Lens | None:
    """The lens with this id, if it is among them."""
    return next((lens for lens in lenses if lens.id == id), None)


def names(lenses: Iterable[Lens], lens: str, category: str) -> tuple[str, str]:
    """What a lens and its category are called; what is not known here keeps its id."""
    known = with_id(lenses, lens)
    if known is None:
        return lens, category
    found = known.category(category)
    return known.name, found.name if found else category


def usual_lens(tree: Tree) -> str:
    """The id of the lens that most causes of a session were looked at through; "" for none."""
    counted = Counter(cause.lens for cause in tree.causes.values() if cause.lens)
    return counted.most_common(1)[0][0] if counted else ""


def by_category(tree: Tree) -> list[tuple[str, str, list[Cause]]]:
    """The causes of each lens and category (their ids), as they first come in the tree's order.

    What is ruled out, and what hangs below it, is left out: it explains nothing.
    """
    found: dict[tuple[str, str], list[Cause]] = {}
    out = set()
    for cause, _ in tree.walk():
        if cause.status is Status.RULED_OUT or cause.parent_id in out:
            out.add(cause.id)
        elif cause.lens:
            found.setdefault((cause.lens, cause.category), []).append(cause)
    return [(lens, category, causes) for (lens, category), causes in found.items()]


# -- reading


def _table(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    # Numbers of thousands of digits and tables in tables without end have errors of their own.
    except (ValueError, RecursionError) as error:
        words = str(error)
        at = _AT.search(words)
        if at is None:
            place = where
        elif at[1]:
            place = f"{where}, line {at[1]}, column {at[2]}"
        else:
            place = f"{where}, at its end"
        detail = excerpt(_AT.sub("", words), 80).rstrip(".")
        detail = detail[:1].lower() + detail[1:]
        raise NotALens(
            f"{place}: this cannot be read as TOML ({detail}). "
            f'Each line says one thing, text in quotes: name = "{_EXAMPLES["name"]}".'
        ) from None


def _see_fields(table: Mapping[str, Any], known: Sequence[str], place: Place, what: str) -> None:
    for name in table:
        if name not in known:
            *most, last = known
            raise NotALens(
                f"{place.of(name)}: “{excerpt(name, LONGEST_NAME)}” is not known. "
                f"What {what} can have: {', '.join(most)} and {last}."
            )


def _categories(value: Any, lines: Lines, head: Place) -> tuple[Category, ...]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        wrong = "there are no categories" if value is None else "these are no categories"
        raise NotALens(
            f"{head.of('categories')}: {wrong}. Begin each one with a line of its own: "
            "[[categories]], with two brackets on each side."
        )
    places = lines.categories(head.where, len(value))
    if not 1 <= len(value) <= MOST_CATEGORIES:
        at = places[MOST_CATEGORIES].line if value else head.of("categories")
        raise NotALens(
            f"{at}: a lens has 1 to {MOST_CATEGORIES} categories, this one has {len(value)}. "
            f"{'Make two lenses of it.' if value else 'Begin each one with [[categories]].'}"
        )
    found: dict[str, int] = {}
    categories = []
    for number, (item, place) in enumerate(zip(value, places, strict=True), 1):
        _see_fields(item, _CATEGORY_FIELDS, place, "a category")
        category = Category(
            id=_id(item, place),
            name=_line(item, "name", place, LONGEST_NAME),
            about=_line(item, "about", place, LONGEST_LINE, optional=True),
            question=_line(item, "question", place, LONGEST_LINE, optional=True),
        )
        first = found.setdefault(category.id, number)
        if first != number:
            raise NotALens(
                f"{place.of('id')}: the id “{category.id}” is that of category {first} already. "
                "Give it another."
            )
        categories.append(category)
    return tuple(categories)


def _id(table: Mapping[str, Any], place: Place) -> str:
    value = _line(table, "id", place, LONGEST_NAME)
    if value != table["id"] or not _ID.fullmatch(value):
        raise NotALens(
            f"{place.of('id')}: the id “{excerpt(value, LONGEST_NAME)}” may have small letters "
            "from a to z, digits and single hyphens between them only, for example "
            f"{_example('id')}."
        )
    return value


def _line(
    table: Mapping[str, Any], name: str, whole: Place, longest: int, *, optional: bool = False
) -> str:
    value = table.get(name)
    place = whole.of(name)
    if value is None:
        if optional:
            return ""
        raise NotALens(f"{place}: the {name} is missing. Add a line like {_example(name)}.")
    if not isinstance(value, str):
        raise NotALens(f"{place}: the {name} must be text in quotes, for example {_example(name)}.")
    # Cleaning takes out what cannot be seen, so what is left says how long it is.
    text = clean(value)
    if not text and not optional:
        raise NotALens(
            f"{place}: there is nothing to read in the {name}. Write it like {_example(name)}."
        )
    if len(text) > longest:
        raise NotALens(
            f"{place}: the {name} has {len(text):,} characters, and {longest} fit. Shorten it."
        )
    return text


def _example(name: str) -> str:
    return f'{name} = "{_EXAMPLES[name]}"'
