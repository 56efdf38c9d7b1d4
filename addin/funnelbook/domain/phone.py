"""Phone numbers: one spelling for each, and what of it may be shown."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby, pairwise

import numpy as np
import pandas as pd
import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberMatcher, PhoneNumberType

from funnelbook.domain.plain import visible

HOME = "CN"
_MOBILE = re.compile(r"1(?:3[0-9]|5[0-35-9]|8[0-9])[0-9]{8}")  # most numbers; libphonenumber takes 0.1 ms for each
_PLAIN = r"1[3-9][0-9]{9}|010[0-9]{7,9}|0[2-9][0-9]{8,10}"  # a mobile or landline number with nothing to fold: its own spelling
_PUNCTUATED = re.compile(
    r"(?:(?:\+|00)?86[-\s]?)?(1[3-9][0-9])[-\s]?([0-9]{4})[-\s]?([0-9]{4})|(010|0[2-9][0-9]{1,2})-?([0-9]{7,8})"
)
_SIP, _HOST = re.compile(r"^(?:sips?|tel):", re.IGNORECASE), re.compile(r"@.*|;.*|\.0+$")
_POWER = re.compile(r"(\d)\.(\d+)E\+(\d{1,2})", re.IGNORECASE)
_ABROAD = re.compile(r"[1-9]\d{9,14}")
_EXTENSIONS = ("转", "分机", "轉")
_SHORTEST, _LONGEST = 7, 15  # digits of a number
_NOT_A_MOBILE = re.compile(r"1[3-9]\d{8}|1[3-9]\d{10}")  # of China with a digit lost or one too many
_MESSENGER = re.compile(r"qq|wechat|weixin|微信|\bwx\b|skype|whatsapp", re.IGNORECASE)
_STARS = re.compile("[*×]")
_LETTER_X = re.compile(r"\d\s*x", re.IGNORECASE)  # libphonenumber reads it as an extension or as the key 9
_DASHED_EXTENSION = re.compile(r"(.+)[-‐-―−]\s*([0-9]{1,6})\s*")
_MARKS = r"、，,/;；|｜&\\\n"
# a part of a few digits is an extension or the rest of a number or date; 和 is also a letter of names (李和, 和平公司)
_BETWEEN = re.compile(
    rf"(\s*[{_MARKS}](?!\s*\d{{1,6}}\s*(?:[{_MARKS}]|$))\s*|(?<=\w\w)\s*和\s*(?=\w\w)|(?<=\d)\s*\+\s*(?=1[3-9]\d{{9}}))"
)
_ONLY_A_NUMBER = re.compile(r"[\d\s+().\-‐-―−·]+")
_LANDLINE = re.compile(r"0\d{2,3}-\d{7,8}")
_SHOWN_FIRST, _SHOWN_LAST, _LEAST_HIDDEN, _HIDDEN = 3, 4, 4, "****"
_REMEMBERED = 1 << 17  # spellings: a refresh asks for each several times, as of several days
_NAME_HIDDEN = "***"  # whatever the length: the stars of a name tell nothing of it


def is_country(code: str) -> bool:
    """Whether there is a country of an ISO code in capital letters."""
    return code in phonenumbers.SUPPORTED_REGIONS


def normalise(text: str, country: str = HOME) -> str | None:
    """A number in one spelling: 13800138000, 01062345678, 4008001234, +14155550132, an extension after a comma.

    Full-width digits, spaces, dashes, +86 and a leading 0 before a mobile number are met; `country` is the one whose numbers need no
    code, as they are dialled in it (of the US 4155550132). None for what no number can be
    and for one with digits hidden by stars or x. Source: workbook.md FB_PHONE; what is possible is told by
    libphonenumber's tables.
    """
    if country == HOME and _MOBILE.fullmatch(text):
        return text
    number = _parsed(text, country)
    return None if number is None else _spelt(number, country)


def _spelt(number: PhoneNumber, country: str) -> str | None:
    if number.country_code == phonenumbers.country_code_for_region(country):
        shown = "".join(c for c in phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL) if c.isdigit())
        extension = number.extension or ""
        shown = shown.removesuffix(extension) if extension else shown
    else:
        shown = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    shown = f"{shown},{number.extension}" if number.extension else shown
    # zeros in a row are read as dialling prefixes, ever fewer of them
    return shown if _parsed(shown, country) == number else None


def tidied(text: str, country: str = HOME) -> str | None:
    """The one number that a text surely is, in one spelling; None where it is written so, a landline as usual (010-62345678), or more.

    More is any word beside it, a second number, an extension; not sure is a number that nobody has, or one without its area's 0.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not _ONLY_A_NUMBER.fullmatch(plain) or _LANDLINE.fullmatch(text):
        return None
    numbers = every(text, country) if can_be(text, country) else []
    if len(numbers) != 1 or numbers[0] == text:
        return None
    number = _parsed(numbers[0], country)
    said, told = ("".join(c for c in one if c.isdigit()) for one in (plain, numbers[0]))
    sure = number and phonenumbers.is_valid_number(number) and (said.endswith(told) or plain.startswith(("+", "00")))
    return numbers[0] if sure else None


