"""What a release says of itself is the same everywhere."""

from __future__ import annotations

import re
from importlib.metadata import version

from funnelbook import __version__
from support.external import ROOT


def test_the_version_is_that_of_the_package_and_of_the_changelog():
    assert version("funnelbook") == __version__
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\d+\.\d+\.\d+) \(", changes, re.MULTILINE)
    assert newest and newest[1] == __version__
