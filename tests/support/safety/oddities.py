"""What other programs, and people, leave in a worksheet: oddities that mean something, and ones that are plainly wrong."""

from __future__ import annotations

import random
import re
from bisect import bisect_left
from collections.abc import Callable
from xml.etree import ElementTree

from support.safety.foreign import place
from support.safety.spelling import MAIN

Root = ElementTree.Element
LAST_ROW, LAST_COLUMN = 1_048_576, "XFD"
ERRORS = (
    "#N/A",
    "#REF!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BUSY!",
    "#GETTING_DATA",
    "#BLOCKED!",
    "#UNKNOWN!",
    "#PYTHON!",
    "Err:502",
    "#DIV/0!",
)
# parts of a worksheet in the order of the standard
ORDER = re.findall(
    r"\w+",
    """sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter
    sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions
    pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing
    legacyDrawingHF picture oleObjects controls webPublishItems tableParts extLst""",
)


def q(name: str) -> str:
    return f"{{{MAIN}}}{name}"


def row(root: Root, number: int) -> Root:
    """The row of that number, made where there is none."""
    data = root.find(q("sheetData"))
    numbers = [int(line.get("r")) for line in data]
    at = bisect_left(numbers, number)
    if numbers[at : at + 1] == [number]:
        return data[at]
    made = ElementTree.Element(q("row"), {"r": str(number)})
    data.insert(at, made)
    return made


def put(
    root: Root,
    address: str,
    kind: str = "inlineStr",
    value: str = "异物",
    formula: str | None = None,
    **attributes: str,
) -> Root:
    """A cell of the user's, put where none is or in the place of a blank one."""
    number, column = place(address)
    line = row(root, number)
    at = len(line)
    for i, cell in enumerate(line):
        there = place(cell.get("r"))[1]
        if there == column:
            line.remove(cell)
        if there >= column:
            at = i
            break
    made = ElementTree.Element(q("c"), {"r": address, **({} if kind == "n" else {"t": kind}), **attributes})
    line.insert(at, made)
    if formula is not None:
        ElementTree.SubElement(made, q("f")).text = formula
    if kind == "inlineStr":
        ElementTree.SubElement(ElementTree.SubElement(made, q("is")), q("t")).text = value
    elif value:
        ElementTree.SubElement(made, q("v")).text = value
    return made


def section(root: Root, name: str) -> Root:
    """The child of the worksheet of that name, made at its place in the order where there is none."""
    found = root.find(q(name))
    if found is None:
        found = ElementTree.Element(q(name))
        later = set(ORDER[ORDER.index(name) + 1 :])
        at = next((i for i, child in enumerate(root) if child.tag.rpartition("}")[2] in later), len(root))
        root.insert(at, found)
    return found


def no_addresses(root: Root, rng: random.Random) -> None:
    """Rows and cells without r, gaps filled with empty ones: they follow the one before."""
    lines = root.find(q("sheetData"))
    last = max((int(line.get("r")) for line in lines), default=0)
    for number in range(1, last + 1 if last < 400 else 0):
        row(root, number)
    everything = rng.random() < 0.5
    for line in lines:
        filled: dict[int, Root] = {place(cell.get("r"))[1]: cell for cell in line}
        if not filled or max(filled) > 60 or (rng.random() < 0.4 and not everything):
            continue
        line[:] = [filled.get(column, ElementTree.Element(q("c"))) for column in range(1, max(filled) + 1)]
        for cell in line:
            cell.attrib.pop("r", None)
    if everything and [int(x.get("r")) for x in lines] == list(range(1, len(lines) + 1)):
        for line in lines:
            del line.attrib["r"]


def dimension(root: Root, rng: random.Random) -> None:
    said = section(root, "dimension")
    said.set(
        "ref",
        rng.choice(["A1", f"A1:{LAST_COLUMN}{LAST_ROW}", "C3:D4", "A1:A1", "H:I", "", "A1:ZZZZ99999999", "$A$1:$B$2"]),
    )


def no_dimension(root: Root, rng: random.Random) -> None:
    for found in root.findall(q("dimension")):
        root.remove(found)


