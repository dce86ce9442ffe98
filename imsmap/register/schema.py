"""The columns that people fill: one table for all sheets, and the words that their lists offer."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from attrs import field

from imsmap.register.cells import PROCESS, Cells, Value
from imsmap.values import frozen

NOT_APPLICABLE = "Not applicable"
APPLIES = ("Applies", "Partly", NOT_APPLICABLE)
CONFORMING, PARTIAL, NOT_CONFORMING, NOT_ASSESSED = "Conforming", "Partial", "Not conforming", "Not assessed"
STATUS = {
    CONFORMING: "met, and there is evidence for it",
    PARTIAL: "met in part; Gap says what is missing",
    NOT_CONFORMING: "not met",
    NOT_APPLICABLE: "outside the scope; Justification says why",
    NOT_ASSESSED: "nobody has looked; neither met nor not met",
}
MAJOR, MINOR, OBSERVATION = "Major", "Minor", "Observation"
SEVERITY = {
    MAJOR: "the system fails here, or results are in doubt",
    MINOR: "a single lapse; the system as such works",
    OBSERVATION: "met, and could be better",
}
EFFORT = {"S": "hours", "M": "days", "L": "weeks", "XL": "months"}
CLOSED = ("Done", "Verified")
"""What an action is when it is no longer open."""
PROGRESS = ("Open", "In progress", *CLOSED)
RESULTS = {
    CONFORMING: STATUS[CONFORMING],
    NOT_CONFORMING: "not met; Finding says what was seen",
    NOT_APPLICABLE: "outside the scope",
    "Not seen": "not looked at, so neither met nor not met",
}
RESULT = tuple(RESULTS)
GRADE = tuple(SEVERITY)
MARKS = {"P": "primary: the process answers for it", "S": "secondary: it takes part", "·": "touched"}
APPLYING = ("x", "✓", "✔", "√", "☑")
"""Signs with which people say that a clause applies to a process, and not how."""
SPELLINGS = {
    "P": "P", "S": "S", "·": "·", ".": "·", "•": "·", "primary": "P", "secondary": "S", "touched": "·",
    **dict.fromkeys(APPLYING, "P"),
}  # fmt: skip
"""How people type a mark, and what it is then; small letters do too."""
EVERY = "yes"
"""Says under All that every process takes part."""
DEGREE = ("None", "Partly", "Mostly", "Fully")


CARRIED, REVIEW, REASSESS, REVIEWED = "Carried", "Review", "Re-assess", "Reviewed"
MOVED = {
    CARRIED: "the same is asked as before",
    REVIEW: "clarified or narrowed; see whether the answer still fits",
    REASSESS: "more is asked now; the status is open, the old one stands under Before the move",
    REVIEWED: "looked at since the move",
}
"""What became of an answer when its project moved to another edition."""


@frozen
class Field:
    """A column of a sheet: what it holds, who fills it, and to which standard (by place) it belongs."""

    key: str
    title: str
    kind: str = "text"
    width: float = 16
    owner: str = "tool"
    choices: tuple[str, ...] = ()
    prompt: str = ""
    standard: int | None = None
    listed: str = ""
    """The list on the hidden sheet that its cells offer; anything else may be written too."""
    hidden: bool = False
    folds: bool = False
    """Whether it folds away, with others beside it, under the column before them."""
    firm: bool = False
    """Whether it keeps its width where others give way, since what it holds would break."""


@frozen
class Process:
    """A process of the client; marks: what it is to a clause (`P`, `S` or `·`), by the clause's reference."""

    id: str
    name: str
    owner: str = ""
    marks: Mapping[str, str] = field(factory=dict)


BLANKS = tuple(Process(f"process-{number}", f"Process {number}") for number in (1, 2, 3))
"""The columns of the sheet Processes where a project names no process yet; a name typed over a heading makes one."""


@frozen
class Change:
    """A cell that changed: in which version of the answers, when, by whom, where, from what to what."""

    version: int | str
    date: datetime.date | str
    who: str
    sheet: str
    row: str
    field: str
    old: Value | None
    new: Value | None


