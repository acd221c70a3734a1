"""What tests of readers ask of files."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from fivewhys.imports import Unreadable, read
from fivewhys.models.tree import Tree

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def one(chain: Any) -> Tree:
    """The tree of a file that holds one chain."""
    (record,) = read(json.dumps(chain), now=NOW)
    return record.tree


def refusal(text: str) -> str:
    with pytest.raises(Unreadable) as caught:
        read(text, now=NOW)
    return str(caught.value)
