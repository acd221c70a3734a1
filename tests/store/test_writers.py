"""Several programs and threads at one database: all answers are there."""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from fivewhys.models.commands import Answer, StartSession
from fivewhys.store.store import Store

Opens = Callable[..., Store]

ANSWERS = 25


def test_four_programs_answer_in_one_session(database: str, open_store: Opens) -> None:
    store = open_store()
    tree = store.start(StartSession(problem="customers are angry"))
    command = [sys.executable, "-m", "tests.store.racing", "write", database]
    run = subprocess.run(
        [*command, str(tree.session.id), str(ANSWERS)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.stdout, run.returncode) == ("", 0), run.stdout + run.stderr
    fresh = store.refresh(tree)
    assert fresh == store.tree(tree.session.id)
    answers = [cause.text for cause in fresh.answers(tree.problem.id)]
    who = Counter(text.split()[0] for text in answers)
    assert who == dict.fromkeys(("Ines", "Bo", "Chidi", "Dana"), ANSWERS)
    # Nobody was given a place that another had.
    positions = [cause.position for cause in fresh.answers(tree.problem.id)]
    assert len(set(positions)) == len(positions)
    # Each one's answers stand in the order in which they were given.
    for name in who:
        own = [int(text.split()[1]) for text in answers if text.startswith(name)]
        assert own == sorted(own)


def test_threads_share_one_store(store: Store) -> None:
    trees = [store.start(StartSession(problem=f"problem {number}")) for number in range(4)]

    def work(place: int) -> int:
        tree = trees[place]
        for number in range(ANSWERS):
            tree = store.apply(tree, Answer(parent=tree.problem.id, text=f"answer {number}"))
            assert store.tree(tree.session.id) == tree
            assert len(store.library()) == 4
        return len(tree.causes)

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(work, range(4))) == [ANSWERS + 1] * 4
