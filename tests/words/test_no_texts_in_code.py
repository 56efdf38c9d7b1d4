"""No text in a language stands in the code: it would be in that language only."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import funnelbook
from funnelbook.words import LANGUAGES, keys

CODE = Path(funnelbook.__file__).parent
CHINESE = re.compile("[\u3400-\u9fff]")
# What people type is read in whatever language it is, and these read more of it than words: forms with digits
EXEMPT = {
    "book/dates.py": "days and times as people type them",
    "book/durations.py": "durations as people type them",
    "book/note_entries.py": "days that notes begin an entry with, and what only looks like one",
    "book/note_joints.py": "what stands around a day on which something is to be done",
    "book/counted.py": "units in headers as people type them",
    "book/note_words.py": "quotes and days as notes have them",
    "book/note_amounts.py": "amounts as notes have them, and what is no price",
    "book/note_hedges.py": "denials, conditions and other people's doings as notes have them",
    "book/refusals_zh.py": "ways to ask for no more calls, and what only looks like one",
    "book/parts.py": "months in names of sheets",
    "book/person_names.py": "what stands between two names",
    "book/spoken_days.py": "days as people say them",
    "book/values.py": "numbers as people type them",
    "domain/periods.py": "periods as people type them",
    "domain/phone.py": "phone numbers as people type them",
    "domain/similar.py": "forms of companies in names",
    "domain/tiers.py": "the usual names of tiers, known where there is no table of them",
    "formulas/cells.py": "days as people type them",
    "commands/convert.py": "days as old workbooks hold them",
    "book/heads_0_1.py": "lines that version 0.1 wrote, never to be changed",
}
LOCALES = {"hosts/libreoffice_values.py": "number formats are written in English in every LibreOffice"}
SOURCES = sorted(p for p in CODE.rglob("*.py") if p.relative_to(CODE).parts[0] != "words")
NAMES = [str(p.relative_to(CODE).as_posix()) for p in SOURCES]


def shown(path: Path) -> list[str]:
    """The texts in the code of a module, without its docstrings and the examples of formulas, which are cells of a user."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    examples = [
        part
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Formula"
        for part in (*node.args[4:6], *(k.value for k in node.keywords if k.arg in ("example", "gives")))
    ]
    notes |= {id(node) for example in examples for node in ast.walk(example)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes
    ]


@pytest.mark.parametrize("name", [name for name in NAMES if name not in EXEMPT])
def test_no_text_in_chinese_and_no_language_stands_in_the_code(name):
    codes = () if name in LOCALES else LANGUAGES
    assert [text for text in shown(CODE / name) if CHINESE.search(text) or text in codes] == []


@pytest.mark.parametrize("name", EXEMPT)
def test_what_is_exempt_needs_to_be(name):
    assert any(CHINESE.search(text) for text in shown(CODE / name)), f"{name} holds none; take it off the list"


def test_every_text_asked_for_by_name_is_there():
    """A misspelt key would be found by whoever meets the message."""
    asked = {
        (name, node.args[0].value)
        for name in NAMES
        for node in ast.walk(ast.parse((CODE / name).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("say", "texts", "in_each", "abreast", "spellings", "BookError")
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and (node.func.id != "texts" or "." in node.args[0].value)  # others have functions of this name
    }
    assert len(asked) > 100
    assert [(name, key) for name, key in sorted(asked) if key not in keys("zh")] == []
