"""The FB_ formulas as functions of Calc: their interface, and what its function wizard shows."""

from __future__ import annotations

from funnelbook.formulas.catalogue import FORMULAS
from funnelbook.formulas.formula import Formula
from funnelbook.oxt.configuration import component, node, prop, texts
from funnelbook.words import in_each, key_of

INTERFACE = "org.funnelbook.XFormulas"
IMPLEMENTATION = "FB"  # LibreOffice calls a function by its implementation's name, a dot and its own
MOST_REPEATED = 12  # a sequence of arguments would have Calc call array formulas cell by cell
_CALLER, _CALLER_TYPE = "a00", "com::sun::star::beans::XPropertySet"  # which document it is that asks


def short(formula: Formula) -> str:
    """A formula's name without the prefix that all have."""
    return formula.name.removeprefix("FB_")


def idl() -> str:
    """The interface, a method a formula: any cells in, rows of any cells out."""
    methods = "\n".join(f"    sequence< sequence< any > > {short(f)}({_parameters(f)});" for f in FORMULAS.values())
    return f"module org {{ module funnelbook {{\ninterface XFormulas\n{{\n{methods}\n}};\n}}; }};\n"


def calc_addins() -> str:
    """Names and help of the functions and their arguments, in every language."""
    functions = node("AddInFunctions", "".join(map(_function, FORMULAS.values())), replace=False)
    return component("CalcAddIns", "Office", node("AddInInfo", node(IMPLEMENTATION, functions), replace=False))


def _parameters(formula: Formula) -> str:
    return ", ".join([f"[in] {_CALLER_TYPE} {_CALLER}", *(f"[in] any {name}" for name, _, _ in _arguments(formula))])


def _arguments(formula: Formula) -> list[tuple[str, str, str]]:
    """Each argument's name in the interface, the name shown, and the key of its help. LibreOffice sorts them by the former."""
    shown = []
    for argument in formula.arguments:
        if argument.repeats:
            shown += [(f"{argument.name}{i}", argument) for i in range(1, MOST_REPEATED + 1)]
        else:
            shown.append((argument.name, argument))
    return [(f"a{at:02}", name, key_of("formulas", formula.name, a.name)) for at, (name, a) in enumerate(shown, 1)]


def _function(formula: Formula) -> str:
    parameters = [
        node(name, prop("DisplayName", shown) + texts("Description", in_each(key)))
        for name, shown, key in [(_CALLER, "document", "formulas.document"), *_arguments(formula)]
    ]
    return node(
        short(formula),
        prop("DisplayName", f"{IMPLEMENTATION}.{short(formula)}", local=True)
        + texts("Description", in_each(f"formulas.{formula.name}"))
        + prop("Category", "Add-In")
        + prop("CompatibilityName", formula.name, local=True)  # how newer LibreOffices read and write it in .xlsx
        + node("Parameters", "".join(parameters), replace=False),
    )
