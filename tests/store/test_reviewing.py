"""The review's rows on both engines: that they say what trees say, narrowed as was asked."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from statistics import median
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest

from fivewhys import examples
from fivewhys.countermeasures.clocks import clocks
from fivewhys.countermeasures.targets import Step, built_in_targets
from fivewhys.models.commands import (
    AddCountermeasure,
    Answer,
    Categorize,
    CountermeasureFacts,
    DeleteCause,
    DeleteSession,
    EditCause,
    Facts,
    SetPart,
    SetProgress,
    SetStatus,
    StartSession,
)
from fivewhys.models.past import Sameness
from fivewhys.models.plan_words import FINISHED, UNFINISHED, Means, Progress
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part, Severity, Status
from fivewhys.review import counting as rules
from fivewhys.review.counting import counts
from fivewhys.review.pareto import Basis
from fivewhys.review.period import ReviewFilter
from fivewhys.store import counting
from fivewhys.store.review_panels import Review
from fivewhys.store.reviewing import Reviewing
from fivewhys.store.store import Store

Opens = Callable[..., Store]

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TARGETS = built_in_targets()


@pytest.fixture
def store(open_store: Opens) -> Store:
    return open_store()


@pytest.fixture
def filled(store: Store) -> Store:
    """All worked examples."""
    examples.fill(store)
    return store


def trees(store: Store) -> list[Tree]:
    return [store.numbered(line.number) for line in store.library(limit=100)]


def begin(store: Store, problem: str = "customers are angry", **facts: Any) -> Tree:
    return store.start(StartSession(problem=problem, facts=Facts.model_validate(facts)))


def rooted(store: Store, text: str, **facts: Any) -> Tree:
    """A session with one answer, which is root."""
    tree = begin(store, **facts)
    tree = store.apply(tree, Answer(parent=tree.problem.id, text=text))
    key = tree.children(tree.problem.id)[0]
    return store.apply(tree, SetPart(cause=key, part=Part.ROOT, reason="Ours"))


def root_of(tree: Tree) -> Any:
    return tree.children(tree.problem.id)[0]


def asked(store: Store, **narrowed: Any) -> tuple[int, ...]:
    return tuple(store.reviewing.of(ReviewFilter(**narrowed), UTC).sessions().sessions)


# What rows say is what trees say


def test_clocks_are_those_of_each_session(filled: Store) -> None:
    every = trees(filled)
    found = filled.reviewing.of(zone=UTC).clocks(TARGETS, NOW)
    for times in found.steps:
        took = {tree.session.number: clocks(tree).took(times.step) for tree in every}
        reached = {
            number: time.total_seconds() for number, time in took.items() if time is not None
        }
        assert times.median.sessions == tuple(sorted(reached))
        assert times.median.value == median(reached.values())
        assert set(times.running.sessions) == took.keys() - reached.keys()
        late = {
            tree.session.number
            for tree in every
            if (severity := tree.session.severity)
            and (time := took[tree.session.number]) is not None
            and time > TARGETS.of(severity).to(times.step)
        }
        assert set(times.within.sessions) == late | set(times.late.sessions)
    assert [times.step for times in found.steps] == list(Step)


def test_follow_through_is_that_of_each_plan(filled: Store) -> None:
    every = [(tree, item) for tree in trees(filled) for item in tree.all_countermeasures()]
    today = NOW.date()
    found = filled.reviewing.of(zone=UTC).follow_through(today)

    def numbers(which: Callable[[Tree, Any], bool]) -> tuple[int, ...]:
        return tuple(sorted({tree.session.number for tree, item in every if which(tree, item)}))

    assert found.open.sessions == numbers(lambda _, item: item.progress in UNFINISHED)
    assert found.overdue.sessions == numbers(
        lambda _, item: item.progress in UNFINISHED and bool(item.due and item.due < today)
    )
    assert found.came_back.sessions == numbers(lambda tree, item: bool(tree.recurrences(item)))
    assert len(found.came_back.sessions) > 3
    only = filled.reviewing.of(ReviewFilter(sites=("Harwick",)), UTC).follow_through(today)
    fresh = Reviewing(filled._database).of(ReviewFilter(sites=("Harwick",)), UTC)
    assert fresh.follow_through(today) == only
    assert set(only.came_back.sessions) == {1, 8, 14}
    assert found.effective.sessions == numbers(
        lambda tree, item: tree.standing(item) is Progress.EFFECTIVE
    )
    assert found.effective.of == sum(item.progress in FINISHED for _, item in every)
    decided = [item for _, item in every if item.means and item.progress is not Progress.REJECTED]
    assert 0 < sum(one.figure.of for one in found.mix) / 3 <= len(decided)


def test_counts_are_those_of_each_tree(filled: Store) -> None:
    assert filled.reviewing.count_changed() == len(examples.records())
    together = filled.reviewing.of(zone=UTC).quality()
    every = [counts(tree) for tree in trees(filled)]
    assert (together.looked_at, together.of) == (len(every), len(every))
    assert together.together.evidence.of == sum(one.roots for one in every)
    assert together.together.depth.value == median(one.depth for one in every if one.depth)


def test_shared_roots_are_those_that_people_decided_on(filled: Store) -> None:
    found = filled.reviewing.of(zone=UTC).pareto()
    shared = {
        tree.session.number
        for tree in trees(filled)
        for root in tree.roots()
        if any(again.is_root for again in filled.shared(tree).get(root.id, ()))
    }
    assert set(found.recurring.sessions) == shared
    assert all(bar.text for bar in found.bars)
    assert (found.line, found.total) == (4, 13)


# What does not count


def test_what_was_ruled_out_or_deleted_does_not_count(store: Store) -> None:
    for number in range(3):
        rooted(store, "The form is old", site=f"Site {number}")
    gone = rooted(store, "the form is old!")
    store.apply(gone, DeleteSession())
    out = rooted(store, "The form is OLD")
    reason = "It was not so"
    store.apply(out, SetStatus(cause=root_of(out), status=Status.RULED_OUT, reason=reason))
    under = begin(store)
    under = store.apply(under, Answer(parent=under.problem.id, text="Somebody had it"))
    top = root_of(under)
    under = store.apply(under, Answer(parent=top, text="The form is old"))
    below = under.children(top)[0]
    under = store.apply(under, SetPart(cause=below, part=Part.ROOT, reason="Ours"))
    store.apply(under, SetStatus(cause=top, status=Status.RULED_OUT, reason=reason))
    review = store.reviewing.of(zone=UTC)
    (bar,) = review.pareto().bars
    assert (bar.sessions, bar.everywhere, bar.text) == ((1, 2, 3), 3, "The form is old")
    assert review.sessions().sessions == (1, 2, 3, 5, 6)


def test_decisions_count_at_once(store: Store) -> None:
    one, other = rooted(store, "The form is old"), rooted(store, "Nobody orders the forms")
    assert store.reviewing.of().pareto().bars == ()
    store.decide(root_of(one), root_of(other), Sameness.SAME)
    assert [bar.sessions for bar in store.reviewing.of().pareto().bars] == [(1, 2)]
    store.take_back_decision()
    assert store.reviewing.of().pareto().bars == ()


def test_suggestions_are_told_apart(store: Store) -> None:
    one, other = rooted(store, "The form is old"), rooted(store, "Nobody orders the forms")
    review = store.reviewing.of()
    alike = [{root_of(one).bytes, root_of(other).bytes}]
    (bar,) = review.pareto(suggested=alike).bars
    assert (bar.is_confirmed, bar.parts, bar.decided) == (False, 2, 1)
    assert review.pareto().bars == ()
    store.decide(root_of(one), root_of(other), Sameness.SAME)
    (bar,) = store.reviewing.of().pareto(suggested=alike).bars
    assert (bar.is_confirmed, bar.parts, bar.decided) == (True, 1, 2)


def test_a_repeat_after_a_fix(store: Store) -> None:
    first = rooted(store, "The form is old", noticed_at=datetime(2026, 1, 10, tzinfo=UTC))
    key = root_of(first)
    first = store.apply(first, AddCountermeasure(cause=key, text="A new form"))
    fix = first.countermeasures(key)[0]
    done = SetProgress(countermeasure=fix.id, progress=Progress.DONE, on=date(2026, 2, 1))
    store.apply(first, done)
    rooted(store, "the form is OLD", noticed_at=datetime(2026, 1, 20, tzinfo=UTC))
    rooted(store, "the form is OLD", noticed_at=datetime(2026, 3, 5, tzinfo=UTC))
    found = store.reviewing.of(zone=UTC).trend()
    assert (found.repeats.sessions, found.after_fix.sessions) == ((2, 3), (3,))
    follow = store.reviewing.of(zone=UTC).follow_through(date(2026, 4, 1))
    assert follow.came_back.sessions == (1,)


def test_a_cause_on_the_way_can_come_back_too(store: Store) -> None:
    first = rooted(store, "The form is old", noticed_at=datetime(2026, 1, 10, tzinfo=UTC))
    first = store.apply(first, AddCountermeasure(cause=root_of(first), text="A new form"))
    fix = first.countermeasures(root_of(first))[0]
    done = SetProgress(countermeasure=fix.id, progress=Progress.DONE, on=date(2026, 2, 1))
    store.apply(first, done)
    later = begin(store, noticed_at=datetime(2026, 3, 1, tzinfo=UTC))
    store.apply(later, Answer(parent=later.problem.id, text="The form is old"))
    assert store.numbered(1).recurrences(fix) == []
    review = store.reviewing.of(zone=UTC)
    assert review.follow_through(date(2026, 4, 1)).came_back.sessions == (1,)


# What is asked about


def test_places_are_asked_for_whatever_their_capitals(store: Store) -> None:
    begin(store, site="Ärger", region="Nord", department="Bar", channel="phone")
    begin(store, site="ÄRGER", department="Spa")
    begin(store, site="Lyon")
    begin(store)
    assert asked(store) == (1, 2, 3, 4)
    assert asked(store, sites=("ärger",)) == (1, 2)
    assert asked(store, sites=("lyon", "")) == (3, 4)
    assert asked(store, sites=("nowhere",)) == ()
    assert asked(store, regions=("NORD",)) == (1,)
    assert asked(store, departments=("bar", "spa")) == (1, 2)
    assert asked(store, channels=("Phone",)) == (1,)
    assert asked(store, sites=("ärger",), departments=("spa",)) == (2,)


def test_severity_and_facilitator(store: Store) -> None:
    begin(store, severity=Severity.MINOR, facilitator="Bo")
    begin(store, severity=Severity.MAJOR)
    begin(store)
    assert asked(store, severities=(Severity.MINOR,)) == (1,)
    assert asked(store, severities=(None, Severity.MAJOR)) == (2, 3)
    assert asked(store, facilitators=("bo",)) == (1,)


def test_owners_and_categories(store: Store) -> None:
    tree = rooted(store, "The form is old")
    facts = CountermeasureFacts(owner="Bo")
    tree = store.apply(tree, AddCountermeasure(cause=root_of(tree), text="A form", facts=facts))
    store.apply(
        tree, Categorize(cause=root_of(tree), lens="customer-behaviour", category="rudeness")
    )
    begin(store)
    assert asked(store, owners=("bo",)) == (1,)
    assert asked(store, categories=(("customer-behaviour", "rudeness"),)) == (1,)
    assert asked(store, categories=(("customer-behaviour", "ignoring"),)) == ()
    plan = tree.countermeasures(root_of(tree))[0]
    no = SetProgress(countermeasure=plan.id, progress=Progress.REJECTED, reason="Too weak")
    store.apply(tree, no)
    assert asked(store, owners=("bo",)) == ()


def test_words_stand_in_the_problem_the_place_or_the_name(store: Store) -> None:
    begin(store, "Soup is cold", site="Lyon")
    begin(store, "Tills are slow")
    assert asked(store, text="soup") == (1,)
    assert asked(store, text="cold LYON") == (1,)
    assert asked(store, text="S-2") == (2,)
    assert asked(store, text="cold tills") == ()
    assert asked(store, text=" ") == (1, 2)


def test_a_period_has_the_days_of_the_persons_calendar(store: Store) -> None:
    begin(store, noticed_at=datetime(2026, 3, 31, 22, 30, tzinfo=UTC))
    assert asked(store, since=date(2026, 3, 31), until=date(2026, 3, 31)) == (1,)
    assert asked(store, since=date(2026, 4, 1)) == ()
    there = ZoneInfo("Europe/Berlin")
    april = ReviewFilter(since=date(2026, 4, 1))
    assert store.reviewing.of(april, there).sessions().sessions == (1,)
    assert [month.first_day for month in store.reviewing.of(april, there).trend().months] == [
        date(2026, 4, 1)
    ]


def test_a_site_is_held_against_its_region_whatever_is_asked_about(filled: Store) -> None:
    whole = filled.reviewing.of(zone=UTC).heat()
    only = filled.reviewing.of(ReviewFilter(sites=("harwick",)), UTC).heat()
    (line,) = only.lines
    same = next(one for one in whole.lines if one.site == "Harwick")
    assert (line.total, line.average, line.sites) == (same.total, same.average, same.sites)
    lens = filled.reviewing.of(zone=UTC).heat_of_lens(columns=["rudeness", "ignoring"])
    assert lens.columns[:2] == ("rudeness", "ignoring")
    assert sum(row.cells[1].figure.of for row in lens.lines) == 5


def every_panel(review: Review) -> None:
    """Ask for all there is, twice: what was kept says the same."""
    for basis in Basis:
        assert review.pareto(basis) == review.pareto(basis)
    assert review.wounds() == review.wounds()
    assert review.heat() == review.heat()
    assert review.heat_of_lens() == review.heat_of_lens()
    assert review.trend() == review.trend()
    assert review.clocks(TARGETS, NOW) == review.clocks(TARGETS, NOW)
    assert review.follow_through(NOW.date()) == review.follow_through(NOW.date())
    assert review.quality() == review.quality()


def test_empty_histories_and_single_sessions_are_no_trouble(store: Store) -> None:
    every_panel(store.reviewing.of())
    begin(store)
    store.reviewing.count_changed()
    every_panel(store.reviewing.of())
    every_panel(store.reviewing.of(ReviewFilter(sites=("nowhere",))))
    every_panel(store.reviewing.of(ReviewFilter(since=date.min, until=date.max)))


def test_lines_of_what_stands_behind_a_figure(filled: Store) -> None:
    lines = filled.reviewing.lines((1, 5, 9, 999), limit=3)
    assert [line.number for line in lines] == [9, 5]


# Counting


def test_only_what_changed_is_counted_anew(store: Store) -> None:
    trees = [rooted(store, f"The form is {word}") for word in ("old", "new")]
    assert store.reviewing.count_changed() == 2
    assert store.reviewing.count_changed() == 0
    tree = store.apply(trees[0], EditCause(cause=root_of(trees[0]), text="The clerk was careless"))
    before = store.reviewing.of().quality()
    assert (before.looked_at, before.of, before.together.blame.text) == (1, 2, "0 of 1")
    assert store.reviewing.count_changed() == 1
    assert store.reviewing.of().quality().together.blame.text == "1 of 2"
    store.undo(tree)
    assert store.reviewing.count_changed() == 1
    assert store.reviewing.of().quality().together.blame.text == "0 of 2"


def test_new_rules_count_everything_anew(store: Store) -> None:
    begin(store)
    store.reviewing.count_changed()
    with patch.object(rules, "RULES", "later"):
        assert store.reviewing.of().quality().looked_at == 0
        assert store.reviewing.count_changed() == 1
        assert store.reviewing.count_changed() == 0


class Stopped(Exception):
    pass


def test_whoever_stops_keeps_what_was_counted(store: Store) -> None:
    for _ in range(3):
        begin(store)
    told: list[tuple[int, int]] = []

    def progress(done: int, of: int) -> None:
        told.append((done, of))
        if done == 2:
            raise Stopped

    with patch.object(counting, "AT_A_TIME", 1):
        with pytest.raises(Stopped):
            store.reviewing.count_changed(progress)
        assert told == [(0, 3), (1, 3), (2, 3)]
        assert store.reviewing.of().quality().looked_at == 2
        assert store.reviewing.count_changed(lambda done, of: told.append((done, of))) == 1
    assert told[3:] == [(0, 1), (1, 1)]


def test_deleted_and_purged_sessions_are_not_counted(store: Store) -> None:
    tree = begin(store)
    store.reviewing.count_changed()
    store.apply(tree, DeleteSession())
    assert store.reviewing.count_changed() == 0
    found = store.reviewing.of().quality()
    assert (found.looked_at, found.of) == (0, 0)
    store.purge_deleted()
    assert store.reviewing.count_changed() == 0
    assert store.reviewing.of().sessions().sessions == ()


def test_what_is_deleted_in_a_session_is_gone_from_its_panels(store: Store) -> None:
    first = rooted(store, "The form is old")
    rooted(store, "The form is old")
    facts = CountermeasureFacts(means=Means.TRAINING)
    first = store.apply(
        first, AddCountermeasure(cause=root_of(first), text="Train them", facts=facts)
    )
    assert store.reviewing.of().follow_through(NOW.date()).weak_only.text == "1 of 1"
    store.apply(first, DeleteCause(cause=root_of(first)))
    review = store.reviewing.of()
    assert review.follow_through(NOW.date()).open.text == "0"
    assert review.pareto().bars == ()
