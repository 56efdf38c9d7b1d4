"""Formulas of the daily work: the call list, the next contact, care, working days, phone numbers."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pandas as pd

from funnelbook.book.channel_words import is_call
from funnelbook.book.codes import word, word_or_own
from funnelbook.book.ports import CellError
from funnelbook.book.settings import Settings
from funnelbook.book.values import text as as_text
from funnelbook.domain import arrivals, care, clock, followup, history, periods, phone
from funnelbook.domain.dtypes import Moments, Numbers
from funnelbook.domain.festivals import FIRST_YEAR, LAST_YEAR, UnknownYears
from funnelbook.domain.forecast import Past, forecast, learn
from funnelbook.domain.history import Timeline
from funnelbook.domain.stays import day_number, stays
from funnelbook.domain.tiers import Tiers
from funnelbook.domain.workdays import WorkCalendar
from funnelbook.formulas import cells as c
from funnelbook.formulas import tables as t
from funnelbook.formulas.answers import cell_by_cell, passed_through, spread
from funnelbook.formulas.cells import Grid
from funnelbook.formulas.errors import NA, NUM, VALUE, Explained, FormulaError
from funnelbook.formulas.formula import Argument, Formula
from funnelbook.results.situation import LOOK_AHEAD
from funnelbook.words import texts

_CALL_COLUMNS = ("rank", "id", "name", "contact", "phone", "tier", "why", "due", "next_purpose", "last_contact")
_CARE_COLUMNS = ("id", "name", "owner", "event", "due", "template")
_MOST_DAYS = 3_660  # ten years ahead; a typing slip must not keep Excel busy for minutes
_RULES = pd.DataFrame(
    [("guidance", 1.0, None), ("guidance", 7.0, None), ("guidance", 30.0, None)]
    + [("visit", np.nan, value) for value in (care.HIGH, care.MID, care.LOW)]
    + [("festival", np.nan, None), ("birthday", np.nan, None)],
    columns=["event", "days", "value_class"],
).assign(template=None)


def calls(
    customers: Grid, activities: Grid, person: str, as_of: date, limit: float | None = None, *, language: str
) -> Grid:
    """The call list of a person, best first, under its headers. Source: method E2, numbers.md 9.

    Tiers, cadences and chances are the defaults of workbook.md, as no Tiers table is given.
    """
    inputs = t.read(as_of, Customers=customers, Activities=activities)
    tiers = inputs.tiers
    known = inputs.frames["Customers"]
    known = known.assign(tier=tiers.encode(known["tier"]))
    done = inputs.frames["Activities"]
    done = done[done["at"] < pd.Timestamp(as_of) + pd.Timedelta(days=1)]
    done = done.assign(
        customer=pd.Index(known["id"]).get_indexer(done["id"].to_numpy(object)),
        tier_after=tiers.encode(done["tier_after"]),
        is_call=is_call(done["channel"]),
    )
    line = history.timeline(known, done, None, None, tiers, as_of)
    current = known.assign(tier=line.current["tier"].to_numpy())
    his = (current["owner"] == person).to_numpy() & (current["tier"] >= 0).to_numpy()
    mine = current[his].reset_index(drop=True)
    if mine.empty:
        raise FormulaError(NA, "no_customers_of", person=person)
    chance = _chances(known, line, tiers, as_of)[his]
    values = known["expected_value"].median()
    latest = followup.latest_activity(current, done)[his].reset_index(drop=True)
    listed = followup.call_list(
        mine,
        latest,
        tiers,
        as_of,
        promise=followup.promises(mine, latest),
        tries=followup.tries_of_the_day(current, done, as_of)[his],
        chance=chance,
        median_amount=1.0 if math.isnan(values) else float(values),
        calendar=WorkCalendar.plain(),
        limit=None if limit is None else int(limit),
        max_tries=Settings().max_tries_per_day,
    )
    rows = mine.iloc[listed["customer"].to_numpy()].reset_index(drop=True)
    shown = pd.DataFrame(
        {name: rows[name] for name in ("id", "name", "contact", "phone", "next_purpose")}
        | {
            "rank": np.arange(1.0, len(rows) + 1),
            "tier": tiers.decode(rows["tier"]),
            "why": [word("why", why, language) for why in listed["why"]],
            "due": listed["due"],
            "last_contact": listed["last_contact"],
        }
    )
    return _headed(shown, _CALL_COLUMNS, language)


def _chances(known: pd.DataFrame, line: Timeline, tiers: Tiers, as_of: date) -> Numbers:
    """Chance of an order of each customer in what is left of the month, at least `LOOK_AHEAD` days; NaN without an open case."""
    of = stays(line, tiers, [], as_of)
    born = arrivals.born(known["created"].to_numpy("datetime64[D]"), line.first_seen)
    past = Past(of, born, np.zeros(len(known), dtype=np.intp), tiers, WorkCalendar.plain(), 0)
    days = max(LOOK_AHEAD, clock.days_left(periods.month_of(as_of).end, as_of))
    found = np.full(len(known), np.nan)
    found[of.customer[of.at(day_number(as_of))]] = forecast(learn(past, as_of), days).p
    return found


def next_contact(
    tier: Grid, last_contact: Grid, tiers: Tiers, calendar: WorkCalendar | None = None
) -> Grid | Moments | Numbers:
    """The day of the next contact: the tier's cadence after the last one, moved on to a working day. Source: numbers.md 9."""
    height, width = max(len(tier), len(last_contact)), max(len(tier[0]), len(last_contact[0]))
    codes, last = (spread(block, height, width) for block in (tier, last_contact))
    number = t.numbers_of(tiers, c.objects(c.flat(codes)))
    due = followup.next_contact(number, t.as_days(last), tiers.cadence_days, calendar or WorkCalendar.plain())
    unknown = np.isnat(due)
    if not unknown.any():
        return due.reshape(height, width)
    answers = due.astype("datetime64[s]").astype(object)
    for i in np.flatnonzero(unknown):
        at = divmod(int(i), width)
        answers[i] = _why_no_day(codes[at[0]][at[1]], last[at[0]][at[1]], number[i])
    return answers.reshape(height, width).tolist()


