"""What a cell sets off in VBA, run for real in LibreOffice Basic: ranges are read once and here, and an engine that fails is asked once."""

from __future__ import annotations

import re

import pytest

from funnelbook.xlam import vba
from support import basic
from support.external import need

pytestmark = pytest.mark.live
CELLS = 31  # formulas of the What-if sheet

# Stands for Excel's own: every member that is asked for is counted
_RANGE = """
Option Explicit
Private mSize As Long
Public Sub Size(ByVal rows As Long)
    mSize = rows
End Sub
Public Property Get Areas() As Object
    Asked = Asked + 1
    Set Areas = Counted(1)
End Property
Public Property Get Rows() As Object
    Asked = Asked + 1
    Set Rows = Counted(mSize)
End Property
Public Property Get Columns() As Object
    Asked = Asked + 1
    Set Columns = Counted(1)
End Property
Public Property Get Worksheet() As Object
    Asked = Asked + 1
    Set Worksheet = New Sheet
End Property
Public Property Get Value() As Variant
    Dim cells As Variant, i As Long
    Asked = Asked + 1
    ReDim cells(1 To mSize, 1 To 1)
    For i = 1 To mSize
        cells(i, 1) = i
    Next i
    Value = cells
End Property
"""
_SHEET = """
Option Explicit
Public Property Get Rows() As Object
    Set Rows = Counted(1048576)
End Property
Public Property Get Columns() As Object
    Set Columns = Counted(16384)
End Property
"""
_SIZE = """
Option Explicit
Public Count As Long
"""
# Looks at all it is given, as one that is handed a Range would have to
_ENGINE = """
Option Explicit
Public Number As Long
Public Function formula(ByVal asked_for As String, ByRef given As Variant) As Variant
    Dim i As Long, earlier As Long, got As Variant
    earlier = Asked
    If IsGone Or Number <= Killed Then Err.Raise -2147023174 'RPC server unavailable
    Seen = asked_for
    For i = LBound(given) To UBound(given)
        Seen = Seen & " " & TypeName(given(i))
        If IsObject(given(i)) Then got = given(i).Value
    Next i
    DuringCall = Asked - earlier
    formula = Array(Chr(1) & "#N/A", 51)
End Function
Public Sub press(ByRef workbook As Object, ByVal command As String, ByVal as_of As String, ByVal path As String)
    If Number <= Killed Then Err.Raise -2147023174
    Pressed = Pressed & command & Number & as_of & path & workbook.StatusBar & ";"
End Sub
"""
_EXCEL = """
Option Explicit
Public Interactive As Boolean, ScreenUpdating As Boolean, DisplayAlerts As Boolean, EnableEvents As Boolean
Public Calculation As Long, StatusBar As Variant, FullName As String
Public Sub OnTime(ByVal moment As Variant, ByVal macro As String)
    Watched = Watched + 1
    Macro_ = macro
End Sub
"""
_PUBLIC = """
Public App As Object, Watched As Long, Box As String, mCalculation As Long, mTakesBack As Boolean, Pressed As String
Public mAtWork As Object, mDoing As String, Macro_ As String
Public Asked As Long, DuringCall As Long, Seen As String
Public Started As Long, Killed As Long, IsGone As Boolean
"""
_MAIN = """
Function Counted(ByVal number As Long) As Object
    Dim made As Object
    Set made = New Size
    made.Count = number
    Set Counted = made
End Function
Function StandIn(ByVal id As String) As Object
    Started = Started + 1
    If IsGone Then Err.Raise 429
    Dim made As Object
    Set made = New Engine
    made.Number = Started
    Set StandIn = made
End Function
Function FbText(ByVal id As String) As String
    FbText = id
End Function
Function Cells(ByVal rows As Long) As Object
    Dim made As Object
    Set made = New Range
    made.Size rows
    Set Cells = made
End Function
Function KindOf(ByVal value As Variant) As String
    'LibreOffice calls all its objects Object
    If IsObject(value) Then KindOf = "Range" Else KindOf = TypeName(value)
End Function
Sub Main
    Dim target As Integer, result As Variant, i As Long, told As String
    target = FreeFile
    Open "{out}" For Output As #target
    result = FbCall("FB_NEED", Array(Cells(1), Cells(5), Cells(5)))
    Print #target, Seen & "|" & DuringCall & "|" & Asked & "|" & IsError(result(0)) & result(1)
    IsGone = True
    Forget
    Started = 0
    For i = 1 To {cells}
        told = FbCall("FB_NEED", Array(15, Cells(5), Cells(5)))
    Next i
    Print #target, Started & "|" & told
    On Error Resume Next
    FbStarted True
    Print #target, Started & "|" & Err.Description
    IsGone = False
    FbStarted True
    result = FbCall("FB_NEED", Array(15, Cells(5), Cells(5)))
    Print #target, Started & "|" & result(1)
    Set App = New Excel
    App.FullName = "/Users/O'Neil/funnelbook.xlam"
    mDoing = "Refresh ..."
    App.StatusBar = mDoing
    mCalculation = -4105
    Set mAtWork = FbStarted()
    App.Interactive = True
    FbWatch
    App.Interactive = False
    FbWatch
    Print #target, Watched & "|" & App.Interactive & "|" & App.StatusBar & "|" & Box & Pressed
    Killed = Started
    result = FbCall("FB_NEED", Array(15, Cells(5), Cells(5)))
    FbWatch
    Print #target, App.Interactive & App.ScreenUpdating & App.DisplayAlerts & App.EnableEvents & App.Calculation
    Print #target, Watched & "|" & Started & "|" & Pressed & "|" & Box
    App.Interactive = False
    FbWatch
    Print #target, Watched & "|" & App.Interactive & "|" & Pressed & "|" & Box
    Killed = Started
    FbWatch
    Print #target, Watched & "|" & App.Interactive & "|" & Pressed & "|" & Box
    mTakesBack = False
    App.Interactive = False
    IsGone = True
    FbWatch
    Print #target, Watched & "|" & App.Interactive & "|" & Pressed & "|" & Box
    FbWatch
    Print #target, Watched & "|" & Box
    App.StatusBar = "Done"
    FbWatch
    Print #target, Watched & "|" & Box
    Print #target, Macro_
    Close #target
End Sub
Sub Tell(ByVal text As String, ByVal kind As Long, ByVal title As String)
    Box = Box & text
End Sub
Sub Forget()
    Set mEngine = Nothing
End Sub
"""


