"""What the template says to people: titles, purposes, hints, chart titles, the guide. (zh, en) each."""

from __future__ import annotations

# sheet key -> title, one line on what it is for
SHEET_TEXTS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "customers": (("客户", "Customers"), ("一行一个客户。级别由跟进记录推算，也可以在这里手工改。", "One row a customer. The tier follows from the activities; type over it to set it by hand.")),
    "activities": (("跟进记录", "Activities"), ("每打一个电话记一行。填“结果”即可，级别会自动推算。", "One row a call or message. Fill in the outcome; the tier follows from it.")),
    "orders": (("订单", "Orders"), ("成交的订单。取消、退款的不计入业绩。", "Orders won. Cancelled and refunded ones do not count.")),
    "people": (("业务员", "People"), ("团队成员。离职的把“在岗”改为“否”，不要删行。", "The team. Set Active to No for leavers rather than deleting the row.")),
    "leave": (("请假", "Leave"), ("请假的日子不计入可用工作日。", "Days of leave do not count as working days.")),
    "targets": (("目标", "Targets"), ("每个期间先填团队一行；个人不填的，按产能自动分解。修订时加一行，版本加 1。", "One row for the team and period; people without a row get a share by capacity. To revise, add a row with the next revision.")),
    "settings": (("设置", "Settings"), ("级别、通话结果和各项规则。按业务情况修改，下次刷新生效。", "Tiers, outcomes and rules. Change them to fit; the next refresh uses them.")),
    "calendar": (("日历", "Calendar"), ("只填例外：放假写“否”，调休上班写“是”。周一至周五默认上班。", "Exceptions only: No for a holiday, Yes for a working weekend day. Monday to Friday are working days.")),
    "funnel": (("漏斗", "Funnel"), ("各级别有多少客户、转化率多少、为了目标还缺多少。", "How many customers stand at each tier, how many go on, and how many are missing for the target.")),
    "week_plan": (("周计划", "Week plan"), ("每周要新增多少各级别客户、完成多少订单，每次刷新按实际重排。", "What each week must bring at every tier, planned anew from what happened at each refresh.")),
    "calls": (("今日电话", "Today's calls"), ("每人今天打给谁、为什么、谈什么，从上往下打。", "Whom each person calls today, why and what about; call from the top down.")),
    "daily_report": (("日报", "Daily report"), ("每人每天打了多少电话、推进了多少客户、约定跟进做了没有；客户为什么不买。全部取自跟进记录，不用另填。", "What each person did each day, which promises were kept, and why customers do not buy: filled from the log, no retyping.")),
    "find": (("查找客户", "Find a customer"), ("一个客户的全部往来：资料、跟进、订单、级别变动。", "All there is about a customer: master data, activities, orders, moves.")),
    "board": (("龙虎榜", "Board"), ("谁完成了多少，和时间进度比是超前还是落后。", "Who has done how much, ahead of or behind the time gone.")),
    "diagnosis": (("诊断", "Diagnosis"), ("每人为什么没有达成目标：九个问题，用数据回答；数据不够就不下结论。", "Why each person misses the target: nine questions answered from data, or left open where it is too little.")),
    "causes": (("归因", "Causes"), ("差额从哪里来：每个因素占多少，加起来正好是差额。", "Where the gap comes from: what each driver adds, summing to the gap.")),
    "tracking": (("个人追踪", "Tracking"), ("在黄色的单元格里选业务员，下面各项马上跟着变：目标完成、差距、各级别、每周计划。", "Choose a person in the yellow cell and all below follows: target, gap, tiers, the plan week by week.")),
    "care": (("客户关怀", "Care"), ("该联系哪些老客户、说什么；以及老客户和新客户哪个更划算。", "Which customers to look after and what to say; and what existing customers bring against new ones.")),
    "summary": (("期末总结", "Summary"), ("整个期间的平均转化率，以及最初计划完成了多少。", "Average conversion over the period, and how much of the first plan was done.")),
    "what_if": (("试算", "What-if"), ("改黄色的单元格，马上看到各级别还缺多少、形态、达成概率和每周计划。", "Change a yellow cell and see at once what is missing, the shape, the chance and the plan of each week.")),
    "meeting": (("会议", "Meeting"), ("开团队会议用，可直接打印：每人的目标、完成、漏斗形态、主要原因，以及谁帮谁。", "To print for the team meeting: each person's target, results, shape and main cause, and who helps whom.")),
    "rewards": (("奖惩", "Rewards"), ("按“设置”里的奖惩规则算出每人该得多少、哪天该兑现。兑现后填“兑现日期”，填过的行不再改动。", "What each person is due by the reward rules in Settings, and by when. Enter Paid on when it is paid; such rows never change again.")),
    "problems": (("数据检查", "Problems"), ("数据里的问题：在哪里、怎么改。改完再刷新。", "What is wrong in the data: where it is and what to do. Mend it and refresh.")),
    "history": (("级别变动", "Tier history"), ("每个客户的级别变动记录，只增不改。", "Every move of every customer; rows are added, never changed.")),
    "plan_history": (("计划历史", "Plan history"), ("每次刷新时的计划，只增不改。", "Every plan ever made; rows are added, never changed.")),
    "target_history": (("目标历史", "Target history"), ("目标的每次变动：原值、新值、原因、谁改的，只增不改。", "Every change of a target: old, new, reason and by whom; rows are added, never changed.")),
    "seen": (("上次所见", "Last seen"), ("", "")),
    "bookkeeping": (("Funnelbook", "Funnelbook"), ("", "")),
}  # fmt: skip

