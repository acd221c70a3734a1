"""How the review's figures are told in lines and sentences, without a window."""

from dataclasses import replace
from datetime import date

from fivewhys.models.plan_words import CountermeasureKind, Progress
from fivewhys.models.words import Severity
from fivewhys.screens.look import wrap
from fivewhys.screens.review_causes import pareto_table, wounds_table
from fivewhys.screens.review_doings import follow_table
from fivewhys.screens.review_places import heat_table
from tests.review.by_columns import follow_through, heat, pareto, wounds
from tests.review.plain.rows import ActionRow
from tests.review.rows import held, root, together

SMALL, BIG = Severity.MINOR, Severity.MAJOR
SITE = "The house at the end of the pier that nobody finds in winter"


def test_minor_wounds_say_which_sums_are_guesses() -> None:
    rows = [held(number, SMALL, 9, site=SITE) for number in (1, 2)]
    rows += [held(number, BIG, site="Lyon") for number in range(3, 20)]
    table = wounds_table(wounds(rows, together([])))
    assert table.said == (
        "2 minor sessions outweigh each of 17 of 17 big ones; 17 sessions do not say how many "
        f"customers, and each counts as one. In common: “{SITE}”."
    )
    # In a small window the name is cut, and nothing else.
    assert "In common: “The" in " ".join(wrap(table.said, 78)[:2])
    line = table.lines[-2]
    assert (line.name, line.spots[0].text) == ("Sessions that do not say how many customers", "17")


def test_minor_wounds_without_a_guess_need_no_warning() -> None:
    rows = [held(number, SMALL, 9, site="Lyon") for number in (1, 2)]
    found = wounds_table(wounds([*rows, held(3, BIG, 1)], together([])))
    assert found.said == "2 minor sessions outweigh each of 1 of 1 big one. In common: “Lyon”."
    found = wounds_table(wounds([*rows, held(3, BIG, 99)], together([])))
    assert found.said == "2 sessions are minor; no pile of them outweighs a big one."
    found = wounds_table(wounds([*rows, held(3, BIG, 99), held(4, SMALL)], together([])))
    assert found.said == (
        "3 sessions are minor; no pile of them outweighs a big one; 1 session does not say how "
        "many customers, and counts as one."
    )


def test_the_few_are_told_with_what_they_make() -> None:
    roots = [root(number, number, "The form is old") for number in (1, 2, 3, 4, 5)]
    roots += [root(number, number, "Nobody owns the queue") for number in (6, 7)]
    found = pareto(range(1, 8), together(roots))
    assert pareto_table(found).said == (
        "2 of 2 shared root causes make 100 % of the bars, by sessions; the line is at 80 %."
    )
    found = pareto(range(1, 7), together(roots))
    assert pareto_table(found).said == (
        "1 of 2 shared root causes makes 83 % of the bars, by sessions; the line is at 80 %."
    )
    # The line falls among those that have no bar of their own.
    far = replace(found, line=3, rest=1)
    assert pareto_table(far).said == "3 of 3 shared root causes make 80 % of the bars, by sessions."


def test_a_site_without_any_of_the_categories_is_told_beside_its_region() -> None:
    rows = [(1, "Lyon", "South", "rudeness", False)]
    found = heat(rows, (), ["rudeness"], "category", [(2, "Nice", "South")])
    table = heat_table(found, {"rudeness": "Rudeness"}, "Manners")
    assert table.said == "None of these sessions has any of these. By Manners."
    line = table.lines[-1]
    assert (line.name, [spot.text for spot in line.spots]) == ("Nice", ["0", "0.5", "0"])


def test_one_that_is_late_is_told_as_one() -> None:
    late = ActionRow(
        1, CountermeasureKind.PREVENT, Progress.PLANNED, None, date(2026, 3, 1), None, False
    )
    said = follow_table(follow_through([late], date(2026, 4, 1))).said
    assert said == "1 still to be done, and it is overdue."
    said = follow_table(follow_through([late], date(2026, 2, 1))).said
    assert said == "1 still to be done, not overdue."


def test_where_the_published_shares_are_from_is_told_once() -> None:
    table = follow_table(follow_through((), date(2026, 3, 1)))
    (spot,) = (line.spots[0] for line in table.lines if line.name == "Stronger")
    assert spot.figure is not None
    assert f"{spot.note} {spot.figure.about}".count("Hibbert") == 1
    assert spot.note == "Published: 8 %."
