"""CONTRIBUTING.md names what is there."""

from __future__ import annotations

import re

import pytest

from support.external import ROOT
from support.recipes import PAGE, section, steps

RECIPES = ("A result table on a new sheet", "A formula", "A button")


def test_all_recipes_are_followed():
    told = PAGE.read_text(encoding="utf-8").split("## Recipes")[1].split("\n## ")[0]
    assert re.findall(r"(?m)^### (.+)$", told) == [*RECIPES, "A language"]


@pytest.mark.parametrize("title", RECIPES)
def test_every_block_of_a_recipe_is_a_step(title):
    assert len(steps(title)) == section(title).count("```python")


def test_the_recipe_of_a_language_is_a_folder_and_its_test():
    told = section("A language")
    for path in ("addin/funnelbook/words/en", "tests/recipes/test_language.py"):
        assert f"`{path}`" in told and (ROOT / path).exists()


def test_the_map_names_every_room():
    told = PAGE.read_text(encoding="utf-8").split("## The map of the house")[1].split("\n## ")[0]
    code = ROOT / "addin" / "funnelbook"
    rooms = {p.name for p in code.iterdir() if (p / "__init__.py").exists()} | {p.name for p in code.glob("[!_]*.py")}
    assert not {room for room in rooms if f"`{room}`" not in told}
