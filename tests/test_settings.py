"""Where things live and who is working, from options and environment variables."""

import getpass
from pathlib import Path

import pytest

from fivewhys import settings


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("DATABASE", "USER", "EXPORTS", "LENSES", "TEMPLATES"):
        monkeypatch.delenv(getattr(settings, name), raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def test_option_outranks_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(settings.DATABASE, "other.db")
    assert settings.database("mine.db") == "mine.db"
    assert settings.database(None) == "other.db"


def test_own_history_is_in_the_data_folder() -> None:
    assert Path(settings.database(None)).name == "history.db"
    assert Path(settings.database(None)).parent.name == "fivewhys"


def test_home_folder_is_understood(tmp_path: Path) -> None:
    assert settings.database("~/team.db") == str(tmp_path / "team.db")


def test_folder_that_only_looks_like_a_home_is_taken_as_it_is() -> None:
    assert settings.database("~nobody-has-this-name/x.db").endswith("~nobody-has-this-name/x.db")


def test_address_of_a_file_is_the_file() -> None:
    assert settings.database("sqlite:///team.db") == "team.db"
    assert settings.database("sqlite:////srv/team.db") == "/srv/team.db"


def test_address_stays_as_it_is() -> None:
    address = "postgresql://ines@localhost/whys"
    assert settings.database(address) == address


def test_actor_is_cleaned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(settings.USER, "\x1b[31mInes\u202e \n")
    assert settings.actor() == "Ines"


def test_actor_is_the_login_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "amara")
    assert settings.actor() == "amara"


@pytest.mark.parametrize("error", [OSError, KeyError, ImportError])
def test_actor_never_fails(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def unknown() -> str:
        raise error("no such user")

    monkeypatch.setattr(getpass, "getuser", unknown)
    assert settings.actor() == ""


def test_very_long_name_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(settings.USER, "x" * 10_000)
    assert len(settings.actor()) == settings.LONGEST_NAME


def test_exports_go_to_a_folder_here(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings.exports() == Path("exports")
    monkeypatch.setenv(settings.EXPORTS, "elsewhere")
    assert settings.exports() == Path("elsewhere")


def test_own_lenses_are_in_the_settings_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert settings.lenses().name == "lenses"
    assert settings.lenses().parent.name == "fivewhys"
    assert tmp_path in settings.lenses().parents
    monkeypatch.setenv(settings.LENSES, "~/team")
    assert settings.lenses() == tmp_path / "team"


def test_own_templates_are_in_the_settings_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert settings.templates() == settings.lenses().parent / "templates"
    monkeypatch.setenv(settings.TEMPLATES, "~/team")
    assert settings.templates() == tmp_path / "team"
