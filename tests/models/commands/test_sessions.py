"""A session begins, is finished and reopened, deleted and brought back."""

from fivewhys.models.commands import DeleteSession, Finish, NewPerson, Reopen, RestoreSession
from fivewhys.models.tree import Tree
from fivewhys.models.words import Kind, State, Status
from tests.building import do, moment, session


def test_a_session_begins_with_its_problem_its_facts_and_its_people() -> None:
    tree = session(
        "customers are angry", site="Harwick", people=(NewPerson(name="Bo", here=False),)
    )
    assert tree.problem.text == "customers are angry"
    assert tree.problem.kind is Kind.PROBLEM
    assert tree.problem.status is Status.OPEN
    assert tree.session.site == "Harwick"
    assert tree.session.state is State.OPEN
    assert [(person.name, person.here) for person in tree.people] == [("Bo", False)]


def test_who_starts_leads_unless_somebody_else_is_named() -> None:
    assert session().session.facilitator == "Ines"
    assert session(facilitator="Bo").session.facilitator == "Bo"


def test_a_session_is_finished_and_opened_again(tree: Tree) -> None:
    done = do(tree, Finish())
    assert done.session.state is State.FINISHED
    assert done.session.finished_at is not None
    assert Finish().plan(done, moment()) == []
    again = do(done, Reopen())
    assert (again.session.state, again.session.finished_at) == (State.OPEN, None)
    assert Reopen().plan(again, moment()) == []


def test_a_session_is_deleted_and_brought_back(tree: Tree) -> None:
    gone = do(tree, DeleteSession())
    assert gone.session.deleted_at is not None
    assert DeleteSession().plan(gone, moment()) == []
    back = do(gone, RestoreSession())
    assert back.session == tree.session
    assert RestoreSession().plan(back, moment()) == []
