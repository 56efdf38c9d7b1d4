"""Tables are found where they are declared: a new file is enough."""

from __future__ import annotations

import sys

import pytest

from funnelbook.book.schema import TABLES, Role, Tables

ONE = """
from funnelbook.book.schema import Column, Kind, Role, Table
{const} = Table("{name}", Role.RESULT, sheet="{sheet}", order={order}, columns=(Column("person", Kind.PERSON, key=True),))
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    """The tables of a package with these modules."""

    def made(**modules: str) -> Tables:
        folder = tmp_path / "declaring"
        folder.mkdir()
        for name, code in {"__init__": "", **modules}.items():
            (folder / f"{name}.py").write_text(code, encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        return Tables("declaring")

    yield made
    for name in [name for name in sys.modules if name.partition(".")[0] == "declaring"]:
        del sys.modules[name]


def test_a_file_is_enough_and_the_order_is_the_declared_one(package):
    late, early = (ONE.format(const="T", name=n, sheet=n.lower(), order=o) for n, o in (("Late", 900), ("Early", 1)))
    tables = package(a=late, b=early, c="from declaring.a import T\n")
    assert list(tables) == ["Early", "Late"]
    assert tables.sheets == ("today", "guide", "early", "tracking", "what_if", "what_if_sums", "late")
    assert [table.name for table in tables.results] == ["Early", "Late"]
    assert not tables.inputs


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ({"name": "One", "order": 2}, "a table One already"),
        ({"name": "Two", "order": 1}, "Two has the order 1, which is that of One"),
    ],
)
def test_two_of_one_name_or_place_are_refused(package, second, told):
    tables = package(
        a=ONE.format(const="A", name="One", sheet="s", order=1), b=ONE.format(const="B", sheet="s", **second)
    )
    with pytest.raises(ValueError, match=told):
        list(tables)


def test_columns_of_a_table_have_names_of_their_own_and_rows_that_are_told_apart():
    for table in TABLES.values():
        assert len(table.by_name) == len(table.columns), table.name
        assert table.keys or table.name in ("Leave", "CareRules"), table.name


def test_charts_draw_columns_that_are_there():
    for table in TABLES.values():
        for chart in table.charts:
            assert table.role is Role.RESULT
            drawn = [chart.category, *(s.column for s in chart.series), *(s.column for s in chart.lines)]
            assert set(drawn) <= set(table.names), (table.name, chart.title)
