"""The toolbar in a window on a screen: clicked with a mouse, undone with a key, as a person does; screenshots for people to look at."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from funnelbook.book.labels import sheet_name
from funnelbook.menu import BY_NAME
from support.compare import assert_same, tables
from support.external import need
from support.office import Office

pytestmark = pytest.mark.live
DAY = date(2026, 5, 20)
_TOOLBAR = "private:resource/toolbar/addon_org.funnelbook"
_MESSAGE = "^Funnelbook$"
_WITHIN_S = 40


class Desk:
    """A screen with LibreOffice on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.display = f":{100 + os.getpid() % 50_000}"  # nobody else's; one given by the server may be given twice
        told, tells = os.pipe()  # its number again, once it is there
        screen = ["Xvfb", self.display, "-displayfd", str(tells), "-screen", "0", "1500x950x24", "-nolisten", "tcp"]
        # LibreOffice starts itself anew on a new profile: a server that resets when its last client goes would turn it away
        screen.append("-noreset")
        self.server = subprocess.Popen(screen, stderr=subprocess.DEVNULL, pass_fds=[tells])
        os.close(tells)
        with os.fdopen(told) as lines:
            assert lines.readline().strip(), "Xvfb did not start"
        try:
            self.office = Office(folder, display=self.display)
        except BaseException:
            self.server.terminate()
            raise

    def close(self) -> None:
        self.office.kill()
        self.server.terminate()
        self.server.wait(10)

    def mouse(self, x: int, y: int) -> None:
        self._xdotool("mousemove", str(x), str(y), "click", "1")

    def key(self, name: str, title: str) -> None:
        """A key, pressed in the window of that title: without a window manager none has the keyboard by itself."""
        self._xdotool("windowfocus", "--sync", self._windows(title)[-1], "key", "--clearmodifiers", name)

    def picture(self, name: str) -> Path:
        path = self.folder / f"{name}.png"
        subprocess.run(["scrot", "--overwrite", str(path)], check=True, env=self._env, timeout=30)
        return path

    def click(self, document: object, command: str) -> None:
        """Clicks the button of a command in the toolbar."""
        frame = document.getCurrentController().getFrame()
        bar = frame.LayoutManager.getElement(_TOOLBAR).getRealInterface().getAccessibleContext()
        label = BY_NAME[command].label("en")  # LibreOffice is English here
        buttons = [bar.getAccessibleChild(i).getAccessibleContext() for i in range(bar.getAccessibleChildCount())]
        button = next(b for b in buttons if b.getAccessibleName() == label)
        place, size = button.getLocationOnScreen(), button.getSize()
        self.mouse(place.X + size.Width // 2, place.Y + size.Height // 2)

    def until(self, holds: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + _WITHIN_S
        while not holds():
            if time.monotonic() > end:
                self.picture("failed")
                raise AssertionError(f"{what}: see {self.folder}/failed.png")
            time.sleep(0.2)

    def answered(self, name: str) -> Path:
        """A picture of the message that comes, which then is taken note of."""
        self.until(lambda: bool(self._windows(_MESSAGE)), "no message came")
        time.sleep(0.5)
        kept = self.picture(name)
        self.key("Return", _MESSAGE)
        self.until(lambda: not self._windows(_MESSAGE), "the message stays")
        return kept

    def _windows(self, title: str) -> list[str]:
        found = ["xdotool", "search", "--onlyvisible", "--name", title]
        return subprocess.run(
            found, capture_output=True, text=True, env=self._env, check=False, timeout=30
        ).stdout.split()

    def _xdotool(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], check=True, env=self._env, timeout=30)

    @property
    def _env(self) -> dict[str, str]:
        return {**os.environ, "DISPLAY": self.display}


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Iterator[Desk]:
    need("libreoffice")
    need("screen")
    made = Desk(tmp_path_factory.mktemp("desk"))
    yield made
    made.close()


@pytest.fixture
def document(desk, tmp_path, demo_book) -> Iterator[object]:
    path = tmp_path / "销售漏斗.xlsx"
    path.write_bytes(demo_book("zh"))
    opened = desk.office.open(path, hidden=False)
    opened.getCurrentController().getFrame().getContainerWindow().setPosSize(0, 0, 1500, 950, 15)
    time.sleep(2)
    yield opened
    opened.close(True)


def test_clicking_refresh_changes_the_sheets_and_one_undo_brings_them_back(desk, document):
    book = desk.office.book(document)
    before = tables(book)
    desk.office.press(document, "as_of", AsOf="2026-05-21")
    document.getCurrentController().setActiveSheet(document.Sheets.getByName(sheet_name("funnel", "zh")))
    desk.click(document, "refresh")
    kept = desk.answered("refreshed")
    after = tables(book)
    assert after != before
    desk.key("ctrl+z", "LibreOffice Calc$")
    desk.until(lambda: not document.getUndoManager().isUndoPossible(), "nothing was undone")
    assert_same(tables(book), before)
    _keep(kept, "libreoffice-refresh.png")


def test_clicking_todays_calls_shows_the_list(desk, document):
    desk.click(document, "calls")
    shown = sheet_name(BY_NAME["calls"].sheet, "zh")
    desk.until(lambda: document.getCurrentController().getActiveSheet().Name == shown, "the sheet does not show")
    time.sleep(1)
    _keep(desk.picture("calls"), "libreoffice-calls.png")


def test_a_command_that_fails_says_why_and_leaves_the_document_as_it_was(desk, document):
    book = desk.office.book(document)
    document.Sheets.getByName(sheet_name("problems", "zh")).protect("secret")
    before = tables(book)
    desk.office.press(document, "as_of", AsOf="2026-05-21")
    desk.click(document, "refresh")
    desk.answered("refused")
    assert_same(tables(book), before)
    assert document.getUndoManager().getAllUndoActionTitles() == ("Protect sheet",)


def _keep(picture: Path, name: str) -> None:
    """Into the folder FUNNELBOOK_GALLERY names, where the pictures of the docs are to be drawn anew."""
    folder = os.environ.get("FUNNELBOOK_GALLERY")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(picture, Path(folder) / name)
