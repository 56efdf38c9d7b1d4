"""What LibreOffice tells its user and asks of him."""

from __future__ import annotations

from pathlib import Path

import uno
from com.sun.star.awt.MessageBoxButtons import BUTTONS_YES_NO, DEFAULT_BUTTON_YES
from com.sun.star.awt.MessageBoxResults import YES
from com.sun.star.awt.MessageBoxType import ERRORBOX, INFOBOX, QUERYBOX

from funnelbook.hosts.libreoffice_uno import Uno

_OK, _CANCEL = 1, 2
_WIDTH, _HEIGHT, _MARGIN, _LINE = 200, 58, 6, 14  # of a dialog, in its own units


def visible(frame: Uno) -> bool:
    """Whether somebody sees a frame: a document opened by a program may have no window on the screen."""
    window = frame.getContainerWindow()
    return window is not None and window.isVisible()


def tell(frame: Uno, text: str, *, refused: bool = False) -> None:
    """Shows a message that waits to be read."""
    window = frame.getContainerWindow()
    kind = ERRORBOX if refused else INFOBOX
    window.getToolkit().createMessageBox(window, kind, _OK, "Funnelbook", text).execute()


def says_yes(frame: Uno, question: str) -> bool:
    """Whether who sits before the window says yes."""
    window = frame.getContainerWindow()
    buttons = BUTTONS_YES_NO + DEFAULT_BUTTON_YES
    return window.getToolkit().createMessageBox(window, QUERYBOX, buttons, "Funnelbook", question).execute() == YES


def ask_file(context: Uno) -> Path | None:
    """The file the user chose; None when he chose none."""
    picker = _new(context, "com.sun.star.ui.dialogs.FilePicker")
    return Path(uno.fileUrlToSystemPath(picker.getSelectedFiles()[0])) if picker.execute() == 1 else None


def ask_folder(context: Uno) -> Path | None:
    """The folder the user chose; None when he chose none."""
    picker = _new(context, "com.sun.star.ui.dialogs.FolderPicker")
    return Path(uno.fileUrlToSystemPath(picker.getDirectory())) if picker.execute() == 1 else None


def ask_text(context: Uno, frame: Uno, question: str, text: str) -> str | None:
    """What the user typed, `text` standing there already; None when he thought better of it."""
    model = _new(context, "com.sun.star.awt.UnoControlDialogModel")
    model.Width, model.Height, model.Title = _WIDTH, _HEIGHT, "Funnelbook"
    inside = _WIDTH - 2 * _MARGIN
    _control(model, "FixedText", "question", (_MARGIN, _MARGIN, inside, _LINE), Label=question, MultiLine=True)
    _control(model, "Edit", "answer", (_MARGIN, _MARGIN + _LINE, inside, _LINE), Text=text)
    low = _HEIGHT - _MARGIN - _LINE
    _control(model, "Button", "ok", (_WIDTH - 110, low, 50, _LINE), PushButtonType=_OK, DefaultButton=True)
    _control(model, "Button", "cancel", (_WIDTH - 56, low, 50, _LINE), PushButtonType=_CANCEL)
    dialog = _new(context, "com.sun.star.awt.UnoControlDialog")
    dialog.setModel(model)
    window = frame.getContainerWindow()
    dialog.createPeer(window.getToolkit(), window)
    try:
        return dialog.getControl("answer").getText() if dialog.execute() == 1 else None
    finally:
        dialog.dispose()


def _control(dialog: Uno, kind: str, name: str, place: tuple[int, int, int, int], **properties: object) -> None:
    made = dialog.createInstance(f"com.sun.star.awt.UnoControl{kind}Model")
    made.PositionX, made.PositionY, made.Width, made.Height = place
    for key, value in properties.items():
        setattr(made, key, uno.Any("short", value) if key == "PushButtonType" else value)
    dialog.insertByName(name, made)


def _new(context: Uno, service: str) -> Uno:
    return context.ServiceManager.createInstanceWithContext(service, context)
