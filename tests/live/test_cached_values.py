"""What formula cells hold when nothing has been worked out since Funnelbook wrote them, against LibreOffice working all out anew."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from math import isclose
from pathlib import Path
from xml.etree import ElementTree

import pytest

from funnelbook import template
from funnelbook.book.labels import sheet_name
from funnelbook.commands import handout as handout_module
from funnelbook.commands.adopt import adopt
from funnelbook.commands.handout import handout, people
from funnelbook.commands.refresh_files import refresh_file
from support import dialects, small_team
from support.demo import DAY
from support.packages import CUSTOMERS, plain

pytestmark = pytest.mark.live
_MAIN = f"{{{dialects.MAIN}}}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def sheets(path: Path) -> Iterator[tuple[str, bytes]]:
    """Name and part of each worksheet, by an XML reader that is none of ours."""
    with zipfile.ZipFile(path) as archive:
        rels = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        targets = {rel.get("Id"): posixpath.join("xl", rel.get("Target")) for rel in rels}
        for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
            yield sheet.get("name"), archive.read(targets[sheet.get(_ID)])


def held(path: Path) -> dict[tuple[str, int, int], tuple[str, str]]:
    """Type and text of what is stored in each formula cell."""
    found = {}
    for name, xml in sheets(path):
        if re.search(rb"<f[\s>]", xml):
            for (row, column), cell in dialects.read(xml)["cells"].items():
                if cell["f"] is not None:
                    found[name, row, column] = cell["t"], cell["v"]
    return found


def differing(path: Path, document: object) -> list[tuple[object, ...]]:
    """The formula cells that hold anything else than LibreOffice gives, which works out every one when it opens a workbook.

    Its add-in speaks Chinese: of an English workbook the two FB_ formulas that speak are left out.
    """
    english = path.stem == "en"
    there, bad = held(path), []
    assert there
    grids: dict[str, object] = {}
    for (name, row, column), (kind, text) in there.items():
        sheet = document.getSheets().getByName(name)
        if name not in grids:
            cursor = sheet.createCursor()
            cursor.gotoEndOfUsedArea(False)
            address = cursor.getRangeAddress()
            grids[name] = sheet.getCellRangeByPosition(0, 0, address.EndColumn, address.EndRow).getDataArray()
        value = grids[name][row - 1][column - 1]
        if kind in ("n", "b") and isinstance(value, float) and text:
            same = isclose(value, float(text), rel_tol=1e-9, abs_tol=1e-12)
        elif kind == "e" or not isinstance(value, str | float):
            same = kind == "e" and sheet.getCellByPosition(column - 1, row - 1).getString() == text
        else:
            same = kind == "str" and value == text
        formula = "" if same else sheet.getCellByPosition(column - 1, row - 1).getFormula()
        if not same and not (english and formula.startswith(("=FB.SHAPE(", "=FB.ADVICE("))):
            bad.append((name, row, column, kind, text, value, formula))
    return bad


def typed(path: Path, texts: dict[str, str], sheet: str) -> None:
    """What a program that works nothing out types into cells of a sheet."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    xml = dict(sheets(path))[sheet]
    part = next(name for name, content in parts.items() if content == xml)
    for cell, text in texts.items():
        value = rf'\1 t="inlineStr"><is><t>{text}</t></is></c>'
        xml, changed = re.subn(rf'(<c r="{cell}"[^>]*?) t="\w+">.*?</c>', value, xml.decode())
        assert changed == 1
        xml = xml.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, xml if name == part else content)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_template_as_it_is_shipped(tmp_path, opened, language):
    path = tmp_path / f"{language}.xlsx"
    path.write_bytes(template.path(language).read_bytes())
    assert differing(path, opened(path)) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sample_team(tmp_path, demo_book, opened, language):
    path = tmp_path / f"{language}.xlsx"
    path.write_bytes(demo_book(language))
    assert differing(path, opened(path)) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_choice_on_the_tracking_page(tmp_path, opened, language):
    path = tmp_path / f"{language}.xlsx"
    path.write_bytes(template.build(language, rows=small_team.rows()))
    assert refresh_file(path, DAY, language).status == "done"
    for who, tier in ((small_team.PEOPLE[1], "D"), ("Nobody*", "?")):
        chosen = tmp_path / who[:1] / path.name
        chosen.parent.mkdir()
        chosen.write_bytes(path.read_bytes())
        typed(chosen, {"C4": who, "G4": tier}, sheet_name("tracking", language))
        assert refresh_file(chosen, DAY).status == "done"
        assert held(chosen) != held(path)
        assert differing(chosen, opened(chosen)) == []
        before = chosen.read_bytes()
        assert refresh_file(chosen, DAY, again=True).status == "unchanged"
        assert chosen.read_bytes() == before


def test_an_adopted_book(tmp_path, opened):
    path = plain(tmp_path / "list.xlsx", *CUSTOMERS)
    adopt(path, as_of=DAY)
    assert differing(path, opened(path)) == []
    refresh_file(path, DAY)
    assert differing(path, opened(path)) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_handout_and_its_own_refresh(tmp_path, demo_book, opened, language, monkeypatch):
    monkeypatch.setattr(handout_module, "people", lambda inputs: people(inputs)[:1])  # one book is looked at
    path = tmp_path / "team.xlsx"
    path.write_bytes(demo_book(language))
    own = tmp_path / f"{language}.xlsx"
    own.write_bytes(Path(handout(path, tmp_path / "handed", as_of=DAY)[0].file).read_bytes())
    assert {sheet_name(key, language) for key in ("today", "tracking")} <= {name for name, _, _ in held(own)}
    assert differing(own, opened(own)) == []
    later = tmp_path / "later" / own.name
    later.parent.mkdir()
    later.write_bytes(own.read_bytes())
    assert refresh_file(later, DAY + timedelta(1), language).status == "done"
    assert differing(later, opened(later)) == []
