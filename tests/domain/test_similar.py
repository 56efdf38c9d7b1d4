"""Names that repeat another, against hand-picked pairs and an independent reading of the rule."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.domain.similar import MOST_SAME, repeats


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("上海鼎盛机电有限公司", "上海鼎盛机电股份有限公司"),
        ("上海鼎盛机电有限公司", "上海 鼎盛机电（有限公司）"),
        ("上海鼎盛机电公司", "上海鼎盛机电厂"),
        ("GTX Pro Ltd", "ＧＴＸ－ｐｒｏ"),
        ("Acme Machinery Works Limited", "Acme Machinery Work"),
        ("Northwind Traders", "Northwind Tradars Inc."),
        ("中国石化", "中国石化"),  # four characters are a company
        ("甲乙丙丁戊己庚辛壬癸子", "甲乙丙丁戊己庚辛壬"),  # two of twenty apart
        ("Amalgamated Northwestern Traders", "Amalgamated Northwestern Trade"),  # and never more than two
    ],
)
def test_a_slip_of_the_pen_is_a_repeat(first, second):
    assert repeats(pd.Series([None, first, "别的公司名称", second])).tolist() == [-1, -1, -1, 1]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("上海鼎盛机电有限公司", "上海鼎盛贸易有限公司"),
        ("好又多超市一店", "好又多超市二店"),
        ("Dover River Technology Ltd", "Derby River Technology Ltd"),
        ("Customer company 118", "Customer company 119"),
        ("王伟", "王伟"),
        ("张三丰", "张三丰"),
        ("甲乙丙丁戊己庚辛壬癸", "甲乙丙丁戊己庚辛"),  # two of eighteen apart
        ("Amalgamated Northwestern Traders", "Amalgamated Northwestern Trad"),  # three, of however many
        (None, None),
    ],
)
def test_another_name_is_another_company(first, second):
    assert repeats(pd.Series([first, second])).tolist() == [-1, -1]


@pytest.mark.parametrize(("between", "found"), [(4, 0), (5, -1)])
def test_names_are_compared_with_five_neighbours_in_alphabetical_order(between, found):
    others = ["a" * 10 + letter * 6 + "z" * 10 for letter in "cdefg"[:between]]
    names = ["a" * 10 + "b" + "z" * 10, *others, "a" * 10 + "h" + "z" * 10]
    assert repeats(pd.Series(names)).tolist() == [-1] * (1 + between) + [found]


def test_names_that_differ_where_they_begin_are_neighbours_read_backwards():
    others = [letter * 20 for letter in "cdefghij"]
    assert repeats(pd.Series(["b" + "xyzw" * 5, *others, "k" + "xyzw" * 5])).tolist() == [-1] * 9 + [0]
    # every letter counts: of the others each second one is as in the two
    others = [first + "".join(f"{a}y{a}w" for a in other * 5) for first, other in zip("cdefg", "αβγδε", strict=True)]
    assert repeats(pd.Series(["b" + "xyzw" * 5, *others, "k" + "xyzw" * 5])).tolist() == [-1] * 6 + [0]


def test_a_name_in_many_rows_is_how_the_list_is_kept():
    assert repeats(pd.Series(["Acme Works"] * MOST_SAME)).tolist() == [-1, *[0] * (MOST_SAME - 1)]
    assert repeats(pd.Series([*["Acme Machine Works"] * MOST_SAME, "Acme Machine Work"])).tolist() == [-1, 0, 0, 0]
    assert repeats(pd.Series(["Acme Works"] * (MOST_SAME + 1))).tolist() == [-1] * (MOST_SAME + 1)


@given(st.lists(st.text("甲乙丙丁戊", min_size=4, max_size=8), max_size=6))
def test_what_is_named_is_earlier_and_alike(names):
    for later, first in enumerate(repeats(pd.Series(names, dtype=object))):
        if first >= 0:
            assert first < later
            length = len(names[first]) + len(names[later])
            assert length - 2 * common(names[first], names[later]) <= min(2, 0.1 * length)
        else:
            assert names.index(names[later]) == later or names.count(names[later]) > MOST_SAME


def common(a: str, b: str) -> int:
    """Length of the longest common subsequence, by the textbook."""
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a, 1):
        for j, y in enumerate(b, 1):
            table[i][j] = table[i - 1][j - 1] + 1 if x == y else max(table[i - 1][j], table[i][j - 1])
    return table[-1][-1]


def test_a_hundred_thousand_names_take_seconds():
    rng = np.random.default_rng(1)
    letters = np.array(
        list("鼎盛华信恒达金源宏远东方永兴天诚中创联合新时代机电贸易科技包装食品物流建材服饰五金电子环保")
    )
    names = pd.Series(
        ["上海市" + "".join(row) + "有限公司" for row in letters[rng.integers(0, len(letters), (100_000, 8))]]
    )
    names[77_777] = names[5].replace("有限公司", "股份公司")
    start = time.process_time()
    assert repeats(names)[77_777] == 5
    assert time.process_time() - start < 6
