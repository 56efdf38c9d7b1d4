"""funnelbook.xlam as a package: current, the same bytes every time, and no fault the validator of the Open XML SDK can see."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
import zlib
from xml.etree import ElementTree

import pytest

from funnelbook.formulas.catalogue import CATEGORIES, FORMULAS
from funnelbook.words import LANGUAGES, in_each
from funnelbook.xlam import custom_ui
from funnelbook.xlam.build import CUSTOM_UI, LABELS, build, path
from support import vba_reader
from support.external import opened_by_libreoffice, validate
from support.lint import lint

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"


def parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_committed_file_is_current():
    assert parts(path().read_bytes()) == parts(build())


def test_another_process_builds_the_same_bytes():
    code = "import sys; from funnelbook.xlam.build import build; sys.stdout.buffer.write(build())"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env={"PYTHONHASHSEED": "7"})
    assert other.stdout == build() == build()


def test_the_vba_project_is_the_same_whatever_compressed_the_package(monkeypatch):
    def poor(method: int, level: int | None = None):
        return zlib.compressobj(1, zlib.DEFLATED, -15) if method == zipfile.ZIP_DEFLATED else None

    monkeypatch.setattr(zipfile, "_get_compressor", poor)
    assert build() != path().read_bytes()
    assert vba_reader.vba_project(build()) == vba_reader.vba_project(path().read_bytes())


def test_the_validator_finds_nothing():
    assert validate([path()]) == {path(): []}


def test_what_no_validator_sees_is_not_there_either():
    assert lint(path()) == []


@pytest.mark.live
def test_another_program_opens_the_workbook_in_it(tmp_path):
    book = tmp_path / "book.xlsm"  # LibreOffice knows no add-ins
    with zipfile.ZipFile(book, "w") as archive:
        for name, data in parts(path().read_bytes()).items():
            archive.writestr(name, data.replace(b"excel.addin.macroEnabled", b"excel.sheet.macroEnabled"))
    assert opened_by_libreoffice([book]) == {book}


def test_it_is_an_addin_with_ribbon_and_code_and_no_settings():
    found = parts(path().read_bytes())
    types = found["[Content_Types].xml"].decode()
    assert types.count("application/vnd.ms-excel.addin.macroEnabled.main+xml") == 1
    assert "sheet.macroEnabled" not in types and "application/vnd.ms-office.vbaProject" in types
    assert 'Extension="xml" ContentType="application/xml"' in types, "what the ribbon's part is"
    assert found[CUSTOM_UI].decode() == custom_ui.xml()
    relations = ElementTree.fromstring(found["_rels/.rels"])
    targets = {r.get("Type"): r.get("Target") for r in relations}
    assert targets["http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"] == CUSTOM_UI
    assert len({r.get("Id") for r in relations}) == len(relations)
    book = ElementTree.fromstring(found["xl/workbook.xml"])
    sheets = {s.get("name"): s.get("state", "visible") for s in book.iter(f"{MAIN}sheet")}
    assert sheets == {"Funnelbook": "visible", LABELS: "veryHidden"}, (
        "a sheet named *.conf would win over the installer"
    )


def test_the_code_names_are_those_of_the_document_modules():
    found = parts(path().read_bytes())
    book = ElementTree.fromstring(found["xl/workbook.xml"])
    names = [book.find(f"{MAIN}workbookPr").get("codeName")]
    for number in (1, 2):
        sheet = ElementTree.fromstring(found[f"xl/worksheets/sheet{number}.xml"])
        names.append(sheet.find(f"{MAIN}sheetPr").get("codeName"))
    listed = vba_reader.read(found["xl/vbaProject.bin"]).modules
    assert names == [m.name for m in listed if not m.standard]


def test_the_labels_are_on_the_sheet():
    found = parts(path().read_bytes())
    strings = [
        "".join(t.text or "" for t in item.iter(f"{MAIN}t"))
        for item in ElementTree.fromstring(found["xl/sharedStrings.xml"])
    ]
    rows = []
    for row in ElementTree.fromstring(found["xl/worksheets/sheet2.xml"]).iter(f"{MAIN}row"):
        cells = {c.get("r")[0]: strings[int(c.find(f"{MAIN}v").text)] for c in row if c.get("t") == "s"}
        rows.append(tuple(cells.get(letter, "") for letter in "ABCDE"))
    assert rows == custom_ui.labels()


def test_the_function_wizard_tells_of_every_argument():
    book = ElementTree.fromstring(parts(path().read_bytes())["xl/workbook.xml"])
    groups = book.find(f"{MAIN}functionGroups")
    assert [g.get("name") for g in groups] == [
        "/".join(in_each(f"formulas.category.{key}").values()) for key in CATEGORIES
    ]
    told = {
        name.get("name"): [
            (int(d.get("index")), d.text) for d in name.iterfind(f"{X14}argumentDescriptions/{X14}argumentDescription")
        ]
        for name in book.iter(f"{X14}definedName")
    }
    assert told == {
        f.name: [(i, " / ".join(f.meaning(a, each) for each in LANGUAGES)) for i, a in enumerate(f.arguments)]
        for f in FORMULAS.values()
        if f.arguments
    }
    assert all(len(text) <= 255 for texts in told.values() for _, text in texts)
