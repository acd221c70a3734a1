"""What each command does, what it refuses, and the sentence that says so."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from pydantic import BaseModel, ValidationError

from fivewhys.models.commands import (
    GAP,
    AddEvidence,
    Answer,
    AskInstead,
    Command,
    DeleteCause,
    DeleteEvidence,
    DeleteParked,
    DeleteSession,
    EditCause,
    EditEvidence,
    Facts,
    Finish,
    MoveCause,
    NewPerson,
    Park,
    ParkCause,
    Refused,
    Reopen,
    RestoreSession,
    SetFacts,
    SetLeg,
    SetPart,
    SetSaidBy,
    SetStatus,
    StartSession,
    UseParked,
    sentence,
)
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.models.words import EvidenceKind, Kind, Leg, Part, Severity, State, Status
from fivewhys.text import MOST_CHARACTERS
from tests.building import answer, chain, do, moment, new_key, session


@pytest.fixture
def tree() -> Tree:
    """bill → {list, till}, wait → {van}."""
    tree = session("customers are angry")
    tree, bill = answer(tree, tree.problem.id, "bill")
    tree, wait = answer(tree, tree.problem.id, "wait")
    tree, _ = answer(tree, bill.id, "list")
    tree, _ = answer(tree, bill.id, "till")
    tree, _ = answer(tree, wait.id, "van")
    return tree


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
RULED_OUT = "This branch is ruled out. Press x on it to take it in again."


# What commands are made of


def test_texts_are_cleaned_on_the_way_in() -> None:
    said = Answer(parent=new_key(), text=" They\tare\x1b[31m overcharged\n", said_by="\u202eInes ")
    assert said.text == "They are overcharged"
    assert said.said_by == "Ines"


def test_lines_stay_in_what_may_have_several() -> None:
    facts = Facts(notes="one\r\ntwo", customer_words="a\n\n\n\nb", location="here\nthere")
    assert facts.notes == "one\ntwo"
    assert facts.customer_words == "a\n\nb"
    assert facts.location == "here there"


@pytest.mark.parametrize("text", ["", "  \n", "\u200b\x00"])
def test_an_answer_says_something(text: str) -> None:
    nothing = "There is nothing to read in this text."
    assert wrong(lambda: Answer(parent=new_key(), text=text)) == nothing
    assert wrong(lambda: StartSession(problem=text)) == nothing
    assert wrong(lambda: NewPerson(name=text)) == nothing


def test_a_text_has_an_end() -> None:
    Answer(parent=new_key(), text="x" * MOST_CHARACTERS)
    assert wrong(lambda: Answer(parent=new_key(), text="x" * (MOST_CHARACTERS + 1))) == (
        "This text has 100,001 characters; the most that fits is 100,000."
    )


def test_a_moment_has_its_time_zone() -> None:
    naive = datetime(2026, 11, 21, 9)  # noqa: DTZ001
    assert wrong(lambda: Facts(noticed_at=naive)) == "A moment needs its time zone."
    east = datetime(2026, 11, 21, 9, tzinfo=timezone(timedelta(hours=2)))
    assert Facts(noticed_at=east).noticed_at == datetime(2026, 11, 21, 7, tzinfo=UTC)


@pytest.mark.parametrize("minutes", [0, -5, 24 * 60 + 1])
def test_a_meeting_takes_a_minute_to_a_day(minutes: int) -> None:
    assert wrong(lambda: Facts(time_box=minutes)).startswith("time_box: Input should be ")


def test_unknown_fields_and_words_are_refused() -> None:
    assert "Extra inputs" in wrong(lambda: Facts.model_validate({"colour": "red"}))
    bogus = {"cause": new_key(), "status": "bogus"}
    assert wrong(lambda: SetStatus.model_validate(bogus)).startswith("status: Input should be")


# Starting


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


# Answers


def test_an_answer_comes_after_the_others(tree: Tree) -> None:
    assert order(tree, "customers are angry") == ["bill", "wait"]
    tree = do(tree, Answer(parent=tree.problem.id, text="rude", said_by="Bo", leg=Leg.DETECTION))
    assert order(tree, "customers are angry") == ["bill", "wait", "rude"]
    assert node(tree, "rude").said_by == "Bo"
    assert node(tree, "rude").leg is Leg.DETECTION
    assert node(tree, "rude").status is Status.OPEN


def test_an_answer_below_a_stopped_cause_goes_on_with_it(tree: Tree) -> None:
    stop = SetStatus(cause=key(tree, "till"), status=Status.STOPPED, reason="not ours")
    tree = do(tree, stop)
    tree = do(tree, Answer(parent=key(tree, "till"), text="old software"))
    assert node(tree, "till").status is Status.OPEN
    assert node(tree, "till").reason == ""


def test_no_answer_goes_into_a_branch_that_is_ruled_out(tree: Tree) -> None:
    out = SetStatus(cause=key(tree, "bill"), status=Status.RULED_OUT, reason="bills are right")
    tree = do(tree, out)
    for text in ("bill", "till"):
        assert refusal(tree, Answer(parent=key(tree, text), text="x")) == RULED_OUT
    do(tree, Answer(parent=key(tree, "wait"), text="x"))


# Words


def test_words_of_causes_and_of_the_problem_can_be_changed(tree: Tree) -> None:
    tree = do(tree, EditCause(cause=tree.problem.id, text="customers shout"))
    assert tree.problem.text == "customers shout"
    tree = do(tree, EditCause(cause=key(tree, "till"), text="the till"))
    assert order(tree, "bill") == ["list", "the till"]


def test_the_same_words_change_nothing(tree: Tree) -> None:
    assert EditCause(cause=key(tree, "till"), text=" till ").plan(tree, moment()) == []


def test_a_question_in_ones_own_words_and_back(tree: Tree) -> None:
    tree = do(tree, AskInstead(cause=key(tree, "till"), question="Why does the till round up?"))
    assert node(tree, "till").question == "Why does the till round up?"
    tree = do(tree, AskInstead(cause=key(tree, "till"), question=""))
    assert node(tree, "till").question == ""


def test_who_said_it_and_which_leg(tree: Tree) -> None:
    tree = do(tree, SetSaidBy(cause=key(tree, "till"), name="Bo"))
    tree = do(tree, SetLeg(cause=key(tree, "till"), leg=Leg.SYSTEM))
    assert (node(tree, "till").said_by, node(tree, "till").leg) == ("Bo", Leg.SYSTEM)
    assert node(do(tree, SetLeg(cause=key(tree, "till"), leg=None)), "till").leg is None


# Moving


def test_a_branch_moves_as_a_whole(tree: Tree) -> None:
    tree = do(tree, MoveCause(cause=key(tree, "bill"), parent=key(tree, "van")))
    assert order(tree, "van") == ["bill"]
    assert order(tree, "bill") == ["list", "till"]
    assert order(tree, "customers are angry") == ["wait"]


def test_a_move_before_an_answer_keeps_the_others_in_order(tree: Tree) -> None:
    before = MoveCause(cause=key(tree, "van"), parent=key(tree, "bill"), before=key(tree, "till"))
    assert order(do(tree, before), "bill") == ["list", "van", "till"]
    swap = MoveCause(cause=key(tree, "till"), parent=key(tree, "bill"), before=key(tree, "list"))
    assert order(do(tree, swap), "bill") == ["till", "list"]
    # One row is written: there is room between.
    assert len(swap.plan(tree, moment())) == 1


def test_a_move_to_where_it_is_changes_nothing(tree: Tree) -> None:
    bill = key(tree, "bill")
    assert MoveCause(cause=key(tree, "till"), parent=bill).plan(tree, moment()) == []
    same = MoveCause(cause=key(tree, "list"), parent=bill, before=key(tree, "till"))
    assert same.plan(tree, moment()) == []


@pytest.mark.parametrize("where", ["bill", "till"])
def test_a_branch_cannot_hang_under_itself(tree: Tree, where: str) -> None:
    assert refusal(tree, MoveCause(cause=key(tree, "bill"), parent=key(tree, where))) == (
        "A cause cannot hang under itself. Choose a place outside its branch."
    )


def test_a_place_that_is_gone(tree: Tree) -> None:
    move = MoveCause(cause=key(tree, "till"), parent=tree.problem.id, before=key(tree, "van"))
    assert refusal(tree, move) == "That place is gone. Choose another."


def test_a_move_into_a_ruled_out_branch_is_refused_but_not_within_it(tree: Tree) -> None:
    out = SetStatus(cause=key(tree, "bill"), status=Status.RULED_OUT, reason="bills are right")
    tree = do(tree, out)
    assert refusal(tree, MoveCause(cause=key(tree, "van"), parent=key(tree, "bill"))) == RULED_OUT
    swap = MoveCause(cause=key(tree, "till"), parent=key(tree, "bill"), before=key(tree, "list"))
    assert order(do(tree, swap), "bill") == ["till", "list"]


def test_a_move_under_a_stopped_cause_goes_on_with_it(tree: Tree) -> None:
    stop = SetStatus(cause=key(tree, "till"), status=Status.STOPPED, reason="not ours")
    tree = do(do(tree, stop), MoveCause(cause=key(tree, "van"), parent=key(tree, "till")))
    assert node(tree, "till").status is Status.OPEN


def test_moves_keep_their_order_when_the_gaps_run_out() -> None:
    """Again and again into the same gap, and then anywhere."""
    chance = random.Random(1)
    tree = session()
    names = [f"cause {number}" for number in range(8)]
    for name in names:
        tree, _ = answer(tree, tree.problem.id, name)
    renumbered = False
    for turn in range(200):
        name = names[-1] if turn < 40 else chance.choice(names)
        rest = [other for other in names if other != name]
        place = turn % 2 if turn < 40 else chance.randint(0, len(rest))
        before = key(tree, rest[place]) if place < len(rest) else None
        move = MoveCause(cause=key(tree, name), parent=tree.problem.id, before=before)
        renumbered |= len(move.plan(tree, moment())) > 1
        tree = do(tree, move)
        names = [*rest[:place], name, *rest[place:]]
        assert order(tree, "customers are angry") == names
    assert renumbered
    assert tree == Tree.of(tree.session, tree.causes.values(), seq=tree.seq)


# Deleting


def test_a_branch_goes_with_everything_on_it(tree: Tree) -> None:
    tree = do(tree, AddEvidence(cause=key(tree, "till"), text="12 receipts"))
    tree = do(tree, DeleteCause(cause=key(tree, "bill")))
    assert [cause.text for cause, _ in tree.walk()] == ["customers are angry", "wait", "van"]
    assert tree.evidence_of == {}


def test_what_hangs_on_something_goes_before_it(tree: Tree) -> None:
    tree = do(tree, AddEvidence(cause=key(tree, "bill"), text="12 receipts"))
    gone = [
        operation.key for operation in DeleteCause(cause=key(tree, "bill")).plan(tree, moment())
    ]
    assert gone.index(key(tree, "till")) < gone.index(key(tree, "bill"))
    assert gone.index(tree.evidence(key(tree, "bill"))[0].id) < gone.index(key(tree, "bill"))


# What is known


@pytest.mark.parametrize(
    ("status", "word"), [(Status.RULED_OUT, "ruled out"), (Status.STOPPED, "stopped")]
)
def test_ruling_out_and_stopping_need_a_reason(tree: Tree, status: Status, word: str) -> None:
    assert refusal(tree, SetStatus(cause=key(tree, "till"), status=status)) == (
        f"Say why it is {word}: the reason is kept with it."
    )
    tree = do(tree, SetStatus(cause=key(tree, "till"), status=status, reason="we looked"))
    assert (node(tree, "till").status, node(tree, "till").reason) == (status, "we looked")


def test_a_reason_goes_with_what_it_was_for(tree: Tree) -> None:
    out = SetStatus(cause=key(tree, "till"), status=Status.RULED_OUT, reason="we looked")
    tree = do(do(tree, out), SetStatus(cause=key(tree, "till"), status=Status.VERIFIED, reason="x"))
    assert (node(tree, "till").status, node(tree, "till").reason) == (Status.VERIFIED, "")


def test_a_ruled_out_cause_plays_no_part(tree: Tree) -> None:
    tree = do(tree, SetPart(cause=key(tree, "till"), part=Part.ROOT, reason="ours to change"))
    assert node(tree, "till").part_reason == "ours to change"
    out = SetStatus(cause=key(tree, "till"), status=Status.RULED_OUT, reason="we looked")
    tree = do(tree, out)
    assert (node(tree, "till").part, node(tree, "till").part_reason) == (None, "")
    assert refusal(tree, SetPart(cause=key(tree, "till"), part=Part.ROOT)) == RULED_OUT
    assert SetPart(cause=key(tree, "till"), part=None).plan(tree, moment()) == []


def test_a_part_can_be_taken_back_with_its_reason(tree: Tree) -> None:
    tree = do(tree, SetPart(cause=key(tree, "till"), part=Part.CONTRIBUTING, reason="a little"))
    tree = do(tree, SetPart(cause=key(tree, "till"), part=None, reason="x"))
    assert (node(tree, "till").part, node(tree, "till").part_reason) == (None, "")


@pytest.mark.parametrize(
    "command",
    [
        lambda cause: MoveCause(cause=cause, parent=cause),
        lambda cause: DeleteCause(cause=cause),
        lambda cause: SetStatus(cause=cause, status=Status.VERIFIED),
        lambda cause: SetPart(cause=cause, part=Part.ROOT),
        lambda cause: SetLeg(cause=cause, leg=Leg.SYSTEM),
        lambda cause: SetSaidBy(cause=cause, name="Bo"),
        lambda cause: ParkCause(cause=cause),
    ],
)
def test_the_problem_is_no_cause(tree: Tree, command: Callable[[UUID], Command]) -> None:
    assert refusal(tree, command(tree.problem.id)) == IS_PROBLEM


@pytest.mark.parametrize(
    "command",
    [
        lambda cause: Answer(parent=cause, text="x"),
        lambda cause: EditCause(cause=cause, text="x"),
        lambda cause: AskInstead(cause=cause, question="x"),
        lambda cause: MoveCause(cause=cause, parent=cause),
        lambda cause: DeleteCause(cause=cause),
        lambda cause: SetStatus(cause=cause, status=Status.VERIFIED),
        lambda cause: SetPart(cause=cause, part=Part.ROOT),
        lambda cause: AddEvidence(cause=cause, text="x"),
        lambda cause: ParkCause(cause=cause),
    ],
)
def test_a_cause_that_somebody_deleted(tree: Tree, command: Callable[[UUID], Command]) -> None:
    assert refusal(tree, command(new_key())) == GONE


# Evidence


def test_evidence_is_kept_in_order_corrected_and_taken_away(tree: Tree) -> None:
    till = key(tree, "till")
    tree = do(tree, AddEvidence(cause=till, text="12 receipts", kind=EvidenceKind.NUMBER))
    tree = do(tree, AddEvidence(cause=till, text="a photo", supports=False, said_by="Bo"))
    first, second = tree.evidence(till)
    assert (first.text, first.kind, first.supports) == ("12 receipts", EvidenceKind.NUMBER, True)
    assert (second.text, second.supports, second.said_by) == ("a photo", False, "Bo")
    edit = EditEvidence(
        evidence=first.id, text="13 receipts", kind=EvidenceKind.NUMBER, supports=True
    )
    tree = do(tree, edit)
    assert [item.text for item in tree.evidence(till)] == ["13 receipts", "a photo"]
    tree = do(tree, DeleteEvidence(evidence=first.id))
    assert [item.text for item in tree.evidence(till)] == ["a photo"]
    assert refusal(tree, edit) == "That evidence is no longer there."
    assert refusal(tree, DeleteEvidence(evidence=first.id)) == "That evidence is no longer there."


def test_the_problem_can_have_evidence(tree: Tree) -> None:
    tree = do(tree, AddEvidence(cause=tree.problem.id, text="41 complaints"))
    assert tree.evidence(tree.problem.id)[0].text == "41 complaints"


# Parking


def test_an_idea_is_parked_used_and_dropped(tree: Tree) -> None:
    tree = do(do(tree, Park(text="old prices", said_by="Bo")), Park(text="new prices"))
    old, new = tree.parked
    assert (old.text, new.text) == ("old prices", "new prices")
    use = UseParked(parked=old.id, parent=key(tree, "till"), text="prices are old")
    tree = do(tree, use)
    assert tree.parked == (new,)
    assert node(tree, "prices are old").said_by == "Bo"
    tree = do(tree, DeleteParked(parked=new.id))
    assert tree.parked == ()
    assert refusal(tree, use) == "That idea is no longer parked."
    assert refusal(tree, DeleteParked(parked=new.id)) == "That idea is no longer parked."


def test_an_idea_is_not_used_where_no_answer_would_go(tree: Tree) -> None:
    out = SetStatus(cause=key(tree, "till"), status=Status.RULED_OUT, reason="we looked")
    tree = do(do(tree, out), Park(text="old prices"))
    use = UseParked(parked=tree.parked[0].id, parent=key(tree, "till"), text="old prices")
    assert refusal(tree, use) == RULED_OUT


def test_a_cause_can_be_parked_while_nothing_hangs_on_it(tree: Tree) -> None:
    said = do(tree, SetSaidBy(cause=key(tree, "till"), name="Bo"))
    parked = do(said, ParkCause(cause=key(tree, "till")))
    assert [(idea.text, idea.said_by) for idea in parked.parked] == [("till", "Bo")]
    assert order(parked, "bill") == ["list"]
    full = "Only a cause with nothing on it can be parked. Move it or rule it out."
    assert refusal(tree, ParkCause(cause=key(tree, "bill"))) == full
    shown = do(tree, AddEvidence(cause=key(tree, "till"), text="12 receipts"))
    assert refusal(shown, ParkCause(cause=key(tree, "till"))) == full


# Facts, people and the session itself


def test_a_form_changes_only_what_it_gives(tree: Tree) -> None:
    tree = do(tree, SetFacts(facts=Facts(site="Harwick", severity=Severity.MAJOR)))
    tree = do(tree, SetFacts(facts=Facts(region="North")))
    assert (tree.session.site, tree.session.region) == ("Harwick", "North")
    tree = do(tree, SetFacts(facts=Facts(severity=None, site=""), problem="customers shout"))
    assert (tree.session.site, tree.session.severity) == ("", None)
    assert tree.problem.text == "customers shout"


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


# What the history says


def test_labels_say_what_was_done(tree: Tree) -> None:
    till = key(tree, "till")
    tree = do(do(tree, AddEvidence(cause=till, text="12 receipts")), Park(text="old prices"))
    item, idea = tree.evidence(till)[0].id, tree.parked[0].id
    labels: dict[Command, str] = {
        Answer(parent=till, text="x" * 80): f"answer: {'x' * 59}…",
        EditCause(cause=till, text="the till"): "edit: the till",
        AskInstead(cause=till, question="Why so?"): "question: Why so?",
        MoveCause(cause=till, parent=tree.problem.id): "move: till",
        DeleteCause(cause=till): "delete: till",
        SetStatus(cause=till, status=Status.RULED_OUT, reason="no"): "ruled out: till",
        SetPart(cause=till, part=Part.ROOT): "root: till",
        SetPart(cause=till, part=None): "no longer root or contributing: till",
        SetLeg(cause=till, leg=Leg.SYSTEM): "system leg: till",
        SetLeg(cause=till, leg=None): "no leg: till",
        SetSaidBy(cause=till, name="Bo"): "said by Bo: till",
        SetSaidBy(cause=till, name=""): "said by nobody named: till",
        AddEvidence(cause=till, text="a photo"): "evidence: a photo",
        EditEvidence(
            evidence=item, text="13", kind=EvidenceKind.NOTE, supports=True
        ): "edit evidence: 13",
        DeleteEvidence(evidence=item): "delete evidence: 12 receipts",
        Park(text="later"): "park: later",
        ParkCause(cause=till): "park: till",
        UseParked(parked=idea, parent=till, text="prices"): "answer: prices",
        DeleteParked(parked=idea): "delete parked: old prices",
        SetFacts(): "session details",
        Finish(): "finish the session",
        Reopen(): "reopen the session",
        DeleteSession(): "delete S-1",
        RestoreSession(): "bring S-1 back",
    }
    assert {command: command.label(tree) for command in labels} == labels
    assert {type(command) for command in labels} == set(Command.__subclasses__())


def test_an_answer_ten_thousand_deep_is_planned_without_recursion() -> None:
    tree = chain(10_000)
    deepest = tree.open_questions()[0]
    tree, cause = answer(tree, deepest.id, "one more")
    assert cause.position == GAP
    assert tree.depth(cause.id) == 10_001
