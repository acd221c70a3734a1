"""Reading a chain back: what the team says to the questions of a link, and taking it back."""

from collections.abc import Iterable
from uuid import UUID

from fivewhys.models.commands.command import Command, Moment
from fivewhys.models.commands.fields import Line
from fivewhys.models.commands.finding import find_cause, refuse_ruled_out, words_of
from fivewhys.models.delta import Operation, changed, inserted, removed
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause, LinkAnswer
from fivewhys.models.words import VERDICT_WORDS, LinkQuestion, Verdict

_SHORT = {
    LinkQuestion.FOLLOWS: "does it follow?",
    LinkQuestion.WITHOUT: "without it, too?",
    LinkQuestion.ALWAYS: "always, with only this?",
}


class AnswerLink(Command):
    """Answer a question of the read-back. A second answer takes the place of the first."""

    cause: UUID
    question: LinkQuestion
    verdict: Verdict
    words: Line = ""

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        cause = find_cause(tree, self.cause)
        refuse_ruled_out(tree, cause)
        old = tree.link_answer(cause.id, self.question)
        said = {"verdict": self.verdict, "words": self.words, "said_by": moment.actor}
        if old is None:
            answer = LinkAnswer(
                id=moment.new_key(),
                session_id=tree.session.id,
                cause_id=cause.id,
                question=self.question,
                verdict=self.verdict,
                words=self.words,
                said_by=moment.actor,
                created_at=moment.now,
            )
            return [inserted(answer)]
        return changed(old, **said, created_at=moment.now) if changed(old, **said) else []

    def label(self, tree: Tree) -> str:
        verdict = VERDICT_WORDS[self.verdict]
        return f"{_SHORT[self.question]} {verdict}: {words_of(tree, self.cause)}"


class ForgetLink(Command):
    """Take the answer to a question of the read-back away, as if it had not been asked."""

    cause: UUID
    question: LinkQuestion

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        cause = find_cause(tree, self.cause)
        return forgotten(tree, cause, [self.question])

    def label(self, tree: Tree) -> str:
        return f"{_SHORT[self.question]} not answered: {words_of(tree, self.cause)}"


def forgotten(tree: Tree, cause: Cause, questions: Iterable[LinkQuestion]) -> list[Operation]:
    """What takes the answers to `questions` away from `cause`, as far as there are any."""
    answers = [tree.link_answer(cause.id, question) for question in questions]
    return [removed(answer) for answer in answers if answer]


def unlinked(tree: Tree, cause: Cause) -> list[Operation]:
    """`cause` leads to another effect than the one it was read back to."""
    return forgotten(tree, cause, [LinkQuestion.FOLLOWS])


def reworded(tree: Tree, cause: Cause) -> list[Operation]:
    """`cause` says something else than what was read out, as itself and as an effect."""
    below = [operation for child in tree.answers(cause.id) for operation in unlinked(tree, child)]
    return [*forgotten(tree, cause, LinkQuestion), *below]
