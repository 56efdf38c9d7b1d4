"""What the add-in says by itself, before Python runs."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "no_workbook": "没有打开的工作簿。请先打开一个工作簿；如果它在受保护的视图里，请先点“启用编辑”。",
    "not_installed": "这台电脑上没有 Funnelbook 的设置。请在命令行运行 funnelbook install。",
    "no_dll": "找不到 Funnelbook 的程序文件。请在命令行运行 funnelbook doctor，按提示处理。",
    "mac_formulas": "苹果电脑上的 Excel 不能计算 FB_ 公式；请用功能区的“刷新”。",
    "mac_name": '工作簿的名字里不能有这些字符：" $ ` \\ |。请改名后再试。',
    "mac_running": "正在运行…",
}
