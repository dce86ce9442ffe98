"""The columns that people fill: one table for all sheets, and the words that their lists offer."""

from __future__ import annotations

from imsmap.exporters.excel.grid import Field

APPLIES = ("yes", "no", "partly")
STATUS = {
    "Conforming": "met, and there is evidence for it",
    "Partial": "met in part; Gap says what is missing",
    "Not conforming": "not met",
    "Not applicable": "outside the scope; Justification says why",
    "Not assessed": "nobody has looked; neither met nor not met",
}
SEVERITY = {
    "major": "the system fails here, or results are in doubt",
    "minor": "a single lapse; the system as such works",
    "improvement": "met, and could be better",
}


def _user(key: str, title: str, width: float, kind: str = "text", prompt: str = "", *choices: str) -> Field:
    return Field(key, title, kind, width, "user", choices, prompt)


REQUIREMENTS = (
    _user("applies", "Applies", 9, "text", "Does this apply to us?", *APPLIES),
    _user("justification", "Justification if not", 16, "text", "Needed where a requirement is held not applicable."),
    _user("process", "Process", 12),
    _user("document", "Document", 14, "text", "Name or number of our document; details go onto Documents."),
    _user("owner", "Owner", 12),
    _user("evidence", "Evidence", 20),
    _user("status", "Status", 15, "text", "How does it stand?", *STATUS),
    _user("gap", "Gap", 20),
    _user("severity", "Severity", 12, "text", "How bad is the gap?", *SEVERITY),
    _user("action", "Action", 20),
    _user("due", "Due", 11, "date", "A date."),
    _user("verified_by", "Verified by", 12),
    _user("verified_on", "Verified on", 11, "date", "A date."),
    _user("consultant_note", "Consultant's note", 24),
    _user("client_note", "Client's note", 24),
    _user("assessor_note", "Assessor's note", 24),
)
DOCUMENTS = (
    _user("document", "Our document", 13),
    _user("document_id", "Document no.", 10, "code"),
    _user("version", "Version", 8, "code"),
    _user("owner", "Owner", 9),
    _user("location", "Location (link)", 11),
    _user("review", "Next review", 10, "date", "A date."),
    _user("retention", "Retention", 10, "text", "How long records of this kind are kept."),
)
