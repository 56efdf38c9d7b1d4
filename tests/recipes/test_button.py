"""A button that runs something is one entry, its handler and its words."""

from __future__ import annotations

import pytest

from support.recipes import Checkout, Step, steps

RECIPE = steps("A button")
ENTRY, HANDLER = "addin/funnelbook/menu.py", "addin/funnelbook/commands/recognised.py"
PRESSED = """
import json
from datetime import date
from funnelbook import template
from funnelbook.book.ports import BookError
from funnelbook.commands.buttons import press_button
from funnelbook.hosts.memory import MemoryBook
from funnelbook.oxt import commands as calc
from funnelbook.xlam import custom_ui
tables = ["Customers", "People"]
book = MemoryBook()
book.graft(template.build("zh", tables=tables), [name for _, name in template.sheets("zh", tables)])
book.write([])
try:
    press_button("recognized", book, date(2026, 5, 20), language="en")
except BookError as error:
    unknown = error.text("en")
print(json.dumps({
    "said": press_button("recognised", book, date(2026, 5, 20), language="zh").line,
    "unknown": unknown,
    "ribbon": custom_ui.xml(),
    "labels": custom_ui.labels(),
    "calc": calc.addons(),
}))
"""


@pytest.fixture
def house(tmp_path) -> Checkout:
    return Checkout(tmp_path)


def but(path: str, old: str, new: str) -> list[Step]:
    """The recipe with one thing otherwise."""
    assert any(step.path == path and old in step.text for step in RECIPE)
    return [Step(s.path, s.name, s.text.replace(old, new) if s.path == path else s.text) for s in RECIPE]


def test_it_is_on_the_ribbon_and_in_calc_and_runs(house):
    house.follow(RECIPE)
    assert {path for path in house.touched if "/words/" not in path} == {ENTRY, HANDLER}
    assert {step.path for step in RECIPE} == house.touched
    found = house.told(PRESSED)
    assert found["said"].startswith("认出的表：")
    assert "客户" in found["said"] and "业务员" in found["said"]
    assert "recognized" in found["unknown"]
    assert '<button id="recognised" imageMso="Info" keytip="YT"' in found["ribbon"]
    assert ["recognised", "认出的表", "Tables found"] in [row[:3] for row in found["labels"]]
    assert "recognised" in found["calc"] and "Tables found" in found["calc"]


@pytest.mark.slow
def test_it_is_built(house):
    house.follow(RECIPE)
    run = house.run("build", "--lang", "en")
    assert run.returncode == 0, run.stdout + run.stderr
    assert "| 认出的表 | Tables found |" in (house.folder / "docs" / "reference.md").read_text(encoding="utf-8")
    assert house.run("build", "--check").returncode == 0


@pytest.mark.parametrize(
    ("recipe", "told"),
    [
        ([s for s in RECIPE if s.path != HANDLER], "recognised:pressed"),
        ([s for s in RECIPE if s.path != "addin/funnelbook/words/en/commands.py"], "words/en/commands.py"),
        (but(ENTRY, '"Info"', '"Infos"'), "Infos"),
        (but(ENTRY, '"YT"', '"Y"'), "keytip"),
        (but(ENTRY, '"help"', '"helps"'), "helps"),
    ],
    ids=["handler", "words", "icon", "key tip", "group"],
)
def test_what_it_lacks_is_told_in_one_sentence(house, recipe, told):
    house.follow(recipe)
    run = house.run("build", "--lang", "en")
    assert run.returncode > 1
    assert "recognised" in run.stderr and told in run.stderr
    assert len(run.stderr.splitlines()) == 1
