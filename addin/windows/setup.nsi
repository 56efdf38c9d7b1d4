; Funnelbook-setup.exe: for the user who runs it, no administrator, nothing from the network. /S asks and shows nothing.
;
; The new program is written beside the old one and has to run before that is touched; then the folders change names. Whatever
; fails, the old one is back. The folder is always the same: /D= and an uninstaller that was moved would have others removed.
;
; Given by installer/build.py: OUT, VERSION, NUMBERS, SIZE_KB, maybe QUICK, and in one folder what it writes from the catalogues and the payload:
; languages.nsh, words.nsh, payload.nsh, funnelbook.ico.

Unicode true
Target amd64-unicode
ManifestDPIAware true
!ifdef QUICK
  SetCompress off
!else
  SetCompressor /SOLID lzma
!endif
SetDateSave off
RequestExecutionLevel user
AllowSkipFiles off
ShowInstDetails nevershow
ShowUninstDetails nevershow
BrandingText " "
OutFile "${OUT}"

!include MUI2.nsh
!include LogicLib.nsh
!include WinVer.nsh

Name "$(name)"
!define FOLDER "$LOCALAPPDATA\Programs\Funnelbook"
!define APPS "Software\Microsoft\Windows\CurrentVersion\Uninstall\Funnelbook"
; This user's programs without a window, which Windows has on every user's path: so `funnelbook` is found in a command prompt
!define COMMAND "$LOCALAPPDATA\Microsoft\WindowsApps\funnelbook.cmd"
!define FAILED 2 ; exit code
!define REASON "$TEMP\Funnelbook-setup.txt" ; why, for who ran it silently

VIProductVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "Funnelbook"
VIAddVersionKey "FileDescription" "Funnelbook"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT"

Var Said ; what a step of Funnelbook's own said

!define MUI_ICON "funnelbook.ico"
!define MUI_UNICON "funnelbook.ico" ; which is DisplayIcon too
!define MUI_WELCOMEPAGE_TITLE "$(welcome_title)"
!define MUI_WELCOMEPAGE_TEXT "$(welcome)"
!define MUI_FINISHPAGE_TITLE "$(done_title)"
!define MUI_FINISHPAGE_TEXT "$Said"
!define MUI_ABORTWARNING
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!include languages.nsh
!include words.nsh

; Both the installer and the uninstaller need these
!macro FUNCTIONS un

; Tells why not, and ends
Function ${un}Fail
  Exch $0
  FileOpen $1 "${REASON}" w
  FileWriteUTF16LE /BOM $1 "$0"
  FileClose $1
  MessageBox MB_OK|MB_ICONEXCLAMATION "$0" /SD IDOK
  SetErrorLevel ${FAILED}
  Quit
FunctionEnd

; A step of Funnelbook's own (funnelbook/windows/setup.py) by the Python of a folder: $0 the folder, $1 the step.
; $0 is its exit code, $Said its sentence; without one it did not start.
Function ${un}Step
  InitPluginsDir
  Delete "$PLUGINSDIR\said.txt"
  StrCpy $Said ""
  ClearErrors
  ExecWait '"$0\python\pythonw.exe" -X utf8 -P -m funnelbook.windows.setup $1 $(code) "$PLUGINSDIR\said.txt"' $0
  ${If} ${Errors}
    StrCpy $0 ${FAILED}
  ${EndIf}
  ClearErrors
  FileOpen $1 "$PLUGINSDIR\said.txt" r
  ${IfNot} ${Errors}
    FileReadUTF16LE $1 $Said
    FileClose $1
  ${EndIf}
FunctionEnd

; Renames the folder $0 to $1; a virus scanner may hold it for a moment. The error flag says that it did not work.
Function ${un}Move
  StrCpy $2 0
  ${Do}
    ClearErrors
    Rename "$0" "$1"
    ${IfNot} ${Errors}
      Return
    ${EndIf}
    IntOp $2 $2 + 1
    Sleep 500
  ${LoopUntil} $2 > 20
  SetErrors
FunctionEnd

Function ${un}NoExcel
  again:
  FindWindow $0 "XLMAIN"
  ${If} $0 <> 0
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(excel_open)" /SD IDCANCEL IDRETRY again
    Push "$(excel_open)"
    IfSilent 0 +2
      Call ${un}Fail
    Quit
  ${EndIf}
FunctionEnd

!macroend
!insertmacro FUNCTIONS ""
!insertmacro FUNCTIONS "un."

