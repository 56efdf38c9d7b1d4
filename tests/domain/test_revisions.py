from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest, fisher_exact

from funnelbook.domain import revisions

NO_LOG = pd.DataFrame({name: [] for name in revisions.COLUMNS}).astype({"old": float, "new": float})
NUMBERS = ["revision", *(m + end for m in ("orders", "amount", "margin", "paid") for end in ("", "_proposed"))]


def targets(*rows: dict) -> pd.DataFrame:
    columns = ["label", "person", "agreed_by", "author", "reason", *NUMBERS]
    frame = pd.DataFrame([{"label": "2026-05", "revision": 1} | row for row in rows], columns=columns)
    return frame.astype(dict.fromkeys(NUMBERS, float)).astype(
        dict.fromkeys(("label", "person", "agreed_by", "author", "reason"), object)
    )


def lines(frame: pd.DataFrame) -> list[str]:
    return [
        f"{r.at:%m-%d} {r.period} {r.person or 'team'} {r.measure} {r.old:g} {r.new:g} {r.reason or '-'} {r.by or '-'}"
        for r in frame.astype(object).where(frame.notna(), None).assign(old=frame["old"], new=frame["new"]).itertuples()
    ]


def test_every_change_is_logged_once_with_what_was_before():
    first = targets({"person": None, "orders_proposed": 42, "author": "王总"}, {"person": "小李", "orders_proposed": 9})
    log = revisions.changes(NO_LOG, first, date(2026, 4, 28))
    assert sorted(lines(log)) == [
        "04-28 2026-05 team orders nan 42 - 王总",
        "04-28 2026-05 小李 orders nan 9 - -",
    ]
    assert revisions.changes(log, first, date(2026, 4, 29)).empty
    # agreed lower than proposed, later revised
    agreed = targets(
        {"person": None, "orders_proposed": 42, "orders": 38, "author": "王总", "agreed_by": "团队会议"},
        {"person": "小李", "orders_proposed": 9},
    )
    second = revisions.changes(log, agreed, date(2026, 4, 29))
    assert lines(second) == ["04-29 2026-05 team orders 42 38 - 团队会议"]
    log = pd.concat([log, second], ignore_index=True)
    revised = pd.concat(
        [
            agreed,
            targets({"person": None, "revision": 2, "orders_proposed": 30, "reason": "external", "author": "王总"}),
        ]
    )
    third = revisions.changes(log, revised, date(2026, 5, 12))
    assert lines(third) == ["05-12 2026-05 team orders 38 30 external 王总"]
    log = pd.concat([log, third], ignore_index=True)
    assert lines(revisions.changes(log, revised[revised["person"].isna()], date(2026, 5, 13))) == [
        "05-13 2026-05 小李 orders 9 nan - -"
    ]


@pytest.mark.parametrize("value", [123456789.012345678, 1 / 3, 0.1 + 0.2, 99999999.995, 8e14 + 0.5])
def test_a_target_is_not_logged_again_for_what_a_cell_does_not_keep_of_it(value):
    same = targets({"person": None, "amount": value})
    log = revisions.changes(NO_LOG, same, date(2026, 5, 1))
    log["new"] = [float(f"{number:.15g}") for number in log["new"]]  # as Excel keeps numbers
    assert revisions.changes(log, same, date(2026, 5, 2)).empty
    other = targets({"person": None, "amount": value + max(0.01, value * 1e-10)})
    assert len(revisions.changes(log, other, date(2026, 5, 2))) == 1


def test_fewer_is_the_conditional_binomial_test():
    # 40 leads in 28 days after 300 in 112: share 1/5 of 340 would be 68
    assert binomtest(40, 340, 0.2, "less").pvalue < 0.025
    assert revisions.fewer(40, 28, 300, 112)
    # 64 of 340: a lull that happens
    assert binomtest(64, 340, 0.2, "less").pvalue > 0.025
    assert not revisions.fewer(64, 28, 276, 112)
    assert not revisions.fewer(0, 28, 0, 112)


def test_fell_is_fishers_test_over_the_shares():
    assert fisher_exact([[10, 40], [60, 60]], "less").pvalue < 0.025 / 2
    assert revisions.fell([10, 30], [50, 60], [60, 60], [120, 120])
    assert fisher_exact([[22, 28], [60, 60]], "less").pvalue > 0.025 / 2
    assert not revisions.fell([22, 30], [50, 60], [60, 60], [120, 120])
    assert not revisions.fell(np.zeros(2), np.zeros(2), np.zeros(2), np.zeros(2))


@pytest.mark.parametrize(
    ("chance", "days_lost", "market_fell", "reason"),
    [
        (0.5, 0.3, True, None),
        (0.2, 0.3, True, None),
        (float("nan"), 0.3, True, None),
        (0.19, 0.1, True, "internal"),
        (0.19, 0.09, True, "external"),
        (0.19, 0.0, False, "forecast"),
    ],
)
def test_the_reason_that_fits(chance, days_lost, market_fell, reason):
    assert revisions.reason_for(chance, days_lost, market_fell=market_fell) == reason