def _why_no_day(tier: object, last: object, number: int) -> CellError:
    for value in (tier, last):
        if isinstance(value, CellError):
            return passed_through(value)
    if tier is None or last is None:
        return Explained(FormulaError(NA, "blank"))
    if number < 0:
        return Explained(FormulaError(NA, "unknown_tier", value=tier))
    return Explained(FormulaError(VALUE, c.no_day(last), row=1, column=1, value=last))


def care_due(
    customers: Grid, orders: Grid, as_of: date, days: float, rules: Grid | None = None, *, language: str
) -> Grid:
    """Care due in the next `days` days, the day itself included, under its headers. Source: method F, numbers.md 10."""
    ranges = {"Customers": customers, "Orders": orders} | ({"CareRules": rules} if rules is not None else {})
    inputs = t.read(as_of, **ranges)
    known, bought = inputs.frames["Customers"], inputs.frames["Orders"]
    bought = bought[(bought["status"].isna() | (bought["status"] == "valid")) & (bought["date"] <= pd.Timestamp(as_of))]
    table = inputs.frames["CareRules"] if rules is not None else _RULES
    if days > _MOST_DAYS:
        raise FormulaError(NUM, "too_large")
    setting = Settings()
    visits = {value: getattr(setting, f"visit_days_{value}") for value in (care.HIGH, care.MID, care.LOW)}
    try:
        due = care.due_events(
            known,
            bought,
            table,
            as_of,
            as_of + timedelta(days=int(days)),
            WorkCalendar.plain(),
            value_high=setting.value_high,
            value_mid=setting.value_mid,
            visit_days=visits,
        )
    except UnknownYears as error:
        raise FormulaError(NUM, "lunar_years", first=FIRST_YEAR, last=LAST_YEAR) from error
    rows = known.iloc[due["customer"].to_numpy()].reset_index(drop=True)
    event = [
        word_or_own("festival", detail, language) if detail else word("care_event", event, language)
        for event, detail in zip(due["event"], due["detail"], strict=True)
    ]
    template = table["template"].to_numpy(object)[due["rule"].to_numpy()]
    shown = rows[["id", "name", "owner"]].assign(event=event, due=due["due"], template=template)
    return _headed(shown, _CARE_COLUMNS, language)


def _headed(frame: pd.DataFrame, names: tuple[str, ...], language: str) -> Grid:
    """Rows under the headers of the language; the headers alone when there are none."""
    rows = zip(*(frame[name].tolist() for name in names), strict=True)
    return [[texts(f"columns.{name}", language)[0] for name in names], *map(list, rows)]


