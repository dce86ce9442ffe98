from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from imsmap.client import settings
from imsmap.client.settings import Brand
from imsmap.drawing.colour import contrast, readable
from imsmap.errors import DataError
from imsmap.register.effort import Rates, Span
from tests.drawn import tried

SMALL = 'project = "acme-1"\nclient = "Acme"\nstandards = ["9001:2015"]\n'


def project(tmp_path: Path, text: str) -> settings.Project:
    (tmp_path / "imsmap.toml").write_text(text, "utf-8")
    return settings.read(tmp_path)


def problems(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(DataError) as caught:
        project(tmp_path, text)
    return [str(problem) for problem in caught.value.problems]


def test_a_small_file_is_enough(tmp_path: Path):
    found = project(tmp_path, SMALL)
    assert (found.id, found.client, found.standards) == ("acme-1", "Acme", ("9001:2015",))
    assert (found.paper, found.language, found.brand) == ("A4", "en", Brand())


def test_every_problem_is_told_at_once_with_its_line(tmp_path: Path):
    text = (
        'client = ""\nstandards = []\npapr = "A4"\npaper = "a4"\nlanguage = "English"\nscope = 3\nlogo = "x.png"\n'
        'text = """\nclient = "no key"\n"""\n\n[brand]\ncolours = ["blue", "#0B5"]\nlogo = "brand/none.png"\n'
        'logo_dark = "../x.png"\nfonts = "Calibri"\n'
    )
    assert problems(tmp_path, text) == [
        "imsmap.toml: project is missing; it ties workbooks to this project; put it back from one of them or a copy",
        'imsmap.toml:1: client is empty; write the client\'s name, as in client = "Acme Coatings"',
        'imsmap.toml:2: name the standards in a list, as in standards = ["9001:2015", "14001:2015"]',
        "imsmap.toml:3: unknown key 'papr'; did you mean 'paper'?",
        "imsmap.toml:4: 'a4' is no paper; did you mean A4?",
        "imsmap.toml:5: 'English' is not there yet: this version speaks English only; write en, or leave the line out",
        "imsmap.toml:6: scope must be a text in quotes",
        "imsmap.toml:7: unknown key 'logo'; it belongs under [brand]",
        "imsmap.toml:8: unknown key 'text'; there are project, client, formerly, standards, title, scope, "
        "document_number, prepared, checked, approved, language, paper, brand, report, rates, audit",
        "imsmap.toml:13: 'blue' is no colour; write one as #00558C",
        "imsmap.toml:14: there is no file 'brand/none.png' in the project; copy it there, or empty this line",
        "imsmap.toml:15: '../x.png' lies outside the project; copy it into brand/",
        "imsmap.toml:16: unknown key 'fonts'; did you mean 'font'?",
    ]


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        ("client = Acme\n", "imsmap.toml:1: is not TOML here"),
        ('client = "a"\nclient = "b"\n', "imsmap.toml:2: is not TOML here"),
        ('client = "a', "imsmap.toml:1: is not TOML here"),
        (SMALL + "brand = 3\n", "imsmap.toml:4: here belongs a section"),
        (SMALL.replace("[", '["9001:2015", '), "imsmap.toml:3: '9001:2015' is here twice"),
        (SMALL.replace("acme-1", "a b"), "imsmap.toml:1: 'a b' is no id"),
        (SMALL + '[brand]\nlogo = "imsmap.toml"\n', "imsmap.toml:5: 'imsmap.toml' is no picture"),
    ],
)
def test_what_is_no_settings_is_told(tmp_path: Path, text: str, begin: str):
    assert problems(tmp_path, text)[0].startswith(begin)


def test_a_logo_of_many_megabytes_is_told_with_the_most_that_it_may_have(tmp_path: Path):
    with (tmp_path / "logo.png").open("wb") as file:
        file.truncate(60_000_000)
    (problem,) = problems(tmp_path, SMALL + '[brand]\nlogo = "logo.png"\n')
    assert problem == "imsmap.toml:5: 'logo.png' has 60 MB, and a picture may have 5 MB; save it smaller"


def test_a_missing_file_and_one_that_is_no_text_are_told(tmp_path: Path):
    with pytest.raises(DataError, match=r"imsmap\.toml: cannot be read"):
        settings.read(tmp_path)
    (tmp_path / "imsmap.toml").write_bytes(b'client = "a"\nscope = "\xff"\n')
    with pytest.raises(DataError, match=r"imsmap\.toml:2: is not UTF-8"):
        settings.read(tmp_path)


def test_a_colour_too_pale_is_darkened_and_told(tmp_path: Path):
    found = project(tmp_path, SMALL + '[brand]\ncolours = ["#00558C", "0B5"]\n')
    assert found.brand.colours[0] == "#00558C"
    assert contrast(found.brand.colours[1], "#FFFFFF") >= 4.5
    assert found.notices == (
        f"imsmap.toml:5: #00BB55 is too pale to carry white text; {found.brand.colours[1]}, the same colour darker, is "
        "used",
    )


