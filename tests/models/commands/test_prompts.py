"""Prompts that were put aside: one row for each rule of a cause, with what was said."""

from fivewhys.models.commands import DismissPrompt, ExplainDismissal, ParkCause
from fivewhys.models.tree import Tree
from tests.building import do, moment
from tests.models.commands.asking import key, node, refusal, wrong


def dismiss(tree: Tree, text: str, rule: str = "blame", reason: str = "") -> DismissPrompt:
    cause = key(tree, text)
    return DismissPrompt(cause=cause, rule=rule, rule_set="1", prompt="Why?", reason=reason)


def test_what_was_shown_is_kept_with_the_rules_that_said_it(tree: Tree) -> None:
    now = moment("Bo")
    command = dismiss(tree, "till", reason="it is a role, not a person")
    tree = tree.with_operations(command.plan(tree, now))
    (kept,) = tree.dismissals(key(tree, "till"))
    assert (kept.rule, kept.rule_set, kept.prompt) == ("blame", "1", "Why?")
    assert (kept.reason, kept.said_by, kept.created_at) == (command.reason, "Bo", now.now)


def test_once_more_for_the_same_rule_keeps_the_newer_words(tree: Tree) -> None:
    tree = do(do(tree, dismiss(tree, "till")), dismiss(tree, "till", "vague"))
    assert dismiss(tree, "till").plan(tree, moment()) == []
    tree = do(tree, dismiss(tree, "till", reason="both were needed"))
    kept = tree.dismissals(key(tree, "till"))
    assert [(item.rule, item.reason) for item in kept] == [
        ("blame", "both were needed"),
        ("vague", ""),
    ]


def test_the_reason_can_come_after_and_goes_to_what_was_put_aside_last(tree: Tree) -> None:
    till = key(tree, "till")
    explain = ExplainDismissal(cause=till, reason="both were needed")
    assert refusal(tree, explain).startswith("Nothing was put aside here")
    for rule in ("vague", "blame", "hedge"):
        tree = do(tree, dismiss(tree, "till", rule))
    tree = do(tree, dismiss(tree, "till", "blame", "at first"))
    tree = do(tree, explain)
    assert [(item.rule, item.reason) for item in tree.dismissals(till)] == [
        ("vague", ""),
        ("blame", "both were needed"),
        ("hedge", ""),
    ]


def test_a_prompt_on_the_problem_can_be_put_aside(tree: Tree) -> None:
    tree = do(tree, dismiss(tree, "customers are angry", "problem"))
    assert [item.rule for item in tree.dismissals(tree.problem.id)] == ["problem"]


def test_a_dismissed_prompt_keeps_no_cause_from_being_parked(tree: Tree) -> None:
    tree = do(tree, dismiss(tree, "till"))
    tree = do(tree, ParkCause(cause=node(tree, "till").id))
    assert tree.dismissals_of == {}
    assert [idea.text for idea in tree.parked] == ["till"]


def test_a_rule_and_its_words_are_needed(tree: Tree) -> None:
    till = key(tree, "till")
    for rule, prompt in (("", "Why?"), ("blame", " ")):
        said = wrong(
            lambda rule=rule, prompt=prompt: DismissPrompt(  # type: ignore[misc]
                cause=till, rule=rule, rule_set="1", prompt=prompt
            )
        )
        assert said == "There is nothing to read in this text."
