"""What a line typed in the box becomes."""

import pytest
from hypothesis import given
from pydantic import ValidationError

from fivewhys.models.words import EvidenceKind
from fivewhys.screens.purposes import WORDINGS, Purpose, evidence_of
from tests.building import session
from tests.reports.hostile import lines

NOTE, LINK, NUMBER = EvidenceKind.NOTE, EvidenceKind.LINK, EvidenceKind.NUMBER


@pytest.mark.parametrize(
    ("text", "kind", "supports", "words"),
    [
        ("seen by Bo", NOTE, True, "seen by Bo"),
        ("  12 of 80 orders ", NUMBER, True, "12 of 80 orders"),
        ("~40 minutes", NUMBER, True, "~40 minutes"),
        ("€ 1,300", NUMBER, True, "€ 1,300"),
        ("-3 °C", NUMBER, True, "-3 °C"),
        ("+49 % in May", NUMBER, True, "+49 % in May"),
        ("<5 of 100", NUMBER, True, "<5 of 100"),
        ("about 12", NOTE, True, "about 12"),
        ("https://example.com/42", LINK, True, "https://example.com/42"),
        ("HTTP://EXAMPLE.COM", LINK, True, "HTTP://EXAMPLE.COM"),
        ("file:///srv/log.txt", LINK, True, "file:///srv/log.txt"),
        ("mailto:bo@example.com", LINK, True, "mailto:bo@example.com"),
        ("see https://example.com", NOTE, True, "see https://example.com"),
        ("against: the log says on time", NOTE, False, "the log says on time"),
        ("Against 12 of 12 on time", NUMBER, False, "12 of 12 on time"),
        ("AGAINST:https://example.com", LINK, False, "https://example.com"),
        ("againstness", NOTE, True, "againstness"),
    ],
)
def test_evidence_is_a_note_a_link_or_a_number_for_or_against(
    text: str, kind: EvidenceKind, supports: bool, words: str
) -> None:
    assert evidence_of(text) == (kind, supports, words)


@given(text=lines)
def test_every_line_is_some_evidence(text: str) -> None:
    kind, _, words = evidence_of(text)
    assert kind in EvidenceKind
    assert words in text


def test_evidence_against_nothing_is_refused() -> None:
    with pytest.raises(ValidationError):
        WORDINGS[Purpose.EVIDENCE].command(session().problem.id, "against: ")


def test_every_purpose_has_words() -> None:
    assert set(WORDINGS) == set(Purpose)
    assert all(wording.title and wording.ask and wording.enter for wording in WORDINGS.values())
