"""Golden workbooks: what adopt and refresh make of a small workbook, compared part by part.

After a change that is meant, look at the difference it makes, then `uv run pytest tests/golden --update-golden`.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from funnelbook.commands.adopt import adopt
from funnelbook.commands.refresh_files import refresh_file
from support.packages import CUSTOMERS, members, plain

DAY = date(2026, 5, 20)
HERE = Path(__file__).parent
INPUTS = {
    "zh": CUSTOMERS,
    "en": (
        ("Customer ID", "Customer", "Owner", "Tier", "Created", "Phone"),
        ("K1", "Acme", "Ann", "C", "2026-05-01", "555-0101"),
        ("K2", "Bolt", "Bob", "A", "2026-05-02", "555-0102"),
    ),
}


@pytest.mark.parametrize("language", INPUTS)
def test_adopted_and_refreshed(tmp_path, language, pytestconfig):
    path = plain(tmp_path / f"{language}.xlsx", *INPUTS[language], sheet={"zh": "客户名单", "en": "Clients"}[language])
    adopt(path, as_of=DAY, language=language)
    assert refresh_file(path, DAY, language).status == "done"
    golden = HERE / f"{language}.xlsx"
    if pytestconfig.getoption("--update-golden"):
        golden.write_bytes(path.read_bytes())
    made, kept = members(path), members(golden)
    assert sorted(made) == sorted(kept)
    differing = [name for name in made if _comparable(name, made[name]) != _comparable(name, kept[name])]
    assert not differing


def _comparable(name: str, content: bytes) -> object:
    """A part as its elements, one a line, so that a difference can be read; relationships in any order, dates of making out."""
    text = content.decode()
    if name == "docProps/core.xml":
        text = re.sub(r"\d{4}-\d\d-\d\dT[\d:]+Z", "", text)
    if name == "xl/workbook.xml":
        text = re.sub(r'(?<="_funnelbook_book" hidden="1">")\w+', "", text)  # each has an id of its own
        text = re.sub(
            r'(?<="_funnelbook_refreshed" hidden="1">)[^<]*', "", text
        )  # the checksum is that of the packed bytes
    lines = re.sub(r"(?<=>)(?=<)", "\n", text).splitlines()
    return sorted(lines) if name.endswith(".rels") else lines
