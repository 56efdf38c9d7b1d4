"""Every text people read comes from words: a language made of brackets shows what does not."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from funnelbook.book.schema import TABLES
from funnelbook.book.settings import KEYS
from funnelbook.domain.phone import HOME
from funnelbook.menu import COMMANDS
from funnelbook.template.defaults import default_rows
from funnelbook.words import LANGUAGES
from support import pseudo

TESTS = Path(__file__).parents[1]
NAMES = "|".join(("Funnelbook", pseudo.LANGUAGE))
COLUMNS = {column for table in TABLES.values() for column in table.names}
_SYSTEMS = {
    word
    for language in LANGUAGES
    for row in default_rows(language)["Dispositions"]
    for name in ("profile", "disposition")
    for word in pseudo.LETTERS.findall(str(row[name]))
}
# What is no text in a language, by surface, with the reason
EXEMPT = {
    # keys of Settings are names of the contract, countries have codes, phone systems their own words
    "template": "|".join((NAMES, *KEYS, HOME, *_SYSTEMS)),
    # and what the sample team types in its own way, which must be read as it is: a day and an amount; formulas to be copied;
    # the code of the shape, which the page turns into a name
    "demo": "|".join((NAMES, *KEYS, HOME, *_SYSTEMS, "[年月日万]", "FB_[A-Z]+|DATE|Calendar|All", "ideal")),
    # columns by the names that --map takes, and the names of files
    "commands": "|".join((NAMES, *COLUMNS, "xlsx|html|none|board")),
    # the names of commands and options, and what stands for their values
    "help": "|".join((NAMES, "main", *(c.name for c in COMMANDS), "[A-Z_]+", "[a-z]+(-[a-z]+)*")),
}
AT_REST = ("template", "help", "ribbon", "LibreOffice", "doctor", "reasons", "headings of pages")
AT_WORK = ("demo", "commands", "board page")


def shown(folder: Path, what: str) -> dict[str, list[str]]:
    """What each surface shows in the language, in a process of its own: languages are looked for once."""
    pseudo.write(folder)
    code = [sys.executable, str(TESTS / "support" / "pseudo_shown.py"), str(folder), what]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path])}
    run = subprocess.run(code, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.fixture(scope="module")
def at_rest(tmp_path_factory) -> dict[str, list[str]]:
    return shown(tmp_path_factory.mktemp("words"), "at_rest")


@pytest.fixture(scope="module")
def at_work(tmp_path_factory) -> dict[str, list[str]]:
    return shown(tmp_path_factory.mktemp("words"), "at_work")


@pytest.mark.parametrize("surface", AT_REST)
def test_every_text_is_of_the_language(at_rest, surface):
    assert bare(surface, at_rest[surface]) == []


@pytest.mark.slow
@pytest.mark.parametrize("surface", AT_WORK)
def test_every_text_of_a_teams_workbook_is_of_the_language(at_work, surface):
    assert bare(surface, at_work[surface]) == []


@pytest.mark.parametrize("page", ["formulas", "tables"])
def test_the_pages_of_the_manual_have_all_in_the_language(at_rest, page):
    assert at_rest[f"not on the page of {page}"] == []


def test_a_text_outside_brackets_is_seen():
    assert bare("", ["⟦客户⟧", "⟦第 ⟦3⟧ 行⟧ 2026-05-20"]) == []
    assert bare("", ["⟦客户⟧编号", "Calls ⟦3⟧", "⟦a⟧"]) == ["⟦客户⟧编号", "Calls ⟦3⟧"]


def bare(surface: str, texts: list[str]) -> list[str]:
    assert texts, "nothing was looked at"
    return pseudo.bare(texts, re.compile(EXEMPT.get(surface, NAMES)))
