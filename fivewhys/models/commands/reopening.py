"""When a finished session goes on: as soon as a question is open that was not open before.

Other words, evidence, facts and settled branches leave it finished.
"""

from fivewhys.models.delta import Operation, changed
from fivewhys.models.tree import Tree
from fivewhys.models.words import State


def going_on(tree: Tree, operations: list[Operation]) -> list[Operation]:
    """The operations, which also open a finished session again if they open a question."""
    if tree.session.state is not State.FINISHED or not operations:
        return operations
    before = {cause.id for cause in tree.open_questions()}
    if all(cause.id in before for cause in tree.with_operations(operations).open_questions()):
        return operations
    return [*changed(tree.session, state=State.OPEN, finished_at=None), *operations]
