"""What a form changes, and what it leaves alone."""

from datetime import UTC, datetime, timedelta, timezone

from fivewhys.models.commands import Facts, SetFacts
from fivewhys.models.tree import Tree
from fivewhys.models.words import Severity
from tests.building import do
from tests.models.commands.asking import wrong


def test_a_form_changes_only_what_it_gives(tree: Tree) -> None:
    tree = do(tree, SetFacts(facts=Facts(site="Harwick", severity=Severity.MAJOR)))
    tree = do(tree, SetFacts(facts=Facts(region="North")))
    assert (tree.session.site, tree.session.region) == ("Harwick", "North")
    tree = do(tree, SetFacts(facts=Facts(severity=None, site=""), problem="customers shout"))
    assert (tree.session.site, tree.session.severity) == ("", None)
    assert tree.problem.text == "customers shout"


def test_what_customers_are_told_is_kept_with_its_moments(tree: Tree) -> None:
    here = timezone(timedelta(hours=2))
    heard, told = datetime(2026, 11, 20, 1, tzinfo=here), datetime(2026, 11, 21, 9, tzinfo=UTC)
    facts = Facts(acknowledged_at=heard, acknowledgement=" We asked\r\ntoo much.\n")
    tree = do(tree, SetFacts(facts=facts))
    tree = do(tree, SetFacts(facts=Facts(told_at=told, told_channel="letter")))
    session = tree.session
    assert session.acknowledgement == "We asked\ntoo much."
    assert (session.acknowledged_at, session.told_at) == (
        datetime(2026, 11, 19, 23, tzinfo=UTC),
        told,
    )
    assert session.told_channel == "letter"
    assert do(tree, SetFacts(facts=Facts(told_at=None))).session.told_at is None
    said = wrong(lambda: Facts(told_at=told.replace(tzinfo=None)))
    assert said == "A moment needs its time zone."
