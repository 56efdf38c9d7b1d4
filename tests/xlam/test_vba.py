"""The VBA in the add-in is the text in the sources, whole and nothing else; no compiler saw it, a parser of the language did."""

from __future__ import annotations

import re
from functools import cache

import pytest

from funnelbook import ribbon
from funnelbook.engine.excel_cells import ERROR_MARK
from funnelbook.formulas.catalogue import CATEGORIES, FORMULAS
from funnelbook.setup.engine_keys import PROGID
from funnelbook.setup.install import install
from funnelbook.setup.machine import APPLESCRIPT, XLWINGS, read_settings
from funnelbook.words import CHOSEN_BY
from funnelbook.xlam import vba
from funnelbook.xlam.build import path
from funnelbook.xlam.vba import fault, modules
from support import vba_reader
from support.cases import first
from support.external import ROOT
from support.machines import PASSES, mac

SOURCES = modules()
ALL = "".join(SOURCES.values())
_PROCEDURE = r"(?m)^ *(Public|Private) (Sub|Function) (\w+)"


@cache
def package() -> bytes:
    return path().read_bytes()


@cache
def project() -> vba_reader.Project:
    return vba_reader.read(vba_reader.vba_project(package()))


def test_the_dir_stream_lists_the_modules_and_ends_where_it_should():
    found = project()
    assert (found.name, found.code_page, found.references) == ("Funnelbook", 1252, ["stdole", "Office"])
    assert [m.name for m in found.modules] == list(SOURCES)
    assert found.count == len(SOURCES)
    assert all(m.stream == m.name and m.offset == 0 and m.ended for m in found.modules)
    assert [m.name for m in found.modules if not m.standard] == ["ThisWorkbook", "FbAbout", "FbLabels"]
    streams = {f"VBA/{name}" for name in SOURCES} | {"VBA/dir", "VBA/_VBA_PROJECT", "PROJECT", "PROJECTwm"}
    assert set(found.streams) == streams, "nothing compiled, nothing left over from the template"
    assert found.streams["VBA/_VBA_PROJECT"] == bytes.fromhex("CC61FFFF000000")


def test_the_project_stream_declares_the_same_modules():
    lines = project().streams["PROJECT"].decode("ascii").split("\r\n")
    assert 'Name="Funnelbook"' in lines
    declared = [line.partition("=")[::2] for line in lines if line.startswith(("Document=", "Module=", "Class="))]
    assert [name.split("/")[0] for _, name in declared] == list(SOURCES)
    assert {kind for kind, name in declared if "/" in name} == {"Document"}


@pytest.mark.parametrize("name", SOURCES)
def test_the_text_in_the_package_is_the_source(name):
    module = next(m for m in project().modules if m.name == name)
    assert vba_reader.source(project(), module) == SOURCES[name]
    assert vba_reader.by_olevba(package())[0][name] == SOURCES[name]
    assert SOURCES[name].isascii() and not re.search(r"(?<!\r)\n|\t", SOURCES[name])
    assert f'Attribute VB_Name = "{name}"\r\n' in SOURCES[name]
    assert "\r\nOption Explicit\r\n" in SOURCES[name]


def test_what_olevba_warns_of_is_explained_to_it_people():
    page = (ROOT / "docs" / "it.md").read_text(encoding="utf-8")
    told = set(re.findall(r"(?m)^\| (AutoExec|Suspicious|IOC) \| `([^`]+)` \|", page))
    assert told == vba_reader.by_olevba(package())[1]


def test_each_formula_has_its_function():
    text = SOURCES[vba.GENERATED]
    heads = re.findall(r"(?m)^Public Function (\w+)\((.*)\) As Variant\r$", text)
    wanted = [
        (
            f.name,
            ", ".join(
                f"ParamArray {a.name}() As Variant" if a.repeats else f"{'Optional ' * a.optional}{a.name} As Variant"
                for a in f.arguments
            ),
        )
        for f in FORMULAS.values()
    ]
    assert heads == wanted
    categories = re.findall(r'(?m)^Attribute (\w+)\.VB_ProcData\.VB_Invoke_Func = " \\n(\d+)"\r$', text)
    first = vba.BUILT_IN_CATEGORIES + 1
    assert categories == [(f.name, str(first + CATEGORIES.index(f.category))) for f in FORMULAS.values()]
    described = dict(re.findall(r'(?m)^Attribute (\w+)\.VB_Description = "(.*)"\r$', text))
    assert described == {f.name: f.text("en").replace('"', '""') for f in FORMULAS.values()}
    assert all(0 < len(d) <= 255 for d in described.values())
    calls = re.findall(r'FbCall\("(\w+)"', text)
    assert calls == list(FORMULAS)


def test_names_vba_or_a_cell_would_refuse_are_known():
    assert not [f.name for f in FORMULAS.values() if fault(f.name, function=True)]
    assert not [(f.name, a.name) for f in FORMULAS.values() for a in f.arguments if fault(a.name)]
    assert fault("Date") and fault("LOCK") and fault("1st") and fault("_x") and fault("a.b") and fault("客户")
    assert fault("FB1", function=True) and fault("r2c3", function=True) and not fault("FB1")
    assert not fault("locked") and not fault("FB_NEED", function=True)


def test_optional_arguments_come_last():
    for formula in FORMULAS.values():
        optional = [a.optional or a.repeats for a in formula.arguments]
        assert optional == sorted(optional), formula.name


