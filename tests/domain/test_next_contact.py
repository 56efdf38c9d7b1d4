"""When a cell of the next contact counts as typed over since it was last seen, and what is remembered of it."""

import pandas as pd
import pytest

from funnelbook.domain.next_contact import NextContacts, next_contacts
from support.worked import rows

NONE_SEEN = "id | next_contact | at"


def seen(cells: str, latest: str, before: str = NONE_SEEN) -> NextContacts:
    """Of `id | next_contact` lines, the times of the latest activities in their order, and what was seen before."""
    customers = rows(cells)
    last = rows("at\n" + latest)
    last = pd.DataFrame({"at": pd.to_datetime(last["at"])}).reindex(range(len(customers)))
    return next_contacts(*(days(frame) for frame in (customers, last, rows(before))))


def days(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in ("next_contact", "at") if name in frame})


def told(of: NextContacts) -> list[str]:
    return [" ".join("-" if pd.isna(v) else str(v)[:16] for v in row) for row in of.seen.itertuples(index=False)]


def test_the_first_look_takes_the_cells_as_they_are():
    got = seen("id | next_contact\n1 | 2026-06-05\n2 | -\n3 | 2026-06-06", "2026-06-01 10:00\n2026-06-02\n-")
    assert got.edited.tolist() == [False] * 3
    assert told(got) == ["1 2026-06-05 00:00 2026-06-01 10:00", "3 2026-06-06 00:00 -"]


@pytest.mark.parametrize(
    ("cell", "latest", "was", "was_at", "edited", "remembered"),
    [
        # as it was; the call since then is remembered
        ("2026-06-05", "2026-06-01 10:00", "2026-06-05", "2026-06-01 10:00", False, ["2026-06-05 2026-06-01 10:00"]),
        ("2026-06-05", "2026-06-02 10:00", "2026-06-05", "2026-06-01 10:00", False, ["2026-06-05 2026-06-02 10:00"]),
        # typed over: what was seen stays remembered, so that it still is the next time
        ("2026-06-09", "2026-06-01 10:00", "2026-06-05", "2026-06-01 10:00", True, ["2026-06-05 2026-06-01 10:00"]),
        ("2026-06-04", "2026-06-01 10:00", "2026-06-05", "2026-06-01 10:00", True, ["2026-06-05 2026-06-01 10:00"]),
        ("-", "2026-06-01 10:00", "2026-06-05", "2026-06-01 10:00", True, ["2026-06-05 2026-06-01 10:00"]),
        ("2026-06-09", "-", "2026-06-05", "-", True, ["2026-06-05 -"]),
        # until the next activity, the first one also
        ("2026-06-09", "2026-06-01 10:01", "2026-06-05", "2026-06-01 10:00", False, ["2026-06-09 2026-06-01 10:01"]),
        ("2026-06-09", "2026-06-02 10:00", "2026-06-05", "-", False, ["2026-06-09 2026-06-02 10:00"]),
        ("-", "2026-06-02 10:00", "2026-06-05", "2026-06-01 10:00", False, []),
        # the activity is gone: nothing was said since
        ("2026-06-09", "-", "2026-06-05", "2026-06-01 10:00", True, ["2026-06-05 2026-06-01 10:00"]),
        ("2026-06-09", "2026-05-01 10:00", "2026-06-05", "2026-06-01 10:00", True, ["2026-06-05 2026-06-01 10:00"]),
        # typed into a blank one, as it was remembered then
        ("2026-06-09", "2026-06-01 10:00", "-", "2026-06-01 10:00", True, ["- 2026-06-01 10:00"]),
        ("-", "2026-06-01 10:00", "-", "2026-06-01 10:00", False, []),
    ],
)
def test_a_cell_typed_over_counts_until_the_next_activity(cell, latest, was, was_at, edited, remembered):
    got = seen(f"id | next_contact\n1 | {cell}", latest, f"id | next_contact | at\n1 | {was} | {was_at}")
    assert got.edited.tolist() == [edited]
    assert told(got) == [f"1 {day[:10]} 00:00{day[10:]}" if day[0] != "-" else f"1 {day}" for day in remembered]


def test_a_cell_that_was_blank_was_not_remembered_and_counts_as_typed_over():
    others = "id | next_contact | at\n9 | 2026-06-05 | -"
    got = seen("id | next_contact\n1 | 2026-06-09\n2 | -", "2026-06-01 10:00\n2026-06-01 11:00", others)
    assert got.edited.tolist() == [True, False]
    assert told(got) == ["1 - 2026-06-01 10:00"]
    again = next_contacts(days(rows("id | next_contact\n1 | 2026-06-09")), days(rows("at\n2026-06-01 10:00")), got.seen)
    assert again.edited.tolist() == [True]
    called = next_contacts(
        days(rows("id | next_contact\n1 | 2026-06-09")), days(rows("at\n2026-06-03 10:00")), got.seen
    )
    assert called.edited.tolist() == [False]


def test_of_two_rows_of_one_customer_the_first_was_seen():
    before = "id | next_contact | at\n1 | 2026-06-05 | -\n1 | 2026-06-09 | -"
    assert seen("id | next_contact\n1 | 2026-06-09", "-", before).edited.tolist() == [True]
