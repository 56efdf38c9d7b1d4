"""Each formula's example, and the worked values of numbers.md that belong to a formula."""

from __future__ import annotations

from datetime import datetime

import pytest
from scipy import stats

from funnelbook import __version__
from funnelbook.formulas.catalogue import CATEGORIES, FORMULAS, call
from funnelbook.words import LANGUAGES
from support.anything import constants

RATES = "{0.5;0.4;0.5;0.6;0.8}"
TARGET, ACTUAL = "{1000;0.3;0.2;0.25;2000}", "{800;0.33;0.2;0.2;2100}"


def shown(rows) -> list[list[object]]:
    """Rows as a test writes them: days as text, an error as its code."""
    plain = (str, float, bool)
    return [
        [str(v.date()) if isinstance(v, datetime) else v if isinstance(v, plain) else str(v) for v in r] for r in rows
    ]


def of(formula: str, language: str = "zh") -> list[list[object]]:
    name, arguments = constants(formula)
    return shown(call(name, arguments, language))


def same(got: list[list[object]], wanted) -> bool:
    return [[v if isinstance(v, str) else pytest.approx(v, abs=5e-7) for v in row] for row in wanted] == got


@pytest.mark.parametrize("name", FORMULAS)
def test_the_example_gives_what_the_registry_says(name):
    formula = FORMULAS[name]
    assert constants(formula.example)[0] == name
    assert same(of(formula.example), formula.gives)


def test_every_entry_of_the_registry_fits_its_function():
    for formula in FORMULAS.values():
        formula.check()
        assert formula.category in CATEGORIES
        for language in LANGUAGES:
            assert formula.text(language)
            assert all(formula.meaning(argument, language) for argument in formula.arguments)


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        # numbers.md 3
        (
            f"=FB_NEED(15, {{40;12;9;6;3}}, {RATES})",
            [[133.5, 93.5], [78.75, 66.75], [40.5, 31.5], [26.25, 20.25], [18.75, 15.75]],
        ),
        (
            f"=FB_NEED(15, {{100;30;20;8;5}}, {RATES})",
            [[0, 0], [24.5833333, 0], [29.8333333, 9.8333333], [22.9166667, 14.9166667], [18.75, 13.75]],
        ),
        (
            f"=FB_NEED(20, {{40;12;9;6;3}}, {RATES}, 5)",
            [[133.5, 93.5], [78.75, 66.75], [40.5, 31.5], [26.25, 20.25], [18.75, 15.75]],
        ),
        # numbers.md 6
        ("=FB_CHANCE(8, {40;12;9;6;3}, {0.048;0.096;0.24;0.48;0.8})", [[0.885617]]),
        ("=FB_CHANCE(15, {40;12;9;6;3}, {0.048;0.096;0.24;0.48;0.8})", [[0.062640]]),
        # forecast.md 4: a spread of .1 and .2, the second time with new prospects
        ("=FB_CHANCE(8, {40;12;9;6;3}, {0.048;0.096;0.24;0.48;0.8}, , 0.1)", [[0.873916]]),
        ("=FB_CHANCE(15, {40;12;9;6;3}, {0.048;0.096;0.24;0.48;0.8}, 3, 0.2)", [[0.371627]]),
        # numbers.md 7; the last one: (1 - 1) w + 1/3 each
        ("=FB_SPLIT(100, {3;3;1})", [[43], [43], [14]]),
        ("=FB_SPLIT(10, {1;1;1})", [[4], [3], [3]]),
        ("=FB_SPLIT(7, {0;2;2;1})", [[0], [3], [3], [1]]),
        ("=FB_SPLIT(9, {5;3;1}, , 1)", [[3], [3], [3]]),
        # locked first: 100 - 40 = 60 over 3 and 1
        ('=FB_SPLIT(100, {3;3;1}, {40;"";""})', [[40], [45], [15]]),
        # numbers.md 8
        (f"=FB_GAP({TARGET}, {ACTUAL})", [[-5798.5], [2496.5], [0], [-5798.5], [1276.5]]),
        # by hand: 2026-06-05 is the 5th of 10 working days; 6 / 10 and 2 / 8
        ('=FB_PACE(6, 10, "2026-06-01", "2026-06-12", "2026-06-05")', [[0.6, 0.5, 0.1]]),
        ('=FB_PACE({6;2}, {10;8}, "2026-06-01", "2026-06-12", "2026-06-05")', [[0.6, 0.5, 0.1], [0.25, 0.5, -0.25]]),
        # with 1 and 2 June off it is the 3rd of 8
        (
            '=FB_PACE(6, 10, "2026-06-01", "2026-06-12", "2026-06-05", {"2026-06-01";"2026-06-02"})',
            [[0.6, 0.375, 0.225]],
        ),
        ('=FB_PACE(1, 4, "2026-06-01", "2026-06-12", "2026-05-31")', [[0.25, 0, 0.25]]),
    ],
)
def test_worked_values_of_the_method(formula, wanted):
    assert same(of(formula), wanted)


