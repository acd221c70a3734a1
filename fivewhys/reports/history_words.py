"""What was done to one row, as the end of a sentence that begins with a name: “Ines …”.

Words of people stand in curly quotes. What only names the row is cut; what was said is not.
"""

from collections.abc import Callable, Iterator, Mapping
from uuid import UUID

from fivewhys.models.delta import Row
from fivewhys.models.history import RowStep
from fivewhys.models.plan_words import PROGRESS_WORDS, RESULT_WORDS, Progress
from fivewhys.models.words import (
    LINK_QUESTIONS,
    ROOT_POINTS,
    STATUS_WORDS,
    VERDICT_WORDS,
    Kind,
    Part,
    State,
    Status,
)
from fivewhys.reports.history_columns import COLUMNS, said
from fivewhys.text import excerpt

NAMED = 60
"""Characters by which a row is named."""

Names = Mapping[UUID, str]


def quoted(text: object) -> str:
    """Words of people, in quotes."""
    return f"“{text}”"


def named(names: Names, key: object) -> str:
    """A row by the beginning of its words."""
    text = names.get(key, "") if isinstance(key, UUID) else ""
    return quoted(excerpt(text, NAMED)) if text else "one that is gone"


def deeds(row: RowStep, names: Names) -> list[str]:
    """What was done to a row, the weightiest first; nothing where it only stands elsewhere."""
    tell = _TELLERS.get(row.table)
    return [words for words in tell(row, names) if words] if tell else []


def because(reason: object) -> str:
    """A reason as it follows what was done."""
    return f", because {quoted(reason)}" if reason else ""


def _came_or_went(row: RowStep, came: str, went: str) -> str:
    if row.before is None:
        return came
    return went if row.after is None else ""


# -- causes


def _cause(row: RowStep, names: Names) -> Iterator[str]:
    now = row.now
    is_problem = now.get("kind") is Kind.PROBLEM
    noun, text = "problem" if is_problem else "answer", quoted(now.get("text", ""))
    if row.before is None:
        asked = "" if is_problem else f" to why of {named(names, now.get('parent_id'))}"
        yield f"stated the problem {text}" if is_problem else f"answered {text}{asked}"
        return
    if row.after is None:
        yield f"deleted the {noun} {text}"
        return
    changed, this = set(row.changed), named(names, row.key)
    if "text" in changed:
        yield f"reworded the {noun} {text}"
    if "parent_id" in changed:
        yield f"moved {this} under {named(names, now['parent_id'])}"
    if "status" in changed:
        yield _status(now, this)
    elif changed & {"reason", "stop"}:
        status = said(now.get("status"))
        yield f"said anew why {this} is {status}{because(_settled(now))}"
    if "part" in changed and now.get("status") is not Status.RULED_OUT:
        yield _part(now, this)
    elif "part_reason" in changed and now.get("part"):
        yield f"said why {this} is {_PARTS[now['part']]}: {quoted(now['part_reason'])}"
    if "question" in changed:
        asked = f"as {quoted(now['question'])}" if now["question"] else "as it is formed"
        yield f"asked why of {this} {asked}"
    if "leg" in changed:
        leg = now["leg"]
        yield f"put {this} on the {leg.value} leg" if leg else f"took {this} off its leg"
    if "said_by" in changed:
        yield f"kept that {now['said_by'] or 'nobody named'} said {this}"
    if changed & {"lens", "category"}:
        where = f"{now.get('lens')}: {now.get('category')}"
        put = f"put {this} in the category {quoted(where)}"
        yield put if now.get("category") else f"took {this} out of its category"


_PARTS = {Part.ROOT: "root", Part.CONTRIBUTING: "contributing", Part.CONDITION: "a condition"}


def _status(now: Row, this: str) -> str:
    status, reason = now["status"], _settled(now)
    if status is Status.RULED_OUT:
        return f"ruled {this} out{because(reason)}"
    if status is Status.STOPPED:
        return f"stopped asking at {this}{because(reason)}"
    if status is Status.OPEN:
        return f"opened {this} again"
    return f"marked {this} {STATUS_WORDS[status]}"


def _settled(now: Row) -> str:
    """Why a cause was ruled out or the asking stopped: the known reason, then the words."""
    return ". ".join(filter(None, (said(now.get("stop")), now.get("reason"))))


def _part(now: Row, this: str) -> str:
    if now["part"] is None:
        return f"took back which part {this} plays"
    return f"marked {this} as {_PARTS[now['part']]}{because(now.get('part_reason'))}"


# -- what hangs on causes


def _evidence(row: RowStep, names: Names) -> Iterator[str]:
    now, cause = row.now, named(names, row.now.get("cause_id"))
    text = quoted(now.get("text", ""))
    way = "for" if now.get("supports", True) else "against"
    yield _came_or_went(
        row, f"added evidence {way} {cause}: {text}", f"deleted the evidence {text}"
    )
    if "text" in row.changed:
        yield f"reworded the evidence {text}"
    elif row.changed:
        yield _changed(row, f"the evidence {named(names, row.key)}")


def _link_answer(row: RowStep, names: Names) -> Iterator[str]:
    now, cause = row.now, named(names, row.now.get("cause_id"))
    asked = LINK_QUESTIONS.get(now.get("question"), "a question")  # type: ignore[arg-type]
    if row.after is None:
        yield f"took back the answer of {cause} to “{asked}?”"
    else:
        verdict = VERDICT_WORDS.get(now.get("verdict"), "")  # type: ignore[arg-type]
        more = f", {quoted(now['words'])}" if now.get("words") else ""
        yield f"read {cause} back: {asked}? {verdict}{more}"


