"""A chart says of each kind of label and of hidden cells whether it shows them: what is left out WPS and LibreOffice take otherwise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from funnelbook import template
from funnelbook.commands.adopt import adopt_book
from funnelbook.commands.open import open_book
from funnelbook.commands.refresh_files import refresh_book
from funnelbook.hosts.ooxml.chart_labels import explicit
from funnelbook.words import LANGUAGES
from support.adopted import DAY
from support.cases import first
from support.office import properties
from support.packages import members, packed, plain

KINDS = ("showLegendKey", "showVal", "showCatName", "showSerName")
MADE = Path(__file__).parents[1] / "made_by_0_1"


def charts(path: Path) -> list[str]:
    return [data.decode() for name, data in members(path).items() if re.search(r"charts/chart\d+\.xml$", name)]


def unsaid(chart: str) -> list[str]:
    """The places of a chart's XML that speak of labels and leave out a kind."""
    found = re.findall(r"<(?:\w+:)?dLbls>.*?</(?:\w+:)?dLbls>", chart, re.DOTALL)
    return [text for text in found if not all(re.search(rf'{kind} val="\w+"', text) for kind in KINDS)]


@pytest.mark.parametrize("kind", ["template", "demo", "adopted", "0.1.0"])
@pytest.mark.parametrize("language", first(1, LANGUAGES))
def test_every_chart_of_ours_says_which_labels_it_shows(tmp_path, demo_book, language, kind):
    path = tmp_path / "book.xlsx"
    match kind:
        case "template":
            path.write_bytes(template.path(language).read_bytes())
        case "demo":
            path.write_bytes(demo_book(language))
        case "adopted":
            adopt_book(open_book(plain(path)), as_of=DAY, language=language)
        case _:
            path.write_bytes((MADE / f"adopted.{language}.xlsx").read_bytes())
            refresh_book(open_book(path), DAY)
    found = charts(path)
    assert len(found) >= 6
    assert [text for chart in found for text in unsaid(chart)] == []
    assert any('showVal val="1"' in chart for chart in found)


@pytest.mark.live
def test_libreoffice_keeps_them_so(demo_book, opened, tmp_path):
    path, saved = tmp_path / "book.xlsx", tmp_path / "saved.xlsx"
    path.write_bytes(demo_book("zh"))
    document = opened(path)
    document.storeToURL(saved.as_uri(), properties(FilterName="Calc MS Excel 2007 XML"))
    found = charts(saved)
    assert len(found) >= 6
    assert [text for chart in found for text in unsaid(chart)] == []
    assert not any(f'{name} val="1"' in chart for chart in found for name in ("showSerName", "showCatName"))


def test_what_is_said_stays_and_labels_of_single_points_are_left():
    point = '<c:dLbl><c:idx val="0"/><c:showVal val="1"/></c:dLbl>'
    made = explicit(f'<c:ser><c:dLbls>{point}<c:numFmt a="1"/><c:showVal val="1"/></c:dLbls></c:ser>'.encode()).decode()
    assert point in made
    assert re.findall(r'show(\w+) val="(\d)"', made.replace(point, "")) == [
        ("LegendKey", "0"), ("Val", "1"), ("CatName", "0"), ("SerName", "0"), ("Percent", "0"), ("BubbleSize", "0"),
    ]  # fmt: skip
    assert explicit(made.encode()).decode() == made


@pytest.mark.parametrize(
    ("chart", "said"),
    [
        ("<c:chart><c:plotArea/></c:chart>", '<c:chart><c:plotArea/><c:plotVisOnly val="0"/></c:chart>'),
        ('<chart><dispBlanksAs val="gap"/></chart>', '<chart><plotVisOnly val="0"/><dispBlanksAs val="gap"/></chart>'),
        ('<c:chart><c:plotVisOnly val="1"/></c:chart>', '<c:chart><c:plotVisOnly val="1"/></c:chart>'),
    ],
)
def test_a_chart_that_shows_hidden_cells_says_so(chart, said):
    assert explicit(chart.encode()).decode() == said


@pytest.mark.live
def test_libreoffice_draws_the_funnel_of_today_in_a_file_of_a_newer_excel(opened, tmp_path):
    path = plain(tmp_path / "book.xlsx")
    parts = members(path)
    newer = parts["docProps/app.xml"].replace(b"<AppVersion>12.0000<", b"<AppVersion>16.0300<")
    assert newer != parts["docProps/app.xml"]
    path.write_bytes(packed(parts | {"docProps/app.xml": newer}))
    adopt_book(open_book(path), as_of=DAY)
    charts_of = opened(path).Sheets.getByName("今日").Charts
    (funnel,) = (charts_of.getByIndex(at).EmbeddedObject for at in range(charts_of.Count))
    assert funnel.getFirstDiagram().getPropertyValue("IncludeHiddenCells")