@frozen
class Part:
    """What one person gets of a workbook: the ids of their rows by sheet, and what helps to answer them.

    name: whose it is; nothing for what nobody answers. beside: rows of Requirements that somebody else answers. said:
    what was said of a verdict when the workbook went out, by point. is_whole: it holds everybody's rows.
    about: what the person is asked about, as a sentence.
    """

    name: str
    rows: Mapping[str, frozenset[str]]
    beside: frozenset[str] = frozenset()
    said: Mapping[str, str] = field(factory=dict)
    is_whole: bool = False
    about: str = ""

    def holds(self, sheet: str, row: str) -> bool:
        """Tell whether a row is in this workbook."""
        return self.is_whole or row in self.rows.get(sheet, ()) or (sheet == "requirements" and row in self.beside)


@frozen
class Given:
    """What a client's project brings to a workbook beside the reports.

    texts: what the standards say, by full reference of clauses, where somebody asked for it who has a licence.
    project, export: the ids that tie the file to the project and to its snapshot; without them it can't come back.
    home: the way from the workbook's folder to the project's, in which paths without a root begin.
    part: whose rows alone it holds; else it holds all.
    """

    cells: Cells = field(factory=dict)
    processes: tuple[Process, ...] = ()
    changes: tuple[Change, ...] = ()
    project: str = ""
    export: str = ""
    home: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    part: Part | None = None

    @property
    def columns(self) -> tuple[Process, ...]:
        """The processes that have a column: those of the client; while a project names none, empty ones to name."""
        return self.processes or (BLANKS if self.project else ())

    @property
    def archived(self) -> bool:
        """Tell whether a move to another edition archived an answer."""
        return any(key.sheet == "archive" for key in self.cells)


def nested(cells: Cells) -> dict[str, dict[str, dict[str, Value]]]:
    """Put cells by sheet, row and field."""
    found: dict[str, dict[str, dict[str, Value]]] = {}
    for (sheet, row, name), value in cells.items():
        found.setdefault(sheet, {}).setdefault(row, {})[name] = value
    return found


NAMES = 15.75
"""How wide columns with names of documents are at least, so that `Environmental` and `Nonconforming` stay whole."""


def _user(
    key: str,
    title: str,
    width: float,
    kind: str = "text",
    prompt: str = "",
    choices: Iterable[str] = (),
    of: str = "",
    *,
    firm: bool = False,
) -> Field:
    return Field(key, title, kind, width, "user", tuple(choices), prompt, listed=of, firm=firm)


def _computed(key: str, title: str, width: float, kind: str = "state") -> Field:
    return Field(key, title, kind, width, "computed")


