"""Every real workbook is adopted and refreshed with nothing of its own lost, or refused for the reason expected."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from funnelbook.book.ports import BookError
from funnelbook.commands.adopt import adopt
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.hosts.ooxml.graft import graft
from funnelbook.hosts.ooxml.package import Package
from funnelbook.hosts.ooxml.workbook import Workbook
from support.external import CORPUS, WHOLE, need, opened_by_libreoffice, validate
from support.lint import lint

DAY = date(2026, 5, 20)
REFUSED = {
    "PhpSpreadsheet__tests__data__Writer__XLSX__form_pass_print.xlsm": "locked_structure",
    "calamine__tests__pass_protected.xlsx": "encrypted",
    "excelize__test__encryptSHA1.xlsx": "encrypted",
    "excelize__test__encryptSHA512.xlsx": "encrypted",
    "poi__t__clusterfuzz-testcase-minimized-XLSX2CSVFuzzer-6594557414080512.xlsx": "broken",
    "poi__test-data__xmldsign__hello-world-signed.xlsx": "signed",
    "poi__test-data__xmldsign__ms-office-2010-signed.xlsx": "signed",
}
FILES = sorted(CORPUS.glob("*.xls[xm]")) if CORPUS.is_dir() else []
SOME = FILES[::18]
OTHERS = [file for file in FILES if file not in SOME][:: 1 if WHOLE else 9]
CUSTOMERS = [
    ["客户编号", "客户名称", "业务员", "级别", "录入日期", "电话"],
    ["K1", "甲公司", "小李", "C", "2026-05-01", "021-55667788"],
    ["K2", "乙公司", "小张", "A", "2026-05-02", "021-55667799"],
]


@dataclass
class Done:
    original: Path
    injected: Path  # the original with a customers sheet, before adopting
    result: Path
    refused: str | None
    second: str


def _customers() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("客户名单")
        for i, row in enumerate(CUSTOMERS):
            sheet.write_row(i, 0, row)
    return out.getvalue()


def _run(original: Path, folder: Path) -> Done:
    injected, result = folder / "injected" / original.name, folder / "result" / original.name
    try:
        package = Package.open(original)
        graft(package, _customers(), ["客户名单"])
        injected.write_bytes(package.to_bytes())
        result.write_bytes(package.to_bytes())
        adopt(result, as_of=DAY)
    except BookError as error:
        return Done(original, injected, result, error.code, "")
    assert refresh_file(result, DAY).status == "done"
    before = (result.read_bytes(), result.stat().st_mtime_ns)
    short, full = (refresh_file(result, DAY, again=again) for again in (False, True))
    assert (short.status, short.problems, short.message) == (full.status, full.problems, full.message)
    assert (result.read_bytes(), result.stat().st_mtime_ns) == before
    return Done(original, injected, result, None, full.status)


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(SOME, id="some"),
        pytest.param(OTHERS, id="others", marks=pytest.mark.slow),
    ],
)
def done(request, tmp_path_factory) -> dict[str, Done]:
    need("shared")
    folder = tmp_path_factory.mktemp("corpus")
    for name in ("injected", "result"):
        (folder / name).mkdir()
    return {file.name: _run(file, folder) for file in request.param}


@pytest.fixture(scope="module")
def adopted(done) -> list[Done]:
    return [d for d in done.values() if d.refused is None]


def test_those_refused_are_the_ones_expected_for_the_reason_expected(done):
    assert REFUSED.keys() <= {file.name for file in FILES}
    assert {name: d.refused for name, d in done.items() if d.refused} == {
        name: code for name, code in REFUSED.items() if name in done
    }


def test_the_one_that_is_only_locked_is_set_up_on_its_users_word_and_stays_locked(tmp_path):
    need("shared")
    (name,) = [name for name, code in REFUSED.items() if code == "locked_structure"]
    package = Package.open(CORPUS / name)
    graft(package, _customers(), ["客户名单"], allow_locked=True)
    path = tmp_path / name
    path.write_bytes(package.to_bytes())
    assert refused_for(path) == "locked_structure"
    adopt(path, as_of=DAY, allow_protected=True)
    assert Workbook(Package.open(path)).locked
    assert [refresh_file(path, DAY, again=True).status for _ in range(2)] == ["done", "unchanged"]


def refused_for(path: Path) -> str:
    with pytest.raises(BookError) as refused:
        adopt(path, as_of=DAY)
    return refused.value.code


def test_a_second_refresh_writes_nothing_at_all(adopted):
    assert {d.original.name: d.second for d in adopted if d.second != "unchanged"} == {}


def _raw(path: Path) -> dict[str, tuple[int, bytes]]:
    """Compression and compressed bytes of each member."""
    data = path.read_bytes()
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            name, extra = struct.unpack_from("<2H", data, info.header_offset + 26)
            start = info.header_offset + 30 + name + extra
            found[info.filename] = (info.compress_type, data[start : start + info.compress_size])
    return found


def _ours(path: Path) -> set[str]:
    """Parts of a package that may differ: content types, the workbook and its relationships, styles, calcChain."""
    book = Workbook(Package.open(path))
    ours = {"[Content_Types].xml", book.part, re.sub(r"([^/]+)$", r"_rels/\1.rels", book.part)}
    return ours | {part for _, kind, part in book.relationships(book.part) if kind in ("styles", "calcChain")}


def test_every_member_that_is_not_ours_keeps_its_compressed_bytes(adopted):
    lost: dict[str, list[str]] = {}
    compared = 0
    for d in adopted:
        before, after, ours = _raw(d.original), _raw(d.result), _ours(d.original)
        for name, raw in before.items():
            if name not in ours:
                compared += 1
                if after.get(name) != raw:
                    lost.setdefault(d.original.name, []).append(name)
    assert lost == {}
    assert compared > 9 * len(adopted)


def test_styles_that_were_there_are_still_there(adopted):
    for d in adopted:
        book = Workbook(Package.open(d.original))
        part = next((p for _, kind, p in book.relationships(book.part) if kind == "styles"), None)
        if part:
            before = book.package.read(part)
            after = Package.open(d.result).read(part)
            for tag in (b"<xf ", b"<font>", b"<fill>", b"<border>", b"<dxf>", b"<cellStyle "):
                old, new = (
                    re.findall(re.escape(tag) + rb".*?(?=<(?:xf |font>|fill>|border>|dxf>|cellStyle |/))", x)
                    for x in (before, after)
                )
                assert new[: len(old)] == old or Counter(old) <= Counter(new), (
                    d.original.name,
                    tag,
                )


def test_the_sdk_finds_nothing_wrong_that_was_not_wrong_before(adopted):
    after = validate([d.result for d in adopted])
    wrong = [d for d in adopted if after[d.result]]  # only these need the original looked at, and so below
    before = validate([d.original for d in wrong])
    new = {d.original.name: sorted((Counter(after[d.result]) - Counter(before[d.original])).elements()) for d in wrong}
    assert {name: faults[:3] for name, faults in new.items() if faults} == {}


def test_nothing_excel_would_refuse_that_was_not_there_before(adopted):
    new = {}
    for d in adopted:
        after = lint(d.result)
        if after and (faults := sorted((Counter(after) - Counter(lint(d.original))).elements())):
            new[d.original.name] = faults[:3]
    assert new == {}


@pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl tells what it would lose if it saved
def test_readers_that_opened_the_original_open_the_result(adopted):
    failed = []
    for d in adopted:
        for reads in (_calamine_reads, _openpyxl_reads):
            if not reads(d.result) and reads(d.original):
                failed.append((reads.__name__, d.original.name))
    assert failed == []


@pytest.mark.live
def test_libreoffice_opens_what_it_opened_before(adopted):
    after = opened_by_libreoffice([d.result for d in adopted])
    unopened = [d.original for d in adopted if d.result not in after]
    assert not unopened or not opened_by_libreoffice(unopened)
    assert len(after) > 0.8 * len(adopted)


def _calamine_reads(path: Path) -> bool:
    try:
        book = CalamineWorkbook.from_path(path)
        for meta in book.sheets_metadata:
            if meta.typ == SheetTypeEnum.WorkSheet:
                book.get_sheet_by_name(meta.name).to_python()
    except CalamineError:
        return False
    return True


def _openpyxl_reads(path: Path) -> bool:
    try:
        openpyxl.load_workbook(path).close()
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, zipfile.BadZipFile, SyntaxError):
        return False  # openpyxl stumbles over some of these files in ways of its own
    return True
