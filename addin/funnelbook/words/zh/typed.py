"""What people and phone systems write for something that we only read; it is read in whatever language it is."""

from __future__ import annotations

WORDS: dict[str, tuple[str, ...]] = {
    # Ways to get in touch
    "phone": ("电话", "手机", "座机"),
    "sms": ("短信", "手机短信"),
    "email": ("邮件", "邮箱", "电子邮件"),
    # Names of rows of totals, and what such a name ends in
    "total": (
        "合计",
        "总计",
        "小计",
        "累计",
        "汇总",
        "共计",
        "总和",
        "平均",
        "平均值",
        "平均数",
        "均值",
        "最大值",
        "最小值",
        "计数",
    ),
    "total_end": ("合计", "总计", "小计", "累计"),
    # In the outcome of a call: what was to be done is done
    "ticked": ("✓", "✔", "√", "☑", "做了", "已做", "完成"),
    # Headers in the logs of phone systems
    "dialled": ("被叫号码", "被叫", "客户号码", "客户电话"),
    "duration": ("通话",),
    "seconds": ("秒",),
    # 话单表头：通话时长（先于其他时长）、分开写的日期和时刻、单位
    "talked": ("通话时长", "接通时长", "有效通话时长"),
    "day_column": ("日期", "通话日期", "呼叫日期"),
    "time_column": ("时间", "时刻", "呼叫时间", "通话时间"),
    "in_minutes": ("分",),
    # What stands before the name of who takes the customers over, in a note
    "handed_to": ("移交给", "移交", "转给"),
}