CHARTS: dict[str, tuple[str, str]] = {
    "funnel_ideal": ("团队漏斗：现有与理想", "Team funnel: stock against ideal"),
    "funnel_need": ("团队：现有与需要", "Team: stock against needed"),
    "plan_done": ("团队订单：计划与完成", "Team orders: planned and done"),
    "daily_calls": ("团队每天：电话量与订单（右轴）", "Team by day: calls, and orders (right axis)"),
    "objections": ("客户为什么不买", "Why customers do not buy"),
    "target_done": ("订单：目标与完成", "Orders: target and done"),
    "completion": ("完成率与时间进度", "Completion against time gone"),
    "contributions": ("落后最多的人：各因素的影响", "Furthest behind: what each driver adds"),
    "old_new_amount": ("团队：每通电话带来的金额", "Team: amount per call"),
    "old_new_calls": ("团队：每单要打的电话", "Team: calls per order"),
    "average_rates": ("团队平均转化率", "Team average conversion"),
}

# the What-if sheet: label, hint
WHAT_IF: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "target": (("订单目标", "Order target"), ("本期要做成的订单数", "Orders wanted in the period")),
    "won": (("已成交", "Won"), ("本期已经做成的订单数", "Orders won in it so far")),
    "arrivals": (
        ("新客户带来", "From new prospects"),
        ("预计新客户在期内带来的订单数", "Orders expected from prospects yet to come"),
    ),
    "from": (("开始日期", "From"), ("计划从哪天起", "First day of the plan")),
    "to": (("结束日期", "To"), ("到哪天止，含当天", "Last day, included")),
    "gap": (("还差", "Still to win"), ("目标减去已成交", "Target less won")),
    "shape": (("漏斗形态", "Shape"), ("", "")),
    "advice": (("建议", "Advice"), ("", "")),
    "chance": (("达成概率", "Chance"), ("", "")),
}
WHAT_IF_SECTIONS = {
    "inputs": ("目标", "Target"),
    "tiers": ("各级别客户与转化率", "Customers and conversion by tier"),
    "answers": ("漏斗怎么样", "How the funnel stands"),
    "weeks": ("每周计划", "Plan by week"),
}
WHAT_IF_COLUMNS = (
    ("级别", "Tier"),
    ("现有客户", "Stock"),
    ("转化率", "Rate"),
    ("成交概率", "Chance of an order"),
    ("需要", "Needed"),
    ("缺口", "Missing"),
)
WHAT_IF_WEEKS = (("周", "Week"), ("工作日", "Working days"), ("计划订单", "Orders planned"))
WHAT_IF_NOTE = (
    "显示 #NAME? 说明这台电脑还没有安装 Excel 插件：funnelbook install。",
    "#NAME? means that the Excel add-in is not installed on this computer: funnelbook install.",
)

