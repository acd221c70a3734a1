"""Sessions in memory: what is joined anew where something has changed is what all of it gives."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from fivewhys.memory.kept_session import KeptSessions
from fivewhys.models.past import Past, PastSession
from fivewhys.models.words import Severity, Status
from fivewhys.patterns.grouped import Grouped
from fivewhys.patterns.queue import columns
from fivewhys.patterns.rows import Rows
from fivewhys.text import words_number
from tests.patterns.six_sessions import History

DAY = date(2025, 3, 1)


def kept(past: Past) -> Rows:
    """The causes of a history that is kept."""
    sessions = KeptSessions()
    sessions.replace(past)
    return sessions.rows()


def told(rows: Rows) -> tuple[object, ...]:
    """All that the columns say."""
    live = rows.live
    return (
        live.past,
        [*live.causes],
        [*live.keys],
        live.parents.tolist(),
        live.is_root.tolist(),
        live.acted_on.tolist(),
        live.sessions.tolist(),
        [*rows.keys],
        rows.places.tolist(),
        rows.said.words.tolist(),
    )


def test_problems_and_what_was_ruled_out_do_not_count() -> None:
    history = History()
    problem = history.session("Guests wait", DAY, severity=Severity.MAJOR)
    counts = history.why(problem, "One desk is open", root=True)
    out = history.why(problem, "The lift is slow", status=Status.RULED_OUT)
    history.why(out, "Nobody services it")
    rows = kept(history.past())
    assert rows.keys == [str(counts.id)]
    assert rows.said.words.tolist() == [words_number("one desk is open")]
    found = columns(rows.live, rows.places, Grouped.of({"": {str(counts.id)}}))
    assert (found.weights.tolist(), found.is_root.tolist()) == ([9], [True])


def drawn(data: st.DataObject) -> Past:
    """Some sessions, of any days, with causes and countermeasures."""
    history = History()
    for place in range(data.draw(st.integers(1, 6))):
        day = DAY + timedelta(days=data.draw(st.integers(0, 4)))
        nodes = [history.session(f"Problem {place}", day)]
        for number in range(data.draw(st.integers(0, 4))):
            status = data.draw(st.sampled_from([Status.OPEN, Status.OPEN, Status.RULED_OUT]))
            above = nodes[data.draw(st.integers(0, len(nodes) - 1))]
            nodes.append(history.why(above, f"Cause {number}", status=status))
        if data.draw(st.booleans()):
            history.deed(data.draw(st.sampled_from(nodes)), "a rule", DAY)
    return history.past()


def _only(past: Past, sessions: Mapping[UUID, PastSession]) -> Past:
    """The history with these sessions alone."""
    causes = tuple([cause for cause in past.causes if cause.session_id in sessions])
    ids = {cause.id for cause in causes}
    deeds = tuple([deed for deed in past.deeds if deed.cause_id in ids])
    return Past(tuple(sessions.values()), causes, deeds)


@given(st.data())
def test_what_has_changed_is_joined_as_if_all_were_new(data: st.DataObject) -> None:
    past = drawn(data)
    sessions = KeptSessions()
    sessions.replace(past)
    there = {session.id: session for session in past.sessions}
    for _ in range(4):
        ids = data.draw(st.sets(st.sampled_from(past.sessions).map(lambda one: one.id)))
        for key in sorted(ids):
            if data.draw(st.booleans()):
                there.pop(key, None)
            else:
                (session,) = (one for one in past.sessions if one.id == key)
                day = DAY + timedelta(days=data.draw(st.integers(0, 4)))
                there[key] = replace(session, on=day)
        sessions.change(ids, _only(past, {key: there[key] for key in ids & there.keys()}))
        if data.draw(st.booleans()):
            assert told(sessions.rows()) == told(kept(_only(past, there)))
    assert told(sessions.rows()) == told(kept(_only(past, there)))
