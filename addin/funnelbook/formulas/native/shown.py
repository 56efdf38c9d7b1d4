"""TEXT: a number as a format shows it, for the formats that are the same in every country."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from funnelbook.formulas.native.blocks import NUM, Scalar, UntoldError
from funnelbook.formulas.native.days import day_of
from funnelbook.formulas.native.registry import Given, function
from funnelbook.formulas.native.scalars import number, number_in, text

_LITERAL = r'(?:"[^"]*"|\\.|[ ()\-+/%\u00a5\uffe5\u4e00-\u9fff])*'
_NUMBER = re.compile(
    rf"(?P<before>{_LITERAL})(?P<whole>#,##0|#+0|0+)(?P<places>\.(?P<digits>0+))?(?P<after>{_LITERAL})"
)
_DATE = re.compile(r'(?:yyyy|yy|mm|m|dd|d|[-/ .\u4e00-\u9fff]|"[^"]*")+', re.IGNORECASE)
_PART = re.compile(r'"[^"]*"|yyyy|yy|mm|m|dd|d|.', re.IGNORECASE)
_QUOTED = re.compile(r'"([^"]*)"|\\(.)')


@function("TEXT", least=2)
def shown(given: Given, value: Scalar, looks: Scalar) -> Scalar:
    """A value as a format shows it. UntoldError for formats that are none of the plain ones."""
    said = text(looks)
    if isinstance(value, str):
        found = number_in(value)
        if found is None:
            if said and not _plain(said):
                raise UntoldError(said)
            return value
        value = found
    if isinstance(value, bool):
        return text(value)
    size = number(value)
    if _DATE.fullmatch(said) and re.search("[ymd]", said, re.IGNORECASE):
        day = day_of(given, size)
        return NUM if day is None else _day(day, said)
    sections = said.split(";")
    if '"' in said and any(part.count('"') % 2 for part in sections):
        raise UntoldError(said)
    return _number(size, sections)


def _plain(said: str) -> bool:
    return all(_NUMBER.fullmatch(part) for part in said.split(";"))


def _number(size: float, sections: list[str]) -> str:
    if len(sections) > 3:
        raise UntoldError(sections)
    section, sign = sections[0], "-" if size < 0 else ""
    if size < 0 and len(sections) > 1:
        section, sign = sections[1], ""
    elif size == 0 and len(sections) > 2:
        section = sections[2]
    if not section:
        return ""
    found = _NUMBER.fullmatch(section)
    if not found:
        literal = re.fullmatch(_LITERAL, section)
        if not literal or "%" in section:
            raise UntoldError(section)
        return sign + _unquoted(section)
    hundred = _QUOTED.sub("", found["before"] + found["after"]).count("%")
    digits = len(found["digits"] or "")
    scaled = Decimal(f"{abs(size):.15g}").scaleb(2 * hundred)
    rounded = scaled.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    least = found["whole"].count("0")
    whole_part, _, places = f"{rounded:f}".partition(".")
    grouped = f"{int(whole_part):,}" if "," in found["whole"] else whole_part.zfill(least)
    if rounded == 0 and len(sections) == 1:
        sign = ""
    return sign + _unquoted(found["before"]) + grouped + (f".{places}" if places else "") + _unquoted(found["after"])


def _unquoted(literal: str) -> str:
    return _QUOTED.sub(lambda found: found[1] or found[2] or "", literal)


def _day(day: date, said: str) -> str:
    parts = {
        "yyyy": f"{day.year:04}",
        "yy": f"{day.year % 100:02}",
        "mm": f"{day.month:02}",
        "m": f"{day.month}",
        "dd": f"{day.day:02}",
        "d": f"{day.day}",
    }
    return _PART.sub(lambda found: parts.get(found[0].lower()) or found[0].strip('"'), said)
