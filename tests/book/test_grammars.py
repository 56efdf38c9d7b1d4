"""What a grammar can write, the readers read back; a column of one way of writing is read as it was meant, or asked about."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.book import dates, durations, values
from funnelbook.book.dates import day_order
from funnelbook.book.person_names import Staff
from funnelbook.domain import phone
from support import spelt

DAY = date(2026, 5, 20)


def moment(text: str, order=None) -> object:
    return dates.moment(text, date1904=False, as_of=DAY, order=order)


@given(spelt.days())
def test_a_day_reads_back(spelling):
    said, meant = spelling
    assert moment(said) == datetime(meant.year, meant.month, meant.day)


@given(spelt.moments())
def test_a_moment_reads_back(spelling):
    said, meant = spelling
    assert moment(said) == meant


@given(spelt.clocks())
def test_a_time_of_day_reads_back(spelling):
    said, meant = spelling
    assert dates.clock(said) == meant.hour * 60 + meant.minute


@given(spelt.amounts())
def test_an_amount_reads_back(spelling):
    said, meant = spelling
    assert values.number(said) == pytest.approx(meant)


@given(spelt.durations())
def test_a_duration_reads_back(spelling):
    said, meant = spelling
    assert durations.minutes(said) == pytest.approx(meant)


@given(spelt.phones())
def test_a_phone_reads_back(spelling):
    said, meant = spelling
    assert phone.normalise(said) == meant


@given(
    st.lists(st.dates(date(2017, 1, 1), date(2029, 12, 31)), min_size=1, max_size=8, unique=True),
    st.sampled_from(["%m/%d/%Y", "%d/%m/%Y", "%d.%m.%y", "%m-%d-%y", "%y.%m.%d", "%d/%m/%y"]),
)
def test_a_column_of_days_is_read_as_it_was_meant_or_asked_about(meant, form):
    column = [day.strftime(form) for day in meant]
    order = day_order(column, DAY)
    wrong = [said for said, day in zip(column, meant, strict=True) if moment(said, order).date() != day]
    assert set(wrong) <= set(order.unsure)


@given(
    st.lists(st.integers(1, 10**9).map(lambda cents: cents / 100), min_size=1, max_size=8),
    st.sampled_from(["{:,.2f}", "{:.2f}", "{:,.0f}"]),
    st.sampled_from([",.", ".,", "' .", " ,"]),
)
def test_a_column_of_amounts_is_read_as_it_was_meant_or_asked_about(sizes, form, signs):
    thousands, point = signs[0], signs[-1]
    column = [form.format(size).translate(str.maketrans(",.", thousands + point)) for size in sizes]
    meant = [float(form.format(size).replace(",", "")) for size in sizes]
    told = values.fractions(column, whole=True)
    read = [values.number(said, decimal_comma=told.comma) for said in column]
    wrong = [said for said, size, got in zip(column, meant, read, strict=True) if got != pytest.approx(size)]
    assert set(wrong) <= set(told.unsure)


TEAM = ["李娜", "王小强", "Ann Baker", "O'Neill", "Renée", "欧阳明"]


@given(spelt.people(TEAM))
def test_a_person_is_known_by_any_spelling(spelling):
    said, meant = spelling
    assert Staff(TEAM).who(said) == meant


@given(spelt.placeholders())
def test_a_placeholder_is_a_blank_everywhere(said):
    assert [values.number(said), moment(said), durations.minutes(said), values.identifier(said)] == [None] * 4
    assert not values.flag(said)
