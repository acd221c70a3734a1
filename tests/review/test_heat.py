"""The heat map, and each site beside its region."""

from tests.review.by_columns import heat

ROWS = [
    (1, "Lyon", "South", "Bar", True),
    (2, "lyon", "South", "Bar", True),
    (3, "Lyon", "South", "Spa", True),
    (4, "Nice", "south", "Bar", True),
    (5, "Alone", "East", "Bar", True),
    (6, "", "", "", True),
]
QUIET = [(number, "Cannes", "South") for number in range(11, 20)]


def test_sites_and_departments_are_one_whatever_their_capitals() -> None:
    found = heat(ROWS, QUIET)
    assert found.columns == ("Bar", "Spa", "")
    assert [(line.site, line.region) for line in found.lines] == [
        *(("Alone", "East"), ("Lyon", "South"), ("Nice", "South"), ("", ""))
    ]
    lyon = found.lines[1]
    assert [cell.figure.sessions for cell in lyon.cells] == [(1, 2), (3,), ()]
    assert lyon.total.sessions == (1, 2, 3)


def test_a_region_is_averaged_over_all_its_sites_also_quiet_ones() -> None:
    lyon = heat(ROWS, QUIET).lines[1]
    assert lyon.sites == 3
    # Four sessions at Lyon, Nice and Cannes, which has none now; three of them about bars.
    assert lyon.average == 4 / 3
    assert [cell.average for cell in lyon.cells] == [1, 1 / 3, 0]


def test_the_only_site_of_a_region_and_one_without_have_no_average() -> None:
    found = heat(ROWS, QUIET)
    assert [line.average for line in (found.lines[0], found.lines[3])] == [None, None]


def test_sites_that_are_not_asked_about_still_make_the_average() -> None:
    rows = [(*row[:4], row[1] == "Nice") for row in ROWS]
    (nice,) = heat(rows, QUIET).lines
    assert (nice.site, nice.total.sessions, nice.average) == ("Nice", (4,), 4 / 3)


def test_columns_that_are_wanted_come_first_and_also_empty() -> None:
    found = heat(ROWS, QUIET, ["Kitchen", "Spa"])
    assert found.columns == ("Kitchen", "Spa", "Bar", "")
    assert [cell.figure.text for cell in found.lines[1].cells] == ["0", "1", "2", "0"]


def test_a_session_with_two_categories_counts_once_at_its_site() -> None:
    rows = [(1, "Lyon", "", "rudeness", True), (1, "Lyon", "", "ignoring", True)]
    (line,) = heat(rows, what="category").lines
    assert (line.total.text, [cell.figure.text for cell in line.cells]) == ("1", ["1", "1"])


def test_nothing() -> None:
    found = heat([], [], ["Bar"])
    assert (found.columns, found.lines) == (("Bar",), ())
