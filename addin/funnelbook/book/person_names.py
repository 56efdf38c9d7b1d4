"""Who of the team is meant by a name, an account or an extension, as phone systems and people write them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from funnelbook.book.labels import normalise
from funnelbook.book.values import fold

_APART = re.compile(r"[()<>\[\]{}\"'|/,;:@\\、]+|\s[-–—]\s|\s+-|-\s+")
_SURELY = re.compile(r"[、；]|\s[&+]\s|\s(?:and|und|et)\s", re.IGNORECASE)  # stand between two people
_SEVERAL = re.compile(r"[、；/,，;|&+]|(?<=[^\W_]{2})和(?=[^\W_]{2})|\s(?:and|und|et)\s", re.IGNORECASE)
_WORDS = re.compile(r"[\s._-]+")
_FEWEST_LETTERS = 2


class Staff:
    """The people of a team, to be found by how they are called.

    `people`: their names as they stand in the workbook; `known_as`: further names, accounts and extensions of theirs.
    """

    def __init__(self, people: Iterable[str], known_as: Mapping[str, str] | None = None) -> None:
        self._of: dict[str, set[str]] = {}
        names = list(dict.fromkeys(people))
        for name in names:
            self._know(name, name)
        for said, name in (known_as or {}).items():
            self._know(said, name)
        for name in names:  # 李娜(lina) is also 李娜, and lina
            for part in parts(name)[1:]:
                self._know(part, name)

    def _know(self, said: str, name: str) -> None:
        if plain := normalise(said):
            self._of.setdefault(plain, set()).add(name)

    def who(self, said: object) -> str | None:
        """The one person meant: by the whole text, else by a part of it (Ann (201), 201 - Ann, ann@firm.com); None for nobody or two."""
        if said is None:
            return None
        for part in parts(fold(str(said))):
            found = self._of.get(normalise(part), set())
            if len(found) == 1:
                return next(iter(found))
        return None


def one_each(listed: Sequence[str], said: Sequence[str]) -> dict[str, str]:
    """Spellings among `said` -> the person meant, where that is somebody else's spelling: 李 娜, 李娜(lina) and 李娜 are one.

    `listed`: the people there are, if anybody says so; else each is whoever is `said` first without anything in brackets. Of two that
    have more in brackets nobody knows whether they are one.
    """
    people: dict[str, str] = {}
    for name in listed or sorted(said, key=lambda name: len(parts(name)) > 1):
        people.setdefault(normalise(name), name)
    for name in listed:
        for part in parts(name)[1:]:
            people.setdefault(normalise(part), name)
    found: dict[str, str] = {}
    longer: dict[str, list[str]] = {}
    for name in said:
        if name in listed:
            continue
        if (meant := people.get(normalise(name), name)) != name:
            found[name] = meant
            continue
        named = {people[part] for part in map(normalise, parts(fold(name))[1:]) if part in people} - {name}
        if len(named) == 1:
            longer.setdefault(named.pop(), []).append(name)
    return found | {names[0]: meant for meant, names in longer.items() if len(names) == 1}


def first_of_several(listed: Iterable[str], said: Sequence[str]) -> dict[str, str]:
    """Texts among `said` that name several people -> the first of them who is known: Tom / Sue, 张三、李四.

    Known are those `listed`, else whoever is also `said` alone, or beside others too. What a slash or comma stands in (李娜/lina,
    or Smith, John) may be one person: two of it must be known; 、 and & only stand between two.
    """
    listed = set(map(normalise, listed))
    split = {
        text: each for text in said if len(each := [part for part in _SEVERAL.split(fold(text)) if part.strip()]) > 1
    }
    alone = {normalise(text) for text in said if text not in split}
    beside = Counter(normalise(part) for each in split.values() for part in {*each})
    known = listed or alone | {part for part, times in beside.items() if times > 1}
    found: dict[str, str] = {}
    for text, each in split.items():
        there = [part.strip() for part in each if normalise(part) in known]
        if len(there) > 1 or (_SURELY.search(text) and not (listed and not there)):
            found[text] = (there or [each[0].strip()])[0]
    return found


def parts(said: str) -> Sequence[str]:
    """A text, then what stands in it between brackets and other marks, numbers last: Ann (201) gives Ann (201), Ann, 201."""
    inner = [part.strip() for part in _APART.split(said) if part.strip() and part.strip() != said]
    return [said, *sorted(inner, key=str.isdecimal)]


def paired(texts: Iterable[str]) -> dict[str, str]:
    """Extension -> name, of texts that hold both: "Ann" <201>, Ann (201), 201 - Ann."""
    found: dict[str, str] = {}
    for text in texts:
        pieces = parts(fold(text))[1:]
        names = [piece for piece in pieces if not piece.isdecimal() and len(_WORDS.sub("", piece)) >= _FEWEST_LETTERS]
        numbers = [piece for piece in pieces if piece.isdecimal()]
        if len(names) == len(numbers) == 1:
            found.setdefault(numbers[0], names[0])
    return found
