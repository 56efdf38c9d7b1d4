"""`pythonw -P -m funnelbook.windows.setup STEP LANGUAGE FILE`: what Funnelbook-setup.exe and its uninstaller have Funnelbook do.

The exit code says whether it was done; the sentence for the user is written into the file, as NSIS reads it.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from funnelbook.book.ports import BookError
from funnelbook.commands import setup
from funnelbook.setup import last_errors
from funnelbook.words import choose, say

DONE, REFUSED = 0, 2


def main(step: str, language: str, told: str) -> int:
    """The exit code of a step: `ready` (nothing of an older copy runs any more), `install` or `uninstall`."""
    choose(language)
    try:
        text, code = _do(step, language), DONE
    except BookError as error:
        text, code = error.text(language), REFUSED
    except Exception as error:
        last_errors.keep(error, f"setup {step}", datetime.now())
        detail = f"{type(error).__name__}: {error}"
        text, code = say("unexpected", language, file="Funnelbook", detail=detail), REFUSED
    Path(told).write_text(text, "utf-16")
    return code


def _do(step: str, language: str) -> str:
    match step:
        case "ready":
            setup.make_way()
            return ""
        case "install":
            return setup.install(language=language, libreoffice=False).text(language)
        case "uninstall":
            setup.uninstall(libreoffice=False)
            return ""
        case _:
            raise ValueError(step)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
