"""Workbooks opened, worked out anew and saved by a LibreOffice that has no add-in of ours, as a colleague's is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from funnelbook import template
from funnelbook.book.ports import ERROR_CODES
from funnelbook.commands.pictures import convert
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.words import LANGUAGES
from support.external import need

pytestmark = pytest.mark.live
MADE = Path(__file__).parents[1] / "made_by_0_1"
DAY = date(2026, 5, 21)


def cells(path: Path) -> dict[tuple[str, int, int], object]:
    """What a reader without a calculation sees in each cell that is not blank."""
    book = CalamineWorkbook.from_path(path)
    return {
        (name, row, column): value
        for name in book.sheet_names
        for row, line in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), 1)
        for column, value in enumerate(line, 1)
        if value != ""
    }


@pytest.fixture(scope="module")
def twice(tmp_path_factory, demo_book) -> dict[str, tuple[Path, Path]]:
    """Each workbook as we made it, and as a LibreOffice with a profile of its own saved it."""
    need("libreoffice")
    folder = tmp_path_factory.mktemp("without")
    for language in LANGUAGES:
        (folder / f"template.{language}.xlsx").write_bytes(template.build(language))
        (folder / f"demo.{language}.xlsx").write_bytes(demo_book(language))
        used = folder / f"used.{language}.xlsx"
        used.write_bytes((MADE / used.name).read_bytes())
        assert refresh_file(used, DAY).status == "done"
    made = sorted(folder.glob("*.xlsx"))
    convert(made, "xlsx", folder / "saved")
    return {path.stem: (path, folder / "saved" / path.name) for path in made}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["template", "demo", "used"])
def test_every_number_is_still_there(kind, language, twice):
    """`used`: made and used with 0.1.0, whose What-if was FB_ formulas, and refreshed now."""
    before, after = map(cells, twice[f"{kind}.{language}"])
    numbers = {at: value for at, value in before.items() if not isinstance(value, str)}
    assert len(numbers) > (100 if kind == "template" else 1000)
    assert {at: (value, after.get(at)) for at, value in numbers.items() if not is_same(value, after.get(at))} == {}
    assert [at for at, value in after.items() if value in ERROR_CODES] == []


def is_same(value: object, saved: object) -> bool:
    return saved == pytest.approx(value, rel=1e-12) if isinstance(value, float) else saved == value
