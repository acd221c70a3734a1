"""The library: newest first, found by any word in any script, page by page."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fivewhys.models.commands import (
    Answer,
    DeleteSession,
    Facts,
    Finish,
    NewPerson,
    RestoreSession,
    SetFacts,
    SetPart,
    StartSession,
)
from fivewhys.models.words import Part, State
from fivewhys.store.glance import first_page
from fivewhys.store.problems import StoreProblem
from fivewhys.store.store import Store, utc_now
from tests.store.acts import statements
from tests.store.rights import without_rights

Opens = Callable[..., Store]


def numbers(
    store: Store, search: str = "", before: int | None = None, limit: int = 50
) -> list[int]:
    return [line.number for line in store.library(search, before, limit)]


@pytest.fixture
def filled(store: Store) -> Store:
    for problem, facts in (
        ("Customers are angry", Facts(site="Harwick", department="Café")),
        ("Parcels come late", Facts(location="Dock 7")),
        ("Ärger über 50% Rabatt_alt", Facts(site="Köln")),
        ("Почему опоздал поезд", Facts(department="ВОКЗАЛ")),
    ):
        store.start(StartSession(problem=problem, facts=facts))
    return store


def test_the_newest_session_comes_first(filled: Store) -> None:
    assert numbers(filled) == [4, 3, 2, 1]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", [4, 3, 2, 1]),
        ("   ", [4, 3, 2, 1]),
        ("angry", [1]),
        ("ANGRY customers", [1]),
        ("angry harwick café", [1]),
        ("CAFÉ", [1]),
        ("angry dock", []),
        ("dock", [2]),
        ("S-3", [3]),
        ("s-3", [3]),
        ("ärger", [3]),
        ("ÜBER köln", [3]),
        ("вокзал ПОЕЗД", [4]),
        ("50%", [3]),
        ("%", [3]),
        ("_", [3]),
        ("/", []),
        ("\\", []),
        ("'", []),
        ("a\u0308rger", [3]),
        ("ä*", []),
        ("ä?", []),
        ("[ä]", []),
        ("ü^b", []),
    ],
)
def test_sessions_are_found_by_every_word(filled: Store, search: str, found: list[int]) -> None:
    assert numbers(filled, search) == found


@pytest.mark.parametrize("number", [0, -1, 5, 10**30])
def test_a_number_that_no_session_has(filled: Store, number: int) -> None:
    with pytest.raises(StoreProblem, match=rf"^There is no session S-{number} in "):
        filled.numbered(number)


def test_the_library_comes_in_pages(store: Store) -> None:
    for number in range(1, 8):
        store.start(StartSession(problem=f"problem {'odd' if number % 2 else 'even'} {number}"))
    assert numbers(store, limit=3) == [7, 6, 5]
    assert numbers(store, before=5, limit=3) == [4, 3, 2]
    assert numbers(store, before=2, limit=3) == [1]
    assert numbers(store, before=1) == []
    assert numbers(store, "odd", before=5) == [3, 1]


def test_deleted_sessions_are_not_listed_until_they_come_back(filled: Store) -> None:
    tree = filled.numbered(2)
    tree = filled.apply(tree, DeleteSession())
    assert numbers(filled) == [4, 3, 1]
    with pytest.raises(StoreProblem, match=r"^There is no session S-2 in "):
        filled.numbered(2)
    assert filled.last_deleted() == tree.session.id
    filled.apply(tree, RestoreSession())
    assert numbers(filled) == [4, 3, 2, 1]
    assert filled.last_deleted() is None


def test_the_last_deleted_session_is_the_one_that_comes_back_first(
    database: str, open_store: Opens
) -> None:
    store = open_store()
    keys = []
    for number in (1, 2, 3):
        keys.append(store.start(StartSession(problem=f"problem {number}")).session.id)
    for number in (3, 1, 2):
        store.apply(store.numbered(number), DeleteSession())
    assert store.last_deleted() == keys[1]


def test_a_line_says_what_the_list_shows(store: Store) -> None:
    tree = store.start(StartSession(problem="customers are angry", facts=Facts(site="Harwick")))
    for text in ("bill", "wait"):
        tree = store.apply(tree, Answer(parent=tree.problem.id, text=text))
    bill, wait = tree.children(tree.problem.id)
    tree = store.apply(tree, SetPart(cause=bill, part=Part.ROOT))
    tree = store.apply(tree, SetPart(cause=wait, part=Part.CONTRIBUTING))
    tree = store.apply(tree, Finish())
    (line,) = store.library()
    assert line.id == tree.session.id
    assert (line.name, line.problem, line.place) == ("S-1", "customers are angry", "Harwick")
    assert (line.state, line.roots) == (State.FINISHED, 1)
    assert line.opened_at == tree.session.opened_at


def test_numbers_go_on_whoever_starts_a_session(open_store: Opens) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    started = [store.start(StartSession(problem="x")).session.number for store in (ines, bo, ines)]
    assert started == [1, 2, 3]


def test_counts_leave_the_problems_out(filled: Store) -> None:
    tree = filled.numbered(1)
    filled.apply(tree, Answer(parent=tree.problem.id, text="bill"))
    assert filled.counts() == (4, 1)


def test_earlier_values_are_suggested_the_most_used_first(store: Store) -> None:
    for site, name in (("Harwick", "Bo"), ("Köln", "Dana"), ("Köln", "Bo"), ("", "Bo")):
        people = (NewPerson(name=name, role="driver"),)
        store.start(StartSession(problem="x", facts=Facts(site=site), people=people))
    assert store.suggestions("site") == ["Köln", "Harwick"]
    assert store.suggestions("name") == ["Bo", "Dana"]
    assert store.suggestions("role") == ["driver"]
    assert store.suggestions("region") == []


# Drafts


def test_a_draft_is_kept_until_it_is_empty(open_store: Opens) -> None:
    store = open_store("Ines")
    store.save_draft("s/answer", "Because")
    store.save_draft("s/answer", "Because the ti")
    store.save_draft("s/notes", "two\nlines")
    store.close()
    again = open_store("Ines")
    assert again.drafts("s/") == {"s/answer": "Because the ti", "s/notes": "two\nlines"}
    again.save_draft("s/answer", "")
    assert again.drafts("s/") == {"s/notes": "two\nlines"}
    again.save_draft("never", "")


def test_drafts_are_each_persons_own(open_store: Opens) -> None:
    open_store("Ines").save_draft("s/answer", "hers")
    bo = open_store("Bo")
    assert bo.drafts("") == {}
    bo.save_draft("s/answer", "his")
    assert bo.drafts("") == {"s/answer": "his"}


def test_a_drafts_place_is_taken_literally(store: Store) -> None:
    for place in ("a_b", "axb", "a%b"):
        store.save_draft(place, place)
    assert store.drafts("a_") == {"a_b": "a_b"}
    assert store.drafts("a%") == {"a%b": "a%b"}


# The page that is shown before the store is loaded


def moments() -> st.SearchStrategy[datetime]:
    whole = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1))  # noqa: DTZ001
    return st.one_of(whole, whole.map(lambda moment: moment.replace(microsecond=0))).map(
        lambda moment: moment.replace(tzinfo=UTC)
    )


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(st.tuples(statements, st.sampled_from(["", "Harwick", "Köln"]), moments()), max_size=6)
)
def test_the_first_page_is_the_same_at_a_glance(
    tmp_path_factory: pytest.TempPathFactory, sessions: list[tuple[str, str, datetime]]
) -> None:
    path = tmp_path_factory.mktemp("glance") / "a b#c?d%e.db"
    clock = [utc_now()]
    with closing(Store(path, "Ines", now=lambda: clock[-1])) as store:
        for place, (problem, site, opened_at) in enumerate(sessions):
            clock.append(opened_at)
            tree = store.start(StartSession(problem=problem, facts=Facts(site=site)))
            for text in ("one", "two"):
                tree = store.apply(tree, Answer(parent=tree.problem.id, text=text))
            if place % 2:
                key = tree.children(tree.problem.id)[0]
                tree = store.apply(tree, SetPart(cause=key, part=Part.ROOT))
            if place % 3 == 1:
                tree = store.apply(tree, Finish())
            if place % 3 == 2:
                tree = store.apply(tree, DeleteSession())
        assert first_page(path) == store.library()
        assert first_page(path, limit=2) == store.library(limit=2)


def test_nothing_to_see_at_a_glance(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "text").write_text("hello", encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "other")) as connection:
        connection.execute("CREATE TABLE why_session (id)")
    for name in ("empty", "text", "other", "missing", ".", "zero\0byte"):
        assert first_page(tmp_path / name) is None
    assert first_page("postgresql://host/history") is None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "other", "text"]


def test_a_glance_where_one_may_not_look(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir(mode=0)
    with without_rights():
        assert first_page(inner / "history.db") is None
    inner.chmod(0o700)


def test_a_glance_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "history.db", "Ines")) as store:
        tree = store.start(StartSession(problem="customers are angry"))
        with store._database.writing(tree.session.id):
            page = first_page(tmp_path / "history.db")
            # Whoever waits here waits in vain.
            assert page is not None
            assert page[0].problem == "customers are angry"


def test_facts_changed_later_are_listed(store: Store) -> None:
    tree = store.start(StartSession(problem="customers are angry"))
    store.apply(tree, SetFacts(facts=Facts(location="Dock 7"), problem="customers shout"))
    assert [(line.problem, line.place) for line in store.library("dock")] == [
        ("customers shout", "Dock 7")
    ]
