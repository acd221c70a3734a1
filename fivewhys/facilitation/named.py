"""Who is known by name in a session: those in the room, and everyone who is written down in it.

A session where nobody entered the people in the room still knows who leads it, who said what and
who will do something about it.
"""

from collections.abc import Iterator

from fivewhys.facilitation.rules.lists import words as listed
from fivewhys.models.tree import Tree

_MOST_WORDS = 3
"""Words of a person's name; what has more is a note."""
_TITLES = listed("titles")
_NO_NAMES = (
    (listed("roles") - _TITLES)
    | listed("departments")
    | listed("organisations")
    | listed("ourselves")
)


def named(tree: Tree) -> list[str]:
    """The names in `tree`, each once: the people in the room first, then the others.

    Owners may be teams, “maintainers” or “Kitchen”, and second names are often words (“Price”):
    of those outside the room only what is written like a person's name is taken, and of that the
    name people go by.
    """
    room = [person.name for person in tree.people]
    written = dict.fromkeys(_written(tree))
    others = (_called(name.split()) for name in written if _is_persons(name))
    return list(dict.fromkeys([*room, *others]))


def _written(tree: Tree) -> Iterator[str]:
    yield tree.session.facilitator
    # Of 10,000 causes a handful of people said all, and this is asked after each answer.
    yield from dict.fromkeys([cause.said_by for cause in tree.causes.values()])
    for items in tree.evidence_of.values():
        yield from (item.said_by for item in items)
    yield from (parked.said_by for parked in tree.parked)
    for countermeasures in tree.countermeasures_of.values():
        yield from (countermeasure.owner for countermeasure in countermeasures)


def _called(parts: list[str]) -> str:
    """The name that people go by: Ines of Ines Moreau, Osei of Dr Osei."""
    return parts[-1] if parts[0].rstrip(".").lower() in _TITLES else parts[0]


def _is_persons(name: str) -> bool:
    parts = name.split()
    return 0 < len(parts) <= _MOST_WORDS and all(
        part[0].isupper() and part.lower() not in _NO_NAMES for part in parts
    )