def test_the_gap_of_the_worked_example_sums_to_the_difference_of_the_products():
    assert sum(row[0] for row in of(f"=FB_GAP({TARGET}, {ACTUAL})")) == pytest.approx(22_176 - 30_000)


def test_rates_are_shrunk_towards_the_default_worth_twenty_cases():
    got = of('=FB_RATES({"K1";"K1";"K2"}, {"E";"D";"E"}, {46023;46030;46023}, {"E","D"}, 46143)')
    # 120 days before as_of both are mature (h = 42 and 30). E: 1 of 2 reached D, prior 20 x .5; D: 0 of 1, prior 20 x .4
    low_e, high_e = stats.beta.ppf([0.025, 0.975], 1 + 10, 1 + 10)
    low_d, high_d = stats.beta.ppf([0.025, 0.975], 0 + 8, 1 + 12)
    assert same(got, [[2, 2, 1 / 2, 11 / 22, low_e, high_e], [1, 1, 0, 8 / 21, low_d, high_d]])


def test_an_open_case_counts_for_the_days_it_was_watched_and_one_too_slow_as_none():
    # as_of 40 days after: the case that went on after 7 days counts, one that stands in E as 40 of 42 days; D after 43 is too late
    young = of('=FB_RATES({"K1";"K1";"K2"}, {"E";"D";"E"}, {46023;46030;46023}, {"E","D"}, 46063)')
    n = (1 + 40 / 42) ** 2 / (1 + 40 / 42)
    assert young[0][:4] == [2, 1, 1 / 2, pytest.approx((n / 2 + 10) / (n + 20))]
    slow = of('=FB_RATES({"K1";"K1"}, {"E";"D"}, {46023;46066}, {"E","D"}, 46143)')
    assert slow[0][:4] == [1, 1, 1, pytest.approx(10 / 21)]


def test_limits_are_those_of_the_others():
    got = of("=FB_LIMITS({10;2}, {19;4})")
    first, second = ([v / n for v in stats.binom.interval(0.95, n, p)] for n, p in ((19, 2 / 4), (4, 10 / 19)))
    assert same(got, [[0.5, *first, "数据不足"], [10 / 19, *second, "数据不足"]])
    # eleven with 300 of 600, the last with 250: below the 99.8 % limit of 3300 / 6600, 0.437
    assert (
        of(
            "=FB_LIMITS({300;300;300;300;300;300;300;300;300;300;300;250}, "
            "{600;600;600;600;600;600;600;600;600;600;600;600})",
            "en",
        )[-1][3]
        == "Problem"
    )


@pytest.mark.parametrize(
    ("stock", "zh", "en"),
    [
        ("{2;1;1;1;1}", "数量不足", "Too few"),
        ("{0;0;0;0;60}", "头重脚轻", "Top-heavy"),
        ("{20;10;60;3;2}", "中部堆积", "Bulge"),
        ("{100;0;0;0;0}", "混合", "Mixed"),
    ],
)
def test_shapes_have_a_name_and_an_advice_in_both_languages(stock, zh, en):
    assert of(f"=FB_SHAPE({stock}, {RATES})") == [[zh]]
    assert of(f"=FB_SHAPE({stock}, {RATES})", "en") == [[en]]
    # the advice speaks the language of the name, whatever the user's is
    assert of(f'=FB_ADVICE("{en}")', "zh") == of(f'=FB_ADVICE("{en}")', "en")
    assert of(f'=FB_ADVICE("{zh}")', "en") == of(f'=FB_ADVICE("{zh}")', "zh") != of(f'=FB_ADVICE("{en}")')


def test_the_tier_after_a_call():
    table = '{"结果","级别";"已报价","B";"占线","";"签约","成交"}'
    assert of(f'=FB_TIER({{"已报价";"占线";"签约";"没见过"}}, "C", {table})') == [["B"], ["C"], ["成交"], ["#N/A"]]


def test_weeks_by_hand():
    # 10 working days less Tuesday 2 June: 4 and 5; 9 over 4 : 5; a week done with 3 leaves 6 for the other
    off, of_weeks = '{"2026-06-02"}', '=FB_WEEKS(9, "2026-06-01", "2026-06-14"'
    assert of(f"{of_weeks}, {off})") == [["2026-W23", 4, 4], ["2026-W24", 5, 5]]
    assert of(f"{of_weeks}, , {{3}})") == [["2026-W23", 5, 3], ["2026-W24", 5, 6]]
    assert of('=FB_WEEKS(9, "2026-06-01", "2026-06-21", , {3;"";2})')[1] == ["2026-W24", 5, 0]
    assert of('=FB_WEEKS(4, "2026-06-03", "2026-06-09")') == [["2026-W23", 3, 2], ["2026-W24", 2, 2]]


def test_version():
    assert of("=FB_VERSION()") == [[__version__]]
