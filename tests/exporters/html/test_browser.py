"""What a reader does with the page, in a real browser."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from imsmap.analyses import explain, overlap
from imsmap.api.answers import Answers
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Kin
from imsmap.reasoning.coverage import LEAF_CLAUSE
from tests.exporters.html import pages
from tests.exporters.html.conftest import Opened
from tests.exporters.html.pages import A, B

pytestmark = pytest.mark.slow

Open = Callable[..., Opened]
SHOWN = ".matrix tbody tr[data-letters]:not([hidden])"


def lit(page: Any) -> set[str]:
    return set(page.eval_on_selector_all(".chip.lit", "chips => chips.map(chip => chip.dataset.ref)"))


def chosen(page: Any) -> list[str]:
    found: list[str] = page.eval_on_selector_all(".chip.chosen", "chips => chips.map(chip => chip.dataset.ref)")
    return found


def expected(ref: str) -> set[str]:
    """The leaf clauses of the other standard that a clause has a link to, from the reports themselves."""
    links = [link for link in _reports().overlap.answer.pairs[0].links if link.kin.is_counterpart]
    found = {link.object.ref for link in links if link.subject.ref == ref}
    return found | {link.subject.ref for link in links if link.object.ref == ref}


def _reports() -> Answers:
    return Answers(ClauseGraph(pages.real()), (A, B))


# --- the columns and the explanation ---------------------------------------------------------------------------------


def test_pointing_at_a_clause_lights_up_its_counterparts_and_explains_them(opened: Open):
    page = opened().page
    page.hover(f'.chip[data-ref="{A}:8.4.1"]')
    page.wait_for_selector(f'.chip.chosen[data-ref="{A}:8.4.1"]')
    assert {ref for ref in lit(page) if not ref.startswith("core:")} == expected(f"{A}:8.4.1") != set()
    why = page.inner_text("#why")
    assert "ISO 9001:2015, 8.4.1" in why
    assert "ISO 14001:2015, 8.1" in why
    for said in ("Stated (", "strength", "Confidence", "Source:", "Basis: stated", "without a counterpart"):
        assert said in why


def test_an_explanation_names_shared_core_points(opened: Open):
    page = opened(hash_=f"#{A}:4.1").page
    why = page.inner_text("#why")
    assert "≈ extended" in why
    assert "Both hold" in why
    assert "core point" in why
    assert "weakest premise" in why


def test_a_clause_without_counterpart_says_so_with_the_reason(opened: Open):
    uncovered = _reports().matrix.answer.covered(of=A, by=B).uncovered
    page = opened(hash_=f"#{A}:{uncovered[0]}").page
    why = page.inner_text("#why")
    assert "○ none" in why
    assert "has no counterpart in ISO 14001:2015" in why
    assert "no-relationship" in page.text_content("#why")


def test_a_false_friend_warns(opened: Open):
    assert "False friend" in opened(hash_=f"#{A}:9.1.2").page.inner_text("#why")


def test_a_heading_is_told_with_its_leaf_clauses(opened: Open):
    page = opened(hash_=f"#{A}:8.4").page
    assert chosen(page) == [f"{A}:8.4"]
    assert "Heading" in page.inner_text("#why")
    assert f"{B}:8.1" in lit(page)


def test_a_clause_of_the_core_lights_up_who_holds_it(opened: Open):
    page = opened().page
    page.click('.chip[data-ref="core:4.1"]')
    assert {f"{A}:4.1", f"{B}:4.1"} <= lit(page)
    assert "Common core, 4.1" in page.inner_text("#why")


def test_pointing_elsewhere_leaves_what_was_kept(opened: Open):
    page = opened().page
    page.click(f'.chip[data-ref="{A}:4.1"]')
    page.hover(f'.chip[data-ref="{A}:4.2"]')
    page.wait_for_selector(f'.chip.chosen[data-ref="{A}:4.2"]')
    page.hover("h1")
    page.wait_for_selector(f'.chip.chosen[data-ref="{A}:4.1"]')
    page.click("#why .close")
    assert chosen(page) == []
    assert lit(page) == set()


def told(page: Any, refs: list[str]) -> dict[str, list[str]]:
    """What the page says of each pair that it explains, clause by clause, as a reader who goes to each finds it."""
    found: dict[str, list[str]] = page.evaluate(
        """refs => {
          const found = {};
          for (const ref of refs) {
            location.hash = "#" + ref;
            dispatchEvent(new PopStateEvent("popstate"));
            for (const article of document.querySelectorAll("#why article[data-pair]")) {
              found[article.dataset.pair] = [...article.querySelectorAll(".said")].map(said => said.textContent);
            }
          }
          return found;
        }""",
        refs,
    )
    return found


def test_every_pair_is_explained_in_the_words_of_explain(opened: Open, request: pytest.FixtureRequest):
    graph = ClauseGraph(pages.real())
    links = overlap.analyse(graph, overlap.Question((A, B))).answer.pairs[0].links
    # Without --all, each fourth clause stands for those beside it.
    leaves = [leaf.ref for leaf in graph.leaves(A)][:: 1 if request.config.getoption("--all") else 4]
    found = told(opened().page, leaves)
    assert set(found) == {f"{link.subject.ref} {link.object.ref}" for link in links if link.subject.ref in leaves}
    for pair, said in found.items():
        one, other = pair.split()
        words = explain.analyse(graph, explain.Question(one, other)).answer.words
        assert said == [str(sentence) for sentence in words]


def test_what_is_derived_is_explained_in_the_words_of_explain_with_its_premises(opened: Open):
    library = pages.through_a_third()
    graph = ClauseGraph(library)
    one, other = "iso1-2030", "iso3-2030"
    found = told(opened("third").page, [leaf.ref for leaf in graph.leaves(one)])
    for pair, said in found.items():
        words = explain.analyse(graph, explain.Question(*pair.split())).answer.words
        assert said == [str(sentence) for sentence in words]
    derived = [said for pair, said in found.items() if pair.split()[1].startswith(other)]
    assert any("It follows from these premises: " in sentence for said in derived for sentence in said)


def test_what_only_touches_is_told_as_such_and_is_no_counterpart(opened: Open):
    answer = _reports().overlap.answer
    link = next(link for link in answer.pairs[0].links if link.kin is Kin.TOUCHES)
    page = opened(hash_=f"#{link.subject.ref}").page
    assert link.object.ref not in lit(page)
    article = page.locator(f'#why article[data-pair="{link.subject.ref} {link.object.ref}"]')
    assert "They only touch" in (article.text_content() or "")


# --- links that open at a clause -------------------------------------------------------------------------------------


@pytest.mark.parametrize("ref", [f"{A}:8.4", f"{B}:6.1.2", f"{A}:10.2.1", "core:9.2.1"])
def test_a_link_opens_at_its_clause(opened: Open, ref: str):
    page = opened(hash_=f"#{ref}").page
    assert chosen(page) == [ref]
    assert page.locator(f'.chip[data-ref="{ref}"]').is_visible()
    top = page.evaluate("document.querySelector('.chip.chosen').getBoundingClientRect().top")
    assert 0 < top < 900


def test_a_link_to_what_is_not_there_leads_to_what_lies_above_it_or_says_so(opened: Open):
    page = opened(hash_=f"#{B}:8.1.99").page
    assert chosen(page) == [f"{B}:8.1"]
    other = opened(hash_="#iso0-1999:4.1").page
    assert "There is no" in other.inner_text("#said")


def test_links_within_the_page_and_the_way_back(opened: Open):
    page = opened().page
    page.click(f'.chip[data-ref="{A}:4.1"]')
    assert page.url.endswith(f"#{A}:4.1")
    page.locator(".matrix a.to", has_text="8.1 Operational planning and control").last.click()
    assert chosen(page) == [f"{B}:8.1"]
    page.go_back()
    page.wait_for_selector(f'.chip.chosen[data-ref="{A}:4.1"]')
    page.locator("#why a", has_text="Matrix:").first.click()
    page.wait_for_selector('tr.here[id="row-4.1"]')
    assert page.locator('tr[id="row-4.1"] details').get_attribute("open") is not None


# --- search ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("8.4.2", f"{A}:8.4.2"),
        ("14001 8.2", f"{B}:8.2"),
        ("environmental aspects", f"{B}:6.1.2"),
        ("ISO 9001:2015, 7.1.5.2", f"{A}:7.1.5.2"),
        ("COMPLIANCE evaluation", f"{B}:9.1.2"),
    ],
)
def test_a_clause_is_found_by_number_title_or_words(opened: Open, typed: str, first: str):
    page = opened().page
    page.fill("#find", typed)
    assert page.locator("#found a").first.get_attribute("href") == f"#{first}"
    count = page.locator("#found li").count()
    assert page.inner_text("#find-count").split()[0] == str(count)
    page.keyboard.press("Enter")
    assert chosen(page) == [first]
    assert page.locator("#found").is_hidden()


def test_a_clause_is_found_by_the_words_of_its_points_which_are_shown(opened: Open):
    page = opened().page
    word = "calibration"
    page.fill("#find", word)
    said = page.locator("#found small").all_inner_texts()
    assert said
    assert all(word in text.lower() for text in said)


def test_a_clause_is_found_by_the_usual_word_and_the_page_says_what_it_looked_for(opened: Open):
    page = opened().page
    for typed, ref, also in (
        ("supplier", f"{A}:8.4", "external provider"),
        ("Purchasing", f"{A}:8.4", "external provider"),
        ("calibration", f"{A}:7.1.5", "measuring resources"),
        ("complaints", f"{A}:9.1.2", "customer satisfaction"),
        ("waste", f"{B}:6.1.2", "environmental aspect"),
        ("legal", f"{B}:6.1.3", "compliance"),
    ):
        page.fill("#find", typed)
        found = [link.get_attribute("href") for link in page.locator("#found a").all()[:4]]
        assert f"#{ref}" in found, typed
        assert also in page.inner_text("#find-count")
    page.fill("#find", "4.1")
    assert "also" not in page.inner_text("#find-count")
    page.locator("#filters input[name=text]").fill("supplier")
    assert page.locator("tr[data-letters]:visible", has_text="external provider").count()


def test_what_is_not_there_is_not_found(opened: Open):
    page = opened().page
    page.fill("#find", "zzzz")
    assert page.inner_text("#find-count") == "no clause found"
    assert page.locator("#found").is_hidden()


# --- filters ---------------------------------------------------------------------------------------------------------


def test_the_matrix_is_filtered_by_standard_class_letters_and_words(opened: Open):
    topics = _reports().matrix.answer.topics
    page = opened().page
    everything = page.locator(SHOWN).count()
    assert everything == len(topics)

    def shown(count: int) -> None:
        assert page.locator(SHOWN).count() == count
        assert page.inner_text("#matrix-count") == f"{count} of {everything} rows shown"
        visible = page.eval_on_selector_all(SHOWN, "rows => rows.every(row => row.offsetParent)")
        assert visible

    page.select_option("[name=standard]", label="ISO 14001:2015")
    shown(sum(bool(topic.clauses[B]) for topic in topics))
    page.click("[type=reset]")
    page.locator("#matrix-count", has_text=f"{everything} of {everything} rows shown").wait_for()
    page.select_option("[name=letters]", "E")
    shown(sum(topic.letters == "E" for topic in topics))
    page.click("[type=reset]")
    page.locator("#matrix-count", has_text=f"{everything} of {everything} rows shown").wait_for()
    for kin in ("extended", "related", "touches", "none", "not assessed"):
        page.uncheck(f"[name=class][value='{kin}']")
    shown(sum(topic.kin is Kin.SAME for topic in topics))
    page.click("[type=reset]")
    page.locator("#matrix-count", has_text=f"{everything} of {everything} rows shown").wait_for()
    page.fill("[name=text]", "emergency")
    assert 0 < page.locator(SHOWN).count() < everything
    assert all("emergency" in text.lower() for text in page.locator(SHOWN).all_text_contents())
    page.fill("[name=text]", "zzzz")
    shown(0)


def test_every_choice_of_every_filter_shows_the_rows_that_it_names(opened: Open):
    page = opened().page
    everything = page.locator(SHOWN).count()
    choices = page.eval_on_selector_all(
        "#filters select", "all => all.map(one => [one.name, [...one.options].map(option => option.value)])"
    )
    assert {name: len(values) for name, values in choices} == {"standard": 3, "letters": 4}
    for name, values in choices:
        assert len(set(values)) == len(values)
        for value in values:
            page.select_option(f"[name={name}]", value)
            count = page.locator(SHOWN).count()
            assert count == everything if value == "" else 0 < count < everything
        page.select_option(f"[name={name}]", "")


def test_rows_unfold_together(opened: Open):
    page = opened().page
    rows = page.locator(SHOWN).count()
    page.click("#unfold")
    assert page.locator(".matrix details[open]").count() == rows
    page.click("#unfold")
    assert page.locator(".matrix details[open]").count() == 0


# --- dark and light, paper -------------------------------------------------------------------------------------------


def ground(page: Any) -> str:
    found: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return found


def test_dark_and_light_follow_the_system_and_the_switch(opened: Open):
    light = opened(color_scheme="light").page
    dark = opened(color_scheme="dark").page
    assert (ground(light), ground(dark)) == ("rgb(244, 245, 247)", "rgb(18, 20, 24)")
    for page, pressed in ((light, "false"), (dark, "true")):
        before = ground(page)
        assert page.get_attribute("#theme", "aria-pressed") == pressed
        page.click("#theme")
        assert page.get_attribute("#theme", "aria-pressed") != pressed
        assert ground(page) != before


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white_and_holds_the_tables_and_no_controls(opened: Open, scheme: str):
    page = opened(color_scheme=scheme).page
    page.click("#theme")
    page.emulate_media(media="print", color_scheme=scheme)
    assert ground(page) == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('.chip')).color") == "rgb(26, 26, 26)"
    for control in ("nav", "#find", "#filters", "#theme", "#print", ".skip"):
        assert not page.locator(control).is_visible()
    for part in ("h1", ".matrix", ".friends", ".documents", "#method", ".board"):
        assert page.locator(part).first.is_visible()


def test_a_print_holds_every_clause_and_unfolds_the_lists(opened: Open, tmp_path: Path):
    if shutil.which("pdftotext") is None:
        pytest.skip("Poppler's pdftotext is not installed")
    page = opened(hash_=f"#{A}:8.4.1").page
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    done = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "page.pdf", "-"], capture_output=True, check=True, timeout=60
    )
    text = " ".join(done.stdout.decode().split())
    # By name, though the list is folded on the screen.
    counts = {f"{e.n} of {e.m}" for e in _reports().matrix.answer.coverage if e.unit == LEAF_CLAUSE}
    assert all(count in text for count in counts)
    wanted = ("Customer satisfaction", "Environmental aspects", "Method and limits", "8.4.1 General")
    for words in (*wanted, "Link to this clause"):
        assert words in text
    assert page.locator("#coverage .card details[open]").count() == 0


# --- a mail attachment -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["two", "six", "broken"])
def test_nothing_but_the_file_itself_is_asked_for(opened: Open, name: str):
    found = opened(name)
    page = found.page
    page.fill("#find", "8.4")
    page.keyboard.press("Enter")
    page.click("#theme")
    assert {address.partition("#")[0] for address in found.asked} == {found.address}


def test_the_network_is_forbidden_even_to_the_page_itself(opened: Open):
    found = opened()
    tried = found.page.evaluate(
        """async () => {
          const refused = [];
          document.addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
          const script = document.createElement("script");
          script.textContent = "document.title = 'broken'";
          document.body.append(script);
          const image = new Image();
          image.src = "https://example.invalid/x.png";
          try { await fetch("https://example.invalid/"); } catch { refused.push("fetch failed"); }
          await new Promise((done) => setTimeout(done, 50));
          return [refused.map(String), document.title];
        }"""
    )
    assert {"connect-src", "img-src", "script-src-elem", "fetch failed"} <= set(tried[0])
    assert tried[1] != "broken"
    # The browser may name what it was asked for; none of it leaves the machine.
    foreign = [address for address in found.asked if "example.invalid" in address]
    assert {found.refused[address] for address in foreign} <= {"csp"}
    found.faults.clear()


def test_it_works_without_storage_in_a_sandbox(opened: Open, folder: Path):
    """A mail program shows attachments in a frame that may run scripts and do nothing else."""
    frame = folder / "frame.html"
    frame.write_text(
        '<title>mail</title><iframe sandbox="allow-scripts" src="two.html" width=1300 height=800></iframe>'
    )
    found = opened()
    found.page.goto(frame.as_uri())
    inside = found.page.frames[1]
    inside.fill("#find", "8.4.2")
    inside.press("#find", "Enter")
    inside.wait_for_selector(f'.chip.chosen[data-ref="{A}:8.4.2"]')


def test_without_scripts_the_tables_are_there_and_the_controls_are_not(opened: Open):
    page = opened(java_script_enabled=False).page
    assert page.locator(".matrix").is_visible()
    for control in ("#find", "#filters", "#theme"):
        assert page.locator(control).is_hidden()


def test_text_that_breaks_pages_shows_as_it_is(opened: Open):
    found = opened("broken", f"#{A}:4.1")
    page = found.page
    assert page.title() != "broken"
    assert page.locator("img, iframe, object").count() == 0
    for chip in page.locator(".chip").all()[:60]:
        chip.focus()
    page.fill("#find", "<img src=x")
    assert page.locator("#found li").count() > 0
    page.fill("[name=text]", "</script>")
    assert page.locator(SHOWN).count() > 0
    assert page.locator("img, iframe, object").count() == 0
    assert page.title() != "broken"
    assert "</script><script>document.title='broken'</script>" in page.text_content("body")


def test_editions_and_standards_of_one_discipline_are_told_apart(opened: Open):
    library = pages.of_one_discipline()
    first, later, _ = (standard.key for standard in library.standards)
    page = opened("alike", f"#{first}:8.4").page
    assert lit(page) == {f"{later}:8.2"}
    assert chosen(page) == [f"{first}:8.4"]
    tags = page.locator(".standards .tag").all_inner_texts()
    assert len(set(tags)) == len(library.standards)
    colours = page.eval_on_selector_all(
        ".standards .tag", "tags => tags.map(tag => getComputedStyle(tag).backgroundColor)"
    )
    assert len(set(colours)) == len(tags)
    why = page.inner_text("#why")
    assert "ISO1:2030, 8.4" in why
    assert "Go to ISO1:2035, 8.2" in why
    assert "ISO1:2030, 8.4 is not assessed against ISO7:2030." in why
    page.select_option("[name=standard]", label="ISO7:2030")
    assert page.locator(SHOWN).count() == 3


def test_a_heading_is_told_with_its_leaf_clauses_whatever_their_numbers_look_like(opened: Open):
    page = opened("numbered", "#iso3-2030:REQ").page
    assert {ref for ref in lit(page) if not ref.startswith("core:")} == {"iso2-2030:8.1"}
    assert "Heading, told with its leaf clauses." in page.inner_text("#why")
    assert "(with REQ-12)" in page.inner_text("#why")
    page.click('.chip[data-ref="iso3-2030:4.1"]')
    assert {ref for ref in lit(page) if not ref.startswith("core:")} == {"iso2-2030:4.1"}
    page.click('.chip[data-ref="iso3-2030:4.1 a"]')
    assert chosen(page) == ["iso3-2030:4.1 a"]
    page.reload()
    assert chosen(page) == ["iso3-2030:4.1 a"]


def test_six_standards_light_up_in_all_columns(opened: Open):
    page = opened("six", f"#{A}:4.1").page
    keys = {ref.split(":")[0] for ref in lit(page)}
    assert keys == {"core"} | {standard.key for standard in pages.six_standards().standards} - {A}


@pytest.mark.parametrize("name", ["two", "six", "broken"])
@pytest.mark.parametrize("width", [360, 800, 1440])
def test_no_part_runs_off_the_side(opened: Open, name: str, width: int):
    page = opened(name, f"#{A}:8.4.1", viewport={"width": width, "height": 800}).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    clipped = page.evaluate(
        "[...document.querySelectorAll('.chip')]"
        ".filter(chip => chip.offsetParent && chip.scrollWidth > chip.clientWidth + 1).length"
    )
    assert clipped == 0
