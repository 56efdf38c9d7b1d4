"""Company names that are probably one company's (重复客户), written the same or nearly so."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import pandas as pd

from funnelbook.domain.dtypes import At, Counts, Objects

MOST_APART = 2  # characters to put in or take out; one that is changed counts as both
LARGEST_SHARE = 0.1  # of the characters of both names that may be apart
SHORTEST = 4  # characters; shorter ones are names of people, and those repeat
MOST_SAME = 3  # a name in more rows is how the list is kept, such as a row a deal
_NEIGHBOURS = 5
_LEGAL_FORM = re.compile(
    r"(?:股份)?有限(?:责任)?公司|公司\s*(?=\0|$)|\b(?:ltd|limited|inc|llc|corp|corporation|co|company|plc|gmbh)\b"
)
_NO_LETTER, _NO_NUMBER = re.compile(r"(?:[^\w\0]|_)+"), re.compile(r"[^\d一二三四五六七八九十\0]+")


def distance(one: str, other: str, most: int = MOST_APART) -> int:
    """Characters to put in or take out to make one text the other (Indel); `most` + 1 for more than that."""
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    one, other = one[same:], other[same:]
    if not (one and other):
        return min(len(one) + len(other), most + 1)
    if most == 0:
        return 1
    return min(most, distance(one[1:], other, most - 1), distance(one, other[1:], most - 1)) + 1


try:
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import cpdist

    def _apart(one: Objects, other: Objects) -> Counts:
        """How many characters each text is from the other; beyond MOST_APART one more than that."""
        return cpdist(one, other, scorer=Indel.distance, score_cutoff=MOST_APART, dtype=np.int64)
except ImportError:  # a platform it is not built for: the same numbers, later

    def _apart(one: Objects, other: Objects) -> Counts:
        return np.array([distance(a, b) for a, b in zip(one, other, strict=True)], dtype=np.int64)


def repeats(names: pd.Series) -> At:
    """Position of the first name that each one probably repeats, -1 where there is none: the same, or a slip of the pen apart.

    Compared without legal form (有限公司, Ltd), marks, case and width. Names with different numbers in them are different (一店,
    二店). Only neighbours are compared in the alphabetical order of the names and in that of the names read backwards
    (sorted neighbourhood, Hernández and Stolfo 1995), so the time grows with the number of names. Source: method C3.
    """
    code, uniques = pd.factorize(np.array(_stems(names), dtype=object))
    found = np.full(len(names), -1, dtype=np.intp)
    rows = np.flatnonzero(code >= 0)
    _, first, counts = np.unique(code[rows], return_index=True, return_counts=True)
    first = rows[first]
    same = rows[(counts[code[rows]] <= MOST_SAME) & (first[code[rows]] != rows)]
    found[same] = first[code[same]]
    left, right = _close(uniques[counts <= MOST_SAME])
    kept = first[counts <= MOST_SAME]
    earlier, later = np.minimum(kept[left], kept[right]), np.maximum(kept[left], kept[right])
    nearest = np.full(len(names), len(names), dtype=np.intp)
    np.minimum.at(nearest, later, earlier)
    return np.where(nearest < len(names), nearest, found)


def _stems(names: pd.Series) -> list[str | None]:
    """What of each name is compared; None for none and for short ones. All are looked at as one text, each between zeros."""
    told = "\0".join(
        "" if blank else str(name).replace("\0", " ") for name, blank in zip(names, names.isna(), strict=True)
    )
    told = _LEGAL_FORM.sub(" ", unicodedata.normalize("NFKC", told).casefold())
    return [stem if len(stem) >= SHORTEST else None for stem in _NO_LETTER.sub("", told).split("\0")]


def _close(stems: Objects) -> tuple[At, At]:
    """Positions of pairs of distinct stems a slip apart."""
    if not len(stems):
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
    length = np.fromiter(map(len, stems), dtype=int, count=len(stems))
    number = pd.factorize(np.array(_NO_NUMBER.sub("", "\0".join(stems)).split("\0"), dtype=object))[0]
    backwards = np.array([stem[::-1] for stem in stems], dtype=object)
    orders = [np.argsort(text, kind="stable") for text in (stems, backwards)]
    steps = range(1, _NEIGHBOURS + 1)
    left = np.concatenate([order[:-step] for order in orders for step in steps])
    right = np.concatenate([order[step:] for order in orders for step in steps])
    allowed = np.minimum(MOST_APART, LARGEST_SHARE * (length[left] + length[right]))
    worth = (number[left] == number[right]) & (np.abs(length[left] - length[right]) <= allowed)
    left, right, allowed = left[worth], right[worth], allowed[worth]
    apart = _apart(stems[left], stems[right])
    return left[apart <= allowed], right[apart <= allowed]
