"""What LibreOffice loads of Funnelbook: it finds the Python packages Funnelbook was installed with and hands over to `funnelbook.calc`."""

import json
import os
import site
import sys

import unohelper
from com.sun.star.frame import DispatchResultEvent, XDispatchProvider, XNotifyingDispatch
from com.sun.star.frame.DispatchResultState import FAILURE, SUCCESS
from com.sun.star.lang import XInitialization, XServiceInfo
from com.sun.star.task import XJob
from org.funnelbook import XFormulas

# Written by `funnelbook install --libreoffice`: the folders of packages, the language of results
ENVIRONMENT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "environment.json")


def calc():
    """The module that answers, from the environment Funnelbook was installed in."""
    if "funnelbook.calc" not in sys.modules:
        with open(ENVIRONMENT, encoding="utf-8") as file:
            environment = json.load(file)
        before = list(sys.path)
        for folder in environment["packages"]:
            site.addsitedir(folder)
        # in front: LibreOffice brings packages of its own, of other versions
        sys.path[:] = [path for path in sys.path if path not in before] + before
        os.environ.setdefault("FUNNELBOOK_LANG", environment["language"])
    import funnelbook.calc

    return funnelbook.calc


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
        done, told = calc().press(self._context, self._frame, url.Path, given)
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
