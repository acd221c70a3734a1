"""The kinds of fields that files hold, checked: types for pydantic, and errors as sentences."""

from datetime import UTC, date, datetime
from typing import Annotated, TypeVar
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from fivewhys.imports import Unreadable
from fivewhys.models.commands import FARTHEST, MOST_DAYS, MOST_MINUTES, what_is_wrong
from fivewhys.text import excerpt


def _key(raw: object) -> UUID:
    if not isinstance(raw, str):
        raise ValueError("This should be a UUID, written as text")
    try:
        return UUID(raw)
    except ValueError as error:
        raise ValueError(f"“{excerpt(raw)}” is not a UUID") from error


def _moment(raw: object) -> datetime:
    if not isinstance(raw, str):
        raise ValueError("This should be a moment as text, like 2026-11-21T09:00:00Z")
    try:
        moment = datetime.fromisoformat(raw)
    except ValueError as error:
        raise ValueError(f"“{excerpt(raw)}” is not a moment like 2026-11-21T09:00:00Z") from error
    if moment.tzinfo is None:
        raise ValueError(f"“{excerpt(raw)}” does not say its time zone; end it with Z for UTC")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"“{excerpt(raw)}” is outside the years 1 to 9999") from error


def _date(raw: object) -> date:
    if not isinstance(raw, str):
        raise ValueError("This should be a date as text, like 2026-11-21")
    try:
        return date.fromisoformat(raw)
    except ValueError as error:
        raise ValueError(f"“{excerpt(raw)}” is not a date like 2026-11-21") from error


Key = Annotated[UUID, BeforeValidator(_key)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
Day = Annotated[date, BeforeValidator(_date)]
Whole = Annotated[int, Field(strict=True, ge=-FARTHEST, le=FARTHEST)]
Counted = Annotated[int, Field(strict=True, ge=0, le=FARTHEST)]
Numbered = Annotated[int, Field(strict=True, ge=1, le=FARTHEST)]
Minutes = Annotated[int, Field(strict=True, ge=1, le=MOST_MINUTES)]
Days = Annotated[int, Field(strict=True, ge=1, le=MOST_DAYS)]
Flag = Annotated[bool, Field(strict=True)]


class Entry(BaseModel):
    """Something in a file. Unknown names are refused, so that nothing is lost unseen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


E = TypeVar("E", bound=BaseModel)


def checked(model: type[E], data: object, where: str) -> E:
    """`data` as a `model`. Raises `Unreadable` that begins with `where`."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise Unreadable(sentence(error, where)) from error


_SINGULAR = {
    "sessions": "session",
    "causes": "cause",
    "people": "person",
    "history": "history line",
    "operations": "change",
    "root_causes": "root cause",
    "actions": "action",
    "parked": "parked idea",
    "link_answers": "read-back answer",
    "dismissals": "dismissed prompt",
    "root_checks": "ticked point",
    "countermeasures": "countermeasure",
    "measures": "measure",
    "checks": "check",
    "decisions": "decision",
}


def sentence(error: ValidationError, where: str) -> str:
    """The first thing wrong in `error`: where it is, what it is, and what to do."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = ", ".join(filter(None, (where, *_steps(first["loc"]))))
    return f"{place}: {what_is_wrong(first)}. Correct it in the file, or export it again."


def _steps(loc: tuple[str | int, ...]) -> list[str]:
    """A place as people count: (“causes”, 4, “text”) → “cause 5”, “text”."""
    steps: list[str] = []
    for step in loc:
        if isinstance(step, int):
            of = steps.pop() if steps else ""
            steps.append(f"{_SINGULAR.get(of, of)} {step + 1}".strip())
        else:
            steps.append(excerpt(step))
    return steps
