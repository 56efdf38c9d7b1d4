"""Time zones: which one a workbook's clocks show, and times of another one told in it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

Zone = tzinfo | None  # None: that of this computer
_MAIN = {"CN": "Asia/Shanghai"}  # of countries that have several
_OFFSET = re.compile(r"(?:utc|gmt)?([+-])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_FARTHEST = timedelta(hours=14)


def named(text: str) -> tzinfo:
    """The zone of a name (Asia/Shanghai, any case) or an offset (+08:00, UTC+8). ValueError when there is none."""
    if found := _OFFSET.fullmatch(text):
        away = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        if away > _FARTHEST or int(found[3] or 0) > 59:
            raise ValueError(text)
        return timezone(-away if found[1] == "-" else away)
    name = _names().get(text.casefold().replace(" ", "_"))
    if name is None:
        raise ValueError(text)
    return ZoneInfo(name)


def home(country: str, name: str | None = None) -> Zone:
    """The zone of a workbook: the one named, else the main one of its country, else that of this computer."""
    if name:
        return named(name)
    main = _MAIN.get(country) or _only_zones().get(country)
    return ZoneInfo(main) if main else None


def told_in(zone: Zone, moment: datetime, of: tzinfo) -> datetime:
    """What clocks of a zone show when those of another show `moment`."""
    return moment.replace(tzinfo=of).astimezone(zone).replace(tzinfo=None)


@cache
def _names() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


@cache
def _only_zones() -> dict[str, str]:
    """The zone of each country that has only one, by its code. Source: zone.tab of the tz database."""
    lines = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8").splitlines()
    zones: dict[str, list[str]] = {}
    for line in lines:
        if not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            zones.setdefault(country, []).append(zone)
    return {country: of[0] for country, of in zones.items() if len(of) == 1}
