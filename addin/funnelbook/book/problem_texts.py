"""The problems data can have, in Chinese and English: how severe, what is wrong, what to do."""

from __future__ import annotations

ERROR, WARNING, INFO = "error", "warning", "info"

# code -> severity, (problem, remedy) in Chinese and English
CATALOGUE: dict[str, tuple[str, tuple[str, str], tuple[str, str]]] = {
    "missing_column": (
        ERROR,
        ("缺少必需的列", "在表头加上这一列，否则整张表不会读取"),
        ("A required column is missing", "Add it to the header row; without it the table is not read"),
    ),
    "two_tables": (
        WARNING,
        ("有两处像同一张表，只读取了“{taken}”第 {row} 行的那一处", "合并两张表，或改掉多余那张的表头"),
        (
            "Two places look like this table; the one in row {row} of {taken} was read",
            "Merge them, or change the header of the one that is not meant",
        ),
    ),
    "rows_below": (
        WARNING,
        (
            "表格下面从这一行起有 {count} 行像是它的数据，没有读取",
            "把它们移到表格最后一行的正下方，或拖动表格右下角把它们包进去",
        ),
        (
            "From this row on {count} rows below the table look like its own; they were not read",
            "Move them right below its last row, or drag the corner of the table over them",
        ),
    ),
    "entry_refused": (
        ERROR,
        ("这一行没有记入跟进记录：{why}", "照这句话处理，再刷新；填的内容还在名单里"),
        ("The row is not in Activities: {why}", "Do as it says and refresh; what was typed is still in the list"),
    ),
    "blank_cell": (
        ERROR,
        ("必填的单元格是空的，这一行没有读取", "补上内容"),
        ("A required cell is blank; the row was left out", "Fill it in"),
    ),
    "duplicate": (
        ERROR,
        ("重复，只读取了第一行", "删除重复行，或改正编号"),
        ("Stands more than once; only the first row was read", "Delete the row or correct it"),
    ),
    "bad_number": (ERROR, ("不是数字", "改成数字"), ("Not a number", "Write a number")),
    "too_large": (
        ERROR,
        ("数字大得不合理，没有计入", "改正；最大到 1000 万亿"),
        ("Too large to be meant; it was not counted", "Correct it; up to 1,000,000,000,000,000 is taken"),
    ),
    "team_as_person": (
        WARNING,
        ("这个词指整个团队，不能当人名，按没有填处理", "写业务员的姓名；没有业务员就留空"),
        (
            "This word means the whole team and is nobody's name; it counts as blank",
            "Write a person's name, or leave it blank",
        ),
    ),
    "tier_special": (
        WARNING,
        ("成交、流失、订单、团队不是级别，漏斗里本来就有，这一行没有用", "删除这一行，或换一个级别代码"),
        (
            "Won, Lost, Order and Team are no tiers, every funnel has them; the row was not used",
            "Delete it, or choose another code",
        ),
    ),
    "tier_special_name": (
        WARNING,
        ("名称和“成交”或“流失”相同，分不清，没有采用", "换一个级别名称"),
        ("The name is that of Won or Lost and could mean either; it was not used", "Give the tier another name"),
    ),
    "bad_date": (
        ERROR,
        ("不是有效日期", "写成 2026-05-03 这样的日期"),
        ("Not a date that exists", "Write it as 2026-05-03"),
    ),
    "bad_time": (
        WARNING,
        ("不是时刻，按不限时间处理", "写成 08:30"),
        ("Not a time of day; the channel counts as always open", "Write it as 08:30"),
    ),
    "bad_flag": (WARNING, ("看不懂是“是”还是“否”", "写“是”或“否”"), ("Neither yes nor no", "Write Yes or No")),
    "bad_do_not_call": (
        WARNING,
        ("看不懂是“是”还是“否”，按勿扰处理，不会拨打", "写“是”或“否”"),
        ("Neither yes nor no; the customer is not called", "Write Yes or No"),
    ),
    "unknown_tier": (
        ERROR,
        ("设置里没有这个级别", "改正，或在“设置”的客户级别表中加上"),
        ("Not one of the tiers", "Correct it, or add the tier in Settings"),
    ),
    "unknown_word": (
        WARNING,
        ("不是可选的词", "从下拉列表中选择"),
        ("Not one of the words to choose from", "Choose one from the list"),
    ),
    "error_cell": (ERROR, ("单元格是公式错误", "改正公式"), ("The cell holds an error", "Correct the formula")),
    "unknown_setting": (
        WARNING,
        ("没有这个设置项", "检查拼写或删除这一行"),
        ("There is no such setting", "Check its spelling or delete the row"),
    ),
    "bad_setting": (
        ERROR,
        ("设置值不可用，已用默认值", "按“说明”改正"),
        ("The value cannot be used; the default was", "Correct it as its meaning says"),
    ),
    "no_owner": (
        WARNING,
        ("客户没有业务员，只计入团队", "填写业务员"),
        ("The customer has no owner and counts for the team only", "Fill in the owner"),
    ),
    "unknown_customer": (
        ERROR,
        ("客户表里没有这个客户", "补上客户，或改正编号"),
        ("There is no such customer", "Add the customer or correct the ID"),
    ),
    "unknown_person": (
        WARNING,
        ("业务员表里没有这个人", "在“业务员”表补上，或改正姓名"),
        ("Not in People", "Add the person there or correct the name"),
    ),
    "unknown_outcome": (
        WARNING,
        ("设置里没有这个通话结果，不会改变级别", "改正，或在“设置”的通话结果表中加上"),
        ("Not one of the outcomes; it changes no tier", "Correct it, or add the outcome in Settings"),
    ),
    "entry_outcome": (
        ERROR,
        ("设置里没有这个通话结果，这一行还没有记入跟进记录", "从下拉列表中选择，或在“设置”的通话结果表中加上，再刷新"),
        (
            "Not one of the outcomes; the row is not in Activities yet",
            "Choose one from the list, or add it in Settings, and refresh",
        ),
    ),
    "entry_no_column": (
        ERROR,
        ("跟进记录表里没有这一列，这一行还没有记入", "在跟进记录的表头加上这一列，再刷新"),
        ("Activities has no such column; the row is not in it yet", "Add the column to its header row and refresh"),
    ),
    "negative": (
        ERROR,
        ("金额是负数，没有计入", "改正；退款请用状态“退款”"),
        ("A negative amount; it was not counted", "Correct it; use status Refunded for refunds"),
    ),
    "future": (
        INFO,
        ("日期晚于截至日，暂不计入", "核对日期"),
        ("After the as-of day; not counted yet", "Check the date"),
    ),
    "closed_early": (
        WARNING,
        ("结束日期早于录入日期", "核对两个日期"),
        ("Closed before it was created", "Check both dates"),
    ),
    "bad_phone": (WARNING, ("电话号码无效", "核对号码"), ("Not a valid phone number", "Check the number")),
    "same_phone": (
        WARNING,
        ("与第 {row} 行的客户电话相同，可能重复", "合并或核对"),
        ("The same phone as the customer in row {row}, perhaps the same one", "Merge or check them"),
    ),
    "both_changed": (
        WARNING,
        ("{file}：编号 {key} 的这一格团队表和个人表都改过，没有覆盖", "核对后手工改成正确的值"),
        (
            "{file}: this cell of {key} was changed here and there; it was not overwritten",
            "Decide and correct it by hand",
        ),
    ),
    "owner_change": (
        WARNING,
        (
            "{file}：要把编号 {key} 的业务员从“{was}”改为“{new}”，没有改",
            "同意就在团队表里改（客户也可用“移交”）；不同意就不用动，并告诉本人",
        ),
        (
            "{file} changes the owner of {key} from {was} to {new}; it was not changed",
            "If you agree change it here (or Transfer the customer); if not leave it, and tell the person",
        ),
    ),
    "call_again": (
        WARNING,
        ("{file}：要取消编号 {key} 的勿扰，没有取消", "先核实客户本人同意再联系；同意的，在团队表里清空“勿扰”"),
        (
            "{file} lifts Do not call of {key}; it was not lifted",
            "Make sure that the customer agreed to be called; then clear Do not call here",
        ),
    ),
    "unsigned": (
        WARNING,
        (
            "{file}：底稿没有签名（由旧版本发出，或底稿被换过），改动已收集",
            "核对这份文件的改动；再发放一次，新文件带签名",
        ),
        (
            "{file}: its hidden copy is not signed (an earlier version made it, or it was replaced); its changes were taken",
            "Look over what it changed, and hand out anew: new files are signed",
        ),
    ),
    "other_key": (
        WARNING,
        (
            "{file}：不是用这台电脑这个用户的密钥签名的，无法核实底稿，改动已收集",
            "是在别的电脑上发放的，请在那台电脑上收集，或复制它用户文件夹里的 .funnelbook/handout.key；不是的话，核对这份文件的改动",
        ),
        (
            "{file}: signed with a key that this user does not have on this computer, so its copy is not proved; its changes were taken",
            "Handed out on another computer: collect there, or copy .funnelbook/handout.key from there; else look over its changes",
        ),
    ),
    "row_gone": (
        WARNING,
        ("{file}：改过编号 {key}，但团队表里已没有这一行", "需要的话补回这一行，再收集一次"),
        (
            "{file} changed {key}, which is no longer in the team's table",
            "Put the row back if it is needed and collect again",
        ),
    ),
    "other_customer": (
        WARNING,
        (
            "{file}：新客户 {key}“{called}”的编号在团队表里是另一个客户，这个客户和对它的跟进都没有收集",
            "在个人表里给新客户换一个编号（跟进记录也一样），再收集一次",
        ),
        (
            "{file}: the new customer {key}, {called}, has the ID of another one of the team; neither it nor its calls were collected",
            "Give it another ID in that workbook, in its calls too, and collect again",
        ),
    ),
    "no_column_for": (
        WARNING,
        ("{file}：填了编号 {key} 的这一项，但团队表没有这一列", "在团队表加上这一列，再收集一次"),
        (
            "{file} filled this in for {key}, and the team's table has no such column",
            "Add the column and collect again",
        ),
    ),
    "unknown_phone": (
        ERROR,
        ("客户表里没有这个电话，这一行没有导入", "在客户表补上电话，再导入一次"),
        (
            "No customer has this phone number; the row was not imported",
            "Add the number to a customer and import again",
        ),
    ),
    "similar_name": (
        WARNING,
        ("与第 {row} 行“{name}”的名称相同或相近，可能重复", "合并或核对"),
        ("Nearly the same name as {name} in row {row}", "Merge or check them"),
    ),
    "ordered_early": (
        WARNING,
        ("下单日期早于客户的录入日期", "核对两个日期"),
        ("Ordered before the customer was created", "Check both dates"),
    ),
    "after_closed": (
        WARNING,
        ("客户已于 {closed} 结束，之后又有跟进", "核对日期；重新跟进的，清空客户的结束日期"),
        (
            "The customer was closed on {closed}; this came later",
            "Check the dates; if the customer is back, clear Closed",
        ),
    ),
    "next_before": (
        WARNING,
        ("下次联系早于这次联系", "改正日期"),
        ("The next contact lies before this one", "Correct the date"),
    ),
    "stale": (
        WARNING,
        ("沉睡：{days} 天没有联系，今后也没有约好", "尽快联系，或标为流失"),
        ("Stale: no contact for {days} days and none to come", "Call soon, or mark it Lost"),
    ),
    "no_next_contact": (
        WARNING,
        ("联系过，但没有约好下次联系", "填写下次联系日期"),
        ("Contacted, but no next contact is agreed", "Enter a day for it"),
    ),
    "no_purpose": (
        WARNING,
        ("下次联系没有写目的", "写明为什么再打这个电话"),
        ("The next contact has no purpose", "Enter why to call again"),
    ),
    "bad_period": (
        ERROR,
        ("看不懂这个期间，这一行没有使用", "写成 2026-05、2026-Q2 或 2026"),
        ("Not a period; the row was not used", "Write 2026-05, 2026-Q2 or 2026"),
    ),
    "unknown_field": (
        WARNING,
        (
            "模板里的“{field}”不是可用的字段，原样保留",
            "可用的字段：{客户名称} {联系人} {业务员} {到期日} {节日} {上次订单}",
        ),
        ("{field} is not a field; it was left as typed", "Use {name} {contact} {owner} {due} {festival} {last order}"),
    ),
    "sms_too_long": (
        WARNING,
        ("填好后最长 {length} 字，一条短信只能有 {most} 字", "缩短模板"),
        ("Filled in it takes up to {length} characters; a text message has {most}", "Shorten the template"),
    ),
    "negative_target": (
        ERROR,
        ("目标是负数，没有使用", "改成不小于 0 的数"),
        ("A negative target; it was not used", "Write a number of 0 or more"),
    ),
    "target_conflict": (
        WARNING,
        ("团队目标 {team} 与个人合计 {total} 不一致，按团队目标计算", "改成一致"),
        ("The team's target {team} is not the sum of the people's, {total}; the team's was used", "Make them agree"),
    ),
    "rule_gives_nothing": (
        ERROR,
        ("规则没有金额也没有比例，没有使用", "填上金额或比例；处罚填负数"),
        ("The rule has neither amount nor percent; it was not used", "Enter one of them; a penalty is below 0"),
    ),
    "from_above_to": (
        ERROR,
        ("“从”大于“到”，规则没有使用", "改正这两格"),
        ("From is above To; the rule was not used", "Correct the two cells"),
    ),
    "not_a_rate": (
        ERROR,
        ("这个指标是百分比，规则没有使用", "写成 100% 或 1"),
        ("The metric is a per cent; the rule was not used", "Write it as 100% or 1"),
    ),
    "not_granted": (
        WARNING,
        ("规则没有批准人", "填上有权批准的人"),
        ("Nobody has granted the rule", "Enter who may and did grant it"),
    ),
    "locks_above_total": (
        ERROR,
        ("个人目标合计超过团队目标，无法分解给其他人", "调整目标"),
        ("The people's targets exceed the team's; nothing is left to split", "Adjust the targets"),
    ),
}
