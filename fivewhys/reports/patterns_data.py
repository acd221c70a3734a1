"""What keeps coming back, for machines: the findings as JSON.

The object has these keys, always all of them. Dates are ISO dates, a text that is not known is
empty, anything else that is not known is null. A *session* is an object with `session` (S-2), `id`,
`problem`, `site`, `region`, `department`, `severity`, `on`. A *sighting* is a session with the
cause that it has: `cause` (its own words), `cause_id`, `is_root`, `is_confirmed`. Every `key` is
the id of the cause that was found first, and names its node in the GraphML and DOT of the map.

- `format`, `version`; `scope`: `site`, `since`, `roots_only`, `confirmed_only`
- `sessions` and `causes`: how many were asked about
- `shared_roots`: `key`, `text`, `is_confirmed`, `weight`, `first`, `last`, `sites`; `roots` and
  `others`: sightings; `tried`: what was done, see below
- `reach`: `key`, `text`, `is_root`, `is_confirmed`, `weight`, `confirmed` (problems reached by
  confirmed causes alone), `joins`; `problems`: sessions; `seen`: sightings
- `cover`: `wanted`, `share`, `problems`, `is_confirmed`, `steps` with `key`, `text`, `is_root`,
  `is_confirmed`, `gain`, `reached`, `share`, `seen`
- `dug_deeper`: `key`, `text`, `is_confirmed`, `roots`: sightings, `deeper`: sightings with `chains`
- `loops`: `is_confirmed`, `links` with `key`, `cause`, `effect`, `sessions`, and `said`: the cause
  and its effect as each of these sessions calls them
- `came_back`: `key`, `text`, `is_confirmed`, `days`, `tried`, `on`: a sighting, `again`: sightings
- `contradicted`: `said`, decisions that contradict each other: first those that say *same*, from
  one cause to the next, then the one that says *different* of the first and the last; each with
  `one` and `other`: sightings, `sameness`, `decided_by`, `decided_at` (a moment in UTC)

What was done (`tried`) has `text`, `session`, `owner`, `due`, `done_on`, `progress`, `outcome`
(the words of `fivewhys.patterns.findings.values.Outcome`), `days` and `back`: a sighting or null.
"""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from fivewhys.models.past import PastSession
from fivewhys.patterns.findings.values import (
    CameBack,
    Contradicted,
    Cover,
    DugDeeper,
    Findings,
    Loop,
    Reach,
    SharedRoot,
    Sighting,
    Tried,
)

FORMAT = "fivewhys-patterns"
VERSION = 1


def patterns_json(findings: Findings) -> str:
    """The findings as JSON, ending with a line break. The same ones always give the same text."""
    return json.dumps(objects(findings), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def objects(findings: Findings) -> dict[str, Any]:
    """The findings as plain values: dicts, lists, texts, numbers."""
    scope = findings.scope
    return {
        "format": FORMAT,
        "version": VERSION,
        "scope": asdict(scope) | {"since": _iso(scope.since)},
        "sessions": len(findings.sessions),
        "causes": findings.causes,
        "shared_roots": list(map(_shared, findings.shared_roots)),
        "reach": list(map(_reach, findings.reach)),
        "cover": _cover(findings.cover),
        "dug_deeper": list(map(_deeper, findings.dug_deeper)),
        "loops": list(map(_loop, findings.loops)),
        "came_back": list(map(_back, findings.came_back)),
        "contradicted": list(map(_contradicted, findings.contradicted)),
    }


def _shared(found: SharedRoot) -> dict[str, Any]:
    return {
        "key": found.key,
        "text": found.text,
        "is_confirmed": found.is_confirmed,
        "weight": found.weight,
        "first": _iso(found.first),
        "last": _iso(found.last),
        "sites": list(found.sites),
        "roots": list(map(sighting_row, found.roots)),
        "others": list(map(sighting_row, found.others)),
        "tried": list(map(tried_row, found.tried)),
    }


def _reach(found: Reach) -> dict[str, Any]:
    return {
        "key": found.key,
        "text": found.text,
        "is_root": found.is_root,
        "is_confirmed": found.is_confirmed,
        "weight": found.weight,
        "confirmed": found.confirmed,
        "joins": found.joins,
        "problems": list(map(_session, found.problems)),
        "seen": list(map(sighting_row, found.seen)),
    }


def _cover(found: Cover) -> dict[str, Any]:
    return {
        "wanted": found.wanted,
        "share": found.share,
        "problems": found.problems,
        "is_confirmed": found.is_confirmed,
        "steps": [
            {
                "key": step.key,
                "text": step.text,
                "is_root": step.is_root,
                "is_confirmed": step.is_confirmed,
                "gain": step.gain,
                "reached": step.reached,
                "share": step.share,
                "seen": list(map(sighting_row, step.seen)),
            }
            for step in found.steps
        ],
    }


def _deeper(found: DugDeeper) -> dict[str, Any]:
    return {
        "key": found.key,
        "text": found.text,
        "is_confirmed": found.is_confirmed,
        "roots": list(map(sighting_row, found.roots)),
        "deeper": [
            sighting_row(one.seen) | {"chains": [list(chain) for chain in one.chains]}
            for one in found.deeper
        ],
    }


def _loop(found: Loop) -> dict[str, Any]:
    return {
        "is_confirmed": found.is_confirmed,
        "links": [
            {
                "key": link.key,
                "cause": link.text,
                "effect": link.effect,
                "sessions": list(map(_session, link.sessions)),
                "said": [list(said) for said in link.said],
            }
            for link in found.links
        ],
    }


def _back(found: CameBack) -> dict[str, Any]:
    return {
        "key": found.key,
        "text": found.text,
        "is_confirmed": found.is_confirmed,
        "days": found.days,
        "tried": tried_row(found.tried),
        "on": sighting_row(found.on),
        "again": list(map(sighting_row, found.again)),
    }


def _contradicted(found: Contradicted) -> dict[str, Any]:
    return {
        "said": [
            {
                "one": sighting_row(saying.one),
                "other": sighting_row(saying.other),
                "sameness": saying.sameness.value,
                "decided_by": saying.decided_by,
                "decided_at": saying.decided_at.isoformat(),
            }
            for saying in found.said
        ]
    }


def tried_row(found: Tried) -> dict[str, Any]:
    """What was done about a cause, as the module says."""
    deed = found.deed
    return {
        "text": deed.text,
        "session": found.session.name,
        "owner": deed.owner,
        "due": _iso(deed.due),
        "done_on": _iso(deed.done_on),
        "progress": deed.progress.value,
        "outcome": found.outcome.value,
        "days": found.days,
        "back": found.back and sighting_row(found.back),
    }


def sighting_row(seen: Sighting) -> dict[str, Any]:
    """A cause in a session, as the module says."""
    return {
        **_session(seen.session),
        "cause": seen.cause.text,
        "cause_id": str(seen.cause.id),
        "is_root": seen.cause.is_root,
        "is_confirmed": seen.is_confirmed,
    }


def _session(session: PastSession) -> dict[str, Any]:
    return {
        "session": session.name,
        "id": str(session.id),
        "problem": session.problem,
        "site": session.site,
        "region": session.region,
        "department": session.department,
        "severity": session.severity and session.severity.value,
        "on": _iso(session.on),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
