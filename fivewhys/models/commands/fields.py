"""The kinds of fields that commands have: texts are cleaned and measured, moments are in UTC.

Whatever a text came through before, it is checked here. Which commands have which fields is theirs.
"""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, ValidationError

from fivewhys.text import MOST_CHARACTERS, clean, clean_lines


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


def sentence(error: ValidationError) -> str:
    """The first thing wrong with a command or an archive, in words for a person."""
    first = error.errors()[0]
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, ValueError):
        return f"{cause}."
    where = ".".join(str(part) for part in first["loc"])
    return f"{where}: {first['msg']}." if where else f"{first['msg']}."