REQUIREMENTS = (
    _user("applies", "Applies", 11, "text", "Does this apply to us?", APPLIES),
    _user("justification", "Justification", 26, "text", "Needed where a requirement is held not applicable."),
    _user("process", "Process", 13, of="process"),
    _user(
        "document",
        "Document",
        NAMES,
        "text",
        "Name or number of our document; details go onto Documents.",
        of="document",
    ),
    _user("owner", "Owner", 16, of="owner"),
    _user("evidence", "Evidence", 36),
    _user("status", "Status", 13, "text", "How does it stand?", STATUS),
    _computed("elsewhere", "Said for the others", 13, "text"),
    _user("moved", "After the move", 11, "text", "What became of the answer in the new edition?", MOVED),
    _user("before", "Before the move", 24),
    _computed("clause_status", "Status of the clause", 13),
    _user("gap", "Gap", 22),
    _user("severity", "Severity", 12.5, "text", "How bad is the gap?", SEVERITY),
    _user("action", "Action", 20, "text", "What is done about it; effort and progress go onto Actions."),
    _user("due", "Due", 11, "date", "A date."),
    _user("verified_by", "Verified by", 14, of="owner"),
    _user("verified_on", "Verified on", 11, "date", "A date."),
    _user("consultant_note", "Consultant's note", 15),
    _user("client_note", "Client's note", 15),
    _user("assessor_note", "Assessor's note", 15),
    Field("stands", "Counts as", "state", 13, "computed", hidden=True),
)
ACTIONS = (
    Field("letters", "Letter", "letters", 7),
    Field("clause", "Requirement", "clause", 13),
    Field("topic", "Group", "text", 20),
    _computed("text", "Action", 34, "text"),
    _computed("severity", "Severity", 12),
    _user("effort", "Effort", 7, "state", "S = hours, M = days, L = weeks, XL = months.", EFFORT),
    _computed("owner", "Owner", 15, "text"),
    _computed("due", "Due", 11, "date"),
    _user("status", "Status", 11, "state", "How far is it?", PROGRESS),
    _computed("days_left", "Days left", 7, "number"),
    _computed("late", "Overdue?", 11),
    _user("closure", "Evidence of closure", 24),
    _user("verified_by", "Verified by", 13, of="owner"),
    _user("note", "Note", 20),
)
DOCUMENTS = (
    _user("document", "Our document", NAMES, firm=True),
    _user("document_id", "Document no.", 10, "code"),
    _user("version", "Version", 8.75, "code"),
    _user("owner", "Owner", 13.75, of="owner", firm=True),
    _user("location", "Location (link)", 12.25),
    _user("review", "Next review", 10, "date", "A date."),
    _user("retention", "Retention", 12.75, "text", "How long records of this kind are kept."),
)
FORMS = {
    "One document": "one for all its standards",
    "Shared core with annexes": "one for all its standards, with an annex for what each of them adds",
    "Separate": "one for each standard",
    "In the manual": "a chapter of the manual, and no document of its own",
}
"""What documents of several standards may be."""
BLUEPRINT = (
    _user("decided", "As decided", 12, "text", "Fill in only to decide otherwise than is proposed.", FORMS),
    _computed("count", "Documents", 10.5, "number"),
    _user("title", "Our title", 13, "text", "What the document is called here."),
    _user("owner", "Owner", 11, of="owner"),
)
MANAGEMENT_REVIEW = (
    _user("owner", "Owner", 14, "text", "Who brings it to the review?", of="owner", firm=True),
    _user("source", "Source", 24, "text", "Which report or figure?"),
    _user("decision", "Decision", 30),
    _user("action", "Action", 26),
)
INTEGRATION = (
    _user("degree", "Degree", 9, "state", "How far is it one system?", DEGREE),
    _user("evidence", "Evidence", 40, "text", "Which document or practice shows it?"),
    _user("note", "Note", 26),
)
YES, NO = "Yes", "No"
APPLICABLE = {YES: "it is needed; Justification says what for", NO: "left out; Justification says why it may be"}
"""Whether a control applies, as the Statement of Applicability has it."""
IMPLEMENTED = "Implemented"
IMPLEMENTATION = (IMPLEMENTED, "Partly", "Planned", "Not implemented")
INCLUDED, UNDECIDED = "Applicable", "Not decided"
"""What a control counts as beside `NOT_APPLICABLE`."""
SOA = (
    _user(
        "applicable", "Applicable", 11, "state", "Is the control needed? A word for all that it asks for.", APPLICABLE
    ),
    _user(
        "justification", "Justification", 28, "text", "Why it is needed, or why it may be left out: both are asked for."
    ),
    _user("source", "Source", 16, "text", "Where the need comes from: risk treatment, law, contract."),
    _user("status", "Implementation", 17, "state", "How far is it?", IMPLEMENTATION),
    _user("how", "How implemented", 28, "text", "The rule, document or system that does it."),
    _user("owner", "Owner", 13, of="owner"),
    _user("evidence", "Evidence", 22),
    _computed("stands", "Counts as", 13),
)
OBLIGATIONS = (
    _computed("status", "Status", 13),
    _user("how", "How evaluated", 26, "text", "Who looks at what: measurements, inspection, an audit."),
    _user("owner", "Who evaluates", 14, of="owner"),
    _user("evaluated", "Last evaluated", 11, "date", "A date."),
    _user("next", "Next evaluation", 11, "date", "A date."),
    _computed("days_left", "Days left", 7, "number"),
    _computed("late", "Overdue?", 11),
    _user("note", "Note", 22),
)
HIGH, MEDIUM, LOW = "High", "Medium", "Low"
RISK = {
    HIGH: "much hangs on it, or much changes in it",
    MEDIUM: "neither high nor low",
    LOW: "little hangs on it, and it is as it was",
}
"""How much hangs on a process, for the audit programme."""
LAST = (CONFORMING, OBSERVATION, MINOR, MAJOR)
"""The worst that the last audit of a process found."""
PROGRAMME = (
    _user("risk", "Risk", 8, "state", "How much hangs on the process?", RISK),
    _user("last", "Last result", 11, "state", "The worst that its last audit found.", LAST),
    _user("not_by", "Not audited by", 12, "text", "Names of auditors whose work it is, beside its owner."),
    _user("held", "Held", 15, "text", "Sessions held, month and auditor: 2027-03 Ann Archer; 2028-03 Ben Barker"),
    _user("note", "Note", 10),
)
DECISION = (
    Field("toward", "Pulls toward", width=13),
    Field("question", "Question", width=38),
    Field("scale", "What the answers mean", width=24),
    Field("answer", "Answer", "state", 10, "user"),
    Field("weight", "Weight", "state", 8, "user"),
    Field("date", "Date", "date", 11, "user"),
    Field("evidence", "Evidence", width=28, owner="user"),
    Field("used", "Weight used", "number", 9, "computed"),
    Field("low", "At least", "number", 9, "computed"),
    Field("high", "At most", "number", 9, "computed"),
)


