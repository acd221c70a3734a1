"""README says what the program has: every key, every command, and links that lead somewhere."""

import re
from pathlib import Path

import typer.main

from fivewhys import cli
from fivewhys.app import FiveWhysApp
from fivewhys.cli.similar import LESS
from fivewhys.patterns.likely import Likely
from fivewhys.screens.keys import table

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_keys_are_those_of_the_program() -> None:
    section = README.split("## Keys")[1].split("\n## ")[0]
    written = [row for row in section.splitlines() if row.startswith("| ")][2:]
    assert written == [
        f"| {line.where} | `{line.keys}` | {line.does} |" for line in table(FiveWhysApp)
    ]


def test_every_command_and_option_is_explained() -> None:
    section = README.split("## Commands")[1].split("\n## ")[0]
    program = typer.main.get_command(cli.app)
    commands = program.commands  # type: ignore[attr-defined]  # a program with commands is a group
    for name, command in commands.items():
        row = next(row for row in section.splitlines() if row.startswith(f"| `fivewhys {name}"))
        for option in command.params:
            names = [text for text in option.opts if text.startswith("-")]
            shared = {"--database", "--ascii", "--help"} & set(names)
            if names and not shared:
                assert any(text in row for text in names), f"{name} {names}"
    named = re.findall(r"^\| `fivewhys ([a-z]+)", section, flags=re.MULTILINE)
    assert sorted(named) == sorted(commands)


def test_every_word_for_how_likely_it_is_is_explained() -> None:
    section = README.split("## The same cause again")[1].split("\n## ")[0]
    rows = [row for row in section.splitlines() if row.startswith("| ")]
    named = {word for row in rows for word in row.split("|")[1].strip().split(", ")}
    assert {*filter(None, Likely), LESS} <= named


def test_its_links_lead_somewhere() -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / link).exists(), link
