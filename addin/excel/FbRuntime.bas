Attribute VB_Name = "FbRuntime"
'Starts the Python of Funnelbook and calls the formulas in it.
'Derived from xlwings.bas of xlwings 0.37.8; what Funnelbook does not use is left out.
'
'xlwings is distributed under a BSD 3-clause license.
'
'Copyright (C) 2014-present, Zoomer Analytics LLC.
'All rights reserved.
'
'Redistribution and use in source and binary forms, with or without modification,
'are permitted provided that the following conditions are met:
'
'* Redistributions of source code must retain the above copyright notice, this
'  list of conditions and the following disclaimer.
'
'* Redistributions in binary form must reproduce the above copyright notice, this
'  list of conditions and the following disclaimer in the documentation and/or
'  other materials provided with the distribution.
'
'* Neither the name of the copyright holder nor the names of its
'  contributors may be used to endorse or promote products derived from
'  this software without specific prior written permission.
'
'THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
'ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
'WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
'DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR
'ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES
'(INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES;
'LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON
'ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT
'(INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS
'SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
Option Explicit
Option Private Module 'Or its functions would stand in the function wizard

#If Not Mac Then
    #If Win64 Then
        Private Const DLL_NAME As String = "xlwings64-0.37.8.dll"
        Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings64-0.37.8.dll" (ByRef Result As Variant, ByVal Config As String, ByVal Mode As Long) As Long
    #Else
        Private Const DLL_NAME As String = "xlwings32-0.37.8.dll"
        Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings32-0.37.8.dll" (ByRef Result As Variant, ByVal Config As String, ByVal Mode As Long) As Long
    #End If
    Private Declare PtrSafe Function LoadLibraryW Lib "kernel32" (ByVal FileName As LongPtr) As LongPtr
#End If

'The class of a server that runs already, as xlwings.serve() registers it
Private Const RUNNING_SERVER As String = "{506e67c3-55b5-48c3-a035-eed5deea7d6d}"

'Kept: the DLL knows a server by this whole text, and reading the settings for each cell would be slow
Private mCommand As String

Public Function FbText(ByVal id As String, Optional ByVal isTip As Boolean = False) As String
    Dim found As Variant, column As Long
    column = FbColumn(Application.LanguageSettings.LanguageID(2) And &H3FF, isTip)
    With ThisWorkbook.Worksheets("Labels")
        found = Application.Match(id, .Columns(1), 0)
        If IsError(found) Then FbText = id Else FbText = .Cells(found, column).Value
    End With
End Function

Public Function FbSetting(ByVal key As String) As String
    Dim path As String, handle As Integer, field As String, value As String
    #If Mac Then
        path = Environ$("HOME") & "/.funnelbook/funnelbook.conf"
    #Else
        path = Environ$("USERPROFILE") & "\.funnelbook\funnelbook.conf"
    #End If
    If Len(Dir$(path)) = 0 Then Err.Raise vbObjectError + 1, "Funnelbook", FbText("not_installed")
    handle = FreeFile
    Open path For Input As #handle
    Do Until EOF(handle)
        Input #handle, field, value
        If field = key Then FbSetting = value
    Loop
    Close #handle
End Function

#If Not Mac Then
Public Function FbPy() As Object
    Dim server As Variant
    If Len(mCommand) = 0 Then
        'First of all, or its bare name is not found
        If LoadLibraryW(StrPtr(Expanded(FbSetting("DLL_FOLDER")) & "\" & DLL_NAME)) = 0 Then
            Err.Raise vbObjectError + 2, "Funnelbook", FbText("no_dll")
        End If
        mCommand = ServerCommand()
    End If
    If XLPyDLLActivateAuto(server, mCommand, 1) <> 0 Then Err.Raise vbObjectError + 3, "Funnelbook", CStr(server)
    Set FbPy = server
End Function

Private Function ServerCommand() As String
    If FbSetting("SERVER") = "running" Then
        ServerCommand = RUNNING_SERVER
        Exit Function
    End If
    'cmd.exe expands %APPDATA% itself: a name of a user that is not in the code page would not survive in VBA
    ServerCommand = "cmd.exe /K """"" & FbSetting("INTERPRETER_WIN") & """ -B -c ""import funnelbook.udfs;" & _
        "funnelbook.udfs.serve('$(CLSID)','" & FbChosen(FbSetting("LANGUAGE")) & "')"""""
End Function

Private Function Expanded(ByVal path As String) As String
    Dim parts() As String, i As Long
    parts = Split(path, "%")
    For i = 1 To UBound(parts) - 1 Step 2
        parts(i) = Environ$(parts(i))
    Next i
    Expanded = Join(parts, "")
End Function
#End If

Public Function FbCall(ByVal formula As String, ByRef given As Variant) As Variant
    #If Mac Then
        FbCall = FbText("mac_formulas")
    #Else
        Dim i As Long, part As Range, result As Variant
        On Error GoTo failed
        For i = LBound(given) To UBound(given)
            If TypeName(given(i)) = "Range" Then
                Set part = UsedPart(given(i))
                If part Is Nothing Then given(i) = Empty Else Set given(i) = part
            End If
        Next i
        result = FbPy().CallUDF("funnelbook.udfs", formula, given)
        RealErrors result
        FbCall = result
        Exit Function
failed:
        FbCall = CVErr(xlErrValue)
    #End If
End Function

Public Sub FbKeep(ByRef place As Variant, ByVal value As Variant)
    'A plain assignment would turn a Range into the values of its cells
    If IsObject(value) Then Set place = value Else place = value
End Sub

#If Not Mac Then
Private Function UsedPart(ByVal area As Range) As Range
    'A whole column is a million cells, nearly all of them empty
    If area.Rows.Count = area.Worksheet.Rows.Count Then
        Set UsedPart = Application.Intersect(area, area.Worksheet.UsedRange)
    Else
        Set UsedPart = area
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
