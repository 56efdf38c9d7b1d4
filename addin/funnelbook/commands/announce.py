"""The team chat or mail that the board is sent to, as the user has set it up; without that nothing is ever sent."""

from __future__ import annotations

import logging
import os
import tomllib
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from funnelbook.book.ports import BookError
from funnelbook.commands import profile


def config() -> Path:
    """The user's own file with the addresses: .funnelbook/publish.toml in the home folder. Never a workbook."""
    return profile.folder() / "publish.toml"


def addresses(path: Path) -> list[str]:
    """The Apprise addresses a configuration lists as `urls`; none without the file. BookError when it cannot be read so."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise BookError("bad_publish_config", file=str(path), detail=str(error)) from error
    urls = said.pop("urls", None)
    if said or not isinstance(urls, list) or not all(isinstance(url, str) for url in urls):
        raise BookError("bad_publish_config", file=str(path), detail='urls = ["…"]')
    return urls


def read_by_others(path: Path) -> bool:
    """Whether others who use this computer may read the addresses, and the keys in them."""
    return profile.open_to_others(path)


def send(urls: list[str], title: str, body: str, attached: Sequence[Path]) -> int:
    """How many addresses the text, with files, went to. BookError names those that did not take it, by their kind only:
    an address holds keys and passwords.

    Every attempt is a line in sent.log beside the addresses: when, what kind of address, whether it was taken; nothing of what
    was said.
    """
    from apprise import Apprise, NotifyFormat  # noqa: PLC0415 - only who sends loads what reaches the network
    from apprise.manager_plugins import NotificationManager  # noqa: PLC0415

    logging.getLogger("apprise").addHandler(logging.NullHandler())  # the refusal below says it in one line
    known = set(NotificationManager().schemas())
    failed = []
    for number, url in enumerate(urls, 1):
        one = Apprise()
        taken = one.add(url) and one.notify(
            body=body, title=title, body_format=NotifyFormat.TEXT, attach=[str(file) for file in attached] or None
        )
        kind = _kind(url, known)
        _log(f"{title!r} {kind} {'sent' if taken else 'not sent'}, files: {len(attached)}")
        if not taken:
            failed.append(f"{number} ({kind})")
    if failed:
        raise BookError("not_sent", which=", ".join(failed), sent=len(urls) - len(failed))
    return len(urls)


def _kind(url: str, known: Collection[str]) -> str:
    """The kind of an address where there is such a kind: of a mistyped one even the beginning may be a key."""
    kind, mark, _ = url.partition("://")
    return f"{kind.lower()}://…" if mark and kind.lower() in known else "?"


def _log(line: str) -> None:
    """Adds a line to sent.log, its time in front; where that cannot be written, what was sent stays sent."""
    with suppress(OSError):
        path = profile.private_folder() / "sent.log"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w", encoding="utf-8") as file:
            log = logging.StreamHandler(file)
            log.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%dT%H:%M:%S%z"))
            log.emit(logging.LogRecord("funnelbook", logging.INFO, "", 0, line, None, None))
