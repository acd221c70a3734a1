"""The weak spots of sessions, told as one would ask about them in the meeting: lint."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

import typer

from fivewhys import settings
from fivewhys.cli import printing, sources
from fivewhys.cli.completion import session_number, spells_session
from fivewhys.cli.history import Chosen, all_lines, begun_history
from fivewhys.cli.printing import count

if TYPE_CHECKING:
    from fivewhys.facilitation.lint import Finding
    from fivewhys.models.tree import Tree
    from fivewhys.models.values import Cause

WIDEST_PLACE = 9
"""Columns for the place of an answer, such as 1.2.1.3.1; a longer one has a line of its own."""

MOST_COLUMNS = 100
"""The longest lines on a terminal, however wide it is: longer ones are hard to read."""

_LEAST_WORDS = 24
"""Columns that a sentence gets at least, however narrow the terminal."""

_REASONS = {"narrow": " Each of three whys in a row has one answer."}
"""Why a rule speaks, where neither its question nor the answer shows it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A session that is looked at, and the file that it is from, if it is from one."""

    tree: "Tree"
    file: str = ""
    number: int = 0
    """Which of the file's sessions it is; the first is 1."""

    @property
    def name(self) -> str:
        """What people call it; sessions get their names where they are kept."""
        return self.tree.session.name if self.tree.session.number else str(self.number)


@dataclass(frozen=True, slots=True)
class Looked:
    """A session with what was found in it."""

    source: Source
    found: "tuple[Finding, ...]"
    answers: int
    """The answers that were looked at: those outside ruled-out branches."""


def lint(
    chosen: Chosen,
    targets: Sequence[str],
    only: Collection[str],
    skipped: Collection[str],
    as_json: bool,
) -> None:
    """Tell the weak spots of `targets`, sessions or files; of all sessions where none is named.

    `only` and `skipped` are rules by name or number. Ends with status 1 where anything is found.
    """
    rules = _rules(only, skipped)
    looked = _look(_named(chosen, targets) if targets else _all(chosen), rules)
    if as_json:
        objects = [found for one in looked for found in _objects(one)]
        printing.write_json(objects)
        is_weak = bool(objects)
    else:
        is_weak = _tell(chosen, looked, targets)
    if is_weak:
        raise typer.Exit(1)


def _rules(only: Collection[str], skipped: Collection[str]) -> frozenset[str]:
    """The names of the rules to look with."""
    from fivewhys.facilitation.lint import known_prompts

    chosen = frozenset(
        prompt.rule
        for prompt in known_prompts()
        if (not only or not {prompt.rule, prompt.id}.isdisjoint(only))
        and {prompt.rule, prompt.id}.isdisjoint(skipped)
    )
    if not chosen:
        printing.fail("With these --rule and --skip, no rule is left to look with.")
    return chosen


# -- what is looked at


def _named(chosen: Chosen, targets: Sequence[str]) -> Iterator[Source]:
    """The sessions of `targets`, all of them read before the first is told."""
    wanted = dict.fromkeys(
        session_number(text) if spells_session(text) else text for text in targets
    )
    numbers = [one for one in wanted if isinstance(one, int)]
    trees: dict[int, Tree] = {}
    if numbers:
        with begun_history(chosen) as store:
            trees = {number: store.numbered(number) for number in numbers}
    looked: list[Source] = []
    for one in wanted:
        if isinstance(one, int):
            looked.append(Source(trees[one]))
            continue
        if one not in ("", "-") and not settings.path(one).exists():
            printing.fail(f"“{one}” is no file, and no session: they have names like S-12.")
        records = enumerate(sources.records(one), 1)
        looked += [Source(record.tree, printing.readable(one), place) for place, record in records]
    return iter(looked)


def _all(chosen: Chosen) -> Iterator[Source]:
    """Every session of the history, oldest first."""
    with begun_history(chosen) as store:
        for line in [*all_lines(store)][::-1]:
            yield Source(store.tree(line.id))


def _look(found: Iterable[Source], rules: Collection[str]) -> Iterator[Looked]:
    from fivewhys.facilitation.lint import findings, standing

    for source in found:
        weak = (finding for finding in findings(source.tree) if finding.prompt.rule in rules)
        yield Looked(source, tuple(weak), sum(1 for _ in standing(source.tree)) - 1)


# -- for scripts


