"""The pictures in the manual are those of today's workbook."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageStat

from funnelbook.commands.gallery import SHEETS, gallery_of
from funnelbook.words import LANGUAGES
from support.external import ROOT, need

COMMITTED = ROOT / "docs" / "pictures"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory, demo_book):
    need("libreoffice")
    folder = tmp_path_factory.mktemp("pictures")
    books = {language: folder / f"{language}.xlsx" for language in LANGUAGES}
    for language, book in books.items():
        book.write_bytes(demo_book(language))
    gallery_of(books, folder)
    return folder


@pytest.mark.live
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sheet", SHEETS)
def test_a_picture_is_current_and_shows_something(drawn, sheet, language):
    name = f"{language}-{sheet}.png"
    new, old = (Image.open(folder / name).convert("L") for folder in (drawn, COMMITTED))
    assert new.size == old.size
    assert ImageStat.Stat(new).stddev[0] > 10, "blank"
    # fonts differ between machines by a pixel here and there; another sheet or an empty chart does not
    assert ImageStat.Stat(ImageChops.difference(new, old)).mean[0] < 4
