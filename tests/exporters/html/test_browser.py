"""What a reader does with the page, in a real browser."""

from __future__ import annotations

import codecs
import csv
import io
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from imsmap.analyses import explain, gap, overlap
from imsmap.api.answers import Answers
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Kin
from tests.exporters.html import pages
from tests.exporters.html.conftest import Opened
from tests.exporters.html.pages import A, B
from tests.fixtures import Answer
from tests.once import shipped
from tests.sharing import PATIENCE

pytestmark = pytest.mark.slow

Open = Callable[..., Opened]
Command = Callable[..., Answer]
VIEWS = ("overview", "matrix", "new", "friends", "documents", "method")
SHOWN = ".matrix tbody tr[data-topic]:not([hidden])"


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
    return Answers(shipped((A, B)), (A, B))


# --- the columns and the explanation ---------------------------------------------------------------------------------


def test_choosing_a_clause_lights_up_its_counterparts_and_explains_them(opened: Open):
    page = opened(hash_="#clauses").page
    page.hover(f'.chip[data-ref="{A}:8.4.1"]')
    page.wait_for_selector(f'.chip.chosen[data-ref="{A}:8.4.1"]')
    assert {ref for ref in lit(page) if not ref.startswith("topic:")} == expected(f"{A}:8.4.1") != set()
    page.click(f'.chip[data-ref="{A}:8.4.1"]')
    assert page.url.endswith(f"#{A}:8.4.1")
    why = page.inner_text("#why")
    assert "ISO 9001:2015, 8.4.1" in why
    assert "ISO 14001:2015, 8.1" in why
    for said in ("Stated (", "strength", "Confidence", "Source:", "Basis: stated", "without a counterpart"):
        assert said in why
    page.hover(f'.chip[data-ref="{A}:8.3.1"]')
    page.hover("h1")
    page.wait_for_selector(f'.chip.chosen[data-ref="{A}:8.4.1"]')
    page.click("#why .close")
    assert (chosen(page), lit(page)) == ([], set())


def test_an_explanation_names_core_points_and_says_where_nothing_is(opened: Open):
    page = opened(hash_=f"#{A}:4.1").page
    why = page.inner_text("#why")
    assert page.locator("#why .link").count() == 1
    for said in ("extended", "Both hold", "core point", "weakest premise"):
        assert said in why
    uncovered = _reports().matrix.answer.covered(of=A, by=B).uncovered
    page.evaluate(f"location.hash = '#{A}:{uncovered[0]}'")
    page.wait_for_selector(f'.chip.chosen[data-ref="{A}:{uncovered[0]}"]')
    assert "has no counterpart in ISO 14001:2015" in page.inner_text("#why")
    assert "no-relationship" in (page.text_content("#why") or "")
    page.evaluate(f"location.hash = '#{A}:9.1.2'")
    page.wait_for_selector(f'.chip.chosen[data-ref="{A}:9.1.2"]')
    assert "False friend" in page.inner_text("#why")


def test_a_heading_and_a_topic_are_told_with_their_clauses(opened: Open):
    page = opened(hash_=f"#{A}:8.4").page
    assert chosen(page) == [f"{A}:8.4"]
    assert "Heading" in page.inner_text("#why")
    assert f"{B}:8.1" in lit(page)
    page.click('.chip[data-ref="topic:4.1"]')
    assert {f"{A}:4.1", f"{B}:4.1"} <= lit(page)
    assert "points in common, built once" in page.inner_text("#why")


def test_numbers_begin_where_their_part_of_the_strip_does(opened: Open):
    for name, parts in (("two", ("core", "related", "alone")), ("six", ("core", "related"))):
        page = opened(name).page
        begins = "(s) => Math.round(document.querySelector(s).getBoundingClientRect().left)"
        for place, part in enumerate(parts, 1):
            number = page.evaluate(begins, f".story div:nth-child({place}) b")
            assert abs(number - page.evaluate(begins, f".u.{part}")) <= 3, (name, part)


