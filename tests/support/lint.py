"""What Excel refuses and no validator sees, looked for in a workbook's parts."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

_CELL = re.compile(r"([A-Z]+)(\d+)")


def lint(path: Path) -> list[str]:
    """Faults found: rows or cells out of order or twice, tables that overlap or do not match their headers, ids and names twice,
    style and dxf numbers out of range, relationships that lead nowhere, parts without content type, texts and lists too long."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    faults: list[str] = []
    trees = {
        n: ElementTree.fromstring(d)
        for n, d in parts.items()
        if n.endswith((".xml", ".rels")) and not n.startswith("customXml")
    }
    _relationships(parts, trees, faults)
    _content_types(parts, trees, faults)
    styles = next((t for n, t in trees.items() if n.endswith("styles.xml")), None)
    cell_styles, dxfs = _count(styles, "cellXfs"), _count(styles, "dxfs")
    workbook = next(t for n, t in trees.items() if re.search(r"workbook\d*\.xml$", n))
    names = [e.get("name", "").casefold() for e in _all(workbook, "sheet")]
    faults += [f"sheet name twice: {n}" for n in {n for n in names if names.count(n) > 1}]
    if all(e.get("state", "visible") != "visible" for e in _all(workbook, "sheet")):
        faults.append("no visible sheet")
    ids: list[str] = []
    table_names = [e.get("name", "").casefold() for e in _all(workbook, "definedName") if e.get("localSheetId") is None]
    for name, tree in trees.items():
        if "worksheets/" in name and name.endswith(".xml"):
            _sheet(name, tree, cell_styles, dxfs, faults)
            _tables(name, tree, trees, parts, ids, table_names, faults)
    faults += [f"table id twice: {i}" for i in {i for i in ids if ids.count(i) > 1}]
    faults += [f"name twice: {n}" for n in {n for n in table_names if table_names.count(n) > 1}]
    return faults


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _all(tree: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [e for e in tree.iter() if _local(e) == name]


def _count(styles: ElementTree.Element | None, name: str) -> int:
    found = _all(styles, name) if styles is not None else []
    return len(found[0]) if found else 0


def _number(letters: str) -> int:
    n = 0
    for letter in letters:
        n = n * 26 + ord(letter) - 64
    return n


def _relationships(parts: dict[str, bytes], trees: dict[str, ElementTree.Element], faults: list[str]) -> None:
    known = {n.casefold() for n in parts}
    for name, tree in trees.items():
        if name.endswith(".rels"):
            base = name.replace("_rels/", "").removesuffix(".rels").rpartition("/")[0]
            seen = [e.get("Id") for e in tree]
            faults += [f"{name}: id {i} twice" for i in {i for i in seen if seen.count(i) > 1}]
            for e in tree:
                if e.get("TargetMode") != "External":
                    target = e.get("Target", "")
                    full = target.lstrip("/") if target.startswith("/") else f"{base}/{target}"
                    pieces: list[str] = []
                    for piece in full.split("/"):
                        if piece == "..":
                            pieces = pieces[:-1]
                        elif piece not in ("", "."):
                            pieces.append(piece)
                    if "/".join(pieces).casefold() not in known and "#" not in target:
                        faults.append(f"{name}: {target} is not there")


def _content_types(parts: dict[str, bytes], trees: dict[str, ElementTree.Element], faults: list[str]) -> None:
    types = trees["[Content_Types].xml"]
    defaults = {e.get("Extension", "").casefold() for e in types if _local(e) == "Default"}
    overrides = [e.get("PartName", "").lstrip("/").casefold() for e in types if _local(e) == "Override"]
    faults += [f"content type twice: {o}" for o in {o for o in overrides if overrides.count(o) > 1}]
    known = {n.casefold() for n in parts}
    faults += [f"content type of nothing: {o}" for o in overrides if o not in known]
    for name in known:
        if (
            not name.endswith("/")
            and name != "[content_types].xml"
            and name not in overrides
            and name.rpartition(".")[2] not in defaults
        ):
            faults.append(f"no content type: {name}")


def _sheet(name: str, tree: ElementTree.Element, cell_styles: int, dxfs: int, faults: list[str]) -> None:
    last_row = 0
    for row in _all(tree, "row"):
        number = int(row.get("r", last_row + 1))
        if number <= last_row:
            faults.append(f"{name}: row {number} after {last_row}")
        last_row, last = number, 0
        for cell in row:
            place = _CELL.fullmatch(cell.get("r", ""))
            column = _number(place[1]) if place else last + 1
            if column <= last or (place and int(place[2]) != number):
                faults.append(f"{name}: cell {cell.get('r')} out of order")
            last = column
            if int(cell.get("s", 0)) >= max(1, cell_styles):
                faults.append(f"{name}: style {cell.get('s')} of {cell_styles}")
            if sum(len(t.text or "") for t in cell.iter() if _local(t) == "t") > 32_767:
                faults.append(f"{name}: text too long in {cell.get('r')}")
    for rule in _all(tree, "cfRule"):
        if rule.get("dxfId") and int(rule.get("dxfId")) >= dxfs:
            faults.append(f"{name}: dxf {rule.get('dxfId')} of {dxfs}")
    for formula in _all(tree, "formula1"):
        text = formula.text or ""
        if text.startswith('"') and len(text) > 257:
            faults.append(f"{name}: list of {len(text)} characters")


def _tables(
    name: str,
    tree: ElementTree.Element,
    trees: dict[str, ElementTree.Element],
    parts: dict[str, bytes],
    ids: list[str],
    names: list[str],
    faults: list[str],
) -> None:
    folder, _, file = name.rpartition("/")
    rels = trees.get(f"{folder}/_rels/{file}.rels")
    areas = []
    strings = [
        "".join(t.text or "" for t in si.iter() if _local(t) == "t")
        for part, t2 in trees.items()
        if part.endswith("sharedStrings.xml")
        for si in t2
    ]
    for relation in rels if rels is not None else ():
        if not relation.get("Type", "").endswith("/table"):
            continue
        target = relation.get("Target", "")
        part = (
            target.lstrip("/")
            if target.startswith("/")
            else f"{folder.rpartition('/')[0]}/{target.removeprefix('../')}"
        )
        table = trees[part]
        ids.append(table.get("id", ""))
        names.append((table.get("displayName") or "").casefold())
        (left, top), (right, bottom) = (
            _CELL.fullmatch(c.replace("$", "")).groups() for c in table.get("ref", "").split(":")
        )
        area = (_number(left), int(top), _number(right), int(bottom))
        if any(a[0] <= area[2] and area[0] <= a[2] and a[1] <= area[3] and area[1] <= a[3] for a in areas):
            faults.append(f"{part}: overlaps another table")
        areas.append(area)
        if area[3] <= area[1] and table.get("headerRowCount", "1") != "0":
            faults.append(f"{part}: no body row")
        columns = [e.get("name", "") for e in _all(table, "tableColumn")]
        if len(columns) != area[2] - area[0] + 1:
            faults.append(f"{part}: {len(columns)} columns in {table.get('ref')}")
        faults += [
            f"{part}: column {c} twice"
            for c in {c for c in columns if [x.casefold() for x in columns].count(c.casefold()) > 1}
        ]
        if table.get("headerRowCount", "1") != "0":
            _headers(part, tree, strings, area, columns, faults)


def _headers(
    part: str,
    tree: ElementTree.Element,
    strings: list[str],
    area: tuple[int, int, int, int],
    columns: list[str],
    faults: list[str],
) -> None:
    cells = {c.get("r"): c for row in _all(tree, "row") if row.get("r") == str(area[1]) for c in row}
    for reference, cell in cells.items():
        letters = _CELL.fullmatch(reference or "A1")[1]
        at = _number(letters) - area[0]
        if 0 <= at < len(columns):
            text = "".join(t.text or "" for t in cell.iter() if _local(t) == "t")
            if cell.get("t") == "s":
                text = strings[int(next(v.text for v in cell if _local(v) == "v"))]
            plain = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), columns[at])
            if cell.get("t") in ("s", "inlineStr") and re.sub(r"\s+", " ", text) != re.sub(r"\s+", " ", plain):
                faults.append(f"{part}: header {text!r} is called {columns[at]!r}")
