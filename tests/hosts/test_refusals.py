"""What the file host will not touch: each refused with its reason, one line, the file as it was."""

from __future__ import annotations

import os
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from funnelbook.book.labels import sheet_name
from funnelbook.book.ports import BookError
from funnelbook.commands.adopt import adopt
from funnelbook.commands.open import open_book
from funnelbook.commands.refresh_files import refresh_book
from funnelbook.hosts.ooxml.host import OoxmlBook
from funnelbook.hosts.ooxml.package import Package
from funnelbook.hosts.ooxml.workbook import Workbook
from support.packages import bend, members, packed, plain

DAY = date(2026, 5, 20)
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def refused(path) -> str:
    """The code of the refusal; the file is as it was and both languages have one line for it."""
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(BookError) as caught:
        adopt(path, as_of=DAY)
    assert (path.read_bytes() if path.exists() else None) == before
    left = {p.name for p in path.parent.iterdir()} - {path.name}
    assert not {name for name in left if not name.startswith(("~$", ".~lock", ".~book"))}
    for language in ("zh", "en"):
        text = caught.value.text(language)
        assert text
        assert "\n" not in text
        assert "{" not in text
    return caught.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf\xe5\xae\xa2\xe6\x88\xb7,a\n", "not_workbook"),
        (OLE + b"\0" * 600 + "Workbook".encode("utf-16-le") + b"\0" * 600, "xls"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600, "encrypted"),
        (b"PK\x03\x04" + b"\0" * 100, "broken"),
        (packed({"a.txt": b"hello"}), "not_workbook"),
    ],
)
def test_files_that_are_no_workbook(tmp_path, content, code):
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    assert refused(path) == code


def test_a_file_that_is_not_there(tmp_path):
    assert refused(tmp_path / "nowhere.xlsx") == "missing_file"


def test_a_binary_workbook(tmp_path):
    path = plain(tmp_path / "book.xlsb")
    bend(
        path, Content_Types__xml=lambda x: x.replace(b"spreadsheetml.sheet.main+xml", b"sheet.binary.macroEnabled.main")
    )
    assert refused(path) == "xlsb"


def test_a_document_type_declaration(tmp_path):
    path = plain(tmp_path / "book.xlsx")
    bend(path, workbook_xml=lambda x: x.replace(b"<workbook", b'<!DOCTYPE w [<!ENTITY a "b">]><workbook', 1))
    assert refused(path) == "doctype"


DECLARED = b'<!DOCTYPE w [<!ENTITY a "b">]>'