def every(text: str, country: str = HOME) -> list[str]:
    """The numbers that stand in one text, whatever words stand around them, each in one spelling, then those with an extension
    without it."""
    numbers = [number for part in _BETWEEN.split(text)[::2] for number in _within(part.strip(), country)]
    return [*numbers, *(number.split(",")[0] for number in numbers if "," in number)]


def _within(text: str, country: str) -> list[str]:
    """The numbers in a text: the one it is, else those that stand in it, else the one it may be."""
    if country == HOME and _MOBILE.fullmatch(text):
        return [text]
    number = _parsed(text, country)
    numbers = [number] if number else []
    if number is None or not phonenumbers.is_valid_number(number):
        plain = unicodedata.normalize("NFKC", text)
        found = [] if _STARS.search(plain) else [match.number for match in PhoneNumberMatcher(plain, country)]
        numbers = found or ([] if country == HOME and _lost_digits(plain) else numbers)
    return [spelt for one in numbers if (spelt := _spelt(one, country))]


def _lost_digits(text: str) -> bool:
    """Whether a text is nearly a mobile number of China, which nobody can dial."""
    return bool(_NOT_A_MOBILE.fullmatch("".join(c for c in text if c.isdigit())))


def can_be(text: str, country: str = HOME) -> bool:
    """Whether some number can stand in a text: none with digits lost (1.38E+10), counted up (12345678901), of one digit, or of QQ."""
    if _MOBILE.fullmatch(text) or any(_can_be(part, country) for part in _BETWEEN.split(text)[::2]):
        return True
    return any(map(_MOBILE.fullmatch, every(text, country)))


def _can_be(text: str, country: str) -> bool:
    plain = unicodedata.normalize("NFKC", text).strip()
    if found := _POWER.fullmatch(plain):
        return len(found[1] + found[2]) == int(found[3]) + 1
    digits = "".join(c for c in plain if c.isdigit())
    if _MESSENGER.search(plain) and not _MOBILE.search(digits):
        return False
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(digits)}
    counted = steps in ({0}, {1}, {9})
    return (
        _SHORTEST <= len(digits) <= _LONGEST
        and not counted
        and not _STARS.search(plain)
        and (country != HOME or not _lost_digits(plain) or bool(every(text, country)))
    )


