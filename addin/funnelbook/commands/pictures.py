"""Pictures of a workbook's sheets, drawn by LibreOffice where it is installed."""

from __future__ import annotations

import glob
import shutil
import subprocess
import tempfile
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from funnelbook.hosts.ooxml.printing import only_sheets

TIME_LIMIT_S = 120


def can_draw() -> bool:
    """Whether LibreOffice and poppler's pdftoppm are there."""
    return all(map(shutil.which, ("soffice", "pdftoppm")))


def draw(workbook: Path, folder: Path, sheets: Collection[str] | None = None, dpi: int = 80) -> list[Path]:
    """PNG files, one a printed page in tab order, made in `folder`; empty when LibreOffice cannot open the file, or not in time.

    `sheets`: only these. LibreOffice works on a copy: the workbook stays as it is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{glob.escape(workbook.stem)}-*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / f"book{workbook.suffix}"
        data = workbook.read_bytes()
        copy.write_bytes(data if sheets is None else only_sheets(data, sheets))
        with suppress(subprocess.TimeoutExpired):
            convert([copy], "pdf", Path(scratch))
        pdf = copy.with_suffix(".pdf")
        if not pdf.exists():
            return []
        _pdftoppm(dpi, pdf, folder / workbook.stem)
    return sorted(folder.glob(f"{glob.escape(workbook.stem)}-*.png"))


def first_pages(pdf: Path) -> dict[str, int]:
    """By sheet the number of the first page that has its name at the left of the footer."""
    command = ["pdftotext", "-layout", str(pdf), "-"]
    text = subprocess.run(command, check=True, capture_output=True, timeout=TIME_LIMIT_S, encoding="utf-8").stdout
    first: dict[str, int] = {}
    for number, page in enumerate(text.split("\f")[:-1], 1):
        footer = page.rstrip().rpartition("\n")[2]
        first.setdefault(footer.strip().partition("  ")[0], number)
    return first


def draw_page(pdf: Path, number: int, picture: Path, dpi: int) -> None:
    """Draws one page of a PDF to a PNG file."""
    _pdftoppm(dpi, pdf, picture.with_suffix(""), "-singlefile", "-f", str(number), "-l", str(number))


def _pdftoppm(dpi: int, pdf: Path, stem: Path, *how: str) -> None:
    command = ["pdftoppm", "-png", "-r", str(dpi), *how, str(pdf), str(stem)]
    subprocess.run(command, check=True, capture_output=True, timeout=TIME_LIMIT_S)


def convert(files: Sequence[Path], kind: str, folder: Path, time_limit_s: float = TIME_LIMIT_S) -> None:
    """Has LibreOffice write each file it can open to `folder` as `kind` (pdf, csv), under the file's own stem.

    It runs with a profile of its own, so that a LibreOffice the user has open is not disturbed.
    """
    with tempfile.TemporaryDirectory() as profile:
        alone = f"-env:UserInstallation={Path(profile).as_uri()}"
        command = ["soffice", alone, "--headless", "--convert-to", kind, "--outdir", str(folder), *map(str, files)]
        subprocess.run(command, check=False, capture_output=True, timeout=time_limit_s)
