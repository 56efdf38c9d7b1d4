# ruff: noqa: E501 (a table of texts, one entry a line)
"""What 0.1.0 wrote at the head of its sheets, by which a workbook it made is known: it left no marks."""

from __future__ import annotations

# sheet key -> what it was called where it is called otherwise now (zh)
CALLED: dict[str, tuple[str, ...]] = {"causes": ("归因",)}

# sheet key -> the line under the title (zh, en); never to be changed
HEADS: dict[str, tuple[str, str]] = {
    "customers": ("一行一个客户。级别由跟进记录推算，也可以在这里手工改。", "One row a customer. The tier follows from the activities; type over it to set it by hand."),
    "activities": ("每打一个电话记一行。填“结果”即可，级别会自动推算。", "One row a call or message. Fill in the outcome; the tier follows from it."),
    "orders": ("成交的订单。取消、退款的不计入业绩。", "Orders won. Cancelled and refunded ones do not count."),
    "people": ("团队成员。离职的把“在岗”改为“否”，不要删行。", "The team. Set Active to No for leavers rather than deleting the row."),
    "leave": ("请假的日子不计入可用工作日。", "Days of leave do not count as working days."),
    "targets": ("每个期间先填团队一行；个人不填的，按产能自动分解。修订时加一行，版本加 1。", "One row for the team and period; people without a row get a share by capacity. To revise, add a row with the next revision."),
    "settings": ("级别、通话结果和各项规则。按业务情况修改，下次刷新生效。", "Tiers, outcomes and rules. Change them to fit; the next refresh uses them."),
    "calendar": ("只填例外：放假写“否”，调休上班写“是”。周一至周五默认上班。", "Exceptions only: No for a holiday, Yes for a working weekend day. Monday to Friday are working days."),
    "funnel": ("各级别有多少客户、转化率多少、为了目标还缺多少。", "How many customers stand at each tier, how many go on, and how many are missing for the target."),
    "week_plan": ("每周要新增多少各级别客户、完成多少订单，每次刷新按实际重排。", "What each week must bring at every tier, planned anew from what happened at each refresh."),
    "calls": ("每人今天打给谁、为什么、谈什么，从上往下打。", "Whom each person calls today, why and what about; call from the top down."),
    "daily_report": ("每人每天打了多少电话、推进了多少客户、约定跟进做了没有；客户为什么不买。全部取自跟进记录，不用另填。", "What each person did each day, which promises were kept, and why customers do not buy: filled from the log, no retyping."),
    "find": ("一个客户的全部往来：资料、跟进、订单、级别变动。", "All there is about a customer: master data, activities, orders, moves."),
    "board": ("谁完成了多少，和时间进度比是超前还是落后。", "Who has done how much, ahead of or behind the time gone."),
    "diagnosis": ("每人为什么没有达成目标：九个问题，用数据回答；数据不够就不下结论。", "Why each person misses the target: nine questions answered from data, or left open where it is too little."),
    "causes": ("差额从哪里来：每个因素占多少，加起来正好是差额。", "Where the gap comes from: what each driver adds, summing to the gap."),
    "tracking": ("在黄色的单元格里选业务员，下面各项马上跟着变：目标完成、差距、各级别、每周计划。", "Choose a person in the yellow cell and all below follows: target, gap, tiers, the plan week by week."),
    "care": ("该联系哪些老客户、说什么；以及老客户和新客户哪个更划算。", "Which customers to look after and what to say; and what existing customers bring against new ones."),
    "summary": ("整个期间的平均转化率，以及最初计划完成了多少。", "Average conversion over the period, and how much of the first plan was done."),
    "what_if": ("改黄色的单元格，马上看到各级别还缺多少、形态、达成概率和每周计划。", "Change a yellow cell and see at once what is missing, the shape, the chance and the plan of each week."),
    "meeting": ("开团队会议用，可直接打印：每人的目标、完成、漏斗形态、主要原因，以及谁帮谁。", "To print for the team meeting: each person's target, results, shape and main cause, and who helps whom."),
    "rewards": ("按“设置”里的奖惩规则算出每人该得多少、哪天该兑现。兑现后填“兑现日期”，填过的行不再改动。", "What each person is due by the reward rules in Settings, and by when. Enter Paid on when it is paid; such rows never change again."),
    "problems": ("数据里的问题：在哪里、怎么改。改完再刷新。", "What is wrong in the data: where it is and what to do. Mend it and refresh."),
    "history": ("每个客户的级别变动记录，只增不改。", "Every move of every customer; rows are added, never changed."),
    "plan_history": ("每次刷新时的计划，只增不改。", "Every plan ever made; rows are added, never changed."),
    "target_history": ("目标的每次变动：原值、新值、原因、谁改的，只增不改。", "Every change of a target: old, new, reason and by whom; rows are added, never changed."),
    "guide": ("白底表由你填写，漏斗、周计划、龙虎榜等结果表由 Funnelbook 计算，刷新时重写。可以加列、改名、排序、筛选。", "You fill in the input sheets; the result sheets are worked out by Funnelbook and rewritten at each refresh. Add columns, rename, sort and filter as you like."),
}  # fmt: skip