def test_a_topic_of_many_misleading_numbers_says_so_once(opened: Open):
    page = opened("six").page
    told = page.evaluate(
        """() => [...document.querySelectorAll(".t:has(.trap)")].map((tile) => {
          tile.click();
          return document.querySelectorAll("#why .warning").length;
        })"""
    )
    assert set(told) == {1}


def told(page: Any, refs: list[str]) -> dict[str, list[str]]:
    """What the page says of each pair that it explains, clause by clause, as a reader who goes to each finds it."""
    found: dict[str, list[str]] = page.evaluate(
        """refs => {
          const found = {};
          for (const ref of refs) {
            history.replaceState({ y: 0 }, "", "#" + ref);
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
    graph = shipped((A, B))
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


# --- links, and the way back -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("ref", [f"{A}:8.4", f"{B}:6.1.2", f"{A}:10.2.1", "core:9.2.1"])
def test_a_link_opens_at_its_clause(opened: Open, ref: str):
    page = opened(hash_=f"#{ref}").page
    ref = ref.replace("core:", "topic:")
    assert chosen(page) == [ref]
    assert page.locator(f'.chip[data-ref="{ref}"]').is_visible()
    top = page.evaluate("document.querySelector('.chip.chosen').getBoundingClientRect().top")
    assert 0 < top < 900


def test_a_link_to_what_is_not_there_leads_to_what_lies_above_it_and_says_so(opened: Open):
    page = opened(hash_=f"#{B}:8.1.99").page
    assert chosen(page) == [f"{B}:8.1"]
    assert "There is no ISO 14001:2015, 8.1.99 here" in page.inner_text("#notice")
    for asked in ("#iso0-1999:4.1", "#nothing", "#topic:nothing"):
        page.evaluate(f"location.hash = '{asked}'")
        page.locator("#notice", has_text="this page shows ISO 9001:2015, ISO 14001:2015").wait_for()
        assert page.locator(".t").first.is_visible()
    page.evaluate("location.hash = '#matrix?class=nothing&of=iso0-1999'")
    page.locator("#notice", has_text="which is not on this page; all is shown").wait_for()
    assert page.locator(SHOWN).count() == 48


def test_view_choice_and_filters_are_in_the_address_and_the_way_back_restores_them_with_the_place(opened: Open):
    found = opened(viewport={"width": 1366, "height": 500})
    page = found.page
    page.click("[data-value=related]")
    page.evaluate("scrollTo(0, 300)")
    page.click("[data-topic=external-provision]")
    assert page.url.endswith("#topic:external-provision?class=related")
    page.click("#why a:has-text('Matrix')")
    page.wait_for_selector('tr.here[id="row-external-provision"]')
    assert page.locator('tr[id="row-external-provision"] details').get_attribute("open") is not None
    assert page.locator(SHOWN).count() == 15
    page.click("nav a[href='#method']")
    page.go_back()
    page.go_back()
    page.wait_for_selector("[data-topic=external-provision][aria-pressed=true]")
    assert page.inner_text("#why-title") == "Control of external provision"
    assert page.evaluate("scrollY") == 300
    page.go_back()
    page.wait_for_selector(".why.lightly")
    assert page.inner_text("#shown").startswith("15 of 48 topics")
    page.go_back()
    page.wait_for_selector(".bar [data-value='']:has-text('All 48')[aria-pressed=true]")
    page.go_forward()
    page.reload()
    assert page.inner_text("#shown").startswith("15 of 48 topics")
    again = opened(hash_="#topic:external-provision?view=clauses&class=related").page
    assert chosen(again) == ["topic:external-provision"]
    assert again.locator(".board .row[data-topic]:visible").count() == 15


def test_a_link_to_what_a_filter_hides_shows_it_all_the_same(opened: Open):
    page = opened(hash_="#topic:4.1?class=alone").page
    assert page.get_attribute(".t[data-topic='4.1']", "aria-pressed") == "true"
    assert page.locator(".t:disabled").count() == 0


# --- the first screen ------------------------------------------------------------------------------------------------


def test_the_first_screen_holds_the_message_the_numbers_the_tiles_and_a_topic(opened: Open):
    tally = _reports().matrix.answer.shares.tally()
    found = opened(viewport={"width": 1366, "height": 768})
    page = found.page
    assert f"{tally.core}\u00a0of\u00a0{tally.total} topics are built once" in page.inner_text("h1")
    assert page.locator(".story b").all_inner_texts() == [str(tally.core), str(tally.related), str(tally.by_themselves)]
    units = [page.locator(f".u.{kind}").count() for kind in ("core", "related", "alone")]
    tiles = [page.locator(f".t.{kind}").count() for kind in ("core", "related", "alone")]
    assert units == tiles == [tally.core, tally.related, tally.by_themselves]
    lowest = "Math.max(...[...document.querySelectorAll('.t')].map(t => t.getBoundingClientRect().top))"
    assert page.evaluate(lowest) < 768
    found.widen()
    assert page.evaluate(lowest) < 768
    assert page.locator("#why h2").is_visible()
    page.evaluate("addEventListener('copy', event => { window.taken = event.clipboardData.getData('text/plain'); })")
    page.click("#why .link")
    assert page.evaluate("window.taken").endswith("#topic:design-development")
    assert not page.locator("#matrix").is_visible()


def test_a_tile_opens_its_clauses_and_reasons_beside_it(opened: Open):
    page = opened().page
    page.hover("[data-topic=external-provision]")
    assert page.inner_text("#named") == "8.4 Control of external provision: related"
    page.click("[data-topic=external-provision]")
    why = page.locator("#why")
    assert "21" in why.inner_text()
    assert "8.4.2 Type and extent of control" in why.inner_text()
    assert "related: 8.1 Operational planning and control (3 ties)" in why.inner_text()
    why.locator("summary", has_text="Reasons").click()
    why.locator("article summary").first.click()
    assert "Stated (" in why.inner_text()
    why.locator("a", has_text="Side by side").click()
    assert chosen(page) == ["topic:external-provision"]


def test_a_phone_opens_a_sheet_from_below_and_keeps_the_list_in_place(opened: Open):
    page = opened(viewport={"width": 390, "height": 844}).page
    assert not page.locator("#why").is_visible()
    page.locator(".t").nth(40).scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    page.locator(".t").nth(40).click()
    box = page.locator("#why").bounding_box()
    assert box["y"] + box["height"] == 844
    assert page.evaluate("scrollY") == before
    small = page.eval_on_selector_all(
        "button, summary, select, input, .button",
        "all => all.filter(one => one.offsetParent && !one.closest('.skip') && one.getBoundingClientRect().height < 44)"
        ".map(one => one.textContent)",
    )
    assert small == []
    page.click("#why .close")
    assert page.evaluate("scrollY") == before
    page.select_option("#views", "new")
    assert page.locator("#new-said").is_visible()


@pytest.mark.parametrize("name", ["two", "six"])
def test_a_link_to_a_row_of_the_matrix_opens_what_there_is_to_do_and_shows_what_it_is_about(opened: Open, name: str):
    page = opened(name, "#row-compliance-obligations", viewport={"width": 1366, "height": 600}).page
    row = page.locator("tr.here")
    assert row.locator(".advice").is_visible()
    assert row.locator("th").evaluate(
        "head => document.elementFromPoint(head.getBoundingClientRect().x + 20, "
        "head.getBoundingClientRect().y + 12).closest('tr') === head.parentNode"
    )


def test_what_unfolds_in_the_tables_is_what_the_answers_hold(opened: Open):
    page = opened("three", "#matrix").page
    library = pages.six_standards()
    keys = tuple(standard.key for standard in library.standards[:3])
    answers = Answers(ClauseGraph(library), keys)
    topics = answers.matrix.answer.topics
    found = page.evaluate(
        """() => [...document.querySelectorAll(".matrix tr[data-topic]")].map((row) => [row.dataset.topic,
          [...row.querySelectorAll(".common > li")].map((line) => line.lastChild.textContent),
          [...row.querySelectorAll(".adds > li")].map((line) => line.textContent)])"""
    )
    assert found == [
        [topic.id, [one.text for one in topic.shared], [one.text for key in keys for one in topic.adds[key]]]
        for topic in topics
    ]
    page.click("nav a[href='#friends']")
    assert page.locator(".hidden tbody tr").count() == len(answers.friends.answer.hidden_friends) > 20
    page.click("nav a[href='#method']")
    for cell in page.locator("#method td[data-of]").all():
        entry = answers.matrix.answer.covered(
            of=cell.get_attribute("data-of"), by=keys[int(cell.get_attribute("data-by"))]
        )
        links = cell.evaluate("cell => [...cell.querySelectorAll('a')].map(link => link.hash.split(':')[1])")
        assert links == [number for numbers in entry.without.values() for number in numbers] != []


# --- what is new -----------------------------------------------------------------------------------------------------


def test_who_has_one_and_wants_another_sees_what_is_new_as_gap_counts_it(opened: Open):
    found = opened(hash_="#new")
    page = found.page
    graph = shipped((A, B))
    for have, want in ((A, B), (B, A)):
        counts = gap.analyse(graph, gap.Question((have,), want)).answer.counts
        assert f"{counts['new']} of {sum(counts.values())} points" in page.inner_text("#new-said")
        assert page.locator("#new-rows .points li").count() == counts["new"]
        page.click("#new-states button:has-text('Partly')")
        assert page.locator("#new-rows .points li").count() == counts["partly"]
        page.click("#wanting button")
    assert "have=" in page.url


def test_of_several_standards_at_hand_the_one_that_gives_most_counts(opened: Open):
    library = pages.six_standards()
    one, other, want = (standard.key for standard in library.standards[:3])
    counts = gap.analyse(ClauseGraph(library), gap.Question((one, other), want)).answer.counts
    page = opened("three", f"#new?have={one}%20{other}&want={want}&state=all").page
    for state, count in counts.items():
        found = page.locator(
            "#new-rows .points .state", has_text=re.compile(f"^{gap.STATE_WORDS.get(state, state)}$")
        ).count()
        assert (state, found) == (state, count)


# --- what can be taken along -----------------------------------------------------------------------------------------


def test_what_is_filtered_can_be_downloaded_and_copied(opened: Open, tmp_path: Path):
    page = opened(hash_="#matrix?class=alone").page
    page.click("#take summary")
    with page.expect_download() as waiting:
        page.click("#download")
    waiting.value.save_as(tmp_path / "x.csv")
    content = (tmp_path / "x.csv").read_bytes()
    assert content.startswith(codecs.BOM_UTF8)
    lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    alone = [tile for tile in _reports().matrix.answer.topics if tile.kin in (Kin.NONE, Kin.TOUCHES)]
    assert [line["Topic"] for line in lines] == [topic.title for topic in alone]
    assert {line["Class"] for line in lines} == {"alone"}
    assert lines[0]["Clause"] == "'5.1.2"
    assert lines[0]["ISO 9001:2015"].startswith("5.1.2 ")
    page.evaluate(
        "addEventListener('copy', event => { window.taken = [event.clipboardData.getData('text/plain'),"
        " event.clipboardData.getData('text/html')]; })"
    )
    page.click("#copy-table")
    plain, html = page.evaluate("window.taken")
    assert len(plain.split("\n")) == len(lines) + 1
    assert html.count("<tr>") == len(lines) + 1
    page.click("#copy-link")
    assert page.evaluate("window.taken")[0] == page.url
    assert page.inner_text("#command") == f"imsmap matrix {A} {B} -o matrix.xlsx"
    assert page.inner_text("#taken") == "Link copied."


def test_the_command_of_each_view_makes_a_workbook(opened: Open, imsmap: Command):
    page = opened().page
    for view in ("overview", "new", "friends", "documents", "transition", "method"):
        page.click(f"nav a[href='#{view}']")
        page.click("#take summary")
        _, *words = page.inner_text("#command").split()
        assert imsmap(*words).code == 0
        assert Path(words[-1]).stat().st_size > 1000
        page.keyboard.press("Escape")


def test_what_changes_between_editions_is_narrowed_to_one_kind_of_change_which_the_address_keeps(opened: Open):
    page = opened("few", "#transition").page
    rows = page.locator(".moves tr[data-kinds]:visible")
    every = rows.count()
    button = page.locator("#kinds button", has_text="broadened")
    button.click()
    assert rows.count() == int(button.inner_text().split()[-1]) < every
    assert "change=broadened" in page.evaluate("location.hash")
    assert page.inner_text("#kinds-shown") == f"{rows.count()} of {every} clauses that change. Show all"
    page.reload()
    assert button.get_attribute("aria-pressed") == "true"
    page.click("#kinds-shown button")
    assert rows.count() == every


# --- a client's project ----------------------------------------------------------------------------------------------


def test_a_clients_page_has_their_name_logo_colour_status_owners_and_actions(opened: Open):
    page = opened("few_of_a_client").page
    assert "Smith Ltd" in page.inner_text("header")
    assert page.evaluate("document.querySelector('.logo').naturalWidth") > 0
    assert page.evaluate("getComputedStyle(document.querySelector('.tag.o0')).backgroundColor") == "rgb(122, 31, 107)"
    feet = {tile.get_attribute("data-topic"): tile.inner_text()[-1] for tile in page.locator(".t:has(.foot)").all()}
    assert feet == {"4.1": "C", "9.2.1": "P", "8.1": "N"}
    assert "1 action is open, 1 of them late" in page.inner_text(".hero")
    page.click("[data-topic='8.1']")
    why = page.inner_text("#why")
    for said in ("Not conforming, Jane Smith", "Write the plan </script>", "due 2030-12-30, late"):
        assert said in why
    assert "an invented company" in page.inner_text("footer")


# --- search ----------------------------------------------------------------------------------------------------------


def test_a_clause_is_found_by_number_title_or_words(opened: Open):
    page = opened().page
    for typed, first in (
        ("8.4.2", f"{A}:8.4.2"),
        ("14001 8.2", f"{B}:8.2"),
        ("environmental aspects", f"{B}:6.1.2"),
        ("ISO 9001:2015, 7.1.5.2", f"{A}:7.1.5.2"),
        ("COMPLIANCE evaluation", f"{B}:9.1.2"),
    ):
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


def test_what_is_not_there_is_not_found(opened: Open):
    page = opened().page
    page.fill("#find", "zzzz")
    assert page.inner_text("#find-count") == "no clause found"
    assert page.locator("#found").is_hidden()


# --- filters ---------------------------------------------------------------------------------------------------------


def test_every_button_of_the_filters_shows_as_many_topics_as_it_says_in_every_view(opened: Open):
    page = opened().page
    everything = len(_reports().matrix.answer.topics)
    for button in page.locator("#filters [data-name]").all():
        button.click()
        count = int(button.inner_text().split()[-1])
        assert page.locator(".t:not(:disabled)").count() == count
        assert page.evaluate(f"document.querySelectorAll('{SHOWN}').length") == count
        assert page.evaluate("document.querySelectorAll('.board .row[data-topic]:not([hidden])').length") == count
        words = page.inner_text("#shown")
        assert words.startswith(f"{count} of {everything} topics") if button.get_attribute("data-value") else not words
        if button.get_attribute("data-value"):
            button.click()


def test_words_narrow_further_and_where_nothing_is_found_all_is_offered(opened: Open):
    page = opened(hash_="#matrix").page
    page.fill("#words", "emergency")
    assert 0 < page.locator(SHOWN).count() < 48
    assert all("emergency" in text.lower() for text in page.locator(SHOWN).all_text_contents())
    page.fill("#words", "supplier")
    assert page.locator("tr[data-topic]:visible", has_text="external provider").count()
    page.fill("#words", "zzzz")
    assert "Nothing found" in page.inner_text("#shown")
    assert page.locator(SHOWN).count() == 0
    page.click("#shown button")
    assert page.locator(SHOWN).count() == 48
    for count in (48, 0):
        page.click("#unfold")
        assert page.locator(".matrix details[open]").count() == count
    assert page.input_value("#words") == ""


# --- dark and light, paper -------------------------------------------------------------------------------------------


def ground(page: Any) -> str:
    found: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return found


def test_dark_and_light_follow_the_system_and_the_switch(opened: Open):
    for scheme, before, offered in (("light", "rgb(255, 255, 255)", "Dark"), ("dark", "rgb(20, 23, 26)", "Light")):
        page = opened(color_scheme=scheme).page
        assert ground(page) == before
        assert page.text_content("#theme") == offered
        page.click("#theme")
        assert page.text_content("#theme") != offered
        assert ground(page) != before


def test_paper_is_white_and_holds_the_strip_the_tiles_and_then_what_is_chosen(opened: Open, tmp_path: Path):
    page = opened(hash_=f"#{A}:8.4.1", color_scheme="dark").page
    page.emulate_media(media="print", color_scheme="dark")
    assert ground(page) == "rgb(255, 255, 255)"
    for control in ("nav", "#find", "#filters", "#theme", "#print", ".skip", ".board", ".matrix"):
        assert not page.locator(control).is_visible()
    for part in ("h1", ".strip", "#heat", "#why"):
        assert page.locator(part).is_visible()
    assert [len(text) > 100 for text in printed(page, tmp_path)] == [True, True]
    page.evaluate("location.hash = '#matrix?class=alone'")
    page.wait_for_selector("#matrix.now", state="attached")
    first, *others = printed(page, tmp_path)
    assert "25 of 48 topics" in first
    assert any("Customer satisfaction" in other for other in others)
    assert not any("Awareness" in other for other in others)


def printed(page: Any, folder: Path) -> list[str]:
    """The words of each sheet of paper, whatever lines they stand in."""
    if shutil.which("pdftotext") is None:
        pytest.skip("Poppler's pdftotext is not installed")
    page.pdf(path=folder / "page.pdf", prefer_css_page_size=True)
    done = subprocess.run(["pdftotext", folder / "page.pdf", "-"], capture_output=True, check=True, timeout=PATIENCE)
    return [" ".join(sheet.split()) for sheet in done.stdout.decode().split("\f")[:-1]]


# --- a mail attachment -----------------------------------------------------------------------------------------------


def test_nothing_but_the_file_itself_is_asked_for(opened: Open):
    """That none of the other pages asks for more is looked at when each is left."""
    found = opened("broken")
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
    foreign = {address for address in found.asked if "example.invalid" in address}
    assert {found.refused[address] for address in foreign} <= {"csp"}
    found.asked[:] = set(found.asked) - foreign
    found.faults.clear()


def test_it_works_without_storage_in_a_sandbox(tab: Any, mailed: Callable[[str], Path], tmp_path: Path):
    """A mail program shows attachments in a frame that may run scripts and do nothing else."""
    frame = tmp_path / "frame.html"
    frame.write_text(
        f'<title>mail</title><iframe sandbox="allow-scripts" src="{mailed("two").as_uri()}" width=1300 height=800>'
    )
    tab.goto(frame.as_uri())
    inside = tab.frames[1]
    inside.fill("#find", "8.4.2")
    inside.press("#find", "Enter")
    inside.wait_for_selector(f'.chip.chosen[data-ref="{A}:8.4.2"]')


def test_without_scripts_the_tables_are_there_and_the_controls_are_not(opened: Open):
    page = opened("few", java_script_enabled=False).page
    for part in ("h1", ".strip", ".story", ".matrix", ".friends", ".documents", "#method"):
        assert page.locator(part).is_visible()
    assert "nothing that unfolds" in page.inner_text("noscript")
    for control in ("#find", "#filters", "#theme", "#take", "#new", "#clauses"):
        assert page.locator(control).is_hidden()


def test_text_that_breaks_pages_shows_as_it_is(opened: Open):
    found = opened("broken", f"#{A}:4.1")
    page = found.page
    assert page.title() != "broken"
    assert page.locator("img, iframe, object").count() == 0
    page.evaluate("for (const chip of document.querySelectorAll('.chip')) chip.focus()")
    page.fill("#find", "<img src=x")
    assert page.locator("#found li").count() > 0
    page.keyboard.press("Escape")
    page.click("nav a[href='#matrix']") if page.locator("nav").is_visible() else page.select_option("#views", "matrix")
    page.fill("#words", "</script>")
    assert page.locator(SHOWN).count() > 0
    assert page.locator("img, iframe, object").count() == 0
    assert page.title() != "broken"
    assert "</script><script>document.title='broken'</script>" in page.text_content("body")


def test_editions_and_standards_of_one_discipline_are_told_apart(opened: Open):
    library = pages.of_one_discipline()
    first, later, _ = (standard.key for standard in library.standards)
    page = opened("alike", f"#{first}:8.4").page
    assert lit(page) == {f"{later}:8.2", "topic:design"}
    assert chosen(page) == [f"{first}:8.4"]
    tags = page.locator(".heads .tag").all_inner_texts()
    assert len(set(tags)) == len(library.standards)
    colours = page.eval_on_selector_all(".heads .tag", "tags => tags.map(tag => getComputedStyle(tag).backgroundColor)")
    assert len(set(colours)) == len(tags)
    why = page.inner_text("#why")
    assert "ISO1:2030, 8.4" in why
    assert "Go to ISO1:2035, 8.2" in why
    assert "ISO1:2030, 8.4 was not looked at against ISO7:2030." in why
    page.click("#filters button:has-text('Q7 ')")
    assert page.locator(".board .row[data-topic]:visible").count() == 3


def test_a_heading_is_told_with_its_leaf_clauses_whatever_their_numbers_look_like(opened: Open):
    page = opened("numbered", "#iso3-2030:REQ").page
    assert {ref for ref in lit(page) if not ref.startswith("topic:")} == {"iso2-2030:8.1"}
    assert "Heading, told with its leaf clauses." in page.inner_text("#why")
    assert "(with REQ-12)" in page.inner_text("#why")
    page.click('.chip[data-ref="iso3-2030:4.1"]')
    assert {ref for ref in lit(page) if not ref.startswith("topic:")} == {"iso2-2030:4.1"}
    page.click('.chip[data-ref="iso3-2030:4.1 a"]')
    assert chosen(page) == ["iso3-2030:4.1 a"]
    page.reload()
    assert chosen(page) == ["iso3-2030:4.1 a"]


def test_six_standards_light_up_in_all_columns(opened: Open):
    page = opened("six", f"#{A}:4.1").page
    keys = {ref.split(":")[0] for ref in lit(page)}
    assert keys == {"topic", *pages.SIX} - {A}


@pytest.mark.parametrize("name", ["two", "six", "broken"])
def test_no_part_runs_off_the_side(opened: Open, name: str):
    found = opened(name, viewport={"width": 360, "height": 800})
    page = found.page
    found.widen()
    views = [*VIEWS, f"{A}:8.4.1"]
    for width in (360, 800, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("innerWidth") == width
        found, clipped = page.evaluate(
            """views => {
              const found = [];
              for (const view of views) {
                history.replaceState(null, "", `#${view}`);
                dispatchEvent(new PopStateEvent("popstate"));
                const shown = document.querySelector(view.includes(":") ? ".chip.chosen" : `#${view}.now`);
                found.push([view, Boolean(shown), document.documentElement.scrollWidth]);
              }
              const chips = [...document.querySelectorAll(".chip")].filter(chip => chip.offsetParent);
              return [found, chips.filter(chip => chip.scrollWidth > chip.clientWidth + 1).length];
            }""",
            views,
        )
        assert [(view, shown, max(wide, width)) for view, shown, wide in found] == [(v, True, width) for v in views]
        assert clipped == 0


def test_a_long_name_of_a_client_keeps_the_page_in_its_width(opened: Open):
    page = opened("few_of_a_client", viewport={"width": 360, "height": 768}).page
    page.evaluate("document.querySelector('.brand strong').textContent = 'Smith and Daughters '.repeat(5)")
    for width in (360, 1366):
        page.set_viewport_size({"width": width, "height": 768})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
