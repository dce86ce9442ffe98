"""The formulas that work out what answers mean: twins of `register/state.py`.

How a requirement counts stands in a hidden column of Requirements, in its own row. What follows for each leaf clause,
document and column of answers, and what the analysis says of each topic of the Matrix, stands on a hidden sheet that is
never sorted: other sheets point at its cells, and it finds theirs by the ids in their hidden columns, wherever people
sorted them to. What stands on a sheet that this workbook does not hold is written as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_cell_to_rowcol

from imsmap.exporters.excel.grid import Computed, Grid
from imsmap.exporters.excel.unsure import Unsure
from imsmap.exporters.excel.worksheet import Sheet
from imsmap.library.model import Kin
from imsmap.register import schema, verdicts
from imsmap.register.answers import LAST_DAY
from imsmap.register.asked import Asked
from imsmap.register.cells import PROCESS, Cells
from imsmap.register.controls import SOA
from imsmap.register.obligations import OBLIGATIONS
from imsmap.register.offers import offers, others, reason
from imsmap.register.questions import CONTROL, MAIN
from imsmap.register.questions import TOPIC as TOPICS
from imsmap.register.schema import CONFORMING, NOT_APPLICABLE, NOT_ASSESSED, NOT_CONFORMING, PARTIAL
from imsmap.register.state import ACTIONS, ASSESSED, DOCUMENTS, NAMED_BY, PROCESSES, REQUIREMENTS, State, said
from imsmap.values import frozen
from imsmap.workbook import STATE

if TYPE_CHECKING:
    from imsmap.exporters.excel.book import Book
    from imsmap.reasoning.shares import Share, Shares

NO_PROCESS, EVERY, OUT = "NO PROCESS", "all", "does not apply"
"""What stands for the number of a clause's processes."""
MISSING, NAMED = "missing", "named"
POINT, STANDS, HAS_DOCUMENT = "ABC"
"""Columns of the points that ask for a document."""
CLAUSE, LABEL, CLAUSE_STATUS, CLAUSE_ROW, SERVED, CLAUSE_MAIN = "EFGHIJ"
"""Columns of the leaf clauses."""
DOCUMENT, DOCUMENT_STATE = "KL"
READ, UNDERSTOOD, ANSWERED = "NOP"
TOPIC, WHOSE = "RS"
QUESTION, QUESTION_STATE = "XY"
"""Columns of the questions that several standards ask."""
HEADING, SAYS, WITH_ABOVE = "UVW"
"""Columns of the headings of Requirements and of the controls of SoA, which may be held not applicable for all that is
beneath them."""
CORE, CORE_OF_SOME, RELATED, UNSEEN = "core", "core of some", "related", "not looked at"
"""How a topic is shared; one that stands alone says whose it is, by the keys of the standards."""
_HEADS = {
    POINT: "point", STANDS: "counts as", HAS_DOCUMENT: "names a document", CLAUSE: "leaf clause", LABEL: "label",
    CLAUSE_STATUS: "status", CLAUSE_ROW: "row on Processes", SERVED: "processes", CLAUSE_MAIN: "main clause",
    DOCUMENT: "document", DOCUMENT_STATE: "state", READ: "answers", UNDERSTOOD: "understood", ANSWERED: "answered",
    TOPIC: "topic", WHOSE: "whose", QUESTION: "question", QUESTION_STATE: "stands", HEADING: "heading",
    SAYS: "says", WITH_ABOVE: "or above",
}  # fmt: skip


@frozen
class Column:
    """Answers that figures rest on: what people call them, where they are, how many are understood and given."""

    title: str
    key: tuple[str, str]
    understood: str
    answered: str


