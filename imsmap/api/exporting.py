"""Answers, pictures and documents turned into bytes, each in any format that holds it."""

from __future__ import annotations

import datetime
import importlib
import inspect
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from imsmap import about
from imsmap.errors import UnknownNameError, UsageError
from imsmap.nearest import did_you_mean
from imsmap.report import Report

if TYPE_CHECKING:
    from imsmap.api.answers import Answers
    from imsmap.brief import Brief
    from imsmap.drawing import Picture


def export(
    what: Report[object] | Picture | Sequence[Picture] | Brief | Answers,
    form: str,
    *,
    date: datetime.date | None = None,
    **options: Any,
) -> bytes:
    """Turn something into bytes: a report, a picture or several, a brief, or all answers about some standards.

    form: a name or suffix of `formats()`. date: that is written into workbooks, pages and slides, which need one; the
    same input gives the same bytes. options: what the format takes besides, such as `width` of a table as text, `table`
    of CSV, `client` of workbook and page, `template` and `title` of slides.
    """
    holds = _kind(what)
    name = _format(form, holds)
    dated = about.formats()[name].many or holds == "deliverables" or name == "excel"
    if date is not None and dated:
        options["date"] = date
    write, given = _writer(what, holds, name)
    try:
        inspect.signature(write).bind(given, **options)
    except TypeError as error:
        raise UsageError(f"{form}: {error}") from None
    content: bytes = write(given, **options)
    return content


def _kind(what: object) -> str:
    """Tell what something is, without loading what it is not."""
    if isinstance(what, Report):
        return "answers"
    from imsmap.api.answers import Answers

    if isinstance(what, Answers):
        return "deliverables"
    from imsmap.brief import Brief

    return "documents" if isinstance(what, Brief) else "pictures"


def _writer(what: Any, holds: str, name: str) -> tuple[Callable[..., bytes], Any]:
    """Give what writes something in a format, and what it takes."""
    if holds == "deliverables":
        from imsmap.api import deliverables

        made: dict[str, Callable[..., bytes]] = {"excel": deliverables.workbook, "html": deliverables.webpage}
        if name in made:
            return made[name], what
    if holds == "answers" and name == "excel":
        return _workbook, what
    module = importlib.import_module(f"imsmap.exporters.{name}")
    if holds == "documents":
        return getattr(module, "document", module.export), what
    if holds == "pictures":
        pages = tuple(what) if isinstance(what, Sequence) else (what,)
        if about.formats()[name].many:
            return module.export, pages
        if len(pages) != 1:
            raise UsageError(f"{name} holds one picture, and there are {len(pages)}; export each, or all as slides")
        return module.export, pages[0]
    return module.export, what


def _format(form: str, holds: str) -> str:
    """Find a format by any of its names, and see that it holds this kind of thing."""
    names = {
        called: name
        for name, one in about.formats().items()
        for called in (one.name or name, name, one.suffix, one.suffix[1:])
        if holds in one.holds or (holds == "answers" and name == "excel")
    }
    if form not in names:
        raise UnknownNameError(f"no format {form} holds {holds}; {did_you_mean(form, names)}")
    return names[form]


def _workbook(report: Report[object], *, date: datetime.date) -> bytes:
    """Make a workbook of one answer: a sheet for each of its tables."""
    from imsmap.exporters.excel import Settings
    from imsmap.exporters.excel.report import export

    return export(report, Settings(as_of=date))