@pytest.mark.parametrize(
    "before",
    [
        b"<!--" + b" " * 5000 + b"-->",
        b"<?pi " + b"x" * 5000 + b"?>\n",
        b"<!--" + b"x" * 3_000_000 + b"-->",
        "<!--—> ⴭ㸀㰡 <r>-->".encode(),  # in UTF-16 its bytes look like the end of the comment
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_a_document_type_declaration_behind_a_long_prolog(tmp_path, before, encoding):
    path = plain(tmp_path / "book.xlsx")

    def declares(xml: bytes) -> bytes:
        body = xml.split(b"?>", 1)[1].lstrip()
        return (before + DECLARED + body).decode().encode(encoding)

    bend(path, workbook_xml=declares)
    assert refused(path) == "doctype"


def test_a_document_type_declaration_in_a_part_of_another_name(tmp_path):
    path = plain(tmp_path / "book.xlsx")
    parts = members(path)
    parts["xl/comments.bin"] = DECLARED + b"<c/>"
    path.write_bytes(packed(parts))
    assert refused(path) == "doctype"


def test_what_only_reads_like_a_declaration_is_none(tmp_path):
    path = plain(tmp_path / "book.xlsx")
    bend(path, workbook_xml=lambda x: x.replace(b"<workbook", b"<!--<!DOCTYPE w>--><workbook", 1))
    assert OoxmlBook(path).sheets() == ["客户名单"]


def test_a_member_twice(tmp_path):
    path = plain(tmp_path / "book.xlsx")
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    assert refused(path) == "duplicate_names"


@pytest.mark.parametrize(
    ("good", "nonsense"),
    [
        (b'ref="A1:C3"', b'ref="A:J"'),
        (b'ref="A1:C3"', b'ref="#REF!"'),
        (b'ref="A1:C3"', b'ref="C3:A1"'),
        (b'ref="A1:C3"', b'ref="A1:XFE9"'),
        (b"<table ", b'<table totalsRowCount="many" '),
        (b"<table ", b'<table totalsRowCount="99" '),
        (b"<table ", b'<table totalsRowCount="-1" '),
    ],
)
def test_a_table_whose_description_is_nonsense_is_refused_by_name(tmp_path, good, nonsense):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        heads = [{"header": head} for head in ("客户编号", "客户名称", "业务员")]
        rows = [["K1", "甲", "李"], ["K2", "乙", "李"]]
        workbook.add_worksheet("客户").add_table(0, 0, 2, 2, {"name": "Liste", "columns": heads, "data": rows})
    bend(path, table1_xml=lambda x: x.replace(good, nonsense))
    with pytest.raises(BookError, match="table Liste on sheet 客户") as caught:
        adopt(path, as_of=DAY)
    assert caught.value.code == "bad_table"


def test_a_bomb(tmp_path):
    path = plain(tmp_path / "book.xlsx")
    parts = members(path)
    parts["xl/media/image1.bin"] = b"\0" * 600_000_000
    path.write_bytes(packed(parts))
    assert refused(path) == "bomb"


def test_a_flipped_byte(tmp_path):
    path = plain(tmp_path / "book.xlsx")
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        at = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 30 + len("xl/worksheets/sheet1.xml") + 40
    data[at] ^= 0xFF
    path.write_bytes(bytes(data))
    assert refused(path) == "broken"


@pytest.mark.parametrize("keep", [30, 60, 90, 99])
def test_a_file_cut_short(tmp_path, keep):
    path = plain(tmp_path / "book.xlsx")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * keep // 100])
    assert refused(path) == "broken"


@pytest.mark.parametrize("lock", ["~$book.xlsx", ".~lock.book.xlsx#", ".~book.xlsx"])
def test_a_file_open_in_excel_libreoffice_or_wps(tmp_path, lock):
    path = plain(tmp_path / "book.xlsx")
    (tmp_path / lock).write_bytes(b"x")
    assert refused(path) == "open_elsewhere"


def test_a_read_only_file(tmp_path):
    path = plain(tmp_path / "book.xlsx")
    path.chmod(0o444)
    assert refused(path) == "read_only"
    path.chmod(0o644)


def test_a_link_that_leads_in_a_circle(tmp_path):
    path = tmp_path / "book.xlsx"
    path.symlink_to("other.xlsx")
    (tmp_path / "other.xlsx").symlink_to("book.xlsx")
    with pytest.raises(BookError) as caught:
        adopt(path, as_of=DAY)
    assert caught.value.code == "link_loop"
    assert "绕" in caught.value.text("zh")


def test_a_link_stays_one_and_the_workbook_it_leads_to_is_set_up(tmp_path):
    path = plain(tmp_path / "book.xlsx", ("客户编号", "业务员", "级别"), ("K1", "李", "A"))
    link = tmp_path / "link.xlsx"
    link.symlink_to("book.xlsx")
    adopt(link, as_of=DAY)
    assert link.is_symlink()
    assert not path.is_symlink()
    assert len(OoxmlBook(path).sheets()) > 1


def test_a_file_changed_since_it_was_read(tmp_path):
    path = plain(tmp_path / "book.xlsx")
    book = OoxmlBook(path)
    book.graft(plain(tmp_path / "other.xlsx", ("a",), sheet="新").read_bytes(), ["新"])
    other = plain(tmp_path / "third.xlsx", ("b",)).read_bytes()
    path.write_bytes(other)
    with pytest.raises(BookError) as caught:
        book.write([])
    assert caught.value.code == "changed"
    assert path.read_bytes() == other


def test_an_empty_workbook_has_no_customers(tmp_path):
    assert refused(plain(tmp_path / "book.xlsx", ("",))) == "no_customers"


def test_a_customer_table_that_names_nobody_says_which_column_it_lacks(tmp_path):
    """With a name or a phone customers get numbers; without either nobody knows which is which."""
    path = plain(tmp_path / "book.xlsx", ("业务员", "级别", "来源"), ("李", "A", "展会"))
    assert refused(path) == "customers_lack"


def test_a_folder_that_cannot_be_written_to(tmp_path, monkeypatch):
    path = plain(tmp_path / "book.xlsx")
    before = path.read_bytes()

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BookError) as caught:
        adopt(path, as_of=DAY)
    assert caught.value.code == "no_temp"
    assert path.read_bytes() == before
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".~")], "the temporary file was left behind"


def chart_of(path: Path, sheet: str) -> str:
    """The first chart's part that a sheet leads to."""
    book = Workbook(Package.open(path))
    led_to = lambda part, wanted: [to for _, kind, to in book.relationships(part) if kind == wanted]  # noqa: E731
    return next(chart for drawing in led_to(book.worksheets[sheet], "drawing") for chart in led_to(drawing, "chart"))


def test_a_part_of_ours_in_an_encoding_nobody_knows(tmp_path):
    path = plain(tmp_path / "book.xlsx")
    adopt(path, as_of=DAY)
    chart = chart_of(path, sheet_name("funnel", "zh"))
    bend(path, **{re.sub(r"\W", "_", chart): lambda x: x.replace(b'encoding="UTF-8"', b'encoding="x-none"')})
    before = path.read_bytes()
    with pytest.raises(BookError) as caught:
        refresh_book(open_book(path), DAY)
    assert (caught.value.code, caught.value.fields["detail"]) == ("broken", chart)
    assert path.read_bytes() == before