def workdays(from_day: Grid, to_day: Grid, calendar: WorkCalendar | None = None) -> Grid:
    """Working days, both ends included; 0 when the last day precedes the first. Source: numbers.md 4."""
    known = calendar or WorkCalendar.plain()

    def between(first: object, last: object) -> object:
        if first is None or last is None:
            raise FormulaError(NA, "blank")
        return float(known.count(c.day([[first]]), c.day([[last]])))

    return cell_by_cell(between, from_day, to_day)


def phone_of(text: Grid, country: str | None = None) -> Grid:
    """The number in one spelling, as text; a blank stays blank. Source: workbook.md FB_PHONE."""
    home = _country(country)

    def normal(value: object) -> object:
        said = as_text(value)
        found = phone.normalise(said, home) if said else ""
        if found is None:
            raise FormulaError(VALUE, "no_phone", value=said)
        return found

    return cell_by_cell(normal, text)


def mask(text: Grid, country: str | None = None) -> Grid:
    """The text as it may be shown to others. Source: workbook.md FB_MASK."""
    home = _country(country)
    return cell_by_cell(lambda value: phone.mask(as_text(value) or "", home), text)


def _country(said: str | None) -> str:
    code = phone.HOME if said is None else said.upper()
    if not phone.is_country(code):
        raise FormulaError(VALUE, "no_country", value=said)
    return code


_CUSTOMERS = Argument("customers", c.cells)

FORMULAS = (
    Formula(
        "FB_CALLS", calls, "followup",
        (
            _CUSTOMERS,
            Argument("activities", c.cells),
            Argument("person", c.text),
            Argument("as_of", c.day),
            Argument("limit", c.amount, optional=True),
        ),
        '=FB_CALLS({"客户编号","客户名称","业务员","级别","下次联系";"K1","大地公司","王芳","B",46143;"K2","海天公司","王芳","E",""}, '
        '{"时间","客户编号";46140,"K1"}, "王芳", 46143)',
        (
            ("名次", "客户编号", "客户名称", "联系人", "电话", "级别", "原因", "到期日", "下次目的", "上次联系"),
            (1.0, "K1", "大地公司", "", "", "B", "约定", "2026-05-01", "", "2026-04-28"),
            (2.0, "K2", "海天公司", "", "", "E", "新客户", "", "", ""),
        ),
        speaks=True,
    ),
    Formula(
        "FB_NEXT", next_contact, "followup",
        (
            Argument("tier", c.cells),
            Argument("last_contact", c.cells),
            Argument("tiers", t.tiers),
            t.CALENDAR,
        ),
        '=FB_NEXT({"A";"B"}, "2026-06-03", {"E",14;"D",7;"C",5;"B",3;"A",2})', (("2026-06-05",), ("2026-06-08",)),
    ),
    Formula(
        "FB_CARE", care_due, "followup",
        (
            _CUSTOMERS,
            Argument("orders", c.cells),
            Argument("as_of", c.day),
            Argument("days", c.amount),
            Argument("rules", c.cells, optional=True),
        ),
        '=FB_CARE({"客户编号","客户名称","业务员";"K1","大地公司","王芳"}, {"日期","客户编号","金额";46143,"K1",8000}, 46150, 0)',
        (("客户编号", "客户名称", "业务员", "事项", "到期日", "模板"), ("K1", "大地公司", "王芳", "使用指导", "2026-05-08", "")),
        speaks=True,
    ),
    Formula(
        "FB_WORKDAYS", workdays, "followup",
        (
            Argument("from_day", c.cells),
            Argument("to_day", c.cells),
            t.CALENDAR,
        ),
        '=FB_WORKDAYS("2026-06-01", "2026-06-30", {46192})', ((21.0,),),
    ),
    Formula(
        "FB_PHONE", phone_of, "followup",
        (Argument("text", c.cells), Argument("country", c.text, optional=True)),
        '=FB_PHONE({"138 0013-8000";"０１０－６２３４５６７８";"+86 13800138000"})', (("13800138000",), ("01062345678",), ("13800138000",)),
    ),
    Formula(
        "FB_MASK", mask, "followup",
        (Argument("text", c.cells), Argument("country", c.text, optional=True)),
        '=FB_MASK({"13800138000","张三丰"})', (("138****8000", "张***"),),
    ),
)  # fmt: skip
