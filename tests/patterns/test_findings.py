"""What the causal map tells, worked out by hand on six sessions and checked on histories at random.

On the six: F leads to all of S-1, S-2 and S-3, and R to F and, by N and Q, to S-4 and S-5.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import combinations, pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivewhys.models.past import Decision, PastCause, Sameness
from fivewhys.models.plan_words import CountermeasureKind, Progress
from fivewhys.models.weighing import WEIGHTS
from fivewhys.models.words import Kind, Severity, Status
from fivewhys.patterns.findings.back import came_back
from fivewhys.patterns.findings.contradicted import contradicted
from fivewhys.patterns.findings.cover import cover
from fivewhys.patterns.findings.deeper import dug_deeper
from fivewhys.patterns.findings.everything import all_findings
from fivewhys.patterns.findings.loops import MOST_LOOPS, loops
from fivewhys.patterns.findings.reach import reach
from fivewhys.patterns.findings.scope import Scope
from fivewhys.patterns.findings.shared import shared_roots
from fivewhys.patterns.findings.sightings import core_of, sightings, tried
from fivewhys.patterns.findings.values import Outcome, Sighting
from fivewhys.patterns.findings.weights import weight
from fivewhys.patterns.overlay import Map, causal_map, causes_of, ground
from tests.patterns.six_sessions import History, keys, six_map
from tests.patterns.test_causal_map import histories, wide
from tests.work import work

DAY = date(2026, 1, 1)

FORMS = "The new forms were not ordered"
RULE = "No rule says who orders when a post is empty"
CALLS = "Nobody rings them back"
AGAIN = "The same people ring again and again"
LABEL = "The label could not be read"


def told(seen: tuple[Sighting, ...]) -> list[tuple[str, bool]]:
    return [(one.session.name, one.is_confirmed) for one in seen]


def test_shared_roots_say_where_and_since_when() -> None:
    rule, forms = shared_roots(six_map())
    assert (forms.text, rule.text) == (FORMS, RULE)
    assert told(forms.roots) == [("S-1", True), ("S-2", True)]
    assert told(forms.others) == [("S-3", False)]
    assert forms.sites == ("Lyon", "Turin")
    assert (forms.first, forms.last) == (date(2026, 1, 12), date(2026, 3, 3))
    assert forms.weight == WEIGHTS[Severity.MINOR] + WEIGHTS[Severity.MODERATE]
    assert forms.is_confirmed
    assert told(rule.roots) == [("S-3", True), ("S-5", False)]
    assert not rule.is_confirmed
    assert rule.others == ()


def test_shared_roots_say_what_was_done_and_whether_it_held() -> None:
    rule, forms = shared_roots(six_map())
    (order,) = forms.tried
    assert (order.deed.text, order.outcome) == ("Order the forms in November", Outcome.CAME_BACK)
    assert order.back is not None
    assert (order.back.session.name, order.back.is_confirmed, order.days) == ("S-2", True, 30)
    (deputy,) = rule.tried
    assert (deputy.outcome, deputy.back, deputy.days) == (Outcome.NOT_DONE, None, None)


@pytest.mark.parametrize(
    ("progress", "done_on", "outcome"),
    [
        (Progress.IN_PROGRESS, None, Outcome.NOT_DONE),
        (Progress.REJECTED, None, Outcome.REJECTED),
        (Progress.DONE, None, Outcome.DONE),
        (Progress.DONE, DAY + timedelta(days=20), Outcome.HELD),
        (Progress.EFFECTIVE, DAY + timedelta(days=20), Outcome.EFFECTIVE),
        (Progress.NOT_EFFECTIVE, DAY + timedelta(days=20), Outcome.NOT_EFFECTIVE),
        (Progress.EFFECTIVE, DAY, Outcome.CAME_BACK),
        (Progress.IDEA, DAY, Outcome.NOT_DONE),
    ],
)
def test_what_came_of_a_countermeasure(
    progress: Progress, done_on: date | None, outcome: Outcome
) -> None:
    history = History()
    first = history.why(history.session("Angry", DAY), "Late", root=True)
    second = history.why(history.session("Angry", DAY + timedelta(days=9)), "So late", root=True)
    history.deed(first, "Be early", done_on, progress)
    (found,) = shared_roots(causal_map(history.past(), [keys(first, second)]))
    assert [one.outcome for one in found.tried] == [outcome]


def test_a_shared_root_goes_by_the_words_of_those_who_called_it_root() -> None:
    history = History()
    early = history.why(history.session("Angry", DAY), "It is late")
    first = history.why(history.session("Lost", DAY), "Nobody keeps the time", root=True)
    second = history.why(history.session("Gone", DAY), "Time is not kept", root=True)
    (found,) = shared_roots(causal_map(history.past(), [keys(early, first, second)]))
    assert (found.key, found.text) == (str(early.id), "Nobody keeps the time")


def test_a_session_with_two_wordings_is_one_session() -> None:
    history = History()
    problem = history.session("Angry", DAY)
    first, second = history.why(problem, "Late"), history.why(problem, "Too late", root=True)
    graph = causal_map(history.past(), [keys(first, second)])
    assert shared_roots(graph) == []
    third = history.why(history.session("Angry again", DAY), "Very late", root=True)
    graph = causal_map(history.past(), [keys(first, second, third)])
    (found,) = shared_roots(graph)
    assert [seen.cause.text for seen in found.roots] == ["Too late", "Very late"]


def test_reach_counts_distinct_problems_and_weighs_them() -> None:
    found = {one.text: one for one in reach(six_map())}
    problems = {text: [session.name for session in one.problems] for text, one in found.items()}
    assert problems[RULE] == ["S-1", "S-2", "S-3", "S-4", "S-5"]
    assert problems[FORMS] == ["S-1", "S-2", "S-3"]
    assert problems["The price form is last year's"] == ["S-1", "S-2"]
    assert problems["They are overcharged for this book"] == ["S-1"]
    assert problems[CALLS] == problems[AGAIN] == ["S-4", "S-5"]
    assert problems[LABEL] == ["S-6"]
    assert found[RULE].weight == 1 + 3 + 9 + 1 + 3
    assert [one.text for one in reach(six_map(), most=3)] == [LABEL, RULE, FORMS]
    assert not found["The price form is last year's"].is_root


def test_reach_tells_what_is_confirmed() -> None:
    found = {one.text: one for one in reach(six_map())}
    assert (found[FORMS].confirmed, found[FORMS].is_confirmed) == (2, False)
    assert (found[RULE].confirmed, found[RULE].is_confirmed) == (1, False)
    assert (found[CALLS].confirmed, found[CALLS].is_confirmed) == (2, True)
    sure = {one.text: one for one in reach(six_map(), Scope(confirmed_only=True))}
    assert len(sure[FORMS].problems) == 2
    assert all(one.is_confirmed for one in sure.values())


def test_what_only_passes_on_is_told_from_what_joins() -> None:
    found = {one.text: one.joins for one in reach(six_map())}
    assert found[FORMS]
    assert found["The price form is last year's"]
    assert not found["The post that orders was empty"]


def test_the_few_that_cover_most() -> None:
    found = cover(six_map(), 1.0)
    assert [(step.text, step.gain, step.reached) for step in found.steps] == [
        (RULE, 5, 5),
        (LABEL, 1, 6),
    ]
    assert [step.is_confirmed for step in found.steps] == [False, True]
    assert (found.problems, found.share, found.is_confirmed) == (6, 1.0, False)
    enough = cover(six_map())
    assert [step.text for step in enough.steps] == [RULE]
    assert enough.share == pytest.approx(5 / 6)


def test_of_causes_that_reach_the_same_the_root_is_named_and_then_the_deeper() -> None:
    history = History()
    cause = history.session("Angry", DAY)
    for text, root in [("Direct", False), ("Middle", True), ("Deep", False)]:
        cause = history.why(cause, text, root=root)
    assert [step.text for step in cover(causal_map(history.past())).steps] == ["Middle"]
    other = history.session("Lost", DAY)
    history.why(history.why(other, "Shallow"), "Deeper")
    assert [step.text for step in cover(causal_map(history.past()), 1).steps] == [
        "Middle",
        "Deeper",
    ]


def test_problems_without_a_cause_do_not_count() -> None:
    history = History()
    history.session("Angry", DAY)
    graph = causal_map(history.past())
    assert cover(graph).problems == 0
    assert cover(graph).share == 0
    assert reach(graph) == []


def test_a_share_is_a_part_of_all() -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        cover(six_map(), 80)


def test_someone_dug_deeper() -> None:
    calls, forms = sorted(dug_deeper(six_map()), key=lambda one: not one.is_confirmed)
    assert (calls.text, forms.text) == (CALLS, FORMS)
    assert told(calls.roots) == [("S-4", True)]
    (asked_on,) = calls.deeper
    assert asked_on.seen.session.name == "S-5"
    assert asked_on.chains == (
        ("The lines are full of people who call once more", "Nobody stands in for a vacant post"),
    )
    assert asked_on.levels == 2
    assert told(forms.roots) == [("S-1", True), ("S-2", True)]
    assert forms.deeper[0].chains == (("The post that orders was empty", RULE),)
    assert not forms.is_confirmed


def test_a_chain_that_comes_back_to_the_same_cause_is_no_deeper() -> None:
    history = History()
    limit = history.why(history.session("Angry", DAY), "The limit is old", root=True)
    slow = history.why(history.session("Slow", DAY), "Nobody looks at the limit", root=True)
    again = history.why(
        history.why(slow, "The desk asks for it"), "The sum is from 2009", root=True
    )
    graph = causal_map(history.past(), [keys(limit, slow, again)])
    assert dug_deeper(graph) == []
    history.why(again, "No calendar has its date")
    (found,) = dug_deeper(causal_map(history.past(), [keys(limit, slow, again)]))
    assert [one.session.name for one in found.roots] == ["S-1"]
    assert found.deeper[0].chains == (("No calendar has its date",),)


def test_a_root_with_causes_in_its_own_session_did_not_stop_there() -> None:
    history = History()
    first = history.why(history.session("Angry", DAY), "Late", root=True)
    second = history.why(history.session("Lost", DAY), "So late", root=True)
    history.why(first, "The clock is slow")
    history.why(second, "Nobody winds the clock")
    assert dug_deeper(causal_map(history.past(), [keys(first, second)])) == []


def test_loops_across_sessions() -> None:
    (found,) = loops(six_map())
    assert {link.text for link in found.links} == {CALLS, AGAIN}
    assert {link.text: [one.name for one in link.sessions] for link in found.links} == {
        CALLS: ["S-4"],
        AGAIN: ["S-5"],
    }
    assert [link.effect for link in found.links] == [found.links[1].text, found.links[0].text]
    assert found.is_confirmed
    assert [session.name for session in found.sessions] == ["S-4", "S-5"]


def ring(history: History, size: int, start: date = DAY) -> list[set[str]]:
    """A loop of `size` causes, each link of which another session says."""
    pairs = []
    for place in range(size):
        above = history.why(history.session(f"Problem {place}", start), f"Effect {place}")
        pairs.append((above, history.why(above, f"Cause {place}")))
    return [keys(pairs[place][1], pairs[(place + 1) % size][0]) for place in range(size)]


def test_a_loop_of_suggestions_is_suggested() -> None:
    history = History()
    groups = ring(history, 3)
    (found,) = loops(causal_map(history.past(), groups))
    assert (len(found.links), found.is_confirmed) == (3, False)
    assert not loops(causal_map(history.past(), groups), Scope(confirmed_only=True))
    (sure,) = loops(causal_map(history.past(), groups, groups))
    assert sure.is_confirmed
    (half,) = loops(causal_map(history.past(), groups, groups[:2]))
    assert not half.is_confirmed


def test_a_loop_that_one_session_shows_is_not_across_sessions() -> None:
    history = History()
    first = history.why(history.session("Angry", DAY), "Late")
    middle = history.why(first, "In a hurry")
    again = history.why(middle, "Late again")
    groups = [keys(first, again)]
    assert loops(causal_map(history.past(), groups)) == []
    other = history.why(history.session("Lost", DAY), "Haste")
    longer = history.why(history.why(other, "No time"), "Delays")
    groups = [keys(first, again, longer), keys(middle, other)]
    (found,) = loops(causal_map(history.past(), groups))
    assert len(found.links) == 3


def test_many_loops_of_one_tangle_are_cut_to_the_shortest() -> None:
    history = History()
    groups: list[set[str]] = [set() for _ in range(12)]
    for a, b in [pair for one in combinations(range(12), 2) for pair in (one, one[::-1])]:
        above = history.why(history.session("Angry", DAY), f"Effect {a}")
        groups[a] |= keys(above)
        groups[b] |= keys(history.why(above, f"Cause {b}"))
    graph = causal_map(history.past(), groups)
    found = loops(graph)
    assert [len(one.links) for one in found] == [2] * MOST_LOOPS
    assert work(lambda: loops(graph)) < 100_000


def test_came_back_after_the_fix() -> None:
    (found,) = came_back(six_map())
    assert (found.tried.deed.text, found.on.session.name) == ("Order the forms in November", "S-1")
    assert told(found.again) == [("S-2", True), ("S-3", False)]
    assert (found.days, found.is_confirmed) == (30, True)


def test_a_cause_that_came_back_by_suggestion_alone_is_suggested() -> None:
    history = History()
    first = history.why(history.session("Angry", DAY), "Late")
    second = history.why(history.session("Lost", DAY + timedelta(days=5)), "So late")
    history.deed(first, "Be early", DAY)
    (found,) = came_back(causal_map(history.past(), [keys(first, second)]))
    assert (found.days, found.is_confirmed) == (5, False)
    assert (
        came_back(causal_map(history.past(), [keys(first, second)]), Scope(roots_only=True)) == []
    )


def test_a_cause_does_not_come_back_after_customers_were_told() -> None:
    history = History()
    first = history.why(history.session("Angry", DAY), "Late")
    second = history.why(history.session("Lost", DAY + timedelta(days=5)), "So late")
    history.deed(first, "Write to all", DAY, kind=CountermeasureKind.ACKNOWLEDGE)
    graph = causal_map(history.past(), [keys(first, second)])
    assert came_back(graph) == []
    assert [one.outcome for one in tried(graph, str(first.id))] == [Outcome.TOLD]


def test_what_was_found_on_the_day_of_the_fix_has_not_come_back() -> None:
    history = History()
    first = history.why(history.session("Angry", DAY), "Late")
    second = history.why(history.session("Lost", DAY), "So late")
    history.deed(first, "Be early", DAY)
    assert came_back(causal_map(history.past(), [keys(first, second)])) == []


def test_a_site_is_asked_about_and_all_that_is_known_elsewhere_is_told() -> None:
    here = Scope(site="turin")
    assert [one.text for one in shared_roots(six_map(), here)] == [RULE, FORMS]
    assert shared_roots(six_map(), Scope(site="Ghent")) == []
    assert [s.name for s in reach(six_map(), here)[0].problems] == ["S-2", "S-5"]
    assert cover(six_map(), 1.0, here).problems == 2
    assert [one.text for one in dug_deeper(six_map(), here)] == [FORMS]
    assert len(loops(six_map(), Scope(site="Ghent"))) == 1
    assert loops(six_map(), Scope(site="Lyon")) == []
    assert len(came_back(six_map(), here)) == 1


def test_a_day_is_asked_about_and_what_was_before_is_told() -> None:
    late = Scope(since=date(2026, 4, 1))
    (found,) = came_back(six_map(), late)
    assert told(found.again) == [("S-2", True), ("S-3", False)]
    assert [one.text for one in shared_roots(six_map(), late)] == [RULE]
    assert came_back(six_map(), Scope(since=date(2026, 5, 1))) == []
    assert [s.name for s in reach(six_map(), late)[1].problems] == ["S-3", "S-4", "S-5"]


def test_only_roots_are_asked_about() -> None:
    roots = Scope(roots_only=True)
    assert {one.text for one in reach(six_map(), roots)} == {FORMS, RULE, CALLS, LABEL}
    assert cover(six_map(), 1.0, roots).is_roots_only
    assert len(loops(six_map(), roots)) == 1


def test_only_what_is_confirmed_is_asked_about() -> None:
    found = all_findings(six_map(), Scope(confirmed_only=True))
    assert [one.text for one in found.shared_roots] == [FORMS]
    assert found.shared_roots[0].others == ()
    assert [one.text for one in found.dug_deeper] == [CALLS]
    assert told(found.came_back[0].again) == [("S-2", True)]
    assert len(found.loops) == 1
    assert found.cover.is_confirmed
    for some in (found.shared_roots, found.dug_deeper, found.came_back, found.loops, found.reach):
        assert all(one.is_confirmed for one in some)


@given(histories(), st.data())
def test_what_came_back_is_what_was_seen_afterwards(
    drawn: tuple[History, list[set[str]], list[set[str]]], data: st.DataObject
) -> None:
    history, groups, confirmed = drawn
    days = st.integers(0, 5).map(lambda number: DAY + timedelta(days=number))
    for at, session in enumerate(history.sessions):
        history.sessions[at] = replace(session, on=data.draw(days))
    for cause in data.draw(st.lists(st.sampled_from(history.causes), max_size=6)):
        history.deed(cause, "a rule", data.draw(days))
    graph = causal_map(history.past(), groups, confirmed)
    base = ground(graph)
    place_of = {cause.id: place for place, cause in enumerate(base.live)}
    expected = {}
    for deed in history.deeds:
        place = place_of.get(deed.cause_id)
        if place is None or base.live[place].parent_id is None or deed.done_on is None:
            continue
        key = str(deed.cause_id)
        expected[deed.id] = [
            (one.session.name, base.is_same(place, place_of[one.cause.id]))
            for one in sightings(graph, base.merged.get(key, key))
            if one.session.on > deed.done_on and one.session != base.session_at(place)
        ]
    found = {one.tried.deed.id: told(one.again) for one in came_back(graph)}
    assert found == {key: again for key, again in expected.items() if again}


def contrary() -> tuple[History, tuple[Decision, ...]]:
    """Of three causes, the first is the second, the second the third, and not the first."""
    history = History()
    causes = [
        history.why(history.session(f"Problem {place}", DAY, site), f"Cause {place}")
        for place, site in enumerate(["Lyon", "Turin", "Ghent"])
    ]
    one, two, three = (cause.id for cause in causes)
    said = [(one, two, Sameness.SAME), (two, three, Sameness.SAME)]
    said += [(one, three, Sameness.DIFFERENT)]
    return history, tuple(
        Decision(UUID(int=place), a, b, sameness, "Ines", datetime(2026, 5, place + 1, tzinfo=UTC))
        for place, (a, b, sameness) in enumerate(said)
    )


def test_contradictions_are_told_with_what_was_said() -> None:
    history, decisions = contrary()
    graph = causal_map(history.past(), (), [keys(*history.causes[1:4:2])], decisions)
    for scope in (Scope(), Scope(site="Ghent"), Scope(confirmed_only=True)):
        (found,) = all_findings(graph, scope).contradicted
        assert found.text == "Cause 0"
        told = [(one.one.cause.text, one.other.cause.text, one.sameness) for one in found.said]
        assert told == [
            ("Cause 0", "Cause 1", Sameness.SAME),
            ("Cause 1", "Cause 2", Sameness.SAME),
            ("Cause 0", "Cause 2", Sameness.DIFFERENT),
        ]
        assert [one.other.is_confirmed for one in found.said] == [True, False, False]
    assert not contradicted(graph, Scope(site="Kyiv"))
    assert not contradicted(causal_map(history.past(), (), (), decisions[1:]))
    gone = replace(history.causes[3], status=Status.RULED_OUT)
    history.causes[3] = gone
    assert not contradicted(causal_map(history.past(), (), (), decisions))


def test_all_findings_at_once() -> None:
    graph = six_map()
    found = all_findings(graph)
    assert list(found.shared_roots) == shared_roots(graph)
    assert list(found.reach) == reach(graph)
    assert found.cover == cover(graph)
    assert list(found.dug_deeper) == dug_deeper(graph)
    assert list(found.loops) == loops(graph)
    assert list(found.came_back) == came_back(graph)
    assert (len(found.sessions), found.causes) == (6, 15)
    assert not found.is_empty
    assert all_findings(causal_map(History().past())).is_empty


def problems_down(graph: Map, node: str, *, guesses: int = 1) -> set[UUID]:
    """The sessions whose problems a walker comes to that may take so many suggestions as true."""
    base = ground(graph)
    effects: dict[UUID, PastCause] = {}
    by_id = {cause.id: cause for cause in base.live}
    place_of = {cause.id: place for place, cause in enumerate(base.live)}
    for cause in base.live:
        if cause.parent_id is not None:
            effects[cause.id] = by_id[cause.parent_id]
    waiting = [(core_of(graph, node), guesses)]
    passed = set(waiting)
    while waiting:
        here, left = waiting.pop()
        after = [(effects[here.id], left)] if here.id in effects else []
        for other in causes_of(graph, base.merged.get(str(here.id), str(here.id))):
            if base.is_same(place_of[here.id], place_of[other.id]):
                after.append((other, left))
            elif left:
                after.append((other, left - 1))
        waiting += [step for step in after if step not in passed]
        passed.update(after)
    return {cause.session_id for cause, _ in passed if cause.kind is Kind.PROBLEM}


def test_one_suggestion_is_followed_and_not_two() -> None:
    history = History()
    last, middle, first = (history.session(f"Problem {place}", DAY) for place in range(3))
    old = history.why(last, "The forms are old")
    forms = history.why(middle, "Old forms are used")
    nobody = history.why(forms, "Nobody orders them")
    order = history.why(first, "No order went out")
    rule = history.why(order, "There is no rule")
    groups = [keys(old, forms), keys(nobody, order)]

    def reached(*confirmed: set[str]) -> dict[str, int]:
        graph = causal_map(history.past(), groups, confirmed)
        return {one.text: len(one.problems) for one in reach(graph)}

    assert reached()[rule.text] == 2
    assert reached(groups[1])[rule.text] == 3
    assert reached(*groups)[rule.text] == 3


@given(histories())
def test_reach_is_what_walking_the_map_gives(
    drawn: tuple[History, list[set[str]], list[set[str]]],
) -> None:
    history, groups, confirmed = drawn
    graph = causal_map(history.past(), groups, confirmed)
    found = reach(graph)
    causes = {key for key in graph if graph.nodes[key]["kind"] is Kind.CAUSE}
    assert {one.key for one in found} == causes
    for one in found:
        assert {session.id for session in one.problems} == problems_down(graph, one.key)
        assert one.weight == sum(map(weight, one.problems))
        assert one.confirmed == len(problems_down(graph, one.key, guesses=0))
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)


@given(histories())
def test_the_few_cover_what_they_say(
    drawn: tuple[History, list[set[str]], list[set[str]]],
) -> None:
    history, groups, confirmed = drawn
    graph = causal_map(history.past(), groups, confirmed)
    found = cover(graph, 1.0)
    covered: set[UUID] = set()
    causes = [key for key in graph if graph.nodes[key]["kind"] is Kind.CAUSE]
    for step in found.steps:
        gains = {key: len(problems_down(graph, key) - covered) for key in causes}
        assert step.gain == max(gains.values()) == gains[step.key]
        covered |= problems_down(graph, step.key)
        assert step.reached == len(covered)
    assert len(covered) == found.problems


@given(histories())
def test_every_loop_is_one_and_no_session_shows_it(
    drawn: tuple[History, list[set[str]], list[set[str]]],
) -> None:
    history, groups, confirmed = drawn
    graph = causal_map(history.past(), groups, confirmed)
    for found in loops(graph):
        way = [link.key for link in found.links]
        assert len(set(way)) == len(way)
        assert all(graph.has_edge(*edge) for edge in pairwise([*way, way[0]]))
        assert not set.intersection(*(set(link.sessions) for link in found.links))
    if all(graph.nodes[key]["is_confirmed"] for key in graph):
        assert all(found.is_confirmed for found in loops(graph))


def test_the_same_history_gives_the_same_findings() -> None:
    assert all_findings(six_map()) == all_findings(six_map())
    scope = replace(Scope(), site="Lyon")
    assert all_findings(six_map(), scope) == all_findings(six_map(), scope)


def test_ten_times_the_history_is_about_ten_times_the_work() -> None:
    costs = []
    for sessions in (100, 1000):
        past, groups = wide(sessions)
        graph = causal_map(past, groups, groups[::2])
        costs.append(work(partial(all_findings, graph)))
    assert costs[1] < 15 * costs[0]
