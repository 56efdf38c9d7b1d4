"""What a text tells people to run works: the commands of Funnelbook, and what installs a copy anew however it was installed."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from funnelbook.cli import main
from funnelbook.words import LANGUAGES, MESSAGES, subject
from support.cases import first
from support.external import ROOT

PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "funnelbook"
version = "0.0.1"
"""
BACKEND = """
import pathlib, zipfile
INFO = "funnelbook-0.0.1.dist-info"
def prepare(folder, module):
    files = {
        "stand_in.py": module,
        f"{INFO}/METADATA": "Metadata-Version: 2.1\\nName: funnelbook\\nVersion: 0.0.1\\n",
        f"{INFO}/WHEEL": "Wheel-Version: 1.0\\nGenerator: stand-in\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    }
    files[f"{INFO}/entry_points.txt"] = "[console_scripts]\\nfunnelbook = stand_in:main\\n"
    files[f"{INFO}/RECORD"] = "".join(f"{name},,\\n" for name in [*files, f"{INFO}/RECORD"])
    name = "funnelbook-0.0.1-py3-none-any.whl"
    with zipfile.ZipFile(pathlib.Path(folder, name), "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)
    return name
def build_wheel(folder, settings=None, metadata=None):
    return prepare(folder, "def main(): print('here')")
build_editable = build_wheel
"""
ASK = """
import json, sys
from funnelbook.setup.installed import Copy
copy = Copy.this()
print(json.dumps({"way": copy.way, "anew": copy.reinstall(), "with": copy.reinstall_with(sys.argv[1]), "off": copy.remove()}))
"""


class Sandbox:
    """A user's home with a folder to install from; nothing can be fetched."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / "My 下载" / "funnelbook"
        self.folder.mkdir(parents=True)
        (self.folder / "pyproject.toml").write_text(PROJECT)
        (self.folder / "backend.py").write_text(BACKEND)
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("UV_", "PIP_", "VIRTUAL_ENV", "PYTHON"))}
        self.env = kept | {
            "HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_BIN_HOME": str(home / "bin"),
            "XDG_CACHE_HOME": str(home / "cache"), "UV_OFFLINE": "1", "UV_PYTHON": sys.executable,
            "UV_PYTHON_DOWNLOADS": "never", "PIP_NO_INDEX": "1",
        }  # fmt: skip

    def run(self, *words: str) -> str:
        done = subprocess.run(words, env=self.env, cwd=self.home, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def type(self, line: str) -> str:
        """Runs a line as it stands, as a person would."""
        return self.run("sh", "-c", line)

    def installed(self, way: str) -> Path:
        """The environment with a stand-in for Funnelbook in it, installed in one of the ways people do."""
        environment = self.home / "env"
        match way:
            case "tool":
                self.run("uv", "tool", "install", str(self.folder))
                return self.home / "data" / "uv" / "tools" / "funnelbook"
            case "project":
                self.run("uv", "sync", "--directory", str(self.folder))
                return self.folder / ".venv"
            case "uv":
                self.run("uv", "venv", str(environment))
                self.run("uv", "pip", "install", "--python", str(environment), str(self.folder))
            case "pip":
                self.run(sys.executable, "-m", "venv", str(environment))
                self.run(str(environment / "bin" / "python"), "-m", "pip", "install", str(self.folder))
        return environment

    def told(self, environment: Path) -> dict[str, str]:
        """What the code of this checkout says about the copy in an environment."""
        paths = {"PYTHONPATH": str(ROOT / "addin")}
        asked = [str(environment / "bin" / "python"), "-c", ASK, f"3.{sys.version_info.minor}"]
        done = subprocess.run(asked, env=self.env | paths, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)


@pytest.fixture
def sandbox(tmp_path) -> Sandbox:
    assert shutil.which("uv"), "this project is developed with uv"
    return Sandbox(tmp_path / "lina")


def starts(environment: Path) -> bool:
    program = environment / "bin" / "funnelbook"
    return (
        program.exists() and subprocess.run([program], capture_output=True, text=True, check=False).stdout == "here\n"
    )


@pytest.mark.parametrize("way", first(2, ["tool", "project", "uv", "pip"]))
def test_a_broken_copy_is_mended_and_removed_by_the_command_told(sandbox, way):
    environment = sandbox.installed(way)
    told = sandbox.told(environment)
    assert told["way"] == way
    for line in dict.fromkeys([told["anew"], *([told["with"]] if way in ("tool", "project") else [])]):
        (module,) = environment.glob("lib/*/site-packages/stand_in.py")
        module.unlink()
        assert not starts(environment)
        sandbox.type(line)
        assert starts(environment), line
    sandbox.type(f"yes | {told['off']}")
    assert not starts(environment)


def test_a_copy_whose_folder_is_gone_is_installed_anew_when_it_is_back(sandbox):
    environment = sandbox.installed("tool")
    moved = sandbox.folder.rename(sandbox.home / "elsewhere")
    line = sandbox.told(environment)["anew"]
    assert str(sandbox.folder) in line
    moved.rename(sandbox.folder)
    sandbox.type(line)
    assert starts(environment)


PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "workbook_templates" / "README.md"]
SAID = [text for language in LANGUAGES for text in subject(MESSAGES, language).values()] + [
    text for language in LANGUAGES for told in subject("findings", language).values() for text in told
]
IN_SENTENCES = re.compile(r"(?<!select )funnelbook [a-z]+(?: (?:--[a-z-]+|FILE\.xls|文件\.xls))*(?![a-z])")
OWN_TESTS = {"build", "demo"}  # what they write is looked at there


def commands() -> list[str]:
    """Every command of Funnelbook that a message or a page names."""
    found = {line for text in SAID for line in IN_SENTENCES.findall(text)}
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        spans = re.findall(r"`(funnelbook [a-z][^`]*)`", text)
        blocks = re.findall(
            r"(?m)^ *(funnelbook [a-z].*?)(?: {2,}#.*)?$", "".join(re.findall(r"(?ms)^ *```sh$.*?```", text))
        )
        found |= {re.sub(r"\[.*?\]|…|\.\.\.", "", line).strip() for line in [*spans, *blocks]}
    return sorted(found)


@pytest.mark.parametrize("line", commands())
def test_a_command_that_is_told_is_understood(line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    home = {"HOME": str(tmp_path), "PATH": "", "FUNNELBOOK_LANG": "en"}
    _, name, *words = shlex.split(line)
    command = main.get_command(click.Context(main), name)
    assert command is not None, line
    if not words and command.params and any(p.required for p in command.params):
        return  # its name, not the whole of it
    if name in OWN_TESTS:
        command.make_context(name, words)
        return
    ran = CliRunner().invoke(main, [name, *words], env=home)
    assert "Usage:" not in ran.output, ran.output
    assert isinstance(ran.exception, SystemExit | None), ran.exception


def test_nothing_tells_to_fetch_a_name_that_nobody_has_registered():
    fetches = re.compile(
        r"(?:uv tool|uvx|uv pip|pip3?)[^`\n。]*?(?:install|run)[^`\n。]*?(?<![\w/.\\-])funnelbook\b(?![/\\])"
    )
    pages = {page.name: page.read_text(encoding="utf-8") for page in PAGES}
    assert not [text for text in [*SAID, *pages.values()] if fetches.search(text)]
