"""What Funnelbook-setup.exe and its uninstaller say by themselves."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "name": "漏斗 Funnelbook",
    "welcome_title": "安装漏斗 Funnelbook",
    "welcome": "在您自己的 Excel 客户表里管好电话销售漏斗。\r\n\r\n只装给当前用户，不要管理员权限，不联网。已有的工作簿不会改动；装过旧版本的，会换成这个版本。\r\n\r\n请先保存并关闭 Excel，再点“安装”。",
    "done_title": "装好了",
    "old_windows": "需要 64 位的 Windows 10 或更新的版本，这台电脑装不了。可以在别的电脑上安装，或者问问 IT。",
    "excel_open": "Excel 还开着。请保存并关闭所有 Excel 窗口，再点“重试”。",
    "twice": "安装程序已经在运行，请先完成或关闭那一个。",
    "not_written": "文件写不进去，什么也没有改动。请检查磁盘是否已满、文件夹是否只读、杀毒软件是否拦截，然后再运行一次。",
    "in_use": "漏斗的文件正被别的程序使用，换不了，什么也没有改动。请关闭 Excel 和打开着的“漏斗”窗口（或重新启动电脑），然后再运行一次。",
    "not_started": "漏斗程序启动不了，一切保持原样。多半是杀毒软件拦截，请把它加入信任后再运行一次；仍不行，请告诉 IT。",
    "broken": "漏斗的文件不完整，卸载不了。请先用 Funnelbook-setup.exe 重新安装一次，再卸载。",
}
