"""Phone numbers: one spelling for each, and what of it may be shown."""

from __future__ import annotations

import unicodedata

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

HOME = "CN"
HOME_CODE = 86
_EXTENSIONS = ("转", "分机", "轉")
_SHOWN_FIRST, _SHOWN_LAST, _LEAST_HIDDEN, _HIDDEN = 3, 4, 4, "****"


def normalise(text: str) -> str | None:
    """A number in one spelling: 13800138000, 01062345678, 4008001234, +14155550132, an extension after a comma.

    Full-width digits, spaces, dashes, +86 and a leading 0 before a mobile number are met. None for what no number can be.
    Source: workbook.md FB_PHONE; what is possible is told by libphonenumber's tables.
    """
    number = _parsed(text)
    if number is None:
        return None
    if number.country_code == HOME_CODE:
        shown = "".join(c for c in phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL) if c.isdigit())
        extension = number.extension or ""
        shown = shown.removesuffix(extension) if extension else shown
    else:
        shown = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    shown = f"{shown},{number.extension}" if number.extension else shown
    # zeros in a row are read as dialling prefixes, ever fewer of them
    return shown if _parsed(shown) == number else None


def mask(text: str) -> str:
    """A phone number with four digits or more hidden (138****8000); of any other text only the first character is shown.

    Source: workbook.md FB_MASK.
    """
    plain = text.strip()
    digits = [i for i, c in enumerate(plain) if c.isdigit()]
    if len(digits) >= _SHOWN_FIRST + _SHOWN_LAST and len(digits) * 2 > len(plain):
        number = normalise(plain) or "".join(plain[i] for i in digits)
        number = number.split(",")[0]
        first = min(_SHOWN_FIRST, max(0, len(number) - _LEAST_HIDDEN - _SHOWN_LAST))
        return f"{number[:first]}{_HIDDEN}{number[-_SHOWN_LAST:]}"
    return plain[:1] + "*" * (len(plain) - 1)


def _parsed(text: str) -> PhoneNumber | None:
    plain = unicodedata.normalize("NFKC", text)
    for word in _EXTENSIONS:
        plain = plain.replace(word, " ext ")
    try:
        number = phonenumbers.parse(plain, HOME)
    except NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None
