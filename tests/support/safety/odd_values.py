"""Odd things typed, pasted or left by formulas in cells of every input column: read, or told in Problems, and left as they are."""

from __future__ import annotations

import random
import re
import tempfile
from functools import cache
from html import escape
from pathlib import Path

from funnelbook import sample, template
from funnelbook.book.schema import TABLES
from support.packages import packed
from support.safety import books
from support.safety.foreign import cells, parts_of, sheet_parts, table_areas
from support.safety.watched import HarmError, attempted

IN_A_BOOK = 5
_TEAM_ROWS = {"Customers": 8, "Activities": 30, "Orders": 4, "People": 3, "Leave": 1, "Targets": 2}
_OF_PROGRAMS = {"NaT", "<NA>", "nan", "None", "inf", "-inf"}
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")
Slot = tuple[str, str]  # table and column
_NUMBERS = (
    "0", "-1", "-0", "0.1", "1E+308", "-1.7976931348623157E+308", "5E-324", "1E-300", "99999999999999999999", "123456789012345678", "2958465", "2958466",
    "-2958466", "60", "59.999999999", "0.999999999", "46162.999999", "1E+15", "NaN", "INF", "1e400", "", " 7 ", "0x1F", "1,5", "-9223372036854775809", "4294967296",
)  # fmt: skip
_ERRORS = (
    "#N/A",
    "#REF!",
    "#NAME?",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BUSY!",
    "#GETTING_DATA",
    "#BLOCKED!",
    "Err:502",
    "#UNKNOWN!",
    "",
    "错误",
)
_TEXTS = (
    " ", "　", "-", "——", "N/A", "NULL", r"\N", "nan", "None", "inf", "TRUE", "是", "否", "√", "=1+1", "+8613800138000", "-5", "@SUM(A1)", "'", '"', "<b>", "&amp;",
    "]]>", "_x0041_", "_x000D_", "a\tb", "a\nb", "a\u200bb", "\u202e倒着\u202c", "\ufeff甲", "😀🏴\u200d☠️", "e\u0301", "甲" * 300, "x" * 32_767, "y" * 33_000, "1.250,50", "1,250.50",
    "１２３", "壹佰", "¥1,000", "12万", "1e5", "1/0", "2026-05-20", "2026/5/20", "20.5.2026", "5月20日", "2026年5月", "2026-W21", "2026-13-45", "0000-00-00", "1899-12-31",
    "9999-12-31", "99999-01-01", "24:00", "25:61", "12:30 PM", "今天", "明天", "K1", "k1 ", "小李", "团队", "Team", "Won", "成交", "A", "ａ", "Z", "100%", "-50%", "1001", "0.5.5",
    "C:\\a", "http://a", "a@b", "13800138000", "021-1", "+", "((((", "[x]", "{0}", "%s", "${a}", "a;b", "a,b", "客户编号", "key", "period", "CON", "..", "../../a", "\\", "/",
    "0", "00", "-0", "1e-400", "١٢٣", "Ⅷ", "½", "²", "1 000", "1\u00a0000", "1'000",
)  # fmt: skip
_ILLEGAL = ("&#x1F;", "&#0;", "&#xFFFE;")


def trial(rng: random.Random, folder: Path) -> str:
    """A few odd cells in one workbook, refreshed; when that fails or is refused each by itself, so that none hides another."""
    odd = [(rng.choice(sorted(_slots())), _odd_cell(rng)) for _ in range(IN_A_BOOK)]
    try:
        said = _tried(dict(odd), folder / "book.xlsx")
    except Exception:  # raised again, or by the one cell that shows it
        _each_alone(odd, folder / "alone.xlsx")
        raise
    return said if said == "done" else _each_alone(odd, folder / "alone.xlsx")


def _each_alone(odd: list[tuple[Slot, str]], path: Path) -> str:
    said = []
    for slot, content in odd:
        try:
            said.append(_tried({slot: content}, path))
        except Exception as error:
            error.args = (f"{'.'.join(slot)} {content[:80]!r}: {error}",)
            raise
    return " ".join(sorted(set(said)))


