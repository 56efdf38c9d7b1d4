"""VBA that stands between what a user types and Python or a shell, run for real: in LibreOffice Basic, with its VBA support."""

from __future__ import annotations

import ast
import re

import pytest

from funnelbook.xlam import vba
from support import basic
from support.external import need

pytestmark = pytest.mark.live

_TEXTS = ["2026-05-20", "", "D:\\团队 a'b\\客户", '$(touch x)`id`|;&"', "𠮷野", "_aZ09"]
_MAIN = """
Sub Main
    Dim target As Integer, block(1 To 2, 1 To 3) As Variant
    target = FreeFile
    Open "{out}" For Output As #target
{prints}
    Print #target, Dimensions(5) & Dimensions(Array(1, 2)) & Dimensions(block)
    Print #target, FbChosen("en") & FbChosen("zh") & FbChosen("'+x+'") & FbChosen("")
    Print #target, FbColumn(4, False) & FbColumn(9, True) & FbColumn(7, False) & FbColumn(4, True)
    Close #target
End Sub
"""


@pytest.fixture(scope="module")
def lines(tmp_path_factory) -> list[str]:
    need("libreoffice")
    profile = tmp_path_factory.mktemp("office")
    out = profile / "out.txt"
    modules = vba.modules()
    code = [_procedure(modules["FbMac"], name) for name in ("Quoted", "Digits")]
    code += [_procedure(modules["FbEngine"], "Dimensions")]
    code += [_procedure(modules["FbLanguages"], name) for name in ("FbChosen", "FbColumn")]
    prints = "\n".join(f"    Print #target, Quoted({_expression(text)})" for text in _TEXTS)
    text = "Option VBASupport 1\nOption Explicit\n" + "".join(code) + _MAIN.format(out=out, prints=prints)
    environment = {"HOME": "/home/who", "USER_OF_TEST": "me", "PATH": "/usr/bin:/bin"}
    basic.run({"Module1": text}, profile, environment)
    assert out.exists(), "the code did not compile or did not run"
    return out.read_text(encoding="utf-8").splitlines()


def test_what_is_typed_arrives_in_python_as_it_was(lines):
    assert [ast.literal_eval(line) for line in lines[: len(_TEXTS)]] == _TEXTS


def test_nothing_typed_can_become_python_or_shell(lines):
    assert all(re.fullmatch(r"'(\w|\\u\w{4}|\\U\w{8})*'", line) and line.isascii() for line in lines[: len(_TEXTS)])


def test_the_shape_of_a_result_is_known(lines):
    assert lines[len(_TEXTS)] == "012"


def test_only_a_language_of_ours_becomes_part_of_a_command(lines):
    assert lines[len(_TEXTS) + 1] == "enzhzhzh"


def test_who_reads_neither_language_reads_english(lines):
    assert lines[len(_TEXTS) + 2] == "2534"


def _procedure(module: str, name: str) -> str:
    found = re.search(rf"(?ms)^(?:Private|Public) Function {name}\(.*?^End Function\r\n", module)
    return found[0].replace("\r\n", "\n")


def _expression(text: str) -> str:
    units = text.encode("utf-16-le")
    codes = [int.from_bytes(units[i : i + 2], "little") for i in range(0, len(units), 2)]
    return " & ".join(f"ChrW({code - 0x10000 if code > 0x7FFF else code})" for code in codes) or '""'
