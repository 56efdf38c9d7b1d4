Attribute VB_Name = "FbEngine"
'Has COM start the engine of Funnelbook, and asks it for what formulas give.
Option Explicit
Option Private Module 'Or its functions would stand in the function wizard

#If Not Mac Then
Private mEngine As Object
'Why it does not answer: a cell that met it once spares all others the wait
Private mFault As String
#End If

Public Function FbText(ByVal id As String, Optional ByVal isTip As Boolean = False) As String
    Dim found As Variant, column As Long
    column = FbColumn(Application.LanguageSettings.LanguageID(2) And &H3FF, isTip)
    With ThisWorkbook.Worksheets("Labels")
        found = Application.Match(id, .Columns(1), 0)
        If IsError(found) Then FbText = id Else FbText = .Cells(found, column).Value
    End With
End Function

#If Not Mac Then
Public Function FbStarted(Optional ByVal anew As Boolean = False) As Object
    Dim number As Long
    If anew Then mFault = ""
    If Len(mFault) > 0 Then Err.Raise vbObjectError + 1, "Funnelbook", mFault
    If anew Or mEngine Is Nothing Then
        Set mEngine = Nothing
        On Error Resume Next
        Set mEngine = CreateObject("Funnelbook.Engine")
        number = Err.Number
        On Error GoTo 0
        If mEngine Is Nothing Then GiveUp number
    End If
    Set FbStarted = mEngine
End Function

Private Sub GiveUp(ByVal number As Long)
    Set mEngine = Nothing
    mFault = FbText("no_engine") & " (" & Hex$(number) & ")"
    Err.Raise vbObjectError + 1, "Funnelbook", mFault
End Sub

Private Function Answer(ByVal formula As String, ByRef given As Variant) As Variant
    'An engine that was not needed for an hour has ended: one more is started, but not a third
    Dim attempt As Long, number As Long, engine As Object
    For attempt = 1 To 2
        Set engine = FbStarted()
        On Error Resume Next
        Answer = engine.formula(formula, given)
        number = Err.Number
        On Error GoTo 0
        If number = 0 Then Exit Function
        Set mEngine = Nothing
    Next attempt
    GiveUp number
End Function
#End If

Public Function FbCall(ByVal formula As String, ByRef given As Variant) As Variant
    #If Mac Then
        FbCall = FbText("mac_formulas")
    #Else
        Dim i As Long, result As Variant
        On Error GoTo failed
        For i = LBound(given) To UBound(given)
            If TypeName(given(i)) = "Range" Then given(i) = CellsOf(given(i))
        Next i
        result = Answer(formula, given)
        RealErrors result
        FbCall = result
        Exit Function
failed:
        If Len(mFault) > 0 Then FbCall = mFault Else FbCall = CVErr(xlErrValue)
    #End If
End Function

Public Sub FbKeep(ByRef place As Variant, ByVal value As Variant)
    'A plain assignment would turn a Range into the values of its cells
    If IsObject(value) Then Set place = value Else place = value
End Sub

#If Not Mac Then
Private Function CellsOf(ByVal area As Range) As Variant
    'Read here: the engine would call back into Excel for each
    Dim used As Range
    If area.Areas.Count > 1 Then Err.Raise 5 'Only the first would be read
    If area.Rows.Count = area.Worksheet.Rows.Count Or area.Columns.Count = area.Worksheet.Columns.Count Then
        'A whole column is a million cells, nearly all of them empty
        Set used = Application.Intersect(area, area.Worksheet.UsedRange)
        If Not used Is Nothing Then CellsOf = used.Value
    Else
        CellsOf = area.Value
    End If
End Function

Private Sub RealErrors(ByRef result As Variant)
    Dim i As Long, j As Long
    Select Case Dimensions(result)
        Case 0
            result = RealError(result)
        Case 1 'The server hands over a single row so
            For i = LBound(result) To UBound(result)
                result(i) = RealError(result(i))
            Next i
        Case Else
            For i = LBound(result, 1) To UBound(result, 1)
                For j = LBound(result, 2) To UBound(result, 2)
                    result(i, j) = RealError(result(i, j))
                Next j
            Next i
    End Select
End Sub

Private Function Dimensions(ByRef block As Variant) As Long
    Dim size As Long
    If Not IsArray(block) Then Exit Function
    On Error GoTo done
    Do
        size = UBound(block, Dimensions + 1)
        Dimensions = Dimensions + 1
    Loop
done:
End Function

Private Function RealError(ByVal value As Variant) As Variant
    RealError = value
    If VarType(value) <> vbString Then Exit Function
    If Len(value) = 0 Then Exit Function
    If AscW(value) <> 1 Then Exit Function
    Select Case Mid$(value, 2)
        Case "#N/A": RealError = CVErr(xlErrNA)
        Case "#NUM!": RealError = CVErr(xlErrNum)
        Case "#DIV/0!": RealError = CVErr(xlErrDiv0)
        Case "#REF!": RealError = CVErr(xlErrRef)
        Case "#NAME?": RealError = CVErr(xlErrName)
        Case "#NULL!": RealError = CVErr(xlErrNull)
        Case Else: RealError = CVErr(xlErrValue)
    End Select
End Function
#End If
