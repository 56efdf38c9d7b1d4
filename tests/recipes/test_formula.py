"""A formula is one file and its words."""

from __future__ import annotations

from support.recipes import Checkout, Step, steps

RECIPE = steps("A formula")
FILE = "addin/funnelbook/formulas/functions/repeat_customers.py"
ASKED = """
import json
from funnelbook.engine.excel_cells import answer
from funnelbook.formulas.catalogue import FORMULAS, call
from funnelbook.book.ports import Area
from funnelbook.formulas.evaluate import Evaluator
from funnelbook.formulas.native.blocks import Range
from funnelbook.formulas.page import functions_page
from funnelbook.oxt import formulas as calc
from funnelbook.xlam import vba
typed = ("=FB_REPEATS(B2:B6)", "=FB_REPEATS(B2)")
class Cells:
    date1904 = False
    cells = {"B2:B6": [[1], ["3"], [None], [2], [1]], "B2": [[0]]}
    def place(self, text, sheet):
        return Range(text, Area(1, 1, len(self.cells[text]), 1))
    def rows(self, cells):
        return self.cells[cells.sheet]
print(json.dumps({
    "cells": [str(Evaluator(Cells(), "zh").rows(text, "")[0][0]) for text in typed],
    "why": str(Evaluator(Cells(), "en").rows('=FB_WHY("FB_REPEATS", B2)', "")[0][0]),
    "page": functions_page(),
    "calc": calc.calc_addins(),
    "excel": "".join(vba.modules().values()),
    "answer": answer("FB_REPEATS", [((1.0,), (3.0,), (None,), (2.0,), (1.0,))]),
    "checked": FORMULAS["FB_REPEATS"].check(),
}))
"""


def test_it_works_in_cells_and_is_told_of(tmp_path):
    house = Checkout(tmp_path)
    house.follow(RECIPE)
    assert {path for path in house.touched if "/words/" not in path} == {FILE}
    assert {step.path for step in RECIPE} == house.touched
    found = house.told(ASKED)
    assert found["cells"] == ["0.5", "#N/A"]
    assert "#N/A" in found["why"]
    section = found["page"].split("### FB_REPEATS\n")[1].split("\n### ")[0]
    for text in ("回头客占成交客户的比例", "orders of each customer, a column", "FB_REPEATS(orders)"):
        assert text in section
    assert "FB_REPEATS" in found["excel"] and "REPEATS" in found["calc"]
    assert found["answer"] == [[0.5]]


def test_a_missing_meaning_is_asked_for_by_key_and_file(tmp_path):
    house = Checkout(tmp_path)
    house.follow([step for step in RECIPE if step.path != "addin/funnelbook/words/en/formulas.py"])
    run = house.run("build", "--lang", "en")
    assert run.returncode > 1
    assert run.stderr.strip() == "There is no text FB_REPEATS in the language en; write it into words/en/formulas.py."


def test_two_formulas_of_one_name_are_refused(tmp_path):
    house = Checkout(tmp_path)
    house.follow([Step(s.path, s.name, s.text.replace("FB_REPEATS", "FB_PACE")) for s in RECIPE if s.path == FILE])
    run = house.run("build")
    assert run.returncode > 0
    assert "there are two formulas FB_PACE" in run.stderr