class Twin:
    """The hidden sheet: its cells have their places before anything is written."""

    def __init__(
        self,
        asked: Asked,
        state: State,
        asking: Mapping[str, Iterable[str]],
        labels: Mapping[str, str],
        cells: Cells,
        shares: Shares | None = None,
    ) -> None:
        """Place the rows; labels: what standards are called in short, by key; shares: the topics of the Matrix."""
        self.state = state
        self._asked = asked
        self.main_of = {leaf.ref: leaf.main for leaf in asked.leaves}
        """The main clause in which each leaf clause lies, as its standard says."""
        self.points_of = {leaf.ref: leaf.points for leaf in asked.leaves}
        self._asking = {id_: tuple(points) for id_, points in asking.items()}
        self._labels = labels
        self._cells = cells
        self.whose = {one.topic: _whose(one, len(shares.leaves)) for one in shares.topics} if shares else {}
        self.unsure = Unsure(state)
        documented = dict.fromkeys(point for points in self._asking.values() for point in points)
        self._point = {point: row for row, point in enumerate(documented, 2)}
        self._clause = {clause: row for row, clause in enumerate(state.clauses, 2)}
        self._document = {document: row for row, document in enumerate(self._asking, 2)}
        self._heading = {heading: row for row, heading in enumerate(self._headings(), 2)}
        self._last = {
            **dict.fromkeys((CLAUSE, LABEL, CLAUSE_STATUS, SERVED, CLAUSE_MAIN), 1 + len(self._clause)),
            DOCUMENT_STATE: 1 + len(self._document),
            **dict.fromkeys((TOPIC, WHOSE), 1 + len(self.whose)),
            QUESTION_STATE: 1 + len(state.questions),
        }

    # --- for other sheets ------------------------------------------------------------------------------------------

    def area(self, column: str) -> str:
        """Name the cells of one of its columns."""
        return f"'{STATE}'!${column}$2:${column}${max(2, self._last[column])}"

    def stands(self, grid: Grid, ref: str) -> Computed:
        """Say as what a requirement counts, by what its row on Requirements says."""
        applies, status = (f"TRIM({grid.here(key)})" for key in ("applies", "status"))
        formula = f'"{NOT_ASSESSED}"'
        for word in (NOT_CONFORMING, PARTIAL, CONFORMING):
            formula = f'IF({status}="{word}","{word}",{formula})'
        if ref in self._asked.may_be_left_out:
            others = ",".join(f'{applies}<>"{word}"' for word in schema.APPLIES if word != NOT_APPLICABLE)
            out = f'{status}="{NOT_APPLICABLE}",{self._above(ref)}="{NOT_APPLICABLE}"'
            held = f'OR({applies}="{NOT_APPLICABLE}",AND({others},OR({out})))'
            formula = f'IF({held},"{NOT_APPLICABLE}",{formula})'
        return Computed(f'=IFERROR({formula},"{NOT_ASSESSED}")', self.state.points[ref].status)

    def _headings(self) -> Iterator[str]:
        """Give the headings that have a row: topics, main clauses, and those of standards of which people wrote."""
        written = {key.row for key in self._cells if key.sheet == REQUIREMENTS}
        for row in dict.fromkeys(row for rows in self._asked.headings.values() for row in rows):
            if row in written or row.startswith((MAIN, TOPICS, CONTROL)):
                yield row

    def _above(self, ref: str) -> str:
        """Name the cell that tells what the nearest heading above a point says that says anything."""
        *standards, topic, _ = (row for row in self._asked.headings[ref] if row in self._heading)
        found = f"'{STATE}'!${WITH_ABOVE}${self._heading[topic]}"
        for row in reversed(standards):
            cell = f"'{STATE}'!${SAYS}${self._heading[row]}"
            found = f'IF({cell}<>"",{cell},{found})'
        return found

    def clause_status(self, ref: str) -> Computed:
        """Give the status of a leaf clause, the worst of its points."""
        return Computed(f"='{STATE}'!${CLAUSE_STATUS}${self._clause[ref]}", self.state.clauses[ref].status)

    def offered(self, grid: Grid, ref: str, there: Container[str]) -> Computed | None:
        """Say what other verdicts on the same question say; of those that stand here too, what is another word.

        there: the rows of this workbook. Nothing, where there is no other verdict.
        """
        questions = self._asked.questions
        why, own = reason(questions.of[ref]), grid.here("stands")
        ids, stands = grid.area(), grid.area("stands")
        differing = {offer.point for offer in offers(questions, self.state, ref)}
        pieces, told = [], []
        for point, clause in others(questions, ref):
            lead, said_there = f"{self.label(clause)}: ", self.state.points[point].status
            here = point in there
            if here:
                found = f'INDEX({stands},MATCH("{point}",{ids},0))'
                known = ",".join(f'{found}="{word}"' for word in ASSESSED)
                pieces.append(f'IFERROR(IF(AND(OR({known}),{found}<>{own}),"; {lead}"&{found}&", {why}",""),"")')
            elif said_there in ASSESSED:
                pieces.append(f'"; {lead}{said_there}, {why}"')
            if point in differing or (not here and said_there in ASSESSED):
                told.append(f"{lead}{said_there}, {why}")
        if not pieces:
            return None
        formula = f'=IF({own}="{NOT_APPLICABLE}","",MID({"&".join(pieces)},3,1000))'
        return Computed(formula, "" if self.state.points[ref].status == NOT_APPLICABLE else "; ".join(told))

    def served(self, ref: str) -> Computed:
        """Give the number of processes that a leaf clause has, or the word that stands for it."""
        return Computed(f"='{STATE}'!${SERVED}${self._clause[ref]}", self._served(ref))

    def holes(self) -> list[int]:
        """Give the places of the leaf clauses without a process among all of them, counted from 1."""
        return [place for place, clause in enumerate(self.state.clauses.values(), 1) if clause.is_hole]

    def label(self, ref: str) -> str:
        """Say a leaf clause in short: `Q 4.1`."""
        standard, _, number = ref.partition(":")
        return f"{self._labels[standard]} {number}"

    def _served(self, ref: str) -> str | int:
        clause = self.state.clauses[ref]
        if not clause.in_scope:
            return OUT
        return EVERY if clause.every else len(clause.marks) or NO_PROCESS

    # --- writing -----------------------------------------------------------------------------------------------------

    def write(self, book: Book) -> None:
        """Write the sheet, once all tables are laid out."""
        sheet = book.workbook.add_worksheet(STATE, Sheet)
        sheet.very_hidden()
        for column, words in _HEADS.items():
            sheet.write_string(*xl_cell_to_rowcol(f"{column}1"), words)
        self.unsure.write(sheet)
        if book.given.part is not None:
            self._write_part(book, sheet)
            return
        for ref, row in self._point.items():
            sheet.write_string(*xl_cell_to_rowcol(f"{POINT}{row}"), ref)
            _put(sheet, f"{STANDS}{row}", self._found(book, ref))
            _put(sheet, f"{HAS_DOCUMENT}{row}", self._has_document(book, ref))
        self._write_clauses(book, sheet)
        for id_, row in self._document.items():
            sheet.write_string(*xl_cell_to_rowcol(f"{DOCUMENT}{row}"), id_)
            _put(sheet, f"{DOCUMENT_STATE}{row}", self._named(book, id_))
        for row, (id_, word) in enumerate(self.whose.items(), 2):
            sheet.write_string(*xl_cell_to_rowcol(f"{TOPIC}{row}"), id_)
            sheet.write_string(*xl_cell_to_rowcol(f"{WHOSE}{row}"), word)
        for row, (id_, points) in enumerate(self.state.questions.items(), 2):
            _put(sheet, f"{QUESTION}{row}", Computed("", id_))
            _put(sheet, f"{QUESTION_STATE}{row}", self._question(book, row, points))
        self._write_headings(book, sheet)
        for row, read in enumerate(self.answers(book), 2):
            sheet.write_string(*xl_cell_to_rowcol(f"{READ}{row}"), read.title)
            understood, answered = self.counts(read)
            _put(sheet, f"{UNDERSTOOD}{row}", Computed(read.understood, understood))
            _put(sheet, f"{ANSWERED}{row}", Computed(read.answered, answered))

    def _write_clauses(self, book: Book, sheet: Sheet) -> None:
        places = _rows(book, PROCESSES)
        for ref, row in self._clause.items():
            for column, words in ((CLAUSE, ref), (LABEL, self.label(ref)), (CLAUSE_MAIN, self.main_of[ref])):
                _put(sheet, f"{column}{row}", Computed("", words))
            _put(sheet, f"{CLAUSE_STATUS}{row}", self._worst(book, ref))
            for column, computed in self._of_clause(book, ref, row, places.get(ref, 0)):
                _put(sheet, f"{column}{row}", computed)

    def _write_part(self, book: Book, sheet: Sheet) -> None:
        """Write what one person's rows rest on: how their controls and obligations stand, and what headings say."""
        wanted = {line.id for kind in (SOA, OBLIGATIONS) if kind in book.grids for line in book.grids[kind].lines}
        for ref, row in self._clause.items():
            if ref in wanted:
                _put(sheet, f"{CLAUSE}{row}", Computed("", ref))
                _put(sheet, f"{CLAUSE_STATUS}{row}", self._worst(book, ref))
        self._write_headings(book, sheet)

    def _write_headings(self, book: Book, sheet: Sheet) -> None:
        """Say of each heading whether it holds what is beneath it not applicable, by itself or by its main clause."""
        if REQUIREMENTS not in book.grids:
            return
        main = {rows[-2]: rows[-1] for rows in self._asked.headings.values()}
        ids = book.area(REQUIREMENTS)
        is_there = _there(book, REQUIREMENTS)
        for heading, row in self._heading.items():
            _put(sheet, f"{HEADING}{row}", Computed("", heading.removeprefix(CONTROL)))
            if heading.startswith(CONTROL):
                _put(sheet, f"{SAYS}{row}", self._control(book, heading, f"{HEADING}{row}"))
                continue
            if not is_there(heading):
                _put(sheet, f"{SAYS}{row}", Computed("", self.state.said_above.get(heading, "")))
                if heading in main:
                    above = self.state.said_above.get(heading) or self.state.said_above.get(main[heading], "")
                    _put(sheet, f"{WITH_ABOVE}{row}", Computed("", above))
                continue
            applies, status = (
                f'IFERROR(TRIM(INDEX({book.area(REQUIREMENTS, key)},MATCH({HEADING}{row},{ids},0))),"")'
                for key in ("applies", "status")
            )
            said = f'IF(OR({applies}="{NOT_APPLICABLE}",{status}="{NOT_APPLICABLE}"),"{NOT_APPLICABLE}","")'
            for word in schema.APPLIES:
                if word != NOT_APPLICABLE:
                    said = f'IF({applies}="{word}","{word}",{said})'
            _put(sheet, f"{SAYS}{row}", Computed(f"={said}", self.state.said_above.get(heading, "")))
            if heading in main:
                above = f"{SAYS}{self._heading[main[heading]]}"
                value = self.state.said_above.get(heading) or self.state.said_above.get(main[heading], "")
                _put(sheet, f"{WITH_ABOVE}{row}", Computed(f'=IF({SAYS}{row}<>"",{SAYS}{row},{above})', value))

    def _control(self, book: Book, heading: str, ref: str) -> Computed:
        """Say what the Statement of Applicability says of a control, for all that it asks for."""
        value = self.state.said_above.get(heading, "")
        if SOA not in book.grids or not _there(book, SOA)(heading.removeprefix(CONTROL)):
            return Computed("", value)
        applicable = f'IFERROR(TRIM(INDEX({book.area(SOA, "applicable")},MATCH({ref},{book.area(SOA)},0))),"")'
        formula = f'=IF({applicable}="{schema.YES}","{schema.APPLIES[0]}",'
        return Computed(f'{formula}IF({applicable}="{schema.NO}","{NOT_APPLICABLE}",""))', value)

    def _found(self, book: Book, ref: str) -> Computed:
        """Find as what a requirement counts, wherever its row was sorted to."""
        value = self.state.points[ref].status
        if REQUIREMENTS not in book.grids:
            return Computed("", value)
        there = f'MATCH("{ref}",{book.area(REQUIREMENTS)},0)'
        return Computed(f'=IFERROR(INDEX({book.area(REQUIREMENTS, "stands")},{there}),"{NOT_ASSESSED}")', value)

    def _has_document(self, book: Book, ref: str) -> Computed:
        """Tell whether a point names a document, in its own row or in that of its question."""
        found = self._asked.questions.effective(self._cells, ref, "document")
        value = 1 if said(found) else 0
        if REQUIREMENTS not in book.grids:
            return Computed("", value)
        question = self._asked.questions.of[ref]
        ids, column = book.area(REQUIREMENTS), book.area(REQUIREMENTS, "document")
        tests = [
            f'LEN(IFERROR(TRIM(INDEX({column},MATCH("{id_}",{ids},0))),""))>0'
            for id_ in dict.fromkeys((ref, question.id))
        ]
        return Computed(f"=IF(OR({','.join(tests)}),1,0)", value)

    def _worst(self, book: Book, ref: str) -> Computed:
        value = self.state.clauses[ref].status
        if REQUIREMENTS not in book.grids or not all(map(_there(book, REQUIREMENTS), self.points_of.get(ref, ()))):
            return Computed("", value)
        ids, stands = book.area(REQUIREMENTS), book.area(REQUIREMENTS, "stands")
        formula = f'"{NOT_ASSESSED}"'
        for word in (NOT_APPLICABLE, CONFORMING, NOT_ASSESSED, PARTIAL, NOT_CONFORMING):
            formula = f'IF(COUNTIFS({ids},"{ref}#*",{stands},"{word}")>0,"{word}",{formula})'
        return Computed(f"={formula}", value)

    def _of_clause(self, book: Book, ref: str, row: int, there: int) -> Iterator[tuple[str, Computed]]:
        if PROCESSES not in book.grids:
            yield SERVED, Computed("", self._served(ref))
            return
        yield CLAUSE_ROW, Computed(f"=IFERROR(MATCH({CLAUSE}{row},{book.area(PROCESSES)},0),0)", there)
        place = f"{CLAUSE_ROW}{row}"
        every = f'IFERROR(TRIM(INDEX({book.area(PROCESSES, "all")},{place})),"")="{schema.EVERY}"'
        count = "0"
        if marks := marks_area(book):
            count = _understood(f"INDEX({marks},{place},0)", schema.SPELLINGS, ";")
        formula = (
            f'=IF({CLAUSE_STATUS}{row}="{NOT_APPLICABLE}","{OUT}",IF({place}=0,"{NO_PROCESS}",'
            f'IF({every},"{EVERY}",IF({count}=0,"{NO_PROCESS}",{count}))))'
        )
        yield SERVED, Computed(formula, self._served(ref))

    def _question(self, book: Book, row: int, points: Iterable[str]) -> Computed:
        """Say whether a shared question has every verdict."""
        value = verdicts.of_question(self.state.points[point].status for point in points)
        if REQUIREMENTS not in book.grids:
            return Computed("", value)
        where = f"{book.area(REQUIREMENTS, 'question')},{QUESTION}{row},{book.area(REQUIREMENTS, 'stands')}"
        given = "+".join(f'COUNTIFS({where},"{word}")' for word in ASSESSED)
        still = f'COUNTIFS({where},"{NOT_ASSESSED}")'
        formula = f'=IF({still}>0,"{verdicts.OPEN}",IF({given}>0,"{verdicts.ANSWERED}","{verdicts.OUT}"))'
        return Computed(formula, value)

    def _named(self, book: Book, id_: str) -> Computed:
        state = self.state.documents[id_]
        value = OUT if not state.is_needed else MISSING if state.is_missing else NAMED
        if DOCUMENTS not in book.grids:
            return Computed("", value)
        rows = [self._point[point] for point in self._asking[id_]]
        needing = "+".join(f'({STANDS}{row}<>"{NOT_APPLICABLE}")' for row in rows)
        unnamed = "+".join(f'({STANDS}{row}<>"{NOT_APPLICABLE}")*({HAS_DOCUMENT}{row}=0)' for row in rows)
        ids = book.area(DOCUMENTS)
        named = ",".join(
            f'LEN(IFERROR(TRIM(INDEX({book.area(DOCUMENTS, name)},MATCH("{id_}",{ids},0))),""))>0' for name in NAMED_BY
        )
        formula = f'=IF({needing}=0,"{OUT}",IF(OR({named}),"{NAMED}",IF({unnamed}=0,"{NAMED}","{MISSING}")))'
        return Computed(formula, value)

    # --- understood or not -------------------------------------------------------------------------------------------

    def answers(self, book: Book) -> list[Column]:
        """Give the columns of answers on which figures rest, of the sheets that this workbook holds."""
        found = []
        if REQUIREMENTS in book.grids:
            verdict = is_verdict(book)
            for name in ("applies", "status", "severity"):
                field, area = schema.column(REQUIREMENTS, name), book.area(REQUIREMENTS, name)
                good = "+".join(f"SUMPRODUCT({verdict}*{says(area, word)})" for word in field.choices)
                answered = f"=SUMPRODUCT({verdict}*{filled(area)})"
                found.append(Column(field.title, (REQUIREMENTS, name), f"={good}", answered))
        if SOA in book.grids:
            counted = filled(book.area(SOA, "stands"))
            for name in ("applicable", "status"):
                field, area = schema.column(SOA, name), book.area(SOA, name)
                good = "+".join(f"SUMPRODUCT({counted}*{says(area, word)})" for word in field.choices)
                found.append(Column(field.title, (SOA, name), f"={good}", f"=SUMPRODUCT({counted}*{filled(area)})"))
        if OBLIGATIONS in book.grids:
            there = is_obligation(book)
            for name in ("evaluated", "next"):
                field, area = schema.column(OBLIGATIONS, name), book.area(OBLIGATIONS, name)
                good, given = f"=SUMPRODUCT({there}*{is_day(area)})", f"=SUMPRODUCT({there}*{filled(area)})"
                found.append(Column(field.title, (OBLIGATIONS, name), good, given))
        if ACTIONS in book.grids:
            text, status, due = (book.area(ACTIONS, key) for key in ("text", "status", "due"))
            given = f"=SUMPRODUCT({filled(text)}*{filled(due)})"
            good = f"=SUMPRODUCT({filled(text)}*{is_day(due)})"
            found.append(Column("Status of an action", (ACTIONS, "status"), *_counts(status, schema.PROGRESS)))
            found.append(Column("Due", (ACTIONS, "due"), good, given))
        if PROCESSES in book.grids:
            found.append(Column("All", (PROCESSES, "all"), *_counts(book.area(PROCESSES, "all"), (schema.EVERY,))))
            if marks := marks_area(book):
                good = "+".join(_understood(marks, (word,)) for word in schema.SPELLINGS)
                found.append(Column("marks", (PROCESSES, PROCESS), f"={good}", _counts(marks, ())[1]))
        return found

    def counts(self, column: Column) -> tuple[int, int]:
        """Count the answers of a column: those understood, and all."""
        answered = self.state.answered.get(column.key, 0)
        return answered - sum(one.column == column.key for one in self.state.misread), answered

    def cell(self, column: str, place: int) -> str:
        """Name the cell of a column of answers, by its place among them, counted from 0."""
        return f"'{STATE}'!${column}${place + 2}"


