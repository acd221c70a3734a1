"""The worked examples, and their Markdown in exports/examples, byte for byte.

After a change of an example or a template, `python -m tests.test_examples --write` writes the
files anew; read the difference before you keep it.
"""

import csv
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from fivewhys import examples
from fivewhys.cli.reviewing import LENS
from fivewhys.countermeasures.targets import built_in_targets
from fivewhys.facilitation.lenses import built_in, with_id
from fivewhys.files import export_name
from fivewhys.models import effect
from fivewhys.models.past import Sameness
from fivewhys.models.plan_words import CountermeasureKind, MeasureKind, Progress, Strength
from fivewhys.models.tree import Record, Tree
from fivewhys.models.words import Leg, State, Status
from fivewhys.reports import archive, markdown
from fivewhys.reports.review import review_md
from fivewhys.reports.review_data import ReviewReport, review_report
from fivewhys.reports.review_html import review_html
from fivewhys.review.period import ReviewFilter
from fivewhys.store.store import Store

FOLDER = Path(__file__).parent.parent / "exports" / "examples"
GROUPS = Path(__file__).parent / "patterns" / "data" / "demo_groups.tsv"

BOOK_PRICES = [
    "They are overcharged for this book",
    "The price form is incorrect",
    "It is last year's form with last year's pricing",
    "The new forms were not ordered",
    "The old manager left before it was time to order them and the new manager came after they "
    "should have been ordered",
]


@contextmanager
def filled(folder: Path) -> Iterator[Store]:
    """A store with the examples, which knows where causes came back."""
    with closing(Store(folder / "examples.db", "Ines")) as store:
        examples.fill(store)
        yield store


def trees_of(store: Store) -> list[Tree]:
    """All sessions, S-1 first."""
    return [store.tree(line.id) for line in reversed(store.library())]


def written() -> dict[str, str]:
    """What exports/examples holds: the Markdown of each example by its file name, and reviews."""
    with TemporaryDirectory() as folder, filled(Path(folder)) as store:
        plans = {
            export_name(tree): markdown.plan(tree, store.shared(tree)) for tree in trees_of(store)
        }
        return {
            **plans,
            "review.md": review_md(reviewed(store)).text,
            "review-harwick.html": review_html(reviewed(store, ReviewFilter(sites=("Harwick",)))),
        }


def reviewed(store: Store, narrowed: ReviewFilter | None = None) -> ReviewReport:
    """The review of the examples, on the day after the last of them, in Greenwich."""
    store.reviewing.count_changed()
    lens = with_id(built_in(), LENS)
    assert lens is not None
    return review_report(
        store.reviewing.of(narrowed, UTC),
        store.reviewing.lines,
        lens,
        built_in_targets(),
        datetime(2026, 11, 21, 9, tzinfo=UTC),
    )


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return examples.records()


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> list[Tree]:
    with filled(tmp_path_factory.mktemp("examples")) as store:
        return trees_of(store)


def test_markdown_is_what_the_folder_holds() -> None:
    found = {path.name: path.read_bytes().decode() for path in FOLDER.iterdir()}
    assert found == written()


def test_examples_are_the_same_on_every_call(records: list[Record]) -> None:
    assert archive.write(records) == archive.write(examples.records())


def test_newest_has_the_highest_number(records: list[Record]) -> None:
    sessions = [record.tree.session for record in records]
    assert [session.number for session in sessions] == list(range(1, len(sessions) + 1))
    opened = [session.opened_at for session in sessions]
    assert opened == sorted(opened)
    assert len(set(opened)) == len(opened)


def test_angry_customers_are_led_past_the_fifth_why(records: list[Record]) -> None:
    tree = next(item.tree for item in records if item.tree.problem.text == "Customers are angry")
    texts = [cause.text for cause in tree.causes.values()]
    assert [text for text in BOOK_PRICES if text not in texts] == []
    assert tree.roots()
    assert max(tree.depth(root.id) for root in tree.roots()) > len(BOOK_PRICES)


def test_examples_show_what_a_tree_can_hold(records: list[Record]) -> None:
    trees = [record.tree for record in records]
    causes = [cause for tree in trees for cause in tree.causes.values()]
    assert len(trees) >= 6
    assert len({tree.session.department for tree in trees}) >= 5
    assert {cause.leg for cause in causes} >= set(Leg)
    assert {cause.status for cause in causes} >= {Status.RULED_OUT, Status.STOPPED, Status.VERIFIED}
    assert sum(len(tree.roots()) > 1 for tree in trees) >= 2
    assert {tree.session.state for tree in trees} == set(State)
    assert all(tree.evidence_of and tree.people for tree in trees)
    assert any(tree.parked for tree in trees)


def test_finished_examples_have_nothing_left_open(records: list[Record]) -> None:
    for tree in (record.tree for record in records):
        if tree.session.state is State.FINISHED:
            assert [cause.text for cause in tree.open_questions()] == []
            assert all(root.part_reason and tree.evidence(root.id) for root in tree.roots())


def test_filled_store_holds_the_examples(tmp_path: Path, records: list[Record]) -> None:
    with filled(tmp_path) as store:
        kept = [store.record(tree.session.id) for tree in trees_of(store)]
    assert [record.tree.session.number for record in kept] == list(range(1, len(records) + 1))
    bare = [replace(record, tree=replace(record.tree, seq=0), history=()) for record in kept]
    assert archive.write(bare) == archive.write(records)