def _dismissal(row: RowStep, names: Names) -> Iterator[str]:
    now, cause = row.now, named(names, row.now.get("cause_id"))
    prompt = quoted(excerpt(str(now.get("prompt", "")), NAMED))
    if row.after is None:
        yield f"asked {prompt} of {cause} again"
    elif row.before is None or "prompt" in row.changed:
        yield f"put {prompt} aside for {cause}{because(now.get('reason'))}"
    elif "reason" in row.changed:
        yield f"said why {prompt} was put aside for {cause}: {quoted(now['reason'])}"


def _root_check(row: RowStep, names: Names) -> Iterator[str]:
    point = ROOT_POINTS.get(row.now.get("point"), "")  # type: ignore[arg-type]
    cause = named(names, row.now.get("cause_id"))
    did = _came_or_went(row, "ticked", "no longer ticked")
    yield f"{did} for {cause}: {point}" if did else ""


# -- the plan


def _countermeasure(row: RowStep, names: Names) -> Iterator[str]:
    now, this = row.now, named(names, row.key)
    text = quoted(now.get("text", ""))
    yield _came_or_went(
        row,
        f"added the countermeasure {text} for {named(names, now.get('cause_id'))}",
        f"deleted the countermeasure {text}",
    )
    changed = set(row.changed)
    if "text" in changed:
        yield f"reworded the countermeasure {text}"
    if "progress" in changed:
        yield _progress(now, this)
    elif changed & {"done_on", "reason"}:
        yield _changed(row, f"the countermeasure {this}", {"done_on", "reason"})
    if "owner" in changed:
        owner = now["owner"]
        yield f"gave {this} to {owner}" if owner else f"left {this} without an owner"
    if "due" in changed:
        due = now["due"]
        yield f"set {this} due on {said(due)}" if due else f"took the date of {this} away"
    if any(column.startswith("ready_") for column in changed):
        yield f"changed the readiness list of {this}"
    rest = changed & {"kind", "means", "notes"}
    yield _changed(row, f"the countermeasure {this}", rest) if rest else ""


def _progress(now: Row, this: str) -> str:
    progress = now["progress"]
    on = f" on {said(now['done_on'])}" if progress is Progress.DONE and now.get("done_on") else ""
    return f"called {this} {PROGRESS_WORDS[progress]}{on}{because(now.get('reason'))}"


def _measure(row: RowStep, names: Names) -> Iterator[str]:
    now, text = row.now, quoted(row.now.get("definition", ""))
    of = named(names, now.get("countermeasure_id"))
    yield _came_or_went(row, f"added the measure {text} to {of}", f"deleted the measure {text}")
    if "definition" in row.changed:
        yield f"reworded the measure {text}"
    elif row.changed:
        yield _changed(row, f"the measure {named(names, row.key)}")


def _check(row: RowStep, names: Names) -> Iterator[str]:
    now, of = row.now, named(names, row.now.get("measure_id"))
    due = said(now.get("due"))
    if row.after is None:
        yield f"deleted the check of {of}, due {due}"
    elif now.get("result") and (row.before is None or set(row.changed) & {"result", "value"}):
        found = f" ({quoted(now['value'])})" if now.get("value") else ""
        yield f"checked {of}: {RESULT_WORDS[now['result']]}{found}"
    elif row.before is None or set(row.changed) & {"due", "result", "made_on"}:
        yield f"planned a check of {of} for {due}"
    else:
        yield _changed(row, f"the check of {of}")


# -- beside the tree


def _parked(row: RowStep, _names: Names) -> Iterator[str]:
    text = quoted(row.now.get("text", ""))
    yield _came_or_went(row, f"parked {text}", f"took {text} off the parked ideas")


def _person(row: RowStep, names: Names) -> Iterator[str]:
    now, name = row.now, quoted(row.now.get("name", ""))
    where = "in the room" if now.get("here") else "not in the room"
    yield _came_or_went(row, f"named {name}, {where}", f"took {name} off the people")
    yield _changed(row, f"what is said of {named(names, row.key)}")


def _session(row: RowStep, _names: Names) -> Iterator[str]:
    now, changed = row.now, set(row.changed)
    if row.before is None:
        yield "started the session"
        return
    if "deleted_at" in changed:
        yield "deleted the session" if now["deleted_at"] else "brought the session back"
    if "state" in changed:
        is_over = now["state"] is State.FINISHED
        yield "finished the session" if is_over else "opened the session again"
    facts = [name for name in COLUMNS["why_session"] if name in changed and name != "state"]
    if facts:
        yield _changed(row, "the details", set(facts))


def _changed(row: RowStep, what: str, only: set[str] | None = None) -> str:
    """That some facts differ now, by their names."""
    facts = [
        name
        for column, name in COLUMNS[row.table].items()
        if column in row.changed and (only is None or column in only)
    ]
    return f"changed {what}: {', '.join(facts)}" if facts else ""


_TELLERS: dict[str, Callable[[RowStep, Names], Iterator[str]]] = {
    "why_session": _session,
    "cause": _cause,
    "evidence": _evidence,
    "link_answer": _link_answer,
    "dismissal": _dismissal,
    "root_check": _root_check,
    "countermeasure": _countermeasure,
    "measure": _measure,
    "measure_check": _check,
    "parked": _parked,
    "person": _person,
}
