Attribute VB_Name = "FbRibbon"
'What the ribbon of Funnelbook calls: its texts, and its buttons.
Option Explicit

Private mRibbon As IRibbonUI
Private mAsOf As String 'As typed; empty is today
Private mCalculation As Long
Private mTakesBack As Boolean
Private mAtWork As Object 'The engine that has the button's job: a cell may have started another one since
Private mDoing As String 'In the status bar until that job is done

Public Sub FbLoad(ribbon As IRibbonUI)
    Set mRibbon = ribbon
End Sub

Public Sub FbGetLabel(control As IRibbonControl, ByRef returned As Variant)
    returned = FbText(control.ID)
End Sub

Public Sub FbGetScreentip(control As IRibbonControl, ByRef returned As Variant)
    returned = FbText(control.ID)
End Sub

Public Sub FbGetSupertip(control As IRibbonControl, ByRef returned As Variant)
    returned = FbText(control.ID, True)
End Sub

Public Sub FbGetText(control As IRibbonControl, ByRef returned As Variant)
    returned = mAsOf
End Sub

Public Sub FbOnChange(control As IRibbonControl, text As String)
    mAsOf = Trim$(text)
    If Not mRibbon Is Nothing Then mRibbon.InvalidateControl control.ID
End Sub

Public Sub FbOnAction(control As IRibbonControl)
    FbPress control.ID, control.Tag
End Sub

Private Sub FbPress(ByVal id As String, ByVal asks As String)
    Dim chosen As String
    On Error GoTo failed
    If ActiveWorkbook Is Nothing Then Err.Raise vbObjectError + 4, "Funnelbook", FbText("no_workbook")
    If asks = "folder" Or asks = "a_file" Then
        With Application.FileDialog(IIf(asks = "a_file", 3, 4))
            .AllowMultiSelect = False
            If .Show <> -1 Then Exit Sub
            chosen = .SelectedItems(1)
        End With
    End If
    mDoing = FbText("tab_funnelbook") & " - " & FbText(id) & " ..."
    Application.StatusBar = mDoing
    #If Mac Then
        FbStartOnMac id, mAsOf, chosen
    #Else
        'Asked for anew: an engine that did not start has another try with every button
        mCalculation = Application.Calculation
        mTakesBack = False
        Set mAtWork = FbStarted(True)
        mAtWork.press ActiveWorkbook, id, mAsOf, chosen
        WatchOn
    #End If
    Exit Sub
failed:
    Application.StatusBar = False
    MsgBox Err.Description, vbExclamation, FbText("tab_funnelbook")
End Sub

#If Not Mac Then
Private Sub WatchOn()
    Application.OnTime Now + TimeSerial(0, 0, 5), "'" & Replace(ThisWorkbook.FullName, "'", "''") & "'!FbWatch"
End Sub

Public Sub FbWatch()
    'While a button works Excel takes no input: should the engine be killed, this gives it back
    'It may be long in coming to the button: an engine just started, or busy for another Excel
    If Application.Interactive And CStr(Application.StatusBar) <> mDoing Then Exit Sub
    If EngineAnswers() Then
        WatchOn
        Exit Sub
    End If
    On Error Resume Next 'Whatever Excel refuses of this, it is given back
    Application.ScreenUpdating = True
    Application.DisplayAlerts = True
    Application.EnableEvents = True
    Application.Calculation = mCalculation
    'Nobody is to type into what is taken back: the engine that does it gives the input back
    If TakesBack() Then Exit Sub
    Application.Interactive = True
    Application.StatusBar = False
    MsgBox FbText("engine_gone"), vbExclamation, FbText("tab_funnelbook")
End Sub

Private Function EngineAnswers() As Boolean
    On Error Resume Next
    mAtWork.formula "FB_VERSION", Array()
    EngineAnswers = (Err.Number = 0)
End Function

Private Function TakesBack() As Boolean
    'An engine started anew takes back what was half written and says so; one that is killed at that is the last
    If mTakesBack Then Exit Function
    mTakesBack = True
    On Error Resume Next
    Set mAtWork = FbStarted(True)
    mAtWork.press ThisWorkbook, "take_back", "", ""
    TakesBack = (Err.Number = 0)
    If TakesBack Then WatchOn
End Function
#End If
