"""How soon a team means to acknowledge, find the root, fix and tell: a target per severity.

Those that come with the program are data in this package. Where a team keeps its own, and what to
do about a file that cannot be read, is not known here.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from fivewhys.models.words import Severity
from fivewhys.text import clean, excerpt

LONGEST_FILE = 100_000
"""Characters of a file with targets: far above what it needs to say."""

LONGEST_TARGET = timedelta(days=3650)

_AT = re.compile(r" ?\(at (?:line (\d+), column (\d+)|end of document)\)$")
_SPAN = re.compile(r"([0-9]{1,4}) ?(hour|day|week)s?")
_UNITS = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}


class Step(StrEnum):
    """What a session's clocks run to, in the order in which it should come."""

    ACKNOWLEDGED = "acknowledged"
    ROOT_FOUND = "root_found"
    FIXED = "fixed"
    TOLD = "told"


class NotTargets(ValueError):
    """A text holds no targets; the message says where, what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Target:
    """How soon, counted from when a problem was noticed."""

    acknowledged: timedelta
    root_found: timedelta
    fixed: timedelta
    told: timedelta

    def to(self, step: Step) -> timedelta:
        """The time until one step.

        >>> built_in_targets().of(Severity.CRITICAL).to(Step.ACKNOWLEDGED)
        datetime.timedelta(seconds=14400)
        """
        found: timedelta = getattr(self, step.value)
        return found


@dataclass(frozen=True, slots=True)
class Targets:
    """The targets of every severity."""

    critical: Target
    major: Target
    moderate: Target
    minor: Target

    def of(self, severity: Severity) -> Target:
        """The targets of one severity."""
        found: Target = getattr(self, severity.value)
        return found


@cache
def built_in_targets() -> Targets:
    """The targets that come with the program.

    >>> built_in_targets().minor.fixed.days
    90
    """
    name = "targets.toml"
    text = files("fivewhys.countermeasures").joinpath(name).read_text("utf-8")
    table = tomllib.loads(text)
    read = {
        severity.value: Target(**{step.value: _span(table[severity][step]) for step in Step})
        for severity in Severity
    }
    return Targets(**read)


def read_targets(text: str, name: str) -> Targets:
    """The targets that a team's own TOML text says; what it leaves out is as in the program's.

    `name` names the text in messages. Raises NotTargets.

    >>> read_targets('[minor]\\nfixed = "6 weeks"', "targets.toml").minor.fixed.days
    42
    """
    where = clean(name)
    if len(text) > LONGEST_FILE:
        raise NotTargets(
            f"{where} has {len(text):,} characters; targets have at most {LONGEST_FILE:,}. "
            "Is it another kind of file?"
        )
    text = text.removeprefix("\ufeff")
    table = _table(text, where)
    targets = built_in_targets()
    for severity, said in table.items():
        line = _line(text, severity, None)
        if severity not in set(Severity):
            raise NotTargets(
                f"{where}{line}: “{excerpt(severity, 40)}” is no severity. "
                f"There are: {_listed(Severity)}."
            )
        if not isinstance(said, dict):
            raise NotTargets(
                f"{where}{line}: {severity} stands alone. Begin it with a line of its own, "
                f"[{severity}], and write what belongs to it below."
            )
        target = replace(targets.of(Severity(severity)), **_steps(said, severity, text, where))
        targets = replace(targets, **{severity: target})
    return targets


def _steps(said: Mapping[str, Any], severity: str, text: str, where: str) -> dict[str, timedelta]:
    found = {}
    for step, value in said.items():
        place = f"{where}{_line(text, severity, step)}"
        if step not in set(Step):
            raise NotTargets(
                f"{place}: “{excerpt(step, 40)}” is not known. "
                f"What can have a target: {_listed(Step)}."
            )
        example = f'{step} = "4 hours" or "3 days"'
        if not isinstance(value, str):
            raise NotTargets(f"{place}: write how long in quotes, for example {example}.")
        try:
            found[step] = _span(value)
        except ValueError:
            raise NotTargets(
                f"{place}: “{excerpt(value, 40)}” is no length of time. "
                f"Write hours, days or weeks, for example {example}."
            ) from None
        if not timedelta() < found[step] <= LONGEST_TARGET:
            raise NotTargets(
                f"{place}: “{excerpt(value, 40)}” is not between 1 hour and "
                f"{LONGEST_TARGET.days:,} days."
            )
    return found


def _span(text: str) -> timedelta:
    found = _SPAN.fullmatch(clean(text).lower())
    if found is None:
        raise ValueError
    return int(found[1]) * _UNITS[found[2]]


def _table(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    # Numbers of thousands of digits and tables in tables without end have errors of their own.
    except (ValueError, RecursionError) as error:
        words = str(error)
        at = _AT.search(words)
        place = where
        if at is not None:
            place += f", line {at[1]}, column {at[2]}" if at[1] else ", at its end"
        detail = excerpt(_AT.sub("", words), 80).rstrip(".")
        raise NotTargets(
            f"{place}: this cannot be read as TOML ({detail[:1].lower()}{detail[1:]}). "
            'Write a severity in brackets, [major], and below it lines like fixed = "30 days".'
        ) from None


def _line(text: str, severity: str, step: str | None) -> str:
    """Where a severity, or a step of it, stands, as “, line 3”; nothing where it is not plain."""
    head = re.search(rf"^[ \t]*\[?[ \t]*{re.escape(severity)}[ \t]*[\]=]", text, re.MULTILINE)
    if head is None:
        return ""
    at = head.start()
    if step is not None:
        below = re.compile(rf"^[ \t]*{re.escape(step)}[ \t]*=", re.MULTILINE).search(text, at)
        if below is None:
            return ""
        at = below.start()
    return f", line {text.count(chr(10), 0, at) + 1}"


def _listed(names: type[StrEnum]) -> str:
    *most, last = [name.value for name in names]
    return f"{', '.join(most)} and {last}"