def _odd_cell(rng: random.Random) -> str:
    """Type and content of a cell as they follow its address in XML."""
    text = escape(rng.choice(_TEXTS)).replace("\n", "&#10;")
    styled = f' s="{rng.randrange(4)}"'
    return styled + rng.choice([
        f"><v>{rng.choice(_NUMBERS)}</v></c>", f"><v>{rng.choice(_NUMBERS)}</v></c>", f"><v>{10 ** rng.uniform(-300, 308):.17g}</v></c>", f"><v>{rng.uniform(-1e6, 1e6)}</v></c>",
        f' t="e"><v>{rng.choice(_ERRORS)}</v></c>', f' t="e"><f>NOSUCH(1)</f><v>{rng.choice(_ERRORS)}</v></c>',
        f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>', f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>',
        f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>', f' t="str"><f>""&amp;""</f><v>{text}</v></c>',
        f' t="inlineStr"><is><r><t>{text}</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 粗</t></r><rPh sb="0" eb="1"><t>du</t></rPh></is></c>',
        f' t="b"><v>{rng.choice(["0", "1", "true", "2", ""])}</v></c>', "><f>1+1</f></c>", "><f/></c>", ' t="s"><v>999999</v></c>', ' t="s"><v>0</v></c>', ' t="str"/>', ' t="inlineStr"/>',
        f' t="d"><v>{rng.choice(["2026-05-20", "2026-05-20T10:11:12", "2026-05-20T10:11:12.5Z", "T10:11", "nonsense", "-0001-01-01"])}</v></c>',
        f' t="inlineStr"><is><t>a{rng.choice(_ILLEGAL)}b</t></is></c>', f' t="{rng.choice(["zz", "", "N"])}"><v>5</v></c>', "/>",
    ])  # fmt: skip


def _tried(odd: dict[Slot, str], path: Path) -> str:
    parts = dict(_parts())
    for slot, content in odd.items():
        part, address = _slots()[slot]
        parts[part] = _with_cell(parts[part], address, content)
    before = packed(parts)
    path.write_bytes(before)
    said = attempted(lambda: books.refresh(path))
    after = path.read_bytes()
    if said != "done":
        if after != before:
            raise HarmError(f"written, though refused: {said}")
        return said
    _judge(parts, parts_of(after), odd)
    return said


def _judge(before: dict[str, bytes], after: dict[str, bytes], odd: dict[Slot, str]) -> None:
    """Tables that users fill in are as they were, and no result says what only a program says."""
    inputs = {part for (table, _), (part, _) in _slots().items() if TABLES[table] in TABLES.inputs}
    logged = any(TABLES[table] not in TABLES.inputs for table, _ in odd)  # what is typed into results goes into inputs
    for part in sheet_parts(before).values():
        if part in inputs:
            if not logged and after[part] != before[part]:
                raise HarmError(f"{part} is not what it was")
            continue
        for at, cell in cells(after[part]).items():
            if cell.kind == "n" and cell.value and not _NUMBER.fullmatch(cell.value):
                raise HarmError(f"{part} {at} holds the number {cell.value}")
            if cell.value in _OF_PROGRAMS and not any(_says_so(content) for content in odd.values()):
                raise HarmError(f"{part} {at} says {cell.value}")


def _says_so(content: str) -> bool:
    """Whether an odd cell holds such a thing itself: Problems shows what stands there."""
    return bool(re.search(r"nan|inf|none|nat|1e400", content, re.IGNORECASE))


def _with_cell(xml: bytes, address: str, content: str) -> bytes:
    new = f'<c r="{address}"{content}'.encode()
    changed, count = re.subn(rb'<c r="%b"[^>]*?(?:/>|>.*?</c>)' % address.encode(), lambda _: new, xml, count=1)
    assert count, address
    return changed


@cache
def _base() -> bytes:
    """A small team in our own template, refreshed."""
    team = sample.team(1, dirt=False).rows
    rows = {name: [] if name not in team else team[name][:count] for name, count in _TEAM_ROWS.items()}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(template.build("zh", rows=rows))
        books.refresh(path)
        return path.read_bytes()


@cache
def _parts() -> dict[str, bytes]:
    return parts_of(_base())


@cache
def _slots() -> dict[Slot, tuple[str, str]]:
    """Part and address of a cell in each column that users fill in: the first row of its table."""
    found: dict[Slot, tuple[str, str]] = {}
    for part in sheet_parts(_parts()).values():
        for name, (top, left, _, _) in table_areas(_parts(), part).items():
            for at, column in enumerate(TABLES[name].columns, left):
                if TABLES[name] in TABLES.inputs or column.entry:
                    found[name, column.name] = part, f"{_letters(at)}{top + 1}"
    return found


def _letters(column: int) -> str:
    return ("" if column <= 26 else chr(64 + (column - 1) // 26)) + chr(65 + (column - 1) % 26)
