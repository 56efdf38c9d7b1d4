"""Every sentence Funnelbook says in a sheet, a refusal or on the screen, in Chinese and English."""

from __future__ import annotations

from funnelbook.book.care_messages import CARE_MESSAGES
from funnelbook.book.diagnosis_messages import DIAGNOSIS_MESSAGES
from funnelbook.book.exchange_messages import EXCHANGE
from funnelbook.book.labels import LANGUAGES
from funnelbook.book.messages_libreoffice import LIBREOFFICE

MESSAGES: dict[str, tuple[str, str]] = EXCHANGE | {
    # Refusals of a file: what it is, what to do
    "missing_file": ("{file}：找不到这个文件，请检查路径。", "{file}: there is no such file; check the path."),
    "empty_file": (
        "{file}：文件是空的（0 字节），请从备份恢复。",
        "{file}: the file is empty (0 bytes); restore it from a backup.",
    ),
    "encrypted": (
        "{file}：文件有打开密码，请在 Excel 中另存一份不加密的再试。",
        "{file}: the file is protected by a password; save a copy without one in Excel and try again.",
    ),
    "xls": (
        "{file}：这是旧的 .xls 格式，请在 Excel 中另存为 .xlsx 再试。",
        "{file}: this is the old .xls format; save it as .xlsx in Excel and try again.",
    ),
    "xlsb": (
        "{file}：这是二进制 .xlsb 格式，请在 Excel 中另存为 .xlsx 再试。",
        "{file}: this is the binary .xlsb format; save it as .xlsx in Excel and try again.",
    ),
    "not_workbook": (
        "{file}：这不是 Excel 工作簿（.xlsx 或 .xlsm）。",
        "{file}: this is not an Excel workbook (.xlsx or .xlsm).",
    ),
    "broken": (
        "{file}：文件已损坏（{detail}），请用 Excel 打开并修复后另存，或从备份恢复。",
        "{file}: the file is broken ({detail}); open and repair it in Excel, or restore it from a backup.",
    ),
    "duplicate_names": (
        "{file}：文件包里有重名部件（{detail}），请在 Excel 中另存一份再试。",
        "{file}: the package holds the same part twice ({detail}); save a copy in Excel and try again.",
    ),
    "bomb": (
        "{file}：文件解压后大得不正常，未打开。",
        "{file}: the file would unpack to an abnormal size; it was not opened.",
    ),
    "doctype": (
        "{file}：文件内含不安全的 XML 声明（{detail}），未打开。",
        "{file}: the file holds an unsafe XML declaration ({detail}); it was not opened.",
    ),
    "signed": (
        "{file}：文件有数字签名，改动会使签名失效；请去掉签名后再试。",
        "{file}: the file is digitally signed and a change would void that; remove the signature and try again.",
    ),
    "revision_log": (
        "{file}：文件是旧式“共享工作簿”（带修订记录），请取消共享后再试。",
        "{file}: the file is a shared workbook with a revision log; stop sharing it and try again.",
    ),
    "locked_structure": (
        "{file}：工作簿结构被保护，请在“审阅 > 保护工作簿”中取消后再试。",
        "{file}: the workbook's structure is protected; lift that under Review > Protect Workbook and try again.",
    ),
    "read_only": (
        "{file}：文件是只读的，请取消只读后再试。",
        "{file}: the file is read-only; lift that and try again.",
    ),
    "open_elsewhere": (
        "{file}：文件正在别处打开，请先在 Excel 中关闭再试。",
        "{file}: the file is open elsewhere; close it in Excel and try again.",
    ),
    "changed": (
        "{file}：读取之后文件被别人改过，没有写入；请再执行一次。",
        "{file}: the file was changed by someone since it was read; nothing was written, run it again.",
    ),
    "styles_unsafe": (
        "{file}：样式表的写法特殊（{detail}），无法安全添加格式；请在 Excel 中另存一份再试。",
        "{file}: its styles are written in an unusual way ({detail}) and cannot safely be added to; save a copy in Excel.",
    ),
    "name_taken": (
        "{file}：名称“{name}”已被占用，请改名后再试。",
        "{file}: the name {name} is already taken; rename it and try again.",
    ),
    "too_many_rows": (
        "{file}：表 {table} 要写 {rows} 行，超过 Excel 的上限 1048576 行。",
        "{file}: table {table} would need {rows} rows, more than Excel's 1,048,576.",
    ),
    "formula_in_way": (
        "{file}：工作表“{sheet}”的 {cell} 处有跨越表格边界的数组公式，请移开后再试。",
        "{file}: on sheet {sheet} an array or shared formula at {cell} crosses the edge of our table; move it and try again.",
    ),
    "no_temp": (
        "{file}：所在的文件夹写不进去（{detail}），文件没有改动。",
        "{file}: its folder cannot be written to ({detail}); the file was not changed.",
    ),
    # Refusals of a request
    "exists": (
        "{file}：已有同名文件，没有覆盖。",
        "{file}: a file of that name is there already; it was not overwritten.",
    ),
    "not_xlsx": ("{file}：文件名要以 .xlsx 结尾。", "{file}: the file's name must end in .xlsx."),
    "no_folder": ("{folder}：没有这个文件夹。", "{folder}: there is no such folder."),
    "no_workbooks": ("{folder}：没有找到 .xlsx 或 .xlsm 工作簿。", "{folder}: no .xlsx or .xlsm workbook found."),
    "bad_map": (
        "--map {text}：要写成 表.列=表头，例如 customers.id=客户代码。",
        "--map {text}: write it as table.column=header, for example customers.id=opportunity_id.",
    ),
    "map_not_found": (
        "{file}：没有找到表头“{header}”（--map {table}.{column}），请检查写法。",
        "{file}: no header {header} was found (--map {table}.{column}); check its spelling.",
    ),
    "no_customers": (
        "{file}：没有找到客户表。需要一行表头，其中有“客户编号”；名称不同时用 --map customers.id=表头 指定。",
        "{file}: no customer table was found. It needs a header row with Customer ID; name another with --map customers.id=HEADER.",
    ),
    "customers_lack": (
        "{file}：工作表“{sheet}”第 {row} 行像客户表，但缺少“{zh}”列；请补上，或用 --map customers.{name}=表头 指定。",
        "{file}: row {row} of sheet {sheet} looks like customers but has no {en} column; add it or name one with "
        "--map customers.{name}=HEADER.",
    ),
    "not_adopted": (
        "{file}：还没有漏斗各表，请先执行 funnelbook adopt。",
        "{file}: it has no Funnelbook sheets yet; run funnelbook adopt first.",
    ),
    "unknown_table": ("没有名为 {table} 的表，可用：{known}。", "There is no table {table}; there are: {known}."),
    "no_result_table": ("{file}：里面没有表 {table}。", "{file}: it holds no table {table}."),
    "no_person_column": ("表 {table} 没有业务员一列。", "Table {table} has no column of persons."),
    "worker_died": (
        "{file}：处理进程意外结束，文件未动。",
        "{file}: the process working on it ended; the file was not touched.",
    ),
    "unexpected": (
        "{file}：程序出错（{detail}），文件没有改动。请把这一行发给我们。",
        "{file}: an error in Funnelbook ({detail}); the file was not touched. Please send us this line.",
    ),
    "demo_refused": ("演示没有完成：{detail}", "The demo could not be made: {detail}"),
    "no_room": (
        "{file}：工作表“{sheet}”上，表 {table} 的右边或下面没有空位，请把那里的内容（如合计行）移开。",
        "{file}: on sheet {sheet} there is no room right of or below table {table}; move what stands there, such as totals.",
    ),
    "formula_cell": (
        "{file}：工作表“{sheet}”的 {cell} 是公式，没有覆盖。请把公式改成数值后再试。",
        "{file}: {cell} on sheet {sheet} holds a formula and was not overwritten; turn it into a value and try again.",
    ),
    "merged_cell": (
        "{file}：工作表“{sheet}”的 {cell} 在合并单元格里，写不进去。请取消合并后再试。",
        "{file}: {cell} on sheet {sheet} is part of merged cells and cannot be written to; unmerge them and try again.",
    ),
    "fed_table": (
        "{file}：工作表“{sheet}”上的表 {table} 由外部查询填充，不能往里写。请转换为普通表格后再试。",
        "{file}: table {table} on sheet {sheet} is filled by a query and cannot be written to; make it an ordinary table first.",
    ),
    "no_column": (
        "{file}：工作表“{sheet}”上没有“{zh}”列，写不进去。请在表头加上这一列再试。",
        "{file}: sheet {sheet} has no column {en} to write to; add it to the header row and try again.",
    ),
    # One line when a button is done
    "done_adopt": (
        "已启用漏斗：认出 {matched} 列，新增 {added} 个工作表。",
        "Set up: {matched} columns recognised, {added} sheets added.",
    ),
    "done_refresh": (
        "已刷新（截至 {as_of}）。数据问题 {problems} 条。",
        "Refreshed as of {as_of}; {problems} data problems.",
    ),
    "done_unchanged": (
        "没有变化（截至 {as_of}）。数据问题 {problems} 条。",
        "Nothing has changed as of {as_of}; {problems} data problems.",
    ),
    "done_folder": (
        "文件夹已刷新：完成 {done} 个，无变化 {unchanged} 个，未能刷新 {refused} 个。{reasons}",
        "Folder refreshed: {done} done, {unchanged} unchanged, {refused} refused. {reasons}",
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
    # Installing the Excel add-in
    "no_excel_here": (
        "Excel 插件只能装在 Windows 或 Mac 上，这台电脑没有 Excel。用 LibreOffice 的话，请执行 funnelbook install --libreoffice。",
        "The Excel add-in needs Windows or a Mac; there is no Excel here. For LibreOffice run funnelbook install --libreoffice.",
    ),
    "excel_runs": (
        "Excel 还开着。请保存并关闭所有 Excel 窗口，再执行一次（看不到窗口时，在任务管理器里结束 Excel）。",
        "Excel is running. Save and close all its windows and run this again (no window? end Excel in the Task Manager).",
    ),
    "excel_never_ran": (
        "没有找到 Excel 的个人文件夹。请打开一次 Excel（WPS 不行），关闭后再执行一次。",
        "Excel has never run for this user. Open Excel once (not WPS), close it and run this again.",
    ),
    "logon_windows_only": (
        "--server-at-logon 只用于 Windows。请去掉这个选项再执行一次。",
        "--server-at-logon is for Windows only. Run this again without it.",
    ),
    "path_not_plain": (
        "Funnelbook 装在“{path}”，路径里有中文或特殊符号，Excel 读不了。"
        "请在默认位置重新安装（uv tool install --reinstall funnelbook），再执行一次。",
        "Funnelbook is in {path}; Excel cannot read a path with letters other than plain English ones. "
        "Install it in the default place (uv tool install --reinstall funnelbook) and run this again.",
    ),
    "xlwings_incomplete": (
        "Funnelbook 没有装完整，缺少文件 {missing}。请执行 uv tool install --reinstall funnelbook，再执行一次。",
        "Funnelbook is not completely installed: {missing} is missing. Run uv tool install --reinstall funnelbook, then this again.",
    ),
    "self_test_failed": (
        "自检没有通过（{detail}），没有安装。请执行 uv tool install --reinstall funnelbook 后再试；仍不行，请把这一行发给 IT。",
        "The self-test failed ({detail}); nothing was installed. Run uv tool install --reinstall funnelbook and try again; "
        "if it still fails, send this line to IT.",
    ),
    "setup_not_written": (
        "{file}：无法写入或删除（{detail}），一切保持原样。请检查杀毒软件是否拦截、磁盘是否已满，再执行一次。",
        "{file}: cannot be written or removed ({detail}); everything is as before. Check that no virus scanner blocks it and the "
        "disk is not full, then run this again.",
    ),
    **LIBREOFFICE,
    "installed": (
        "安装完成。打开 Excel，就能看到“漏斗”选项卡；没有的话，请执行 funnelbook doctor。",
        "Installed. Open Excel: the Funnelbook tab is there. If it is not, run funnelbook doctor.",
    ),
    "installed_over": (
        "已更新到当前版本。打开 Excel 即可使用。",
        "Updated to this version. Open Excel to use it.",
    ),
    "installed_same": (
        "已经装好了，和当前版本一样，无需改动。",
        "Already installed and the same as this version; nothing to do.",
    ),
    "installed_logon": (
        "公式程序会在登录 Windows 时自动启动；请现在注销并重新登录一次。",
        "The formula server starts when you log on to Windows; log off and on once now.",
    ),
    "uninstalled": (
        "插件已从 Excel 中移除，工作簿没有改动。要连程序一起删除，请执行 uv tool uninstall funnelbook。",
        "The add-in is removed from Excel; workbooks are untouched. To remove the program too, run uv tool uninstall funnelbook.",
    ),
    "uninstalled_nothing": (
        "Excel 里没有装过这个插件，无需移除。",
        "The add-in is not installed in Excel; there is nothing to remove.",
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
    "past_as_of_line": (
        "这一天早于最近一次记录，只计算，不记入历史。",
        "This day precedes the last one logged: computed and shown, not logged.",
    ),
    "phone_channel": ("电话", "Phone"),
    "calls_line": (
        "共 {calls} 个电话：约定和过期 {promised} 个，到跟进日 {cadence} 个，新客户 {new} 个。",
        "{calls} calls: {promised} promised or overdue, {cadence} past their cadence, {new} new.",
    ),
    "no_problems_line": ("数据没有问题。", "No problems found."),
    "problems_line": (
        "错误 {errors} 条，提醒 {warnings} 条，说明 {notes} 条。",
        "{errors} errors, {warnings} warnings, {notes} notes.",
    ),
    **CARE_MESSAGES,
    **DIAGNOSIS_MESSAGES,
}


def say(code: str, language: str, **fields: object) -> str:
    """A sentence in a language with its fields filled in."""
    return MESSAGES[code][LANGUAGES.index(language)].format(**fields)
