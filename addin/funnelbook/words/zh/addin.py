"""What the add-in says by itself, before Python runs."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "no_workbook": "没有打开的工作簿。请先打开一个工作簿；如果它在受保护的视图里，请先点“启用编辑”。",
    "no_engine": "漏斗程序没有启动。请关闭 Excel，在命令行运行 funnelbook doctor，按提示处理；或者点任意一个“漏斗”按钮再试。",
    "engine_gone": "漏斗程序意外结束，刚才的按钮没有做完；程序重新启动不了，写到一半的内容退不回去。请不要保存：关闭这个工作簿（文件没有变），重新打开后再试。",
    "not_installed": "这台电脑上没有 Funnelbook 的设置。请在命令行运行 funnelbook install。",
    "mac_formulas": "苹果电脑上的 Excel 不能计算 FB_ 公式；请用功能区的“刷新”。",
    "mac_name": '工作簿的名字里不能有这些字符：" $ ` \\ |。请改名后再试。',
}
