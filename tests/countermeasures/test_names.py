"""Whether two ways to write a name may mean one person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivewhys.countermeasures.names import may_be_one

ONE = [
    ("Jo Bell", "JB"),
    ("Jo Bell", "jb"),
    ("Jo Bell", "J.B."),
    ("Jo Bell", "J. B."),
    ("Jo Bell", "J. Bell"),
    ("Jo Bell", "J.Bell"),
    ("Jo Bell", "Bell, Jo"),
    ("Jo Bell", "Bell, J."),
    ("Jo Bell", "Bell Jo"),
    ("Jo Bell", "Jo B."),
    ("Jo Bell", "Jo"),
    ("Jo Bell", "Bell"),
    ("Jo Bell", "J"),
    ("Jo Bell", "Jo Bell (night shift)"),
    ("Bell, Jo", "JB"),
    ("J. Bell", "JB"),
    ("J. Bell", "Jo B."),
    ("JB", "J.B."),
    ("Jo Marie Bell", "JMB"),
    ("Jo Marie Bell", "JB"),
    ("Jo Marie Bell", "J. M. Bell"),
    ("Jo Marie Bell", "Jo Bell"),
    ("Jo-Marie Bell", "JMB"),
    ("Élodie Roux", "ÉR"),
    ("Jo Bell", "jo  BELL"),
]

TWO = [
    ("Jo Bell", "Ana"),
    ("Jo Bell", "Ann Bell"),
    ("Jo Bell", "Jo Beck"),
    ("Jo Bell", "A. Bell"),
    ("Jo Bell", "J. Beck"),
    ("Jo Bell", "AB"),
    ("Jo Bell", "BJ"),
    ("Jo Bell", "Joanna"),
    ("Amara Lind", "Al"),
    ("Amara", "Paul"),
    ("Amara", "AM"),
    ("Team A", "Team B"),
    ("Shift 1", "Shift 12"),
    ("Shift", "Shift 2"),
    ("Jo Bell", "Jo Bell 2"),
    ("Customer service", "Customer relations"),
    ("Customer service, Solvia", "Customer service, Harwick"),
    ("JB", "JK"),
    ("JB", "JMB"),
    ("Jo Bell", ""),
    ("", ""),
]


@pytest.mark.parametrize(("name", "other"), ONE)
def test_may_be_one(name: str, other: str) -> None:
    assert may_be_one(name, other)
    assert may_be_one(other, name)


@pytest.mark.parametrize(("name", "other"), TWO)
def test_are_two(name: str, other: str) -> None:
    assert not may_be_one(name, other)
    assert not may_be_one(other, name)


NAMES = st.text(max_size=30) | st.from_regex(r"[A-Ca-c., ]{0,12}", fullmatch=True)


@given(NAMES, NAMES)
def test_it_does_not_matter_which_is_which(name: str, other: str) -> None:
    assert may_be_one(name, other) == may_be_one(other, name)


@given(NAMES.filter(lambda name: any(map(str.isalnum, name))))
def test_whoever_has_a_name_may_be_oneself(name: str) -> None:
    assert may_be_one(name, name)
