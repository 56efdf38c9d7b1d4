"""All numbers of many customers, of whom some have several."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from funnelbook.domain import phone
from funnelbook.domain.dtypes import At, Flags, Objects

_COUNTRY_CODE = re.compile(r"^(?:00)?86(?=1\d{10}$)")  # China's before a mobile number
_BESIDE = r"[\s().\-‐-―−]+"
_OF_HOME = r"(?:\+?86)?1[3-9]\d{9}|(?:010|02\d)[2-9]\d{7}|0[3-9]\d{2}[2-9]\d{6,7}|[48]00\d{7}|\+\d+"
_FORMS = {  # by whether names are Chinese: countries and their numbers as dialled at home; Excel drops the 0 of a number
    False: {
        "GB": r"0?7\d{9}|01\d{8,9}|0[23]\d{9}",
        "US": r"1?[2-9]\d{2}[2-9]\d{6}",
        "AU": r"0[2-478]\d{8}",
    },
    True: {"TW": r"09\d{8}|0[2-8]\d{7,8}"},
}
_FEWEST, _MOST, _MOST_AT_HOME = 3, 0.8, 0.5  # numbers; of them
_NO_DIGIT = re.compile(r"\D")


def each(phones: pd.Series, country: str) -> tuple[At, Objects]:
    """(position, number) of all numbers in phones, row by row, each in one spelling; none for blanks."""
    codes, texts = pd.factorize(phones)
    every = [*(_every(str(text), country) for text in texts), []]
    sizes = np.array([*map(len, every)])
    starts, there = np.cumsum(sizes) - sizes, sizes[codes]
    flat = np.array([one for of in every for one in of], dtype=object)
    within = np.arange(there.sum()) - np.repeat(np.cumsum(there) - there, there)
    return np.repeat(np.arange(len(phones)), there), flat[np.repeat(starts[codes], there) + within]


def sharing(phones: pd.Series, marked: Flags, country: str) -> Flags:
    """Which customers have a number of one that is marked, themselves among them."""
    at, number = each(phones, country)
    which = pd.factorize(number)[0]
    found = marked.copy()
    found[at[np.isin(which, which[marked[at]])]] = True
    return found


def other_country(phones: pd.Series, chinese: bool) -> tuple[str, Flags] | None:
    """The country whose numbers most of the phones of a book of China are, as they are dialled in it, and which; None where most are
    Chinese or it is not clear.

    `chinese`: whether the customers' names are. Told by how many digits the numbers of each country have and what they begin with;
    libphonenumber's tables overlap too much for it. Source: ITU national numbering plans.
    """
    digits = phones.dropna().astype(str).str.replace(_BESIDE, "", regex=True)
    if digits.nunique() < _FEWEST or digits.str.fullmatch(_OF_HOME).mean() > _MOST_AT_HOME:
        return None
    for country, form in _FORMS[chinese].items():
        fits = digits.str.fullmatch(form) & ~digits.str.fullmatch(_OF_HOME)
        if fits.mean() >= _MOST:
            return country, fits.reindex(phones.index, fill_value=False).to_numpy(bool)
    return None


def _every(said: str, country: str) -> list[str]:
    """The numbers in a phone; an extension is part of one. What is none in one spelling is its digits, without China's code."""
    if country == phone.HOME and said.isdecimal():
        return [_COUNTRY_CODE.sub("", said)]
    numbers = dict.fromkeys(phone.every(said, country))
    whole = [one for one in numbers if not any(other.startswith(f"{one},") for other in numbers)]
    digits = _NO_DIGIT.sub("", said)
    return whole or [text for text in (_COUNTRY_CODE.sub("", digits) if country == phone.HOME else digits,) if text]
