"""What results say: advice for a shape of the funnel, lines above the tables, notes in them."""

from __future__ import annotations

WORDS: dict[str, str] = {
    # Advice for a shape
    "advice_too_few": "客户太少，先找新客户。",
    "advice_ideal": "形态理想，按转化率补充新客户，保持比例。",
    "advice_top_heavy": "眼下订单不错，但底部快断档：大量增加新客户，并把低级别客户往上推进。",
    "advice_bulge": "中部堆积、订单少：集中力量把中部客户转成订单，同时补充新客户。",
    "advice_hour_glass": "中部断层，订单即将接不上：抓紧把底部客户往上推进。",
    "advice_bottom_heavy": "底部堆积：先把手上的客户打完、筛清，再加新客户。",
    "advice_mixed": "高低不均：看标出的级别，先补差距最大的。",
    # Lines above result tables and notes in them
    "rate_zero": "转化率为 0，无法达成",
    "not_in_time": "新客户已来不及在期内成交。",
    "as_of_line": "截至 {as_of}，期间 {period}。",
    "no_target_line": "“目标”表里没有本期间的订单目标，需要数、缺口和计划暂不计算。",
    "no_activities_line": "没有跟进记录，转化率和停留天用“设置”里的默认值。",
    "no_orders_line": "没有订单表，成交按级别变为“成交”计；金额和毛利不计算。",
    "proposed_line": "目标尚未确认，按拟定值计算。",
    "no_calls_line": "没有接通记录，首次电话量无法计算。",
    "split_line": "没有自己目标的人按产能分解团队目标。",
    "daily_report_line": "期间内到截至日的每个工作日，加上有记录的休息日：先是团队逐日，再是每人，最近的一天在前。",
    "efficiency_line": "本期间到截至日；团队的日均电话量是人均值。",
    "no_log_line": "没有跟进记录，电话量、接通、跟进无从统计。",
    "past_as_of_line": "这一天早于最近一次记录，只计算，不记入历史。",
    "find_line": "在第一行黄色格里输入客户编号、名称、联系人或电话的一部分，再点“查找客户”。",
    "found_line": "“{text}”：找到 {customers} 个客户。",
    "found_many_line": "客户较多，只列出资料；输入完整编号看全部往来。",
    "between": "；",
    "listed": "、",
    "phone_channel": "电话",
    "calls_line": "共 {calls} 个电话：约定和过期 {promised} 个，到跟进日 {cadence} 个，新客户 {new} 个。在黄色列里填结果，下次刷新时记入跟进记录。",
    "no_problems_line": "数据没有问题。",
    "problems_line": "错误 {errors} 条，提醒 {warnings} 条，说明 {notes} 条。",
}
