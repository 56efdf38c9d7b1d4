"""What `funnelbook build` says of an unfinished entry in the registry of commands."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "entry_twice": "Command {name}: there is one of this name (capitals count as small letters); take another.",
    "entry_nowhere": "Command {name} has neither a button (group) nor a place on the command line (line); give it one.",
    "entry_no_line": "Command {name}: there is no {line} in funnelbook/cli; write that function.",
    "entry_no_group": "Command {name}: there is no group {group}; there are {known}.",
    "entry_no_words": "Command {name} lacks its label or its tip in the language {of}; write them into words/{of}/commands.py.",
    "entry_no_icon": "Command {name}: icon {icon} is not in addin/excel/imagemso.txt; take one that is, or verify it and add it.",
    "entry_no_picture": "Command {name} has no picture for LibreOffice; draw {file}.",
    "entry_no_keytip": "Command {name} has no keytip; give it one that is free.",
    "entry_keytip": "Command {name}: keytip {keytip} gets in the way of {taken}, that of {other}; take another.",
    "entry_no_sheet": "Command {name}: there is no sheet {sheet}; give the key of one.",
    "entry_no_handler": "Command {name}: there is no {handler} in funnelbook/commands to run; name it as module:function.",
    "entry_idle_handler": "Command {name}: a button of this kind runs nothing; leave out {handler}, or change what it does.",
    "no_words": "There is no text {key} in the language {of}; write it into {file}.",
    "misspelt_text": "{file} has a text {key}, which no other language has; call it {meant}, which is lacking there.",
    "unknown_text": "{file} has a text {key}, which nothing asks for and {other} lacks; delete it, or write it in {other} too.",
    "other_fields": "In the language {of} the text {key} has the fields {fields}, in {other} {wanted}; make them the same in {file}.",
}
