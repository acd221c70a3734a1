"""The follow-up's queries: every view whole and in its order, narrowed, page by page."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from fivewhys.models.commands import (
    AddCountermeasure,
    AddMeasure,
    Answer,
    CountermeasureFacts,
    DeleteSession,
    EditCause,
    Facts,
    Finish,
    MakeCheck,
    PlanCheck,
    RestoreSession,
    SetFacts,
    SetPart,
    SetProgress,
    SetStatus,
    StartSession,
)
from fivewhys.models.follow_up import ActionLine, Filter, ToTell, View
from fivewhys.models.past import Sameness
from fivewhys.models.plan_words import (
    FINISHED,
    UNFINISHED,
    CheckResult,
    CountermeasureKind,
    Progress,
)
from fivewhys.models.tree import Tree
from fivewhys.models.values import Countermeasure
from fivewhys.models.words import Part, Severity, Status
from fivewhys.store.store import Store

Opens = Callable[..., Store]

TODAY = date(2026, 3, 12)
NOW = datetime(2026, 3, 12, 9, tzinfo=UTC)


def begin(store: Store, problem: str = "customers are angry", **facts: Any) -> Tree:
    return store.start(StartSession(problem=problem, facts=Facts.model_validate(facts)))


def say(store: Store, tree: Tree, text: str) -> Tree:
    """Answer why of the problem."""
    return store.apply(tree, Answer(parent=tree.problem.id, text=text))


def promise(
    store: Store, tree: Tree, text: str, due: date | None = None, owner: str = "", cause: int = 0
) -> Tree:
    """Say what will be done about the first cause, or another one."""
    key = tree.children(tree.problem.id)[cause]
    facts = CountermeasureFacts(owner=owner, due=due)
    return store.apply(tree, AddCountermeasure(cause=key, text=text, facts=facts))


def item(tree: Tree, text: str) -> Countermeasure:
    return next(found for found in tree.all_countermeasures() if found.text == text)


def put(store: Store, tree: Tree, text: str, progress: Progress, on: date | None = None) -> Tree:
    """Say how far a countermeasure is."""
    needs = progress in SetProgress.NEEDS_REASON
    if progress in FINISHED and progress is not Progress.DONE:
        tree = put(store, tree, text, Progress.DONE, on)
    command = SetProgress(
        countermeasure=item(tree, text).id,
        progress=progress,
        reason="it came again" if needs else "",
        on=on if progress is Progress.DONE else None,
    )
    return store.apply(tree, command)


def measured(store: Store, tree: Tree, text: str, *due: date) -> Tree:
    """Plan checks of a countermeasure."""
    tree = store.apply(
        tree, AddMeasure(countermeasure=item(tree, text).id, definition=f"how well {text} works")
    )
    measure = tree.measures(item(tree, text))[-1]
    for day in due:
        tree = store.apply(tree, PlanCheck(measure=measure.id, due=day))
    return tree


def texts(store: Store, view: View, narrowed: Filter | None = None) -> list[str]:
    lines = store.follow_up(view, TODAY, narrowed)
    assert store.how_many(view, TODAY, narrowed) == len(lines)
    return [line.text for line in lines]


def days(number: int) -> date:
    return TODAY + timedelta(number)


@pytest.fixture
def store(open_store: Opens) -> Store:
    store = open_store()
    # What a session or a step is told by is the clock of the store.
    store._now = lambda: NOW
    return store


@pytest.fixture
def plan(store: Store) -> Tree:
    """A session with a countermeasure of every kind."""
    tree = say(store, begin(store, site="Lyon", department="Billing"), "old forms")
    for text, due in (
        ("idea", None),
        ("late", days(-3)),
        ("today", TODAY),
        ("in a week", days(7)),
        ("later", days(8)),
        ("done", days(-1)),
        ("rejected", days(-2)),
        ("no help", days(-9)),
    ):
        tree = promise(store, tree, text, due, owner="Ana")
    tree = put(store, tree, "today", Progress.IN_PROGRESS)
    tree = put(store, tree, "done", Progress.DONE, days(-1))
    tree = put(store, tree, "rejected", Progress.REJECTED)
    return put(store, tree, "no help", Progress.NOT_EFFECTIVE, days(-5))


def test_every_view_lists_what_belongs_to_it_in_its_order(store: Store, plan: Tree) -> None:
    assert texts(store, View.OPEN) == ["late", "today", "in a week", "later", "idea"]
    assert texts(store, View.OVERDUE) == ["late"]
    assert texts(store, View.WEEK) == ["today", "in a week"]
    assert texts(store, View.CHECKS) == []
    assert texts(store, View.NO_EFFECT) == ["no help"]
    assert texts(store, View.CLOSED) == ["done", "no help", "rejected"]
    assert texts(store, View.ALL) == [
        "no help", "late", "rejected", "done", "today", "in a week", "later", "idea",
    ]  # fmt: skip


def test_a_line_tells_all_that_a_row_needs(store: Store) -> None:
    tree = begin(store, site="Lyon", department="Billing", severity=Severity.MAJOR)
    tree = promise(store, say(store, tree, "old forms"), "a date on the pile", days(3), "Ana")
    tree = measured(store, tree, "a date on the pile", days(20), days(10))
    (line,) = store.follow_up(View.OPEN, TODAY)
    found = item(tree, "a date on the pile")
    assert line == ActionLine(
        id=found.id,
        session_id=tree.session.id,
        number=1,
        problem="customers are angry",
        site="Lyon",
        department="Billing",
        severity=Severity.MAJOR,
        cause_id=found.cause_id,
        cause="old forms",
        text="a date on the pile",
        kind=found.kind,
        means=None,
        owner="Ana",
        due=days(3),
        progress=Progress.PLANNED,
        reason="",
        done_on=None,
        not_ready=True,
        next_check=days(10),
        check=None,
        back=None,
    )


def test_each_check_that_is_due_has_a_line_of_its_own(store: Store, plan: Tree) -> None:
    tree = measured(store, plan, "later", days(9), days(7), days(-2))
    tree = measured(store, tree, "rejected", days(1))
    tree = measured(store, tree, "done", days(0))
    lines = store.follow_up(View.CHECKS, TODAY)
    assert [(line.text, line.next_check) for line in lines] == [
        ("later", days(-2)), ("done", TODAY), ("later", days(7)),
    ]  # fmt: skip
    assert store.how_many(View.CHECKS, TODAY) == 3
    assert {line.check for line in lines} == {
        check.id
        for text in ("later", "done")
        for measure in tree.measures(item(tree, text))
        for check in tree.checks(measure)
        if check.due <= days(7)
    }
    # One that was made is no longer due.
    (measure,) = tree.measures(item(tree, "done"))
    made = MakeCheck(
        measure=measure.id, check=lines[1].check, result=CheckResult.MET, checked_by="Bo"
    )
    store.apply(tree, made)
    assert [line.text for line in store.follow_up(View.CHECKS, TODAY)] == ["later", "later"]


def test_what_came_back_did_not_help(store: Store) -> None:
    tree = promise(store, say(store, begin(store), "Old forms!"), "a date on the pile")
    put(store, tree, "a date on the pile", Progress.DONE, days(-10))
    assert texts(store, View.NO_EFFECT) == []
    early = begin(store, noticed_at=NOW - timedelta(days=11))
    say(store, early, "old forms")
    assert texts(store, View.NO_EFFECT) == []
    later = say(store, begin(store, site="Trento", noticed_at=NOW - timedelta(days=4)), "OLD forms")
    again = say(store, begin(store), "old forms")
    (line,) = store.follow_up(View.NO_EFFECT, TODAY)
    assert line.back is not None
    assert (line.back.name, line.back.site, line.back.on) == ("S-3", "Trento", days(-4))
    assert line.progress is Progress.DONE
    assert line.standing is Progress.NOT_EFFECTIVE
    # A cause that is ruled out, has other words, or whose session is deleted, does not count.
    cause = later.children(later.problem.id)[0]
    later = store.apply(later, SetStatus(cause=cause, status=Status.RULED_OUT, reason="no"))
    (line,) = store.follow_up(View.NO_EFFECT, TODAY)
    assert line.back is not None
    assert line.back.name == "S-4"
    store.apply(again, EditCause(cause=again.children(again.problem.id)[0], text="new forms"))
    assert texts(store, View.NO_EFFECT) == []
    later = store.apply(later, SetStatus(cause=cause, status=Status.OPEN))
    assert texts(store, View.NO_EFFECT) == ["a date on the pile"]
    store.apply(later, DeleteSession())
    assert texts(store, View.NO_EFFECT) == []


def test_a_problem_in_the_words_of_a_cause_is_no_recurrence(store: Store) -> None:
    tree = promise(store, say(store, begin(store), "old forms"), "a date on the pile")
    put(store, tree, "a date on the pile", Progress.DONE, days(-10))
    other = begin(store, "forms", noticed_at=NOW)
    store.apply(other, SetFacts(problem="Old forms"))
    assert texts(store, View.NO_EFFECT) == []


def test_a_problem_in_the_words_of_a_later_cause_has_not_come_back(store: Store) -> None:
    tree = begin(store, "the till")
    tree = store.apply(tree, SetFacts(problem="the till is old"))
    tree = store.apply(tree, AddCountermeasure(cause=tree.problem.id, text="a new till"))
    tree = put(store, tree, "a new till", Progress.DONE, days(-10))
    later = say(store, begin(store, noticed_at=NOW), "The till is old")
    assert texts(store, View.NO_EFFECT) == []
    (line,) = store.follow_up(View.CLOSED, TODAY)
    assert line.standing is tree.standing(item(tree, "a new till")) is Progress.DONE
    assert store.last_time(later) == []


def test_what_customers_were_told_keeps_no_cause_from_coming_back(store: Store) -> None:
    tree = say(store, begin(store), "old forms")
    facts = CountermeasureFacts(kind=CountermeasureKind.ACKNOWLEDGE)
    (cause,) = tree.children(tree.problem.id)
    tree = store.apply(tree, AddCountermeasure(cause=cause, text="a letter", facts=facts))
    put(store, tree, "a letter", Progress.DONE, days(-10))
    again = say(store, begin(store, noticed_at=NOW), "old forms")
    assert texts(store, View.NO_EFFECT) == []
    (line,) = store.follow_up(View.CLOSED, TODAY)
    tree = store.tree(tree.session.id)
    assert line.standing is tree.standing(item(tree, "a letter")) is Progress.DONE
    assert store.last_time(again) == []
    store.decide(cause, again.children(again.problem.id)[0], Sameness.SAME)
    assert texts(store, View.NO_EFFECT) == []


def test_what_is_deleted_is_in_no_view(store: Store, plan: Tree) -> None:
    tree = measured(store, plan, "later", days(1))
    tree = store.apply(tree, SetPart(cause=item(tree, "later").cause_id, part=Part.ROOT))
    tree = store.apply(tree, DeleteSession())
    for view in View:
        assert texts(store, view) == []
    assert store.to_tell() == []
    store.apply(tree, RestoreSession())
    assert len(texts(store, View.ALL)) == 8
    assert len(store.to_tell()) == 1


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        (Filter(), ["A", "B", "C"]),
        (Filter(owner="ana"), ["A"]),
        (Filter(owner="ÄRZTE 50%"), ["B"]),
        (Filter(owner="Ärzte"), []),
        (Filter(site="KÖLN"), ["B"]),
        (Filter(site="lyon", department="billing"), ["A"]),
        (Filter(site="lyon", department="desk"), []),
        (Filter(department="desk"), ["B", "C"]),
        (Filter(words="forms"), ["A"]),
        (Filter(words="s-2"), ["B"]),
        (Filter(words="ärzte KÖLN"), ["B"]),
        (Filter(words="50%"), ["B"]),
        (Filter(words="%"), ["B"]),
        (Filter(words="_"), ["C"]),
        (Filter(words="\\"), []),
        (Filter(words="ANGRY lyon ana"), ["A"]),
        (Filter(words="lyon", owner="Ana"), ["A"]),
        (Filter(words="\x1b[31m  "), ["A", "B", "C"]),
        (Filter(words="поезд"), ["C"]),
    ],
)
def test_filters_and_words(store: Store, narrowed: Filter, found: list[str]) -> None:
    for problem, cause, text, owner, facts in (
        ("Customers are angry", "old forms", "A", "Ana", {"site": "Lyon", "department": "Billing"}),
        ("Wartezeit", "Übergabe", "B", "Ärzte 50%", {"site": "Köln", "department": "Desk"}),
        ("Поезд опоздал", "no_plan", "C", "", {"department": "Desk"}),
    ):
        promise(store, say(store, begin(store, problem, **facts), cause), text, TODAY, owner)
    assert texts(store, View.OPEN, narrowed) == found


def test_a_session_of_its_own(store: Store, plan: Tree) -> None:
    promise(store, say(store, begin(store), "no grease"), "a round")
    assert texts(store, View.ALL, Filter(session=plan.session.id)) == texts(
        store, View.ALL, Filter(site="Lyon")
    )


def test_all_pages_together_are_the_whole(store: Store) -> None:
    chance = random.Random(1)
    for number in range(3):
        tree = begin(store, f"problem {number}", site=chance.choice(["Lyon", "Trento", ""]))
        tree = say(store, tree, chance.choice(["old forms", "no grease"]))
        for _ in range(8):
            # Many have the same day, and many none.
            text = f"step {chance.randrange(10**9)}"
            due = chance.choice([None, days(-400), days(-1), TODAY, days(2)])
            tree = promise(store, tree, text, due, chance.choice(["", "Ana"]))
            progress = chance.choice([None, *Progress])
            if progress is not None and progress is not Progress.EFFECTIVE:
                on = chance.choice([days(-30), days(-1)])
                tree = put(store, tree, text, progress, on)
            if chance.random() < 0.6:
                tree = measured(store, tree, text, *chance.choices([days(-1), days(3)], k=2))
    for view in View:
        for narrowed in (Filter(), Filter(words="step 1 problem")):
            whole = store.follow_up(view, TODAY, narrowed, limit=1000)
            assert store.how_many(view, TODAY, narrowed) == len(whole)
            assert len({(line.id, line.check) for line in whole}) == len(whole)
            for size in (2, 7):
                pages: list[ActionLine] = []
                while page := store.follow_up(
                    view, TODAY, narrowed, pages[-1] if pages else None, size
                ):
                    assert len(page) <= size
                    pages += page
                assert pages == whole
    everything = store.follow_up(View.ALL, TODAY, limit=1000)
    listed = {view: set(store.follow_up(view, TODAY, limit=1000)) for view in View}
    assert listed[View.OPEN] == {line for line in everything if line.progress in UNFINISHED}
    assert listed[View.OPEN] | listed[View.CLOSED] == set(everything)
    assert listed[View.OVERDUE] == {
        line for line in listed[View.OPEN] if line.due and line.due < TODAY
    }
    assert listed[View.NO_EFFECT] == {
        line for line in everything if line.standing is Progress.NOT_EFFECTIVE
    }


def test_customers_are_to_be_told_of_sessions_that_know_their_root(store: Store) -> None:
    asking = say(store, begin(store, "asking"), "a")
    rooted = say(store, begin(store, "rooted", site="Lyon"), "a")
    rooted = store.apply(
        rooted, SetPart(cause=rooted.children(rooted.problem.id)[0], part=Part.ROOT)
    )
    old = begin(store, "old", noticed_at=NOW - timedelta(days=9), severity=Severity.MINOR)
    store.apply(old, Finish())
    told = begin(store, "told")
    told = store.apply(told, Finish())
    store.apply(told, _told())
    lines = store.to_tell()
    assert [(line.session, line.problem) for line in lines] == [("S-3", "old"), ("S-2", "rooted")]
    assert lines[0].severity is Severity.MINOR
    assert lines[1].site == "Lyon"
    # In pages, and narrowed.
    assert store.to_tell(after=lines[0]) == lines[1:]
    assert store.to_tell(after=lines[1]) == []
    assert store.to_tell(limit=1) == lines[:1]
    for narrowed in (
        Filter(site="lyon"),
        Filter(words="ROOT s-2"),
        Filter(session=rooted.session.id),
    ):
        assert store.to_tell(narrowed) == lines[1:]
    assert store.to_tell(Filter(department="Desk")) == []
    # What was ruled out explains nothing, and neither does what is below it.
    (above,) = rooted.children(rooted.problem.id)
    rooted = store.apply(rooted, Answer(parent=above, text="deeper"))
    rooted = store.apply(rooted, SetPart(cause=rooted.children(above)[0], part=Part.ROOT))
    rooted = store.apply(rooted, SetStatus(cause=above, status=Status.RULED_OUT, reason="no"))
    assert rooted.roots() == []
    assert store.to_tell() == lines[:1]
    assert asking.session.told_at is None


def test_sessions_to_tell_that_were_noticed_at_once_come_once_each(store: Store) -> None:
    for number in range(7):
        store.apply(begin(store, f"problem {number}", noticed_at=NOW), Finish())
    found: list[ToTell] = []
    while page := store.to_tell(after=found[-1] if found else None, limit=2):
        found += page
    assert [line.number for line in found] == [1, 2, 3, 4, 5, 6, 7]


def test_last_time_tells_the_nearest_and_the_latest_first(store: Store) -> None:
    def past(problem: str, cause: str, text: str, due: date | None, **facts: str) -> Tree:
        return promise(store, say(store, begin(store, problem, **facts), cause), text, due)

    past("1", "other", "elsewhere", days(-9), site="Trento", department="Line 3")
    past("2", "other", "same department", days(-9), department="Billing", site="Trento")
    past("3", "other", "same site, undated", None, site="Lyon")
    past("4", "other", "same site, late", days(-5), site="LYON")
    past("5", "other", "both", days(30), site="Lyon", department="billing")
    past("6", "old forms", "same cause", days(60))
    done = past("7", "other", "done", days(-5), site="Lyon", department="Billing")
    put(store, done, "done", Progress.DONE, days(-5))
    tree = begin(store, site="Lyon", department="Billing")
    assert [line.text for line in store.last_time(tree)] == [
        "both", "same site, late", "same site, undated", "same department",
    ]  # fmt: skip
    tree = promise(store, say(store, tree, "Old forms."), "mine")
    assert [line.text for line in store.last_time(tree)] == [
        "same cause", "both", "same site, late", "same site, undated", "same department",
    ]  # fmt: skip
    # What did not help counts, and five are enough.
    put(store, store.tree(done.session.id), "done", Progress.NOT_EFFECTIVE)
    assert [line.text for line in store.last_time(tree)] == [
        "same cause", "done", "both", "same site, late", "same site, undated",
    ]  # fmt: skip
    assert store.last_time(begin(store)) == []


def test_last_time_tells_of_what_was_done_about_a_cause_that_is_here_again(store: Store) -> None:
    tree = promise(store, say(store, begin(store), "old forms"), "a date on the pile")
    put(store, tree, "a date on the pile", Progress.DONE, days(-10))
    again = begin(store, site="Lyon")
    assert store.last_time(again) == []
    again = say(store, again, "Old forms")
    (line,) = store.last_time(again)
    assert line.standing is Progress.NOT_EFFECTIVE


def test_last_time_leaves_deleted_sessions_out(store: Store, plan: Tree) -> None:
    tree = begin(store, site="Lyon")
    assert len(store.last_time(tree)) == 5
    store.apply(plan, DeleteSession())
    assert store.last_time(tree) == []


def _told() -> Any:
    """Say that customers were told."""
    from fivewhys.models import commands

    return commands.SetFacts(facts=commands.Facts(told_at=NOW))
