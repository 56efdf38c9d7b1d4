"""What Windows keeps of the engine in the registry, for this user: CreateObject("Funnelbook.Engine") starts it by these keys."""

from __future__ import annotations

from pathlib import Path

PROGID = "Funnelbook.Engine"
CLSID = "{8958A080-3534-4CBB-8ED2-A5E68CED672B}"
CLASSES = r"Software\Classes"
SERVER = rf"{CLASSES}\CLSID\{CLSID}\LocalServer32"
MODULE = "funnelbook.engine"


def command(python: Path, language: str) -> str:
    """What Windows runs: -P keeps what lies in the folder it happens to be started in from being imported instead of ours."""
    return f'"{python}" -P -m {MODULE} {language}'


def keys(python: Path, language: str) -> dict[str, str]:
    """Each key below HKEY_CURRENT_USER with its default value, those that hold others first."""
    return {
        rf"{CLASSES}\{PROGID}": "Funnelbook",
        rf"{CLASSES}\{PROGID}\CLSID": CLSID,
        rf"{CLASSES}\CLSID\{CLSID}": "Funnelbook",
        rf"{CLASSES}\CLSID\{CLSID}\ProgID": PROGID,
        SERVER: command(python, language),
    }
