"""The kinds of fields that commands have: texts are cleaned and measured, moments are in UTC.

Whatever a text came through before, it is checked here. Which commands have which fields is theirs.
"""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, ValidationError
from pydantic_core import ErrorDetails

from fivewhys.text import MOST_CHARACTERS, clean, clean_lines, excerpt


def _measured(text: str) -> str:
    if len(text) > MOST_CHARACTERS:
        raise ValueError(
            f"This text has {len(text):,} characters; the most that fits is {MOST_CHARACTERS:,}"
        )
    return text


def _said(text: str) -> str:
    if not text:
        raise ValueError("There is nothing to read in this text")
    return text


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment needs its time zone")
    return moment.astimezone(UTC)


Line = Annotated[str, AfterValidator(clean), AfterValidator(_measured)]
Passage = Annotated[str, AfterValidator(clean_lines), AfterValidator(_measured)]
Statement = Annotated[Line, AfterValidator(_said)]
UtcMoment = Annotated[datetime, AfterValidator(_aware)]


_IN_WORDS = {
    "missing": "it is missing",
    "extra_forbidden": "this name is not known here",
    "string_type": "it should be text",
    "int_type": "it should be a whole number",
    "int_from_float": "it should be a whole number",
    "int_parsing": "it should be a whole number",
    "greater_than_equal": "it should be at least {ge:,}",
    "less_than_equal": "it should be at most {le:,}",
    "bool_type": "it should be true or false",
    "bool_parsing": "it should be true or false",
    "list_type": "it should be a list",
    "tuple_type": "it should be a list",
    "dict_type": "it should be an object",
    "model_type": "it should be an object",
    "datetime_type": "it should be a moment like 2026-11-21 09:00Z",
    "datetime_parsing": "it should be a moment like 2026-11-21 09:00Z",
    "datetime_from_date_parsing": "it should be a moment like 2026-11-21 09:00Z",
}

_LABELS = {"noticed_at": "noticed"}
"""Fields that people know by another name than their column's."""


def what_is_wrong(details: ErrorDetails) -> str:
    """One thing wrong with a field, in words that do not name it; without a full stop."""
    context = details.get("ctx", {})
    if isinstance(cause := context.get("error"), ValueError):
        return str(cause)
    if known := _IN_WORDS.get(details["type"]):
        return known.format(**context)
    return details["msg"].replace("Input should", "it should")


def sentence(error: ValidationError) -> str:
    """The first thing wrong with a command, in words for a person."""
    first = error.errors()[0]
    what = what_is_wrong(first)
    fields = [part for part in first["loc"] if isinstance(part, str)]
    # Our own sentences say themselves what they are about.
    if not fields or first["type"] == "value_error":
        return f"{what}."
    name = _LABELS.get(fields[-1], excerpt(fields[-1]).replace("_", " "))
    return f"{name[:1].upper()}{name[1:]}: {what}."
