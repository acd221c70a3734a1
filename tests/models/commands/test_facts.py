"""What a form changes, and what it leaves alone."""

from fivewhys.models.commands import Facts, SetFacts
from fivewhys.models.tree import Tree
from fivewhys.models.words import Severity
from tests.building import do


def test_a_form_changes_only_what_it_gives(tree: Tree) -> None:
    tree = do(tree, SetFacts(facts=Facts(site="Harwick", severity=Severity.MAJOR)))
    tree = do(tree, SetFacts(facts=Facts(region="North")))
    assert (tree.session.site, tree.session.region) == ("Harwick", "North")
    tree = do(tree, SetFacts(facts=Facts(severity=None, site=""), problem="customers shout"))
    assert (tree.session.site, tree.session.severity) == ("", None)
    assert tree.problem.text == "customers shout"