# the Tracking sheet
TRACKING = {
    "person": ("业务员", "Person"),
    "tier": ("看哪一级", "Tier"),
    "choose": ("选一名业务员，看差距从哪来", "Choose a person to see where the gap comes from"),
    "bar": ("订单：■ 完成 □ 未完成", "Orders: ■ done □ to do"),
}
TRACKING_SECTIONS = {
    "results": ("业绩与时间进度", "Results against time"),
    "causes": ("差距从哪来", "Where the gap comes from"),
    "tiers": ("各级别：客户、转化率、计划完成", "Tiers: customers, conversion, plan done"),
    "weeks": ("每周：计划与完成", "Week by week: planned and done"),
}

FOOTER = ("&L&A&R第 &P / &N 页", "&L&A&RPage &P of &N")

# heading, lines; a line "sheet:text" links to that sheet
GUIDE: tuple[tuple[tuple[str, str], tuple[tuple[str, str, str], ...]], ...] = (
    (("第一天", "Day one"), (
        ("people", "填上团队成员和入职日期", "Enter the team and their start dates"),
        ("customers", "把客户名单粘贴进来：客户编号、名称、业务员最要紧", "Paste your customers: ID, name and owner matter most"),
        ("targets", "填本月团队的订单和金额目标", "Enter the team's target of orders and amount for the month"),
        ("settings", "看一遍级别和通话结果，改成你们自己的说法", "Go through tiers and outcomes and make them yours"),
    )),
    (("每天", "Every day"), (
        ("calls", "照名单从上往下打", "Call from the top of the list down"),
        ("activities", "每个电话记一行：时间、客户、结果、下次联系", "One row a call: time, customer, outcome, next contact"),
        ("orders", "成交当天登记订单", "Enter orders on the day they are won"),
        ("", "刷新工作簿，看龙虎榜", "Refresh the workbook and look at the board"),
        ("daily_report", "看日报：谁的电话少了、谁的约定没跟进", "Look at the daily report: whose calls fall, whose promises were not kept"),
    )),
    (("每周", "Every week"), (
        ("funnel", "看漏斗形态和缺口：哪个级别断了、哪个级别堵了", "Look at the shape and the gaps: which tier runs dry, which is stuck"),
        ("week_plan", "看本周计划，标“滞后”的先做", "Look at the week's plan; do what is late first"),
        ("problems", "把数据问题改完", "Mend what is listed there"),
    )),
    (("期末", "At the end of the period"), (
        ("summary", "看平均转化率和计划完成情况，定下期目标", "Look at average conversion and what was done, and set the next target"),
    )),
)  # fmt: skip

GUIDE_TITLE = ("漏斗管理工作簿", "Funnel workbook")
GUIDE_LEAD = (
    "白底表由你填写，漏斗、周计划、龙虎榜等结果表由 Funnelbook 计算，刷新时重写。可以加列、改名、排序、筛选。",
    "You fill in the input sheets; the result sheets are worked out by Funnelbook and rewritten at each refresh. Add columns, rename, sort and filter as you like.",
)
GUIDE_PROBLEMS = ("数据问题有几条", "Problems in the data")
GUIDE_SEVERITIES: dict[str, tuple[str, str]] = {
    "error": ("这一格或这一行没有计入，先改这些", "The cell or row was left out: mend these first"),
    "warning": ("照常计入，但请核对或补上", "Counted as usual, but check it or fill it in"),
    "info": ("供参考", "For information"),
}
GUIDE_TIERS = ("客户级别（从低到高）", "Tiers, from the lowest")
GUIDE_SHAPES = ("漏斗形态怎么看", "How to read the shape")
SHAPES = ("ideal", "top_heavy", "bulge", "hour_glass", "bottom_heavy", "mixed", "too_few")
