"""Computers with Windows, each made once a run: Wine, a genuine Python for Windows, Funnelbook installed in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from funnelbook.installer.payload import install, wheel
from support.external import ROOT, need
from support.rig import client
from support.rig.wine import Windows

# A user whose name is Chinese: within code page 936, outside of 1252
LOCALES = {"936": "zh_CN.UTF-8", "1252": "en_US.UTF-8"}


@pytest.fixture(scope="session")
def _package(tmp_path_factory) -> Path:
    """Funnelbook, installed from its wheel into a folder."""
    need("windows")
    folder = tmp_path_factory.mktemp("package")
    install(folder / "package", ["--no-deps", str(wheel(ROOT, folder / "wheel"))])
    return folder / "package"


@pytest.fixture(scope="session")
def computer(_package, tmp_path_factory) -> Iterator[Callable[[str], Windows]]:
    """The computer of a code page, Funnelbook's package in it but not yet put into Excel."""
    made: dict[str, Windows] = {}

    def of(code_page: str) -> Windows:
        if code_page not in made:
            folder = tmp_path_factory.mktemp(f"windows{code_page}")
            made[code_page] = windows = Windows(folder / "prefix", "经理", LOCALES[code_page])
            windows.start()
            windows.put_in(_package)
            windows.log_on()
        return made[code_page]

    yield of
    for windows in made.values():
        windows.stop()


@pytest.fixture(scope="session")
def windows(computer) -> Windows:
    """The computer most tests use, as Chinese users have it."""
    return computer("936")


@pytest.fixture(scope="session")
def installed(windows) -> Windows:
    """The same with the add-in put into Excel and the engine registered."""
    windows.install()
    return windows


@pytest.fixture
def excel(installed) -> Iterator[Callable[[], client.Excel]]:
    """Starts Excels of this user, and ends them."""
    started: list[client.Excel] = []

    def start() -> client.Excel:
        started.append(client.Excel(installed))
        return started[-1]

    yield start
    for one in started:
        one.quit()
