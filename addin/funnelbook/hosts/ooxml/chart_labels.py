"""Which labels a chart shows, said in full: what is left out Excel takes for no, WPS and LibreOffice for yes."""

from __future__ import annotations

import re

_LABELS = re.compile(rb"<(\w+:)?dLbls>(?:(?!</(?:\w+:)?dLbls>).)*</(?:\w+:)?dLbls>", re.DOTALL)
_SHOWN = re.compile(rb'<(?:\w+:)?(show(?!LeaderLines)\w+) val="(\w+)"/>')
_KINDS = (b"showLegendKey", b"showVal", b"showCatName", b"showSerName", b"showPercent", b"showBubbleSize")  # in order


def explicit(chart: bytes) -> bytes:
    """A chart part that says yes or no to each kind of label wherever it speaks of labels; those of single points are left."""
    return _LABELS.sub(_told, chart)


def _told(found: re.Match[bytes]) -> bytes:
    whole, prefix = found[0], found[1] or b""
    said = {m[1]: m for m in _SHOWN.finditer(whole, whole.rfind(b"dLbl>", 0, whole.rfind(b"dLbls>")) + 1)}
    if not said or len(said) == len(_KINDS):
        return whole
    first, last = min(m.start() for m in said.values()), max(m.end() for m in said.values())
    tags = [b'<%s%s val="%s"/>' % (prefix, kind, said[kind][2] if kind in said else b"0") for kind in _KINDS]
    return whole[:first] + b"".join(tags) + whole[last:]
