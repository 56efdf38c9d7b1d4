"""What becomes of a row or cell that has a problem."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "joined": "{problem}；{consequence}",
    "table": "整张表没有读取",
    "row": "这一行没有计入",
    "cell": "这一格按空白算，其余照常",
    "waits": "这一行还没有记入跟进记录",
    "grid_waits": "这一行还没有记入目标",
    "pool_waits": "这一行没有办理",
    "as_usual": "照常计入",
    "both": "两个都计入",
    "each": "团队和个人各按所写的算",
    "later": "到那天才计入",
    "order_only": "算一单，金额没有计入",
    "order_alone": "业绩照算，客户级别、转化率和客户关怀里没有这一单",
    "call_alone": "电话量照算，不改变任何客户的级别",
    "valid_order": "按有效订单计入",
    "at_work": "按在岗算",
    "one_day": "只算“从”那一天",
    "unpaid": "按没有兑现算",
    "tier_of_outcome": "级别按通话结果算",
    "own_row": "照常计入，在龙虎榜上单独一行",
    "no_calls": "照常计入，在龙虎榜上单独一行，但谁的今日电话里都没有这位客户",
    "no_move": "电话量照算，不改变级别",
    "no_target": "龙虎榜和目标分解里没有这个目标",
    "no_stock": "客户数照算，不算进计划的存量",
}