@given(st.integers(0, 0xFFFFFF).map("#{:06X}".format))
def test_white_can_be_read_on_every_colour_of_a_brand(colour: str):
    assert contrast(readable(colour), "#FFFFFF") >= 4.5
    if contrast(colour, "#FFFFFF") >= 4.5:
        assert readable(colour) == colour


def test_a_project_is_found_from_any_folder_in_it(tmp_path: Path):
    deep = tmp_path / "output" / "v1"
    deep.mkdir(parents=True)
    assert settings.find(deep) is None
    project(tmp_path, SMALL)
    assert settings.find(deep) == settings.find(tmp_path) == tmp_path.resolve()


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(client=words.filter(str.strip), scope=words, standards=st.lists(words.filter(str.strip), min_size=1, max_size=3))
@how(max_examples=tried(50))
def test_a_new_file_says_what_it_was_given(tmp_path_factory, client: str, scope: str, standards: list[str]):
    plain = list(dict.fromkeys(" ".join(name.split()) for name in standards))
    root = tmp_path_factory.mktemp("new")
    id_ = settings.new_id(client)
    text = settings.draft(id_, client, plain, scope=scope, brand=Brand(colours=("#00558C",), legal=scope))
    found = project(root, text)
    assert (found.id, found.client, found.scope, found.brand.legal) == (id_, client.strip(), *2 * (scope.strip(),))
    assert found.standards == tuple(plain)


def test_an_id_keeps_the_clients_name_where_it_can():
    assert settings.new_id("Müller & Söhne GmbH", lambda: "1a2b") == "muller-sohne-gmbh-1a2b"
    assert settings.new_id("株式会社", lambda: "1a2b") == "project-1a2b"


def test_former_names_of_the_client_are_a_list(tmp_path: Path):
    assert project(tmp_path, SMALL + 'formerly = ["Smith Ltd", "Smith"]\n').formerly == ("Smith Ltd", "Smith")
    assert problems(tmp_path, SMALL + 'formerly = "Smith"\n') == [
        'imsmap.toml:4: give the client\'s former names in a list, as in formerly = ["Smith Ltd"]'
    ]


def test_hours_and_rates_are_one_number_or_the_least_and_the_most(tmp_path: Path):
    text = SMALL + '[report]\npoint = 0.5\nXL = [120, 240.5]\n[rates]\nhour = [90, 120]\ncurrency = "EUR"\n'
    assert project(tmp_path, text).rates == Rates(
        {"point": Span(0.5, 0.5), "XL": Span(120, 240.5)}, Span(90, 120), "EUR"
    )
    assert project(tmp_path, SMALL).rates == Rates()


def test_hours_and_rates_that_are_none_are_told_with_their_line(tmp_path: Path):
    text = (
        '[report]\npoint = []\nS = [4, 1]\nM = "8"\nL = -1\nXL = true\naction = [1, 2, 3]\npoints = 1\n'
        "document = inf\n[rates]\nhour = 100\n"
    )
    assert problems(tmp_path, SMALL + text) == [
        "imsmap.toml:5: point is a number of 0 and more, or the least and the most, as in point = [2, 6]",
        "imsmap.toml:6: S goes from 4 to 1; write the least first",
        "imsmap.toml:7: M is a number of 0 and more, or the least and the most, as in M = [2, 6]",
        "imsmap.toml:8: L is a number of 0 and more, or the least and the most, as in L = [2, 6]",
        "imsmap.toml:9: XL is a number of 0 and more, or the least and the most, as in XL = [2, 6]",
        "imsmap.toml:10: action is a number of 0 and more, or the least and the most, as in action = [2, 6]",
        "imsmap.toml:11: unknown key 'points'; did you mean 'point'?",
        "imsmap.toml:12: document is a number of 0 and more, or the least and the most, as in document = [2, 6]",
        'imsmap.toml:14: a price needs its currency; write it below, as in currency = "EUR"',
    ]
    assert problems(tmp_path, SMALL + "report = 3\n")[0].startswith("imsmap.toml:4: here belongs a section: [report]")


def test_a_new_file_says_how_an_estimate_is_asked_for_and_names_no_figure(tmp_path: Path):
    text = settings.draft("acme-1", "Acme", ["9001:2015"])
    assert project(tmp_path, text).rates == Rates()
    # Whoever takes the signs away is asked for figures.
    at = text.index("# [report]")
    bare = text[:at] + "\n".join(line.removeprefix("# ") for line in text[at:].splitlines())
    told = problems(tmp_path, bare)
    assert [one.partition(" is a number")[0].partition(": ")[2] for one in told] == [
        "point", "S", "M", "L", "XL", "action", "document", "hour",
    ]  # fmt: skip
