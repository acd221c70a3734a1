"""Before a meeting the store practises its first answer; nobody ever sees anything of it."""

from collections.abc import Callable

from fivewhys.models.commands import Answer, StartSession
from fivewhys.store.store import Store


def test_nothing_of_it_is_left(open_store: Callable[..., Store]) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    bo.changed_elsewhere()
    ines.rehearse()
    assert not bo.changed_elsewhere()
    assert bo.library() == []
    assert bo.counts() == (0, 0)
    tree = ines.start(StartSession(problem="customers are angry"))
    assert tree.session.number == 1
    tree = ines.apply(tree, Answer(parent=tree.problem.id, text="They are overcharged"))
    ines.rehearse()
    assert ines.refresh(tree) is tree
    assert len(bo.history(tree.session.id)) == 2
    assert [line.problem for line in bo.library()] == ["customers are angry"]
    assert bo.search("cause") == []
    assert bo.suggestions("site") == []
