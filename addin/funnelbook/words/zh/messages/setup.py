"""What is said when Funnelbook is put into Excel or taken out."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "no_excel_here": "Excel 插件只能装在 Windows 或 Mac 上，这台电脑没有 Excel。用 LibreOffice 的话，请执行 funnelbook install --libreoffice。",
    "excel_runs": "Excel 还开着。请保存并关闭所有 Excel 窗口，再执行一次（看不到窗口时，在任务管理器里结束 Excel）。",
    "engine_stays": "漏斗的计算程序还在运行，结束不了。请在任务管理器里结束 pythonw.exe（或重新启动电脑），再执行一次。",
    "excel_never_ran": "没有找到 Excel 的个人文件夹。请打开一次 Excel（WPS 不行），关闭后再执行一次。",
    "path_not_plain": "Funnelbook 装在“{path}”，路径里有中文或特殊符号，Excel 读不了。请装到默认位置：执行 {as_tool}（设过 UV_TOOL_DIR 的先去掉），再执行一次。",
    "xlwings_incomplete": "Funnelbook 没有装完整，缺少文件 {missing}。请执行 {reinstall}，再执行一次。",
    "self_test_failed": "自检没有通过（{detail}），没有安装。请执行 {reinstall} 后再试；仍不行，请把这一行发给 IT。",
    "setup_not_written": "{file}：无法写入或删除（{detail}），一切保持原样。请检查文件夹是否只读、杀毒软件是否拦截、磁盘是否已满，再执行一次。",
    "installed": "安装完成。打开 Excel，就能看到“漏斗”选项卡；没有的话，请执行 funnelbook doctor。",
    "installed_over": "已更新到当前版本。打开 Excel 即可使用。",
    "installed_same": "已经装好了，和当前版本一样，无需改动。",
    "installed_no_excel": "没有找到 Excel（WPS 没有“漏斗”选项卡）。已装好两个入口：右键点一个关着的工作簿，选“发送到 > 漏斗 Funnelbook”；或者把它拖到桌面的“漏斗 Funnelbook”上。装好 Excel 并打开过一次之后，再安装一次，就有选项卡。",
    "uninstalled": "插件已从 Excel 中移除，工作簿没有改动。要连程序一起删除，请执行 {remove}。",
    "uninstalled_nothing": "Excel 里没有装过这个插件，无需移除。",
    # What doctor has people do, by how this copy was installed
    "remedy_install": "执行 funnelbook install",
    "remedy_install_setup": "再双击一次 Funnelbook-setup.exe",
    "remedy_anew": "执行 {reinstall}，再执行 funnelbook install",
    "remedy_anew_setup": "再双击一次 Funnelbook-setup.exe",
    "remedy_other_python": "执行 {managed}，再执行 funnelbook install",
    "remedy_other_python_setup": "再双击一次 Funnelbook-setup.exe",
    # What doctor found
    "finding_fine": "{code}: 正常",
    "finding_detail": "（{detail}）",
}
