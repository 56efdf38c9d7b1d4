"""The VBA of the add-in: the modules written by hand, and those made of the languages and of the FB_ formulas."""

from __future__ import annotations

import re
from pathlib import Path

from funnelbook.formulas.catalogue import CATEGORIES, FORMULAS
from funnelbook.formulas.formula import Formula
from funnelbook.words import DEFAULT, ELSEWHERE, LANGUAGES, particulars

SOURCES = Path(__file__).parents[2] / "excel"
HAND_WRITTEN = ("ThisWorkbook.cls", "FbAbout.cls", "FbLabels.cls", "FbEngine.bas", "FbRibbon.bas", "FbMac.bas")
GENERATED = "FbFormulas"
GENERATED_LANGUAGES = "FbLanguages"
# Excel knows a category of ours by the built-in ones before it
BUILT_IN_CATEGORIES = 19
LONGEST_TEXT = 255  # of a description in the function wizard

# [MS-VBAL] 3.3.5.2 reserved identifiers; VBA does not tell capitals from small letters
_RESERVED_TEXT = """
call case close const declare defbool defbyte defcur defdate defdbl defdec defint deflng deflnglng deflngptr defobj
defsng defstr defvar dim do else elseif end endif enum erase event exit for friend function get global gosub goto if
implements input let lock loop lset next on open option print private public put raiseevent redim resume return rset
seek select set static stop sub type unlock wend while with write
rem any as byref byval each in new shared until withevents optional paramarray preserve spc tab then to
addressof and eqv imp is like mod not or typeof xor me
abs cbool cbyte ccur cdate cdbl cdec cint clng clnglng clngptr csng cstr cvar cverr date debug doevents fix int len
lenb pset scale sgn string array circle inputb lbound ubound
boolean byte currency double integer long longlong longptr object single variant
true false nothing empty null
attribute linecontinuation vb_base vb_control vb_creatable vb_customizable vb_description vb_exposed vb_ext_key
vb_globalnamespace vb_helpid vb_invoke_func vb_invoke_property vb_invoke_propertyput vb_invoke_propertyputref
vb_memberflags vb_name vb_predeclaredid vb_procdata vb_templatederived vb_usermemid vb_vardescription vb_varhelpid
vb_varmemberflags vb_varprocdata vb_varusermemid
cdecl decimal defdec
"""
RESERVED = frozenset(_RESERVED_TEXT.split())
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,254}")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*|[Rr]|[Cc]")


def modules() -> dict[str, str]:
    """The source of each module by name, lines ended as VBA ends them: the workbook's and the sheets' first."""
    texts = {Path(file).stem: (SOURCES / file).read_text(encoding="ascii") for file in HAND_WRITTEN}
    made = {GENERATED_LANGUAGES: _languages(), GENERATED: _generated()}
    return {name: "\r\n".join(text.splitlines()) + "\r\n" for name, text in (texts | made).items()}


def fault(name: str, *, function: bool = False) -> str:
    """Why a name cannot be that of an argument, or of a function in a cell; "" when it can."""
    if not _IDENTIFIER.fullmatch(name):
        return "no VBA identifier"
    if name.lower() in RESERVED:
        return "a reserved word of VBA"
    if function and _LIKE_A_CELL.fullmatch(name):
        return "like the address of a cell"
    return ""


def category(formula: Formula) -> int:
    """The number Excel knows the category of a formula by."""
    return BUILT_IN_CATEGORIES + 1 + CATEGORIES.index(formula.category)


def _languages() -> str:
    columns = {language: 2 + at for at, language in enumerate(LANGUAGES)}
    cases = "".join(
        f"        Case {particulars(language).windows_id}: FbColumn = {column}\n"
        for language, column in columns.items()
        if language != ELSEWHERE
    )
    ours = ", ".join(f'"{language}"' for language in LANGUAGES)
    return (
        f'Attribute VB_Name = "{GENERATED_LANGUAGES}"\n'
        "'Made by `funnelbook build` from the languages there are: changes here are lost.\n"
        "Option Explicit\n"
        "Option Private Module\n\n"
        "'The language asked for when it is one of ours, as it is told to Python\n"
        "Public Function FbChosen(ByVal asked As String) As String\n"
        "    Select Case asked\n"
        f"        Case {ours}: FbChosen = asked\n"
        f'        Case Else: FbChosen = "{DEFAULT}"\n'
        "    End Select\n"
        "End Function\n\n"
        "'The column of Labels for a primary language identifier\n"
        "Public Function FbColumn(ByVal primary As Long, ByVal isTip As Boolean) As Long\n"
        "    Select Case primary\n"
        f"{cases}"
        f"        Case Else: FbColumn = {columns[ELSEWHERE]}\n"
        "    End Select\n"
        f"    If isTip Then FbColumn = FbColumn + {len(LANGUAGES)}\n"
        "End Function"
    )


def _generated() -> str:
    return "\n\n".join(
        (
            f'Attribute VB_Name = "{GENERATED}"\n'
            "'Made by `funnelbook build` from the registry of formulas: changes here are lost.\n"
            "Option Explicit",
            *map(_wrapper, FORMULAS.values()),
        )
    )


def _wrapper(formula: Formula) -> str:
    faults = [(a.name, why) for a in formula.arguments if (why := fault(a.name))]
    if faults or (why := fault(formula.name, function=True)):
        raise ValueError(f"{formula.name}: {faults or why}")
    described = formula.text(ELSEWHERE)
    if len(described) > LONGEST_TEXT or not described.isascii():
        raise ValueError(f"{formula.name}: {described!r} is no description VBA can hold")
    parameters = ", ".join(
        f"ParamArray {a.name}() As Variant" if a.repeats else f"{'Optional ' * a.optional}{a.name} As Variant"
        for a in formula.arguments
    )
    shown = described.replace('"', '""')
    return "\n".join(
        (
            f"Public Function {formula.name}({parameters}) As Variant",
            f'Attribute {formula.name}.VB_Description = "{shown}"',
            f'Attribute {formula.name}.VB_ProcData.VB_Invoke_Func = " \\n{category(formula)}"',
            *(f"    {line}" for line in _body(formula)),
            "End Function",
        )
    )


def _body(formula: Formula) -> list[str]:
    """Hands the arguments on as they came: a Range stays one, and one left out stays so."""
    plain = [a.name for a in formula.arguments if not a.repeats]
    repeated = [a.name for a in formula.arguments if a.repeats]
    if not repeated:
        return [f'{formula.name} = FbCall("{formula.name}", Array({", ".join(plain)}))']
    return [
        "Dim given() As Variant, i As Long",
        f"ReDim given(0 To {len(plain)} + UBound({repeated[0]}))",
        *(f"FbKeep given({i}), {name}" for i, name in enumerate(plain)),
        f"For i = 0 To UBound({repeated[0]})",
        f"    FbKeep given({len(plain)} + i), {repeated[0]}(i)",
        "Next i",
        f'{formula.name} = FbCall("{formula.name}", given)',
    ]
