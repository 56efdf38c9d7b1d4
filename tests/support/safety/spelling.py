"""An XML part spelt another way that means the same: quotes, prefixes, order, whitespace, comments, CDATA, references."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KNOWN = {
    RELATIONS: "r",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac": "x14ac",
    "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main": "x14",
    "http://schemas.microsoft.com/office/excel/2006/main": "xm",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
_COMMENTS = ("<!-- 备注 -->", "<!--<c r='A1'><v>9</v></c>-->", "<!-- </row></sheetData> -->", "<?keep me='1'?>")


@dataclass(frozen=True)
class Spelling:
    """How a part is spelt; the numbers are how often something is done."""

    quotes: tuple[str, ...] = ('"',)
    prefix: str = ""
    relations: str = "r"
    shuffled: bool = False
    gaps: tuple[str, ...] = (" ",)  # before an attribute
    around: tuple[str, ...] = ("=",)
    between: str = ""  # between elements that hold no text
    comments: float = 0.0
    cdata: float = 0.0
    references: float = 0.0
    closed: bool = True  # empty elements as <a/>
    start: str = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    encoding: str = "utf-8"


def any_spelling(rng: random.Random) -> Spelling:
    """A spelling of a few ways that differ from Excel's, often of one only, so that a fault is easy to lay to it."""
    ways = {
        "quotes": rng.choice([("'",), ("'", '"')]),
        "prefix": rng.choice(["x", "main", "S_1"]),
        "relations": rng.choice(["rel", "ns1"]),
        "shuffled": True,
        "gaps": rng.choice([("  ",), ("\n",), ("\t", " ", "\r\n  ")]),
        "around": rng.choice([(" = ",), ("=", " =", "= "), ("\n=\n",)]),
        "between": rng.choice(["\n", "\r\n    ", "\t"]),
        "comments": rng.choice([0.05, 0.5]),
        "cdata": rng.choice([0.3, 1.0]),
        "references": rng.choice([0.1, 1.0]),
        "closed": False,
        "start": rng.choice(
            ["", "<?xml version='1.0'?>", '<?xml version="1.0" encoding="utf-8"?><!-- made elsewhere -->']
        ),
        "encoding": rng.choice(["utf-8-sig", "utf-16"]),
    }
    chosen = rng.sample(sorted(ways), rng.choice([1, 1, 2, 3, 6]))
    return Spelling(**{name: ways[name] for name in chosen})


def spelt(root: ElementTree.Element, how: Spelling, rng: random.Random) -> bytes:
    """The part as XML."""
    prefixes = KNOWN | {MAIN: how.prefix, RELATIONS: how.relations}
    unknown = {ns for e in root.iter() for name in (e.tag, *e.attrib) if (ns := _split(name)[0]) and ns not in prefixes}
    prefixes |= {namespace: f"n{number}" for number, namespace in enumerate(sorted(unknown))}
    # whoever says which prefixes can be ignored names them
    declared = {p: ns for ns, p in prefixes.items() if p != "xml"}
    text = how.start + "".join(_element(root, how, prefixes, rng, declared))
    if how.encoding == "utf-16":
        text = re.sub(r"""encoding=["'][^"']*["']""", "encoding='UTF-16'", text, count=1)
    return text.encode(how.encoding)


def _element(
    element: ElementTree.Element,
    how: Spelling,
    prefixes: dict[str, str],
    rng: random.Random,
    declared: dict[str, str] | None = None,
) -> Iterator[str]:
    name = _named(element.tag, prefixes)
    attributes = [(_named(key, prefixes, True), value) for key, value in element.attrib.items()]
    if how.shuffled:
        rng.shuffle(attributes)
    attributes = [(f"xmlns:{p}" if p else "xmlns", ns) for p, ns in (declared or {}).items()] + attributes
    tag = f"<{name}" + "".join(_attribute(*pair, how, rng) for pair in attributes)
    text, children = element.text or "", list(element)
    if not text and not children:
        yield tag + ("/>" if how.closed else f"></{name}>")
        return
    holds_text = bool(text.strip()) or not children
    yield tag + rng.choice(("", *how.gaps) if len(how.gaps) > 1 else ("",)) + ">"
    yield _content(text, how, rng) if holds_text else ""
    for child in children:
        yield "" if holds_text else how.between + _comment(how, rng)
        yield from _element(child, how, prefixes, rng)
    yield "" if holds_text else how.between + _comment(how, rng)
    yield f"</{name}>"


def _attribute(name: str, value: str, how: Spelling, rng: random.Random) -> str:
    quote = rng.choice(how.quotes)
    escaped = "".join(f"&#{ord(c)};" if c in "\n\t\r" or c == quote else _escaped(c, how, rng) for c in value)
    return f"{rng.choice(how.gaps)}{name}{rng.choice(how.around)}{quote}{escaped}{quote}"


def _content(text: str, how: Spelling, rng: random.Random) -> str:
    if text and "]]>" not in text and rng.random() < how.cdata:
        at = rng.randrange(len(text)) if rng.random() < 0.2 else 0
        return "".join(_escaped(c, how, rng) for c in text[:at]) + f"<![CDATA[{text[at:]}]]>"
    return "".join("&#13;" if c == "\r" else _escaped(c, how, rng) for c in text)


def _escaped(character: str, how: Spelling, rng: random.Random) -> str:
    if rng.random() < how.references:
        return rng.choice([f"&#{ord(character)};", f"&#x{ord(character):x};", f"&#x{ord(character):04X};"])
    return {"&": "&amp;", "<": "&lt;", ">": "&gt;"}.get(character, character)


def _comment(how: Spelling, rng: random.Random) -> str:
    return rng.choice(_COMMENTS) if rng.random() < how.comments else ""


def _split(name: str) -> tuple[str, str]:
    namespace, _, local = name.rpartition("}")
    return namespace[1:], local


def _named(name: str, prefixes: dict[str, str], attribute: bool = False) -> str:
    namespace, local = _split(name)
    if not namespace:
        return local
    prefix = prefixes[namespace]
    return f"{prefix}:{local}" if prefix else local
