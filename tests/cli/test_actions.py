"""The plan over all sessions."""

import csv
import json
import subprocess
import sys
from collections.abc import Collection
from contextlib import closing
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest
from icalendar import Calendar

from fivewhys.cli import planning
from fivewhys.cli.completion import offered_departments, offered_owners, offered_sites
from fivewhys.models.commands import (
    AddCountermeasure,
    CountermeasureFacts,
    DeleteSession,
    StartSession,
)
from fivewhys.reports.templates import INSTEAD
from fivewhys.store.store import Store
from tests.cli.ran import Run, failed

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "today_here", lambda: TODAY)


def listed(run: Run, *arguments: str) -> list[dict[str, object]]:
    ran = run("actions", "--json", *arguments)
    assert ran.status == 0
    found: list[dict[str, object]] = json.loads(ran.out)
    return found


@pytest.mark.usefixtures("filled")
def test_the_plan_is_markdown_of_what_is_to_be_done(run: Run) -> None:
    ran = run("actions")
    assert ran.err == ""
    assert ran.out.startswith(
        "# Action plan over all sessions\n\nAs of 21 November 2026 · still to be done\n\n"
        "**In short:** "
    )
    assert "\n## Overdue\n\n| Session | Place | What we do |" in ran.out
    assert "| S-2 | Harwick · Check-out | Compare window and till prices" in ran.out
    assert "## Effective" not in ran.out
    assert run("actions", "--open").out == run("actions", "-o", "-").out == ran.out


@pytest.mark.usefixtures("filled")
def test_the_plan_is_narrowed(run: Run) -> None:
    every = listed(run, "--all")
    still_open = listed(run)
    overdue = listed(run, "--overdue")
    assert len(every) > len(still_open) > len(overdue) > 0
    assert {one["state"] for one in still_open} <= {"idea", "planned", "in_progress"}
    assert {"done", "effective", "not_effective", "rejected"} <= {one["state"] for one in every}
    assert [one for one in still_open if one["overdue"]] == overdue
    assert {one["owner"] for one in listed(run, "--owner", "helen")} == {"Helen"}
    assert {one["site"] for one in listed(run, "--all", "--site", "HARWICK")} == {"Harwick"}
    departments = {one["department"] for one in listed(run, "--department", " Check-out ")}
    assert departments == {"Check-out"}
    assert "· still to be done · owner Helen · site Harwick\n" in (
        run("actions", "--owner", "Helen", "--site", "Harwick").out
    )


@pytest.mark.usefixtures("filled")
def test_all_pages_are_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [run("actions", "--all", "--format", form).out for form in ("md", "ics")]
    monkeypatch.setattr(planning, "PAGE", 2)
    assert [run("actions", "--all", "--format", form).out for form in ("md", "ics")] == before
    assert "S-1 " in before[0]


@pytest.mark.usefixtures("filled")
def test_csv_is_for_spreadsheets(run: Run, tmp_path: Path) -> None:
    out = run("actions", "--format", "csv").out
    rows = list(csv.DictReader(StringIO(out, newline="")))
    assert len(rows) == len(listed(run))
    assert rows[0]["overdue"] == "yes"
    assert run("actions", "-o", "plan.csv").out == "Wrote plan.csv\n"
    assert (tmp_path / "plan.csv").read_bytes() == b"\xef\xbb\xbf" + out.encode()


@pytest.mark.usefixtures("filled")
def test_calendar_has_due_dates_and_checks(run: Run, tmp_path: Path) -> None:
    assert run("actions", "-o", "plan.ics").status == 0
    data = (tmp_path / "plan.ics").read_bytes()
    assert run("actions", "--format", "ics").out.encode() == data
    events = list(Calendar.from_ical(data).walk("VEVENT"))
    days = {str(event["summary"]): event.decoded("dtstart") for event in events}
    assert days["Due (Lewis): Print the year in large figures on the front of the form, in a new "
                "colour each year"] == date(2026, 12, 15)  # fmt: skip
    # It is done already, and still to be checked.
    (checked,) = (title for title in days if title.startswith("Check (Amara): Days from the third"))
    assert days[checked] == date(2026, 11, 16)
    assert len({event["uid"] for event in events}) == len(events)
    dues = [event for event in events if str(event["summary"]).startswith("Due")]
    assert len(dues) == len([one for one in listed(run) if one["due"]])
    narrowed = run("actions", "--overdue", "--owner", "Helen", "--format", "ics").out
    assert 0 < narrowed.count("BEGIN:VEVENT") < len(events)


@pytest.mark.usefixtures("filled")
def test_a_session_that_goes_for_good_meanwhile_is_left_out(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = run("actions", "--format", "ics").out
    read, there = Store.changed_at, [2]

    def gone(store: Store, sessions: Collection[UUID]) -> dict[UUID, datetime]:
        while there:
            store.apply(store.numbered(there.pop()), DeleteSession())
            store.purge_deleted()
        return read(store, sessions)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "changed_at", gone)
        ran = run("actions", "--format", "ics")
    assert (ran.status, ran.err) == (0, "")
    assert 0 < ran.out.count("BEGIN:VEVENT") < everything.count("BEGIN:VEVENT")


