import re

import pytest
from hypothesis import given

from fivewhys.reports.mermaid import MOST_CHARACTERS, MOST_NODES, TooLarge, flowchart, pictures
from tests.building import answer, chain, fan, session
from tests.reports.full import full
from tests.reports.hostile import lines

LINE = re.compile(
    r'    (n\d+ (-->|-\.->) )?n\d+(\(\[|\[\[|\[/|\[\\|\[|\(|\{\{|>)"[^"]*"'
    r"(\]\)|\]\]|/\]|\\\]|\]|\)|\}\})"
    r"(:::\w+)?|    classDef \w+ [\w:,\- ]+"
)


def nodes(code: str) -> int:
    return code.count("-->") + code.count("-.->") + 1


def test_states_have_forms_and_words() -> None:
    code = flowchart(full("x"))
    assert code.startswith('flowchart TD\n    n0(["x"])\n    n0 --> n1["#10003; verified#58; x"]\n')
    assert '{{"#9670; root#58; x"}}:::rootCause' in code
    assert 'n0 -.-> n4>"#10007; ruled out#58; x"]:::ruledOutCause' in code
    assert '[/"#9671; contributing, stopped#58; x"/]' in code
    assert '[\\"#9633; condition, stopped#58; x"\\]' in code
    assert '("#9675; open#58; x"):::openCause' in code
    assert "fill" not in code
    assert "color" not in code


@given(text=lines)
def test_no_text_breaks_out_of_its_label(text: str) -> None:
    first, *rest = flowchart(full(text)).rstrip("\n").split("\n")
    assert first == "flowchart TD"
    assert all(LINE.fullmatch(line) for line in rest)
    assert len(rest) == len(flowchart(full("x")).rstrip("\n").split("\n")) - 1


def test_long_answers_are_shortened_in_the_picture() -> None:
    tree = session("word " * 100)
    assert len(flowchart(tree)) < 300


def test_a_tree_of_four_hundred_nodes_is_one_picture() -> None:
    (picture,) = pictures(fan(MOST_NODES - 1)).drawn
    assert nodes(picture.code) == MOST_NODES
    with pytest.raises(TooLarge):
        flowchart(fan(MOST_NODES))


def test_a_larger_tree_is_split_by_branch() -> None:
    found = pictures(fan(1000))
    assert not found.left_out
    assert [(item.first, item.last) for item in found.drawn] == [(1, 399), (400, 798), (799, 1000)]
    assert all(nodes(item.code) <= MOST_NODES for item in found.drawn)


def test_a_branch_that_is_too_large_is_named() -> None:
    tree = chain(500)
    tree, small = answer(tree, tree.problem.id, "small branch")
    found = pictures(tree)
    assert [cause.text for cause in found.left_out] == ["cause 1"]
    assert [(item.first, item.last) for item in found.drawn] == [(2, 2)]
    assert small.text in found.drawn[0].code


def test_a_huge_tree_has_no_picture() -> None:
    assert pictures(fan(10_000)).drawn == ()
    assert len(pictures(fan(10_000)).left_out) == 10_000


def test_pictures_stay_below_the_size_that_mermaid_takes() -> None:
    tree = session()
    for _ in range(100):
        tree, _cause = answer(tree, tree.problem.id, "ערך " * 40)
    found = pictures(tree)
    assert all(len(item.code) <= MOST_CHARACTERS for item in found.drawn)
    tree, _cause = answer(tree, tree.problem.id, "«»" * 60)
    assert all(len(item.code) <= MOST_CHARACTERS for item in pictures(tree).drawn)
