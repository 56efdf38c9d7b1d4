"""What a refresh leaves in a workbook so that the same refresh, asked for again, need not be done: a mark that says as what it was
refreshed, with a checksum (SHA-256) of every member as it is stored, the workbook part with the checksum itself blanked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from funnelbook.book import marks
from funnelbook.book.ports import BookError
from funnelbook.hosts.ooxml.fast_zlib import BROKEN, fast
from funnelbook.hosts.ooxml.member import Member
from funnelbook.hosts.ooxml.package import Package, stored

_PART = "xl/workbook.xml"  # as all but a few programs call it; in a workbook of theirs nothing is left
_BLANK = "0" * 2 * hashlib.sha256().digest_size
_LEFT = re.compile(
    rb'name="%b" hidden="1">&quot;([^<>&]*) ([0-9a-f]{%d})&quot;</' % (marks.REFRESHED.encode(), len(_BLANK))
)


def blank(said: str) -> dict[str, str]:
    """The mark, as `Book.define` takes it, before there is a checksum; `said`: ASCII letters, digits and spaces."""
    return {marks.REFRESHED: f'"{said} {_BLANK}"'}


def seal(package: Package) -> None:
    """Stages the checksum of a package whose mark is blank and in which nothing is staged."""
    xml = package.read(_PART) if _PART in package else b""
    found = _LEFT.search(xml)
    if found:
        said = _checksum(package.members.values(), xml).encode()
        package.put(_PART, xml[: found.start(2)] + said + xml[found.end(2) :])


def left(data: bytes, run: str) -> str:
    """What a file's mark says after `run`; "" unless it begins so and not a byte of a member is other than it was left."""
    try:
        members = stored(data, "")
        xml = _content(members)
    except (BookError, *BROKEN):
        return ""
    marked = list(_LEFT.finditer(xml))
    if len(marked) != 1 or not marked[0][1].startswith(run.encode() + b" "):
        return ""
    found = marked[0]
    blanked = xml[: found.start(2)] + _BLANK.encode() + xml[found.end(2) :]
    if _checksum(members.values(), blanked) != found[2].decode():
        return ""
    return found[1].decode().removeprefix(run).strip()


def _content(members: Mapping[str, Member]) -> bytes:
    """The workbook part; nothing where it is not what the directory says."""
    part = members.get(_PART)
    xml = b"".join(part.chunks()) if part else b""
    return xml if part and (fast.crc32(xml), len(xml)) == (part.crc, part.size) else b""


def _checksum(members: Iterable[Member], xml: bytes) -> str:
    """The checksum of members in their order, the workbook part with the content `xml`."""
    found = hashlib.sha256()
    for member in members:
        content = xml if member.name == _PART else member.raw
        found.update(repr((member.name, member.method, member.flags, len(content))).encode())
        found.update(content)
    return found.hexdigest()
