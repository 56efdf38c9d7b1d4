"""Dates and amounts as five locales write them, held against independent parsers: dateparser and babel."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from random import Random

import pytest
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, parse_decimal
from dateparser.date import DateDataParser

from funnelbook.book import dates, values
from funnelbook.book.dates import day_order
from support.cases import first

DAY = date(2026, 5, 20)
ORDERS = {"zh_CN": "YMD", "en_US": "MDY", "en_GB": "DMY", "de_DE": "DMY", "fr_FR": "DMY"}
CURRENCIES = {"zh_CN": "CNY", "en_US": "USD", "en_GB": "GBP", "de_DE": "EUR", "fr_FR": "EUR"}
SPELLINGS, COLUMNS = 200, 10
MOST_ASKED = SPELLINGS // 10
# a column is written in one way: how dates are, and what time of day follows
DATES = ["short", "medium", "long", "full", "yyyy-MM-dd", "own"]
OWN = {"zh_CN": "yyyy.M.d", "en_US": "M-d-yyyy", "en_GB": "d-MMM-yy", "de_DE": "d.M.yyyy", "fr_FR": "EEE d MMM y"}
TIMES = ["", "short", "medium"]
AMOUNTS = ["#,##0.00", "#,##0.00", "0.00", "#,##0", "#,##0.#", "0.#"]


def a_day(random: Random, form: str, times: str, locale: str) -> str:
    moment = datetime(2019, 1, 1) + timedelta(seconds=random.randrange(8 * 365 * 86400))
    day = format_date(moment, OWN[locale] if form == "own" else form, locale)
    return f"{day} {format_time(moment, times, locale=locale)}" if times else day


@pytest.mark.parametrize("locale", first(2, ORDERS))
def test_dates_are_read_as_another_parser_reads_them(locale):
    random, asked = Random(locale), 0
    judge = DateDataParser(
        languages=[locale[:2]], settings={"DATE_ORDER": ORDERS[locale], "PREFER_LOCALE_DATE_ORDER": False}
    )
    for _ in range(COLUMNS):
        form, times = random.choice(DATES), random.choice(TIMES)
        column = [a_day(random, form, times, locale) for _ in range(SPELLINGS // COLUMNS)]
        order = day_order(column, DAY)
        for text in column:
            read = dates.moment(text, date1904=False, as_of=DAY, order=order)
            if read is values.BAD or text in order.unsure:
                asked += 1
            else:
                assert read == judge.get_date_data(text).date_obj, text
    assert asked <= MOST_ASKED


def an_amount(random: Random, pattern: str, money: bool, locale: str) -> str:
    size = round(10 ** random.uniform(-1, 7), 2)
    if money:
        return format_currency(size, CURRENCIES[locale], locale=locale)
    return format_decimal(size, pattern, locale)


@pytest.mark.parametrize("locale", ORDERS)
def test_amounts_are_read_as_another_parser_reads_them(locale):
    random, asked = Random(locale), 0
    for _ in range(COLUMNS):
        pattern, money = random.choice(AMOUNTS), random.random() < 0.3
        column = [an_amount(random, pattern, money, locale) for _ in range(SPELLINGS // COLUMNS)]
        written = values.fractions(column, whole=True)
        for text in column:
            read = values.number(text, decimal_comma=written.comma)
            if read is values.BAD or text in written.unsure:
                asked += 1
            else:
                assert read == float(parse_decimal(re.sub(r"[^\d.,\s’'-]", "", text).strip(), locale)), text
    assert asked <= MOST_ASKED
