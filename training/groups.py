"""The training data: causes in groups, and batches in which near groups stand together."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
DATA = HERE / "data"

DRAWS, GROUPS, STATEMENTS = 20, 60, 4
"""Small histories, the groups of each (and their near ones), and the statements of a group: about
what a team writes in a year."""


@dataclass(slots=True)
class Group:
    """The same cause in different words; `near` names groups that are about the same thing."""

    name: str
    statements: list[str] = field(default_factory=list)
    near: set[str] = field(default_factory=set)

    @property
    def of_field(self) -> str:
        """The field that the group belongs to: the letters before its first hyphen."""
        return self.name.split("-", 1)[0]


def read(files: Iterable[Path] | None = None) -> dict[str, Group]:
    """The groups of tab-separated files (group, statement, near), in the order of their names.

    Groups of different authors that turned out to be the same cause (`same_as.tsv`) become one,
    under the name in the second column.
    """
    renamed = dict(row.split("\t") for row in _rows(HERE / "same_as.tsv"))
    groups: dict[str, Group] = {}
    for file in sorted(DATA.glob("*.tsv") if files is None else files):
        for row in _rows(file):
            own, statement, near = (*row.split("\t"), "")[:3]
            name = renamed.get(own, own)
            group = groups.setdefault(name, Group(name))
            group.statements.append(statement)
            others = {other.strip() for other in near.split(",") if other.strip()}
            group.near |= {renamed.get(other, other) for other in others} - {name}
    return dict(sorted(groups.items()))


def _rows(file: Path) -> list[str]:
    lines = file.read_text("utf-8").splitlines()
    return lines[1:] if lines[0].startswith("group\t") else lines


def families(groups: dict[str, Group]) -> list[list[str]]:
    """Groups that are near each other, directly or through others, together."""
    near = defaultdict(set)
    for group in groups.values():
        for other in group.near & groups.keys():
            near[group.name].add(other)
            near[other].add(group.name)
    seen: set[str] = set()
    found = []
    for name in groups:
        if name in seen:
            continue
        family, waiting = [], [name]
        seen.add(name)
        while waiting:
            family.append(waiting.pop())
            waiting += sorted(near[family[-1]] - seen)
            seen |= near[family[-1]]
        found.append(sorted(family))
    return found


def batches(
    groups: dict[str, Group], size: int, most: int, chance: random.Random
) -> Iterator[list[tuple[int, str]]]:
    """One pass over all groups: lists of (number of the group in the batch, statement).

    Families are shuffled and laid end to end; a batch is the next `size` groups, with at most
    `most` statements of each. So near groups stand in one batch, beside others.
    """
    order = families(groups)
    chance.shuffle(order)
    names = []
    for family in order:
        names += chance.sample(family, len(family))
    for begin in range(0, len(names) - size // 2, size):
        batch = []
        for number, name in enumerate(names[begin : begin + size]):
            statements = groups[name].statements
            for statement in chance.sample(statements, min(most, len(statements))):
                batch.append((number, statement))
        yield batch


def draws(groups: dict[str, Group]) -> Iterator[dict[str, Group]]:
    """Small histories of some of the groups, near ones always together; always the same ones."""
    chance = random.Random(1)
    together = families(groups)
    for _ in range(DRAWS):
        chance.shuffle(together)
        names: list[str] = []
        for family in together:
            if len(names) < GROUPS:
                names += family
        yield {name: _some(groups[name], chance) for name in names}


def _some(group: Group, chance: random.Random) -> Group:
    number = min(STATEMENTS, len(group.statements))
    return Group(group.name, chance.sample(group.statements, number), group.near)