def far_cell(root: Root, rng: random.Random) -> None:
    put(
        root,
        rng.choice([f"{LAST_COLUMN}{LAST_ROW}", f"{LAST_COLUMN}1", f"J{LAST_ROW}", f"AMJ{LAST_ROW // 2}", "ZZ99999"]),
        value="远",
    )


def far_row(root: Root, rng: random.Random) -> None:
    line = row(root, rng.choice([LAST_ROW, 1_000_000, 70_000]))
    line.set("ht", "15")
    line.set("customHeight", "1")


def merges(root: Root, rng: random.Random) -> None:
    listed = section(root, "mergeCells")
    places = rng.sample(
        ["BT2:BU4", "DA1:DA1048576", "DC1:DD1", "A9000:C9001", "H:I", "DF:DG", "50000:50001", "BT2:BU4", "DZ9"],
        rng.choice([1, 2, 4]),
    )
    for ref in places:
        ElementTree.SubElement(listed, q("mergeCell"), {"ref": ref})
    listed.set("count", rng.choice([str(len(listed)), "0", "99"]))


def error_cells(root: Root, rng: random.Random) -> None:
    for column in ("BV", "BW"):
        put(root, f"{column}2", "e", rng.choice(ERRORS))
    put(root, "BX2", "e", rng.choice(ERRORS), formula="NOSUCH(1)")


def formulas(root: Root, rng: random.Random) -> None:
    """Shared, array, without value, of a text, of a table of data."""
    number = str(rng.choice([0, 7, 99]))
    for i, said in enumerate(("1+17", None, None)):
        cell = put(root, f"BZ{i + 2}", "n", "18", formula=said or "")
        cell.find(q("f")).attrib.update({"t": "shared", "si": number} | ({"ref": "BZ2:BZ4"} if said else {}))
    put(root, "CB2", "n", "3", formula="SUM({1,2})").find(q("f")).attrib.update({"t": "array", "ref": "CB2"})
    put(root, "CB4", "n", "", formula='1/4&"<>\'"')
    put(root, "CB5", "str", "文字 <b>", formula='"文字"&" <b>"')
    put(root, "CB6", "b", "1", formula="TRUE()")


def rich_text(root: Root, rng: random.Random) -> None:
    cell = put(root, "CE2", value="")
    whole = cell.find(q("is"))
    whole.clear()
    for text in ("粗", " 斜 ", "_x0041_"):
        run = ElementTree.SubElement(whole, q("r"))
        ElementTree.SubElement(ElementTree.SubElement(run, q("rPr")), q("b"))
        ElementTree.SubElement(run, q("t"), {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}).text = text
    phonetic = ElementTree.SubElement(whole, q("rPh"), {"sb": "0", "eb": "1"})
    ElementTree.SubElement(phonetic, q("t")).text = "cu"


def odd_kinds(root: Root, rng: random.Random) -> None:
    put(root, "CG2", "d", "2026-05-20T10:11:12Z")
    put(root, "CG3", "n", "1E+308")
    put(root, "CG4", "b", "1")
    put(root, "CG5", "str", "=1+1")
    put(root, "CG6", "n", "-0.00000000000001234")
    put(root, "CG7", value="x" * rng.choice([40, 32_767]))


def row_looks(root: Root, rng: random.Random) -> None:
    for line in root.find(q("sheetData")):
        line.set("spans", rng.choice(["1:3", "5:9", "1:16384", "3:1"]))
        line.set("{http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac}dyDescent", "0.25")
        if rng.random() < 0.5:
            line.attrib.update({"ht": "20.5", "customHeight": "1", "thickBot": "1"})


def rules(root: Root, rng: random.Random) -> None:
    ref = rng.choice(["A1:A1048576", "BT1:BT9 BV1:BV9", "BT:BT", "A2:H4", "1:1048576", "BT2"])
    found = ElementTree.Element(q("conditionalFormatting"), {"sqref": ref})
    rule = ElementTree.SubElement(found, q("cfRule"), {"type": "expression", "priority": "99"})
    ElementTree.SubElement(rule, q("formula")).text = 'AND($A2<>"",LEN("a>b")>1)'
    later = set(ORDER[ORDER.index("conditionalFormatting") :])
    at = next((i for i, child in enumerate(root) if child.tag.rpartition("}")[2] in later), len(root))
    root.insert(at, found)


