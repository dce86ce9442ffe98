"""The screen of the blueprint: each document with the form that it takes, where it is asked for, and what exists."""

from __future__ import annotations

from imsmap.analyses.blueprint import BlueprintAnswer
from imsmap.analyses.blueprint.answer import Plan
from imsmap.exporters.terminal.screen import Col, Entry, Grid, Screen
from imsmap.register.plans import IN_MANUAL
from imsmap.report import Report
from imsmap.wording import counted, together


def screen(report: Report[BlueprintAnswer]) -> Screen:
    """Lay it out."""
    answer = report.answer
    label = {side.key: side.label for side in answer.standards}
    name = {side.key: side.designation for side in answer.standards}
    known = any(plan.held for plan in answer.plans)
    columns = (Col("Document", gives=True), Col("As"), Col("Asked in"), *([Col("Exists", gives=True)] if known else []))

    def where(plan: Plan, keys: tuple[str, ...]) -> str:
        found: dict[str, list[str]] = {}
        for key in keys:
            found.setdefault(", ".join(one.number for one in plan.clauses[key]), []).append(label[key])
        return ", ".join(f"{together(labels)} {numbers}" for numbers, labels in found.items())

    rows = tuple(
        Entry(
            (
                plan.named(copy, name),
                IN_MANUAL if plan.in_manual else copy.form,
                where(plan, copy.standards),
                *([", ".join(dict.fromkeys(one.number or one.name for one in plan.held))] if known else []),
            )
        )
        for plan in answer.plans
        for copy in plan.copies
    )
    empty = ("",) * (len(columns) - 1)
    table = Grid(columns, rows, rest=lambda n, _: (counted(n, "more document"), *empty))
    return Screen(
        report.summary,
        ((table,),),
        (
            f"{counted(answer.records, 'record')} beside, with what makes them: --table records.",
            "The manual's contents: --table manual. Everything: --all.",
            "As a file: -o blueprint.docx (an outline to fill), blueprint.xlsx.",
            f"Mapping data {report.data_version}.",
        ),
    )