def test_what_was_decided_fits_what_the_examples_mean(records: list[Record]) -> None:
    _, *rows = csv.reader(GROUPS.read_text("utf-8").splitlines(), delimiter="\t")
    group_of = {cause: group for group, _, cause in rows}
    texts = {cause.id: cause.text for record in records for cause in record.tree.causes.values()}
    decisions = {said.id: said for record in records for said in record.decisions}.values()
    assert len(decisions) >= 10
    for said in decisions:
        is_same = group_of[texts[said.a]] == group_of[texts[said.b]]
        assert is_same == (said.sameness is Sameness.SAME)


def test_plans_show_what_becomes_of_countermeasures(trees: list[Tree]) -> None:
    items = [item for tree in trees for item in tree.all_countermeasures()]
    assert {item.progress for item in items} == set(Progress)
    assert {item.strength for item in items} == {None, *Strength}
    assert any(item.not_ready and item.progress is Progress.DONE for item in items)
    (angry,) = (tree for tree in trees if tree.problem.text == "Customers are angry")
    plan = angry.all_countermeasures()
    assert {item.kind for item in plan} == set(CountermeasureKind)
    assert {measure.kind for item in plan for measure in angry.measures(item)} == set(MeasureKind)
    assert all(angry.countermeasures(root.id) for root in angry.roots())
    today = examples.WRITTEN.date()
    dates = [item.due for item in plan if item.due and item.progress is Progress.PLANNED]
    assert [due < today for due in dates] == [False, True]


def test_plans_fit_their_dates(trees: list[Tree]) -> None:
    today = examples.WRITTEN.date()
    for tree in trees:
        noticed = tree.session.noticed_at
        assert noticed
        clocks = [noticed, tree.session.acknowledged_at, tree.session.told_at]
        assert (told := [moment for moment in clocks if moment]) == sorted(told)
        for item in tree.all_countermeasures():
            assert item.done_on is None or noticed.date() <= item.done_on <= today
            assert item.due is None or item.due >= noticed.date()
            for check in (check for of in tree.measures(item) for check in tree.checks(of)):
                assert check.made_on is None or (item.done_on or today) <= check.made_on <= today
                assert check.checked_by


def test_what_is_called_effective_is_known_to_be(trees: list[Tree]) -> None:
    today = examples.WRITTEN.date()
    lacking = [
        (tree.session.name, missing)
        for tree in trees
        for item in tree.all_countermeasures()
        if item.progress is Progress.EFFECTIVE
        if (missing := effect.missing(tree, item, today))
    ]
    assert ("S-8", ["Its cause came back in S-17 (2026-04-17)."]) in lacking
    told = {word for _, words in lacking for word in words}
    assert all("Its cause came back" in word for word in told)


def test_a_cause_that_came_back_is_open_again(trees: list[Tree], records: list[Record]) -> None:
    (lost,) = (tree for tree in trees if "lost connection" in tree.problem.text)
    (refunds,) = (tree for tree in trees if "Refunds of the online shop" in tree.problem.text)
    (again,) = lost.open_questions()
    assert records[lost.session.number - 1].tree.open_questions() == []
    (item,) = lost.countermeasures(again.id)
    assert (item.progress, lost.standing(item)) == (Progress.DONE, Progress.NOT_EFFECTIVE)
    assert again.text in {root.text for root in refunds.roots()}


def test_a_check_that_was_not_met_is_answered_by_something_stronger(trees: list[Tree]) -> None:
    order = list(Strength)
    failed = [
        (tree, item)
        for tree in trees
        for item in tree.all_countermeasures()
        if item.progress is Progress.NOT_EFFECTIVE
    ]
    assert len(failed) > 1
    for tree, item in failed:
        assert item.reason
        assert item.strength
        later = [
            other
            for other in tree.countermeasures(item.cause_id)
            if other.position > item.position and other.strength
        ]
        assert later, item.text
        best = min(order.index(other.strength) for other in later if other.strength)
        assert best < order.index(item.strength), item.text


def test_one_plan_has_only_weaker_measures(trees: list[Tree]) -> None:
    weak = [
        tree.session.name
        for tree in trees
        if {item.strength for item in tree.all_countermeasures()} <= {None, Strength.WEAKER}
    ]
    assert weak == ["S-29"]


def test_customers_are_told_without_names_from_inside(trees: list[Tree]) -> None:
    for tree in trees:
        words = tree.session.acknowledgement
        assert not words or "sorry" in words
        inside = {person.name for person in tree.people} | {"INC-", "PAY-", "NP-7", "S-"}
        assert [name for name in inside if name in words] == []
        assert (tree.session.told_at is None) == (tree.session.told_channel == "")
        assert words or tree.session.told_at is None
    assert 20 < sum(tree.session.told_at is not None for tree in trees) < len(trees)


if __name__ == "__main__" and sys.argv[1:] == ["--write"]:
    texts = written()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.iterdir():
        if old.name not in texts:
            old.unlink()
    for name, text in texts.items():
        (FOLDER / name).write_bytes(text.encode())
