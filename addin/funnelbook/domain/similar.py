"""Company names that are probably one company's (重复客户), written the same or nearly so."""

from __future__ import annotations

import numpy as np
import pandas as pd

from funnelbook.domain.dtypes import At, Counts, Objects

MOST_APART = 2  # characters to put in or take out; one that is changed counts as both
LARGEST_SHARE = 0.1  # of the characters of both names that may be apart
SHORTEST = 4  # characters; shorter ones are names of people, and those repeat
MOST_SAME = 3  # a name in more rows is how the list is kept, such as a row a deal
_NEIGHBOURS = 5
_LEGAL_FORM = r"(?:股份)?有限(?:责任)?公司|公司\s*$|\b(?:ltd|limited|inc|llc|corp|corporation|co|company|plc|gmbh)\b"
_NOT_NUMBER = r"[^\d一二三四五六七八九十]"


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
    stem = names.astype("str").str.normalize("NFKC").str.casefold().str.replace(_LEGAL_FORM, " ", regex=True)
    stem = stem.str.replace(r"[\W_]+", "", regex=True)
    stem = stem.where(names.notna() & (stem.str.len() >= SHORTEST))
    code, uniques = pd.factorize(stem.to_numpy(object))
    found = np.full(len(names), -1, dtype=np.intp)
    rows = np.flatnonzero(code >= 0)
    _, first, counts = np.unique(code[rows], return_index=True, return_counts=True)
    first = rows[first]
    same = rows[(counts[code[rows]] <= MOST_SAME) & (first[code[rows]] != rows)]
    found[same] = first[code[same]]
    left, right = _close(pd.Series(uniques[counts <= MOST_SAME], dtype=object))
    kept = first[counts <= MOST_SAME]
    earlier, later = np.minimum(kept[left], kept[right]), np.maximum(kept[left], kept[right])
    nearest = np.full(len(names), len(names), dtype=np.intp)
    np.minimum.at(nearest, later, earlier)
    return np.where(nearest < len(names), nearest, found)


def _close(stems: pd.Series) -> tuple[At, At]:
    """Positions of pairs of distinct stems a slip apart."""
    if stems.empty:
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
    text, length = stems.to_numpy(object), stems.str.len().to_numpy(int)
    number = pd.factorize(stems.str.replace(_NOT_NUMBER, "", regex=True))[0]
    orders = [np.argsort(text, kind="stable"), np.argsort(stems.str[::-1].to_numpy(object), kind="stable")]
    steps = range(1, _NEIGHBOURS + 1)
    left = np.concatenate([order[:-step] for order in orders for step in steps])
    right = np.concatenate([order[step:] for order in orders for step in steps])
    allowed = np.minimum(MOST_APART, LARGEST_SHARE * (length[left] + length[right]))
    worth = (number[left] == number[right]) & (np.abs(length[left] - length[right]) <= allowed)
    left, right, allowed = left[worth], right[worth], allowed[worth]
    apart = _apart(text[left], text[right])
    return left[apart <= allowed], right[apart <= allowed]
