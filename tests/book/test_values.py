import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.book import values
from funnelbook.book.values import BAD


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1,234.50", 1234.5),
        ("￥3万", 30000),
        ("¥1.2万元", 12000),
        ("45%", 0.45),
        ("１２３", 123),
        ("-5", -5),
        ("(120)", -120),
        ("2亿", 2e8),
        ("1e3", 1000),
        (7, 7.0),
        ("  ", None),
        ("", None),
        ("三", BAD),
        (True, BAD),
        ("12个", BAD),
        ("$5", 5),
        ("8千", 8000),
        ("3百万", 3_000_000),
        ("1.2万元整", 12_000),
        ("3.5w", 35000),
        ("9.8k", 9800),
        ("1.1万", 11000),  # a product of floats is a little more
        ("7%", 0.07),
        ("9800元", 9800),
        ("￥9,800", 9800),
        ("USD 1,200.50", 1200.5),
        ("1200 RMB", 1200),
        ("(1,200)", -1200),
        ("1.200,50", 1200.5),
        ("1 250,50", 1250.5),
        ("1’250.50", 1250.5),
        ("12,34,567", 1234567),
        ("2,5", 2.5),
        ("1,250", 1250),
        ("1,2,3", BAD),
        ("1.2.3", BAD),
        ("1,23.45", BAD),
    ],
)
def test_numbers_as_people_type_them(typed, meant):
    assert values.number(typed) == meant


def test_a_comma_is_what_the_column_says():
    assert values.fractions(["2,5", "1,250"]) == values.Fractions(True)
    assert values.fractions(["1.250,50"]) == values.Fractions(True)
    assert values.fractions(["1.250", "1.250.000"], whole=True) == values.Fractions(True)
    assert values.fractions(["1,250", "980"]) == values.Fractions(False)
    assert values.fractions(["1.250", "1250.000"], whole=True) == values.Fractions(False)
    assert values.fractions(["1.234万", "980"], whole=True) == values.Fractions(False)
    assert values.fractions(["1.250", "12.500"], whole=True) == values.Fractions(True, ("1.250", "12.500"))
    assert values.fractions(["1.250", "12.500"]) == values.Fractions(False)
    assert values.fractions(["1.250", "1,250"], whole=True) == values.Fractions(False, ("1.250", "1,250"))
    assert values.fractions(["2,5", "1,250.50", "1,250"]) == values.Fractions(False, ("1,250",))  # of two minds
    assert values.number("1,250", decimal_comma=True) == 1.25
    assert values.number("1.250", decimal_comma=True) == 1250
    assert values.number("1.5", decimal_comma=True) == 1.5


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("是", True),
        ("Y", True),
        ("1", True),
        (1.0, True),
        ("√", True),
        ("否", False),
        ("No", False),
        (0.0, False),
        ("", None),
        ("也许", BAD),
        (3.0, BAD),
    ],
)
def test_yes_and_no(typed, meant):
    assert values.flag(typed) is meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("007", "007"),
        (13800138000.0, "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        (12.5, "12.5"),
        (" A-1 ", "A-1"),
        ("", None),
    ],
)
def test_ids_and_phones_keep_their_zeros(typed, meant):
    assert values.identifier(typed) == meant


@given(st.floats(-1e9, 1e9).map(lambda x: round(x, 2)))
def test_a_number_with_thousands_reads_back(x):
    assert values.number(f"{x:,.2f}") == pytest.approx(x)


@given(st.text())
def test_any_text_is_read_or_bad_and_never_an_exception(text):
    values.number(text), values.flag(text), values.identifier(text)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("约3万", 30_000),
        ("三万", 30_000),
        ("大概5千", 5_000),
        ("CHF 1'200.50", 1_200.5),
        ("CHF 1’200.50", 1_200.5),
        ("3万左右", 30_000),
        ("3万元左右", 30_000),
        ("近10万", 100_000),
        ("十二万五千", 125_000),
        ("三万五", 35_000),
        ("两千三百元", 2_300),
        ("十万", 100_000),
        ("一百零五", 105),
        ("一千二", 1_200),
        ("三万零五百", 30_500),
        ("一百二", 120),
        ("一亿二千万", 120_000_000),
        ("3万多", 30_000),
        ("~3万", 30_000),
        ("ca. 5000", 5_000),
        ("about 5k", 5_000),
        ("approx. 1,200", 1_200),
        ("大约 ￥9,800", 9_800),
    ],
)
def test_amounts_in_words_and_those_that_are_about_right(text, size):
    assert values.number(text) == size


@pytest.mark.parametrize(
    "text", ["万", "百", "约", "3-5万", "三五万", "万三", "左右", "张三", "about", "十全", "3月左右", "千万"]
)
def test_what_names_no_amount_is_none(text):
    assert values.number(text) is values.BAD


def test_of_a_number_that_is_about_right_nothing_is_certain():
    assert values.is_about("约3万")
    assert not values.is_about("3万")
