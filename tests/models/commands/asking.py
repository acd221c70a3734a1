"""What tests of commands ask of trees and commands."""

from collections.abc import Callable
from uuid import UUID

import pytest
from pydantic import BaseModel, ValidationError

from fivewhys.models.commands import Command, Refused, sentence
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from tests.building import moment


def node(tree: Tree, text: str) -> Cause:
    return next(cause for cause in tree.causes.values() if cause.text == text)


def key(tree: Tree, text: str) -> UUID:
    return node(tree, text).id


def order(tree: Tree, text: str) -> list[str]:
    return [cause.text for cause in tree.answers(key(tree, text))]


def refusal(tree: Tree, command: Command) -> str:
    with pytest.raises(Refused) as raised:
        command.plan(tree, moment())
    return str(raised.value)


def wrong(make: Callable[[], BaseModel]) -> str:
    with pytest.raises(ValidationError) as raised:
        make()
    return sentence(raised.value)


GONE = "That cause is no longer in the tree. Somebody has deleted it."
IS_PROBLEM = "That is the problem itself. Choose one of its causes."


def ruled_out(text: str) -> str:
    return f"This branch is ruled out. Take “{text}” in again first."
