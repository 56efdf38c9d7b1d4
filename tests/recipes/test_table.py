"""A result table on a new sheet is one file and its words."""

from __future__ import annotations

import openpyxl
import pytest

from funnelbook.words import LANGUAGES
from support.recipes import Checkout, Step, steps

RECIPE = steps("A result table on a new sheet")
FILE = "addin/funnelbook/results/sources.py"
HEADS = {
    "zh": ("客户来源", ["来源", "客户数", "成交客户", "成交占比"]),
    "en": ("Sources", ["Source", "Customers", "Bought", "Share who bought"]),
}
SOURCES = ["展会", "官网", "展会", None, "展会"]
BUILT = f"""
import json
from pathlib import Path
from funnelbook import template
from funnelbook.template.reference import reference
customers = [{{"id": f"K{{i}}", "tier": "D", "source": source}} for i, source in enumerate({SOURCES})]
for language in %s:
    Path(language + ".xlsx").write_bytes(template.build(language, rows={{"Customers": customers}}))
print(json.dumps(reference()))
"""


@pytest.fixture
def house(tmp_path) -> Checkout:
    return Checkout(tmp_path)


def with_slip(path: str, old: str, new: str) -> list[Step]:
    """The recipe with a slip in one of its files."""
    assert any(step.path == path and old in step.text for step in RECIPE)
    return [Step(s.path, s.name, s.text.replace(old, new) if s.path == path else s.text) for s in RECIPE]


@pytest.mark.slow
def test_it_is_drawn_filled_and_listed_in_every_language(house):
    house.follow(RECIPE)
    assert {path for path in house.touched if "/words/" not in path} == {FILE}
    assert {step.path for step in RECIPE} == house.touched
    page = house.told(BUILT % [*LANGUAGES])
    section = page.split("(`Sources`)")[1].split("\n## ")[0]
    for language in LANGUAGES:
        sheet, heads = HEADS[language]
        assert all(head in section for head in heads)
        path = house.folder / f"{language}.xlsx"
        drawn = openpyxl.load_workbook(path)[sheet]
        assert [cell.value for row in drawn[drawn.tables["Sources"].ref] for cell in row][:4] == heads
        run = house.run("refresh", path, "--as-of", "2026-05-20")
        assert run.returncode in (0, 1), run.stdout + run.stderr
        shown = openpyxl.load_workbook(path)[sheet]
        rows = [[cell.value for cell in row] for row in shown[shown.tables["Sources"].ref]]
        assert rows[0] == heads
        assert rows[1:] == [["展会", 3, 0, 0], ["官网", 1, 0, 0]]


def test_a_misspelt_column_refuses_the_refresh_by_name(house):
    house.follow(with_slip(FILE, "assign(share=", "assign(shere="))
    house.told(BUILT % ["zh"])
    before = (house.folder / "zh.xlsx").read_bytes()
    run = house.run("refresh", "zh.xlsx", "--as-of", "2026-05-20")
    assert run.returncode > 1
    assert "Sources lacks the column share" in run.stdout + run.stderr
    assert (house.folder / "zh.xlsx").read_bytes() == before


@pytest.mark.parametrize(
    ("file", "key"),
    [
        ("titles", "Sources"),
        ("columns", "Sources.customers"),
        pytest.param("sheets", "sources", marks=pytest.mark.slow),
        pytest.param("pages", "sources", marks=pytest.mark.slow),
    ],
)
def test_a_missing_word_is_asked_for_by_key_and_file(house, file, key):
    house.follow([step for step in RECIPE if step.path != f"addin/funnelbook/words/en/{file}.py"])
    run = house.run("build", "--lang", "en")
    assert run.returncode > 1
    assert run.stderr.strip() == f"There is no text {key} in the language en; write it into words/en/{file}.py."
