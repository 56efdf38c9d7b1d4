"""Funnelbook-setup.exe, made by NSIS from addin/windows/setup.nsi, the catalogues of words and the payload."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from funnelbook import __version__
from funnelbook.book.ports import BookError
from funnelbook.installer.payload import files
from funnelbook.setup.icon import icon
from funnelbook.words import LANGUAGES, say, subject

NAME = "Funnelbook-setup.exe"
SCRIPT = Path(__file__).parents[2] / "windows" / "setup.nsi"
_MADE = "1767225600"  # 2026-01-01: when, for the same files give the same bytes
_TOOL = "makensis"


def build(payload: Path, out: Path, scratch: Path, *, quick: bool = False) -> None:
    """Writes the installer of a payload; `scratch` is an empty folder. BookError where there is no NSIS, or what it says.

    `quick`: nothing is compressed, which takes minutes.
    """
    if shutil.which(_TOOL) is None:
        raise BookError("no_nsis")
    for name, text in {"languages.nsh": _languages(), "words.nsh": _words(), "payload.nsh": listed(payload)}.items():
        (scratch / name).write_text(text, encoding="utf-8-sig")
    (scratch / "funnelbook.ico").write_bytes(icon())
    size = sum(path.stat().st_size for path in files(payload)) // 1024
    numbers = ".".join((re.findall(r"\d+", __version__) + ["0"] * 4)[:4])
    defined = {
        "OUT": out.absolute(),
        "VERSION": __version__,
        "NUMBERS": numbers,
        "SIZE_KB": size,
    }
    options = [f"-D{name}={value}" for name, value in defined.items()] + (["-DQUICK"] if quick else [])
    ran = subprocess.run(
        [_TOOL, "-V2", "-WX", "-NOCD", "-INPUTCHARSET", "UTF8", *options, str(SCRIPT)],
        cwd=scratch,
        env={**os.environ, "SOURCE_DATE_EPOCH": _MADE},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if ran.returncode:
        raise BookError("not_built", command=_TOOL, detail=(ran.stdout + ran.stderr).strip())


def listed(payload: Path) -> str:
    """What NSIS is told to write on the computer: each file by name, for the order of a folder is the file system's."""
    lines, at = [], None
    for path in files(payload):
        folder = path.parent.relative_to(payload)
        if folder != at:
            at = folder
            lines.append(rf'SetOutPath "$INSTDIR.new\{_inside(folder)}"'.replace('\\"', '"'))
        lines.append(f'File "{_literal(str(path.absolute()))}"')
    return "\n".join(lines) + "\n"


def _inside(folder: Path) -> str:
    return "" if folder == Path() else _literal("\\".join(folder.parts))


def _languages() -> str:
    return "".join(f'!insertmacro MUI_LANGUAGE "{say("language.nsis", each)}"\n' for each in LANGUAGES)


def _words() -> str:
    return "\n".join(line for each in LANGUAGES for line in _told(each)) + "\n"


def _told(language: str) -> Iterator[str]:
    """The texts of a language, and by which code Funnelbook knows it."""
    number = f"${{LANG_{say('language.nsis', language).upper()}}}"
    for key in ("code", *subject("setup_exe", language)):
        text = language if key == "code" else say(f"setup_exe.{key}", language)
        yield f'LangString {key} {number} "{_literal(text)}"'


def _literal(text: str) -> str:
    """A text as it stands between the quotation marks of NSIS."""
    return "".join({"$": "$$", '"': '$\\"', "\r": "$\\r", "\n": "$\\n"}.get(letter, letter) for letter in text)