Function .onInit
  StrCpy $INSTDIR "${FOLDER}"
  SetShellVarContext current
  ${IfNot} ${AtLeastWin10} ; where Windows has 32 bits it does not start this program at all
    Push "$(old_windows)"
    Call Fail
  ${EndIf}
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "Funnelbook-setup") p .r0 ?e'
  Pop $0
  ${If} $0 = 183 ; ERROR_ALREADY_EXISTS
    Push "$(twice)"
    Call Fail
  ${EndIf}
  Call NoExcel
FunctionEnd

; A file could not be written
Function .onInstFailed
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR.new"
  Push "$(not_written)"
  Call Fail
FunctionEnd

Section
  RMDir /r "$INSTDIR.new"
  ClearErrors
  !include payload.nsh
  SetOutPath "$INSTDIR.new"
  WriteUninstaller "$INSTDIR.new\uninstall.exe"
  SetOutPath "$TEMP" ; a folder that somebody is in cannot be renamed
  ${If} ${Errors}
    RMDir /r "$INSTDIR.new"
    Push "$(not_written)"
    Call Fail
  ${EndIf}

  StrCpy $0 "$INSTDIR.new"
  StrCpy $1 "ready"
  Call Step
  ${If} $0 <> 0
    RMDir /r "$INSTDIR.new"
    ${If} $Said == ""
      StrCpy $Said "$(not_started)"
    ${EndIf}
    Push $Said
    Call Fail
  ${EndIf}

  RMDir /r "$INSTDIR.old"
  ${If} ${FileExists} "$INSTDIR\*.*"
    StrCpy $0 "$INSTDIR"
    StrCpy $1 "$INSTDIR.old"
    Call Move
    ${If} ${Errors}
      RMDir /r "$INSTDIR.new"
      Push "$(in_use)"
      Call Fail
    ${EndIf}
  ${EndIf}
  StrCpy $0 "$INSTDIR.new"
  StrCpy $1 "$INSTDIR"
  Call Move
  ${If} ${Errors}
    Rename "$INSTDIR.old" "$INSTDIR"
    RMDir /r "$INSTDIR.new"
    Push "$(in_use)"
    Call Fail
  ${EndIf}

  StrCpy $0 "$INSTDIR"
  StrCpy $1 "install"
  Call Step
  ${If} $0 <> 0
    RMDir /r "$INSTDIR"
    Rename "$INSTDIR.old" "$INSTDIR"
    ${If} $Said == ""
      StrCpy $Said "$(not_started)"
    ${EndIf}
    Push $Said
    Call Fail
  ${EndIf}
  RMDir /r "$INSTDIR.old"

  ClearErrors
  FileOpen $0 "${COMMAND}" w ; not where Windows has no such folder
  ${IfNot} ${Errors}
    FileWrite $0 '@"%LOCALAPPDATA%\Programs\Funnelbook\funnelbook.cmd" %*$\r$\n'
    FileClose $0
  ${EndIf}

  WriteRegStr HKCU "${APPS}" "DisplayName" "$(name)"
  WriteRegStr HKCU "${APPS}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${APPS}" "Publisher" "Funnelbook"
  WriteRegStr HKCU "${APPS}" "DisplayIcon" "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "${APPS}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${APPS}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${APPS}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${APPS}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKCU "${APPS}" "NoModify" 1
  WriteRegDWORD HKCU "${APPS}" "NoRepair" 1
  Delete "${REASON}"
SectionEnd

Function un.onInit
  StrCpy $INSTDIR "${FOLDER}"
  SetShellVarContext current
  Call un.NoExcel
FunctionEnd

Section Uninstall
  SetOutPath "$TEMP"
  StrCpy $0 "$INSTDIR"
  StrCpy $1 "uninstall"
  Call un.Step
  ${If} $0 <> 0
    ${If} $Said == ""
      StrCpy $Said "$(broken)"
    ${EndIf}
    Push $Said
    Call un.Fail
  ${EndIf}
  RMDir /r "$INSTDIR.old"
  StrCpy $0 "$INSTDIR"
  StrCpy $1 "$INSTDIR.old"
  Call un.Move
  ${If} ${Errors}
    Push "$(in_use)"
    Call un.Fail
  ${EndIf}
  RMDir /r "$INSTDIR.old"
  RMDir "$LOCALAPPDATA\Programs" ; where nothing else is in it
  Delete "${COMMAND}"
  DeleteRegKey HKCU "${APPS}"
  DeleteRegKey /ifempty HKCU "Software\Microsoft\Windows\CurrentVersion\Uninstall"
  DeleteRegKey /ifempty HKCU "Software\Classes\CLSID"
  Delete "${REASON}"
SectionEnd
