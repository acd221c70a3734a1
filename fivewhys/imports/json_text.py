"""JSON and JSON Lines as plain values, with everything that can be wrong said in a sentence."""

import json
from dataclasses import dataclass
from typing import Any, NoReturn

from fivewhys.imports import WHOLE, Unreadable
from fivewhys.text import excerpt

WHAT_IS_READ = (
    "Five Whys reads its own archives, and chains as JSON or JSON Lines with “problem” and “tree”."
)


@dataclass(frozen=True, slots=True)
class Lines:
    """The values of a JSON Lines file, each with the number of its line."""

    values: tuple[tuple[int, Any], ...]


def parse(text: str) -> Any:
    """The value of JSON `text`, or `Lines` where each line is a value. Raises `Unreadable`."""
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise Unreadable(f"{WHOLE} is empty. {WHAT_IS_READ}")
    if text.lstrip()[0] not in "{[":
        start = excerpt(text.lstrip()[:200], 40)
        raise Unreadable(f"{WHOLE} begins with “{start}”, which is not JSON. {WHAT_IS_READ}")
    first, _, rest = text.strip().partition("\n")
    if rest.strip() and _is_whole(first):
        return Lines(
            tuple(
                (number, _value(line, number))
                for number, line in enumerate(text.split("\n"), 1)
                if line.strip()
            )
        )
    return _value(text)


def _is_whole(line: str) -> bool:
    """Whether `line` is an object of its own, as in JSON Lines."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _value(text: str, line: int = 0) -> Any:
    """The value of `text`; `line` is where it stands, 0 for a whole file."""
    where = f"Line {line}" if line else WHOLE
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        place = f"Line {line or error.lineno}, column {error.colno}"
        raise Unreadable(
            f"{place}: this is not JSON ({error.msg}). Correct it there, or export it again."
        ) from error
    except RecursionError as error:
        raise Unreadable(
            f"{where} is nested too deep to be read. Bring chains of some hundred whys as an "
            "archive, where causes are not nested."
        ) from error
    except _Wrong as error:
        raise Unreadable(f"{where}: {error} Correct it, or export it again.") from error
    except ValueError as error:
        # Python refuses to read integers of thousands of digits.
        raise Unreadable(f"{where} has a number that is too long. Correct it.") from error


class _Wrong(Exception):
    """JSON that Python reads and we do not."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Wrong(f"an object has “{excerpt(twice)}” twice.")
    return found


def _no_constant(name: str) -> NoReturn:
    raise _Wrong(f"{name} is not a number that JSON knows.")
