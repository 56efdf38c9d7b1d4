"""FB_ formulas of a workbook made for Excel, in an open document of LibreOffice: there they go by names with a dot."""

from __future__ import annotations

from funnelbook.formulas.names import PREFIX, with_dots
from funnelbook.hosts.libreoffice_uno import Uno
from funnelbook.hosts.libreoffice_values import FORMULAS


def name_with_dots(document: Uno) -> int:
    """How many formulas were given the names LibreOffice knows; no step for Undo, and no change to be saved."""
    manager, modified = document.getUndoManager(), document.isModified()
    manager.lock()
    try:
        return sum(_in_sheet(sheet) for sheet in document.Sheets) + _in_names(document.NamedRanges)
    finally:
        manager.unlock()
        document.setModified(modified)


def _in_sheet(sheet: Uno) -> int:
    done = 0
    for cells in sheet.queryContentCells(FORMULAS):
        at = cells.getRangeAddress()
        for i, row in enumerate(cells.getFormulaArray()):
            for j, formula in enumerate(row):
                if PREFIX in formula.upper():
                    done += _rename(sheet, sheet.getCellByPosition(at.StartColumn + j, at.StartRow + i))
    return done


def _rename(sheet: Uno, cell: Uno) -> int:
    formula = cell.getFormula()  # of an array: the first of its cells renamed it for all
    new = with_dots(formula)
    if new == formula:
        return 0
    if formula.startswith("{"):
        whole = sheet.createCursorByRange(cell)
        whole.collapseToCurrentArray()
        whole.setArrayFormula(new[1:-1])
    else:
        cell.setFormula(new)
    return 1


def _in_names(names: Uno) -> int:
    done = 0
    for name in map(names.getByName, names.ElementNames):
        new = with_dots(name.Content)
        if new != name.Content:
            name.Content = new
            done += 1
    return done
