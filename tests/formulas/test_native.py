"""Excel's own functions as its documentation describes them, for the cells of our pages."""

from __future__ import annotations

from datetime import datetime

import pytest

from funnelbook.book.ports import CellError
from support.few_cells import gives

NA = CellError("#N/A")
#        A       B      C                     D
ROWS = [
    ["甲公司", 3.0, datetime(2026, 5, 18), True],
    ["Acme", 1.5, datetime(2026, 5, 20), False],
    ["acme", None, None, ""],
    ["a*b", 8.0, "12", NA],
    [None, -2.0, 60000.0, "x"],
]
NAMES = {"people": "=S!$A$1:$A$5", "amounts": "=INDEX($A$1:$D$5,0,2)"}


def worked(formula: str, **kept: object) -> object:
    return gives(formula, ROWS, **kept)


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        # operators bind as Excel has them
        ("=-2^2", 4.0),
        ("=2^3^2", 64.0),
        ("=1+2*3-4/2", 5.0),
        ("=50%*2", 1.0),
        ('=1+1&"x"', "2x"),
        ('=1&2=12', False),  # a text is never a number
        ("=(1+2)*3", 9.0),
        ("=-(1+2)", -3.0),
        ("=1/0", "#DIV/0!"),
        ('="3"*2', 6.0),
        ('="abc"*2', "#VALUE!"),
        ('=""+1', "#VALUE!"),
        ("=TRUE+1", 2.0),
        ("=B3+1", 1.0),  # a blank is 0
        ('=B3&"x"', "x"),
        ("=D4+1", "#N/A"),
        ("=0^0", "#NUM!"),
        ("=10^400", "#NUM!"),
        ("=0.1+0.2-0.3", 0.0),
        ("=0.1+0.2=0.3", True),
        # comparison: numbers before texts before FALSE before TRUE, letters of either case alike
        ('="Acme"="ACME"', True),
        ('="2"=2', False),
        ('=9<"1"', True),
        ('="z"<FALSE', True),
        ("=FALSE<TRUE", True),
        ('=B3=""', True),
        ("=B3=0", True),
        ("=A5=FALSE", True),
        ('="a"<"B"', True),
        ("=D4=1", "#N/A"),
        ('="甲"<"乙"', "untold"),  # a country decides
        # numbers as texts
        ('=1/3&""', "0.333333333333333"),
        ('=1234567.5&""', "1234567.5"),
        ('=1e20&""', "untold"),
        ('=TRUE&""', "TRUE"),
        ('=C2&""', "46162"),
        # IF and its like
        ('=IF(B1>2,"yes","no")', "yes"),
        ("=IF(B1>9,1)", False),
        ("=IF(B1>2,)", 0.0),
        ('=IF("x",1,2)', "#VALUE!"),
        ("=IF(FALSE,1/0,5)", 5.0),
        ('=IFERROR(1/0,"none")', "none"),
        ('=IFERROR(D4,"")', ""),
        ('=IFNA(1/0,"")', "#DIV/0!"),
        ('=IFNA(D4,"")', ""),
        ('=CHOOSE(2,"a","b","c")', "b"),
        ('=CHOOSE(4,"a","b","c")', "#VALUE!"),
        ("=ISERROR(IF(D4,1,2))", True),
        ("=AND(TRUE,1,B1:B5)", True),
        ("=AND(A1:A2)", "#VALUE!"),
        ("=OR(FALSE,0)", False),
        ("=NOT(0)", True),
        ("=XOR(TRUE,TRUE)", False),
        ("=ISBLANK(B3)", True),
        ("=ISNUMBER(C1)", True),
        ("=ISTEXT(A1)", True),
        ("=N(A1)", 0.0),
        ("=N(TRUE)", 1.0),
        ("=T(B1)", ""),
        # totals: of cells only what is a number, of what is typed also texts that are
        ("=SUM(B1:B5)", 10.5),
        ("=SUM(C4,1)", 1.0),
        ('=SUM("12",1)', 13.0),
        ("=SUM(TRUE,1)", 2.0),
        ("=SUM(D1:D3)", 0.0),
        ("=SUM(D1:D4)", "#N/A"),
        ("=PRODUCT(B1:B4)", 36.0),
        ("=MIN(B1:B5)", -2.0),
        ("=MAX(A1:A4)", 0.0),
        ("=AVERAGE(B1:B2)", 2.25),
        ("=AVERAGE(A1:A2)", "#DIV/0!"),
        ("=MEDIAN(1,9,2,8)", 5.0),
        ("=COUNT(B1:B5)", 4.0),
        ("=COUNTA(A1:A5)", 4.0),
        ("=COUNTBLANK(D1:D5)", 1.0),
        ("=SMALL(B1:B5,2)", 1.5),
        ("=LARGE(B1:B5,1)", 8.0),
        ("=SMALL(B1:B5,9)", "#NUM!"),
        ("=RANK(3,B1:B5)", 2.0),
        ("=SUMPRODUCT((B1:B5>1)*B1:B5)", 12.5),
        ("=SUMPRODUCT({1,2},{3,4})", 11.0),
        ('=SUMPRODUCT(--(A1:A5="acme"))', 2.0),
        # criteria
        ('=COUNTIF(A1:A5,"acme")', 2.0),
        ('=COUNTIF(A1:A5,"a*")', 3.0),
        ('=COUNTIF(A1:A5,"a~*b")', 1.0),
        ('=COUNTIF(A1:A5,"a~c")', "untold"),  # a tilde before no wildcard
        ('=SEARCH("x~y","x~y")', "untold"),
        ('=COUNTIF(A1:A5,"?公司")', 1.0),
        ('=COUNTIF(A1:A5,"<>acme")', 3.0),
        ('=COUNTIF(A1:A5,"")', 1.0),
        ('=COUNTIF(A1:A5,"<>")', 4.0),
        ('=COUNTIF(B1:B5,">1.5")', 2.0),
        ('=COUNTIF(B1:B5,">="&B2)', 3.0),
        ("=COUNTIF(B1:B5,3)", 1.0),
        ("=COUNTIF(C1:C5,12)", 1.0),  # a text that is the number counts
        ("=COUNTIF(B1:B5,B3)", 0.0),  # a blank criterion asks for 0
        ("=COUNTIF(D1:D5,TRUE)", 1.0),
        ('=COUNTIFS(A1:A5,"acme",B1:B5,"<>")', 1.0),
        ('=COUNTIFS(A1:A5,"acme",B1:B4,"<>")', "#VALUE!"),
        ('=SUMIFS(B1:B5,A1:A5,"a*")', 9.5),
        ('=SUMIF(A1:A5,"a*",B1)', 9.5),
        ('=SUMIF(B1:B5,">2")', 11.0),
        ('=AVERAGEIFS(B1:B5,B1:B5,">99")', "#DIV/0!"),
        ('=_xlfn.MAXIFS(B1:B5,A1:A5,"a*")', 8.0),
        # finding
        ("=INDEX(A1:B5,2,1)", "Acme"),
        ("=INDEX(B1:B5,4)", 8.0),
        ("=INDEX(A1:D1,2)", 3.0),
        ("=INDEX(B1:B5,6)", "#REF!"),
        ("=SUM(INDEX(A1:D5,0,2))", 10.5),
        ("=SUM(INDEX({1,2;3,4},2,0))", 7.0),
        ("=INDEX(B1:B5,3)", None),
        ('=MATCH("ACME",A1:A5,0)', 2.0),
        ('=MATCH("a~*b",A1:A5,0)', 4.0),
        ('=MATCH("nobody",A1:A5,0)', "#N/A"),
        ("=MATCH(8,B1:B5,0)", 4.0),
        ("=MATCH(4,{1,3,5})", 2.0),
        ("=MATCH(0,{1,3,5})", "#N/A"),
        ("=MATCH(4,{5,3,1},-1)", 1.0),
        ("=MATCH(4,{5,1,3})", "untold"),  # not sorted: how it is searched decides
        ('=VLOOKUP("acme",A1:B5,2,FALSE)', 1.5),
        ("=VLOOKUP(4,{1,10;3,30;5,50},2)", 30.0),
        ('=VLOOKUP("acme",A1:B5,3,FALSE)', "#REF!"),
        ("=HLOOKUP(3,B1:D2,2,FALSE)", 1.5),
        ("=LOOKUP(4,{1,3,5},{10,30,50})", 30.0),
        ("=ROW(B3)", 3.0),
        ("=COLUMN(B3)", 2.0),
        ("=ROWS(A1:B5)", 5.0),
        ("=COLUMNS(A1:B5)", 2.0),
        # names
        ('=MATCH("acme",people,0)', 2.0),
        ("=SUM(amounts)", 10.5),
        ("=nobody", "untold"),
        # numbers
        ("=ROUND(2.5,0)", 3.0),
        ("=ROUND(-2.5,0)", -3.0),
        ("=ROUND(1.005,2)", 1.01),
        ("=ROUND(1234,-2)", 1200.0),
        ("=ROUNDUP(1.01,0)", 2.0),
        ("=ROUNDUP(-1.01,0)", -2.0),
        ("=ROUNDUP(0.1+0.2,1)", 0.3),
        ("=ROUNDDOWN(1.99,1)", 1.9),
        ("=TRUNC(-1.9)", -1.0),
        ("=INT(-1.1)", -2.0),
        ("=MOD(-3,2)", 1.0),
        ("=MOD(3,0)", "#DIV/0!"),
        ("=ABS(-4)", 4.0),
        ("=SQRT(-1)", "#NUM!"),
        ("=POWER(2,10)", 1024.0),
        ("=CEILING(2.1,1)", 3.0),
        ("=FLOOR(2.9,0.5)", 2.5),
        ("=BINOM.DIST(6,10,0.5,FALSE)", pytest.approx(0.205078125)),
        ("=BINOM.DIST(6,10,0.5,TRUE)", pytest.approx(0.828125)),
        ("=POISSON.DIST(2,5,TRUE)", pytest.approx(0.124652, abs=5e-7)),
        ("=NORM.DIST(42,40,1.5,TRUE)", pytest.approx(0.9087888, abs=5e-8)),
        ("=NORM.S.INV(0.908789)", pytest.approx(1.3333347, abs=5e-7)),
        ("=COMBIN(8,2)", 28.0),
        # texts
        ('=REPT("■",3)', "■■■"),
        ('=REPT("x",-1)', "#VALUE!"),
        ('=LEFT("王小明")', "王"),
        ('=RIGHT("13800138000",4)', "8000"),
        ('=MID("2026-W21",6,3)', "W21"),
        ('=LEN("王小明")', 3.0),
        ('=FIND("W","2026-W21")', 6.0),
        ('=FIND("w","2026-W21")', "#VALUE!"),
        ('=SEARCH("w?1","2026-W21")', 6.0),
        ('=SUBSTITUTE("a-b-c","-","+",2)', "a-b+c"),
        ('=TRIM("  a   b ")', "a b"),
        ('=UPPER("abc")', "ABC"),
        ('=EXACT("a","A")', False),
        ('=CONCATENATE("a",1,TRUE)', "a1TRUE"),
        ('=_xlfn.TEXTJOIN("、",TRUE,A1:A5)', "甲公司、Acme、acme、a*b"),
        ('=VALUE("3.5")', 3.5),
        ('=HYPERLINK("#A1","go")', "go"),
        ('=TEXT(0.285,"0%")', "29%"),
        ('=TEXT(1234.5,"#,##0.00")', "1,234.50"),
        ('=TEXT(-5,"0.0")', "-5.0"),
        ('=TEXT(7,"00")', "07"),
        ('=TEXT(C2,"yyyy-mm-dd")', "2026-05-20"),
        ('=TEXT(C2,"m月d日")', "5月20日"),
        ('=TEXT(3,"+0;-0;0")', "+3"),
        ('=TEXT(3,"[>2]0")', "untold"),
        # days
        ("=DATE(2026,5,20)", 46162.0),
        ("=DATE(2026,13,0)", 46387.0),
        ("=YEAR(C1)", 2026.0),
        ("=MONTH(C1)", 5.0),
        ("=DAY(C1)", 18.0),
        ("=WEEKDAY(C1)", 2.0),
        ("=WEEKDAY(C1,2)", 1.0),
        ("=ISOWEEKNUM(C1)", 21.0),
        ("=EDATE(DATE(2026,1,31),1)", 46081.0),
        ("=EOMONTH(C1,0)", 46173.0),
        ("=C2-C1", 2.0),
        # what is not known here
        ("=TODAY()", "untold"),
        ('=INDIRECT("A1")', "untold"),
        ("=A1:A5", "untold"),  # which of them stands in the formula's row
        ("=B1:B5*2", "untold"),
        ("=SUM(1", "untold"),
        ("=A1:INDEX(A1:A5,2)", "untold"),
        ("=1+#REF!", "#REF!"),
    ],
)  # fmt: skip
def test_it_gives_what_excel_does(formula, wanted):
    found = worked(formula, **NAMES)
    assert type(found) is (float if isinstance(wanted, float) or hasattr(wanted, "expected") else type(wanted)), found
    assert found == wanted


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ('=IFERROR(SMALL(IF(A1:A5="acme",ROW(A1:A5)-MIN(ROW(A1:A5))+1),2),"")', 3.0),
        ('=IFERROR(SMALL(IF(A1:A5="acme",ROW(A1:A5)-MIN(ROW(A1:A5))+1),3),"")', ""),
        ('=SUM((A1:A5="acme")*(B1:B5>1))', 1.0),
        ('=SUM(IF(ISNUMBER(B1:B5),B1:B5,100))', 110.5),
        ("=SUM(IFERROR(D1:D5*1,7))", 22.0),  # 1, 0 and three errors
        ('=SUM((A1:A3="acme")*B1:B5)', "#N/A"),  # of blocks of two sizes
        ("=MAX(LEN(A1:A5))", 4.0),
        ("=A2:A5", "Acme"),
        ("=SUM({1;2}*{10,20})", 90.0),
    ],
)  # fmt: skip
def test_an_array_formula_is_asked_of_every_cell(formula, wanted):
    assert worked(formula, array=True) == wanted


def test_days_count_from_1904_where_the_workbook_says_so():
    assert worked("=C2", date1904=True) == datetime(2026, 5, 20)
    assert worked("=C2+0", date1904=True) == 44700.0
    assert worked("=DATE(2026,5,20)", date1904=True) == 44700.0
    assert worked("=YEAR(44700)", date1904=True) == 2026.0


def test_a_name_of_cells_that_wander_cannot_be_told():
    assert worked("=SUM(here)", here="=S!A1:A5") == "untold"
    assert worked("=SUM(here)", here="=$A$1:$B$5") == 10.5