def is_verdict(book: Book) -> str:
    """Tell for each row of Requirements, within SUMPRODUCT, whether it has a verdict: others count as nothing."""
    return f'({book.area(REQUIREMENTS, "stands")}<>"")'


def is_obligation(book: Book) -> str:
    """Tell for each row of the legal register, within SUMPRODUCT, whether it is an obligation, which has a status."""
    return filled(book.area(OBLIGATIONS, "status"))


def held_against(book: Book) -> str:
    """Count the points that are held not applicable in their own row where the standard does not let them be."""
    applies, status = (book.area(REQUIREMENTS, key) for key in ("applies", "status"))
    others = "".join(f"*(1-{says(applies, word)})" for word in schema.APPLIES if word != NOT_APPLICABLE)
    held = f"(({says(applies, NOT_APPLICABLE)}+{says(status, NOT_APPLICABLE)}{others})>0)"
    counts = f'({book.area(REQUIREMENTS, "stands")}<>"{NOT_APPLICABLE}")'
    return f"SUMPRODUCT({is_verdict(book)}*{held}*{counts})"


def _whose(topic: Share, count: int) -> str:
    if topic.kin.is_core:
        return CORE if len(topic.sharing) == count else CORE_OF_SOME
    return {Kin.RELATED: RELATED, Kin.NOT_ASSESSED: UNSEEN}.get(topic.kin) or " ".join(topic.holders)


