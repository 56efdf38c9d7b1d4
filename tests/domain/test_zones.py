"""Time zones: names and offsets are found, a country has its own, times are told as another library tells them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from dateutil import tz
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.domain import zones

AT = st.datetimes(datetime(2000, 1, 1), datetime(2035, 12, 31))
NAMES = st.sampled_from(["Asia/Shanghai", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Sydney"])


@given(AT, NAMES, st.integers(-11, 12))
def test_a_time_is_told_in_another_zone_as_dateutil_tells_it(at, name, hours):
    told = zones.told_in(zones.named(name), at, timezone(timedelta(hours=hours)))
    assert told == at.replace(tzinfo=tz.tzoffset(None, hours * 3600)).astimezone(tz.gettz(name)).replace(tzinfo=None)


@given(st.sampled_from("+-"), st.integers(0, 13), st.sampled_from([0, 15, 30, 45]), st.sampled_from(["", "UTC", "GMT"]))
def test_an_offset_is_a_zone(sign, hours, minutes, before):
    away = timedelta(hours=hours, minutes=minutes)
    meant = timezone(-away if sign == "-" else away)
    assert zones.named(f"{before}{sign}{hours:02}:{minutes:02}") == meant
    assert zones.named(f"{before}{sign}{hours:02}{minutes:02}") == meant


@pytest.mark.parametrize("text", ["Asia/Nowhere", "", "+25:00", "+08:99", "北京"])
def test_what_is_no_zone_is_refused(text):
    with pytest.raises(ValueError):
        zones.named(text)


def test_names_are_found_however_they_are_typed():
    assert zones.named("america/new york") == zones.named("America/New_York")


@pytest.mark.parametrize(
    ("country", "name", "zone"),
    [("CN", None, "Asia/Shanghai"), ("JP", None, "Asia/Tokyo"), ("FR", None, "Europe/Paris"), ("US", "America/Chicago", "America/Chicago")],
)  # fmt: skip
def test_a_workbook_has_the_zone_that_is_named_else_that_of_its_country(country, name, zone):
    assert zones.home(country, name) == zones.named(zone)


def test_a_country_of_several_zones_has_that_of_the_computer():
    assert zones.home("US") is None
    assert zones.told_in(None, datetime(2026, 5, 1), UTC) == datetime.fromtimestamp(
        datetime(2026, 5, 1, tzinfo=UTC).timestamp()
    )
