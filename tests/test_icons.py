"""The toolbar's pictures: one for each button, small, of the same few colours, readable without fonts."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from funnelbook import menu
from funnelbook.oxt.build import picture

ICONS = Path(__file__).parents[1] / "addin" / "libreoffice" / "icons"
COLOURS = {"#5f86ad", "#c4daee", "#e06c10", "none"}


def test_every_button_has_a_picture():
    assert {path.stem for path in ICONS.glob("*.svg")} <= {c.name for c in menu.ribbon()}
    assert not [c.name for c in menu.ribbon() if not picture(c).is_file()]


@pytest.mark.parametrize("path", sorted(ICONS.glob("*.svg")), ids=lambda path: path.stem)
def test_a_picture_is_small_and_looks_like_the_others(path):
    text = path.read_text(encoding="ascii")
    root = ET.fromstring(text)
    assert len(text) < 1024
    assert (root.get("viewBox"), root.get("stroke-width")) == ("0 0 24 24", "2")
    assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', text)) <= COLOURS
    assert {e.tag.rpartition("}")[2] for e in root.iter()} <= {"svg", "g", "path", "rect", "circle"}


def test_no_two_pictures_are_the_same():
    texts = [path.read_text(encoding="ascii") for path in ICONS.glob("*.svg")]
    assert len(set(texts)) == len(texts)