@pytest.mark.usefixtures("filled")
def test_files_are_written_as_they_are_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert run("actions", "-o", "folder").out == (
        f"Wrote {Path('folder', '2026-11-21-action-plan.md')}\n"
    )
    run("actions", "--json", "-o", "plan.txt")
    run("actions", "-o", "plan.JSON")
    assert (tmp_path / "plan.txt").read_bytes() == (tmp_path / "plan.JSON").read_bytes()
    assert "was left as it is" in failed(run("actions", "-o", "plan.txt"))
    assert run("actions", "-o", "plan.txt", "--replace").status == 0
    assert (tmp_path / "plan.txt").read_text("utf-8").startswith("# Action plan")
    assert failed(run("actions", "-o", "nowhere/plan.md")).startswith("There is no folder")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--open", "--all"], "Say --open, --overdue or --all, not several of them."),
        (["--json", "--format", "csv"], "Say --json or --format csv, not both."),
        (["--format", "pdf"], "Invalid value for '--format'"),
        (["S-2"], "Got unexpected extra argument"),
    ],
)
def test_what_makes_no_sense_is_explained(run: Run, arguments: list[str], said: str) -> None:
    assert failed(run("actions", *arguments)).startswith(said)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--overdue"], "Nothing is overdue (owner Nobody)."),
        ([], "Nothing is waiting to be done (owner Nobody). To see what was done: add --all"),
        (
            ["--all"],
            "No countermeasures yet (owner Nobody). They are added to a cause while a session is "
            "open.",
        ),
    ],
)
def test_nothing_to_list_is_said_kindly(run: Run, arguments: list[str], said: str) -> None:
    ran = run("actions", "--owner", "Nobody", *arguments)
    assert (ran.status, ran.out, ran.err) == (0, "", f"{said}\n")
    as_json = run("actions", "--owner", "Nobody", "--json", *arguments)
    assert (as_json.out, as_json.err) == ("[]\n", f"{said}\n")
    run("actions", "--owner", "Nobody", "-o", "plan.md", *arguments)
    assert Path("plan.md").read_text("utf-8").endswith("\nThere is nothing of that kind.\n")


def test_without_a_history_it_says_how_to_begin(run: Run, history: Path) -> None:
    ran = run("actions")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.startswith(f"No sessions in {history} yet. To begin one: fivewhys")
    assert listed(run) == []
    assert not history.exists()


@pytest.mark.usefixtures("filled")
def test_own_templates_are_used(run: Run, tmp_path: Path) -> None:
    built_in = run("actions").out
    report = run("export", "S-2", "-o", "-").out
    (tmp_path / "templates").mkdir()
    own = tmp_path / "templates" / "actions.md"
    own.write_text("{{ view.counts }}\n", "utf-8")
    assert run("actions", "--overdue").out.endswith(" overdue\n")
    own.write_text("\n{{ view.count }}\n", "utf-8")
    (tmp_path / "templates" / "plan.md").write_text("{% if", "utf-8")
    ran = run("actions")
    assert (ran.status, ran.out) == (0, built_in)
    assert ran.err.startswith("actions.md, line 2: 'fivewhys.reports.actions.ActionsView object'")
    assert ran.err.endswith(f"{INSTEAD}\n")
    ran = run("export", "S-2", "-o", "-")
    assert (ran.status, ran.out) == (0, report)
    assert ran.err.startswith("plan.md, line 1: ")
    assert ran.err.count("\n") == 1


def test_hostile_texts_stay_in_their_cells(run: Run, history: Path) -> None:
    text = "｜ wide | pipe <b>x</b> `y` =1+1 \x1b[31mred שלום"
    with closing(Store(history, "Ines")) as store:
        tree = store.start(StartSession(problem=text))
        facts = CountermeasureFacts(owner=text, due=TODAY)
        store.apply(tree, AddCountermeasure(cause=tree.problem.id, text=text, facts=facts))
    row = "| ｜ wide \\| pipe \\<b>x\\</b> \\`y\\` =1+1 red שלום | "
    assert row in run("actions").out
    plain = run("actions", "--ascii").out
    assert plain.isascii()
    assert "| \\| wide \\| pipe \\<b>x\\</b> \\`y\\` =1+1 red ???? | " in plain


@pytest.mark.usefixtures("filled")
def test_completion_offers_what_the_history_knows(run: Run) -> None:
    asked = SimpleNamespace(parent=None)
    assert offered_owners(asked, "he") == ["Helen"]  # type: ignore[arg-type]  # all it looks at
    assert offered_sites(asked, "H") == ["Harwick"]  # type: ignore[arg-type]
    assert "Check-out" in offered_departments(asked, "")  # type: ignore[arg-type]
    # A shell would take a name with a space apart.
    assert not any(" " in name for name in offered_departments(asked, ""))  # type: ignore[arg-type]
    assert run("actions", "--department", "Customer service").status == 0


@pytest.mark.usefixtures("run")
def test_completion_without_a_history_offers_nobody() -> None:
    assert offered_owners(SimpleNamespace(parent=None), "") == []  # type: ignore[arg-type]


def test_the_calendar_package_waits_until_it_is_needed(filled: Path) -> None:
    for form, loaded in (("md", "False"), ("ics", "True")):
        code = (
            "import sys; from fivewhys.cli import app\n"
            f"try: app(['--database', {str(filled)!r}, 'actions', '--format', {form!r}])\n"
            "finally: print('icalendar' in sys.modules, file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, text=True
        )
        assert done.stderr.strip() == loaded
