"""Two copies that both went on from a common base, cell by cell."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.domain.merge import merge
from support.worked import rows


def copy(text: str) -> pd.DataFrame:
    return rows(text).fillna("").set_index("id")


BASE = "id | name | note\nK1 | 甲 | 热\nK2 | 乙 | -"


@pytest.mark.parametrize(
    ("ours", "theirs", "take", "conflicts"),
    [
        ("甲 | 热", "甲 | 冷", [("K1", "note")], []),  # only they changed it
        ("甲 | 冷", "甲 | 热", [], []),  # only we did
        ("甲 | 冷", "甲 | 冷", [], []),  # both, to the same
        ("甲 | 温", "甲 | 冷", [], [("K1", "note")]),
        ("子 | 热", "甲 | 冷", [("K1", "note")], []),  # different cells of one row
        ("甲 | 冷", "甲 | -", [], [("K1", "note")]),  # they blanked it
        ("甲 | 热", "- | -", [("K1", "name"), ("K1", "note")], []),
    ],
)
def test_a_cell_is_theirs_where_only_they_changed_it(ours, theirs, take, conflicts):
    found = merge(copy(BASE), *(copy(f"id | name | note\nK1 | {row}\nK2 | 乙 | -") for row in (ours, theirs)))
    assert (found.take, found.conflicts, found.added, found.gone) == (take, conflicts, [], [])


def test_rows_one_side_added_or_removed():
    ours = copy("id | name | note\nK2 | 乙 | -\nK7 | 庚 | 我\nK8 | - | 我\nK9 | 壬 | 我")
    theirs = copy("id | name | note\nK9 | 癸 | 我\nK5 | 戊 | -\nK8 | 辛 | -\nK1 | 甲 | 冷\nK4 | 丁 | -")
    found = merge(copy(BASE), ours, theirs)
    # K2, which they removed, stays; K1, which they changed, is no more here; K8 and K9 are new on both sides
    assert found.added == ["K5", "K4"]
    assert found.gone == ["K1"]
    assert found.take == [("K8", "name")]
    assert found.conflicts == [("K9", "name")]


def test_what_they_left_alone_is_not_missed():
    found = merge(copy(BASE), copy("id | name | note\nK1 | 甲 | 热"), copy(BASE))
    assert found.gone == []


def test_their_columns_may_stand_in_another_order():
    theirs = copy(BASE)[["note", "name"]]
    theirs.loc["K2", "note"] = "冷"
    assert merge(copy(BASE), copy(BASE)[["note", "name"]], theirs).take == [("K2", "note")]


copies = st.dictionaries(st.sampled_from("abcd"), st.tuples(*[st.sampled_from(["", "1", "2"])] * 2))


@given(base=copies, ours=copies, theirs=copies)
def test_it_is_the_three_way_rule_cell_by_cell(base, ours, theirs):
    frames = [
        pd.DataFrame.from_dict(copy, orient="index", columns=["x", "y"], dtype=object) for copy in (base, ours, theirs)
    ]
    found = merge(*frames)
    take, conflicts = set(), set()
    for key in theirs.keys() & ours.keys():
        for column, b, o, t in zip("xy", base.get(key, ("", "")), ours[key], theirs[key], strict=True):
            if t not in (b, o):
                (take if o == b else conflicts).add((key, column))
    assert (set(found.take), set(found.conflicts)) == (take, conflicts)
    assert found.added == [key for key in theirs if key not in base and key not in ours]
    assert set(found.gone) == {key for key in base.keys() & theirs.keys() - ours.keys() if base[key] != theirs[key]}
