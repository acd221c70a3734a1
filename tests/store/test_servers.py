"""Servers that are not there, addresses that are none, and passwords that nobody sees."""

import socket
import sys
import time
from contextlib import closing

import pytest

from fivewhys.models.commands import AddCountermeasure, Answer, Facts, StartSession
from fivewhys.store import engine
from fivewhys.store.store import Store
from tests.conftest import fresh_database
from tests.store.trouble import problem_of


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_a_server_that_is_not_there() -> None:
    address = f"postgresql://ines:secret@127.0.0.1:{free_port()}/history"
    sentence = problem_of(lambda: Store(address, "Ines"))
    assert sentence.startswith(f"The database server of {address.replace('secret', '***')} does")
    assert "Connection refused" in sentence
    assert sentence.endswith("Nothing was changed; see that it runs and that the address is right.")


def test_a_server_that_knows_the_capitals_of_english_alone(server: str) -> None:
    address = fresh_database(server, "template0 LC_COLLATE 'C' LC_CTYPE 'C'")
    with closing(Store(address, "Ines")) as store:
        facts = Facts(site="École")
        tree = store.start(StartSession(problem="soup is cold", facts=facts))
        tree = store.apply(tree, Answer(parent=tree.problem.id, text="the lift is slow"))
        store.apply(tree, AddCountermeasure(cause=tree.problem.id, text="grease"))
        assert [found.number for found in store.past(site="École").sessions] == [1]
        again = store.start(StartSession(problem="no soup", facts=facts))
        assert [line.text for line in store.last_time(again)] == ["grease"]


def test_a_database_that_is_not_on_the_server(server: str) -> None:
    before, _, options = server.partition("?")
    address = f"{before.rsplit('/', 1)[0]}/nowhere?{options}"
    assert 'database "nowhere" does not exist' in problem_of(lambda: Store(address, "Ines"))


@pytest.mark.parametrize(
    "address",
    [
        "mysql://ines:secret@host/history",
        "postgresql://ines:secret@host:port/history",
        "nothing://at/all?password=secret",
        "sqlite://",
        "sqlite:///:memory:",
        "://",
    ],
)
def test_an_address_that_is_none(address: str) -> None:
    sentence = problem_of(lambda: Store(address, "Ines"))
    assert sentence.endswith(
        "is no database that Five Whys knows. Give a file, or an address like "
        "postgresql://user@host/name."
    )
    assert "secret" not in sentence


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://ines:secret@host/history", "postgresql://ines:***@host/history"),
        ("postgresql://ines:p@ss/word@host/history", "postgresql://ines:***@host/history"),
        ("postgresql://host/h?password=secret&a=b", "postgresql://host/h?password=***&a=b"),
        ("postgresql://ines@host/history", "postgresql://ines@host/history"),
        ("my:notes@home.db", "my:notes@home.db"),
    ],
)
def test_no_password_is_ever_shown(address: str, shown: str) -> None:
    assert engine.shown(address) == shown


def test_the_driver_for_servers_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    address = "postgresql://ines:secret@host/history"
    sentence = problem_of(lambda: Store(address, "Ines"))
    assert sentence == (
        "postgresql://ines:***@host/history is on a PostgreSQL server, and the driver for that is "
        "not installed. Install it with: pip install 'fivewhys[postgresql]'."
    )


def test_a_server_that_was_away_for_a_moment(on_server: str) -> None:
    with closing(Store(on_server, "Ines")) as store, closing(Store(on_server, "Bo")) as other:
        see_that_it_goes_on(store, other)


def see_that_it_goes_on(store: Store, other: Store) -> None:
    tree = store.start(StartSession(problem="customers are angry"))
    store.changed_elsewhere()
    with other._database.engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    answer = Answer(parent=tree.problem.id, text="They are overcharged")
    assert "does not answer" in problem_of(lambda: store.apply(tree, answer))
    answered = store.apply(tree, answer)
    # The listener hears of it a moment later, and then looks.
    deadline = time.monotonic() + 30
    while not store.changed_elsewhere():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert not store.changed_elsewhere()
    assert store.tree(tree.session.id) == answered
