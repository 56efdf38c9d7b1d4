"""A real LibreOffice for the tests: started with a profile and a pipe of its own, with the extension in it, stopped by its own pid."""

from __future__ import annotations

import io
import itertools
import json
import os
import signal
import subprocess
import sysconfig
import time
import zipfile
from contextlib import suppress
from pathlib import Path

from funnelbook.book.ports import Book
from funnelbook.oxt import build as oxt
from support.external import need

_PIPES = itertools.count(1)
_STARTS_WITHIN_S, _ENDS_WITHIN_S = 120, 20
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooLocale" oor:op="fuse"><value>en-US</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun" oor:op="fuse"><value>false</value></prop>
<prop oor:name="ShowTipOfTheDay" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""


def import_uno() -> None:
    """Makes LibreOffice's module `uno` importable, or skips the test, saying why."""
    need("libreoffice")
    need("uno")
    import uno  # noqa: F401, PLC0415


class Office:
    """A running LibreOffice with the extension installed from this environment."""

    def __init__(self, folder: Path, *, language: str = "zh", display: str | None = None) -> None:
        import_uno()
        self.profile, extension = folder / "profile", folder / "bundled" / "funnelbook"
        (self.profile / "user").mkdir(parents=True)
        (self.profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        with zipfile.ZipFile(io.BytesIO(oxt.build())) as archive:
            archive.extractall(extension)
        environment = {"packages": [sysconfig.get_path("purelib")], "language": language}
        (extension / "environment.json").write_text(json.dumps(environment), encoding="utf-8")
        self._log = (folder / "soffice.log").open("wb")
        pipe = f"funnelbook-{os.getpid()}-{next(_PIPES)}"
        shown = [] if display else ["--headless"]
        self.process = subprocess.Popen(
            [
                "soffice", f"-env:UserInstallation={self.profile.as_uri()}",
                f"-env:BUNDLED_EXTENSIONS={extension.parent.as_uri()}",
                *shown, "--norestore", "--nologo", "--nofirststartwizard", f"--accept=pipe,name={pipe};urp;",
            ],
            env=_surroundings(display),
            stdout=self._log, stderr=self._log, start_new_session=True,
        )  # fmt: skip
        self.context = self._connected(pipe)
        self.desktop = self.new("com.sun.star.frame.Desktop")
        self._wait_until_ready()

    def new(self, service: str) -> object:
        return self.context.ServiceManager.createInstanceWithContext(service, self.context)

    def open(self, path: Path, *, hidden: bool = True) -> object:
        """The document of a file."""
        document = self.desktop.loadComponentFromURL(
            path.as_uri(), "_blank", 0, properties(Hidden=hidden, MacroExecutionMode=0)
        )
        assert document is not None, f"LibreOffice does not open {path}"
        return document

    def book(self, document: object) -> Book:
        """The Book over an open document."""
        from funnelbook.hosts.libreoffice import LibreOfficeBook  # noqa: PLC0415 - imports `uno`

        return LibreOfficeBook(document, self.context)

    def press(self, document: object, name: str, **given: str) -> tuple[bool, str]:
        """Whether a command did its work and what it said, called as its button calls it."""
        helper = self.new("com.sun.star.frame.DispatchHelper")
        frame = document.getCurrentController().getFrame()
        told = helper.executeDispatch(frame, f"org.funnelbook:{name}", "", 0, properties(**given))
        return told.State == 1, told.Result

    def stop(self) -> None:
        """Ends it, by force where asking does not help."""
        from com.sun.star.uno import Exception as UnoError  # noqa: PLC0415

        with suppress(UnoError):
            self.desktop.terminate()
        try:
            self.process.wait(_ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.kill()
        self._log.close()

    def kill(self) -> None:
        """Ends it as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(_ENDS_WITHIN_S)

    def _connected(self, pipe: str) -> object:
        import uno  # noqa: PLC0415
        from com.sun.star.connection import NoConnectException  # noqa: PLC0415

        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        until = time.monotonic() + _STARTS_WITHIN_S
        while True:
            try:
                return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            except NoConnectException:
                assert time.monotonic() < until, "LibreOffice did not start"
                assert self.process.poll() is None, f"LibreOffice ended at once: {self.process.returncode}"
                time.sleep(0.1)

    def _wait_until_ready(self) -> None:
        """It answers before it can open anything."""
        until = time.monotonic() + _STARTS_WITHIN_S
        while time.monotonic() < until:
            document = self.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, properties(Hidden=True))
            if document is not None:
                document.close(True)
                return
            time.sleep(0.1)
        raise AssertionError("LibreOffice opens nothing")


def _surroundings(display: str | None) -> dict[str, str]:
    """The environment a user's desktop has: the Python inside LibreOffice would take that of an active environment for its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV", "UV_", "FUNNELBOOK"))}
    return kept | {"PATH": os.defpath} | ({"DISPLAY": display} if display else {})


def properties(**values: object) -> tuple[object, ...]:
    """Arguments as UNO takes them."""
    import uno  # noqa: PLC0415

    made = []
    for name, value in values.items():
        one = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        one.Name, one.Value = name, value
        made.append(one)
    return tuple(made)


_SETTLES_S = 1.0


def undone(document: object, *, again: bool = False) -> None:
    """Presses Undo (or Redo) as a user does; cells follow when LibreOffice is through with its own part."""
    manager = document.getUndoManager()
    manager.redo() if again else manager.undo()
    time.sleep(_SETTLES_S)
