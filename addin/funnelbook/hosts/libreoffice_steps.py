"""What one Undo takes back in LibreOffice: its own actions where they are sound, ours where they are not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol

import unohelper
from com.sun.star.awt import XCallback
from com.sun.star.document import XUndoAction, XUndoManagerListener
from com.sun.star.uno import Exception as UnoError

from funnelbook.book.ports import BookError
from funnelbook.hosts.libreoffice_uno import Uno


class Change(Protocol):
    """Something done to a document that LibreOffice's own Undo does not take back."""

    again: bool  # whether Redo may do it

    def do(self) -> None:
        """Does it, for the first time or again."""

    def undo(self) -> None:
        """Takes back as much of it as was done."""


class Drawing(Protocol):
    """What has charts draw other rows, of which LibreOffice's own Undo knows nothing."""

    def draw(self) -> None:
        """Has the charts draw what is there now."""

    def draw_as_before(self) -> None:
        """Has the charts draw what was there before."""


class Steps:
    """The Undo steps of one document."""

    def __init__(self, document: Uno, context: Uno, changed: Callable[[], None]) -> None:
        """`changed` is called when a step is over, done or taken back."""
        self.document, self.context, self.manager = document, context, document.getUndoManager()
        self.changed = changed
        self.depth = 0
        self.done: list[_Done] = []  # of the step that is open

    def did(self, change: Change) -> None:
        """Does a change as part of the step that is open; what was done of one that fails is taken back."""
        action = _Done(change, self)
        try:
            action.run("do")
        except BaseException:
            action.run("undo")
            raise
        self.manager.addUndoAction(action)
        self.done.append(action)

    def follow(self, drawings: Sequence[Drawing]) -> None:
        """Has charts draw what was written, in this step, when it is undone and when it is done again."""
        for drawing in drawings:
            drawing.draw()
        if drawings:
            self.manager.addUndoAction(_Drawn(drawings, self))

    def take_back(self) -> None:
        """Undoes the step that just ended, as if it had never been."""
        done, self.done = self.done, []
        for action in done:
            action.spent = True
        self.manager.undo()
        self.manager.clearRedo()
        for action in reversed(done):
            action.run("undo")


class Step:
    """All that is done inside is one step for Undo, and taken back at once when it fails. A step within a step is part of it.

    Calc neither draws nor works out formulas meanwhile; what it refuses is told as a BookError. No generator: those cannot pass
    on the exceptions of UNO.
    """

    def __init__(self, steps: Steps, title: str, book: str) -> None:
        self._steps, self._title, self._book, self._watch = steps, title, book, _Watch()

    def __enter__(self) -> None:
        steps = self._steps
        steps.depth += 1
        if steps.depth == 1:
            steps.document.lockControllers()
            steps.document.addActionLock()
            steps.manager.addUndoManagerListener(self._watch)
            steps.manager.enterUndoContext(self._title)  # before the first change, or each is a step of its own

    def __exit__(self, _kind: object, error: BaseException | None, _traceback: object) -> None:
        steps = self._steps
        steps.depth -= 1
        if steps.depth == 0:
            steps.manager.leaveUndoContext()
            steps.manager.removeUndoManagerListener(self._watch)
            if error is not None and self._watch.kept:
                steps.take_back()
            steps.done = []
            steps.document.removeActionLock()
            steps.document.unlockControllers()
        steps.changed()
        if isinstance(error, UnoError):
            raise BookError("office_refused", file=self._book, detail=error.Message or type(error).__name__)


class _Later(unohelper.Base, XUndoAction, XCallback):
    """An action that comes after all others of its step, undone or done again: when LibreOffice's Undo is through.

    Measured on 7.4: cells that change while it undoes bring it down.
    """

    Title = "Funnelbook"
    spent = False
    _steps: Steps

    def run(self, name: str) -> None:
        """Does it ("do") or takes it back ("undo")."""
        raise NotImplementedError

    def undo(self) -> None:
        self._later("undo")

    def redo(self) -> None:
        self._later("do")

    def notify(self, name: str) -> None:
        with suppress(UnoError):  # as with Undo itself, a sheet protected in the meantime stays as it is
            self.run(name)
        self._steps.changed()

    def _later(self, name: str) -> None:
        if not self.spent:
            context = self._steps.context
            service = context.ServiceManager.createInstanceWithContext("com.sun.star.awt.AsyncCallback", context)
            service.addCallback(self, name)


class _Done(_Later):
    """A change that takes itself back."""

    def __init__(self, change: Change, steps: Steps) -> None:
        self._change, self._steps = change, steps

    def run(self, name: str) -> None:
        getattr(self._change, name)()

    def notify(self, name: str) -> None:
        super().notify(name)
        if not self._change.again:
            self._steps.manager.clearRedo()


class _Drawn(_Later):
    """Charts that follow their tables."""

    def __init__(self, drawings: Sequence[Drawing], steps: Steps) -> None:
        self._drawings, self._steps = drawings, steps

    def run(self, name: str) -> None:
        for drawing in self._drawings:
            drawing.draw() if name == "do" else drawing.draw_as_before()


class _Watch(unohelper.Base, XUndoManagerListener):
    """Whether a step that was left holds anything: LibreOffice drops an empty one, and Undo would take back another."""

    kept = False

    def leftContext(self, _event: Uno) -> None:
        self.kept = True

    def cancelledContext(self, _event: Uno) -> None:
        self.kept = False

    def _nothing(self, _event: Uno) -> None:
        """What a watch does not care for."""

    undoActionAdded = actionUndone = actionRedone = allActionsCleared = redoActionsCleared = resetAll = _nothing
    enteredContext = enteredHiddenContext = leftHiddenContext = disposing = _nothing
