"""Which row and which column of ours something is, where the hidden ids and keys no longer say it, or say it wrongly.

A sort over the visible columns leaves the ids of hidden column A behind; somebody deletes that column, or the row of
keys. The file still shows what belongs together: the tool's own words in a row, and the headings.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from attrs import evolve

from imsmap.readers.workbook import Marker, ReturnedSheet
from imsmap.register.cells import COLUMNS, COMMENT, NEW, OWN, Cells, Formula, Value, essence, same
from imsmap.register.formulas import shape
from imsmap.values import frozen

_LOOKED_AT = 200
_LEAST = 3
"""Headings or keys in one row by which a table is known."""
NO_IDS = 0
"""The column of the ids where there is none."""

_PIECE = re.compile(r'"((?:[^"]|"")*)"|CHAR\((\d{1,3})\)')
_CONSTANT = re.compile(rf"=(?:{_PIECE.pattern})(?:&(?:{_PIECE.pattern}))*")

Entry = tuple[int, str, Mapping[str, Value]]
"""A row of a table: its number, its id and its cells by field."""
_Word = tuple[str, tuple[str, str] | None]


@frozen
class Keyed:
    """The rows of a table with the ids that they have by their words; `notes` tells what was put right."""

    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()


class Computed:
    """Tells formulas of ours, as programs write them anew and sorts move them, from those of people."""

    def __init__(self, base: Cells | None) -> None:
        """Take what went out; without it, each formula where ours stand is ours."""
        self._shapes = base and {
            (key.sheet, key.field, shape(value.text)) for key, value in base.items() if isinstance(value, Formula)
        }

    def holds(self, sheet: str, name: str, value: Value | None) -> bool:
        """Tell whether a cell of a computed column holds a formula of ours."""
        if not isinstance(value, Formula):
            return False
        return not self._shapes or (sheet, name, shape(value.text)) in self._shapes


class Agreement:
    """How much of what came back is as it went out."""

    def __init__(self, base: Cells) -> None:
        """Take what went out."""
        self._base = base
        self._rows: defaultdict[tuple[str, str], dict[str, Value]] = defaultdict(dict)
        for key, value in base.items():
            self._rows[key.sheet, key.row][key.field] = value
        ids: defaultdict[str, set[str]] = defaultdict(set)
        for sheet, row in self._rows:
            if not row.startswith("@"):
                ids[sheet].add(row)
        self._ids = {sheet: frozenset(rows) for sheet, rows in ids.items()}
        self._kinds = {
            sheet: frozenset((NEW.rstrip(":"), *(row.partition(":")[0] for row in rows))) for sheet, rows in ids.items()
        }

    def ids(self, sheet: str) -> frozenset[str]:
        """Give the ids of a sheet's rows."""
        return self._ids.get(sheet, frozenset())

    def kinds(self, sheet: str) -> frozenset[str]:
        """Give what the ids of a sheet's rows begin with, before the colon."""
        return self._kinds.get(sheet, frozenset((NEW.rstrip(":"),)))

    def rows(self, sheet: str) -> dict[str, Mapping[str, Value]]:
        """Give the rows of a sheet as they went out, by id."""
        return {row: cells for (key, row), cells in self._rows.items() if key == sheet}

    def of_sheet(self, key: str, sheet: ReturnedSheet) -> int:
        """Count the cells of a sheet that are as they were."""
        assert sheet.marker is not None
        names = sheet.keys
        return sum(
            self.of_row(key, str(cells.get(sheet.marker.column, "")), by_field(cells, names))
            for cells in sheet.rows.values()
        )

    def of_row(self, sheet: str, row: str, cells: Mapping[str, Value]) -> int:
        """Count the cells of a row that are as they were."""
        before = self._rows.get((sheet, row))
        return sum(same(before.get(name), value) for name, value in cells.items()) if before else 0

    def of_column(self, sheet: str, name: str, column: Mapping[str, Value]) -> int:
        """Count the cells of a column (by row id) that are as they were."""
        return sum(
            same(before.get(name), value) for row, value in column.items() if (before := self._rows.get((sheet, row)))
        )  # fmt: skip


def by_field(cells: Mapping[int, Value], names: Mapping[int, str]) -> dict[str, Value]:
    """Give the cells of a row by the names of their columns; those of no column are left out."""
    return {names[place]: value for place, value in cells.items() if place in names}


