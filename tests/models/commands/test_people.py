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


def test_the_same_list_again_changes_nothing(tree: Tree) -> None:
    people = (
        NewPerson(name="Bo"),
        NewPerson(name="Dana"),
        NewPerson(name="Bo", role="cook"),
        NewPerson(name="Bo", here=False),
    )
    tree = do(tree, SetFacts(people=people))
    assert SetFacts(people=people).plan(tree, moment()) == []


def test_of_two_people_of_one_name_the_one_who_is_meant_stays(tree: Tree) -> None:
    driver, cook = NewPerson(name="Bo", role="driver"), NewPerson(name="Bo", role="cook")
    tree = do(tree, SetFacts(people=(driver, cook)))
    keys = {person.role: person.id for person in tree.people}
    assert [person.id for person in do(tree, SetFacts(people=(cook,))).people] == [keys["cook"]]
    turned = do(tree, SetFacts(people=(cook, driver)))
    assert [person.id for person in turned.people] == [keys["cook"], keys["driver"]]
    baker = do(tree, SetFacts(people=(driver, NewPerson(name="Bo", role="baker"))))
    assert [(person.id, person.role) for person in baker.people] == [
        (keys["driver"], "driver"),
        (keys["cook"], "baker"),
    ]
