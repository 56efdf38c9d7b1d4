"""The package funnelbook.xlam."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import cast
from xml.sax.saxutils import escape, quoteattr

from xlsxwriter import Workbook

from funnelbook.formulas.catalogue import CATEGORIES, FORMULAS
from funnelbook.setup.machine import ADDIN
from funnelbook.words import abreast, key_of
from funnelbook.xlam import custom_ui, vba
from funnelbook.xlam.vba_project import project

LABELS = "Labels"
CUSTOM_UI = "customUI/customUI14.xml"
_MADE = datetime(2026, 1, 1)  # not when: the same text gives the same bytes
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_MACROS_MAIN = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADDIN_MAIN = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
_UI_RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_ARGUMENT_TEXTS = "{8193D73E-4604-4355-AFF4-8A2333D13BE4}"  # [MS-OFFMACRO2] 2.2.2.1.1
LONGEST_CATEGORY = 32


def path() -> Path:
    """Where the add-in lies in the checkout."""
    return vba.SOURCES / ADDIN


def build() -> bytes:
    """The add-in, the same bytes for the same sources."""
    with zipfile.ZipFile(io.BytesIO(_package(project(_package(None), vba.modules())))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    types = "[Content_Types].xml"
    parts[types] = _replaced(parts[types], _MACROS_MAIN, _ADDIN_MAIN)
    relation = f'<Relationship Id="rIdUI" Type="{_UI_RELATION}" Target="{CUSTOM_UI}"/></Relationships>'
    parts["_rels/.rels"] = _replaced(parts["_rels/.rels"], "</Relationships>", relation)
    book = _replaced(parts["xl/workbook.xml"], "</sheets>", "</sheets>" + _categories())
    parts["xl/workbook.xml"] = _replaced(book, "</workbook>", _argument_texts() + "</workbook>")
    parts[CUSTOM_UI] = custom_ui.xml().encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # or it would tell the system it was built on
            archive.writestr(entry, data)
    return out.getvalue()


def _package(vba_project: bytes | None) -> bytes:
    """The workbook with its texts. Excel wants one sheet that is not hidden, even where nobody can see it."""
    out = io.BytesIO()
    workbook = Workbook(out, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    workbook.set_properties({"created": _MADE, "title": "Funnelbook"})
    about = workbook.add_worksheet("Funnelbook")
    about.set_vba_name("FbAbout")
    about.write_string(0, 0, abreast("commands.addin"))
    labels = workbook.add_worksheet(LABELS)
    labels.set_vba_name("FbLabels")
    for i, row in enumerate(custom_ui.labels()):
        for j, text in enumerate(row):
            labels.write_string(i, j, text)
    labels.very_hidden()
    workbook.set_vba_name("ThisWorkbook")
    if vba_project is not None:
        workbook.add_vba_project(cast("str", io.BytesIO(vba_project)), True)  # as it says of itself where it takes one
    workbook.close()
    return out.getvalue()


def _categories() -> str:
    groups = "".join(f"<functionGroup name={quoteattr(_category(key))}/>" for key in CATEGORIES)
    return f'<functionGroups builtInGroupCount="{vba.BUILT_IN_CATEGORIES}">{groups}</functionGroups>'


def _category(key: str) -> str:
    return abreast(f"formulas.category.{key}", between="/", most=LONGEST_CATEGORY)


def _argument_texts() -> str:
    """What the function wizard says of each argument."""
    names = []
    for formula in FORMULAS.values():
        keys = [key_of("formulas", formula.name, a.name) for a in formula.arguments]
        texts = [abreast(key, most=vba.LONGEST_TEXT) for key in keys]
        if texts:
            told = "".join(
                f'<x14:argumentDescription index="{i}">{escape(text)}</x14:argumentDescription>'
                for i, text in enumerate(texts)
            )
            names.append(
                f'<x14:definedName name="{formula.name}">'
                f'<x14:argumentDescriptions count="{len(texts)}">{told}</x14:argumentDescriptions></x14:definedName>'
            )
    return (
        f'<extLst><ext uri="{_ARGUMENT_TEXTS}" xmlns:x14="{_X14}">'
        f"<x14:definedNames>{''.join(names)}</x14:definedNames></ext></extLst>"
    )


def _replaced(part: bytes, old: str, new: str) -> bytes:
    text = part.decode()
    if text.count(old) != 1:
        raise ValueError(f"{old} is there {text.count(old)} times")
    return text.replace(old, new).encode()