@frozen
class Called:
    """What the columns of a standard say: its label and its name."""

    key: str
    label: str
    designation: str


def result(standard: str) -> str:
    """Name the field of the audit checklist that holds a standard's verdict; standard: its key."""
    return f"result_{standard}"


def audit(standards: Iterable[Called]) -> tuple[Field, ...]:
    """Give the columns of the audit checklist: a result for each standard."""
    return (
        _user("process", "Process", 13, "text", "Where is it asked?", of="process"),
        _user("evidence_seen", "Evidence seen", 28),
        *(
            Field(
                result(standard.key), f"{standard.label} · result", "state", 13, "user", RESULT,
                f"The verdict for {standard.designation} alone.", place,
            )
            for place, standard in enumerate(standards)
        ),
        _user("grade", "Grade", 12, "state", "Of the finding, if there is one.", GRADE),
        _user("finding", "Finding", 28),
        _user("auditor", "Auditor", 13, of="owner"),
        _user("date", "Date", 11, "date", "A date."),
    )  # fmt: skip


def processes(given: Iterable[Process]) -> tuple[Field, ...]:
    """Give the columns of the sheet of processes: one for each, and a flag for all of them."""
    prompt = "P = primary, S = secondary, · = touched."
    return (
        Field("letters", "Letter", "letters", 7),
        Field("standard", "Standard", "text", 15, firm=True),
        Field("clause", "Clause", "clause", 9),
        Field("title", "Title", "text", 30),
        _computed("count", "Processes", 11),
        _user("all", "All", 6, "state", f"{EVERY} = every process takes part.", (EVERY,)),
        *(_user(f"{PROCESS}{entry.id}", entry.name, 11, "state", prompt, MARKS) for entry in given),
    )


def column(sheet: str, key: str) -> Field:
    """Give a column of the sheets on which figures rest, by its key."""
    tables = {
        "requirements": REQUIREMENTS,
        "actions": ACTIONS,
        "soa": SOA,
        "obligations": OBLIGATIONS,
        "processes": processes(()),
    }
    return next(field for field in tables[sheet] if field.key == key)