def _objects(looked: Looked) -> Iterator[dict[str, Any]]:
    source, tree = looked.source, looked.source.tree
    for finding in looked.found:
        yield {
            "session": tree.session.name if tree.session.number else None,
            "file": source.file or None,
            "record": source.number or None,
            "problem": tree.problem.text,
            "place": _place(finding),
            "cause": str(finding.cause.id),
            "question": _question(tree, finding.cause),
            "answer": finding.cause.text,
            "rule": finding.prompt.rule,
            "id": finding.prompt.id,
            "prompt": finding.prompt.text,
        }


# -- for people


def _tell(chosen: Chosen, all_looked: Iterable[Looked], targets: Sequence[str]) -> bool:
    """Write what was found, session by session, and the line that counts; says whether any was."""
    width = min(printing.width(), MOST_COLUMNS)
    fired: Counter[str] = Counter()
    sessions = weak = answers = 0
    for looked in all_looked:
        sessions += 1
        answers += looked.answers
        if looked.found:
            weak += 1
            fired.update(finding.prompt.rule for finding in looked.found)
            for line in _session(chosen, looked, width):
                typer.echo(line)
    if not sessions:
        where = ", ".join(printing.readable(text) for text in targets)
        printing.say(f"No sessions in {where}." if targets else chosen.nothing)
        return False
    for line in _fitted(_counted(fired, weak, sessions, answers), width):
        typer.echo(printing.styled(line, bold=True))
    return bool(fired)


def _counted(fired: Counter[str], weak: int, sessions: int, answers: int) -> str:
    among = f"among {count(answers, 'answer')}" if answers else "with no answer yet"
    if not fired:
        return f"No weak spot in {count(sessions, 'session')}, {among}."
    where = f"{weak:,} of {sessions:,} sessions" if sessions > 1 else "1 session"
    names = ", ".join(f"{name} {times:,}" for name, times in fired.most_common())
    return f"{count(fired.total(), 'weak spot')} in {where}, {among}: {names}."


def _session(chosen: Chosen, looked: Looked, width: int) -> Iterator[str]:
    """The weak spots of one session, each answer once with the question that it was given to."""
    tree = looked.source.tree
    headline = chosen.written(f"{looked.source.name} · {tree.problem.text}")
    yield from (printing.styled(line, bold=True) for line in _fitted(headline, width))
    yield ""
    sizes = (len(_place(finding)) for finding in looked.found)
    column = 4 + max((size for size in sizes if size <= WIDEST_PLACE), default=0)
    room = max(width - column, _LEAST_WORDS) if width else 0
    by_answer = groupby(looked.found, key=lambda finding: finding.cause.id)
    for same in (list(group) for _, group in by_answer):
        place = f"  {_place(same[0])}"
        if len(place) + 2 > column:
            yield printing.styled(place, dim=True)
            place = ""
        for text, style in _texts(tree, same):
            for line in _fitted(chosen.written(text), room):
                yield printing.styled(place.ljust(column), dim=True) + printing.styled(
                    line, **style
                )
                place = ""
        yield ""


def _texts(tree: "Tree", same: "Sequence[Finding]") -> Iterator[tuple[str, dict[str, Any]]]:
    """What is said of one answer, each with its colours: the question, the answer, the prompts."""
    cause = same[0].cause
    if question := _question(tree, cause):
        yield question, {"dim": True}
        yield cause.text, {}
    for finding in same:
        prompt = finding.prompt
        rule = f"{prompt.rule} ({prompt.id})" if prompt.id else prompt.rule
        yield f"{rule}: {prompt.text}{_REASONS.get(prompt.rule, '')}", {"fg": "yellow"}


def _fitted(text: str, width: int) -> list[str]:
    """`text` wrapped at `width` columns, where there is one."""
    from fivewhys.reports.cells import wrapped

    return wrapped(text, width) if width else [text]


def _place(finding: "Finding") -> str:
    return ".".join(map(str, finding.place))


def _question(tree: "Tree", cause: "Cause") -> str:
    """The question that `cause` answers; none leads to the problem."""
    from fivewhys.facilitation import next_question
    from fivewhys.models.words import LEG_QUESTIONS, Leg

    if cause.parent_id is None:
        return ""
    asked = tree.causes[cause.parent_id]
    if asked.parent_id is None and cause.leg not in (None, Leg.OCCURRENCE):
        return f"{LEG_QUESTIONS[cause.leg].capitalize()}?"
    return asked.question or next_question(asked.text)
