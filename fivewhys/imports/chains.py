"""Reads chains: a simple nested shape, as a JSON object, a list of them, or JSON Lines.

    {"id": "…", "problem": "…", "tree": [{"text": "…", "children": […]}], "root_causes": ["…"]}

`chain_fields` has everything else that may be there. Keys come from the chain's id and the place
in its tree, so that bringing a file in twice is recognised. A plain list of actions becomes
countermeasures of the problem. What has no place in a session (the source, roots that are no cause
of the tree) is kept in its notes.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from fivewhys.imports import WHOLE, Unreadable, json_text
from fivewhys.imports.chain_fields import RECOVERY, Chain, ChainNode
from fivewhys.imports.chain_plan import Plan
from fivewhys.imports.fields import Entry, checked
from fivewhys.models.commands import GAP, Passage
from fivewhys.models.tree import Record, Tree
from fivewhys.models.values import (
    Cause,
    Dismissal,
    Evidence,
    LinkAnswer,
    Parked,
    Person,
    RootCheck,
    WhySession,
)
from fivewhys.models.words import Kind, Part, State, Status
from fivewhys.text import excerpt

CHAINS = UUID("5e1b8f0a-6f0e-5c53-9d0c-2f5a7c1d9b64")
"""The namespace of all keys made here. Never change it: old imports would not be recognised."""


def read(text: str, now: datetime) -> list[Record]:
    """The chains in `text`; `now` (aware) is when those were opened that do not say it.

    Sessions have the number 0: they get theirs where they are kept. Raises `Unreadable`.
    """
    return records(json_text.parse(text), now)


def records(data: object, now: datetime) -> list[Record]:
    """The chains in a value that was read from JSON. Raises `Unreadable`."""
    found: list[Record] = []
    known: dict[UUID, str] = {}
    for where, item in _items(data):
        if not isinstance(item, dict) or "problem" not in item:
            raise Unreadable(f"{where}: there is no “problem” in it. {json_text.WHAT_IS_READ}")
        chain = checked(Chain, item, where)
        key = uuid5(CHAINS, chain.id or _content(item))
        if key in known:
            raise Unreadable(
                f"{where}: it has the same “id” as {known[key].lower()}. Give each its own."
            )
        known[key] = where
        found.append(Record(_Reading(chain, key, where, now.astimezone(UTC)).tree()))
    return found


def _items(data: object) -> Iterator[tuple[str, Any]]:
    """Each chain with the words for its place in the file."""
    if isinstance(data, json_text.Lines):
        for line, value in data.values:
            yield f"Line {line}", value
    elif isinstance(data, list):
        for place, value in enumerate(data, 1):
            yield f"Record {place}", value
    else:
        yield WHOLE, data


def _content(item: dict[str, Any]) -> str:
    """What stands for the id of a chain that has none: all of it."""
    # Lone surrogates are possible in JSON; they must not stop the hashing.
    return json.dumps(item, sort_keys=True, ensure_ascii=True)


class _Notes(Entry):
    notes: Passage


class _Reading:
    """One chain on its way to a tree."""

    def __init__(self, chain: Chain, key: UUID, where: str, now: datetime) -> None:
        self.chain = chain
        self.key = key
        self.where = where
        finished = chain.finished_at
        self.opened_at = chain.opened_at or (min(now, finished) if finished else now)
        self.causes: list[Cause] = []
        self.evidence: list[Evidence] = []
        self.link_answers: list[LinkAnswer] = []
        self.dismissals: list[Dismissal] = []
        self.root_checks: list[RootCheck] = []
        self.plan = Plan(key, finished or self.opened_at, chain.facts.facilitator)
        self.leaves: list[int] = []
        self.recovery: list[str] = []

    def tree(self) -> Tree:
        """The chain as a tree. Raises `Unreadable`."""
        self._read_causes()
        others = self._mark_roots()
        session = self._session(others)
        opened = self.opened_at
        return Tree.of(
            session,
            self.causes,
            self.evidence,
            [
                Parked(self._key(f"parked/{place}"), self.key, GAP * (place + 1), text, "", opened)
                for place, text in enumerate(self.chain.parked)
            ],
            [
                Person(
                    self._key(f"people/{place}"),
                    self.key,
                    GAP * (place + 1),
                    person.name,
                    person.role,
                    person.here,
                )
                for place, person in enumerate(self.chain.people)
            ],
            link_answers=self.link_answers,
            dismissals=self.dismissals,
            root_checks=self.root_checks,
            countermeasures=self.plan.countermeasures,
            measures=self.plan.measures,
            checks=self.plan.checks,
        )

    def _key(self, path: str) -> UUID:
        return uuid5(self.key, path)

    def _read_causes(self) -> None:
        """Every node in the tree's order, the problem first."""
        chain = self.chain
        actions = [action.countermeasure() for action in chain.actions]
        top = ChainNode(
            text=chain.problem,
            children=chain.tree,
            countermeasures=[*chain.countermeasures, *actions],
        )
        self._add(top, "problem", None, 0)
        stack = _below(chain.tree, "tree", self._key("problem"))
        while stack:
            raw, path, parent, place = stack.pop()
            steps = ".".join(str(int(step) + 1) for step in path.split("/")[1:])
            node = checked(ChainNode, raw, f"{self.where}, cause {steps}")
            if not node.children:
                self.leaves.append(len(self.causes))
            if node.leg == RECOVERY:
                self.recovery.append(node.text)
            key = self._add(node, path, parent, GAP * (place + 1))
            stack += _below(node.children, path, key)

    def _add(self, node: ChainNode, path: str, parent: UUID | None, position: int) -> UUID:
        key = self._key(path)
        part, part_reason = node.part
        self.causes.append(
            Cause(
                id=key,
                session_id=self.key,
                parent_id=parent,
                kind=Kind.CAUSE if parent else Kind.PROBLEM,
                position=position,
                text=node.text,
                question=node.question,
                status=node.status,
                reason=node.reason,
                part=part,
                part_reason=part_reason,
                leg=node.our_leg,
                said_by=node.said_by,
                created_at=self.opened_at,
                stop=node.stop,
                lens=node.lens,
                category=node.category,
            )
        )
        self._hang(node, path, key)
        return key

    def _hang(self, node: ChainNode, path: str, key: UUID) -> None:
        """Keep what hangs on a node."""
        self.plan.add(node.countermeasures, path, key)
        for place, item in enumerate(node.evidence):
            self.evidence.append(
                Evidence(
                    id=self._key(f"{path}/evidence/{place}"),
                    session_id=self.key,
                    cause_id=key,
                    position=GAP * (place + 1),
                    kind=item.kind,
                    text=item.text,
                    supports=item.supports,
                    said_by=item.said_by,
                    created_at=self.opened_at,
                )
            )
        when = self.chain.finished_at or self.opened_at
        for answer in node.read_back:
            self.link_answers.append(
                LinkAnswer(
                    id=self._key(f"{path}/read_back/{answer.question}"),
                    session_id=self.key,
                    cause_id=key,
                    question=answer.question,
                    verdict=answer.verdict,
                    words=answer.words,
                    said_by=answer.said_by or self.chain.facts.facilitator,
                    created_at=when,
                )
            )
        for place, dismissal in enumerate(node.dismissed):
            self.dismissals.append(
                Dismissal(
                    id=self._key(f"{path}/dismissed/{place}"),
                    session_id=self.key,
                    cause_id=key,
                    rule=dismissal.rule,
                    rule_set=dismissal.rule_set,
                    prompt=dismissal.prompt,
                    reason=dismissal.reason,
                    said_by=dismissal.said_by or self.chain.facts.facilitator,
                    created_at=self.opened_at,
                )
            )
        for point in node.root_list:
            self.root_checks.append(
                RootCheck(
                    id=self._key(f"{path}/root_list/{point}"),
                    session_id=self.key,
                    cause_id=key,
                    point=point,
                    said_by=self.chain.facts.facilitator,
                    created_at=when,
                )
            )

    def _mark_roots(self) -> list[str]:
        """Mark the causes that the source names as roots; returns those that are no cause here."""
        others: list[str] = []
        places: dict[str, int] = {}
        for place, cause in enumerate(self.causes[1:], 1):
            if cause.part is None and cause.status is not Status.RULED_OUT:
                places.setdefault(cause.text.casefold(), place)
        for text in self.chain.root_causes:
            if text.casefold() in places:
                self._mark_root(places.pop(text.casefold()), "")
            elif len(self.chain.root_causes) == len(self.leaves) == 1 and self._is_free():
                self._mark_root(self.leaves[0], text)
            else:
                others.append(text)
        return others

    def _is_free(self) -> bool:
        """Whether nobody has yet decided about the only leaf."""
        leaf = self.causes[self.leaves[0]]
        return leaf.part is None and leaf.status not in (Status.RULED_OUT, Status.STOPPED)

    def _mark_root(self, place: int, reason: str) -> None:
        cause = self.causes[place]
        self.causes[place] = replace(cause, part=Part.ROOT, part_reason=reason)

    def _session(self, other_roots: list[str]) -> WhySession:
        chain = self.chain
        facts = dict(chain.facts)
        notes = "\n".join(filter(None, (chain.facts.notes, *self._remarks(other_roots))))
        facts["notes"] = checked(_Notes, {"notes": notes}, self.where).notes
        return WhySession(
            id=self.key,
            number=0,
            state=State.FINISHED if chain.finished_at else State.OPEN,
            opened_at=self.opened_at,
            finished_at=chain.finished_at,
            deleted_at=None,
            root_found_at=chain.root_found_at or self._root_found_at(),
            **facts,
        )

    def _root_found_at(self) -> datetime | None:
        has_root = any(cause.part is Part.ROOT for cause in self.causes)
        return self.chain.finished_at if has_root else None

    def _remarks(self, other_roots: list[str]) -> Iterator[str]:
        """What the chain says that has no other place in a session."""
        chain = self.chain
        for name, text in (
            ("Source", chain.source),
            ("Domain", chain.domain),
            ("Kind", chain.kind),
        ):
            if text:
                yield f"{name}: {text}"
        if other_roots:
            yield f"Root causes as the source words them: {'; '.join(other_roots)}"
        for text in self.recovery:
            yield f"About recovery, says the source: {excerpt(text)}"


def _below(children: list[Any], path: str, parent: UUID) -> list[tuple[Any, str, UUID, int]]:
    """The answers to one why, the last one first, as a stack takes them."""
    return [
        (children[place], f"{path}/{place}", parent, place)
        for place in range(len(children) - 1, -1, -1)
    ]
