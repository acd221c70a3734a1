"""A search that is narrowed finds what one over everything finds there, whichever way it takes."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from fivewhys.models.commands import Answer, DeleteSession, Facts, SetStatus, StartSession
from fivewhys.models.words import Status
from fivewhys.store import searched_sessions, with_words
from fivewhys.store.store import Store

SITES = ("Lyon", "LYON", "Ärger", "ärger", "", "Lyonesse")
TEXTS = (
    "the card reader times out",
    "the reader is read twice",
    "価格表が古い",
    "readers wait; the card is new",
    "nobody",
)
ASKED = ("reader", "read", "card read", "価格", "格", "the card new", "quagmire", "S-3", "lyon")


@pytest.fixture
def store(store: Store) -> Store:
    """Twelve sessions at six sites in as many months; one of them is deleted."""
    for number in range(12):
        noticed = datetime(2026, number + 1, 3, tzinfo=UTC)
        facts = Facts(site=SITES[number % len(SITES)], noticed_at=noticed)
        tree = store.start(StartSession(problem=f"problem {number}", facts=facts))
        for text in TEXTS[number % 3 :]:
            tree = store.apply(tree, Answer(parent=tree.problem.id, text=text))
        if number == 4:
            store.apply(tree, DeleteSession())
        if number == 7:
            out = SetStatus(
                cause=tree.children(tree.problem.id)[0], status=Status.RULED_OUT, reason="no"
            )
            store.apply(tree, out)
    return store


@pytest.mark.parametrize("few", [0, 2, 1000], ids=["index first", "both", "one by one"])
@pytest.mark.parametrize("recent", [(1, 3), (3000, 40_000)], ids=["all", "the latest"])
@pytest.mark.parametrize("rare", [1, 5000], ids=["joined", "rare"])
def test_it_finds_the_same_whichever_way_it_takes(
    store: Store, monkeypatch: pytest.MonkeyPatch, few: int, recent: tuple[int, int], rare: int
) -> None:
    monkeypatch.setattr(searched_sessions, "FEW", few)
    monkeypatch.setattr(with_words, "RECENT", recent)
    monkeypatch.setattr(with_words, "RARE", rare)
    narrow: list[tuple[str, date | None, date | None]] = [
        *((site, None, None) for site in ("lyon", "ÄRGER", "Lyon", "nowhere", "ly")),
        ("", date(2026, 6, 1), None),
        ("", date(2026, 12, 24), None),
        ("", None, date(2026, 3, 3)),
        ("LYON", date(2026, 2, 1), date(2026, 8, 9)),
    ]
    for words in ASKED:
        everything = store.search(words, limit=500)
        for site, since, until in narrow:
            found = store.search(words, limit=500, site=site, since=since, until=until)
            wanted: list[UUID] = [
                each.id
                for each in everything
                if (not site or each.session.site.casefold() == site.casefold())
                and (since is None or each.session.on >= since)
                and (until is None or each.session.on <= until)
            ]
            assert [each.id for each in found] == wanted, (words, site, since, until)
    assert (
        len(store.search("reader", site="ärger")) == len(store.search("READER", site="Ärger")) > 1
    )
