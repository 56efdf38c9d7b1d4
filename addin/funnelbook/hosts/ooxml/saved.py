"""When a program for workbooks last saved a package, as it tells itself: what writes it anew here leaves that part alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from funnelbook.hosts.ooxml.package import Package

_CORE, _APP = "docProps/core.xml", "docProps/app.xml"
_MODIFIED = re.compile(rb"<(?:\w+:)?modified\b[^>]*>\s*([^<]+?)\s*</")


def last_saved(package: Package) -> datetime | None:
    """The moment, with its zone; None where the package does not tell. Source: ECMA-376 part 2, core properties.

    LibreOffice writes what its clock showed and calls it UTC (seen in 7.4), so that of its files the moment is this computer's time.
    """
    found = _MODIFIED.search(package.read(_CORE)) if _CORE in package else None
    try:
        moment = datetime.fromisoformat(found[1].decode()) if found else None
    except ValueError:
        return None
    if moment and _APP in package and b"<Application>LibreOffice" in package.read(_APP):
        return moment.replace(tzinfo=None).astimezone()
    return moment.replace(tzinfo=moment.tzinfo or UTC) if moment else None
