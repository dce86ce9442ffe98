"""A condition stands on the duty that it governs: the real data, clause by clause, where it once stood elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from imsmap.library.model import Point, Standard

QUALITY, ENVIRONMENT = "iso9001-2015", "iso14001-2015"
QUALITIES = (QUALITY, "iso9001-2026")
SAFETY, SECURITY = "iso45001-2018", "iso27001-2022"
LOOKING_BACK = {"earlier-results", "earlier-results-action"}


def points(standard: Standard, number: str) -> dict[str, Point]:
    return {point.id: point for clause in standard.clauses if clause.number == number for point in clause.points}


@pytest.mark.parametrize(
    ("key", "number", "unconditional", "words"),
    [
        (QUALITY, "8.5.1", {"controlled-conditions"}, "Where it applies, "),
        *((key, "7.1.5.2", LOOKING_BACK, "Where traceability is required or held essential, ") for key in QUALITIES),
        (QUALITY, "6.3", {"changes-planned"}, "Consider "),
        (QUALITY, "8.5.5", {"requirements-met"}, "Consider, when settling how much is done after delivery, "),
        (QUALITY, "7.5.3.2", {"documents-external", "records-protected"}, "As far as it applies, "),
    ],
)
def test_each_item_says_the_condition_and_the_duty_above_them_does_not(
    real: Callable[[str], Standard], key: str, number: str, unconditional: set[str], words: str
) -> None:
    for id_, point in points(real(key), number).items():
        assert point.text.startswith(words) != (id_ in unconditional), f"{number}#{id_}: {point.text}"


def test_a_life_cycle_view_is_told_in_what_it_governs(real: Callable[[str], Standard]) -> None:
    told = {id_ for id_, point in points(real(ENVIRONMENT), "8.1").items() if "life cycle" in point.text}
    assert told == {"design-controls", "procurement-requirements", "providers-informed", "product-information"}


def test_each_documented_information_with_a_condition_says_it_in_what_must_exist(
    real: Callable[[str], Standard],
) -> None:
    condition = re.compile(r"as far as needed|as applicable|where applicable|\bif\b|to be considered")
    wanted = {
        "4.4.2": {"process-documents", "process-records"},
        "8.1": {"operation-documents", "operation-documented", "conformity-documented"},
        "8.2.3.2": {"review-documented", "new-requirements-documented"},
        "8.3.2": {"information-needed"},
        "8.5.1": {"characteristics-documented", "results-documented"},
        "8.5.2": {"traceability-documented"},
    }
    assert "as appropriate" in str(points(real(ENVIRONMENT), "7.4.1")["communication-documented"].documented)
    for number, ids in wanted.items():
        found = points(real(QUALITY), number)
        assert all(condition.search(found[id_].documented.what) for id_ in ids if found[id_].documented), number


@pytest.mark.parametrize(
    ("key", "number", "id_", "condition"),
    [
        (SAFETY, "5.4", "consult-external", "controls apply"),
        (SAFETY, "6.1.1", "risks-changes", "where they matter"),
        (SAFETY, "8.2", "emergency-lessons", "as necessary"),
        (SECURITY, "A.8.13", "backups-tested", "policy on backup"),
        (SECURITY, "A.8.33", "test-information-protected", "suitably"),
        (SECURITY, "A.8.34", "audit-tests", "management concerned"),
    ],
)
def test_a_condition_that_an_audit_missed_is_said(
    real: Callable[[str], Standard], key: str, number: str, id_: str, condition: str
) -> None:
    assert condition in points(real(key), number)[id_].text


def test_each_thing_to_be_taken_into_account_says_that_it_is_for_identifying_hazards(
    real: Callable[[str], Standard],
) -> None:
    told = [point.text for point in points(real(SAFETY), "6.1.2.1").values() if point.text.startswith("Take ")]
    assert told
    assert all("hazards" in text for text in told)


@pytest.mark.parametrize("key", [QUALITY, ENVIRONMENT, SAFETY, SECURITY])
def test_a_point_reads_alone(real: Callable[[str], Standard], key: str) -> None:
    leans = re.compile(
        r"\b(?:also|whatever else|this planning|this protection|these controls|do the same"
        r"|make exceptions only|review and revise especially|the evaluation shows)\b",
        re.IGNORECASE,
    )
    leaning = [
        f"{clause.number}#{point.id}: {point.text}"
        for clause in real(key).clauses
        for point in clause.points
        if leans.search(point.text)
    ]
    allowed = {"leadership-context", "review-direction", "roles-improvement"}
    assert [line for line in leaning if line.partition("#")[2].partition(":")[0] not in allowed] == []


# What is to be considered may be left aside in the end, what is to be taken into account may not: the standards tell
# them apart. To let the issues "shape" the scope, or to "base" a programme on results, is more than they ask.
@pytest.mark.parametrize(
    ("key", "number", "id_", "word"),
    [
        (QUALITY, "4.3", "scope-context", "consider"),
        (QUALITY, "4.3", "scope-products", "consider"),
        (QUALITY, "6.1.1", "risks-context", "consider"),
        (QUALITY, "6.2.1", "objectives-requirements", "into account"),
        (QUALITY, "7.1.1", "resources-internal", "consider"),
        (QUALITY, "7.1.1", "resources-external", "consider"),
        (QUALITY, "8.3.2", "nature", "consider"),
        (QUALITY, "9.2.2", "audit-programme-basis", "consider"),
        (QUALITY, "9.2.2", "audit-changes", "consider"),
        (QUALITY, "10.3", "improvement-basis", "consider"),
        (ENVIRONMENT, "4.3", "scope-context", "consider"),
        (ENVIRONMENT, "4.4", "system-context", "consider"),
        (ENVIRONMENT, "6.1.1", "risks-context", "consider"),
        (ENVIRONMENT, "6.1.1", "risks-scope", "consider"),
        (ENVIRONMENT, "6.1.2", "life-cycle", "consider"),
        (ENVIRONMENT, "6.1.2", "aspects-change", "into account"),
        (ENVIRONMENT, "6.1.2", "aspects-abnormal", "into account"),
        (ENVIRONMENT, "6.1.2", "aspects-emergency", "into account"),
        (ENVIRONMENT, "6.1.3", "obligations-considered", "into account"),
        (ENVIRONMENT, "6.1.4", "actions-technology", "consider"),
        (ENVIRONMENT, "6.2.1", "objectives-aspects", "into account"),
        (ENVIRONMENT, "6.2.1", "objectives-requirements", "into account"),
        (ENVIRONMENT, "6.2.1", "objectives-risks", "consider"),
        (ENVIRONMENT, "6.2.2", "objectives-business", "consider"),
        (ENVIRONMENT, "7.4.1", "communication-obligations", "into account"),
        (ENVIRONMENT, "9.2.2", "audit-programme-basis", "consider"),
        (ENVIRONMENT, "9.2.2", "audit-programme-changes", "consider"),
    ],
)
def test_what_may_be_left_aside_is_considered_and_the_rest_taken_into_account(
    real: Callable[[str], Standard], key: str, number: str, id_: str, word: str
) -> None:
    text = points(real(key), number)[id_].text.lower()
    assert [said for said in ("consider", "into account") if said in text] == [word]


@pytest.mark.parametrize(
    ("key", "number", "id_"),
    [
        (QUALITY, "7.1.5.1", "measuring-documented"),
        (QUALITY, "7.2", "competence-documented"),
        (QUALITY, "9.1.1", "monitoring-documented"),
        (ENVIRONMENT, "7.2", "competence-documented"),
        (ENVIRONMENT, "9.1.1", "monitoring-documented"),
        (SAFETY, "7.2", "competence-documented"),
        (SAFETY, "9.1.1", "monitoring-documented"),
        (SAFETY, "9.1.1", "equipment-documented"),
    ],
)
def test_where_records_need_only_be_appropriate_they_are_called_suitable(
    real: Callable[[str], Standard], key: str, number: str, id_: str
) -> None:
    assert points(real(key), number)[id_].text.startswith("Keep suitable records")


@pytest.mark.parametrize("key", [QUALITY, ENVIRONMENT])
def test_awareness_is_asked_of_all_who_work_under_the_organizations_control(
    real: Callable[[str], Standard], key: str
) -> None:
    told = [point.text for point in points(real(key), "7.3").values()]
    assert all("under the organization's control" in text for text in told)


@pytest.mark.parametrize("key", [ENVIRONMENT, "iso14001-2026"])
def test_what_is_to_be_done_periodically_is_done_at_intervals_and_not_now_and_then(
    real: Callable[[str], Standard], key: str
) -> None:
    found = points(real(key), "8.2")
    assert all("at intervals" in found[id_].text.lower() for id_ in ("emergency-tests", "emergency-review"))
