"""The first eight of the worked examples, whose numbers the tests of commands and screens know.

The demo grows; what these tests say of S-2 and of "8 sessions" does not change with it.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path

from fivewhys import examples
from fivewhys.imports import read
from fivewhys.models.tree import Record

FOLDER = Path(examples.__file__).parent


@cache
def records() -> tuple[Record, ...]:
    """Eight worked examples in the order in which they were opened, numbered from 1."""
    texts = [path.read_text("utf-8") for path in sorted(FOLDER.glob("0[1-8]-*.json"))]
    found = [record for text in texts for record in read(text, now=examples.WRITTEN)]
    found.sort(key=lambda record: record.tree.session.opened_at)
    return tuple(
        replace(record, tree=replace(record.tree, session=replace(record.tree.session, number=at)))
        for at, record in enumerate(found, 1)
    )
