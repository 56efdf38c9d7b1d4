Attribute VB_Name = "FbMac"
'Has Excel on a Mac start Python for a button, by the script of xlwings: there is no COM.
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

#If Mac Then
Private mWaiting As Boolean 'For a Python that was started

Public Sub FbStartOnMac(ByVal id As String, ByVal asOf As String, ByVal folder As String)
    Dim python As String
    'The script of xlwings makes the name part of what the Mac executes
    If ActiveWorkbook.Name Like "*[""$`\|]*" Then Err.Raise vbObjectError + 5, "Funnelbook", FbText("mac_name")
    python = "import funnelbook.ribbon;funnelbook.ribbon.press(" & _
        Quoted(id) & "," & Quoted(asOf) & "," & Quoted(folder) & ")"
    mWaiting = True
    AppleScriptTask "xlwings-0.37.8.applescript", "VbaHandler", "false;;;;;|" & Setting("INTERPRETER_MAC") & _
        "|import os;os.environ['FUNNELBOOK_LANG']='" & FbChosen(Setting("LANGUAGE")) & "';" & python & _
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

Private Function Setting(ByVal key As String) As String
    Dim path As String, handle As Integer, field As String, value As String
    path = Environ$("HOME") & "/.funnelbook/funnelbook.conf"
    If Len(Dir$(path)) = 0 Then Err.Raise vbObjectError + 1, "Funnelbook", FbText("not_installed")
    handle = FreeFile
    Open path For Input As #handle
    Do Until EOF(handle)
        Input #handle, field, value
        If field = key Then Setting = value
    Loop
    Close #handle
End Function

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
#End If
