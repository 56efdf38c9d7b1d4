"""What a button or a command says when it is done, and what it needs that is not there."""

from __future__ import annotations

WORDS: dict[str, str] = {
    # One line when a button is done
    "done_adopt": "已启用漏斗：认出 {matched} 列，新增 {added} 个工作表。",
    "made_beside": "已在旁边新建 {file}（来自 {source}，原文件没有改动）。以后请用 {file}。",
    "done_refresh": "已刷新（截至 {as_of}）。数据问题 {problems} 条。",
    "done_unchanged": "没有变化（截至 {as_of}）。数据问题 {problems} 条。",
    "nothing_to_fix": "没有可以有把握更正的写法。",
    "fixed_column": "{table}·{column}：{count} 处，例如 {cell}：“{old}” → {new}",
    "not_to_fix": "另有 {count} 处是公式，或受保护、不能写，没有动。",
    "to_fix": "试运行，未写入。将更正 {count} 处。",
    "done_fix": "已更正 {count} 处，原值记在“更正历史”（隐藏的表）。要退回：funnelbook undo {file}",
    "done_log": "已记入 {logged} 条跟进记录，{waiting} 条未记入、留在名单里。名单已更新。",
    "done_orders": "订单表已记下 {orders} 单，请核对。",
    "done_told": "客户表里 {customers} 个客户的级别、下次联系等已按最近的跟进更新。",
    "done_locked": "客户表受保护，{customers} 个客户没有更新；请取消保护，下次跟进后再更新。",
    "done_folder": "文件夹已刷新：完成 {done} 个，无变化 {unchanged} 个，未能刷新 {refused} 个。{reasons}",
    "left_out": "未启用漏斗、没有动的工作簿：{count} 个。",
    "about": "Funnelbook 漏斗 {version}\n在 Excel 里管好电话销售漏斗。MIT 许可；Excel 连接部分来自 xlwings（BSD-3）。",
    "doctor_fine": "检查完毕，安装完好。",
    "bad_day": "“{text}”不是日期，请写成 2026-05-20 这样，或留空表示今天。",
    "no_sheet": "{file}：没有“{sheet}”这张表，请先点“启用漏斗”或“刷新”。",
    "office_refused": "{file}：LibreOffice 没有接受改动，各表已恢复原样（{detail}）。请检查工作表是否被保护。",
    "excel_refused": "{file}：Excel 没有接受改动，各表已恢复原样（{detail}）。请检查工作表是否被保护。",
    "demo_open": "打开看看：{file}",
    "demo_pictures": "图片在：{folder}",
    "demo_no_pictures": "没有找到 LibreOffice 和 poppler，或者没有及时画完，没有生成图片。",
    "no_checkout": "build 只能在项目源码中执行。",
    "tiers_count": "设置表“级别”不可用：有 {count} 个级别，要 {fewest} 到 {most} 个。请改正后再试。",
    "tier_twice": "设置表“级别”不可用：级别 {tier} 出现了两次。请改正后再试。",
}
