"""Which causes are the same: as the rule of the whole program says, and quicker."""

from datetime import date, timedelta
from uuid import UUID

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fivewhys.models.same import components
from fivewhys.review.figure import DAY
from fivewhys.review.period import days_since_1970
from fivewhys.review.rows import Linked
from fivewhys.review.shared import Sameness
from tests.review.by_columns import Together, came_back, sessions_of
from tests.review.plain.rows import FixRow, FoundRow
from tests.review.plain.shared import Sameness as PlainSameness
from tests.review.rows import at, fix, key, linked, root

FORM = "The form is old"


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[FoundRow], Linked]:
    """Causes in few words, of few sessions on few days, and decisions on some of them."""
    rows = [
        FoundRow(key(number).bytes, session, at("2026-03-01") + 40_000 * session, words)
        for number, (session, words) in enumerate(
            draw(
                st.lists(st.tuples(st.integers(1, 6), st.integers(0, 3)), min_size=2, max_size=14)
            ),
            1,
        )
    ]
    one = st.integers(1, len(rows))
    pairs = st.lists(st.tuples(one, one).filter(lambda pair: pair[0] != pair[1]), max_size=4)
    return rows, linked(rows, draw(pairs), draw(pairs))


@given(histories())
def test_it_is_the_rule_of_the_whole_program(history: tuple[list[FoundRow], Linked]) -> None:
    rows, known = history
    words = {UUID(bytes=row.key): row.words for row in rows}
    same = [(UUID(bytes=a), UUID(bytes=b)) for a, b in known.same]
    different = [(UUID(bytes=a), UUID(bytes=b)) for a, b in known.different]
    ruled = sorted(map(sorted, components(words, same, different)))
    sameness = Sameness(known)
    keys = np.array([row.key for row in rows], "V16")
    found = sameness.labels(np.array([row.words for row in rows], np.int64), keys)
    labels: dict[int, list[UUID]] = {}
    for row, label in zip(rows, found.tolist(), strict=True):
        labels.setdefault(label, []).append(UUID(bytes=row.key))
    assert sorted(map(sorted, labels.values())) == ruled


@given(histories(), st.data())
def test_every_root_is_in_one_place_and_shared_ones_say_what_joins_them(
    history: tuple[list[FoundRow], Linked], data: st.DataObject
) -> None:
    rows, known = history
    keys = st.sets(st.sampled_from([UUID(bytes=row.key) for row in rows]), max_size=3)
    suggested = data.draw(st.lists(keys, max_size=3))
    joined = Together(tuple(rows), known, (), tuple(suggested))
    sessions = sessions_of(joined.held())
    found = joined.roots(sessions)
    told = list(
        zip(found.group.tolist(), found.at.tolist(), found.number.tolist(), found.key, strict=True)
    )
    assert sorted(key.tobytes() for *_, key in told) == sorted(row.key for row in rows)
    assert [one[:3] for one in told] == sorted(one[:3] for one in told)
    assert found.groups <= Together(tuple(rows), known, (), ()).roots(sessions).groups
    assert found.is_confirmed.all() or suggested


@given(histories(), st.data())
def test_what_came_back_is_what_was_found_later_elsewhere(
    history: tuple[list[FoundRow], Linked], data: st.DataObject
) -> None:
    rows, known = history
    label = PlainSameness(known).label
    days = st.integers(-1, 6).map(lambda days: date(2026, 3, 1) + timedelta(days=days))
    fixes = [
        FixRow(row.key, row.key, row.number, row.words, day)
        for row in rows
        if (day := data.draw(st.none() | days)) is not None
    ]
    expected = {
        one.action
        for one in fixes
        for row in rows
        if label(row.key, row.words) == label(one.cause, one.words)
        and row.number != one.number
        and row.key not in Sameness(known).apart.get(one.cause, ())
        and row.at // DAY > days_since_1970(one.done_on)
    }
    assert came_back(fixes, rows, known) == expected


def test_on_the_day_itself_the_fix_may_not_have_been_there_yet() -> None:
    found = [root(1, 1, FORM, "2026-01-01"), root(2, 2, FORM, "2026-02-01")]
    for day, is_back in (("2026-01-31", True), ("2026-02-01", False)):
        fixes = [fix(1, 1, FORM, day)]
        assert bool(came_back(fixes, found, Linked())) == is_back


def test_what_people_call_different_did_not_come_back() -> None:
    found = [root(1, 1, FORM, "2026-01-01"), root(2, 2, FORM, "2026-02-01")]
    fixes = [fix(1, 1, FORM, "2026-01-15")]
    assert came_back(fixes, found, linked(found, different=[(1, 2)])) == set()
