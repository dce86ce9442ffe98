from __future__ import annotations

import pytest

from imsmap.register.syntax import is_formula


@pytest.mark.parametrize(
    "text",
    [
        "=A1", "=-A1", "=+5%%", "=1.5E+3*.5", '="a""b"&"c"', "=1<>2", "=$A$1:$B2", "=A:A", "=$1:$3",
        "=SUM(A1:A3 A2:B2)",
        "=IF(A1,,)", "=NOW()", "=SUM((A1,B2))",
        "={1,2;3,-4}", '=SUMPRODUCT(--(A1:A3={"P";"S"}))', "='It''s'!A1+My.Tab!B2",
        "=Sheet1:Sheet3!A1", "=#REF!+1", "=Tab!#REF!", "=tActions[[#This Row],[Due]]+tActions[Days '[']]",
        "=[1]Staff!$A:$B",
        "=_xlfn.LAMBDA(_xlpm.x,_xlpm.x+1)(2)", "=⟦owner·a·⟧:⟦owner·b·actions⟧&⟦$own:Hours··⟧",
        "= ( A1 + B1 ) * 2", "=ÄRMEL",
        "=MYUDF(1)", "=RC[-1]", "=A1:INDEX(A:A,3)", "=1E5", "=A1>=B1", "=TRUE", "=[@Owner]&[Due]", "=Ann\\x",
        "=A1 \n+B1",
    ],
)  # fmt: skip
def test_what_may_be_a_formula_is_one(text: str) -> None:
    assert is_formula(text)


@pytest.mark.parametrize(
    "text",
    [
        '="abc', "=((((A1", "=[[[A1", "=SUM(1,,)+", "=1+*2", "=FOO BAR(3", "=A1&", "=SUM(1;2)", "=A1)", "=",
        "={1,2", "=@A1",
        "=A1#", "=()", "=(A1,)", "=}", "={}", "=%", "=,A1", "=A1'", "='Tab", "=!",
        "=1 )", '="a" "b"(', "=A1}", "=*A1",
        "=[" + "[" * 100_000, "=" + "(" * 10_000, "=\x01", '="a"1', "=(1)2",
    ],
)  # fmt: skip
def test_what_can_be_none_is_none(text: str) -> None:
    assert not is_formula(text)