def filled(area: str) -> str:
    """Tell for each cell of an area, within SUMPRODUCT, whether anything is in it; a cell in error is."""
    return f"ISERROR(1/(LEN(TRIM({area}))=0))"


def says(area: str, word: str) -> str:
    """Tell for each cell of an area, within SUMPRODUCT, whether it says a word; a cell in error says none."""
    return f'ISNUMBER(1/(TRIM({area})="{word}"))'


def is_day(area: str) -> str:
    """Tell for each cell of an area, within SUMPRODUCT, whether it is a day."""
    return f"(ISNUMBER({area})*ISNUMBER(1/(({area}>=1)*({area}<{LAST_DAY + 1}))))"


def marks_area(book: Book) -> str:
    """Name the cells of all processes on the sheet Processes; nothing where there is no process."""
    grid = book.grids[PROCESSES]
    keys = [field.key for field in grid.fields if field.key.startswith(PROCESS)]
    if not keys:
        return ""
    return f"{book.area(PROCESSES, keys[0]).partition(':')[0]}:{book.area(PROCESSES, keys[-1]).rpartition(':')[2]}"


def marks_of(area: str) -> str:
    """Count the proper marks in a column."""
    return _understood(area, schema.SPELLINGS)


def _understood(area: str, words: Iterable[str], divider: str = ",") -> str:
    """Count the cells of an area that say one of some words; the divider of words lies across the area."""
    listed = divider.join(f'"{word}"' for word in words)
    return f"SUMPRODUCT(--ISNUMBER(1/(TRIM({area})={{{listed}}})))"


def _counts(area: str, words: Iterable[str]) -> tuple[str, str]:
    return f"={_understood(area, words)}", f"=SUMPRODUCT(--{filled(area)})"


def _there(book: Book, kind: str) -> Callable[[str], bool]:
    """Tell whether a row is in a table of this workbook: all are, unless it holds one person's rows alone."""
    if book.given.part is None:
        return lambda _: True
    return {line.id for line in book.grids[kind].lines}.__contains__


def _rows(book: Book, kind: str) -> dict[str, int]:
    """Give the places of a table's rows by their id, counted from 1."""
    if kind not in book.grids:
        return {}
    found: dict[str, int] = {}
    for place, line in enumerate(book.grids[kind].lines, 1):
        found.setdefault(line.id, place)
    return found


def _put(sheet: Sheet, cell: str, computed: Computed) -> None:
    row, column = xl_cell_to_rowcol(cell)
    if computed.formula:
        sheet.write_formula(row, column, computed.formula, None, computed.value)
    elif isinstance(computed.value, str):
        sheet.write_string(row, column, computed.value)
    else:
        sheet.write_number(row, column, computed.value)
