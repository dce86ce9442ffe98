from __future__ import annotations

import base64
import datetime
import hashlib
import html.parser
import json
import re
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from imsmap.analyses import explain, overlap
from imsmap.api.answers import Answers
from imsmap.api.deliverables import for_page, webpage
from imsmap.drawing.colour import READS, contrast
from imsmap.exporters.html import SCRIPTS
from imsmap.exporters.html.markup import Markup, element, embedded, text
from imsmap.exporters.html.overview import hero, overview
from imsmap.exporters.html.palette import ink_on, style
from imsmap.exporters.html.scene import Scene
from imsmap.library.graph import ClauseGraph
from tests.exporters.excel.library import A as SMALL_A
from tests.exporters.excel.library import B as SMALL_B
from tests.exporters.excel.library import C as SMALL_C
from tests.exporters.excel.library import small
from tests.exporters.html import pages
from tests.exporters.html.pages import A, B
from tests.fixtures import Answer
from tests.once import shipped

Command = Callable[..., Answer]
VOID = {"meta", "input", "br"}
SIX = pytest.param("six", marks=pytest.mark.slow)
Mailed = Callable[[str], Path]


class Outline(html.parser.HTMLParser):
    """The tree of a page: every element with its attributes, and what is closed in the wrong place."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.scripts: list[str] = []
        self.feed(content.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("script", "style"):
            self.scripts.append(data)


def data_of(content: bytes) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', content.decode(), re.DOTALL)
    assert found
    values: dict[str, Any] = json.loads(found[1])
    return values


def refs_of(data: dict[str, Any]) -> list[str]:
    """Give the clauses by their place among all of them."""
    each = zip(data["standards"], data["clauses"], strict=True)
    return [f"{standard['key']}:{clause[0]}" for standard, clauses in each for clause in clauses]


# --- what it says ----------------------------------------------------------------------------------------------------


def test_every_clause_is_on_the_page_with_its_number_and_title():
    said = html.unescape(pages.text_of(pages.two()))
    found = data_of(pages.two())
    each = (found["texts"][clause[1]] for clauses in found["clauses"] for clause in clauses)
    titles = dict(zip(refs_of(found), each, strict=True))
    for standard in pages.real().standards:
        for clause in standard.clauses:
            if clause.number[0] in "456789" or clause.number.startswith("10"):
                assert clause.title in (None, "", titles[clause.ref])
                # Headings stand on the board alone, which the script lays.
                assert not clause.points or f"{clause.number} {titles[clause.ref]}" in said
    refs = set(refs_of(data_of(pages.two())))
    assert {f"{A}:8.4", f"{A}:8.4.1", f"{B}:8.1"} <= refs
    # Without a script, too, a link leads to each leaf clause.
    ids = {attributes.get("id") for _, attributes in Outline(pages.two()).elements}
    assert {leaf.ref for key in (A, B) for leaf in shipped((A, B)).leaves(key)} <= ids


def test_coverage_says_both_ways_n_of_m_as_the_question_does(imsmap: Command):
    entries = json.loads(imsmap("overlap", A, B, "--format", "json").out)["coverage"]
    said = pages.text_of(pages.two()).replace("\u00a0", " ").replace("&nbsp;", " ")
    names = {A: "ISO 9001:2015", B: "ISO 14001:2015"}
    for entry in entries:
        if entry["unit"] == "leaf clause":
            of, by = names[entry["of"]], names[entry["by"]]
            assert f"{entry['n']} of {entry['m']} leaf clauses of {of} have a counterpart in {by}" in said
    assert "%" not in said


@pytest.mark.slow
def test_the_data_hold_every_link_with_the_words_of_its_explanation():
    found = data_of(pages.two())
    # Through standards that this page knows nothing of more may follow.
    links = overlap.analyse(shipped((A, B)), overlap.Question((A, B))).json["links"]
    refs, kins = refs_of(found), list(found["marks"])
    assert {(refs[one], refs[other], kins[kin]) for one, other, kin, *_ in found["links"]} == {
        (link["subject"], link["object"], link["class"]) for link in links
    }
    graph = shipped((A, B))
    for one, other, _, words, *_ in found["links"][::7]:
        answer = explain.analyse(graph, explain.Question(refs[one], refs[other])).answer
        assert [said(found, number) for number in words] == [str(sentence) for sentence in answer.words]


def said(data: dict[str, Any], number: int) -> str:
    """Put a sentence together as the script does."""
    template, *given = data["said"][number]

    def part(one: int) -> str:
        return said(data, -1 - one) if one < 0 else str(data["texts"][one])

    texts = (" ".join(map(part, several if isinstance(several, list) else [several])) for several in given)
    return str(data["templates"][template]).format(*texts)


@pytest.mark.parametrize("name", ["two", SIX])
def test_each_template_text_and_sentence_is_stored_once(mailed: Mailed, name: str):
    found = data_of(mailed(name).read_bytes())
    for name in ("templates", "texts"):
        assert len(found[name]) == len(set(found[name]))
    sentences = [(json.dumps(sentence), found["counted"].get(str(n))) for n, sentence in enumerate(found["said"])]
    assert len(sentences) == len({str(sentence) for sentence in sentences})
    assert len(found["templates"]) < 50


def test_no_point_of_the_data_stands_in_the_tables_as_well():
    said = html.unescape(pages.text_of(pages.two()))
    found = data_of(pages.two())
    points = [points for clauses in found["clauses"] for *_, points in (clause[:5] for clause in clauses) if points]
    texts = [found["texts"][point[0] if isinstance(point, list) else point] for clause in points for point in clause]
    assert len(texts) > 300
    assert [words for words in texts if words in said] == []


def test_the_script_holds_no_words_of_an_explanation():
    script = " ".join(
        resources.files("imsmap.exporters.html").joinpath(f"{name}.js").read_text("utf-8") for name in SCRIPTS
    )
    for template in data_of(pages.two())["templates"]:
        longest = max(re.split(r"\{\d\}", template), key=len).strip()
        assert longest == '"' or longest not in script
    assert "core point of" not in script


@pytest.mark.slow
def test_six_standards_are_all_there(mailed: Mailed):
    content = mailed("six").read_bytes()
    found = data_of(content)
    rows = [number for topic in found["groups"] for number in topic["b"]]
    refs = refs_of(found)
    for key in pages.SIX:
        assert sum(refs[number].startswith(f"{key}:") for number in rows) > 30
    assert len({len(row) for row in _rows_of("grid", content)}) == 1
    assert len(_rows_of("grid", content)) == 7


def _rows_of(name: str, content: bytes) -> list[list[str]]:
    found = re.search(rf'<table class="{name}">(.*?)</table>', content.decode(), re.DOTALL)
    assert found
    return [re.findall(r"<t[hd]\b", row) for row in re.findall(r"<tr>(.*?)</tr>", found[1], re.DOTALL)]


@pytest.mark.slow
def test_two_editions_with_one_letter_are_told_apart():
    library = pages.six_standards()
    scene = Scene(for_page(Answers(ClauseGraph(library), tuple(standard.key for standard in library.standards))))
    tags = [side.tag for side in scene.sides]
    assert len(set(tags)) == len(tags)


def test_of_two_editions_and_a_standard_of_their_discipline_each_clause_stands_once():
    content = pages.alike().decode()
    library = pages.of_one_discipline()
    leaves = [clause.ref for standard in library.standards for clause in standard.clauses if clause.points]
    table = re.search(r'<table class="matrix">.*?</table>', content, re.DOTALL)
    assert table
    home = re.findall(r'<li id="([^"]+)"', table[0])
    assert sorted(home) == sorted(leaves)
    found = data_of(pages.alike())
    rows = [refs_of(found)[number] for topic in found["groups"] for number in topic["b"]]
    assert len(rows) == len(set(rows))
    assert set(leaves) <= set(rows)
    letters = re.findall(r'class="t [^>]*><b>([^<]*)<', content)
    assert letters == ["all", "all", "2 of 3", "Q7"]


def test_a_small_library_with_three_standards_makes_a_page():
    content = webpage(Answers(small(), (SMALL_A, SMALL_B, SMALL_C)), date=pages.DAY, client="Smith & Sons")
    outline = Outline(content)
    assert (outline.faults, outline.open) == ([], [])
    assert "Smith &amp; Sons" in content.decode()


def test_the_edition_line_tells_the_months_that_are_left_and_that_they_are_reported():
    scene = Scene(for_page(Answers(shipped((A, B)), (A, B))))
    told = hero(scene, datetime.date(2026, 11, 28)).replace("\u00a0", " ")
    assert (
        "both were replaced in 2026, with 34 months left for ISO 9001:2015 and 29 for ISO 14001:2015 "
        "(reported, confidence 0.8)." in told
    )
    assert "left for" not in hero(scene, datetime.date(2031, 1, 2))
    assert "will have newer editions" in hero(scene, datetime.date(2025, 1, 1))


def test_a_number_that_misleads_comes_with_what_it_is_about_on_either_side():
    found = re.search(r'<table[^>]*class="friends".*?</table>', pages.two().decode(), re.DOTALL)
    assert found is not None
    assert re.findall(r"<b>(.*?)</b>", found[0]) == [
        "Plan what to do about risks",
        "Find what you do to the environment",
        "Agree what the customer gets",
        "Be ready when something spills or burns",
        "Ask whether the customer is content",
        "Check that obligations are met",
    ]
    # What ties them for all that, or that nothing was found; the boilerplate of the note is told once, above.
    assert re.findall(r"<td[^>]*>([^<]*)</td></tr>", found[0]) == [
        "nothing found",
        "Weak tie (2 of 10): What to do if something goes badly wrong is settled in advance.",
        "nothing found",
    ]


# --- how it is made --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["two", SIX, "broken"])
class TestEachPage:
    def test_every_element_is_closed_where_it_belongs(self, mailed: Mailed, name: str):
        outline = Outline(mailed(name).read_bytes())
        assert (outline.faults, outline.open) == ([], [])

    def test_ids_are_unique_and_every_label_leads_somewhere(self, mailed: Mailed, name: str):
        outline = Outline(mailed(name).read_bytes())
        ids = [attributes["id"] for _, attributes in outline.elements if "id" in attributes]
        assert len(ids) == len(set(ids))
        for _, attributes in outline.elements:
            for name in ("aria-labelledby", "aria-describedby", "for"):
                assert attributes.get(name, ids[0]) in ids

    def test_nothing_is_fetched_from_anywhere(self, mailed: Mailed, name: str):
        outline = Outline(mailed(name).read_bytes())
        for tag, attributes in outline.elements:
            assert tag not in {"link", "iframe", "object", "embed", "base", "audio", "video"}
            assert not {"srcset", "style", "action", "formaction"} & set(attributes)
            # A client's logo is carried inside the page.
            assert (attributes.get("src") or "data:").startswith("data:")
            assert not any(name.startswith("on") for name in attributes)
            assert (attributes.get("href") or "#").startswith("#")
        assert not re.search(r"url\(|@import", "".join(outline.scripts))

    def test_the_policy_allows_this_script_and_these_styles_and_nothing_else(self, mailed: Mailed, name: str):
        content = mailed(name).read_bytes().decode()
        policy = dict(
            part.split(" ", 1)
            for part in re.findall(r'Content-Security-Policy" content="(.*?)"', content)[0]
            .replace("&#x27;", "'")
            .split("; ")
        )
        script = re.findall(r"<script>(.*?)</script>", content, re.DOTALL)
        style = re.findall(r"<style>(.*?)</style>", content, re.DOTALL)
        assert (len(script), len(style)) == (1, 1)
        assert policy == {
            "default-src": "'none'",
            "base-uri": "'none'",
            "form-action": "'none'",
            "script-src": f"'sha256-{_digest(script[0])}'",
            "style-src": f"'sha256-{_digest(style[0])}'",
        }

    def test_every_colour_comes_with_a_letter_or_a_word(self, mailed: Mailed, name: str):
        content = mailed(name).read_bytes().decode()
        for kind in ("tag", "kin"):
            found = re.findall(rf'<span[^>]*class="{kind}(?: [^"]*)?"[^>]*>(.*?)</span>', content)
            assert len(found) > 20
            assert all(re.sub("<[^>]*>", "", words).strip() for words in found)


def _digest(part: str) -> str:
    return base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()


@pytest.mark.parametrize(
    ("name", "most"), [("two", 600_000), pytest.param("six", 1_200_000, marks=pytest.mark.slow)], ids=["two", "six"]
)
def test_a_page_is_small_enough_for_a_mail(mailed: Mailed, name: str, most: int):
    assert mailed(name).stat().st_size < most


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes_in_whatever_order_it_is_loaded(
    imsmap: Command, shuffled: Callable[[], None]
):
    assert imsmap("matrix", A, B, "-o", "one.html", "--date", "2031-01-02").code == 0
    shuffled()
    assert imsmap("matrix", A, B, "-o", "two.html", "--date", "2031-01-02").code == 0
    assert Path("one.html").read_bytes() == Path("two.html").read_bytes()


def test_the_date_and_the_client_are_on_it():
    content = webpage(Answers(small(), (SMALL_A, SMALL_B)), date=datetime.date(2032, 5, 6), client="Miller Ltd")
    said = pages.text_of(content)
    assert "6 May 2032" in said
    assert "2032-05-06" not in said
    assert "Miller Ltd" in said
    assert "2030.1" in said


def test_a_tile_shows_one_number_and_tells_all_of_them_by_its_name():
    graph = shipped(("iso9001-2015", "iso45001-2018"))
    tiles = str(overview(Scene(for_page(Answers(graph, ("iso9001-2015", "iso45001-2018"))))))
    found = re.findall(r"<button[^>]*data-topic=.*?</button>", tiles, flags=re.DOTALL)
    shown = [re.findall(r"<span>(.*?)</span>", tile)[0] for tile in found]
    assert [number for number in shown if not re.fullmatch(r"[A-Z0-9.]*", number)] == []
    assert any("6.1.2.2" in tile and "6.1.2.3" in tile for tile in found)


# --- nothing breaks out ----------------------------------------------------------------------------------------------


def test_text_that_breaks_pages_stays_text():
    outline = Outline(pages.broken())
    plain = Outline(pages.two())
    assert sum(tag == "script" for tag, _ in outline.elements) == sum(tag == "script" for tag, _ in plain.elements) == 2
    assert {tag for tag, _ in outline.elements} <= {tag for tag, _ in plain.elements}
    content = pages.broken().decode()
    for character in ("\x1b", "\x07", "\u202e"):
        assert character not in content
    assert "</script><script>document.title='broken'</script>" in data_of(pages.broken())["texts"]


def test_markup_escapes_whatever_is_not_markup():
    made = element("a", "<b>", Markup("<i></i>"), ["&", None], href='"x', hidden=True, title=None, data_x=False)
    assert made == '<a href="&quot;x" hidden>&lt;b&gt;<i></i>&amp;</a>'
    assert text("a\x1bb'") == "a\u241bb&#x27;"


def test_embedded_values_cannot_end_their_script():
    values = {"a</script>": ["<!--", "\u2028", 1.5, None, True, "\ud800"]}
    written = embedded(values)
    assert not re.search(r"[<>&\u2028\ud800]", written)
    assert json.loads(written) == {"a</script>": ["<!--", "\u2028", 1.5, None, True, "\ufffd"]}


@pytest.mark.parametrize("ground", ["#FFFFFF", "#000000", "#E69F00", "#777777", "#757575", "#D55E00", "#009E73"])
def test_ink_reads_on_every_ground(ground: str):
    assert contrast(ink_on(ground), ground) >= READS


# Which colours there are hangs on the standards, not on how many of their clauses the page shows.
@pytest.mark.parametrize(
    "make", [pages.two, pages.few_of_six, pages.alike, pages.few_of_a_client], ids=lambda m: m.__name__
)
def test_every_pair_of_colours_of_the_roles_reads_light_and_dark(make: Callable[[], bytes]):
    sheet = "".join(Outline(make()).scripts)
    blocks = re.findall(r"\{color-scheme:(?:light|dark);(.*?)\}", sheet)
    assert len(blocks) == 3
    for block in blocks:
        roles = dict(re.findall(r"--([\w-]+):(#\w+);", block))
        owners = [name for name in roles if f"{name}-on" in roles]
        assert len(owners) >= 3
        assert len({roles[name] for name in owners}) == len(owners)
        pairs = [(roles[role], roles["ground"]) for role in ("ink", "muted", "alert")]
        pairs += [(roles[f"{name}-on"], roles[name]) for name in owners]
        pairs += [(roles[f"{name}-ti"], roles[f"{name}-t"]) for name in owners]
        pairs += [(roles[f"{name}-x"], roles["ground"]) for name in owners]
        assert [pair for pair in pairs if contrast(*pair) < READS] == []


def test_a_clients_font_cannot_end_its_declaration():
    assert ':root{--face:"Acme Sans 2"}' in style([], font='Acme "Sans;} 2')
    assert "--face:" not in style([], font='";{}')


# --- how it is asked for ---------------------------------------------------------------------------------------------


def test_the_matrix_writes_a_page_and_another_question_refuses_one(imsmap: Command):
    assert imsmap("matrix", A, B, "-o", "page.html").code == 0
    refused = imsmap("friends", A, B, "-o", "page2.html")
    assert refused.code == 2
    assert ".html" in refused.err
    assert imsmap("matrix", A, B, "-o", "x.html", "--table", "matrix").code == 2
    assert imsmap("matrix", A, B, "-o", "x.html", "--format", "csv").code == 2
