"""What defined names refer to, once tables of ours have grown and moved what stands below them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from funnelbook.hosts.ooxml.layout import Layout

_THERE = re.compile(
    r"""((?:'((?:[^']|'')+)'|([^\s'"!(),;:+*/&=<>^-]+))!)(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?|\$?\d+:\$?\d+)(?![\w.(])"""
)


def followed(text: str, layouts: Mapping[str, Layout]) -> str:
    """A name's formula as it stands in XML, its cells and whole rows on sheets in `layouts` where they are now."""

    def one(found: re.Match[str]) -> str:
        sheet = unescape((found[2] or found[3]).replace("''", "'"))
        layout = layouts.get(sheet)
        return found[1] + layout.span(found[4]) if layout else found[0]

    parts = text.split('"')  # what stands between quotes is text
    parts[::2] = [_THERE.sub(one, part) for part in parts[::2]]
    return '"'.join(parts)
