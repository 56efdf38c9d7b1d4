"""What the pages of the manual say that `funnelbook build` writes."""

from __future__ import annotations

WORDS: dict[str, str] = {
    # The page of the formulas
    "formulas": "Formulas",
    "formulas_intro": (
        "Written by `funnelbook build` from the code; every example is executed by a test. With the Excel add-in installed they work in any cell and\n"
        "stand in the function wizard. A result of several cells spills in new versions of Excel; in old ones select the cells first and press\n"
        "Ctrl+Shift+Enter. Blanks, numbers typed as text (`1,200`, `30%`) and dates in any form are taken as a person means them, and so are whole\n"
        "columns (`C:C`). `#N/A` means no data, `#VALUE!` bad arguments; `FB_WHY` says why. Nothing changes by itself with time: the date is always\n"
        "an argument."
    ),
    "argument": "argument",
    "meaning": "meaning",
    "optional": "{meaning} (optional)",
    # The page of tables, settings, problems and buttons
    "reference": "Reference",
    "reference_intro": "Written by `funnelbook build` from the code. Headers are known in either language, in any order, whatever their case, spaces or width.",
    "settings": "Settings",
    "default": "default",
    "problems": "Problems",
    "problem": "problem",
    "consequence": "what counts",
    "remedy": "remedy",
    "buttons": "Buttons",
    "button": "button",
    "what_it_does": "what it does",
    "command_line": "command line",
    "kind": "kind",
    # Who fills a table in
    "role.input": "you fill it in",
    "role.result": "rewritten at each refresh",
    "role.log": "rows are added, never changed",
    # What a column holds, and in which unit
    "kind.id": "id",
    "kind.text": "text",
    "kind.phone": "phone",
    "kind.person": "person",
    "kind.tier": "tier",
    "kind.code": "choice",
    "kind.count": "whole number",
    "kind.number": "number",
    "kind.money": "money",
    "kind.rate": "per cent",
    "kind.date": "date",
    "kind.moment": "date and time",
    "kind.flag": "yes or no",
    "unit.days": "days",
    "unit.minutes": "minutes",
    "unit.months": "months",
    "unit.characters": "characters",
    "unit.customers": "customers",
    "unit.calls": "calls",
    "unit.orders": "orders",
}
