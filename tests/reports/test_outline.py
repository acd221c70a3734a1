import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import width

from fivewhys.models.commands import SetPart, SetStatus
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part, Status
from fivewhys.reports.outline import text
from fivewhys.text import clean
from tests.building import answer, chain, do, fan, session
from tests.reports.full import full
from tests.reports.hostile import lines
from tests.work import work


def small() -> Tree:
    tree = session()
    tree, charged = answer(tree, tree.problem.id, "They are overcharged – twice")
    tree, rule = answer(tree, charged.id, "No rule says who orders")
    tree = do(tree, SetPart(cause=rule.id, part=Part.ROOT, reason="Ours to change."))
    tree, _ = answer(tree, charged.id, "The form carries no year")
    tree, till = answer(tree, tree.problem.id, "The till is wrong")
    return do(tree, SetStatus(cause=till.id, status=Status.RULED_OUT, reason="It is right"))


def test_a_tree_looks_like_this() -> None:
    assert text(small()) == (
        "customers are angry\n"
        "├─ ● They are overcharged – twice\n"
        "│  ├─ ◆ root: No rule says who orders (Ours to change)\n"
        "│  └─ ○ open: The form carries no year\n"
        "└─ ✗ ruled out: The till is wrong (It is right)\n"
    )


def test_plain_ascii_looks_like_this() -> None:
    assert text(small(), ascii_only=True) == (
        "customers are angry\n"
        "|- * They are overcharged - twice\n"
        "|  |- # root: No rule says who orders (Ours to change)\n"
        "|  `- o open: The form carries no year\n"
        "`- x ruled out: The till is wrong (It is right)\n"
    )


def test_sentences_are_wrapped_beside_their_branch() -> None:
    assert text(small(), width=40) == (
        "customers are angry\n"
        "├─ ● They are overcharged – twice\n"
        "│  ├─ ◆ root: No rule says who orders\n"
        "│  │    (Ours to change)\n"
        "│  └─ ○ open: The form carries no year\n"
        "└─ ✗ ruled out: The till is wrong (It is\n"
        "     right)\n"
    )


@pytest.mark.parametrize("ascii_only", [False, True])
@given(words=st.lists(lines, min_size=1, max_size=6).map(" ".join).map(clean))
def test_every_line_fits_the_width(ascii_only: bool, words: str) -> None:
    drawn = text(full(words), width=50, ascii_only=ascii_only)
    assert max(map(width, drawn.split("\n"))) <= 50


def test_accents_become_their_letters() -> None:
    assert text(session("Café Łódź – “größer” 客"), ascii_only=True) == 'Cafe Lodz - "grosser" ?\n'


@given(words=lines)
def test_every_text_fits_any_shell(words: str) -> None:
    tree = full(words)
    assert text(tree, ascii_only=True).isascii()
    assert "\x1b" not in text(tree)
    assert text(tree).count("\n") == len(tree.causes)


def test_deep_trees_go_on_below() -> None:
    drawn = text(chain(30))
    assert "cause 12 … goes on at (1)\n" in drawn
    assert "\n\n(1) cause 12\n└─ ● cause 13\n" in drawn
    assert max(map(len, drawn.split("\n"))) < 100


@pytest.mark.parametrize("tree", [chain(10_000), fan(10_000)], ids=["deep", "wide"])
def test_ten_thousand_causes_take_work_in_proportion(tree: Tree) -> None:
    assert work(lambda: text(tree, width=80)) < 200 * 10_000
    assert "cause 10000" in text(tree, width=80)


def test_a_root_in_a_ruled_out_branch_says_that_it_counts_no_more() -> None:
    tree = small()
    above = tree.children(tree.problem.id)[0]
    tree = do(tree, SetStatus(cause=above, status=Status.RULED_OUT, reason="The price is right"))
    assert (
        "├─ ✗ ruled out: They are overcharged – twice (The price is right)\n"
        "│  ├─ ◆ root (its branch is ruled out): No rule says who orders (Ours to change)\n"
    ) in text(tree)
