"""Pictures of a workbook's sheets, drawn by LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

TIME_LIMIT_S = 120


def can_draw() -> bool:
    """Whether LibreOffice and poppler's pdftoppm are there."""
    return all(map(shutil.which, ("soffice", "pdftoppm")))


def draw(workbook: Path, folder: Path, dpi: int = 80) -> list[Path]:
    """PNG files, one a printed page in tab order, made in `folder`; empty when LibreOffice cannot open the file.

    LibreOffice works on a copy with a profile of its own: the workbook and the user's settings stay as they are.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(shutil.copy(workbook, Path(scratch) / f"book{workbook.suffix}"))
        profile = (Path(scratch) / "profile").as_uri()
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation={profile}",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                scratch,
                str(copy),
            ],
            check=False,
            capture_output=True,
            timeout=TIME_LIMIT_S,
        )
        pdf = copy.with_suffix(".pdf")
        if not pdf.exists():
            return []
        subprocess.run(
            ["pdftoppm", "-png", "-r", str(dpi), str(pdf), str(folder / workbook.stem)],
            check=True,
            capture_output=True,
            timeout=TIME_LIMIT_S,
        )
    return sorted(folder.glob(f"{workbook.stem}-*.png"))
