"""What holds of every merge, whatever people do to a workbook."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from itertools import permutations

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from imsmap.client import conflicts
from imsmap.client.merge import Merged, base_of, merge
from imsmap.readers.workbook import ReturnedSheet
from imsmap.register.cells import COMMENT, OVER, OWN, Cells, Formula, Key, Value, essence
from tests.client.returning import COLUMNS, FIELDS, Line, book, own_sheet, sheet
from tests.drawn import tried

pytestmark = pytest.mark.slow

IDS = ("a", "b", "c", "d")
USER = ("owner", "status", "due")
texts = st.sampled_from(["Ann", "Bob", "x\ny", "3", "=1+1", "Ä", " lead", "true"])
values = st.one_of(
    texts,
    st.integers(0, 9),
    st.sampled_from([0.5, 3.0]),
    st.booleans(),
    st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 1, 3)),
    st.just(Formula("=A1*2", 4)),
)
blanks = st.one_of(st.none(), values)
# What draws is made once: that takes longer than to draw.
ASKED = (*USER, "own:Site")
answered = st.dictionaries(st.sampled_from(sorted((row, name) for row in IDS for name in ASKED)), blanks)
orders = st.permutations(IDS)
copies = st.sampled_from([0, 1, 1, 1, 1, 2])
edits = st.dictionaries(st.sampled_from([*ASKED, "text", "days", "?Extra", "?"]), blanks, max_size=3)
counts = st.integers(0, 2)
additions = st.dictionaries(st.sampled_from([*COLUMNS[:5], "?Extra"]), values, min_size=1)
additional = st.sampled_from(["", "zz"])
layouts = st.permutations([*COLUMNS, "own:Site", "?Extra", "?"])
removals = st.sets(st.sampled_from(["owner", "text", "own:Site"]), max_size=1)
notes = st.dictionaries(st.tuples(st.integers(1, 9), st.integers(1, 4)), values, max_size=3)


@frozen
class Case:
    """What went out, what ours became meanwhile, and what people made of the file."""

    out: tuple[Line, ...]
    ours: Cells
    lines: tuple[Line, ...]
    columns: tuple[str, ...]
    own: Mapping[tuple[int, int], Value]
    comments: Mapping[tuple[str, str], str]

    @property
    def base(self) -> Cells:
        return base_of(book(sheet(self.out, (*COLUMNS, "own:Site"))), FIELDS)

    def sheets(self) -> tuple[ReturnedSheet, ...]:
        own = (own_sheet("Notes", self.own),) if self.own else ()
        return (sheet(self.lines, self.columns, comments=self.comments), *own)

    def merged(self, ours: Cells | None = None) -> Merged:
        return merge(self.base, self.ours if ours is None else ours, book(*self.sheets()), FIELDS)


def tool(row: str) -> dict[str, Value | None]:
    return {"clause": f"4.{row}", "text": f"Determine {row}.", "days": Formula(f"=E{ord(row)}-B1", 3)}


@st.composite
def cases(draw) -> Case:
    state = {(row, name): draw(blanks) for row in IDS for name in ASKED}
    out = {row: tool(row) | {name: state[row, name] for name in ASKED} for row in IDS}
    ours = {
        Key("requirements", row, name): value
        for (row, name), value in {**state, **draw(answered)}.items()
        if value is not None
    }
    lines = []
    for row in draw(orders):
        for copy in range(draw(copies)):
            changed = draw(edits)
            if copy:
                changed["text"] = f"copy of {row}"
            lines.append((row, {**out[row], **changed}))
    for _ in range(draw(counts)):
        new = draw(additions)
        lines.insert(draw(st.integers(0, len(lines))), (draw(additional), new))
    columns = list(draw(layouts))
    for gone in draw(removals):
        columns.remove(gone)
    own = draw(notes)
    there = sorted({row for row, _ in lines if row in IDS})
    places = st.tuples(st.sampled_from(there), st.sampled_from(columns)) if there else st.nothing()
    comments = draw(st.dictionaries(places, texts, max_size=2)) if there else {}
    return Case(tuple(out.items()), ours, tuple(lines), tuple(columns), own, comments)


def written(case: Case) -> Counter[tuple[str, str]]:
    """Count by what they say the cells that people wrote: all that differs from what went out in that place."""
    out = dict(case.out)
    found: Counter[tuple[str, str]] = Counter()
    for row, cells in case.lines:
        for name in case.columns:
            said = essence(cells.get(name))
            # A formula of ours that was changed is computed again, so nobody's words.
            if said is None or (name == "days" and isinstance(cells.get(name), Formula)):
                continue
            before = out.get(row, {}).get(name)
            if said != essence(before) and not (name == "days" and isinstance(before, Formula) and cells[name] == 3):
                found[said] += 1
    found.update(said for value in case.own.values() if (said := essence(value)))
    found.update(essence(text) for text in case.comments.values())
    return found


def held(cells: Cells, merged: Merged) -> Counter[tuple[str, str]]:
    """Count by what they say the cells of a register, with what waits as a conflict."""
    found = Counter(essence(value) for value in cells.values())
    found.update(essence(clash.theirs) for clash in merged.clashes if clash.theirs is not None)
    return found


PLACES = ("@rows", "@order")
"""Rows of the register that tell where own rows and columns stood, and nothing that somebody wrote."""


@given(cases())
@settings(max_examples=tried(100))
def test_every_cell_that_a_person_wrote_is_in_the_register_or_in_a_conflict(case: Case):
    merged = case.merged()
    there = held(merged.cells, merged)
    lost = {said: count for said, count in written(case).items() if there[said] < min(count, 1)}
    assert lost == {}


@given(cases())
@settings(max_examples=tried(100))
def test_every_cell_is_found_in_its_place(case: Case):
    merged = case.merged()
    clashes = {clash.key: clash.theirs for clash in merged.clashes}
    rows = [row for row, _ in case.lines]
    for row, cells in case.lines:
        if row not in IDS or rows.count(row) > 1:
            continue
        for name in case.columns:
            value = cells.get(name)
            before = dict(case.out)[row].get(name)
            if essence(value) is None or essence(value) == essence(before) or name == "days":
                continue
            field = OVER + name if name == "text" else f"{OWN}Untitled" if name == "?" else name.replace("?", OWN)
            key = Key("requirements", row, field)
            assert essence(value) in (essence(merged.cells.get(key)), essence(clashes.get(key)))
    for (row, name), text in case.comments.items():
        if rows.count(row) == 1 and name in COLUMNS:
            key = Key("requirements", row, COMMENT + name)
            assert text.rstrip() in (merged.cells.get(key), clashes.get(key))


@given(cases())
@settings(max_examples=tried(100))
def test_importing_twice_changes_nothing(case: Case):
    first = case.merged()
    cells, _ = conflicts.kept(first.cells, first.clashes, "back.xlsx")
    again = case.merged(cells)
    assert again.cells == cells
    kept, new = conflicts.kept(again.cells, again.clashes, "back.xlsx")
    assert (kept, new) == (cells, 0)


@given(cases(), st.randoms(use_true_random=False))
@settings(max_examples=tried(100))
def test_the_order_of_rows_and_columns_is_irrelevant(case: Case, chance):
    lines, columns = list(case.lines), list(case.columns)
    chance.shuffle(lines)
    chance.shuffle(columns)
    # Where a comment hangs on one of two rows of one id is told by the row, so there are none here.
    one = evolve(case, comments={}).merged()
    other = evolve(case, comments={}, lines=tuple(lines), columns=tuple(columns)).merged()

    def plain(merged: Merged) -> dict[Key, Value]:
        return {key: value for key, value in merged.cells.items() if key.row not in PLACES}

    assert plain(one) == plain(other)
    assert one.clashes == other.clashes


def test_a_formula_of_ones_own_in_a_copied_row_is_kept_though_as_many_cells_have_it_as_have_ours() -> None:
    mine = Formula("=A1*2", 4)
    blank = {**dict.fromkeys(USER), "own:Site": None}
    out = tuple((row, {**tool(row), **blank}) for row in IDS)
    a, b, c, d = out
    lines = (
        a,
        ("b", {**b[1], "days": None}),
        ("b", {**b[1], "text": "copy of b", "days": mine}),
        c,
        ("d", {**d[1], "days": mine}),
    )
    found = [
        {(key.row, key.field): value for key, value in case.merged().cells.items() if key.field.endswith("days")}
        for order in permutations(lines)
        for case in (Case(out, {}, order, (*COLUMNS, "own:Site"), {}, {}),)
    ]
    assert all(cells == found[0] for cells in found)
    assert [*found[0].values()] == [mine, mine]


@given(cases())
@settings(max_examples=tried(75))
def test_nothing_of_ours_is_changed_where_ours_was_changed_too(case: Case):
    merged = case.merged()
    for key, value in case.ours.items():
        if essence(case.base.get(key)) != essence(value):
            assert merged.cells[key] == value


@given(cases())
@settings(max_examples=tried(75))
def test_what_was_counted_is_what_happened(case: Case):
    merged = case.merged()
    keys = {*case.ours, *merged.cells}
    # A number is not the truth value that equals it: 0 may become False.
    before = {key: (type(case.ours.get(key)), case.ours.get(key)) for key in keys}
    after = {key: (type(merged.cells.get(key)), merged.cells.get(key)) for key in keys}
    changed = {key for key in keys if before[key] != after[key] and key.row not in PLACES}
    assert len(changed) == merged.counts.changed
    assert len({key for key in changed if key not in merged.cells}) == merged.counts.emptied
    assert len(merged.clashes) == merged.counts.conflicts


@given(cases())
@settings(max_examples=tried(75))
def test_without_the_snapshot_nothing_of_ours_changes_and_what_they_wrote_is_kept(case: Case):
    merged = merge(None, case.ours, book(*case.sheets()), FIELDS)
    assert case.ours.items() <= merged.cells.items()