def unknown_things(root: Root, rng: random.Random) -> None:
    extension = ElementTree.SubElement(
        section(root, "extLst"), q("ext"), {"uri": "{00000000-1111-2222-3333-444444444444}"}
    )
    ElementTree.SubElement(
        extension, "{urn:example:made-elsewhere}thing", {"row": "1", "c": "<row r='1'>"}
    ).text = '<c r="A1"/>'


def notes_below(root: Root, rng: random.Random) -> None:
    put(root, f"C{rng.choice([7, 9, 40])}", value="备注：下面的不要动")


ANYWHERE: tuple[Callable[[Root, random.Random], None], ...] = (
    dimension, no_dimension, far_cell, far_row, merges, error_cells, formulas, rich_text, odd_kinds, row_looks, rules, unknown_things,
)  # fmt: skip
SOUND = (*ANYWHERE, notes_below)  # on a sheet of the user's


def twice(root: Root, rng: random.Random) -> None:
    lines = root.find(q("sheetData"))
    line = rng.choice([x for x in lines if len(x)])
    if rng.random() < 0.5:
        line.append(line[rng.randrange(len(line))])
    else:
        lines.append(line)


def unordered(root: Root, rng: random.Random) -> None:
    lines = root.find(q("sheetData"))
    shuffled = list(rng.choice([lines, rng.choice([x for x in lines if len(x)])]))
    target = next(x for x in (lines, *lines) if list(x) == shuffled)
    rng.shuffle(shuffled)
    target[:] = shuffled


def wrong_address(root: Root, rng: random.Random) -> None:
    lines = root.find(q("sheetData"))
    said = rng.choice(
        [
            "a1",
            "A0",
            "",
            "XFE1",
            "AAAA1",
            "A1048577",
            "A99999999999999999999",
            "1A",
            "A-1",
            "$A$1",
            "A1:B2",
            "表!A1",
            "ZZZZZZZZZ9",
        ]
    )
    rng.choice([cell for line in lines for cell in line]).set("r", said)


def wrong_row(root: Root, rng: random.Random) -> None:
    rng.choice(list(root.find(q("sheetData")))).set(
        "r", rng.choice(["0", "-1", "x", "1e3", "", "1048577", "99999999999999999999", "2.5", " 2 "])
    )


def wrong_cell(root: Root, rng: random.Random) -> None:
    cell = rng.choice([cell for line in root.find(q("sheetData")) for cell in line])
    what = rng.choice(["t", "s", "v", "nested", "shared", "si"])
    if what == "t":
        cell.set("t", rng.choice(["zz", "", "N", "e", "b", "d", "s", "inlineStr"]))
    elif what == "s":
        cell.set("s", rng.choice(["99999", "-1", "abc", "", "4294967296"]))
    elif what == "v":
        cell[:] = []
        ElementTree.SubElement(cell, q("v")).text = rng.choice(
            ["abc", "1,5", "", "NaN", "INF", "1e999", " 7 ", "0x10", "９"]
        )
    elif what == "nested":
        ElementTree.SubElement(cell, q("c"), {"r": "A1"})
    elif what == "shared":
        cell.set("t", "s")
        cell[:] = []
        ElementTree.SubElement(cell, q("v")).text = rng.choice(["99999999", "-1", "x", ""])
    else:
        cell[:] = []
        ElementTree.SubElement(cell, q("f"), {"t": "shared", "si": "12345"})


def wrong_sections(root: Root, rng: random.Random) -> None:
    data = root.find(q("sheetData"))
    what = rng.choice(["none", "two", "empty", "strangers", "renamed"])
    if what == "none":
        root.remove(data)
    elif what == "two":
        root.insert(list(root).index(data), ElementTree.Element(q("sheetData")))
    elif what == "empty":
        data[:] = []
    elif what == "strangers":
        data.insert(0, ElementTree.Element("{urn:example:made-elsewhere}row", {"r": "1"}))
    else:
        root.tag = q("chartsheet")


WRONG: tuple[Callable[[Root, random.Random], None], ...] = (
    twice,
    unordered,
    wrong_address,
    wrong_row,
    wrong_cell,
    wrong_sections,
)
