"""A language made of another by putting every text in brackets: what is shown without them does not come from words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from funnelbook import words

LANGUAGE = "xx"
OPEN, CLOSE = "⟦", "⟧"
_OF = words.DEFAULT
# Not texts, or data in a form that must be read: these stay as they are
_KEPT = re.compile(
    r"language\.(font|gap|sentence)|sample\.(company|dirt\.(day|amount|phone))|logs\.own_systems|.*\.tier\.code"
)
_OWN = {
    "language.tag": LANGUAGE,
    "language.office_locale": LANGUAGE,
    "language.template_file": f"{OPEN}漏斗{CLOSE}.xlsx",
    "language.footer": f"&L&A&R{OPEN}第 &P / &N 页{CLOSE}",
}
_PARTICULARS = f"""called = frozenset({{"{LANGUAGE}"}})
windows_id = 99
holidays = {{year: tuple((f"{OPEN}{{name}}{CLOSE}", *days) for name, *days in of) for year, of in holidays.items()}}
"""
LETTERS = re.compile(r"[\u3400-\u9fff]+|[A-Za-z][A-Za-z_'-]+")


def write(folder: Path) -> Path:
    """The folder of the language, made in `folder`."""
    source = Path(words.__file__).parent / _OF
    for path in sorted(source.rglob("*.py")):
        parts = path.relative_to(source).with_suffix("").parts
        target = folder / LANGUAGE / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        if parts[-1] == "__init__":
            target.write_text("", encoding="utf-8")
            continue
        name = ".".join(("funnelbook.words", _OF, *parts))
        told = {key: _bracketed(f"{parts[0]}.{key}", text) for key, text in import_module(name).WORDS.items()}
        own = _PARTICULARS if parts == ("language",) else ""
        target.write_text(f"from {name} import *\n\nWORDS = {told!r}\n{own}", encoding="utf-8")
    return folder / LANGUAGE


def bare(texts: Iterable[str], allowed: re.Pattern[str]) -> list[str]:
    """Texts with words outside brackets, but for those that are `allowed` as a whole."""
    found = dict.fromkeys(
        text for text in texts if any(not allowed.fullmatch(w) for w in LETTERS.findall(_outside(text)))
    )
    return list(found)


def _outside(text: str) -> str:
    depth, kept = 0, []
    for letter in text:
        depth += letter == OPEN
        kept.append(" " if depth else letter)
        depth = max(depth - (letter == CLOSE), 0)
    return "".join(kept)


def _bracketed(key: str, text: words.Text) -> words.Text:
    if key in _OWN:
        return _OWN[key]
    if _KEPT.fullmatch(key):
        return text
    return f"{OPEN}{text}{CLOSE}" if isinstance(text, str) else tuple(f"{OPEN}{part}{CLOSE}" for part in text)