def of_log(text: str, country: str = HOME) -> list[str]:
    """The numbers in one spelling that a phone system may have dialled, the likelier first; none where digits are lost (1.38E+10).

    Also takes sip:13800138001@host, 13800138001.0, 1.3800138001E+10, and 14155550132 for +14155550132.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = _HOST.sub("", _SIP.sub("", plain))
    if found := _POWER.fullmatch(plain):
        digits, power = found[1] + found[2], int(found[3])
        plain = digits if len(digits) == power + 1 else ""
    forms = (plain, f"+{plain}") if _ABROAD.fullmatch(plain) else (plain,)
    return [number for form in forms if (number := normalise(form, country))]


def one_spelling(phones: pd.Series, country: str = HOME) -> pd.Series:
    """Phone numbers as `normalise` spells them, what no number can be as its digits; None for blanks and without a digit.

    The same number has the same spelling, however it was typed.
    """
    codes, typed = pd.factorize(phones)
    texts = pd.Series(typed, dtype="str")
    rest = texts[~texts.str.fullmatch(_PLAIN)] if country == HOME else texts
    spelt = texts.astype(object)
    spelt[rest.index] = [_spelling(text, country) for text in rest]
    return pd.Series(np.append(spelt.to_numpy(object), np.array([None]))[codes], index=phones.index, dtype=object)


def mask(text: str, country: str = HOME) -> str:
    """A phone number with its middle hidden (138****8000); any other text as `mask_name` shows it.

    Several numbers in one text are masked one by one, what stands between them as one name. Source: workbook.md FB_MASK.
    """
    parts = _BETWEEN.split(visible(text).strip())
    told = zip((_masked(part, country) for part in parts[::2]), parts[::2], [*parts[1::2], ""], strict=True)
    shown = ""
    for is_number, run in groupby(told, lambda one: one[0] is not None):
        numbers, texts, marks = zip(*run, strict=True)
        if is_number:
            shown += "".join(number + mark for number, mark in zip(numbers, marks, strict=True))
        else:
            shown += mask_name("".join(texts)) + marks[-1]
    return shown


def mask_name(text: str) -> str:
    """The first letter of a name and three stars, whatever its length: 王***, of a number its first digit; "" of a blank."""
    plain = visible(text).strip()
    return f"{plain[:1]}{_NAME_HIDDEN}" if plain else ""


@lru_cache(_REMEMBERED)
def _spelling(text: str, country: str) -> str | None:
    found = _PUNCTUATED.fullmatch(text) if country == HOME else None
    if found:
        return "".join(part for part in found.groups() if part)
    return next(iter(every(text, country)), None) or "".join(c for c in text if c.isdigit()) or None


def _masked(plain: str, country: str) -> str | None:
    """A phone number masked; None for what is none."""
    digits = [i for i, c in enumerate(plain) if c.isdigit()]
    if len(digits) < _SHOWN_FIRST + _SHOWN_LAST or len(digits) * 2 <= len(plain):
        return None
    number = normalise(plain, country) or "".join(plain[i] for i in digits)
    number = number.split(",")[0]
    first = min(_SHOWN_FIRST, max(0, len(number) - _LEAST_HIDDEN - _SHOWN_LAST))
    return f"{number[:first]}{_HIDDEN}{number[-_SHOWN_LAST:]}"


def _parsed(text: str, country: str) -> PhoneNumber | None:
    plain = unicodedata.normalize("NFKC", text)
    if _STARS.search(plain):
        return None
    marked = _LETTER_X.search(plain)
    for word in _EXTENSIONS:
        plain = plain.replace(word, " ext ")
    number = _read(plain, country)
    if marked:
        return number if number and number.extension and phonenumbers.is_valid_number(number) else None
    if number and phonenumbers.is_valid_number(number):
        return number
    return _with_dashed_extension(plain, country) or (
        number if number and phonenumbers.is_possible_number(number) else None
    )


def _with_dashed_extension(text: str, country: str) -> PhoneNumber | None:
    """A landline and its extension after a dash: 0571-88888888-801."""
    found = _DASHED_EXTENSION.fullmatch(text)
    if found is None:
        return None
    line = _read(found[1], country)
    if line is None or line.extension or phonenumbers.number_type(line) != PhoneNumberType.FIXED_LINE:
        return None
    line.extension = found[2]
    return line


def _read(text: str, country: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, country)
    except NumberParseException:
        return None
