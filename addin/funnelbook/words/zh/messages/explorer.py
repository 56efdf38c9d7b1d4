"""What is said when a closed workbook is sent to Funnelbook from Explorer or the desktop."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "refreshing_file": "正在刷新 {file} ……",
    "setting_up": "正在给 {file} 加上漏斗各表……",
    "set_up_now": "{file} 还没有启用漏斗。现在启用吗？\n\n会认出您的客户表，加上漏斗各表；原来的内容一个字节也不动，并先备份一份。",
    "open_now": "现在打开吗？",
    "cannot_open": "{file} 已经刷新好，但这台电脑上没有打开它的程序。请先装 Excel 或 WPS。",
}
