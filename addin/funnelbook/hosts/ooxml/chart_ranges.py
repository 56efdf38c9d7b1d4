"""Charts whose ranges follow tables that have grown, with what the new rows hold in their caches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from funnelbook.hosts.ooxml.cell_xml import number_text, serial
from funnelbook.hosts.ooxml.follow import Follower, text_of
from funnelbook.hosts.ooxml.growth import Growth
from funnelbook.hosts.ooxml.references import Reference, references
from funnelbook.hosts.ooxml.xmlscan import Edit, Element, escape_text, plain, scan, splice, with_attribute

_DEPTH = 20
_CACHES = ("numCache", "strCache", "multiLvlStrCache", "lvl", "dlblRangeCache")
_ONE_CELL = ("tx", "title")


def followed(xml: bytes, home: str, follower: Follower, date1904: bool) -> bytes:
    """A chart part, of either kind (c: and cx:), on a sheet `home`. ValueError when it is not XML."""
    return splice(xml, _Chart(xml, home, follower, date1904).edits(scan(xml, _DEPTH), ()))


class _Chart:
    def __init__(self, xml: bytes, home: str, follower: Follower, date1904: bool) -> None:
        self.xml, self.home, self.follower, self.date1904 = xml, home, follower, date1904

    def edits(self, element: Element, above: Sequence[str]) -> Iterator[Edit]:
        names = (*above, element.name)
        for child in element.children:
            if child.name not in ("f", "sqref"):
                yield from self.edits(child, names)
                continue
            one_cell = any(name in _ONE_CELL for name in names)
            change = self.follower.cell if one_cell else self.follower.series
            edits = text_of(self.xml, child, lambda text, change=change: change(text, self.home))
            yield from edits
            if edits and child.name == "f":
                caches = [e for e in element.children if e.name in _CACHES]
                yield from self._caches(plain(self.xml[child.open_end : child.close]), caches)

    def _caches(self, old: str, caches: Sequence[Element]) -> Iterator[Edit]:
        """Points of the rows that came below; a cache of several ranges, or of rows written anew, goes: it is made when the file
        is opened."""
        found = list(references(old))
        if any(growth.anew for growth in self.follower.growths):
            yield from ((e.start, e.end, b"") for e in caches)
            return
        if len(found) != 1:
            yield from ((e.start, e.end, b"") for e in caches if e.name.endswith("Cache"))
            return
        columns = list(
            range(found[0].right, found[0].left - 1, -1)
        )  # the innermost level of a category is the last column
        for cache in caches:
            levels = cache.children if cache.name == "multiLvlStrCache" else [cache]
            levels = [e for e in levels if e.name != "ptCount"]
            for level, column in zip(levels, columns if len(levels) > 1 else columns[-1:], strict=False):
                new = self._new_values(found[0], column)
                if new:
                    yield from self._longer(cache, level, new)

    def _new_values(self, of: Reference, column: int) -> list[object]:
        """What stands in a column below a range as it was, down to where it ends now."""
        values: list[object] = []
        bottom = of.bottom
        for growth in self.follower.growths:
            if (
                of.sheets
                and isinstance(growth, Growth)
                and growth.sheet.casefold() == of.sheets[0].casefold()
                and growth.covers(of.left, of.top, of.right, bottom)
            ):
                ends = growth.end_of(bottom)
                values += [growth.added.get(row, {}).get(column) for row in range(bottom + 1, ends + 1)]
                bottom = ends
        return values

    def _longer(self, cache: Element, level: Element, values: Sequence[object]) -> Iterator[Edit]:
        p = f"{level.prefix}:" if level.prefix else ""
        counted = cache.child("ptCount")
        if level.name == "lvl" and "ptCount" in level.attributes:  # cx:
            old = int(level.attributes["ptCount"])
            tag = with_attribute(self.xml[level.start : level.open_end], "ptCount", str(old + len(values)))
            yield level.start, level.open_end, tag
        elif counted:
            old = int(counted.attributes.get("val", "0"))
            tag = self.xml[counted.start : counted.open_end]
            if level is cache or level is cache.children[1]:
                yield counted.start, counted.open_end, with_attribute(tag, "val", str(old + len(values)))
        else:
            return
        numbers = level.name == "numCache" or "formatCode" in level.attributes
        points = ""
        for at, value in enumerate(values, old):
            if (text := self._text(value, numbers)) is not None:
                body = escape_text(text)
                points += (
                    f'<{p}pt idx="{at}"><{p}v>{body}</{p}v></{p}pt>' if counted else f'<{p}pt idx="{at}">{body}</{p}pt>'
                )
        last = next((e.end for e in reversed(level.children) if e.name in ("pt", "ptCount")), level.open_end)
        yield last, last, points.encode()

    def _text(self, value: object, number: bool) -> str | None:
        """A value as a point of a cache; None where it has none."""
        match value:
            case None | "":
                return None
            case bool():
                return str(int(value)) if number else str(value).upper()
            case int() | float():
                return number_text(float(value))
            case date():
                return number_text(serial(value, self.date1904))
            case _:
                return None if number else str(value)