def most_alike(
    rows: Iterable[Mapping[str, Value]], is_ours: Callable[[str, Value], bool]
) -> dict[str, tuple[str, ...]]:
    """Give the shape that most formulas of each field have: of several that as many have, one that is known as ours.

    What nothing decides is decided by the shape itself, so that the order of the rows changes nothing.
    """
    counted: defaultdict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    ours: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for cells in rows:
        for name, value in cells.items():
            if isinstance(value, Formula):
                found = shape(value.text)
                counted[name][found] += 1
                if is_ours(name, value):
                    ours[name].add(found)
    return {
        name: max((count, found in ours[name], found) for found, count in shapes.items())[2]
        for name, shapes in counted.items()
    }


def titles_of(base: Cells) -> dict[str, dict[str, str]]:
    """Give the titles of columns as they went out, by sheet and field."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for key, value in base.items():
        if key.row == COLUMNS and not key.field.startswith(COMMENT):
            found[key.sheet][key.field] = _text(value)
    return found


def recognized(sheet: ReturnedSheet, titles: Mapping[str, Mapping[str, str]]) -> ReturnedSheet:
    """Give a sheet with its keys as they went out, found by its headings where its mark or its keys are gone.

    titles: of the columns of the sheets that it may be.
    """
    if sheet.key is not None and sheet.marker is not None:
        known = titles.get(sheet.key)
        if not known:
            return sheet
        keys = {column: name for column, name in sheet.keys.items() if name in known}
        if keys:
            # What people put beside the table may reach into the row of keys.
            return sheet if len(keys) == len(sheet.keys) else evolve(sheet, named=keys)
        found = _headings(sheet, known)
        if found is None:
            return sheet
        row, named = found
        return evolve(sheet, marker=Marker(row - 1, sheet.marker.column), named=named)
    found_as = {
        key: found for key, known in titles.items() if (found := _keys(sheet, known) or _headings(sheet, known))
    }
    if not found_as:
        return sheet
    # Sheets share headings, so a large one may hold most of a small one's: it is the one of which it holds more.
    key = max(found_as, key=lambda key: len(found_as[key][1]))
    row, named = found_as[key]
    return evolve(sheet, key=key, marker=Marker(row - 1, NO_IDS), named=named)


def _keys(sheet: ReturnedSheet, known: Mapping[str, str]) -> tuple[int, dict[int, str]] | None:
    found = _row_with(sheet, {name: name for name in known})
    return None if found is None else (found[0] + 1, found[1])


def _headings(sheet: ReturnedSheet, known: Mapping[str, str]) -> tuple[int, dict[int, str]] | None:
    counted = Counter(known.values())
    return _row_with(sheet, {title: name for name, title in known.items() if counted[title] == 1})


def _row_with(sheet: ReturnedSheet, words: Mapping[str, str]) -> tuple[int, dict[int, str]] | None:
    """Find the row that holds most of these words, at least half of them."""
    best: tuple[int, dict[int, str]] | None = None
    for number in sorted(sheet.rows)[:_LOOKED_AT]:
        named: dict[int, str] = {}
        for column, value in sorted(sheet.rows[number].items()):
            name = words.get(_text(value))
            if name is not None and name not in named.values():
                named[column] = name
        if len(named) >= max(_LEAST, len(words) / 2) and (best is None or len(named) > len(best[1])):
            best = (number, named)
    return best


def with_ids(sheet: ReturnedSheet, ids: Collection[str]) -> ReturnedSheet:
    """Find the column that holds the ids of a sheet whose mark is gone."""
    assert sheet.marker is not None
    if sheet.marker.column != NO_IDS:
        return sheet
    counted: Counter[int] = Counter()
    for cells in sheet.rows.values():
        counted.update(
            column
            for column, value in cells.items()
            # A column of ours that names other rows is not the one of the ids.
            if column not in sheet.keys and isinstance(value, str) and value.strip() in ids
        )
    columns = [column for column, count in counted.most_common(1) if count >= min(_LEAST, len(ids))]
    return evolve(sheet, marker=Marker(sheet.marker.row, columns[0])) if columns else sheet


def keyed(
    entries: Sequence[Entry],
    rows: Mapping[str, Mapping[str, Value]],
    names: Collection[str],
    is_tool: Callable[[str], bool],
) -> Keyed:
    """Give rows the ids that the tool's own words in them say, where these say another than stands there.

    rows: the cells of each row as it went out, by id. names: the fields that are still there. is_tool: tells whether
    a field holds the tool's own words.
    """
    told = {name for name in names if is_tool(name) and not name.startswith((OWN, COMMENT))}
    words = {id_: _words(cells, told) for id_, cells in rows.items() if not id_.startswith("@")}
    held: defaultdict[object, set[str]] = defaultdict(set)
    for id_, said in words.items():
        for word in (*said, said):
            held[word].add(id_)
    seen = [(id_, _words(cells, told)) for _, id_, cells in entries]
    claims = [_claim(id_, said, words, held) for id_, said in seen]
    if any(claim and claim != id_ and id_ in words for (id_, _), claim in zip(seen, claims, strict=True)):
        # Ids were left behind, so that one stands there is no sign any more where the words are those of another row.
        claims = [_claim(id_, said, words, held, sure=False) for id_, said in seen]
    # Whose id and words agree is where it was: what else says so is a copy, or was written over.
    settled = {id_ for (id_, _), claim in zip(seen, claims, strict=True) if claim == id_}
    to = [
        claim if claim not in settled and claim != id_ else None for (id_, _), claim in zip(seen, claims, strict=True)
    ]
    apart = any(claim and id_ in words for (id_, _), claim in zip(seen, to, strict=True))
    found: list[Entry] = []
    gone = misplaced = refused = 0
    for (number, id_, cells), claim, other in zip(entries, claims, to, strict=True):
        if other:
            misplaced += id_ in words
            gone += id_ not in words
            found.append((number, other, cells))
        elif claim in settled and claim != id_ and id_ in words:
            refused += 1  # a copy of another row stands over this one
            found.append((number, "", cells))
        elif claim is None and id_ in words and (apart or (bool(words[id_]) and id_ in to)):
            refused += 1
            found.append((number, "", cells))
        else:
            found.append((number, id_, cells))
    return Keyed(tuple(found), _told(misplaced, gone, refused))


def _told(misplaced: int, gone: int, refused: int) -> tuple[str, ...]:
    notes = []
    if misplaced:
        notes.append(
            f"{_count(misplaced, 'row')} stood beside the id of another row, as after a sort that leaves hidden column "
            "A behind: their answers went to the requirements whose clause and words stand in the row"
        )
    if gone:
        notes.append(
            f"{_count(gone, 'row')} had lost the row id in hidden column A and were found again by their words"
        )
    if refused:
        notes.append(
            f"{_count(refused, 'row')} stood beside the id of another row and could not be told by their words: they "
            "are kept as new rows; look whose answers they are"
        )
    return tuple(notes)


def _claim(
    id_: str,
    said: frozenset[_Word],
    words: Mapping[str, frozenset[_Word]],
    held: Mapping[object, set[str]],
    *,
    sure: bool = True,
) -> str | None:
    """Tell whose words a row holds: nothing if they are nobody's, or may be of several.

    sure: the id that stands there decides where the words are as much its as another's, or there are none.
    """
    own = words.get(id_)
    votes = {next(iter(ids)) for word in (*said, said) if len(ids := held.get(word, set())) == 1}
    if not votes and own is not None:
        # A heading has few words, and what people wrote beside them in its empty cells doesn't make it another row.
        whole = {one for word in said for one in held.get(word, ()) if words[one] <= said}
        most = max((len(words[one]) for one in whole), default=0)
        votes = found if len(found := {one for one in whole if len(words[one]) == most}) == 1 else votes
    if not votes:
        return id_ if own == said and not said and sure else None
    best = max(sorted(votes), key=lambda one: len(words[one] & said))
    if own is not None and len(own & said) >= len(words[best] & said) and (sure or words[best] != said):
        return id_
    if own is None and 2 * len(words[best] & said) < len(words[best]):
        return None
    return best


def _words(cells: Mapping[str, Value], told: Collection[str]) -> frozenset[_Word]:
    return frozenset((name, essence(said)) for name, value in cells.items() if name in told and (said := _text(value)))


def _text(value: Value | None) -> str:
    if isinstance(value, Formula):
        value = _constant(value.text) if value.value is None else value.value
    return "" if value is None else " ".join(str(value).split())


def _constant(formula: str) -> str | None:
    """Work out a formula that only yields a text, such as those under our links, where no program has computed it."""
    if not _CONSTANT.fullmatch(formula):
        return None
    return "".join(
        chr(int(sign)) if sign else text.replace('""', '"') for text, sign in _PIECE.findall(formula.removeprefix("="))
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
