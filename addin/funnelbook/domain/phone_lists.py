"""All numbers of many customers, of whom some have several."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from funnelbook.domain import phone
from funnelbook.domain.dtypes import At, Flags, Objects

_COUNTRY_CODE = re.compile(r"^(?:00)?86(?=1\d{10}$)")  # China's before a mobile number
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


def _every(said: str, country: str) -> list[str]:
    """The numbers in a phone; an extension is part of one. What is none in one spelling is its digits, without China's code."""
    if country == phone.HOME and said.isdecimal():
        return [_COUNTRY_CODE.sub("", said)]
    numbers = dict.fromkeys(phone.every(said, country))
    whole = [one for one in numbers if not any(other.startswith(f"{one},") for other in numbers)]
    digits = _NO_DIGIT.sub("", said)
    return whole or [text for text in (_COUNTRY_CODE.sub("", digits) if country == phone.HOME else digits,) if text]
