"""What is still to do in hours and money: from what somebody gave, and nothing else."""

from __future__ import annotations

from imsmap.register.cells import Key, Value
from imsmap.register.effort import Effort, Rates, Span, Work, effort
from tests.register.test_state import BUYING, DESIGN, ISSUES, OTHER, of, row


def told(rates: Rates) -> Effort | None:
    cells = (
        row(ISSUES, status="Conforming") | row(OTHER, action="Ask") | row(BUYING, action="Rate")
        | row(DESIGN, action="Draw")
        | {("actions", f"action:{OTHER}", "effort"): "m", ("actions", f"action:{DESIGN}", "status"): "Done",
           ("actions", f"action:{DESIGN}", "effort"): "XL"}
    )  # fmt: skip
    keyed: dict[Key, Value] = {Key(*place): value for place, value in cells.items()}
    return effort(of(cells, documents={"plan": [ISSUES]}), keyed, rates)


def test_without_hours_there_is_no_estimate() -> None:
    assert told(Rates()) is None
    assert told(Rates(hour=Span(90, 120), currency="EUR")) is None


def test_hours_are_those_of_what_is_still_to_do_by_kind() -> None:
    found = told(Rates({"point": Span(0.5, 1), "M": Span(8, 24), "XL": Span(100, 200), "document": Span(6, 6)}))
    assert found is not None
    # Four points are not assessed; the action of months is done; one has no letter, and nobody gave hours for such.
    assert found.work == (
        Work("point", 4, Span(2, 4)), Work("M", 1, Span(8, 24)), Work("action", 1, None),
        Work("document", 1, Span(6, 6)),
    )  # fmt: skip
    assert found.hours == Span(16, 34)
    assert [one.kind for one in found.unknown] == ["action"]
    assert found.price is None


def test_a_price_takes_the_least_of_both_and_the_most_of_both() -> None:
    found = told(Rates({"point": Span(0.5, 1)}, Span(90, 120), "EUR"))
    assert found is not None
    assert (found.price, found.currency) == (Span(180, 480), "EUR")
