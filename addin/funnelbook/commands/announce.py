"""The team chat or mail that the board is sent to, as the user has set it up; without that nothing is ever sent."""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Sequence
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


def send(urls: list[str], title: str, body: str, attached: Sequence[Path]) -> int:
    """How many addresses the text, with files, went to. BookError names those that did not take it, by their kind only:
    an address holds keys and passwords."""
    from apprise import Apprise, NotifyFormat  # noqa: PLC0415 - only who sends loads what reaches the network

    logging.getLogger("apprise").addHandler(logging.NullHandler())  # the refusal below says it in one line
    failed = []
    for number, url in enumerate(urls, 1):
        one = Apprise()
        taken = one.add(url) and one.notify(
            body=body, title=title, body_format=NotifyFormat.TEXT, attach=[str(file) for file in attached] or None
        )
        if not taken:
            failed.append(f"{number} ({url.split('://')[0][:20]}://…)")
    if failed:
        raise BookError("not_sent", which=", ".join(failed), sent=len(urls) - len(failed))
    return len(urls)
