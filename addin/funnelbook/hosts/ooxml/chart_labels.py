"""What a chart shows of labels and hidden cells, said in full: what is left out Excel takes for one thing, others for another."""

from __future__ import annotations

import re

_LABELS = re.compile(rb"<(\w+:)?dLbls>(?:(?!</(?:\w+:)?dLbls>).)*</(?:\w+:)?dLbls>", re.DOTALL)
_SHOWN = re.compile(rb'<(?:\w+:)?(show(?!LeaderLines)\w+) val="(\w+)"/>')
_ONLY_VISIBLE = re.compile(rb"<(?:\w+:)?plotVisOnly[\s/>]")
_AFTER_IT = re.compile(rb"<(\w+:)?dispBlanksAs\b|</(\w+:)?chart>")
_KINDS = (b"showLegendKey", b"showVal", b"showCatName", b"showSerName", b"showPercent", b"showBubbleSize")  # in order


def explicit(chart: bytes) -> bytes:
    """A chart part that says yes or no to each kind of label wherever it speaks of labels, those of single points left; and to
    hidden cells: a chart that says nothing shows them in Excel, but not in LibreOffice unless the file calls itself of Excel 2007.
    """
    told = _LABELS.sub(_told, chart)
    if _ONLY_VISIBLE.search(told):
        return told
    return _AFTER_IT.sub(lambda at: b'<%splotVisOnly val="0"/>%s' % (at[1] or at[2] or b"", at[0]), told, count=1)


def _told(found: re.Match[bytes]) -> bytes:
    whole, prefix = found[0], found[1] or b""
    said = {m[1]: m for m in _SHOWN.finditer(whole, whole.rfind(b"dLbl>", 0, whole.rfind(b"dLbls>")) + 1)}
    if not said or len(said) == len(_KINDS):
        return whole
    first, last = min(m.start() for m in said.values()), max(m.end() for m in said.values())
    tags = [b'<%s%s val="%s"/>' % (prefix, kind, said[kind][2] if kind in said else b"0") for kind in _KINDS]
    return whole[:first] + b"".join(tags) + whole[last:]
