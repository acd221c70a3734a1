"""A team's own templates: they win, and what is wrong with one is told in a sentence."""

import pytest

from fivewhys.reports import markdown
from fivewhys.reports.templates import INSTEAD, NONE, Own, filled, syntax_problems
from tests.building import session
from tests.reports.planned import planned

BUILT_IN = markdown.page(planned(), NONE)


def own(**texts: str) -> Own:
    return Own({f"{name}.md": text for name, text in texts.items()})


def test_the_built_in_ones_have_no_problem() -> None:
    assert BUILT_IN.problems == ()
    assert BUILT_IN.text == markdown.plan(planned())


def test_an_own_template_wins() -> None:
    page = markdown.page(session("a | b"), own(session="We: {{ view.problem.text }}\n"))
    assert (page.text, page.problems) == ("We: a \\| b\n", ())


def test_an_own_part_of_the_page_wins_alone() -> None:
    page = markdown.page(planned(), own(plan="\n## Our plan\n\n{{ view.plan.counts }}\n"))
    assert "\n## Our plan\n\n3 countermeasures (1 not effective, 1 done, 1 idea)\n" in page.text
    assert "## Action plan" not in page.text
    assert "## Root causes" in page.text


def test_an_own_template_takes_in_the_built_in_parts_and_its_own() -> None:
    texts = own(session='{% include "plan.md" %}{% include "foot.md" %}', foot="\nThe end\n")
    page = markdown.page(planned(), texts)
    assert page.text.startswith("\n## Action plan\n")
    assert page.text.endswith("\nThe end\n")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("one\n{{ view.problem.text }\n", 2, "unexpected '}'"),
        ("one\n{% for x in view.roots %}\n", 2, "unexpected end of template"),
        ("{{ views.problem }}", 1, "'views' is undefined"),
        ("\n\n{{ view.problems }}", 3, "'fivewhys.reports.view.View object' has no attribute"),
        ("{{ 1 / 0 }}", 1, "it cannot be filled in (division by zero)"),
        ("{{ view.roots | no_such }}", 1, "no filter named 'no_such'"),
        ("\n{% include 'session.md' %}", 2, "it cannot be filled in (maximum recursion depth"),
        ("{% include 'none.md' %}", 1, "there is no template “none.md”"),
        ("{{ view.__class__.__mro__ }}", 1, "access to attribute '__class__' of 'View' object"),
        ("{{ view.roots.append(1) }}", 1, "access to attribute 'append' of 'list' object is"),
        ("{{ view.plan.rows[0].text.join(5) }}", 1, "it cannot be filled in (can only join an"),
        ("{{ \x1b[31m }}", 1, "unexpected char '"),
    ],
)
def test_a_broken_one_is_told_and_the_built_in_is_used(text: str, line: int, reason: str) -> None:
    page = markdown.page(planned(), own(session=text))
    assert page.text == BUILT_IN.text
    (problem,) = page.problems
    assert problem.startswith(f"session.md, line {line}: {reason}")
    assert problem.endswith(f". {INSTEAD}")
    assert "\n" not in problem
    assert "\x1b" not in problem


def test_a_broken_part_leaves_the_other_own_templates_in_use() -> None:
    texts = own(session='Ours\n{% include "plan.md" %}', plan="\n{{ oops }}", customers="{{ no }}")
    page = markdown.page(planned(), texts)
    assert page.text.startswith("Ours\n\n## Action plan\n")
    assert page.problems == (f"plan.md, line 2: 'oops' is undefined. {INSTEAD}",)


def test_several_broken_ones_are_all_told() -> None:
    page = markdown.page(planned(), own(plan="{{ a }}", customers="{{ b }}"))
    assert page.text == BUILT_IN.text
    assert [problem.partition(",")[0] for problem in page.problems] == ["plan.md", "customers.md"]


def test_what_cannot_be_read_is_told_with_the_page() -> None:
    texts = Own({"session.md": "Ours"}, ("plan.md cannot be read.",))
    page = markdown.page(planned(), texts)
    assert (page.text, page.problems) == ("Ours", ("plan.md cannot be read.",))


def test_an_own_template_for_another_page_is_not_asked() -> None:
    assert markdown.page(planned(), own(actions="{{ oops }}")) == BUILT_IN


def test_broken_ones_are_found_without_a_session() -> None:
    assert syntax_problems(own(session="{{ view.anything }}", plan="{% endfor %}")) == [
        f"plan.md, line 1: encountered unknown tag 'endfor'. {INSTEAD}"
    ]


def test_errors_of_the_program_itself_are_not_a_template_s() -> None:
    class Broken:
        @property
        def headline(self) -> str:
            raise LookupError("ours")

    with pytest.raises(LookupError):
        filled("actions.md", NONE, view=Broken())
    with pytest.raises(LookupError):
        filled("actions.md", own(session="Ours"), view=Broken())
