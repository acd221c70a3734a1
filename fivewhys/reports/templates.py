"""The Markdown templates: those of the package, and a team's own in their place.

A team's own template is a text like any other here; reading its file is for
`fivewhys.template_files`. One that does not work is told of in a sentence, and the package's own
is used instead: nobody stands before a meeting without a report. Whatever a template prints is
escaped, unless it is `Markdown` already, so that a template cannot forget it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FunctionLoader,
    PackageLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.exceptions import TemplateRuntimeError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from fivewhys.reports.dates import day
from fivewhys.reports.escape import Markdown, cell, markdown
from fivewhys.reports.passages import hanging, passage, proof
from fivewhys.text import clean, excerpt

INSTEAD = "The built-in template is used instead."


@dataclass(frozen=True, slots=True)
class Own:
    """A team's own templates, and a sentence for each file that could not be read."""

    texts: Mapping[str, str] = field(default_factory=dict)
    """By the names of their files, such as session.md."""
    problems: tuple[str, ...] = ()


NONE = Own()


@dataclass(frozen=True, slots=True)
class Page:
    """A text that leaves the program, and a sentence for each template that did not work."""

    text: str
    problems: tuple[str, ...] = ()


def filled(name: str, own: Own, **values: Any) -> Page:
    """The template `name` with `values`: a team's own, or the package's where that does not work.

    Raises what goes wrong in the package's own templates.
    """
    texts = dict(own.texts)
    problems = list(own.problems)
    while texts:
        try:
            return Page(_sandbox(texts).get_template(name).render(values), tuple(problems))
        # Whatever a template does wrong: it names what is not there, divides by 0, calls itself.
        except Exception as error:
            place = next(_places(error, texts), None)
            if place is None:
                raise
            problems.append(f"{_sentence(*place, error)} {INSTEAD}")
            del texts[place[0]]
    return Page(_built_in().get_template(name).render(values), tuple(problems))


def syntax_problems(own: Own) -> list[str]:
    """A sentence for each of the team's own templates that is not well-formed."""
    environment = _built_in()
    problems = []
    for name, text in own.texts.items():
        try:
            environment.parse(text, name, name)
        except TemplateSyntaxError as error:
            problems.append(f"{_sentence(name, error.lineno, error)} {INSTEAD}")
    return problems


@cache
def _built_in() -> Environment:
    return _ready(Environment(**_options()))


def _sandbox(texts: Mapping[str, str]) -> Environment:
    """The templates of `texts` before the package's, kept from everything but what they print."""

    def own(name: str) -> tuple[str, str, None] | None:
        return (texts[name], name, None) if name in texts else None

    # People pass templates on, so one may be a stranger's.
    environment = ImmutableSandboxedEnvironment(**_options())
    environment.loader = ChoiceLoader([FunctionLoader(own), *filter(None, [environment.loader])])
    return _ready(environment)


def _options() -> dict[str, Any]:
    # Jinja's own autoescape knows HTML alone; `finalize` sees every value on its way out.
    return {
        "loader": PackageLoader("fivewhys.reports"),
        "finalize": _printed,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "keep_trailing_newline": True,
        "undefined": StrictUndefined,
    }


def _ready(environment: Environment) -> Environment:
    environment.filters |= {
        "cell": cell,
        "day": day,
        "hanging": hanging,
        "passage": passage,
        "proof": proof,
        "written": Markdown,
    }
    return environment


def _printed(value: object) -> Markdown:
    return markdown(value if isinstance(value, str) else str(value))


def _places(error: BaseException, texts: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """The lines of `texts` in which `error` arose, the innermost first."""
    if isinstance(error, TemplateSyntaxError) and error.name and error.name in texts:
        yield error.name, error.lineno
    trace = error.__traceback__
    passed = []
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name in texts:
            passed.append((name, trace.tb_lineno))
        trace = trace.tb_next
    yield from reversed(passed)


def _sentence(name: str, line: int, error: Exception) -> str:
    return f"{clean(name)}, line {line}: {_reason(error)}."


def _reason(error: Exception) -> str:
    words = excerpt(str(getattr(error, "message", "") or error), 200).rstrip(".")
    if isinstance(error, TemplateNotFound):
        return f"there is no template “{words}”"
    if isinstance(error, TemplateSyntaxError | TemplateRuntimeError):
        return words[:1].lower() + words[1:]
    return f"it cannot be filled in ({words or type(error).__name__})"
