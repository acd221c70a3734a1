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


def test_sites_without_any_of_the_categories_are_told_too() -> None:
    rows = [(1, "Lyon", "South", "rudeness", True)]
    bare = [(2, "nice", "South"), (3, "Nice", "South"), (4, "", "")]
    lyon, nice = heat(rows, QUIET, ["ignoring"], "category", bare).lines
    assert (lyon.site, lyon.total.text, lyon.average) == ("Lyon", "1", 1 / 3)
    assert (nice.site, nice.region, nice.total.text, nice.average) == ("Nice", "South", "0", 1 / 3)
    assert [cell.figure.sessions for cell in nice.cells] == [(), ()]
    assert [cell.average for cell in nice.cells] == [0, 1 / 3]


def test_a_site_alone_is_held_against_categories_elsewhere() -> None:
    rows = [(1, "Lyon", "South", "rudeness", False)]
    (nice,) = heat(rows, (), ["rudeness"], "category", [(2, "Nice", "South")]).lines
    assert (nice.site, nice.total.text, nice.average) == ("Nice", "0", 0.5)


def test_where_no_session_carries_a_category_there_is_no_map() -> None:
    found = heat([], QUIET, ["rudeness"], "category", [(1, "Lyon", "South")])
    assert (found.columns, found.lines) == (("rudeness",), ())


def test_what_counts_at_a_site_is_what_its_words_say() -> None:
    assert heat(ROWS).lines[0].total.about == "Sessions asked about at this site, each once."
    rows = [(1, "Lyon", "", "rudeness", True)]
    (line,) = heat(rows, what="category").lines
    assert line.total.about == (
        "Sessions asked about at this site with any category of the lens, each once."
    )


def test_nothing() -> None:
    found = heat([], [], ["Bar"])
    assert (found.columns, found.lines) == (("Bar",), ())
