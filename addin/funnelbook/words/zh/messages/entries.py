"""What `funnelbook build` says of an unfinished entry in the registry of commands."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "entry_twice": "命令 {name}：这个名字已经有了（不分大小写），请换一个。",
    "entry_nowhere": "命令 {name}：既没有按钮（group）也没有命令行（line），请至少写一个。",
    "entry_no_line": "命令 {name}：在 funnelbook/cli 里找不到 {line}，请写上这个函数。",
    "entry_no_group": "命令 {name}：没有“{group}”这个组，可用的有 {known}。",
    "entry_no_words": "命令 {name}：缺少语言 {of} 的名称或提示，请写进 words/{of}/commands.py。",
    "entry_no_icon": "命令 {name}：图标“{icon}”不在 addin/excel/imagemso.txt 里，请换用其中的，或核实后加进去。",
    "entry_no_picture": "命令 {name}：缺少 LibreOffice 用的图片，请画 {file}。",
    "entry_no_keytip": "命令 {name}：缺少按键提示（keytip），请写一个没用过的。",
    "entry_keytip": "命令 {name}：按键提示 {keytip} 与 {other} 的 {taken} 冲突，请换一个。",
    "entry_no_sheet": "命令 {name}：没有“{sheet}”这张表，请写表的键名。",
    "entry_no_handler": "命令 {name}：在 funnelbook/commands 里找不到要执行的“{handler}”，请写成 模块:函数。",
    "entry_idle_handler": "命令 {name}：这种按钮不执行函数，请去掉 {handler}，或改 does。",
    "no_words": "语言 {of} 缺少“{key}”的文字，请写进 {file}。",
    "misspelt_text": "{file} 里的“{key}”是其他语言都没有的；应该是那里缺少的“{meant}”，请改正。",
    "unknown_text": "{file} 里的“{key}”没有地方用到，语言 {other} 也没有；请删掉，或在语言 {other} 里也写上。",
    "other_fields": "语言 {of} 的“{key}”用的字段是 {fields}，而语言 {other} 是 {wanted}；请在 {file} 里改成一样。",
}
