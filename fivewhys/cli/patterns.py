"""What keeps coming back over all sessions: the report, its data, and the whole causal map."""

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import typer

from fivewhys import settings
from fivewhys.cli import planning, printing
from fivewhys.cli.exporting import write_file
from fivewhys.cli.history import Chosen
from fivewhys.cli.memory import Remembered, remembered
from fivewhys.cli.near import see_that_there_is

if TYPE_CHECKING:
    from fivewhys.memory import Patterns
    from fivewhys.patterns.findings.scope import Scope
    from fivewhys.patterns.overlay import Map

Form = Literal["md", "json", "graphml", "dot"]

FORMS: dict[str, Form] = {
    ".md": "md",
    ".json": "json",
    ".graphml": "graphml",
    ".dot": "dot",
    ".gv": "dot",
}
"""What a file holds whose name ends like this; any other holds Markdown."""


def patterns(
    chosen: Chosen, scope: "Scope", form: Form, output: str | None, *, replace: bool
) -> None:
    """Write what keeps coming back as `form` to `output`, or to standard output for none and -."""
    nothing = chosen.nothing
    if chosen.is_begun or chosen.database:
        with remembered(chosen) as known:
            graph = map_of(known)
            scope = _as_spelled(graph, scope)
            nothing = _nothing(chosen, graph, scope)
            known.tell("Looking through the map …")
            text = _text(chosen, graph, scope, form)
    else:
        text = _text(chosen, _empty(), scope, form)
    if nothing:
        printing.say(nothing)
    is_file = output not in (None, "-")
    if nothing and form == "md" and not is_file:
        return
    if not is_file:
        printing.write(text)
        return
    kind = "patterns" if form in ("md", "json") else "causal-map"
    name = f"{planning.today_here().isoformat()}-{kind}.{form}"
    path = write_file(text, output, name, replace=replace)
    typer.echo(f"Wrote {printing.readable(str(path))}")


def map_of(known: Remembered) -> "Map":
    """The causal map of a history, with what the program finds alike."""
    return known_patterns(known).map


def known_patterns(known: Remembered) -> "Patterns":
    """All sessions with what the program finds alike in them."""
    words = "Looking for what belongs together …"
    known.tell(words)

    def tell(share: float) -> None:
        known.tell(f"{words} {int(share * 100)} %")

    return known.memory.patterns(tell)


def _empty() -> "Map":
    from fivewhys.models.past import Past
    from fivewhys.patterns.overlay import causal_map

    return causal_map(Past())


def _as_spelled(graph: "Map", scope: "Scope") -> "Scope":
    """`scope` with the site as the sessions spell it."""
    from fivewhys.patterns.overlay import ground

    at = replace(scope, since=None)
    sites = (one.site for one in ground(graph).past.sessions if at.site and at.asks_about(one))
    return replace(scope, site=next(sites, scope.site))


def _nothing(chosen: Chosen, graph: "Map", scope: "Scope") -> str:
    """What to say where no session is asked about; fails for a site that there is not."""
    from fivewhys.patterns.overlay import ground
    from fivewhys.reports.dates import day

    sessions = ground(graph).past.sessions
    if not sessions:
        return chosen.nothing
    if any(map(scope.asks_about, sessions)):
        return ""
    if not any(map(replace(scope, since=None).asks_about, sessions)):
        see_that_there_is(scope.site, (session.site for session in sessions))
    at = f" at {scope.site}" if scope.site else ""
    return f"No session{at} since {day(scope.since)}." if scope.since else ""


def _text(chosen: Chosen, graph: "Map", scope: "Scope", form: Form) -> str:
    if form in ("graphml", "dot"):
        return _drawn(chosen, graph, scope, form)
    from fivewhys.patterns.findings.everything import all_findings

    findings = all_findings(graph, scope)
    if form == "json":
        from fivewhys.reports.patterns_data import patterns_json

        return patterns_json(findings)
    from fivewhys.reports.patterns import patterns_md
    from fivewhys.template_files import own_templates

    page = patterns_md(written(chosen, findings), own_templates(settings.templates()))
    for problem in page.problems:
        printing.say(problem)
    return chosen.written(page.text)


def _drawn(chosen: Chosen, graph: "Map", scope: "Scope", form: Form) -> str:
    """The map of what is asked about, for programs that draw it."""
    from fivewhys.patterns.narrowing import narrowed

    graph = narrowed(graph, scope)
    if form == "graphml":
        from fivewhys.patterns.graphml import graphml

        return graphml(graph)
    from fivewhys.patterns.around import whole
    from fivewhys.reports.patterns_dot import section_dot

    return chosen.written(section_dot(written(chosen, whole(graph))))


def written(chosen: Chosen, value: Any) -> Any:
    """`value` with its texts in the characters that were asked for.

    Wide forms of marks must be plain before what means something is escaped.
    """
    if not chosen.ascii_only:
        return value
    # The fixed words are texts too, and more than that.
    if type(value) is str:
        return chosen.written(value)
    if isinstance(value, tuple):
        return tuple(written(chosen, item) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    parts = {part.name: getattr(value, part.name) for part in fields(value)}
    return replace(value, **{name: written(chosen, part) for name, part in parts.items()})
