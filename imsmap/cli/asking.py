"""What every question needs: the standards that were meant, the graph of them, and where the answer goes."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from imsmap.api import about
from imsmap.api.suffixes import TABLE_SUFFIXES, TABLES, by_suffix
from imsmap.cli.licensed import guard, quotes_option
from imsmap.cli.speech import answer, later, leaf_through, paints, progress, say, terminal_width
from imsmap.nearest import did_you_mean

if TYPE_CHECKING:
    from imsmap.api import Report
    from imsmap.api.clauses import Citations
    from imsmap.api.library import Choice, ClauseGraph, Criterion, Head
    from imsmap.api.licensed import Mark

WORKBOOK_SUFFIX, PAGE_SUFFIX = about.formats()["excel"].suffix, about.formats()["html"].suffix


# --- the library -----------------------------------------------------------------------------------------------------


def roots(mappings: Path | None) -> tuple[Path, ...]:
    """Find the mapping data: the folder given or what came with imsmap, then the own data of the project and here."""
    from imsmap.api.library import find_roots
    from imsmap.client import place

    return find_roots(mappings, place.find(Path.cwd()))


def heads(mappings: Path | None) -> tuple[Head, ...]:
    """Give the heads of all standards in the library; reads no clause, and what it reads once for a command."""
    from imsmap.api import catalogue

    context = click.get_current_context(silent=True)
    known: dict[tuple[Path, ...], tuple[Head, ...]] = (
        {} if context is None else context.meta.setdefault(f"{__name__}.heads", {})
    )
    places = roots(mappings)
    if places not in known:
        known[places] = catalogue(places)
    return known[places]


def named(keys: Sequence[str], mappings: Path | None) -> str:
    """Name standards by their designations: ISO 9001:2015 and ISO 14001:2015."""
    from imsmap.wording import listed

    designations = {head.key: head.designation for head in heads(mappings)}
    return listed(designations[key] for key in keys)


def graph(mappings: Path | None, standards: tuple[str, ...] | None = None, *, guides: bool = True) -> ClauseGraph:
    """Load the standards that a question needs, with those that tie them together, or the whole library; once each.

    guides: with the audit questions and the signs of integration, which only workbooks show.
    """
    from imsmap.api import load

    context = click.get_current_context(silent=True)
    known: dict[Any, ClauseGraph] = {} if context is None else context.meta.setdefault(__name__, {})
    named = (mappings, standards, guides)
    # What is worked out for the same standards with the guides holds without them, and need not be worked out again.
    if not guides and (mappings, standards, True) in known:
        return known[mappings, standards, True]
    if named not in known:
        step = progress().step
        step("reading the mapping data")
        known[named] = load(roots(mappings), standards, guides=guides, marks=marks())
        step("working it out")
    return known[named]


def editions(mappings: Path | None, standards: tuple[str, ...]) -> ClauseGraph:
    """Load standards with the editions before and after them."""
    from imsmap.api import editions as load

    return load(roots(mappings), standards, marks=marks())


def marks() -> tuple[Mark, ...]:
    """Give the points that the people of the project checked against the text of standards; none outside of one."""
    from imsmap.client import place

    root = place.find(Path.cwd())
    if root is None or not (root / place.CHECKED).is_file():
        return ()
    from imsmap.client import checked

    return checked.read(root)


def criteria(mappings: Path | None) -> tuple[Criterion, ...]:
    """Give what is weighed to choose a standard."""
    from imsmap.api import library

    return library.criteria(roots(mappings))


def resolve(texts: tuple[str, ...], mappings: Path | None, settled: bool = False) -> tuple[str, ...]:
    """Turn what was typed into keys of standards, and say after the answer which edition an open name was taken for.

    settled: the names are those of a client's project, of which that is told when its deliverables are made.
    """
    from imsmap.api import library
    from imsmap.api.library import standard_key

    if len(set(texts)) == len(texts) and library.keys(roots(mappings)).issuperset(texts):
        return texts  # keys are no names, and whoever knows them waits for no other standard
    known = heads(mappings)
    keys: list[str] = []
    for text in texts:
        choice = standard_key(text, known)
        if choice.taken and (ours := _edition_of_project(choice.key, known)) is not None:
            choice = ours
        if choice.key in keys:
            name = next(head.designation for head in known if head.key == choice.key)
            raise click.UsageError(f"{text} is there twice, as {name}; name different standards")
        if choice.taken and not settled:
            later(choice.taken)
        keys.append(choice.key)
    return tuple(keys)


def citations(text: str, mappings: Path | None) -> Citations:
    """Find of which standards a text speaks, and say which editions were taken."""
    from attrs import evolve

    from imsmap.api.clauses import citations as parse

    known = heads(mappings)
    keys = _keys_of_project(known)
    ours = [head for key in keys for head in known if head.key == key]
    held = {head.series: head.key for head in reversed(ours)}
    meant = (evolve(head, meant=held[head.series] == head.key) if head.series in held else head for head in known)
    found = parse(text, tuple(meant))
    for taken in found.taken:
        if taken.designation not in {head.designation for head in ours}:
            later(taken)
    return found


_BARE = re.compile(
    r"(?:§\s*|clause\s+|cl\.?\s*|(?P<control>controls?\s+))?(?:(?:annexe?\s+)?(?P<annex>[A-Z])[\s.,:-]*)?"
    r"(?P<number>[0-9]{1,2}(?:\.[0-9]+)*)\.?",
    re.IGNORECASE,
)
_ANNEX = "A"
"""The annex in which ISO's standards that have controls list them, printed without its letter."""


