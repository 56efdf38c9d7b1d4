"""Run by LibreOffice's own Python: has a LibreOffice without windows add an extension for this user, or remove it.

`unopkg` would do the same, but not for root. Arguments: soffice, the address of the profile, `add` and the file or `remove`
and the extension's identifier and file name.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import Any

import uno
import unohelper
from com.sun.star.connection import NoConnectException
from com.sun.star.task import XInteractionHandler
from com.sun.star.ucb import XCommandEnvironment

STARTS_WITHIN_S, ENDS_WITHIN_S = 60, 20
MANAGER = "/singletons/com.sun.star.deployment.ExtensionManager"
OWNER = "user"


class Approving(unohelper.Base, XCommandEnvironment, XInteractionHandler):
    """Says yes to whatever is asked: that an older or newer one is there already, that the extension is not signed."""

    def getInteractionHandler(self) -> Approving:
        return self

    def getProgressHandler(self) -> None:
        return None

    def handle(self, request: Any) -> None:
        approves = uno.getTypeByName("com.sun.star.task.XInteractionApprove")
        for answer in request.getContinuations():
            if (approve := answer.queryInterface(approves)) is not None:
                approve.select()
                return


def main(soffice: str, profile: str, what: str, *about: str) -> None:
    """Does it; an exception says what went wrong."""
    pipe = f"funnelbook-{os.getpid()}"
    options = ("--headless", "--norestore", "--nologo", "--nofirststartwizard", f"--accept=pipe,name={pipe};urp;")
    office = subprocess.Popen(
        [soffice, f"-env:UserInstallation={profile}", *options],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        context = connected(office, pipe)
        manager = context.getByName(MANAGER)
        if what == "add":
            manager.addExtension(uno.systemPathToFileUrl(about[0]), (), OWNER, None, Approving())
        else:
            manager.removeExtension(*about, OWNER, None, Approving())
        context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context).terminate()
        office.wait(ENDS_WITHIN_S)
    finally:
        if office.poll() is None:
            os.killpg(office.pid, signal.SIGKILL) if hasattr(os, "killpg") else office.kill()


def connected(office: subprocess.Popen[bytes], pipe: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + STARTS_WITHIN_S
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if office.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"LibreOffice did not start, exit code {office.poll()}") from None
            time.sleep(0.1)


if __name__ == "__main__":
    main(*sys.argv[1:])
