"""What becomes of people's rows when their list changes."""

from fivewhys.models.commands import NewPerson, SetFacts
from fivewhys.models.tree import Tree
from tests.building import do, moment


def test_people_who_stay_keep_their_rows(tree: Tree) -> None:
    bo, dana = NewPerson(name="Bo"), NewPerson(name="Dana", role="driver")
    tree = do(tree, SetFacts(people=(bo, dana)))
    before = {person.name: person.id for person in tree.people}
    chidi = NewPerson(name="Chidi", here=False)
    tree = do(tree, SetFacts(people=(chidi, NewPerson(name="Dana", role="cook"))))
    assert [(person.name, person.role, person.here) for person in tree.people] == [
        ("Chidi", "", False),
        ("Dana", "cook", True),
    ]
    assert tree.people[1].id == before["Dana"]
    assert SetFacts(people=(chidi, NewPerson(name="Dana", role="cook"))).plan(tree, moment()) == []


def test_two_people_of_one_name_are_two(tree: Tree) -> None:
    tree = do(tree, SetFacts(people=(NewPerson(name="Bo"), NewPerson(name="Bo", role="cook"))))
    assert [person.role for person in tree.people] == ["", "cook"]
    tree = do(tree, SetFacts(people=(NewPerson(name="Bo"),)))
    assert len(tree.people) == 1
