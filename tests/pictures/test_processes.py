from __future__ import annotations

from attrs import evolve

from imsmap.register import schema
from imsmap.register.state import ClauseState, ProcessState
from tests.pictures.invented import draw, processes, report_for


def test_each_standard_has_its_page_and_counts_its_own_leaf_clauses() -> None:
    report = processes()
    pages = draw("processes", report)
    for standard in report.answer.standards:
        leaves = [one.state for one in report.answer.clauses if one.standard == standard.key and one.state.in_scope]
        n = sum(1 for one in leaves if one.marks or one.every)
        told = f"{n} of {len(leaves)} clauses of {standard.designation.rpartition(':')[0]}"
        assert any(told in page.title.replace("\u00a0", " ") for page in pages)


def test_a_leaf_clause_without_a_process_is_flagged_and_named() -> None:
    report = processes()
    pages = draw("processes", report)
    label = {side.key: side.label for side in report.answer.standards}
    for leaf in report.answer.clauses:
        gap = leaf.state.in_scope and not leaf.state.marks and not leaf.state.every
        named = f"{label[leaf.standard]}\u00a0{leaf.clause.words}"
        told = any(named in page.groups.get("Gaps", "") for page in pages)
        assert told == gap, leaf.clause.ref


def test_the_strongest_mark_within_a_clause_is_shown() -> None:
    report = processes()

    def marked(number: str) -> dict[str, str]:
        return {"p0": "S" if number == "6.1.1" else "P"} if number[:3] == "6.1" else {}

    clauses = tuple(
        evolve(one, state=ClauseState(one.clause.ref, one.state.status, marked(one.clause.number), every=False))
        for one in report.answer.clauses
        if one.standard == "invented0-2031"
    )
    answer = evolve(report.answer, clauses=clauses, standards=report.answer.standards[:1])
    page = draw("processes", evolve(report, answer=answer))[0]
    said = {part.name: part.paragraphs for part in page.parts.values()}
    assert said["p0 Q 6.1"] == ("P",)
    assert "p0 Q 6.3" not in said


def test_a_process_without_an_owner_is_flagged() -> None:
    page = draw("processes", report_for("processes", 2))[0]
    said = {part.name: part.paragraphs[0] for part in page.parts.values() if part.paragraphs}
    assert said["p6 name"] == "Pack (no owner)"
    assert said["p7 name"] == "Buy and control providers"


def test_many_processes_are_spread_over_pages_and_none_is_lost() -> None:
    report = processes()
    many = tuple(ProcessState(f"p{at}", f"Process {at}", "Ann", 1) for at in range(60))
    pages = draw("processes", evolve(report, answer=evolve(report.answer, processes=many)))
    rows = [part.name for page in pages for part in page.parts.values() if part.name.endswith(" name")]
    assert len(pages) > 2
    assert set(rows) == {f"p{at} name" for at in range(60)}
    assert all(f"({at} of {n})" in page.title for page, at, n in _numbered(pages))


def _numbered(pages):
    by: dict[str, list] = {}
    for page in pages:
        by.setdefault(page.title.partition(" clauses of")[2].partition(";")[0].partition(" (")[0], []).append(page)
    return [(page, at, len(group)) for group in by.values() for at, page in enumerate(group, start=1)]


def test_what_does_not_apply_is_hatched_and_named_and_shows_no_mark() -> None:
    report = processes()
    key = report.answer.standards[0].key
    clauses = tuple(
        evolve(one, state=evolve(one.state, status=schema.NOT_APPLICABLE))
        if one.standard == key and one.clause.upper == "8.3" else one
        for one in report.answer.clauses
    )  # fmt: skip
    pages = draw("processes", evolve(report, answer=evolve(report.answer, clauses=clauses)))
    cells = [part for page in pages for part in page.parts.values() if part.name.endswith(" Q 8.3")]
    assert cells
    assert all(part.hatched and not part.paragraphs for part in cells)
    assert any("8.3 " in page.groups.get("Out of scope", "") for page in pages)


def test_all_names_of_processes_on_a_page_have_one_size() -> None:
    for page in draw("processes", report_for("processes", 2, 1.35)):
        assert len({part.size for part in page.parts.values() if part.name.endswith(" name")}) == 1


def test_a_standard_that_no_process_serves_has_no_page_and_is_named_with_its_clauses() -> None:
    report = processes()
    second = report.answer.standards[1]
    clauses = tuple(
        evolve(one, state=evolve(one.state, marks={}, every=False)) if one.standard == second.key else one
        for one in report.answer.clauses
    )
    pages = draw("processes", evolve(report, answer=evolve(report.answer, clauses=clauses)))
    holes = sum(one.state.is_hole for one in clauses if one.standard == second.key)
    assert not [page for page in pages if f"clauses of {second.designation}" in page.title.replace("\u00a0", " ")]
    for page in pages:
        said = page.groups["Unserved"].replace("\u00a0", " ")
        assert said == f"No process yet for {second.designation} ({holes} clauses)."
