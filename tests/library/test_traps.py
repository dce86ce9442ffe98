"""Numbers and titles that mislead: where a clause looks like another standard's and is something else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from imsmap.library.model import Standard


@pytest.mark.parametrize(
    ("ref", "core", "topic"),
    [
        # Changes at work, and no plan for a change of the system, which ISO 9001 has in 6.3.
        ("iso45001-2018:8.1.3", {"operation-changes", "operation-unintended"}, None),
        # Risks of hazards, and no other name for the common 6.1; legal requirements, and not planning of changes.
        ("iso45001-2018:6.1.2.1", set(), "hazard-identification"),
        ("iso45001-2018:6.1.2.2", set(), "ohs-risk-assessment"),
        ("iso45001-2018:6.1.3", set(), "compliance-obligations"),
        # Emergencies, where ISO 9001 has customer requirements.
        ("iso45001-2018:8.2", set(), "emergency-preparedness"),
        # Workers' say, where other standards have nothing, and compliance, where ISO 9001 has customer satisfaction.
        ("iso45001-2018:5.4", set(), "worker-participation"),
        ("iso45001-2018:9.1.2", set(), "compliance-evaluation"),
        ("iso45001-2018:10.1", set(), "improvement-general"),
        # Improvement of the structure's 10.1 stands in 10.3, nonconformity in 10.2.
        ("iso45001-2018:10.3", {"continual-improvement"}, None),
        # Risks to information and their treatment are not the common 6.1; 8.2 and 8.3 repeat them, where ISO 9001 has
        # customer requirements and design. 6.3 is the common one.
        ("iso27001-2022:6.1.2", set(), "information-risk"),
        ("iso27001-2022:6.1.3", set(), "information-risk-treatment"),
        ("iso27001-2022:8.2", set(), "information-risk"),
        ("iso27001-2022:8.3", set(), "information-risk-treatment"),
        ("iso27001-2022:6.3", {"changes-planned"}, None),
        # Control A.5.1 is not clause 5.1, nor A.6.3 clause 6.3.
        ("iso27001-2022:A.5.1", set(), "security-organization"),
        ("iso27001-2022:A.6.3", set(), "employment-training"),
        # The energy review, and not planning of changes; obligations stand in 4.2; energy data, and not objectives.
        ("iso50001-2018:6.3", set(), "energy-review"),
        ("iso50001-2018:4.2", {"interested-parties", "party-requirements", "requirements-addressed"}, None),
        ("iso50001-2018:6.6", set(), "energy-data"),
        # Energy in the design of plants, where ISO 9001 has customer requirements and ISO 14001 emergencies.
        ("iso50001-2018:8.2", set(), "energy-design"),
        # Risks of disruption are not the common 6.1; impact analysis, where ISO 9001 has the customer's requirements.
        ("iso22301-2019:8.2.3", set(), "continuity-risk"),
        ("iso22301-2019:8.2.2", set(), "business-impact"),
        ("iso22301-2019:4.2.2", set(), "compliance-obligations"),
        ("iso22301-2019:10.1.1", set(), "improvement-general"),
        # Risks to information there, AI risks and impact on people here; 8.4, where ISO 9001 has external providers.
        ("iso42001-2023:6.1.2", set(), "ai-risk"),
        ("iso42001-2023:6.1.4", set(), "ai-impact"),
        ("iso42001-2023:8.4", set(), "ai-impact"),
        ("iso42001-2023:6.3", {"changes-planned"}, None),
        ("iso42001-2023:A.10.3", set(), "external-provision"),
    ],
)
def test_a_clause_with_a_misleading_number_holds_what_it_is_about(
    real: Callable[[str], Standard], ref: str, core: set[str], topic: str | None
) -> None:
    key, number = ref.split(":")
    clause = next(clause for clause in real(key).clauses if clause.number == number)
    assert {point.core for point in clause.points if point.core} == core
    assert clause.topic == topic


@pytest.mark.parametrize(("key", "annex", "controls"), [("iso27001-2022", "A", 93), ("iso42001-2023", "A", 38)])
def test_each_control_may_be_left_out_and_no_clause_of_the_system_may(
    real: Callable[[str], Standard], key: str, annex: str, controls: int
) -> None:
    assert real(key).not_applicable == (annex,)
    assert len([clause for clause in real(key).clauses if clause.is_control]) == controls


def test_planning_of_changes_for_continuity_is_more_than_the_common_clause(real: Callable[[str], Standard]) -> None:
    # The structure got its 6.3 in 2021, two years later: the first sentence is the same, what is considered is not.
    clause = next(clause for clause in real("iso22301-2019").clauses if clause.number == "6.3")
    assert [point.core for point in clause.points if point.core] == ["changes-planned"]
    assert len([point for point in clause.points if point.adds]) == 5


def test_the_objectives_of_an_annex_are_no_controls(real: Callable[[str], Standard]) -> None:
    numbers = {clause.number for clause in real("iso42001-2023").clauses if clause.is_control}
    assert not [number for number in numbers if number.split(".")[2:] == ["1"]]
    assert {"A.6.1.2", "A.6.2.2"} <= numbers