def test_every_procedure_used_is_there_once():
    defined = [name for _, _, name in re.findall(_PROCEDURE, ALL)]
    assert not {n for n in defined if defined.count(n) > 1}
    code = "\n".join(re.sub(r'"[^"]*"|\'.*', "", line) for line in ALL.splitlines() if "Attribute" not in line)
    assert set(re.findall(r"\bFb[A-Z]\w*", code)) <= set(defined)


def test_no_runtime_function_stands_in_the_function_wizard():
    shown = [
        name
        for module, text in SOURCES.items()
        for scope, kind, name in re.findall(_PROCEDURE, text)
        if (scope, kind) == ("Public", "Function") and "Option Private Module" not in text
    ]
    assert shown == list(FORMULAS)


def test_windows_starts_the_engine_and_excel_nothing():
    on_windows = "".join(
        re.sub(r"(?ms)^ *#If Mac Then\r$.*?^ *#(?:Else|End If)\r$", "", text) for text in SOURCES.values()
    )
    assert f'CreateObject("{PROGID}")' in on_windows
    for word in ("Declare", "Lib ", ".dll", "cmd", "Environ", "Open ", "Shell", "Exec", "xlwings"):
        assert not re.search(rf"(?i)\b{re.escape(word)}", re.sub(r"(?m)'.*$", "", on_windows)), word
    asked = set(re.findall(r"(?:engine|mAtWork|FbStarted\((?:True)?\))\.(\w+)", on_windows))
    assert asked == {"formula", "press"}, "the only methods there are"


def test_opening_a_workbook_computes_its_own_sheets_alone():
    """CalculateFull would compute every workbook that is open; here Excel is told of sheets in which our formulas are."""
    text = SOURCES["ThisWorkbook"]
    assert "CalculateFull" not in ALL
    switched = re.findall(r"(?m)^ *(\w+)\.EnableCalculation = (\w+)", text)
    assert switched == [("sheet", "False"), ("sheet", "True")]
    assert "For Each sheet In Wb.Worksheets" in text


def test_a_mac_asks_for_the_script_of_the_xlwings_that_is_installed():
    mac = SOURCES["FbMac"]
    assert f'"{APPLESCRIPT}"' in mac
    assert set(re.findall(r"\d+\.\d+\.\d+", ALL)) <= {XLWINGS, "1.0.0"}
    assert "Redistribution and use in source and binary forms" in mac
    assert "Copyright (C) 2014-present, Zoomer Analytics LLC." in mac
    assert "funnelbook.ribbon.press(" in mac and callable(ribbon.press)
    assert CHOSEN_BY in mac


def test_the_settings_read_are_those_the_installer_writes(tmp_path):
    asked = set(re.findall(r'Setting\("(\w+)"\)', ALL))
    machine = mac(tmp_path)
    install(machine, b"", self_test=PASSES)
    assert asked == set(read_settings(machine.conf.read_text())[0])


def test_every_error_becomes_a_real_one():
    assert chr(1) == ERROR_MARK and "AscW(value) <> 1" in SOURCES["FbEngine"]
    cases = dict(re.findall(r'Case "(#[^"]+)": RealError = CVErr\((\w+)\)', SOURCES["FbEngine"]))
    assert cases == {
        "#N/A": "xlErrNA", "#NUM!": "xlErrNum", "#DIV/0!": "xlErrDiv0", "#REF!": "xlErrRef", "#NAME?": "xlErrName",
        "#NULL!": "xlErrNull",
    }  # fmt: skip


@pytest.mark.parametrize("name", first(1, sorted(SOURCES)))
def test_a_parser_of_vba_accepts_the_module(name):
    faults = _faults(_standard_form(SOURCES[name]))
    assert not faults


def test_the_parser_refuses_what_is_no_vba():
    text = SOURCES["FbAbout"]
    assert _faults(_standard_form(text) + "Sub A()\r\n    Dim\r\nEnd Sub\r\n")
    assert _faults(_standard_form(text) + "Sub A()\r\n    If True Then\r\nEnd Sub\r\n")
    assert _faults(_standard_form(text) + "Function A(\r\nEnd Function\r\n")


def _standard_form(text: str) -> str:
    """Without the header of a document module: the grammar knows it in files the VBA editor exports only."""
    return re.sub(r"(?m)^Attribute VB_(?!Name).*\r\n", "", text)


def _faults(text: str) -> list[tuple[int, str]]:
    lexing = pytest.importorskip("antlr4_vba.vbaLexer", reason="NOT CHECKED: no antlr4-vba; uv sync")
    from antlr4 import CommonTokenStream, InputStream  # noqa: PLC0415 - comes with antlr4-vba
    from antlr4.error.ErrorListener import ErrorListener  # noqa: PLC0415
    from antlr4_vba.vbaParser import vbaParser  # noqa: PLC0415

    class Listener(ErrorListener):
        def syntaxError(self, recognizer, symbol, line, column, message, error):
            faults.append((line, message[:200]))

    faults: list[tuple[int, str]] = []
    lexer = lexing.vbaLexer(InputStream(text))
    parser = vbaParser(CommonTokenStream(lexer))
    for part in (lexer, parser):
        part.removeErrorListeners()
        part.addErrorListener(Listener())
    parser.startRule()
    return faults
