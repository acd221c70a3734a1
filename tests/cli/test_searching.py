"""`fivewhys search`: words, kind and place of what was found, for people and for scripts."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from fivewhys.cli import printing
from fivewhys.cli.searching import _marked
from fivewhys.models.commands import AddCountermeasure, Answer, Facts, SetStatus, StartSession
from fivewhys.models.words import Status
from fivewhys.store.store import Store
from tests.cli.ran import Run, failed

LONG = "the reader " + "was behind the old till and " * 20 + "nobody saw the blue light on it"


@pytest.fixture(autouse=True)
def belts(history: Path) -> None:
    """Two sessions about card readers."""
    with closing(Store(history, "Ines")) as store:
        for site in ("Harwick", "Lyon"):
            facts = Facts.model_validate({"site": site, "department": "Café"})
            tree = store.start(StartSession(problem=f"queues in {site}", facts=facts))
            tree = store.apply(tree, Answer(parent=tree.problem.id, text="The card reader is slow"))
            (reader,) = tree.children(tree.problem.id)
        tree = store.apply(tree, AddCountermeasure(cause=reader, text="A new card reader"))
        out = SetStatus(cause=reader, status=Status.RULED_OUT, reason="It was off")
        tree = store.apply(tree, out)
        store.apply(tree, Answer(parent=tree.problem.id, text=LONG))


def test_what_is_found_says_what_it_is_and_where(run: Run) -> None:
    ran = run("search", "CARD", "read")
    assert ran.err == ""
    first, second, third = ran.out.removesuffix("\n").split("\n\n")
    place = f"{'':18}S-1 · Harwick, Café · "
    assert first.startswith(f"cause             The card reader is slow\n{place}")
    today = first.rsplit(" · ", 1)[1]
    lyon = f"S-2 · Lyon, Café · {today}"
    assert second == (f"countermeasure    A new card reader\n{'':18}{lyon} · idea · ruled out")
    assert third == f"cause             The card reader is slow\n{'':18}{lyon} · ruled out"


def test_scripts_get_the_whole_text_and_where_the_words_are(run: Run) -> None:
    (found,) = json.loads(run("search", "blue light", "--json").out)
    assert found["text"] == LONG
    assert [found["text"][start:end] for start, end in found["hits"]] == ["blue", "light"]
    assert (found["kind"], found["session"], found["site"]) == ("cause", "S-2", "Lyon")
    assert (found["ruled_out"], found["progress"]) == (False, None)
    assert found["chain"] == ["queues in Lyon", LONG]
    out = json.loads(run("search", "slow", "--site", "lyon", "--json").out)
    assert [each["ruled_out"] for each in out] == [True]
    assert json.loads(run("search", "penguin", "--json").out) == []


def test_it_can_be_narrowed(run: Run) -> None:
    assert run("search", "slow", "--site", "Harwick").out.count("S-") == 1
    assert run("search", "slow", "--since", "2020-01-01").out.count("S-") == 2
    assert run("search", "slow", "--limit", "1").out.count("S-") == 1
    ran = run("search", "penguin", "--site", "lyon", "--since", "2020-01-01")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.startswith("Nothing at lyon since 1 January 2020 has all of these words.")
    assert failed(run("search", "slow", "--site", "Lion")) == (
        "No session was held at “Lion”. Did you mean Lyon? The sites are Harwick and Lyon."
    )


def test_long_texts_are_cut_around_what_was_found(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = run("search", "blue").out
    assert "nobody saw the blue light on it\n" in out
    assert out.startswith("cause             …")
    monkeypatch.setattr(printing, "width", lambda: 60)
    narrow = run("search", "blue").out
    assert max(map(len, narrow.splitlines())) <= 60
    monkeypatch.setattr(printing, "has_colours", lambda: True)
    assert _marked("Blue lights", "blue ligh") == "\x1b[1mBlue\x1b[0m \x1b[1mlights\x1b[0m"
    assert run("search", "blue", "--ascii").out.isascii()


def test_nothing_is_said_kindly(run: Run, history: Path) -> None:
    ran = run("search", "no", "penguin’s")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == (
        "Nothing has all of these words. Fewer words, or only their beginnings, find more. Causes "
        "that say it in other words: fivewhys similar 'no penguin’s'\n"
    )
    for words in ("*", "", " "):
        assert failed(run("search", words)).startswith("Say in words what you look for: ")
    assert failed(run("search", "", "--json")).startswith("Say in words")
    assert failed(run("search")).startswith("Missing argument 'WORDS'")
    assert "write a whole number from 1 to 100" in failed(run("search", "x", "--limit", "0"))
    history.unlink()
    assert run("search", "penguin").err.startswith(f"No sessions in {history} yet.")
    assert not history.exists()
