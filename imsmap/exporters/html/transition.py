"""What changes from one edition to the next: what to do by when, and each clause that is not as before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from imsmap.analyses.transition import TYPES, Change, Day, Transition
from imsmap.exporters.html.markup import Child, Markup, element
from imsmap.exporters.html.scene import Scene
from imsmap.exporters.html.tables import link, table
from imsmap.library.editions import SURE
from imsmap.parts import ClauseName
from imsmap.wording import in_words, listed, reported

AS_BEFORE = ("unchanged",)


def transition(scene: Scene) -> Markup | None:
    """Show the transition of the standards; nothing where no other edition of them is held."""
    report = scene.reports.transition
    if report is None:
        return None
    found = report.answer.transitions
    return element(
        "section",
        element("h2", "What changes between editions", id="transition-title"),
        [_days(one) for one in found],
        element("h3", "Clause by clause"),
        _filters(found),
        element("p", id="kinds-shown", role="status", class_="count script"),
        table(
            "What changes between editions",
            ("Before", "After", "Change", "What changes"),
            [_body(scene, one) for one in found],
            "moves",
        ),
        element("p", report.notes[0], class_="note"),
        id="transition",
        class_="view",
        aria_labelledby="transition-title",
    )


def _changed(one: Transition) -> list[Change]:
    return [change for change in one.changes if change.types != AS_BEFORE]


def _days(one: Transition) -> list[Child]:
    return [
        element("h3", f"{one.old.designation} to {one.new.designation}"),
        element("p", one.summary.replace("**", "")),
        element("ul", [element("li", _day(day)) for day in one.days], class_="plain") if one.days else None,
    ]


def _day(day: Day) -> list[Child]:
    others = f" Also told: {listed(in_words(other.date) for other in day.others)}." if day.others else ""
    what = day.what[:1].upper() + day.what[1:]
    return [element("b", in_words(day.date)), f" {what}{reported(day.confidence)}: {day.todo}.{others}"]


def _filters(found: Sequence[Transition]) -> Markup:
    """Offer a button for each kind of change, with how many clauses have it."""
    counts = Counter(kind for one in found for change in _changed(one) for kind in change.types)
    buttons = [
        element("button", f"{kind} {counts[kind]}", type="button", data_kind=kind, aria_pressed="false")
        for kind in TYPES
        if counts[kind]
    ]
    return element("div", buttons, class_="bar script", role="group", aria_label="Kinds of change", id="kinds")


def _body(scene: Scene, one: Transition) -> Markup:
    words = f"{one.old.designation} to {one.new.designation}"
    heading = element("tr", element("th", words, colspan=4, scope="rowgroup"), class_="main")
    same = [change.new.number for change in one.changes if change.types == AS_BEFORE and change.new and change.leaf]
    rest = element("tr", element("td", f"As before: {', '.join(same)}.", colspan=4), class_="same") if same else None
    return element("tbody", heading, [_row(scene, one, change) for change in _changed(one)], rest)


def _row(scene: Scene, one: Transition, change: Change) -> Markup:
    told: Iterable[Child] = [
        change.note or None,
        " ",
        element("span", reported(change.confidence).lstrip(), class_="also"),
    ]
    return element(
        "tr",
        element("th", _clause(scene, one.old.published[:4], change.old), scope="row"),
        element("td", _clause(scene, one.new.published[:4], change.new)),
        element("td", ", ".join(change.types)),
        element("td", told if change.confidence < SURE else change.note or element("span", "–", class_="nothing")),
        data_kinds=" ".join(change.types),
    )


def _clause(scene: Scene, year: str, clause: ClauseName | None) -> list[Child]:
    if clause is None:
        return [f"{year}: ", element("span", "–", class_="nothing")]
    words = f"{clause.number} {clause.title}".strip()
    return [f"{year}: ", link(clause.ref, words) if clause.standard in scene.by_key else words]
