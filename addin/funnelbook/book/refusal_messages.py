"""What is said when a file cannot be read or written, in Chinese and English: what it is, what to do."""

from __future__ import annotations

REFUSALS: dict[str, tuple[str, str]] = {
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
        "{file}：这是旧的 .xls 格式。请在 Excel 中另存为 .xlsx；或执行 funnelbook adopt 文件.xls --as-xlsx，在旁边另存一份再启用。",
        "{file}: this is the old .xls format. Save it as .xlsx in Excel, or run funnelbook adopt FILE.xls --as-xlsx, "
        "which makes one beside it.",
    ),
    "xls_copy": (
        "{file}：这是旧的 .xls 格式，没有改动。再加上 --as-xlsx，就在旁边另存一份 {target} 并启用漏斗：各表的文字、数值、日期都在，"
        "公式只留下结果，格式、图表、图片、批注、宏都不带。要全部保留，请在 Excel 中另存为 .xlsx。",
        "{file}: this is the old .xls format; it was not touched. With --as-xlsx a copy {target} is made beside it and set up: "
        "texts, numbers and dates of every sheet are in it, formulas as their results; formats, charts, pictures, comments and macros "
        "are not. To keep all, save it as .xlsx in Excel.",
    ),
    "text_file": (
        "{file}：这是文本文件，不是工作簿。执行 funnelbook adopt，会在旁边做一份同名的 .xlsx，原文件不动。",
        "{file}: this is a text file, no workbook. funnelbook adopt makes an .xlsx of the same name beside it and leaves it as it is.",
    ),
    "save_as_xlsx": (
        "{file}：这种格式存不下漏斗各表，没有添加。请先另存为 .xlsx，再点“启用漏斗”。",
        "{file}: a file of this kind cannot hold the Funnelbook sheets, so none was added. Save it as .xlsx first, then click Set up.",
    ),
    "cell_too_long": (
        "{file}：第 {row} 行第 {column} 列的文字超过 32767 个字符，Excel 放不下，没有另存。请缩短后再试。",
        "{file}: row {row}, column {column} holds more than the 32,767 characters a cell of Excel takes; no workbook was made. "
        "Shorten it and try again.",
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
    "unsound": (
        "{file}：写入后 {part} 会有问题（{detail}），所以什么都没有写；请在 Excel 中打开、修复并另存后再试。",
        "{file}: part {part} would not be sound ({detail}), so nothing was written; open, repair and save it in Excel, then try again.",
    ),
    "too_large": (
        "{file}：工作表“{sheet}”的内容太多，无法读取；请把旧数据移到另一个文件再试。",
        "{file}: sheet {sheet} holds too much to be read; move old data to another file and try again.",
    ),
    "too_wide": (
        "{file}：工作表“{sheet}”的 {cell} 离表格太远，内存放不下；请删除右边多余的单元格再试。",
        "{file}: cell {cell} of sheet {sheet} is too far from its table to be read; delete what is not needed there and try again.",
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
        "{file}：工作簿结构被保护，不能添加工作表。请在“审阅 > 保护工作簿”中取消后再试；命令行也可以加上 --allow-protected，保护不变。",
        "{file}: the workbook's structure is protected, so no sheet was added. Lift that under Review > Protect Workbook and try again; "
        "on the command line --allow-protected adds them too, and the protection stays.",
    ),
    "protected_sheet": (
        "{file}：工作表“{sheet}”受保护，没有写入。请在“审阅 > 撤消工作表保护”后再试；命令行也可以加上 --allow-protected，保护不变。",
        "{file}: sheet {sheet} is protected and nothing was written. Lift that under Review > Unprotect Sheet and try again; on the "
        "command line --allow-protected writes too, and the protection stays.",
    ),
    "write_reserved": (
        "{file}：文件设了“修改权限密码”，没有写入。请在 Excel 的“另存为 > 工具 > 常规选项”中去掉密码后再试；命令行也可以加上 "
        "--allow-protected，密码不变。",
        "{file}: a password is needed to modify the file, so nothing was written. Take it off in Excel under Save As > Tools > General "
        "Options and try again; on the command line --allow-protected writes too, and the password stays.",
    ),
    "read_only": (
        "{file}：文件是只读的，请取消只读后再试。",
        "{file}: the file is read-only; lift that and try again.",
    ),
    "open_elsewhere": (
        "{file}：文件正在别处打开（旁边有锁定文件 {lock}），请先关闭再试。如果没有人打开它，那是上次没有正常退出留下的，删除 {lock} 即可。",
        "{file}: the file is open elsewhere (beside it is {lock}); close it and try again. If nobody has it open, a program did not "
        "end properly: delete {lock}.",
    ),
    "in_use": (
        "{file}：文件被占用或没有权限，请先在 Excel 等程序中关闭再试。",
        "{file}: another program has the file, or it is not yours to open; close it in Excel and try again.",
    ),
    "busy": (
        "{file}：另一个漏斗命令正在保存这个文件，没有写入；请稍后再试。",
        "{file}: another Funnelbook command is saving this file; nothing was written, try again in a moment.",
    ),
    "link_loop": (
        "{file}：这个链接绕了一圈又指回自己，找不到文件。请直接用文件本身，或重新建立链接。",
        "{file}: the link leads in a circle and to no file; name the file itself, or make the link anew.",
    ),
    "unreadable": (
        "{file}：文件读不出来（{detail}）。请检查磁盘或网络连接和权限，再试一次。",
        "{file}: the file cannot be read ({detail}); see to its disk, network or rights, and try again.",
    ),
    "no_place_for_versions": (
        "{file}：旧版本没有地方存放：{folder} 被别的文件、链接或别人的文件夹占用了，没有写入。请把它们移开。",
        "{file}: there is no place to keep its earlier version: {folder} is a file, a link or somebody else's folder; nothing was "
        "written. Move those out of the way.",
    ),
    "half_saved": (
        "{file}：保存中途出错（{detail}）。原来的内容在旁边的 {kept} 里，请勿删除，再执行一次即可恢复。",
        "{file}: saving failed half-way ({detail}). What was there is in {kept} beside it: do not delete that, run it again to put "
        "things right.",
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
        "{file}：已有同名文件，没有覆盖。请先把它改名或移到别处再试，或另取一个文件名。",
        "{file}: a file of that name is there already; it was not overwritten. Rename or move it and try again, or choose another name.",
    ),
    "not_xlsx": ("{file}：文件名要以 .xlsx 结尾。", "{file}: the file's name must end in .xlsx."),
    "no_customer": (
        "没有找到客户“{text}”。可以用客户编号，或名称、电话的一部分。",
        "No customer matches {text}; use an ID, or a part of a name or phone number.",
    ),
    "many_customers": (
        "“{text}”对应 {count} 个客户（{some}），请用客户编号。",
        "{text} fits {count} customers ({some}); use the customer's ID.",
    ),
    "nothing_to_log": (
        "没有要记的内容：至少写明结果、级别、下次联系、下次目的、备注中的一项。",
        "There is nothing to log: give an outcome, a tier, a next contact, a next purpose or a note.",
    ),
    "bad_entry": (
        "{column}“{value}”没有记入：{problem}。{remedy}。",
        "{column} {value} was not logged: {problem}. {remedy}.",
    ),
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
        "{file}：还没有启用漏斗，没有改动。请先点“启用漏斗”（funnelbook adopt）。",
        "{file}: not set up: adopt first (Set up / adopt, or funnelbook adopt). Nothing was changed.",
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
        "{file}：工作表“{sheet}”上，表 {table} 加行会拆开旁边或下面的内容（另一张表、合并单元格、数组公式），没有写入；请把它移开再试。",
        "{file}: on sheet {sheet}, rows or columns added to table {table} would tear what stands beside or below it (another table, "
        "merged cells, an array formula), so nothing was written; move that away and try again.",
    ),
    "cannot_follow": (
        "{file}：加行后，“{where}”里的引用 {text} 无法跟着变，所以没有写入；请把它改成引用整列或表格名称，再试一次。",
        "{file}: with rows added, the reference {text} in {where} could not follow, so nothing was written; have it refer to a whole "
        "column or to the table by name and try again.",
    ),
    "formula_cell": (
        "{file}：工作表“{sheet}”的 {cell} 是公式，没有覆盖。请把公式改成数值后再试。",
        "{file}: {cell} on sheet {sheet} holds a formula and was not overwritten; turn it into a value and try again.",
    ),
    "merged_cell": (
        "{file}：工作表“{sheet}”的 {cell} 在合并单元格里，写不进去。请取消合并后再试。",
        "{file}: {cell} on sheet {sheet} is part of merged cells and cannot be written to; unmerge them and try again.",
    ),
    "bad_table": (
        "{file}：工作表“{sheet}”上的表 {table} 写得不对（{detail}），Excel 打开时也要修复，没有读取。请在 Excel 中打开、修复并另存后再试。",
        "{file}: table {table} on sheet {sheet} is not as Excel writes one ({detail}) and was not read; open and repair it in Excel, save, "
        "and try again.",
    ),
    "fed_table": (
        "{file}：工作表“{sheet}”上的表 {table} 由外部查询填充，写进去的内容下次更新就会丢，所以没有写。请在“表设计 > 取消链接”后再试。",
        "{file}: table {table} on sheet {sheet} is filled by a query, whose next refresh would take away what is written; "
        "unlink it (Table Design > Unlink) and try again.",
    ),
    "no_column": (
        "{file}：工作表“{sheet}”上没有“{zh}”列，写不进去。请在表头加上这一列再试。",
        "{file}: sheet {sheet} has no column {en} to write to; add it to the header row and try again.",
    ),
}
