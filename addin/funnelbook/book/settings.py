"""The Settings table: keys, defaults, meanings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime

import pandas as pd

from funnelbook.book import values
from funnelbook.book.ports import ListObject
from funnelbook.domain import periods


@dataclass(frozen=True)
class Settings:
    """Values of the Settings table, the defaults of workbook.md where a key is missing or blank."""

    period: str | None = None
    language: str = "zh"
    min_cases: int = 20
    prior_cases: float = 20.0
    interval: float = 0.95
    rate_window_days: float = 365.0
    mature_weeks: float | None = None
    shape_tau: float = 0.25
    fairness: float = 0.5
    pace_weeks: int = 4
    max_tries_per_day: int = 2
    email_wait_days: int = 3
    visit_days_high: int = 30
    visit_days_mid: int = 60
    visit_days_low: int = 90
    value_high: float = 50000.0
    value_mid: float = 10000.0
    stale_days: int = 30
    reward_days: int = 15
    seed: int = 1

    @classmethod
    def from_frame(cls, frame: pd.DataFrame) -> tuple[Settings, pd.DataFrame]:
        """The settings of a Settings table (key, value, row) and the rows of it that cannot be used, with `code` why."""
        given: dict[str, object] = {}
        bad = []
        for row in frame.itertuples():
            key = str(row.key).strip().casefold()
            if key not in MEANINGS:
                bad.append((row.row, "key", row.key, "unknown_setting"))
                continue
            value = _usable(key, row.value)
            if value is values.BAD:
                bad.append((row.row, "value", row.value, "bad_setting"))
            elif value is not None:
                given[key] = value
        return cls(**given), pd.DataFrame(bad, columns=["row", "column", "value", "code"])


def language_in(place: ListObject | None, cells: Callable[[str], list[list[object]]]) -> str:
    """The language a workbook's Settings table asks for, read without the rest of it; zh where there is none."""
    if place is None:
        return Settings.language
    area = place.area
    rows = [row[area.left - 1 : area.right] for row in cells(place.sheet)[area.top : area.bottom]]
    said = next((row[1] for row in rows if str(row[0]).strip().casefold() == "language"), None)
    found = _usable("language", said)
    return Settings.language if found in (None, values.BAD) else str(found)


# key -> what it means in Chinese and English
MEANINGS: dict[str, tuple[str, str]] = {
    "period": (
        "统计期间，如 2026-05、2026-Q2；不填为当月",
        "Planning period, e.g. 2026-05 or 2026-Q2; blank: the current month",
    ),
    "language": ("结果的语言：zh 中文，en 英文", "Language of the results: zh or en"),
    "min_cases": ("样本少于此数时标为估计值", "Below so many cases a rate is marked as an estimate"),
    "prior_cases": ("经验值相当于多少个样本", "How many cases the prior is worth"),
    "interval": ("转化率区间的把握程度", "Coverage of the rates' interval"),
    "rate_window_days": ("转化率只看最近多少天", "Rates look back so many days"),
    "mature_weeks": (
        "满多少周才计入转化率；不填为停留天的 3 倍",
        "Weeks until a case counts in a rate; blank: 3 x dwell",
    ),
    "shape_tau": ("偏离理想多少才算过多或过少", "How far from the ideal is too many or too few"),
    "fairness": ("分解目标：0 按产能，1 平均", "Splitting targets: 0 by capacity, 1 equally"),
    "pace_weeks": ("按最近几周的速度预测", "The forecast uses the pace of so many weeks"),
    "max_tries_per_day": ("同一号码每天最多拨几次", "Most tries of a number in a day"),
    "email_wait_days": ("邮件几天没回就打电话", "Days an e-mail may stay unanswered"),
    "visit_days_high": ("高价值客户回访间隔天", "Days between visits, high value"),
    "visit_days_mid": ("中价值客户回访间隔天", "Days between visits, middle value"),
    "visit_days_low": ("低价值客户回访间隔天", "Days between visits, low value"),
    "value_high": ("高价值客户的金额下限", "Amount from which a customer is of high value"),
    "value_mid": ("中价值客户的金额下限", "Amount from which a customer is of middle value"),
    "stale_days": ("多少天没联系算沉睡", "Days without contact until a customer is stale"),
    "reward_days": ("期末后多少天内兑现奖惩", "Days after the period within which rewards are paid"),
    "seed": ("模拟用的随机种子", "Seed of the simulations"),
}
_TYPES = {field.name: str(field.type) for field in fields(Settings)}
_BETWEEN_0_AND_1 = {"interval", "fairness"}


def _usable(key: str, value: object) -> object:
    """The value as the key's type; None for a blank, BAD when it is not usable."""
    if value is None or value == "":
        return None
    if key == "period":
        return _period(value)
    if key == "language":
        said = values.fold(str(value)).casefold()
        return {"zh": "zh", "中文": "zh", "zh-cn": "zh", "en": "en", "英文": "en", "english": "en"}.get(
            said, values.BAD
        )
    number = values.number(value)
    if number is values.BAD or number is None:
        return number
    if number < 0 or (key in _BETWEEN_0_AND_1 and number > 1) or (key == "interval" and not 0 < number < 1):
        return values.BAD
    if _TYPES[key] == "int":
        return int(number) if float(number).is_integer() else values.BAD
    return number


def _period(value: object) -> object:
    """The text of a period; a date Excel made of 2026-05 means its month, a bare year its year."""
    said = value if isinstance(value, date | datetime) else values.text(value)
    try:
        return periods.parse(said).label
    except ValueError:
        return values.BAD