def for_windows(module: str) -> str:
    """A module of VBA with what its #If keep for Windows."""
    kept, on = [], [True]
    for line in module.replace("\r\n", "\n").split("\n"):
        word = line.strip()
        if word.startswith("#If"):
            on.append(word == "#If Not Mac Then")
        elif word == "#Else":
            on[-1] = not on[-1]
        elif word == "#End If":
            on.pop()
        elif all(on):
            kept.append(line)
    return "\n".join(kept)


@pytest.fixture(scope="module")
def lines(tmp_path_factory) -> list[str]:
    need("libreoffice")
    profile = tmp_path_factory.mktemp("office")
    out = profile / "out.txt"
    engine = for_windows(vba.modules()["FbEngine"])
    engine = re.sub(r"(?m)^(Attribute|Option) .*$", "", engine)
    engine = re.sub(r"(?ms)^Public Function FbText\(.*?^End Function$", "", engine)
    assert engine.count('CreateObject("Funnelbook.Engine")') == 1
    engine = engine.replace('CreateObject("Funnelbook.Engine")', 'StandIn("Funnelbook.Engine")')
    engine = engine.replace("TypeName(", "KindOf(")
    ribbon = for_windows(vba.modules()["FbRibbon"])
    watching = r"(?ms)^(?:Private Sub WatchOn|Public Sub FbWatch|Private Function (?:EngineAnswers|TakesBack))\(.*?^End (?:Sub|Function)$"
    watch = "\n".join(re.findall(watching, ribbon))
    engine += watch.replace("Application.", "App.").replace("MsgBox ", "Tell ").replace("ThisWorkbook", "App")
    head = "Option VBASupport 1\n"
    classes = {"Range": _RANGE, "Sheet": _SHEET, "Size": _SIZE, "Engine": _ENGINE, "Excel": _EXCEL}
    modules = {name: f"{head}Option ClassModule\n{text}" for name, text in classes.items()}
    modules["Module1"] = head + _PUBLIC + engine + _MAIN.replace("{out}", str(out)).replace("{cells}", str(CELLS))
    basic.run(modules, profile)
    assert out.exists(), "the code did not compile or did not run"
    return out.read_text(encoding="utf-8").splitlines()


def test_ranges_are_read_before_the_engine_is_asked_and_it_calls_back_into_excel_for_none(lines):
    seen, during, asked, result = lines[0].split("|")
    assert seen == "FB_NEED Variant() Variant() Variant()"
    assert during == "0"
    assert asked == "18", "of each range its areas, rows, columns, twice its sheet, and its values once"
    assert result == "True51"


def test_cells_that_find_no_engine_ask_for_it_once(lines):
    assert lines[1] == "1|no_engine (1AD)"


def test_any_button_asks_again(lines):
    assert lines[2] == "2|no_engine (1AD)"
    assert lines[3] == "3|51"


def test_an_engine_killed_while_a_button_works_gives_excel_back_and_has_what_was_half_written_taken_back(lines):
    assert lines[4] == "2|False|Refresh ...|", "it has not begun, and it works still: looked at again later"
    assert lines[5] == "FalseTrueTrueTrue-4105", "the engine that takes back gives the input back"
    assert lines[6] == "3|5|take_back5Refresh ...;|", (
        "another one is started, though a cell has found one; it says itself what comes of it"
    )


def test_an_engine_killed_while_it_takes_back_is_not_started_a_third_time(lines):
    assert lines[7] == "4|False|take_back5Refresh ...;|", "it takes back still"
    assert lines[8] == "4|True|take_back5Refresh ...;|engine_gone"


def test_an_engine_that_does_not_start_again_is_told_once(lines):
    assert lines[9] == "4|True|take_back5Refresh ...;|engine_goneengine_gone"
    assert lines[10] == lines[11] == "4|engine_goneengine_gone"


def test_excel_finds_what_looks_again_in_a_folder_with_an_apostrophe(lines):
    assert lines[12] == "'/Users/O''Neil/funnelbook.xlam'!FbWatch"
