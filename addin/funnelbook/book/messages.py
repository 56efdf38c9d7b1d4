"""Every sentence Funnelbook says in a sheet, a refusal or on the screen, in Chinese and English."""

from __future__ import annotations

from funnelbook.book.care_messages import CARE_MESSAGES
from funnelbook.book.diagnosis_messages import DIAGNOSIS_MESSAGES
from funnelbook.book.entry_messages import ENTRIES
from funnelbook.book.exchange_messages import EXCHANGE
from funnelbook.book.labels import LANGUAGES
from funnelbook.book.messages_libreoffice import LIBREOFFICE
from funnelbook.book.refusal_messages import REFUSALS
from funnelbook.book.setup_messages import SETUP
from funnelbook.book.team_messages import TEAM_MESSAGES
from funnelbook.book.version_messages import VERSIONS

MESSAGES: dict[str, tuple[str, str]] = {
    **REFUSALS,
    **SETUP,
    **LIBREOFFICE,
    **ENTRIES,
    **EXCHANGE,
    **CARE_MESSAGES,
    **DIAGNOSIS_MESSAGES,
    **TEAM_MESSAGES,
    **VERSIONS,
    # One line when a button is done
    "done_adopt": (
        "已启用漏斗：认出 {matched} 列，新增 {added} 个工作表。",
        "Set up: {matched} columns recognised, {added} sheets added.",
    ),
    "made_beside": (
        "已在旁边新建 {file}（来自 {source}，原文件没有改动）。以后请用 {file}。",
        "Made {file} beside {source}, which was not touched. Use {file} from now on.",
    ),
    "done_refresh": (
        "已刷新（截至 {as_of}）。数据问题 {problems} 条。",
        "Refreshed as of {as_of}; {problems} data problems.",
    ),
    "done_unchanged": (
        "没有变化（截至 {as_of}）。数据问题 {problems} 条。",
        "Nothing has changed as of {as_of}; {problems} data problems.",
    ),
    "done_log": (
        "已记入 {logged} 条跟进记录，{waiting} 条未记入、留在名单里。名单已更新。",
        "{logged} calls are in Activities, {waiting} wait in the list. The list is made anew.",
    ),
    "done_folder": (
        "文件夹已刷新：完成 {done} 个，无变化 {unchanged} 个，未能刷新 {refused} 个。{reasons}",
        "Folder refreshed: {done} done, {unchanged} unchanged, {refused} refused. {reasons}",
    ),
    "left_out": (
        "未启用漏斗、没有动的工作簿：{count} 个。",
        "Workbooks not set up and left alone: {count}.",
    ),
    "about": (
        "Funnelbook 漏斗 {version}\n在 Excel 里管好电话销售漏斗。MIT 许可；Excel 连接部分来自 xlwings（BSD-3）。",
        "Funnelbook {version}\nThe telesales funnel inside Excel. MIT licence; the link to Excel is from xlwings (BSD-3).",
    ),
    "doctor_fine": ("检查完毕，安装完好。", "All checks passed."),
    "bad_day": (
        "“{text}”不是日期，请写成 2026-05-20 这样，或留空表示今天。",
        "{text} is not a day; write it as 2026-05-20, or leave it blank for today.",
    ),
    "unknown_command": (
        "Funnelbook 没有“{name}”这个按钮，多半是 Excel 或 LibreOffice 里的插件版本旧了。请关闭它，执行 funnelbook doctor，按提示处理。",
        "Funnelbook has no button {name}; the add-in in Excel or LibreOffice is probably an older one. Close it, run funnelbook "
        "doctor and do what it says.",
    ),
    "no_sheet": (
        "{file}：没有“{sheet}”这张表，请先点“启用漏斗”或“刷新”。",
        "{file}: there is no sheet {sheet}; click Set up or Refresh first.",
    ),
    "office_refused": (
        "{file}：LibreOffice 没有接受改动，各表已恢复原样（{detail}）。请检查工作表是否被保护。",
        "{file}: LibreOffice did not take the changes and the sheets are as before ({detail}). See whether a sheet is protected.",
    ),
    "excel_refused": (
        "{file}：Excel 没有接受改动，各表已恢复原样（{detail}）。请检查工作表是否被保护。",
        "{file}: Excel did not take the changes and the sheets are as before ({detail}). See whether a sheet is protected.",
    ),
    "demo_open": ("打开看看：{file}", "Open it: {file}"),
    "demo_pictures": ("图片在：{folder}", "Pictures: {folder}"),
    "demo_no_pictures": (
        "没有找到 LibreOffice 和 poppler，没有生成图片。",
        "LibreOffice and poppler were not found, so no pictures were made.",
    ),
    "no_checkout": ("build 只能在项目源码中执行。", "build works in a checkout of the project only."),
    "tiers_count": (
        "设置表“级别”不可用：有 {count} 个级别，要 {fewest} 到 {most} 个。请改正后再试。",
        "The Tiers table cannot be used: it has {count} tiers, and a funnel has {fewest} to {most}. Correct it and try again.",
    ),
    "tier_twice": (
        "设置表“级别”不可用：级别 {tier} 出现了两次。请改正后再试。",
        "The Tiers table cannot be used: tier {tier} stands twice. Correct it and try again.",
    ),
    # Advice for a shape (method D4, numbers.md 5)
    "advice_too_few": ("客户太少，先找新客户。", "Too few customers: find prospects first."),
    "advice_ideal": (
        "形态理想，按转化率补充新客户，保持比例。",
        "Ideal: replenish in proportion to the conversion rates.",
    ),
    "advice_top_heavy": (
        "眼下订单不错，但底部快断档：大量增加新客户，并把低级别客户往上推进。",
        "Good orders now, but the lower tiers run dry: add many prospects and move the lowest tiers up.",
    ),
    "advice_bulge": (
        "中部堆积、订单少：集中力量把中部客户转成订单，同时补充新客户。",
        "Many are stuck in the middle: turn them into orders, and add prospects.",
    ),
    "advice_hour_glass": (
        "中部断层，订单即将接不上：抓紧把底部客户往上推进。",
        "Too few in the middle, a gap in orders is coming: move prospects up now.",
    ),
    "advice_bottom_heavy": (
        "底部堆积：先把手上的客户打完、筛清，再加新客户。",
        "Many unworked prospects: call and qualify what you have before adding more.",
    ),
    "advice_mixed": (
        "高低不均：看标出的级别，先补差距最大的。",
        "Uneven: look at the tiers that are off, the largest gap first.",
    ),
    # Lines above result tables and notes in them
    "rate_zero": ("转化率为 0，无法达成", "Cannot be reached: the rate is 0"),
    "not_in_time": ("新客户已来不及在期内成交。", "New prospects cannot arrive in time."),
    "as_of_line": ("截至 {as_of}，期间 {period}。", "As of {as_of}, period {period}."),
    "no_target_line": (
        "“目标”表里没有本期间的订单目标，需要数、缺口和计划暂不计算。",
        "Targets has no order target for this period, so needed, missing and plan are not computed.",
    ),
    "no_activities_line": (
        "没有跟进记录，转化率和停留天用“设置”里的默认值。",
        "There are no activities, so conversion rates and dwell are the defaults in Settings.",
    ),
    "no_orders_line": (
        "没有订单表，成交按级别变为“成交”计；金额和毛利不计算。",
        "There are no orders, so moves to Won count as orders; amount and margin are not computed.",
    ),
    "proposed_line": ("目标尚未确认，按拟定值计算。", "The target is not agreed yet; the proposed one is used."),
    "no_calls_line": (
        "没有接通记录，首次电话量无法计算。",
        "No connected call is recorded, so first calls are not computed.",
    ),
    "split_line": (
        "没有自己目标的人按产能分解团队目标。",
        "People without a target of their own get a share of the team's by capacity.",
    ),
    "daily_report_line": (
        "期间内到截至日的每个工作日，加上有记录的休息日：先是团队逐日，再是每人，最近的一天在前。",
        "Working days of the period so far, and other days on which something happened: the team day by day, then each person, "
        "the latest day first.",
    ),
    "efficiency_line": (
        "本期间到截至日；团队的日均电话量是人均值。",
        "The period so far; the team's calls a day are those of an average person.",
    ),
    "no_log_line": (
        "没有跟进记录，电话量、接通、跟进无从统计。",
        "There are no activities, so calls, connects and follow-ups are not counted.",
    ),
    "past_as_of_line": (
        "这一天早于最近一次记录，只计算，不记入历史。",
        "This day precedes the last one logged: computed and shown, not logged.",
    ),
    "find_line": (
        "在第一行黄色格里输入客户编号、名称、联系人或电话的一部分，再点“查找客户”。",
        "Type an ID, or a part of a name, contact or phone, in the yellow cell of the first row and click Find a customer.",
    ),
    "found_line": ("“{text}”：找到 {customers} 个客户。", "Customers that fit {text}: {customers}."),
    "found_many_line": (
        "客户较多，只列出资料；输入完整编号看全部往来。",
        "Too many for their whole history; type an ID to see it.",
    ),
    "between": ("；", "; "),
    "listed": ("、", ", "),  # between the words of a list
    "phone_channel": ("电话", "Phone"),
    "calls_line": (
        "共 {calls} 个电话：约定和过期 {promised} 个，到跟进日 {cadence} 个，新客户 {new} 个。在黄色列里填结果，下次刷新时记入跟进记录。",
        "{calls} calls: {promised} promised or overdue, {cadence} past their cadence, {new} new. Type what came of a call in the "
        "yellow columns; the next refresh puts it into Activities.",
    ),
    "no_problems_line": ("数据没有问题。", "No problems found."),
    "problems_line": (
        "错误 {errors} 条，提醒 {warnings} 条，说明 {notes} 条。",
        "{errors} errors, {warnings} warnings, {notes} notes.",
    ),
}


def say(code: str, language: str, **fields: object) -> str:
    """A sentence in a language with its fields filled in."""
    return MESSAGES[code][LANGUAGES.index(language)].format(**fields)
