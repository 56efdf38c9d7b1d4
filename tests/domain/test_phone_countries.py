"""Phone numbers by the country of a workbook: what is written as at home, with the country's code, or from abroad is one number."""

from __future__ import annotations

import pandas as pd
import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from funnelbook.domain import phone

COUNTRIES = ["US", "DE", "FR", "GB", "JP", "HK", "IN", "AU", "SG", "ES"]
WIDE = str.maketrans("0123456789+", "０１２３４５６７８９＋")


@st.composite
def spellings(draw) -> tuple[str, str, str]:
    """A country, a number of it as people write it, and the number with its code."""
    country = draw(st.sampled_from(COUNTRIES))
    kind = draw(st.sampled_from([PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE]))
    number = phonenumbers.example_number_for_type(country, kind)
    form = draw(st.sampled_from([PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.E164]))
    said = phonenumbers.format_number(number, form).replace(" ", draw(st.sampled_from([" ", "  ", "-"])))
    whole = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return country, said.translate(WIDE) if draw(st.booleans()) else said, whole


@given(spellings())
def test_a_number_is_one_number_however_it_is_written_in_its_country(spelling):
    country, said, whole = spelling
    at_home = phone.normalise(said, country)
    assert at_home == phone.normalise(whole, country)
    assert at_home.isdecimal()
    assert phone.normalise(whole) == whole, "in China it has its code"
    assert phone.one_spelling(pd.Series([said, whole]), country).nunique() == 1


@pytest.mark.parametrize(
    ("said", "country", "number", "shown"),
    [
        ("(415) 555-0132", "US", "4155550132", "41****0132"),
        ("+1 415 555 0132", "US", "4155550132", "41****0132"),
        ("+86 138 0013 8000", "US", "+8613800138000", "+86****8000"),
        ("030 123456", "DE", "030123456", "0****3456"),
    ],
)
def test_a_number_abroad(said, country, number, shown):
    assert phone.normalise(said, country) == number
    assert phone.mask(said, country) == shown


def test_an_american_number_of_ten_digits_is_no_chinese_one():
    assert phone.can_be("1380013800", "US")
    assert not phone.can_be("1380013800"), "a mobile number that lost a digit"
