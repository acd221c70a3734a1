"""The training data, and the batches in which it is learned."""

import random
from pathlib import Path

from training.groups import DATA, batches, families, read


def test_data_are_groups_of_several_statements() -> None:
    groups = read()
    assert len(groups) > 3_000
    assert all(len(group.statements) >= 2 for group in groups.values())
    assert len({group.of_field for group in groups.values()}) > 10
    unknown = {near for group in groups.values() for near in group.near} - groups.keys()
    assert not unknown


def test_no_group_is_near_itself() -> None:
    assert [name for name, group in read().items() if name in group.near] == []


def test_groups_that_are_the_same_become_one(tmp_path: Path) -> None:
    file = tmp_path / "some.tsv"
    file.write_text(
        "group\tstatement\tnear\n"
        "hos-crew-hours\tOne crew was over its hours\t\n"
        "trv-crew-hoursexceeded\tThe crew timed out\tnew-near\n"
        "new-near\tNo crew stood by\ttrv-crew-hoursexceeded\n"
    )
    groups = read([file])
    assert groups["hos-crew-hours"].statements == [
        "One crew was over its hours",
        "The crew timed out",
    ]
    assert groups["new-near"].near == {"hos-crew-hours"}
    assert families(groups) == [["hos-crew-hours", "new-near"]]


def test_a_pass_takes_every_group_once_with_its_near_ones() -> None:
    groups = dict(list(read().items())[:960])
    seen = []
    for batch in batches(groups, 48, 3, random.Random(1)):
        texts = [statement for _, statement in batch]
        assert len(batch) <= 48 * 3
        assert len(set(texts)) == len(texts)
        seen.append({number for number, _ in batch})
    assert [len(numbers) for numbers in seen] == [48] * 20


def test_ordinary_sentences_are_many_and_no_causes_of_the_data() -> None:
    ordinary = DATA.joinpath("ordinary.txt").read_text("utf-8").splitlines()
    statements = {text for group in read().values() for text in group.statements}
    assert len(ordinary) >= 800
    assert len(set(ordinary)) == len(ordinary)
    assert not statements & set(ordinary)
