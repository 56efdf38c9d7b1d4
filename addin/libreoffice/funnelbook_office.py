"""What LibreOffice loads of Funnelbook: it finds the Python packages Funnelbook was installed with and hands over to `funnelbook.calc`."""

import contextlib
import importlib
import json
import os
import site
import sys

import unohelper
from com.sun.star.awt.MessageBoxType import ERRORBOX
from com.sun.star.frame import DispatchResultEvent, XDispatchProvider, XNotifyingDispatch
from com.sun.star.frame.DispatchResultState import FAILURE, SUCCESS
from com.sun.star.lang import XInitialization, XServiceInfo
from com.sun.star.task import XJob
from org.funnelbook import XFormulas

# Written by `funnelbook install --libreoffice`: the folders of packages, the language of results
ENVIRONMENT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "environment.json")

GONE = (
    "找不到 Funnelbook 的程序（可能被移动、删除，或 LibreOffice 升级过）。"
    "请关闭 LibreOffice，在命令行执行 funnelbook install --libreoffice。\n"
    "Funnelbook's program is gone (moved, removed, or LibreOffice was updated). Close LibreOffice and run on the command line: "
    "funnelbook install --libreoffice"
)


def calc():
    """The module that answers, from the environment Funnelbook was installed in."""
    if "funnelbook.calc" not in sys.modules:
        before = list(sys.path)
        try:
            with open(ENVIRONMENT, encoding="utf-8") as file:
                environment = json.load(file)
            for folder in environment["packages"]:
                site.addsitedir(folder)
            # in front: LibreOffice brings packages of its own, of other versions
            sys.path[:] = [path for path in sys.path if path not in before] + before
            os.environ.setdefault("FUNNELBOOK_LANG", environment["language"])
            importlib.import_module("funnelbook.calc")
        except (ImportError, OSError, ValueError, KeyError) as error:
            sys.path[:] = before
            raise Gone(f"{GONE}\n({error})") from error
    return sys.modules["funnelbook.calc"]


class Gone(Exception):
    """The packages are not where they were, or this Python cannot load them."""


class Formulas(unohelper.Base, XFormulas, XServiceInfo):
    """The FB. functions of Calc: each method of XFormulas is the formula of that name."""

    def __init__(self, context):
        self._context = context

    def __getattr__(self, name):
        if not name.isupper():
            raise AttributeError(name)
        return lambda document, *arguments: calc().formula(name, document, arguments)

    def getImplementationName(self):
        return FORMULAS

    def supportsService(self, name):
        return name in SERVICES[FORMULAS]

    def getSupportedServiceNames(self):
        return SERVICES[FORMULAS]


class Commands(unohelper.Base, XServiceInfo, XInitialization, XDispatchProvider, XNotifyingDispatch):
    """The buttons of the toolbar and the menu: addresses org.funnelbook:refresh and so on, of one window."""

    def __init__(self, context):
        self._context = context

    def initialize(self, arguments):
        self._frame = arguments[0]

    def queryDispatch(self, url, _target, _flags):
        return self if url.Protocol == PROTOCOL else None

    def queryDispatches(self, requests):
        return tuple(self.queryDispatch(r.FeatureURL, r.FrameName, r.SearchFlags) for r in requests)

    def dispatch(self, url, arguments):
        self.dispatchWithNotification(url, arguments, None)

    def dispatchWithNotification(self, url, arguments, listener):
        given = {a.Name: a.Value for a in arguments}
        try:
            done, told = calc().press(self._context, self._frame, url.Path, given)
        except Gone as gone:
            done, told = False, str(gone)
            window = self._frame.getContainerWindow()
            if window.isVisible():
                window.getToolkit().createMessageBox(window, ERRORBOX, 1, "Funnelbook", told).execute()
        if listener is not None:
            listener.dispatchFinished(DispatchResultEvent(self, SUCCESS if done else FAILURE, told))

    def addStatusListener(self, _listener, _url):
        pass  # a button is never greyed: pressed in vain, it says why

    def removeStatusListener(self, _listener, _url):
        pass

    def getImplementationName(self):
        return COMMANDS

    def supportsService(self, name):
        return name in SERVICES[COMMANDS]

    def getSupportedServiceNames(self):
        return SERVICES[COMMANDS]


class Documents(unohelper.Base, XJob):
    """Hears of every document opened or saved."""

    def __init__(self, context):
        self._context = context

    def execute(self, arguments):
        environment = {p.Name: p.Value for a in arguments if a.Name == "Environment" for p in a.Value}
        with contextlib.suppress(Gone):  # its buttons and formulas say so
            calc().heard(environment["EventName"], environment.get("Model"))


PROTOCOL = "org.funnelbook:"
FORMULAS, COMMANDS, DOCUMENTS = "FB", "org.funnelbook.Commands", "org.funnelbook.Documents"
SERVICES = {
    FORMULAS: ("com.sun.star.sheet.AddIn", "org.funnelbook.Formulas"),
    COMMANDS: ("com.sun.star.frame.ProtocolHandler",),
    DOCUMENTS: (DOCUMENTS, "com.sun.star.task.Job"),
}

g_ImplementationHelper = unohelper.ImplementationHelper()
for implementation, name in ((Formulas, FORMULAS), (Commands, COMMANDS), (Documents, DOCUMENTS)):
    g_ImplementationHelper.addImplementation(implementation, name, SERVICES[name])
