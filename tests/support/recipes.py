"""The recipes of CONTRIBUTING.md, followed to the letter in a copy of the project.

A recipe is a section whose Python blocks begin with where they go: `# PATH` is a new file, `# PATH, in NAME` an entry at the end
of the dict or tuple NAME in it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from support.external import ROOT

PAGE = ROOT / "CONTRIBUTING.md"
_BLOCK = re.compile(r"```python\n# (\S+?)(?:, in (\w+))?\n(.*?)```", re.DOTALL)
_PARTS = ("addin", "docs", "workbook_templates", "pyproject.toml")


@dataclass(frozen=True)
class Step:
    """One block of a recipe: a file, the name in it whose end it is put at (none: the file is new), and the text."""

    path: str
    name: str
    text: str


def section(title: str) -> str:
    """What CONTRIBUTING.md says below a heading of the third level."""
    found = re.search(
        rf"^### {re.escape(title)}\n(.*?)(?=^##|\Z)", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    assert found, f"CONTRIBUTING.md has no section {title}"
    return found[1]


def steps(title: str) -> list[Step]:
    """The steps of a recipe."""
    return [Step(path, name or "", text) for path, name, text in _BLOCK.findall(section(title))]


class Checkout:
    """A copy of the project that a test may change, with Python running in it; what Python compiled is copied too."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in _PARTS:
            if (ROOT / part).is_dir():
                shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("*.png"))
            else:
                shutil.copy2(ROOT / part, folder / part)

    def follow(self, wanted: list[Step]) -> None:
        """Does the steps of a recipe."""
        for step in wanted:
            path = self.folder / step.path
            assert path.exists() == bool(step.name), f"{step.path}: a new file, or one that is there?"
            path.write_text(self._inserted(path, step) if step.name else step.text, encoding="utf-8")

    @staticmethod
    def _inserted(path: Path, step: Step) -> str:
        text = path.read_text(encoding="utf-8")
        found = re.search(rf"^{step.name}\b.*?(?=^[)}}\]])", text, re.DOTALL | re.MULTILINE)
        assert found, f"{step.path} has no {step.name}"
        return text[: found.end()] + step.text + text[found.end() :]

    @property
    def touched(self) -> set[str]:
        """Files of the code that are new or say something else than those of the project."""
        return {
            path.relative_to(self.folder).as_posix()
            for path in (self.folder / "addin" / "funnelbook").rglob("*")
            if path.is_file() and path.suffix != ".pyc" and path.read_bytes() != _original(path, self.folder)
        }

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """What the command line of the copy says to arguments."""
        return self._python("from funnelbook.cli import main; main()", *arguments)

    def told(self, code: str) -> object:
        """What a piece of code in the copy prints as JSON."""
        run = self._python(code)
        assert run.returncode == 0, run.stderr
        return json.loads(run.stdout)

    def _python(self, code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(self.folder / "addin"), "PYTHONUTF8": "1", "COLUMNS": "200"}
        command = [sys.executable, "-c", code, *map(str, arguments)]
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )


def _original(path: Path, folder: Path) -> bytes | None:
    original = ROOT / path.relative_to(folder)
    return original.read_bytes() if original.exists() else None
