"""Putting a prompt aside: which rule asked, what it said, and perhaps why it does not apply."""

from uuid import UUID

from fivewhys.models.commands.command import Command, Moment, Refused
from fivewhys.models.commands.fields import Line, Statement
from fivewhys.models.commands.finding import find_node, words_of
from fivewhys.models.delta import Operation, changed, inserted
from fivewhys.models.tree import Tree
from fivewhys.models.values import Dismissal
from fivewhys.text import clean, excerpt


class DismissPrompt(Command):
    """Put a prompt on a cause or the problem aside, so that it is not shown there again.

    Once more for the same rule keeps the newer words and reason.
    """

    cause: UUID
    rule: Statement
    rule_set: Line
    prompt: Statement
    reason: Line = ""

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        cause = find_node(tree, self.cause)
        said = {
            "rule_set": self.rule_set,
            "prompt": self.prompt,
            "reason": self.reason,
            "said_by": moment.actor,
        }
        for old in tree.dismissals(cause.id):
            if old.rule == self.rule:
                return changed(old, **said, created_at=moment.now) if changed(old, **said) else []
        dismissal = Dismissal(
            id=moment.new_key(),
            session_id=tree.session.id,
            cause_id=cause.id,
            rule=self.rule,
            created_at=moment.now,
            **said,
        )
        return [inserted(dismissal)]

    def label(self, tree: Tree) -> str:
        rule = clean(excerpt(self.rule, 40).replace("_", " "))
        return f"dismiss “{rule}”: {words_of(tree, self.cause)}"


class ExplainDismissal(Command):
    """Say why the prompt that was put aside last on a cause does not apply."""

    cause: UUID
    reason: Line = ""

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        found = tree.dismissals(find_node(tree, self.cause).id)
        if not found:
            raise Refused("Nothing was put aside here, so there is nothing to explain.")
        last = max(found, key=lambda dismissal: (dismissal.created_at, dismissal.id))
        return changed(last, reason=self.reason)

    def label(self, tree: Tree) -> str:
        return f"why it was put aside: {words_of(tree, self.cause)}"
