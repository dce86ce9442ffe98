from __future__ import annotations

from imsmap.register.cells import Key
from imsmap.register.plans import ONE, SEPARATE, Decision, Holding, decisions, holdings
from imsmap.register.questions import Question, Questions, Verdict

POINT, OTHER = "iso1-2030:4.1#issues", "iso2-2030:4.1#issues"
QUESTIONS = Questions((
    Question("core:issues", "4.1", (Verdict(POINT, "iso1-2030", "iso1-2030:4.1"),
                                    Verdict(OTHER, "iso2-2030", "iso2-2030:4.1")), ("core:issues",), "issues"),
))  # fmt: skip


def test_a_form_is_understood_however_it_is_typed_and_another_word_decides_nothing() -> None:
    cells = {
        Key("blueprint", "4.1", "decided"): "separate ",
        Key("blueprint", "5.2", "decided"): "as we like",
        Key("blueprint", "5.2", "title"): "Our policy",
        Key("blueprint", "6.2", "decided"): ONE,
        Key("documents", "core-issues", "document"): "Context",
    }
    assert decisions(cells) == {
        "4.1": Decision(SEPARATE),
        "5.2": Decision("", "Our policy"),
        "6.2": Decision(ONE),
    }


def test_what_exists_is_what_documents_names_else_what_requirements_does() -> None:
    asking = {"core-issues": (POINT, OTHER), "core-risks": (POINT,), "none": ()}
    cells = {
        Key("documents", "core-risks", "document"): "Register",
        Key("documents", "core-risks", "document_id"): "D-2",
        Key("documents", "core-risks", "owner"): "Ann",
        Key("requirements", "core:issues", "document"): "Context",
        Key("requirements", "core:issues", "owner"): "Ben",
    }
    assert holdings(cells, QUESTIONS, asking) == {
        "core-issues": (Holding("Context", owner="Ben"),),
        "core-risks": (Holding("Register", "D-2", owner="Ann"),),
    }
    assert Holding("Register", "D-2").name == "D-2 Register"
    assert Holding("", location="K:\\manual").name == "K:\\manual"
