"""What screens ask of the memory of all sessions, each question in words of how far it is.

All of it runs in a thread and touches no widget.
"""

import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from fivewhys.models.past import Sameness
from fivewhys.models.same import components
from fivewhys.models.words import Kind
from fivewhys.screens.long_read import Stage, Tell
from fivewhys.screens.memories import Memory, Progress, Work
from fivewhys.text import words_number

if TYPE_CHECKING:
    from textual.app import App

    from fivewhys.patterns.findings.scope import Scope
    from fivewhys.patterns.findings.values import Findings
    from fivewhys.patterns.overlay import Map
    from fivewhys.patterns.queue import Question
    from fivewhys.store.store import Store

LOOK_SECONDS = 0.05
"""How often to ask how far the reading of the history is."""


def memory_of(app: "App[Any]") -> Memory:
    """The program's memory of all sessions."""
    found: Memory | None = getattr(app, "memory", None)
    assert found is not None
    return found


def read_map(memory: Memory, tell: Tell) -> "Map":
    """The causal map, once the history is read."""
    _wait_for(memory, tell)
    return memory.patterns(_telling(tell, "Looking for what belongs together")).map


def read_groups(memory: Memory, tell: Tell) -> Iterable[frozenset[str]]:
    """What may be the same, once the history is read: groups of causes by `str` of their ids."""
    _wait_for(memory, tell)
    return memory.patterns(_telling(tell, "Looking for what belongs together")).groups.values()


def read_findings(memory: Memory, scope: "Scope", tell: Tell) -> "tuple[Map, Findings]":
    """The causal map and what it tells, once the history is read."""
    _wait_for(memory, tell)
    now = memory.patterns(_telling(tell, "Looking for what belongs together"))
    tell(Stage("Looking through the map …"))
    return now.map, now.findings(scope)


def read_questions(memory: Memory, tell: Tell) -> "Sequence[Question]":
    """What to ask people, once the history is read."""
    _wait_for(memory, tell)
    return memory.questions(_telling(tell, "Looking for likely pairs"))


def confirmed_map(store: "Store") -> "Map":
    """The causal map by people's decisions and equal words alone; it needs no reading."""
    from fivewhys.patterns.overlay import causal_map

    past = store.past()
    said: dict[Sameness, list[tuple[UUID, UUID]]] = {sameness: [] for sameness in Sameness}
    decisions = store.decisions()
    for decision in decisions:
        said[decision.sameness].append((decision.a, decision.b))
    words = {
        cause.id: words_number(cause.text) for cause in past.causes if cause.kind is Kind.CAUSE
    }
    sets = components(words, said[Sameness.SAME], said[Sameness.DIFFERENT])
    confirmed = [_keys(found) for found in sets if len(found) > 1]
    return causal_map(past, (), confirmed, decisions)


def _keys(causes: Iterable[UUID]) -> list[str]:
    return [str(cause) for cause in causes]


def _wait_for(memory: Memory, tell: Tell) -> None:
    """Wait until the history is read; what goes wrong ends it with a sentence."""
    memory.keep_up()
    while not memory.is_current:
        if memory.trouble:
            raise RuntimeError(memory.trouble)
        tell(_stage(memory.work))
        time.sleep(LOOK_SECONDS)


def _stage(work: Work | None) -> Stage:
    words = "Reading the history …"
    if work is None or not work.of:
        return Stage(words)
    paused = ", paused" if work.is_paused else ""
    counted = f"{words} {work.done:,} of {work.of:,}{paused}"
    return Stage(counted, work.done / work.of, can_pause=True, is_paused=work.is_paused)


def _telling(tell: Tell, words: str) -> Progress:
    tell(Stage(f"{words} …"))
    return lambda share: tell(Stage(f"{words} … {int(share * 100)} %", share))
