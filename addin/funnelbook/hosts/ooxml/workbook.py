"""What a package says about its workbook: sheets, tables, names, relationships, whichever way it is written."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from funnelbook.book.column_letters import column_letters, column_number
from funnelbook.book.ports import Area, BookError, ListObject
from funnelbook.hosts.ooxml.package import Package
from funnelbook.hosts.ooxml.xmlscan import Element, scan

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_WORKBOOK_TYPES = (
    "sheet.main+xml",
    "sheet.macroEnabled.main+xml",
    "template.main+xml",
    "template.macroEnabled.main+xml",
)
_TABLE_REF = re.compile(r"\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?", re.ASCII)
_REF = re.compile(r"(?:\$?([A-Z]{1,3}))?(?:\$?(\d+))?(?::(?:\$?([A-Z]{1,3}))?(?:\$?(\d+))?)?", re.ASCII)
LAST_ROW, LAST_COLUMN = 1_048_576, "XFD"


@dataclass(frozen=True)
class Sheet:
    """A tab. `part` is empty when the relationship leads nowhere; `kind` worksheet, chartsheet, dialogsheet ..."""

    name: str
    sheet_id: int
    part: str
    kind: str
    state: str


@dataclass(frozen=True)
class TablePart:
    part: str
    table_id: int
    listed: ListObject


class Workbook:
    """Reads a package's workbook part and what hangs on it; refuses (BookError) what is no workbook we can edit."""

    def __init__(self, package: Package) -> None:
        self.package = package
        names = {name.casefold(): name for name in package.names}
        if any(name.startswith("_xmlsignatures/") for name in names):
            raise BookError("signed", file=package.name)
        if any("/revisions/" in name for name in names):
            raise BookError("revision_log", file=package.name)
        self._by_fold = names
        main = [t for _, kind, t in self.relationships("") if kind == "officeDocument"]
        if not main or main[0].casefold() not in names:
            raise BookError("not_workbook", file=package.name)
        self.part = names[main[0].casefold()]
        self._refuse_other_kinds()

    def parsed(self, part: str, depth: int) -> tuple[bytes, Element]:
        """A part in UTF-8 and its elements; BookError when it is not XML."""
        with self.package.reading(part):
            xml = self.package.text(part)
            return xml, scan(xml, depth)

    def relationships(self, part: str) -> list[tuple[str, str, str]]:
        """(id, kind, target part) of what a part leads to inside the package; "" is the package itself."""
        rels = rels_name(part)
        if rels.casefold() not in self._by_fold:
            return []
        _, root = self.parsed(self._by_fold[rels.casefold()], 1)
        folder = posixpath.dirname(part)
        found = []
        for child in root.children:
            attributes = child.attributes
            if attributes.get("TargetMode") != "External" and "Target" in attributes:
                target = attributes["Target"]
                path = (
                    target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                )
                kind = attributes.get("Type", "").rsplit("/", 1)[-1]
                found.append((attributes.get("Id", ""), kind, self._by_fold.get(path.casefold(), path)))
        return found

    @cached_property
    def root(self) -> Element:
        """The workbook element with two levels below it."""
        return self.parsed(self.part, 3)[1]

    @property
    def strict(self) -> bool:
        """Whether the package is written in the Strict namespaces."""
        return STRICT in self.root.attributes.values()

    @property
    def date1904(self) -> bool:
        """Whether serials count from 1904."""
        properties = self.root.child("workbookPr")
        return bool(properties) and properties.attributes.get("date1904", "0") in ("1", "true", "on")

    @property
    def locked(self) -> bool:
        """Whether sheets must not be added."""
        protection = self.root.child("workbookProtection")
        return bool(protection) and protection.attributes.get("lockStructure", "0") in ("1", "true", "on")

    @property
    def reserved(self) -> bool:
        """Whether a password is needed to change the file."""
        sharing = self.root.child("fileSharing")
        return bool(sharing) and bool({"reservationPassword", "hashValue"} & sharing.attributes.keys())

    @cached_property
    def sheets(self) -> list[Sheet]:
        """The tabs in order."""
        targets = {rid: (kind, target) for rid, kind, target in self.relationships(self.part)}
        listed = self.root.child("sheets")
        found = []
        for child in listed.children if listed else ():
            rid = next((v for k, v in child.attributes.items() if k.rpartition(":")[2] == "id" and ":" in k), "")
            kind, target = targets.get(rid, ("", ""))
            attributes = child.attributes
            found.append(
                Sheet(
                    attributes.get("name", ""),
                    _whole(attributes.get("sheetId", "0")),
                    target if target in self.package else "",
                    kind,
                    attributes.get("state", "visible"),
                )
            )
        return found

    @property
    def worksheets(self) -> dict[str, str]:
        """Part of each worksheet by name."""
        return {s.name: s.part for s in self.sheets if s.kind == "worksheet" and s.part}

    @cached_property
    def tables(self) -> list[TablePart]:
        """Every table of every worksheet."""
        found = []
        for sheet, part in self.worksheets.items():
            for _, kind, target in self.relationships(part):
                if kind == "table" and target in self.package:
                    root = self.parsed(target, 2)[1]
                    columns = root.child("tableColumns")
                    heads = (plain_name(c.attributes.get("name", "")) for c in (columns.children if columns else ()))
                    listed = replace(self._listed(root.attributes, sheet), headers=tuple(heads))
                    found.append(TablePart(target, _whole(root.attributes.get("id", "0")), listed))
        return found

    def _listed(self, attributes: Mapping[str, str], sheet: str) -> ListObject:
        """A table as its part describes it. BookError when it is nonsense that Excel itself would repair: read half it would mislead."""
        name = attributes.get("displayName") or attributes.get("name", "")
        ref, totals = attributes.get("ref", "A1"), attributes.get("totalsRowCount", "0")
        place = area(ref) if _TABLE_REF.fullmatch(ref) else None
        if place is None or not _is_upright(place):
            raise BookError("bad_table", file=self.package.name, sheet=sheet, table=name, detail=f'ref="{ref}"')
        if totals not in ("0", "1") or place.bottom - place.top < int(totals):  # Excel knows one row of totals
            detail = f'totalsRowCount="{totals}"'
            raise BookError("bad_table", file=self.package.name, sheet=sheet, table=name, detail=detail)
        return ListObject(name, sheet, place, int(totals))

    @cached_property
    def defined_names(self) -> list[Element]:
        """The definedName elements."""
        listed = self.root.child("definedNames")
        return listed.children if listed else []

    def _refuse_other_kinds(self) -> None:
        _, root = self.parsed("[Content_Types].xml", 1)
        wanted = "/" + self.part.casefold()
        kinds = [
            c.attributes.get("ContentType", "")
            for c in root.children
            if c.attributes.get("PartName", "").casefold() == wanted
        ]
        if not kinds:
            extension = self.part.rpartition(".")[2].casefold()
            kinds = [
                c.attributes.get("ContentType", "")
                for c in root.children
                if c.attributes.get("Extension", "").casefold() == extension
            ]
        if any("sheet.binary" in kind for kind in kinds):
            raise BookError("xlsb", file=self.package.name)
        if not any(kind.endswith(_WORKBOOK_TYPES) for kind in kinds):
            raise BookError("not_workbook", file=self.package.name)


def rels_name(part: str) -> str:
    """The part that holds a part's relationships."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _is_upright(place: Area) -> bool:
    """Whether a place begins at its first corner and lies on a sheet."""
    return 1 <= place.top <= place.bottom <= LAST_ROW and place.left <= place.right <= column_number(LAST_COLUMN)


def area(ref: str) -> Area:
    """The Area of a reference such as A1:C9, A:C or 1:9. ValueError when it is none."""
    found = _REF.fullmatch(ref.strip().upper())
    if not found or not (found[1] or found[2]) or (found[0].find(":") < 0 and not (found[1] and found[2])):
        raise ValueError(ref)
    left, top, right, bottom = found.groups()
    return Area(
        int(top or 1),
        column_number(left or "A"),
        int(bottom or top or LAST_ROW),
        column_number(right or left or LAST_COLUMN),
    )


def _whole(number: str) -> int:
    """0 for what is no number."""
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0


def ref(of: Area) -> str:
    """An Area as A1:C9."""
    return f"{column_letters(of.left)}{of.top}:{column_letters(of.right)}{of.bottom}"


def plain_name(name: str) -> str:
    """A column name of a table part without the escapes of line breaks."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), name)
