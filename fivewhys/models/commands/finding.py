"""Finding what a command names in the tree as it is now, or refusing in a sentence.

It changes nothing and knows no command. What only one kind of command names is found beside it.
"""

from uuid import UUID

from fivewhys.models.commands.command import Refused
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.models.words import Kind, Status
from fivewhys.text import excerpt


def find_node(tree: Tree, key: UUID) -> Cause:
    """The cause or the problem with this key."""
    node = tree.causes.get(key)
    if node is None:
        raise Refused("That cause is no longer in the tree. Somebody has deleted it.")
    return node


def find_cause(tree: Tree, key: UUID) -> Cause:
    """The cause with this key, which is not the problem."""
    node = find_node(tree, key)
    if node.kind is Kind.PROBLEM:
        raise Refused("That is the problem itself. Choose one of its causes.")
    return node


def refuse_ruled_out(tree: Tree, cause: Cause) -> None:
    """Nothing is built on what was ruled out, nor on anything below it."""
    for node in tree.path(cause.id):
        if node.status is Status.RULED_OUT:
            out = excerpt(node.text, 40)
            raise Refused(f"This branch is ruled out. Take “{out}” in again first.")


def words_of(tree: Tree, key: UUID) -> str:
    """The words of a node for a label; none where it is gone."""
    node = tree.causes.get(key)
    return excerpt(node.text) if node else ""
