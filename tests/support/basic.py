"""LibreOffice Basic that runs VBA: modules put into a profile of their own, and the main one run."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path


def run(modules: Mapping[str, str], profile: Path, environment: Mapping[str, str] | None = None) -> None:
    """Runs Main of Module1; `profile` is an empty folder."""
    start = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    # The first start makes the profile, with a library of its own
    subprocess.run([*start, "--terminate_after_init"], capture_output=True, check=False, timeout=120)
    library = profile / "user" / "basic" / "Standard"
    for name, text in modules.items():
        (library / f"{name}.xba").write_text(_document("module", name, text), encoding="utf-8")
    (library / "script.xlb").write_text(_document("library", "Standard", "", modules), encoding="utf-8")
    (library.parent / "script.xlc").write_text(_document("libraries", "", ""), encoding="utf-8")
    main = [*start, "macro:///Standard.Module1.Main"]
    subprocess.run(main, capture_output=True, check=False, timeout=120, env=environment)


def _document(kind: str, name: str, content: str, modules: Iterable[str] = ()) -> str:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE {0}:{1} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{1}.dtd">\n'
    spaces = 'xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink"'
    if kind == "module":
        return head.format("script", kind) + (
            f'<script:module xmlns:script="http://openoffice.org/2000/script" script:name="{name}" '
            f'script:language="StarBasic">{escape(content)}</script:module>'
        )
    if kind == "library":
        inner = "".join(f'<library:element library:name="{module}"/>' for module in modules)
        attributes = f'library:name="{name}" library:readonly="false"'
    else:
        inner = (
            '<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" '
            'xlink:type="simple" library:link="false"/>'
        )
        attributes = ""
    return head.format("library", kind) + f"<library:{kind} {spaces} {attributes}>{inner}</library:{kind}>"
