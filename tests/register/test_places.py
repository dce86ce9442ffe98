from __future__ import annotations

import pytest

from imsmap.register.places import address, is_of


@pytest.mark.parametrize(
    ("words", "leads"),
    [
        ("https://example.org/plan", "https://example.org/plan"),
        ("www.example.org", "https://www.example.org"),
        ("mailto:ann@example.org", "mailto:ann@example.org"),
        ("documents/Our plan.md", "../../documents/Our plan.md"),
        ("documents\\plan.docx", "../../documents/plan.docx"),
        ("plan.docx", "../../plan.docx"),
        ("C:\\files\\plan.docx", "file:///C:\\files\\plan.docx"),
        ("\\\\server\\files\\plan.docx", "\\\\server\\files\\plan.docx"),
        ("Binder 7 in the office", ""),
        ("see section 3.2", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_words_lead_somewhere_where_they_are_an_address_or_a_path(words: str, leads: str) -> None:
    assert address(words, "../../") == leads


def test_a_link_is_of_its_words_however_a_program_wrote_it() -> None:
    assert is_of("file:///D:/papers/documents/Our%20plan.md", "documents/Our plan.md")
    assert is_of("../../documents/plan.md", "documents/plan.md")
    assert not is_of("https://example.org/other", "documents/plan.md")
    assert not is_of("https://example.org/other", "Binder 7")
