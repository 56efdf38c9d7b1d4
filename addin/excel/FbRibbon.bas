Attribute VB_Name = "FbRibbon"
'What the ribbon of Funnelbook calls: its texts, and its buttons.
Option Explicit

Private mRibbon As IRibbonUI
Private mAsOf As String 'As typed; empty is today
Private mWaiting As Boolean 'For a Python started on a Mac

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
    FbPress control.ID, control.Tag = "folder"
End Sub

Private Sub FbPress(ByVal id As String, ByVal asksFolder As Boolean)
    Dim folder As String, python As String
    On Error GoTo failed
    If ActiveWorkbook Is Nothing Then Err.Raise vbObjectError + 4, "Funnelbook", FbText("no_workbook")
    If asksFolder Then
        With Application.FileDialog(4)
            If .Show <> -1 Then Exit Sub
            folder = .SelectedItems(1)
        End With
    End If
    python = "import funnelbook.ribbon;funnelbook.ribbon.press(" & _
        Quoted(id) & "," & Quoted(mAsOf) & "," & Quoted(folder) & ")"
    #If Mac Then
        StartOnMac python
    #Else
        FbPy.SetAttr FbPy.Module("xlwings._xlwindows"), "BOOK_CALLER", ActiveWorkbook
        FbPy.Exec python
    #End If
    Exit Sub
failed:
    Application.ScreenUpdating = True
    Application.StatusBar = False
    MsgBox Err.Description, vbExclamation, FbText("tab_funnelbook")
End Sub

Private Function Quoted(ByVal text As String) As String
    'Only plain letters and digits as they are: nothing typed, and no name of a folder, can become code
    Dim i As Long, code As Long, low As Long
    For i = 1 To Len(text)
        code = AscW(Mid$(text, i, 1)) And &HFFFF&
        Select Case code
            Case 48 To 57, 65 To 90, 95, 97 To 122
                Quoted = Quoted & Mid$(text, i, 1)
            Case &HD800& To &HDBFF&
                low = AscW(Mid$(text, i + 1, 1)) And &HFFFF&
                Quoted = Quoted & "\U" & Digits(&H10000 + (code - &HD800&) * &H400& + low - &HDC00&, 8)
                i = i + 1
            Case Else
                Quoted = Quoted & "\u" & Digits(code, 4)
        End Select
    Next i
    Quoted = "'" & Quoted & "'"
End Function

Private Function Digits(ByVal code As Long, ByVal width As Long) As String
    Digits = Right$("0000000" & Hex$(code), width)
End Function

#If Mac Then
Private Sub StartOnMac(ByVal python As String)
    'The script of xlwings makes the name part of what the Mac executes
    If ActiveWorkbook.Name Like "*[""$`\|]*" Then Err.Raise vbObjectError + 5, "Funnelbook", FbText("mac_name")
    mWaiting = True
    Application.StatusBar = FbText("mac_running")
    AppleScriptTask "xlwings-0.37.8.applescript", "VbaHandler", "false;;;;;|" & FbSetting("INTERPRETER_MAC") & _
        "|import os;os.environ['FUNNELBOOK_LANG']='" & FbChosen(FbSetting("LANGUAGE")) & "';" & python & _
        "|" & ActiveWorkbook.Name & "|" & Left$(Application.Path, Len(Application.Path) - 4) & "|" & LogOnMac()
End Sub

Private Function LogOnMac() As String
    LogOnMac = Environ$("HOME") & "/funnelbook.log"
End Function

Public Sub CleanUp()
    'xlwings runs it by this name when a Python it was started in ends
    Dim handle As Integer, row As String, told As String
    If Not mWaiting Then Exit Sub
    mWaiting = False
    If Len(Dir$(LogOnMac())) = 0 Then Exit Sub
    handle = FreeFile
    Open LogOnMac() For Input As #handle
    Do Until EOF(handle)
        Line Input #handle, row
        told = told & row & vbLf
    Loop
    Close #handle
    If Len(told) = 0 Then Exit Sub
    Application.ScreenUpdating = True
    Application.StatusBar = False
    MsgBox told, vbExclamation, FbText("tab_funnelbook")
End Sub
#End If
