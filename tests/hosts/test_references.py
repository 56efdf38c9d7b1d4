"""References in formulas: what is one and what only looks like one, filled down as openpyxl does it, grown as Excel does it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.formula.tokenizer import Token, Tokenizer
from openpyxl.formula.translate import Translator

from funnelbook.book.ports import Area
from funnelbook.book.room import Room
from funnelbook.hosts.ooxml.follow import Follower, LostError
from funnelbook.hosts.ooxml.growth import Growth
from funnelbook.hosts.ooxml.references import LAST_ROW, filled, references, with_rows
from support.examples import examples

NONE = [
    '"A1:B2 ""A3"""', "LOG10(1)", "R1C1+RC", "XFE1+A1048577+A9999999", "A1_x+DATA1+x.A1", "Table1[[#This Row],[A1]]*2",
    "表1[@[B2]]", "Table1[it''s '[A1']]", "#REF!A1+Sheet1!#REF!", "1.5E5+{1,2;3,4}", "[1]!Name+Sheet1!Name", "TRUE+NOT(FALSE)",
    "_xlfn.XLOOKUP(名称,名称2,名称3)",
]  # fmt: skip
SOME = {
    "SUM(跟进记录!G2:G4)": ["跟进记录!", (7, 2, 7, 4)],
    "'2024 年'!$A$1": ["'2024 年'!", (1, 1, 1, 1)],
    "'it''s'!B3:B1": ["'it''s'!", (2, 1, 2, 3)],
    "一月:三月!G2:G4": ["一月:三月!", (7, 2, 7, 4)],
    "'a b:c d'!A1": ["'a b:c d'!", (1, 1, 1, 1)],
    "Sheet1!A2:Sheet1!A4": ["Sheet1!", (1, 2, 1, 4)],
    "SUM($1:3)": ["", (1, 1, 16_384, 3)],
    "SUM(A:$C)": ["", (1, 1, 3, LAST_ROW)],
    "[1]Sheet1!C4": ["[1]Sheet1!", (3, 4, 3, 4)],
    "'C:\\x\\[b.xlsx]S'!C4": ["'C:\\x\\[b.xlsx]S'!", (3, 4, 3, 4)],
    "TAX2024": ["", (13_570, 2024, 13_570, 2024)],
    "a1#": ["", (1, 1, 1, 1)],
}


@pytest.mark.parametrize("text", NONE)
def test_what_only_looks_like_a_reference_is_none(text):
    assert list(references(text)) == []
    assert filled(text, 3, 2) == text


@pytest.mark.parametrize(("text", "wanted"), SOME.items(), ids=SOME)
def test_references_are_found_with_their_sheets(text, wanted):
    (of,) = references(text)
    assert [of.prefix, (of.left, of.top, of.right, of.bottom)] == wanted
    assert of.foreign == ("[" in text)


cells = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "$"]),
    st.sampled_from(["A", "G", "XFD", "AB"]),
    st.sampled_from(["", "$"]),
    st.integers(1, 200),
)
prefixes = st.sampled_from(["", "跟进记录!", "Sheet1!", "'It''s a sheet'!", "'2024'!"])
ranges = st.one_of(cells, st.builds("{}:{}".format, cells, cells), st.sampled_from(["$1:$4", "2:7", "A:C"]))
operands = st.one_of(
    st.builds("{}{}".format, prefixes, ranges),
    st.sampled_from(
        ['"A1:B2"', '"say ""A1"" "', "1.5E+3", "Table1[[#This Row],[A1]]", "名称", "TRUE", "#N/A", "LOG10(A1)"]
    ),
)
formulas = st.recursive(
    operands,
    lambda inner: st.one_of(
        st.builds("{}{}{}".format, inner, st.sampled_from(["+", "*", "&", "<=", "-"]), inner),
        st.builds("SUM({},{})".format, inner, inner),
        st.builds("({})".format, inner),
    ),
    max_leaves=6,
)


@settings(max_examples=examples(150))
@given(formulas)
def test_openpyxl_finds_the_same_references(text):
    tokens = Tokenizer("=" + text).items
    theirs = [t.value for t in tokens if (t.type, t.subtype) == (Token.OPERAND, Token.RANGE)]
    looks = re.compile(r"(?:.*!)?(?:\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?|\$?\d+:\$?\d+|\$?[A-Z]+:\$?[A-Z]+)")
    assert len(list(references(text))) == sum(bool(looks.fullmatch(value)) for value in theirs)


@settings(max_examples=examples(150))
@given(formulas, st.integers(0, 300), st.integers(0, 20))
def test_filled_down_as_openpyxl_does_it(text, rows, columns):
    if "XFD" in text and columns:
        return  # beyond the last column openpyxl has letters of its own
    theirs = Translator("=" + text, "A1").translate_formula(row_delta=rows, col_delta=columns)
    assert "=" + filled(text, rows, columns) == theirs


@settings(max_examples=examples(100))
@given(formulas, st.integers(-150, 150))
def test_filled_there_and_back_is_the_same(text, rows):
    assert filled(filled(text, rows + 200), -rows - 200) == text


@settings(max_examples=examples(100))
@given(formulas)
def test_nothing_moves_when_no_row_does(text):
    assert with_rows(text, lambda of: (of.top, of.bottom)) == text


def growth(last: int, rows: int, moved: tuple[int, int] | None = (1, 16_384)) -> Growth:
    """A table in A1:K1 and below, whose last row was `last`, with so many rows more; what is below went down in some columns."""
    inserted = Area(last + 1, moved[0], last + rows, moved[1]) if moved else None
    room = Room(Area(1, 1, last, 11), Area(1, 1, last + rows, 11), inserted)
    return Growth("跟进记录", room, last, last, {row: {} for row in range(last + 1, last + rows + 1)})


