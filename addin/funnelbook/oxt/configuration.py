"""Files of LibreOffice's configuration (.xcu)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from funnelbook.words import ELSEWHERE_FIRST, say

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
)


def component(name: str, package: str, content: str) -> str:
    """A whole file: settings of one component of org.openoffice."""
    return f'{_HEAD}oor:name="{name}" oor:package="org.openoffice.{package}">\n{content}\n</oor:component-data>\n'


def node(name: str, content: str, *, replace: bool = True) -> str:
    """A group of settings; `replace` for an entry that is ours, added to a list."""
    ours = ' oor:op="replace"' if replace else ""
    return f"<node oor:name={quoteattr(name)}{ours}>{content}</node>"


def prop(name: str, value: str, *, local: bool = False) -> str:
    """A setting with the same text in every language; `local` where LibreOffice wants one a language."""
    language = ' xml:lang="en-US"' if local else ""
    return f'<prop oor:name={quoteattr(name)} oor:type="xs:string"><value{language}>{escape(value)}</value></prop>'


def texts(name: str, said: Mapping[str, str]) -> str:
    """A setting in every language; LibreOffice shows that of en-US to who uses another one."""
    values = "".join(
        f"<value xml:lang={quoteattr(say('language.office_locale', language))}>{escape(said[language])}</value>"
        for language in ELSEWHERE_FIRST
    )
    return f'<prop oor:name={quoteattr(name)} oor:type="xs:string">{values}</prop>'


def prop_list(name: str, values: Sequence[str]) -> str:
    """A setting that is a list of texts, none with a blank in it."""
    return (
        f'<prop oor:name={quoteattr(name)} oor:type="oor:string-list"><value>{escape(" ".join(values))}</value></prop>'
    )
