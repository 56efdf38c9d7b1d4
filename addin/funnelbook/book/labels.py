"""What people read: sheet names and column headers in Chinese and English, and the aliases a header is recognised by."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from funnelbook.book.schema import TABLES, Table
from funnelbook.book.sheet_labels import SHEETS, TITLES
from funnelbook.words import LANGUAGES

_MARKS = re.compile(r"[\s_\-*:：()（）]+")

# column -> (zh, en, further aliases). `Table.column` overrides `column`.
COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("客户编号", "Customer ID", "编号", "客户号", "客户ID", "id", "customer no", "customer number", "account id"),
    "name": ("客户名称", "Customer", "客户", "名称", "公司", "公司名称", "name", "customer name", "company", "account"),
    "contact": ("联系人", "Contact", "contact person", "contact name"),
    "phone": ("电话", "Phone", "手机", "联系电话", "电话号码", "手机号", "tel", "telephone", "mobile", "phone number"),
    "email": ("邮箱", "E-mail", "邮件", "电子邮箱", "email", "mail"),
    "source": ("来源", "Source", "客户来源", "渠道来源", "lead source"),
    "owner": (
        "业务员",
        "Owner",
        "负责人",
        "销售",
        "销售员",
        "跟进人",
        "salesperson",
        "sales rep",
        "rep",
        "agent",
        "sales agent",
    ),
    "tier": ("级别", "Tier", "客户级别", "等级", "阶段", "stage", "deal stage", "level"),
    "expected_value": ("预计金额", "Expected value", "预计成交额", "意向金额", "expected amount", "deal value"),
    "created": ("录入日期", "Created", "创建日期", "录入时间", "登记日期", "created on", "date added"),
    "closed": ("结束日期", "Closed", "关闭日期", "成交日期", "close date", "closed on"),
    "next_contact": (
        "下次联系",
        "Next contact",
        "下次联系日期",
        "下次跟进",
        "下次跟进日期",
        "next call",
        "follow up on",
    ),
    "next_purpose": ("下次目的", "Next purpose", "跟进目的", "purpose"),
    "next_channel": ("下次方式", "Next channel", "下次联系方式"),
    "objection": ("未购原因", "Objection", "异议", "拒绝原因", "reason not bought"),
    "do_not_call": ("勿扰", "Do not call", "请勿致电", "禁呼", "dnc"),
    "birthday": ("生日", "Birthday", "出生日期", "date of birth"),
    "note": ("备注", "Note", "说明", "notes", "remark", "remarks", "comment"),
    "activity_id": ("流水号", "Activity ID", "记录号", "activity no", "call id"),
    "at": (
        "时间",
        "Time",
        "日期",
        "联系时间",
        "通话时间",
        "跟进时间",
        "跟进日期",
        "at",
        "date",
        "call time",
        "datetime",
    ),
    "channel": ("方式", "Channel", "联系方式", "跟进方式"),
    "connected": ("接通", "Connected", "是否接通", "接通否"),
    "minutes": ("分钟", "Minutes", "通话分钟", "时长", "通话时长", "duration"),
    "outcome": ("结果", "Outcome", "通话结果", "跟进结果", "result", "call result", "disposition"),
    "tier_after": ("级别", "Tier after", "跟进后级别", "更新级别", "新级别", "tier"),
    "quote": ("报价", "Quote", "报价金额", "quoted amount"),
    "order_id": ("订单号", "Order ID", "订单编号", "合同号", "order no", "order number"),
    "date": ("日期", "Date", "下单日期", "订单日期", "成交日期", "order date"),
    "amount": ("金额", "Amount", "订单金额", "成交金额", "order amount", "revenue"),
    "margin": ("毛利", "Margin", "毛利额", "利润", "gross margin", "profit"),
    "paid": ("回款", "Paid", "已回款", "回款金额", "amount paid"),
    "status": ("状态", "Status", "订单状态", "order status"),
    "person": ("业务员", "Person", "姓名", "销售", "销售员", "salesperson", "sales rep", "rep"),
    "start": ("入职日期", "Start", "入职时间", "start date", "hired", "joined"),
    "active": ("在岗", "Active", "是否在岗", "在职"),
    "daily_calls": ("每日电话量", "Daily calls", "日电话量", "calls per day"),
    "capacity": ("产能系数", "Capacity", "产能", "capacity factor"),
    "from": ("开始", "From", "开始日期", "起"),
    "to": ("结束", "To", "结束日期", "止"),
    "period": ("期间", "Period", "月份", "周期", "month"),
    "revision": ("版本", "Revision", "修订号", "version"),
    "orders_proposed": ("拟定订单", "Proposed orders"),
    "amount_proposed": ("拟定金额", "Proposed amount"),
    "margin_proposed": ("拟定毛利", "Proposed margin"),
    "orders": ("订单", "Orders", "订单数", "目标订单", "order target", "order count"),
    "agreed_on": ("确认日期", "Agreed on"),
    "agreed_by": ("确认人", "Agreed by"),
    "locked": ("锁定", "Locked"),
    "reason": ("修订原因", "Reason", "revision reason"),
    "author": ("编制人", "Author"),
    "order": ("顺序", "Order", "序号", "sequence"),
    "code": ("代码", "Code", "级别代码", "tier code"),
    "definition": ("定义", "Definition"),
    "rate": ("转化率", "Conversion rate"),
    "dwell_days": ("默认停留天", "Dwell days", "停留天数"),
    "cadence_days": ("跟进间隔天", "Cadence days", "跟进间隔"),
    "advice": ("建议", "Advice"),
    "quoted": ("报价", "Quoted", "是否报价"),
    "max_chars": ("最长字数", "Max characters"),
    "confirm_by": ("确认方式", "Confirm by"),
    "confirm_days": ("确认天数", "Confirm within days"),
    "next_step": ("下一步", "Next step"),
    "month": ("入职月数", "Month", "第几月"),
    "factor": ("系数", "Factor", "爬坡系数"),
    "event": ("事项", "Event", "关怀事项"),
    "days": ("天数", "Days", "days after"),
    "value_class": ("客户价值", "Value class"),
    "template": ("模板", "Template", "话术模板"),
    "rule": ("规则", "Rule"),
    "metric": ("指标", "Metric"),
    "percent": ("比例", "Percent"),
    "cap": ("上限", "Cap"),
    "granted_by": ("批准人", "Granted by"),
    "proposed": ("拟定目标", "Proposed"),
    "cause": ("主要原因", "Main cause"),
    "helper": ("帮扶人", "Helper"),
    "topic": ("环节", "Step"),
    "helper_rate": ("帮扶人实绩", "Helper's rate"),
    "helper_cases": ("帮扶人样本", "Helper's cases"),
    "measure": ("项目", "Measure"),
    "old": ("原目标", "Old"),
    "new": ("新目标", "New"),
    "by": ("操作人", "By"),
    "measured": ("实绩", "Measured"),
    "paid_on": ("兑现日期", "Paid on"),
    "workday": ("工作日", "Workday", "是否工作日"),
    "weight": ("系数", "Weight", "权重"),
    "greeting": ("问候", "Greeting"),
    "key": ("项目", "Key", "设置项", "setting"),
    "value": ("值", "Value", "取值"),
    "meaning": ("说明", "Meaning"),
    "stock": ("现有", "Stock"),
    "expected": ("理想", "Ideal"),
    "ratio": ("现有/理想", "Stock / ideal"),
    "reached": ("到达过", "Reached"),
    "cases": ("样本", "Cases"),
    "rate_raw": ("原始转化率", "Raw rate"),
    "rate_low": ("下限", "Low"),
    "rate_high": ("上限", "High"),
    "estimate": ("估计值", "Estimate"),
    "lead_days": ("到成交天数", "Days to order"),
    "needed": ("需要", "Needed"),
    "missing": ("缺口", "Missing"),
    "p_in_time": ("期内成交概率", "Order in time"),
    "open": ("在谈客户", "Open"),
    "shape": ("形态", "Shape"),
    "target": ("目标", "Target"),
    "won": ("已成交", "Won"),
    "gap": ("差额", "Gap"),
    "new_in_time": ("需新增客户", "New prospects"),
    "first_calls": ("首次电话量", "First calls"),
    "chance": ("达成概率", "Chance"),
    "target_amount": ("目标金额", "Target amount"),
    "amount_p10": ("金额（保守）", "Amount P10"),
    "amount_p50": ("金额（居中）", "Amount P50"),
    "amount_p90": ("金额（乐观）", "Amount P90"),
    "chance_amount": ("金额达成概率", "Chance of amount"),
    "dry_tier": ("将断档级别", "Tier running dry"),
    "dry_week": ("断档周", "Dry week"),
    "week": ("周", "Week"),
    "workdays": ("工作日", "Working days"),
    "planned": ("计划", "Planned"),
    "done": ("完成", "Done"),
    "completion": ("完成率", "Completion"),
    "late": ("滞后", "Late"),
    "why": ("原因", "Why"),
    "due": ("到期日", "Due"),
    "last_contact": ("上次联系", "Last contact"),
    "hours": ("时段", "Hours"),
    "flag": ("提醒", "Flag"),
    "tries": ("今日已拨", "Tries today"),
    "last_note": ("上次内容", "Last note"),
    "remark": ("备注", "Remark"),
    "search": ("查找", "Find"),
    "rank": ("名次", "Rank"),
    "time_progress": ("时间进度", "Time progress"),
    "ahead": ("超前/落后", "Ahead / behind"),
    "forecast": ("预测", "Forecast"),
    "star": ("明星", "Star"),
    "question": ("问题", "Question"),
    "benchmark": ("参照", "Benchmark"),
    "low": ("下限", "Low"),
    "high": ("上限", "High"),
    "verdict": ("结论", "Verdict"),
    "driver": ("因素", "Driver"),
    "actual": ("实际", "Actual"),
    "contribution": ("影响", "Contribution"),
    "kind": ("客户类型", "Customers"),
    "calls": ("电话量", "Calls"),
    "calls_per_order": ("每单电话量", "Calls per order"),
    "amount_per_call": ("每通电话金额", "Amount per call"),
    "message": ("问候内容", "Message"),
    "last_done": ("上次关怀", "Last care"),
    "repeat_orders": ("关怀带来的订单", "Orders from care"),
    "average_rate": ("平均转化率", "Average rate"),
    "first_plan": ("最初计划", "First plan"),
    "connects": ("接通量", "Connects"),
    "connect_rate": ("接通率", "Connect rate"),
    "new_customers": ("新增客户", "New customers"),
    "moves_up": ("推进客户", "Moves up"),
    "quotes": ("报价数", "Quotes"),
    "followups_due": ("应跟进", "Follow-ups due"),
    "followups_done": ("已跟进", "Follow-ups done"),
    "calls_per_day": ("日均电话量", "Calls per day"),
    "minutes_per_call": ("每通分钟", "Minutes per call"),
    "connects_per_order": ("每单接通量", "Connects per order"),
    "lost": ("已流失", "Lost"),
    "share": ("占比", "Share"),
    "table": ("表", "Table"),
    "row": ("行", "Row"),
    "column": ("列", "Column"),
    "problem": ("问题", "Problem"),
    "remedy": ("处理办法", "Remedy"),
    "severity": ("程度", "Severity"),
    "from_tier": ("原级别", "From"),
    "to_tier": ("新级别", "To"),
    "as_of": ("截至", "As of"),
    "sheet": ("工作表", "Sheet"),
    "header": ("表头", "Header"),
    "row_key": ("行标识", "Row key"),
    "People.person": ("姓名", "Person", "业务员", "员工", "销售", "name", "salesperson", "sales rep", "rep", "agent"),
    "Leave.person": ("姓名", "Person", "业务员", "员工", "name"),
    "Activities.note": ("内容", "Note", "跟进内容", "沟通内容", "备注", "notes", "remark"),
    "Targets.orders": ("订单", "Orders", "订单数", "目标订单", "order target"),
    "Tiers.name": ("名称", "Name", "级别名称", "tier name"),
    "Tiers.rate": ("默认转化率", "Default rate", "转化率", "rate"),
    "Tiers.minutes": ("每通分钟", "Minutes per call", "minutes"),
    "Tiers.code": ("代码", "Code", "级别", "级别代码", "tier", "tier code"),
    "Channels.from": ("最早", "Earliest", "from"),
    "Channels.to": ("最晚", "Latest", "to"),
    "Channels.advice": ("注意", "Mind", "advice"),
    "RewardRules.from": ("从", "From"),
    "RewardRules.to": ("到", "To"),
    "Pairs.rate": ("实绩", "Rate"),
    "Rewards.amount": ("奖惩金额", "Reward", "金额", "amount"),
    "Rewards.due": ("应兑现日", "Due"),
    "Rewards.status": ("状态", "Status"),
    "Calendar.name": ("名称", "Name", "节日", "holiday"),
    "WeekPlan.tier": ("级别", "Tier"),
    "Found.kind": ("类别", "Kind"),
    "Found.at": ("时间", "Time"),
    "Found.note": ("内容", "Note"),
    "CallList.rank": ("序号", "No."),
    "CallList.purpose": ("目的", "Purpose"),
    "CallList.chance": ("成交概率", "Chance"),
    "CallList.tier_after": ("新级别", "New tier"),
    "CallList.next_purpose": ("下次目的", "Next purpose"),
    "History.at": ("日期", "Date"),
    "TargetHistory.at": ("日期", "Date"),
    "History.source": ("来源", "Source"),
    "Summary.done": ("完成", "Done"),
    "Pairs.benchmark": ("其他人", "The others"),
    "Causes.target": ("参照", "Benchmark"),
    "Board.orders": ("订单", "Orders"),
    "Effort.orders": ("订单", "Orders"),
    "Settings.value": ("值", "Value", "取值"),
}


def normalise(text: object) -> str:
    """A header as it is compared: full width folded, case, white space and surrounding marks dropped."""
    said = str(text)
    folded = said if said.isascii() else unicodedata.normalize("NFKC", said)
    return _MARKS.sub("", folded.casefold())


def _entry(table: Table, column: str) -> tuple[str, ...]:
    return COLUMNS.get(f"{table.name}.{column}") or COLUMNS[column]


def header(table: Table, column: str, language: str) -> str:
    """The header shown above a column."""
    return _entry(table, column)[LANGUAGES.index(language)]


@dataclass(frozen=True)
class Header:
    """A column as a field of a message: read as the header of each language."""

    table: str
    column: str

    def text(self, language: str) -> str:
        """The header shown above the column."""
        return header(TABLES[self.table], self.column, language)


@cache
def aliases(table: Table, column: str) -> tuple[str, ...]:
    """Every normalised text a column's header is recognised by, the schema name included, best first."""
    return tuple(dict.fromkeys(map(normalise, (*_entry(table, column), column))))


def title(table: Table, language: str) -> str:
    """The name of a table as people read it."""
    return TITLES[table.name][LANGUAGES.index(language)]


def sheet_name(key: str, language: str) -> str:
    """The name of a sheet in a language."""
    return SHEETS[key][LANGUAGES.index(language)]