def bare_number(words: Sequence[str]) -> str | None:
    """Give the number of a clause that was typed without a standard, if that is all."""
    match = _BARE.fullmatch(" ".join(words).strip())
    if match is None:
        return None
    annex = match["annex"] or (_ANNEX if match["control"] else "")
    return ".".join(filter(None, (annex.upper(), match["number"])))


def clauses(found: Citations, graph: ClauseGraph) -> tuple[str, ...]:
    """Give the clauses and points that were typed, by full reference, and say how they were read."""
    from imsmap.api.clauses import cited

    read = cited(found, graph)
    for note in read.notes:
        later(note)
    return read.refs


def clause(text: str, graph: ClauseGraph, mappings: Path | None) -> str:
    """Give the one clause or point that was typed."""
    refs = clauses(citations(text, mappings), graph)
    if len(refs) != 1:
        named = ", ".join(refs[:5]) + (", ..." if len(refs) > 5 else "")
        raise click.UsageError(f"{text!r} names {len(refs)} clauses, {named}; name one of them")
    return refs[0]


def _complete(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    top = ctx.find_root()
    keys = [head.key for head in heads(top.params.get("mappings"))]
    return [key for key in keys if key.startswith(incomplete) or incomplete in key]


def standards_argument(least: int, most: int | None = None, required: bool = True) -> Callable[[Any], Any]:
    """Take standards as people write them, and hand over their keys; in a client's project its own if none is named."""

    def check(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
        if ctx.resilient_parsing:
            return value
        settled = required and not value
        if settled:
            value = _of_project()
            if not value:
                raise click.MissingParameter(ctx=ctx, param=param)
        # Some put commas between the names, as in a sentence.
        value = tuple(part for text in value for part in (one.strip() for one in text.split(",")) if part)
        if value and (len(value) < least or (most is not None and len(value) > most)):
            wanted = f"{least}" if most == least else f"at least {least}"
            raise click.UsageError(f"name {wanted} standards, such as: {ctx.command_path} 9001 14001", ctx)
        return resolve(value, ctx.obj, settled)

    metavar = "STANDARD..." if required else "[STANDARD]..."
    return click.argument(
        "standards", nargs=-1, required=False, metavar=metavar, callback=check, shell_complete=_complete
    )


def _edition_of_project(key: str, known: tuple[Head, ...]) -> Choice | None:
    """Give the edition of the client's project for a standard that was named without one; nothing if it has none."""
    from imsmap.api.library import Choice

    series = {head.key: head.series for head in known}
    found = [one for one in _keys_of_project(known) if series[one] == series[key]]
    return Choice(found[0]) if found else None


def of_project(mappings: Path | None) -> tuple[str, ...]:
    """Give the keys of the standards of the client's project in whose folder the command runs; none outside of one."""
    return _keys_of_project(heads(mappings))


def _keys_of_project(known: tuple[Head, ...]) -> tuple[str, ...]:
    from imsmap.api.library import standard_key
    from imsmap.errors import ImsmapError

    try:
        return tuple(standard_key(text, known).key for text in _of_project())
    except ImsmapError:
        # A fault in the project's settings is told by the commands that work with it.
        return ()


def _of_project() -> tuple[str, ...]:
    """Give the standards of the client's project in whose folder the command runs."""
    from imsmap.client import place

    root = place.find(Path.cwd())
    if root is None:
        return ()
    from imsmap.client import settings

    return settings.read(root).standards


def _day(_ctx: click.Context, _param: click.Parameter, value: datetime.datetime | None) -> datetime.date:
    return (value or datetime.datetime.now().astimezone()).date()


def dated(words: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Take the day's date at the door: no other part of imsmap looks at the clock."""
    return click.option(
        "--date",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="YYYY-MM-DD",
        callback=_day,
        help=f"{words}; today if none is given.",
    )


date_option = dated("The date that is written into it")


def output_option(name: str, kind: str, words: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command its `--output`: a path under this name, a FILE or a DIR."""
    return click.option("-o", "--output", name, metavar=kind, type=click.Path(path_type=Path), help=words)


# --- the answer ------------------------------------------------------------------------------------------------------


def put(path: Path, content: bytes) -> None:
    """Write a file and say on stderr where it is now; one that quotes the project's licensed text is refused."""
    from imsmap.files import write

    guard({path.name: content})

    written = write(path, content)
    if written.renamed:
        say(f"{written.asked} holds something else and was left alone; this is in {written.path}")
    else:
        say(f"{written.path}: {'written' if written.new else 'is there already, with the same content'}")


class Output:
    """Where an answer goes, and in which format."""

    def __init__(
        self,
        form: str | None,
        path: Path | None,
        table: str | None,
        date: datetime.date,
        page: bool = False,
        whole: bool = False,
        sources: bool = False,
    ) -> None:
        """Settle the format: what was asked for, else the file's suffix, else a table.

        Workbooks and pages carry the date; a page is there only for questions that have one.
        """
        self.date = date
        self.path = None if path is None or str(path) == "-" else path
        self.table = table
        self.whole, self.sources = whole or sources or table is not None, sources or table is not None
        by_name: str | None = None
        if self.path is not None:
            suffixes = TABLE_SUFFIXES | {WORKBOOK_SUFFIX: "workbook"} | ({PAGE_SUFFIX: "page"} if page else {})
            known = self.path.suffix.lower() in suffixes and not self.path.is_dir()
            by_name = by_suffix(self.path, suffixes) if known or form is None else None
        if form and by_name and form != by_name:
            raise click.UsageError(f"{self.path} asks for {by_name}, --format for {form}; leave one out")
        self.form = form or by_name or "table"
        if table and self.form == "json":
            raise click.UsageError("--table is for csv, markdown and table; JSON holds the whole answer")
        if table and self.is_workbook:
            raise click.UsageError("--table is for csv, markdown and table; a workbook holds every sheet")
        if table and self.is_page:
            raise click.UsageError("--table is for csv, markdown and table; a page shows everything")

    @property
    def is_workbook(self) -> bool:
        """Tell whether a workbook was asked for."""
        return self.form == "workbook"

    @property
    def takes_many(self) -> bool:
        """Tell whether several answers may follow each other: as people read them, on stdout."""
        return self.path is None and self.form in ("table", "markdown")

    @property
    def is_page(self) -> bool:
        """Tell whether a page was asked for."""
        return self.form == "page"

    def give(self, report: Report[object]) -> None:
        """Give a report in the format that was asked for."""
        from attrs import evolve

        from imsmap.api import export

        if self.table is not None:
            report = _only(report, self.table)
        if self.form == "table" and self.path is None:
            if self.whole:
                text = export(report, "table", width=terminal_width(), sources=self.sources)
                leaf_through(text)
            else:
                self.save(export(report, "table", width=terminal_width(), brief=True, painted=paints()))
            return
        options: dict[str, Any] = {}
        if self.form == "csv" and self.path is not None and self.path.suffix.lower() == ".csv":
            # Such a file is opened in a spreadsheet; what goes down a pipe is read by a program.
            options["spreadsheet"] = True
        if self.form == "csv" and self.path is not None and self.path.is_dir():
            for table in report.tables:
                only = evolve(report, tables=(table,))
                put(self.path / f"{table.name}.csv", export(only, "csv", date=self.date, spreadsheet=True))
            return
        self.save(export(report, self.form, date=self.date, **options))
        if self.form == "csv" and self.path is not None and len(report.tables) > 1:
            first, *others = (table.name for table in report.tables)
            say(
                f"{self.path} holds the first of {len(report.tables)} tables, {first}; --table NAME writes another "
                f"({', '.join(others)}), --format csv -o FOLDER all of them, -o FILE{WORKBOOK_SUFFIX} all in one file"
            )

    def save(self, content: bytes) -> None:
        """Write the answer to its file, or to stdout."""
        if self.path is None:
            if self.form not in ("table", "workbook", "page"):
                guard({f"answer.{self.form}": content})
            answer(content)
        else:
            put(self.path, content)


def _only(report: Report[object], name: str) -> Report[object]:
    from attrs import evolve

    names = [table.name for table in report.tables]
    if name not in names:
        raise click.UsageError(f"{report.analysis} has no table {name}; {did_you_mean(name, names)}")
    return evolve(report, tables=(report.table(name),))


def answered(page: bool = False) -> Callable[[Callable[..., None]], Any]:
    """Give a question its options `--format`, `--output`, `--table` and `--date`; `page`: it can be a page, too."""
    suffixes = [*TABLE_SUFFIXES, WORKBOOK_SUFFIX, *([PAGE_SUFFIX] if page else [])]

    def decorate(question: Callable[..., None]) -> Any:
        @click.option("--format", "form", type=click.Choice(list(TABLES)), help="Default: table, or by FILE's suffix.")
        @output_option("path", "FILE", f"Write to FILE; {', '.join(suffixes)}.")
        @click.option("--table", metavar="NAME", help="Only this table of the answer.")
        @click.option("--all", "whole", is_flag=True, help="Every table in full, and not one screen.")
        @click.option("--sources", is_flag=True, help="With --all, also who says so, and where.")
        @quotes_option
        @date_option
        @wraps(question)
        def command(
            form: str | None,
            path: Path | None,
            table: str | None,
            date: datetime.date,
            whole: bool,
            sources: bool,
            **words: Any,
        ) -> None:
            output = Output(form, path, table, date, page, whole, sources)
            question(click.get_current_context().obj, output, **words)

        return command

    return decorate


def fingerprint(mappings: Path | None) -> str:
    """Reduce the mapping data to a few signs, to tell whether they have changed."""
    found = hashlib.sha256()
    for mark in marks():
        found.update(repr(mark).encode())
    for root in roots(mappings):
        for path in sorted(root.rglob("*.yaml")):
            found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()
