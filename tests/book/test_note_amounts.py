"""Amounts in notes: never a part of a number, never one that is no price, and sales as people write them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.book.note_entries import notes
from funnelbook.book.note_words import quote, sales, sold_for
from support.sheets import DAY


def sold(note: str) -> list[tuple[str, float | None]]:
    """(day, amount) of each entry that tells of a sale."""
    found = notes([note], np.array(["NaT"], dtype="datetime64[D]"), DAY).entries
    said = zip(found["day"].to_numpy("datetime64[D]").astype(str), found["body"], strict=True)
    return [(day, sold_for(body)) for day, body in said if sales([body])[0]]


@pytest.mark.parametrize(
    ("note", "day", "amount"),
    [
        ("4/30 closed! $8,500 signed", "2026-04-30", 8500),
        ("4/30 got $12,400 order, signed today", "2026-04-30", 12400),
        ("4/30 signed, $1,234,500 in total", "2026-04-30", 1234500),
        ("4/30 signed, 112,800 pcs", "2026-04-30", None),
        ("4/30 签单 128,500台", "2026-04-30", None),
        ("4/30 signed $1.2m", "2026-04-30", None),
        ("4/30 signed, $2 million", "2026-04-30", None),
        ("4/30 signed, $300 per seat", "2026-04-30", None),
        ("5/6 won $30k", "2026-05-06", 30000),
        ("4/30 won $8,500, net 30", "2026-04-30", 8500),
        ("4/30 signed 8,500 USD", "2026-04-30", 8500),
        ("4/30 signed for 8,500 today", "2026-04-30", 8500),
        ("4/30 signed €8.500", "2026-04-30", None),  # or 8.5
        # what is no price
        ("5.6 签单，原价12000，优惠到9800", "2026-05-06", 9800),
        ("5.6 签单一万一台", "2026-05-06", None),
        ("5.6成交，返点500", "2026-05-06", None),
        ("5.6成交，返现500", "2026-05-06", None),
        ("5.6成交，给返利800", "2026-05-06", None),
        ("5.6成交，回扣1000元", "2026-05-06", None),
        ("5.6成交，运费200", "2026-05-06", None),
        ("5.6成交，税费600", "2026-05-06", None),
        ("5.6成交，押金2000", "2026-05-06", None),
        ("5.6成交，500返点", "2026-05-06", None),
        ("5.6成交，2000元定金", "2026-05-06", None),
        ("5.6成交 9800，运费200", "2026-05-06", 9800),
        ("5.6成交 9800 返点500", "2026-05-06", 9800),
        ("5.6成交 含运费9800", "2026-05-06", 9800),
        ("5.6成交 9800元含税", "2026-05-06", 9800),
        ("5/6 signed, commission $500", "2026-05-06", None),
        ("5/6 signed, $500 commission", "2026-05-06", None),
        ("5/6 signed, rebate of $500", "2026-05-06", None),
        ("5/6 signed $9,800 plus shipping $200", "2026-05-06", 9800),
        ("5/6 signed $9,800 plus $200 shipping", "2026-05-06", 9800),
        *(
            (f"5.6成交，{other}", "2026-05-06", None)
            for other in ("成本8000", "利润800", "毛利 2000", "代金券500", "积分5000", "已收5000")
        ),
        *(
            (f"5/6 signed, {other}", "2026-05-06", None)
            for other in ("cost $500", "margin $500", "fee $500", "saves $500")
        ),
        # sales as people write them
        ("5.6 下单2台，共1.6万", "2026-05-06", 16000),
        ("5.2签合同6.6万", "2026-05-02", 66000),
        ("5.1 电话，5.2签合同6.6万", "2026-05-02", 66000),
        ("5.6 成交价9000", "2026-05-06", 9000),
        ("5.6 成交价格9000", "2026-05-06", 9000),
        ("5.6 成交金额：9000元", "2026-05-06", 9000),
        ("5.6 报价9800，成交价9000", "2026-05-06", 9000),
        ("5.6 报价9800已签单", "2026-05-06", 9800),
        ("5/6 sold 1,200", "2026-05-06", 1200),
        ("5/6 closed $4,000", "2026-05-06", 4000),
        ("5/6 closed a deal for $4k", "2026-05-06", 4000),
        ("5/6 placed an order, $900", "2026-05-06", 900),
        ("5/6 Sold! $2,500", "2026-05-06", 2500),
        ("5.20 下单 8000", "2026-05-20", 8000),
        ("5.6 签单2万8", "2026-05-06", 28000),
        ("5.6 签单9千8", "2026-05-06", 9800),
        ("5.6 签单三万二", "2026-05-06", 32000),
        ("5.6 签单两万", "2026-05-06", 20000),
        ("5.6 签单三千台", "2026-05-06", None),
        ("5.6 签单几万", "2026-05-06", None),
        ("5.6 签单，千万别催", "2026-05-06", None),
        ("5.6 签单1.2万3千", "2026-05-06", None),
    ],
)
def test_a_sale_has_the_amount_that_is_written(note, day, amount):
    assert sold(note) == [(day, amount)]


@pytest.mark.parametrize(
    "note",
    [
        "5.6 考虑下单 8000",
        "5.6 催下单，8000",
        "5.6 还没下单 8000",
        "5.6 老板同意后下单 8000",
        "5.6 问怎么下单，8000",
        "5.6 月底下单 8000",
        "5.6 下单前要看样品 8000",
        "5.6 发了下单链接 8000",
        "5.6 说下单立减500",
        "5.6 下单送500元礼品",
        "5.6 约签合同6.6万",
        "5.6 去签合同 6.6万",
        "5.6 想签合同6.6万",
        "5.6 签合同时间待定 6.6万",
        "5.6 签合同的同行报6.6万",
        "5.6 预期成交价9000",
        "5.6 市场成交价9000",
        "5.6 同行成交价9000",
        "5.6 成交价谈不拢 9000",
        "5.6 成交率 9000",
        "5.6 我们的成交价是9000，他考虑",
        "5/6 told him we sold 1,200 units",
        "5/6 closed $4,000 with rival",
        "5/6 signed $4,000 with a competitor",
        "5/6 won over the boss, $900",
        "5/6 sold out, $1,200",
        "5/6 not sold, 1,200",
        "5/6 he sold his company for $2,000",
        "5/6 they closed $4,000 elsewhere",
        "5/6 office closed",
        "5/6 closed until 5/9",
        "5/6 not sold on the price, $1,200",
        "5/6 hopes to be sold 1,200",
        "5/6 competitor sold $1,200",
        "5/6 will be closed $4,000",
        "5/6 closed lost $4,000",
    ],
)
def test_what_is_planned_denied_or_of_others_is_no_sale(note):
    assert sold(note) == []


def test_beside_the_price_of_the_sale_stands_the_quote():
    assert quote("报价9800，成交价9000") == 9800


@given(
    st.integers(1, 999),
    st.integers(0, 999),
    st.sampled_from(["$", "€", "£", ""]),
    st.sampled_from([" signed", " 台", " order", "台", ", signed", " today", "k signed", "w", ""]),
)
def test_no_part_of_a_number_is_read(thousands, ones, mark, after):
    amount = sold_for(f"signed {mark}{thousands},{ones:03}{after}")
    whole = thousands * 1000 + ones
    assert amount in {None, whole, whole * 1000, whole * 10000}
    if mark and after in {" signed", " order", ", signed", " today", ""}:
        assert amount == whole
