"""The template in both languages: complete, reproducible, of one language, sound to Excel's own validator."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from funnelbook import template
from funnelbook.book.labels import header, sheet_name
from funnelbook.book.schema import TABLES
from funnelbook.commands.build import build
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.hosts.ooxml.package import Package
from funnelbook.hosts.ooxml.workbook import Workbook
from funnelbook.template.defaults import default_rows
from funnelbook.words import LANGUAGES
from support.cases import first
from support.external import opened_by_libreoffice, validate
from support.lint import lint

CHINESE = re.compile(r"[\u4e00-\u9fff]")
# what may stand in a Chinese book in Latin letters: tier codes, file kinds, the product, units
LATIN_ALLOWED = re.compile(
    r"Funnelbook|funnelbook install|#NAME\?|Excel|SMS|GSM-7|FB_|P10|P50|P90|\b[A-E]\b|\d{4}-W\d\d|zh|en|\bCRM\b"
)


@pytest.fixture(scope="module", params=first(1, LANGUAGES))
def demo(request, tmp_path_factory, demo_book) -> tuple[str, Path]:
    """A refreshed workbook of the sample team, by language."""
    language = request.param
    path = tmp_path_factory.mktemp(language) / template.path(language).name
    path.write_bytes(demo_book(language))
    return language, path


def test_the_committed_files_are_what_the_code_builds():
    assert build(only_check=True) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_building_twice_gives_the_same_bytes(language):
    assert template.build(language) == template.build(language)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_table_can_be_built_alone(name):
    """A workbook may have lost any one of a sheet's tables; the chart over another is not drawn then."""
    assert template.build("zh", tables=[name])[:2] == b"PK"


@pytest.fixture(scope="module")
def formulas(demo) -> openpyxl.Workbook:
    """The same as openpyxl reads it, with its formulas."""
    return openpyxl.load_workbook(demo[1])


def test_every_table_is_there_under_its_headers(demo, formulas):
    language, _path = demo
    book = formulas
    found = {t.displayName: (sheet, t) for sheet in book for t in sheet.tables.values()}
    assert set(found) == set(TABLES)
    for name, table in TABLES.items():
        sheet, placed = found[name]
        heads = [cell.value for cell in sheet[placed.ref][0]]
        assert heads == [header(table, column, language) for column in table.names]
    sheets = {*template.EXTRAS, *(table.sheet for table in TABLES.values())}
    assert [s.title for s in book] == [sheet_name(key, language) for key in TABLES.sheets if key in sheets]


def test_no_sheet_mixes_languages(demo):
    language, path = demo
    book = openpyxl.load_workbook(path, data_only=True, read_only=True)
    mixed = []
    for sheet in book:
        texts = [(c.coordinate, c.value) for row in sheet.iter_rows() for c in row if isinstance(c.value, str)]
        for place, text in [("title", sheet.title), *texts]:
            if (language == "en" and CHINESE.search(text)) or (
                language == "zh"
                and re.search(r"[A-Za-z]{3,}", LATIN_ALLOWED.sub("", text))
                and not _typed(sheet, text, language)
            ):
                mixed.append((sheet.title, place, text))
    assert not mixed


def _typed(sheet, text: str, language: str) -> bool:
    """E-mail addresses, formulas to copy, keys of Settings and words of phone systems are the same in every language; nobody reads the
    bookkeeping sheets."""
    unread = {sheet_name(key, language) for key in TABLES.hidden_sheets}
    return "@" in text or text.startswith("=FB_") or text in _OF_MACHINES or sheet.title in unread


_STARTS_WITH = default_rows("en")
_OF_MACHINES = {str(row["key"]) for row in _STARTS_WITH["Settings"]}
_OF_MACHINES |= {str(row[name]) for row in _STARTS_WITH["Dispositions"] for name in ("profile", "disposition")}


def test_charts_are_filled(demo, formulas):
    _language, path = demo
    with_charts = {sheet.title: len(sheet._charts) for sheet in formulas if sheet._charts}
    assert sum(with_charts.values()) >= 6

    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"xl/charts/chart\d+\.xml", name):
                xml = archive.read(name).decode()
                for cache in re.findall(r"<c:(?:num|str)Cache>.*?</c:(?:num|str)Cache>", xml, re.DOTALL):
                    assert "<c:v>" in cache, name


def test_excels_rules_hold(demo):
    _language, path = demo
    assert lint(path) == []


def test_the_validator_finds_nothing(demo, tmp_path):
    language, path = demo
    empty = tmp_path / "empty.xlsx"
    empty.write_bytes(template.build(language))
    assert set(map(tuple, validate([path, empty]).values())) == {()}


@pytest.mark.live
def test_libreoffice_opens_it(demo):
    _language, path = demo
    assert opened_by_libreoffice([path]) == {path}


def test_lists_offer_the_words_that_are_read_back(formulas):
    """A word chosen from a drop-down list is one the decoder knows."""
    lists = [v.formula1 for sheet in formulas for v in sheet.data_validations.dataValidation if v.type == "list"]
    assert len(lists) >= 8
    assert not [formula for formula in lists if formula.startswith('"') and len(formula) > 257]


def test_an_empty_template_refreshes(tmp_path):
    path = tmp_path / "new.xlsx"
    path.write_bytes(template.path("zh").read_bytes())
    report = refresh_file(path, date(2026, 5, 20))
    assert report.status == "done"
    assert report.problems == 0
    assert refresh_file(path, date(2026, 5, 20), again=True).status == "unchanged"


def test_a_sheet_is_made_with_any_one_of_its_tables():
    """Where a user deleted one table of a sheet, only that one is made again: a chart of the other raised."""
    made = {name: template.build("zh", tables=[name]) for name in ("Care", "Effort", "Funnel", "Summary")}
    assert {name: [t.listed.name for t in Workbook(Package(made[name], "a.xlsx")).tables] for name in made} == {
        name: [name] for name in made
    }
