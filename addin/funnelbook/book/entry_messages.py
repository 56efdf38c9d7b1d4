"""What `funnelbook build` says of an unfinished entry in the registry of commands, in Chinese and English."""

from __future__ import annotations

ENTRIES: dict[str, tuple[str, str]] = {
    "entry_twice": (
        "命令 {name}：这个名字已经有了（不分大小写），请换一个。",
        "Command {name}: there is one of this name (capitals count as small letters); take another.",
    ),
    "entry_nowhere": (
        "命令 {name}：既没有按钮（group）也没有命令行（line），请至少写一个。",
        "Command {name} has neither a button (group) nor a place on the command line (line); give it one.",
    ),
    "entry_no_line": (
        "命令 {name}：在 funnelbook/cli 里找不到 {line}，请写上这个函数。",
        "Command {name}: there is no {line} in funnelbook/cli; write that function.",
    ),
    "entry_no_group": (
        "命令 {name}：没有“{group}”这个组，可用的有 {known}。",
        "Command {name}: there is no group {group}; there are {known}.",
    ),
    "entry_no_words": (
        "命令 {name}：缺少语言 {of} 的名称或提示，请补上。",
        "Command {name} lacks its label or its tip in the language {of}; write them.",
    ),
    "entry_no_icon": (
        "命令 {name}：图标“{icon}”不在 addin/excel/imagemso.txt 里，请换用其中的，或核实后加进去。",
        "Command {name}: icon {icon} is not in addin/excel/imagemso.txt; take one that is, or verify it and add it.",
    ),
    "entry_no_picture": (
        "命令 {name}：缺少 LibreOffice 用的图片，请画 {file}。",
        "Command {name} has no picture for LibreOffice; draw {file}.",
    ),
    "entry_no_keytip": (
        "命令 {name}：缺少按键提示（keytip），请写一个没用过的。",
        "Command {name} has no keytip; give it one that is free.",
    ),
    "entry_keytip": (
        "命令 {name}：按键提示 {keytip} 与 {other} 的 {taken} 冲突，请换一个。",
        "Command {name}: keytip {keytip} gets in the way of {taken}, that of {other}; take another.",
    ),
    "entry_no_sheet": (
        "命令 {name}：没有“{sheet}”这张表，请写表的键名。",
        "Command {name}: there is no sheet {sheet}; give the key of one.",
    ),
    "entry_no_handler": (
        "命令 {name}：在 funnelbook/commands 里找不到要执行的“{handler}”，请写成 模块:函数。",
        "Command {name}: there is no {handler} in funnelbook/commands to run; name it as module:function.",
    ),
    "entry_idle_handler": (
        "命令 {name}：这种按钮不执行函数，请去掉 {handler}，或改 does。",
        "Command {name}: a button of this kind runs nothing; leave out {handler}, or change what it does.",
    ),
}
