"""The names and signatures on which programs rest; who changes them says so in CHANGELOG.md."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

from imsmap import about, api
from imsmap.errors import UnknownNameError, UsageError
from tests.fixtures import MAPPINGS

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
A, B = "iso9001-2015", "iso14001-2015"
SIGNATURES = {
    "Answers": "(library, standards, case=None, editions=None, *, newer=())",
    "ask": "(library, question, **words)",
    "brief": "(library, standards, case, *, date, client='', state=None, look=None)",
    "bring": "(path, roots=None, *, day, into=None, standards=(), said=None)",
    "catalogue": "(roots=None)",
    "draw": "(name, answers, size='16:9', occasion=None)",
    "editions": "(roots, standards, *, marks=())",
    "export": "(what, form, *, date=None, **options)",
    "export_mapping": "(form, standards, roots=None, *, day)",
    "find_quotes": "(texts, files)",
    "formats": "()",
    "licensed_text": "(path, standard='', *, roots=None, ours=(), anyway=False)",
    "load": "(roots=None, standards=None, *, guides=True, marks=())",
    "mark_point": "(library, point, by, on, *, differs='')",
    "pictures": "()",
    "questions": "()",
    "read_marks": "(content, shown)",
    "sheets": "()",
    "write_marks": "(marks)",
    "template": "(roots=None)",
}


@pytest.fixture(scope="module")
def library():
    return api.load(MAPPINGS, (A, B))


def test_the_public_names_are_these():
    assert set(api.__all__) == {*SIGNATURES, "Picture", "Report", "Size", "about"}
    assert all(hasattr(api, name) for name in api.__all__)


@pytest.mark.parametrize("name", SIGNATURES)
def test_each_takes_what_it_took(name: str):
    bare = [one.replace(annotation=inspect.Parameter.empty)
            for one in inspect.signature(getattr(api, name)).parameters.values()]  # fmt: skip
    assert str(inspect.Signature(bare)) == SIGNATURES[name]


@pytest.mark.parametrize("name", SIGNATURES)
def test_each_is_on_the_page_with_what_it_takes(name: str):
    words = SIGNATURES[name].replace("'", '"')
    assert f"`{name}{words}`" in PAGE.read_text("utf-8")


@pytest.mark.slow
def test_the_example_on_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture):
    monkeypatch.chdir(tmp_path)
    example = re.search(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert example is not None
    made: dict[str, object] = {}
    exec(example[1], made)
    assert isinstance(made["svg"], bytes)
    assert made["slides"][:2] == made["workbook"][:2] == b"PK"  # type: ignore[index]
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_listing_what_there_is_loads_no_library():
    code = "import sys; from imsmap import api; api.questions(), api.formats(); print('attr' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"


def test_what_is_no_name_of_it_is_told_as_python_does():
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        api.nothing  # noqa: B018


def test_a_question_that_is_not_known_or_put_wrongly_says_what_to_do(library):
    for name, words, error, said in (
        ("overlp", {}, UnknownNameError, "there is no question overlp; did you mean overlap?"),
        ("overlap", {"standard": (A, B)}, UsageError, "takes no standard; did you mean standards?"),
        ("overlap", {}, UsageError, "the question overlap needs standards"),
        ("standards", {"standards": (A,)}, UsageError, "takes no standards; it takes nothing"),
    ):
        with pytest.raises(error, match=re.escape(said)):
            api.ask(library, name, **words)


def test_each_question_about_standards_is_answered(library):
    answers = api.Answers(library, (A, B))
    for name in answers:
        assert answers[name] is answers[name]
        assert answers[name].analysis.replace("-", "_") == name
    with pytest.raises(KeyError):
        answers["nothing"]


def test_what_json_gives_stands_on_its_page_with_its_version(library):
    page = (PAGE.parent / "json.md").read_text("utf-8")
    items = dict(re.findall(r"^\* `([\w-]+)`(.*?)(?=^\* |^Further)", page, re.M | re.S))
    answers = api.Answers(library, (A, B))
    asked = [answers[name] for name in answers]
    lacking = [
        f"{report.analysis}: {key}"
        for report in asked
        for key in report.json
        if key != "standards" and f"`{key}`" not in items.get(report.analysis, "")
    ]
    assert lacking == []
    raised = {report.analysis for report in asked if report.version > 1}
    assert [name for name in sorted(raised) if not re.search(rf"`{name}`[^:]*(at|since) version", page)] == []


def test_one_standard_alone_is_not_asked_what_compares(library):
    compares = set(api.Answers(library, (A, B))) - set(api.Answers(library, (A,)))
    known = {"overlap", "friends", "compare", "choose", "relations"}
    assert compares >= known
    assert [name for name in compares - known if about.questions()[name].least < 2] == []


def test_a_format_that_can_not_hold_something_says_which_can(library):
    report = api.ask(library, "standards")
    for form, said in (("svg", "no format svg holds answers"), ("jsn", "did you mean json or .json?")):
        with pytest.raises(UnknownNameError, match=re.escape(said)):
            api.export(report, form)
    with pytest.raises(UsageError, match="workbook: missing a required"):
        api.export(report, "workbook")
    with pytest.raises(UsageError, match="json: got an unexpected"):
        api.export(report, "json", width=3)


def test_several_pictures_are_slides_or_each_a_file(library):
    (page,) = api.draw("venn", api.Answers(library, (A, B)))
    assert api.export(page, "dot") == api.export([page], ".dot")
    with pytest.raises(UsageError, match="dot holds one picture, and there are 2"):
        api.export([page, page], "dot")