GROWN = growth(4, 3)


@settings(max_examples=examples(100))
@given(formulas)
def test_inserted_rows_taken_out_again_leave_the_formula_as_it_was(text):
    there = with_rows(text, lambda of: GROWN.moved(of.left, of.top, of.right, of.bottom))

    def back(of):
        return tuple(row - 3 if LAST_ROW > row > 7 else row for row in (of.top, of.bottom))

    assert with_rows(there, back) == text


def follower(*growths: Growth, blank: bool = True) -> Follower:
    return Follower(growths, ["一月", "跟进记录", "三月", "汇总"], lambda _sheet, _area: blank)


@pytest.mark.parametrize(
    ("before", "after"),
    {
        "SUM(跟进记录!G2:G4)": "SUM(跟进记录!G2:G7)",
        "SUM(跟进记录!$G$2:G$4)": "SUM(跟进记录!$G$2:G$7)",
        "SUM(跟进记录!G1:G4)": "SUM(跟进记录!G1:G7)",
        "VLOOKUP(1,'跟进记录'!A2:K4,2)": "VLOOKUP(1,'跟进记录'!A2:K7,2)",
        "SUM(跟进记录!G4:G2)": "SUM(跟进记录!G7:G2)",
        "SUM(跟进记录!2:4)": "SUM(跟进记录!2:7)",
        "SUM(跟进记录!G3:G4)": "SUM(跟进记录!G3:G4)",  # not all of its rows
        "SUM(跟进记录!Z2:Z4)": "SUM(跟进记录!Z2:Z4)",  # beside it
        "跟进记录!G4": "跟进记录!G4",
        "跟进记录!G5": "跟进记录!G8",  # the total
        "SUM(跟进记录!G2:G5)": "SUM(跟进记录!G2:G8)",
        "SUM(跟进记录!G2:G200)": "SUM(跟进记录!G2:G203)",
        "SUM(跟进记录!G:G)": "SUM(跟进记录!G:G)",
        "SUM(G2:G4)": "SUM(G2:G4)",  # of the sheet it stands on
        "SUM(一月:三月!G2:G4)": "SUM(一月:三月!G2:G7)",
        "[1]跟进记录!G2:G4": "[1]跟进记录!G2:G4",
        '"跟进记录!G2:G4"': '"跟进记录!G2:G4"',
    }.items(),
)
def test_formulas_elsewhere_follow(before, after):
    assert follower(GROWN).formula(before, "汇总") == after


@pytest.mark.parametrize(
    ("before", "row", "after"),
    [
        ("G2/SUM(G$2:G$4)", 2, "G2/SUM(G$2:G$7)"),
        ("SUM(G$2:G4)", 4, "SUM(G$2:G4)"),  # it runs down the table
        ("SUM(G2:G4)", 8, "SUM(G2:G7)"),
        ("G4+G5", 3, "G4+G8"),
    ],
)
def test_formulas_of_the_table_itself(before, row, after):
    assert follower(GROWN).formula(before, "跟进记录", row) == after


def test_a_table_of_one_row():
    one = follower(growth(2, 3, None))
    assert one.formula("SUM(跟进记录!G2:G2)", "汇总") == "SUM(跟进记录!G2:G5)"
    assert one.formula("SUM(B2:F2)", "跟进记录", 2) == "SUM(B2:F2)"
    assert one.series("跟进记录!$G$2") == "跟进记录!$G$2:$G$5"
    assert one.series("跟进记录!$B$2:$F$2") == "跟进记录!$B$2:$F$2", "a row of values stays one"


def test_names():
    grown = follower(GROWN)
    assert grown.name("跟进记录!$G$2:$G$4", "分钟") == "跟进记录!$G$2:$G$7"
    assert grown.name("跟进记录!G2:G4", "分钟") == "跟进记录!G2:G7"
    assert grown.name("跟进记录!A1048576", "上一行") == "跟进记录!A1048576", "relative to the cell that uses it"
    assert grown.name("跟进记录!$A:$K,跟进记录!$1:$1", "_xlnm.Print_Titles") == "跟进记录!$A:$K,跟进记录!$1:$1"


def test_cells_of_several_sheets_that_cannot_follow_are_refused():
    with pytest.raises(LostError):
        follower(GROWN, blank=False).formula("SUM(一月:三月!G2:G4)", "汇总")
    with pytest.raises(LostError):
        follower(GROWN).formula("SUM(一月:三月!G5)", "汇总")
    assert follower(GROWN).formula("SUM(三月:汇总!G2:G4)", "三月") == "SUM(三月:汇总!G2:G4)"


def test_a_range_of_which_only_some_columns_move_is_refused():
    columns = growth(4, 3, (1, 3))
    assert follower(columns).formula("SUM(跟进记录!A6:C9)", "汇总") == "SUM(跟进记录!A9:C12)"
    assert follower(columns).formula("SUM(跟进记录!D6:D9)+跟进记录!E8", "汇总") == "SUM(跟进记录!D6:D9)+跟进记录!E8"
    with pytest.raises(LostError):
        follower(columns).formula("SUM(跟进记录!B6:E9)", "汇总")


@settings(max_examples=examples(100))
@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 9), st.integers(0, 9))
def test_growing_twice_is_growing_by_the_sum(top, more, first, second):
    bottom = top + more - 1

    text = f"SUM(跟进记录!A{top}:A{bottom})"
    stepwise = follower(growth(9, first), growth(9 + first, second)).formula(text, "汇总")
    assert stepwise == follower(growth(9, first + second)).formula(text, "汇总")
