"""The three numbers of the demo's two standards: the same on every surface, and parts that sum to their whole."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import cache

import pytest
from attrs import evolve

from imsmap.analyses import audit, gap, matrix, overlap
from imsmap.analyses.matrix import MatrixAnswer
from imsmap.drawing import SIZES, Picture
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Kin
from imsmap.pictures import columns, cover, coverage, heatmap, hero, house, pdca, venn
from imsmap.report import Report
from imsmap.wording import in_core_of, story, three_numbers
from tests.exporters.html import pages
from tests.fixtures import Answer
from tests.once import shipped

Q, E = "iso9001-2015", "iso14001-2015"
NAMES = {Q: "ISO 9001:2015", E: "ISO 14001:2015"}
Command = Callable[..., Answer]


@cache
def graph() -> ClauseGraph:
    return shipped((pages.A, pages.B))


@cache
def asked() -> Report[MatrixAnswer]:
    return matrix.analyse(graph(), matrix.Question((Q, E)))


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("&nbsp;", " ").split())


def words(picture: Picture) -> str:
    return plain(" ".join((picture.title, *(text for part in picture.parts.values() for text in part.paragraphs))))


def parts(numbers: Iterable[str]) -> list[int]:
    return [int(number) for number in numbers]


def test_the_parts_sum_to_all_topics_and_every_topic_is_in_one() -> None:
    tally = asked().answer.shares.tally()
    assert tally.core + tally.related + tally.by_themselves + tally.not_assessed == tally.total
    assert tally.total == len(asked().answer.topics)
    assert sum(tally.alone.values()) == tally.by_themselves
    by_main = [asked().answer.shares.tally((main.number,)) for main in asked().answer.main_clauses]
    for count in ("core", "related", "by_themselves", "not_assessed", "total"):
        assert sum(getattr(one, count) for one in by_main) == getattr(tally, count)


def test_page_deck_and_terminal_count_out_of_the_same_topics_where_nobody_has_looked_at_some() -> None:
    report = matrix.analyse(ClauseGraph(pages.cut_of_six()), matrix.Question(pages.SIX))
    tally = report.answer.shares.tally()
    assert tally.not_assessed > 0
    said = f"{tally.core} of {tally.total} topics"
    assert said in three_numbers(tally).replace("**", "")
    assert said in plain(pages.text_of(pages.few_of_six()))
    (slide,) = hero.draw(report, SIZES["16:9"])
    assert f"of {tally.total} topics, {tally.core} are built once" in words(slide).replace("**", "")


@pytest.mark.slow
def test_overlap_and_matrix_tell_the_same_numbers_as_text_and_as_json(imsmap: Command) -> None:
    tally = asked().answer.shares.tally()
    for question in ("overlap", "matrix"):
        assert plain(story(NAMES, tally)) in plain(imsmap(question, Q, E, "--all").out)
        assert three_numbers(tally).replace("**", "") in plain(imsmap(question, Q, E).out)
        topics = json.loads(imsmap(question, Q, E, "--format", "json").out)["topics"]
        assert topics["core"] + topics["related"] + topics["alone"] + topics["not_assessed"] == topics["total"]
        assert (topics["core"], topics["related"], topics["alone"]) == (tally.core, tally.related, tally.by_themselves)
        assert sum(one["n"] for one in topics["alone_by"]) == topics["alone"]


def test_the_sentence_adds_up() -> None:
    said = plain(story(NAMES, asked().answer.shares.tally()))
    told = re.fullmatch(
        r"Of (\d+) topics, (\d+) share .*, (\d+) are only related .* and (\d+) stand alone "
        r"\((\d+) in ISO 9001:2015, (\d+) in ISO 14001:2015\)", said,
    )  # fmt: skip
    assert told is not None, said
    total, core, related, alone, one, other = parts(told.groups())
    assert core + related + alone == total
    assert one + other == alone


@pytest.mark.parametrize("draw", [house.draw, pdca.draw, venn.draw])
def test_titles_of_slides_tell_the_same_numbers(draw: Callable[..., tuple[Picture, ...]]) -> None:
    tally = asked().answer.shares.tally()
    picture, *_ = draw(asked(), SIZES["16:9"])
    told = re.search(
        r"(\d+) of (\d+) topics are built once, (\d+) looked at together, (\d+) stay apart", plain(picture.title)
    )
    assert told is not None, picture.title
    assert parts(told.groups()) == [tally.core, tally.total, tally.related, tally.by_themselves]


def test_the_circles_and_what_stands_beside_them_hold_every_topic_once() -> None:
    (picture,) = venn.draw(asked(), SIZES["16:9"])
    counts = {part.name: part.paragraphs[0] for part in picture.parts.values() if part.name.endswith(" count")}
    beside = re.search(r"(\d+) more in several standards", words(picture))
    tally = asked().answer.shares.tally()
    assert sum(parts(counts.values())) + (int(beside[1]) if beside else 0) == tally.total
    assert int(counts["QE count"]) == tally.core


def test_each_standard_has_as_many_topics_on_circles_and_totals_as_on_the_page() -> None:
    topics = asked().answer.topics
    having = {label: sum(label in topic.letters for topic in topics) for label in "QE"}
    (picture,) = venn.draw(asked(), SIZES["16:9"])
    named = {part.name: part for part in picture.parts.values()}
    for key, label in ((Q, "Q"), (E, "E")):
        told = plain(named[f"{key} in all"].paragraphs[0])
        counts = [int(p.paragraphs[0]) for p in picture.parts.values() if re.fullmatch(rf"{label} \w+ count", p.name)]
        assert told == f"{having[label] - 1} of its {having[label]} topics"
        assert sum(counts) + asked().answer.shares.tally().core == having[label] - 1


def test_the_heat_map_counts_what_is_built_once_in_each_clause_and_in_all() -> None:
    tally = asked().answer.shares.tally()
    (picture,) = heatmap.draw(asked(), SIZES["16:9"])
    counts = [part.paragraphs[0] for part in picture.parts.values() if part.name.endswith(" count")]
    pairs = [parts(re.findall(r"\d+", text)) for text in counts]
    assert [sum(one) for one in zip(*pairs, strict=True)] == [tally.core, tally.total]
    told = parts(re.findall(r"(\d+) of (\d+) topics|$", plain(picture.title))[0])
    rest = parts(re.findall(r"(\d+) of (\d+) elsewhere", plain(picture.title))[0])
    assert [one + other for one, other in zip(told, rest, strict=True)] == [tally.core, tally.total]


def test_editions_of_one_standard_are_no_disciplines() -> None:
    tally = asked().answer.shares.tally()
    assert "each edition adds" in story({Q: "ISO 9001:2015", E: "ISO 9001:2026"}, tally)
    assert "each discipline adds" in story(NAMES, tally)


def test_of_three_standards_the_hero_tells_the_core_of_all_from_that_of_some() -> None:
    keys = (Q, E, "iso9001-2026")
    report = matrix.analyse(shipped(keys), matrix.Question(keys))
    tally = report.answer.shares.tally()
    told = in_core_of(tally, 3)
    assert told == f"{tally.core_of_all} by all 3, {tally.core_of_some} by some"
    (picture,) = hero.draw(report, SIZES["16:9"])
    assert told in words(picture)
    assert in_core_of(asked().answer.shares.tally(), 2) == ""
    assert in_core_of(evolve(tally, core_of_all=0, core_of_some=tally.core), 3) == "by some of the 3"


def test_cover_and_hero_tell_the_same_three_numbers() -> None:
    tally = asked().answer.shares.tally()
    (picture,) = hero.draw(asked(), SIZES["16:9"])
    assert parts(re.findall(r"\d+", plain(picture.title))) == [
        tally.total,
        tally.core,
        tally.related,
        tally.by_themselves,
    ]
    answer = cover.CoverAnswer(asked().answer.standards, tally=tally)
    report = Report("cover", "Cover", "1", (), answer, cover.to_json, "m")
    (picture,) = cover.draw(report, SIZES["16:9"])
    counts = [int(part.paragraphs[0].split(" ")[0]) for part in picture.parts.values() if part.name.endswith(" count")]
    assert counts == [tally.core, tally.related, tally.by_themselves]


def test_the_columns_tell_the_points_of_both_standards() -> None:
    (picture,) = columns.draw(asked(), SIZES["16:9"])
    told = parts(re.findall(r"\d+", re.sub(r"ISO \d+(:\d+)?", "", plain(picture.title))))
    core = [sum(n for kin, n in asked().answer.measured(key).items() if kin.is_core) for key in (Q, E)]
    total = [side.points for side in asked().answer.standards]
    assert told == [core[0], total[0], core[1], total[1], *(asked().answer.shares.adds(key) for key in (Q, E))]


def test_coverage_sums_to_all_leaf_clauses_and_points_on_the_slide_and_in_words() -> None:
    (picture,) = coverage.draw(asked(), SIZES["16:9"])
    told = " ".join(part.name + ": " + part.paragraphs[0] for part in picture.parts.values() if part.paragraphs)
    for entry in asked().answer.coverage:
        assert sum(entry.of_class(kin) for kin in Kin) == entry.m
        rest = len(entry.touched) + len(entry.uncovered) + len(entry.unassessed)
        assert entry.n + rest + (entry.related if entry.unit == "point" else 0) == entry.m
        if entry.unit == "point":
            assert entry.n + asked().answer.shares.adds(entry.of) == entry.m
            numbers = re.findall(rf"in all {entry.of} (?:related|alone|unknown) count: (\d+)", told)
            core = re.findall(r"in all both core count: (\d+) \| (\d+)", told)[0]
            unsure = entry.not_assessed  # drawn as a sliver without a number
            assert sum(parts(numbers)) + int(core[0 if entry.of == Q else 1]) + unsure == entry.m


def test_points_with_a_counterpart_are_as_many_in_overlap_as_in_gap_and_the_related_are_those_partly_there() -> None:
    for of, by in ((Q, E), (E, Q)):
        entry = asked().answer.covered(of=of, by=by, unit="point")
        counts = gap.analyse(graph(), gap.Question((by,), of)).answer.counts
        told = counts["counterpart"], counts["partly"], counts["touches"], counts["new"], counts["not assessed"]
        assert told == (entry.n, entry.related, entry.touches, entry.none, entry.not_assessed)


def test_leaf_clauses_without_core_are_those_that_coverage_counts_neither_same_nor_extended() -> None:
    answer = asked().answer
    for of, by in ((Q, E), (E, Q)):
        entry = answer.covered(of=of, by=by)
        by_class = answer.shares.own_by_class(of)
        assert sum(by_class.values()) == answer.shares.own(of).n == entry.m - entry.same - entry.extended
        assert [by_class.get(kin, 0) for kin in Kin if not kin.is_core] == [
            entry.of_class(kin) for kin in Kin if not kin.is_core
        ]


def test_what_a_standard_adds_is_what_has_no_counterpart_and_stands_in_one_row_each() -> None:
    answer = asked().answer
    for of, by in ((Q, E), (E, Q)):
        listed = [one.point for topic in answer.topics for one in topic.adds[of]]
        assert len(listed) == len(set(listed)) == answer.shares.adds(of)
        entry = answer.covered(of=of, by=by, unit="point")
        assert len(listed) == entry.m - entry.same
        assert sum(answer.shares.adds(of, (main.number,)) for main in answer.main_clauses) == len(listed)


def test_how_many_pairs_nobody_spoke_of_is_told_and_sums_to_all() -> None:
    (note,) = [note for note in asked().notes if "nobody has said" in note]
    total, tied, none, unsaid = parts(re.findall(r"\d+", note))
    assert total == tied + none + unsaid == len(graph().leaves(Q)) * len(graph().leaves(E))


def test_the_page_tells_the_sentence_too() -> None:
    assert plain(story(NAMES, asked().answer.shares.tally())) in plain(pages.text_of(pages.two()))


def test_matrix_and_checklist_have_the_same_letters_in_each_topic() -> None:
    checklist = {row.id: row.letters for row in audit.analyse(graph(), audit.Question((Q, E))).answer.questions}
    assert checklist == {topic.id: topic.letters for topic in asked().answer.topics if topic.id in checklist}
    assert {topic.id for topic in asked().answer.topics} == checklist.keys()


def test_advice_has_at_most_five_words_and_the_data_override_the_rule() -> None:
    advice = {topic.id: topic.advice for topic in asked().answer.topics}
    assert all(1 <= len(told.split()) <= 5 for told in advice.values())
    assert advice["6.3"] == "one procedure for changes"
    assert advice["nonconforming-outputs"] == "one nonconformity procedure"
    assert advice["compliance-obligations"] == "one register of law"


def test_two_standards_that_a_topic_only_refers_to_have_no_class_in_it() -> None:
    for topic in asked().answer.topics:
        for one in topic.classes:
            assert topic.clauses[one.subject] or topic.clauses[one.object]


def test_overlap_lists_what_only_touches_and_coverage_counts_none_of_it() -> None:
    answer = overlap.analyse(graph(), overlap.Question((Q, E))).answer
    (pair,) = answer.pairs
    touching = {
        clause for link in pair.links if link.kin is Kin.TOUCHES for clause in (link.subject.ref, link.object.ref)
    }
    tied = {
        clause for link in pair.links if link.kin is not Kin.TOUCHES for clause in (link.subject.ref, link.object.ref)
    }
    for entry in pair.coverage:
        if entry.unit == "leaf clause":
            named = {f"{entry.of}:{number}" for number in entry.touched}
            assert named == {ref for ref in touching - tied if ref.startswith(entry.of)}
