"""What one Undo takes back in LibreOffice: its own actions where they are sound, ours where they are not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import unohelper
from com.sun.star.document import XUndoAction, XUndoManagerListener


class Change(Protocol):
    """Something done to a document that LibreOffice's own Undo does not take back faultlessly."""

    def do(self) -> None:
        """Does it, for the first time or again."""

    def undo(self) -> None:
        """Takes back as much of it as was done."""


class Steps:
    """The Undo steps of one document."""

    def __init__(self, document: object) -> None:
        self._manager = document.getUndoManager()
        self._depth = 0

    @contextmanager
    def one(self, title: str) -> Iterator[None]:
        """All that is done inside is one step for Undo, and taken back at once when it fails. A step within a step is part of it."""
        watch = _Watch()
        self._manager.addUndoManagerListener(watch)
        self._manager.enterUndoContext(title)  # before the first change, or each is a step of its own
        self._depth += 1
        try:
            yield
        except BaseException:
            self._leave(watch)
            if watch.kept and not self._depth:
                self._manager.undo()
                self._manager.clearRedo()
            raise
        self._leave(watch)

    def did(self, change: Change) -> None:
        """Does a change as part of the step that is open."""
        action = _Action(change, self._manager)
        self._manager.addUndoAction(action)  # first: one that fails half-way is taken back too
        action.redo()

    def _leave(self, watch: _Watch) -> None:
        self._depth -= 1
        self._manager.leaveUndoContext()
        self._manager.removeUndoManagerListener(watch)


class _Action(unohelper.Base, XUndoAction):
    """A change as an action of LibreOffice's Undo; what it does is not recorded a second time."""

    Title = "Funnelbook"

    def __init__(self, change: Change, manager: object) -> None:
        self._change, self._manager = change, manager

    def undo(self) -> None:
        self._unrecorded(self._change.undo)

    def redo(self) -> None:
        self._unrecorded(self._change.do)

    def _unrecorded(self, run: object) -> None:
        self._manager.lock()
        try:
            run()
        finally:
            self._manager.unlock()


class _Watch(unohelper.Base, XUndoManagerListener):
    """Whether a step that was left holds anything: LibreOffice drops an empty one, and Undo would take back another."""

    kept = False

    def leftContext(self, _event: object) -> None:
        self.kept = True

    def cancelledContext(self, _event: object) -> None:
        self.kept = False

    def _nothing(self, _event: object) -> None:
        """What a watch does not care for."""

    undoActionAdded = actionUndone = actionRedone = allActionsCleared = redoActionsCleared = resetAll = _nothing
    enteredContext = enteredHiddenContext = leftHiddenContext = disposing = _nothing
