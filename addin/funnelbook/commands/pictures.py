"""Pictures of a workbook's sheets, drawn by LibreOffice where it is installed."""

from __future__ import annotations

import glob
import shutil
import subprocess
import tempfile
from collections.abc import Collection
from pathlib import Path

from funnelbook.hosts.ooxml.host import only_sheets

TIME_LIMIT_S = 120


def can_draw() -> bool:
    """Whether LibreOffice and poppler's pdftoppm are there."""
    return all(map(shutil.which, ("soffice", "pdftoppm")))


def draw(workbook: Path, folder: Path, sheets: Collection[str] | None = None, dpi: int = 80) -> list[Path]:
    """PNG files, one a printed page in tab order, made in `folder`; empty when LibreOffice cannot open the file.

    `sheets`: only these. LibreOffice works on a copy with a profile of its own: the workbook and the user's settings stay as
    they are.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{glob.escape(workbook.stem)}-*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / f"book{workbook.suffix}"
        data = workbook.read_bytes()
        copy.write_bytes(data if sheets is None else only_sheets(data, sheets))
        profile = (Path(scratch) / "profile").as_uri()
        convert = [
            "soffice",
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            scratch,
        ]
        subprocess.run([*convert, str(copy)], check=False, capture_output=True, timeout=TIME_LIMIT_S)
        pdf = copy.with_suffix(".pdf")
        if not pdf.exists():
            return []
        render = ["pdftoppm", "-png", "-r", str(dpi), str(pdf), str(folder / workbook.stem)]
        subprocess.run(render, check=True, capture_output=True, timeout=TIME_LIMIT_S)
    return sorted(folder.glob(f"{glob.escape(workbook.stem)}-*.png"))
