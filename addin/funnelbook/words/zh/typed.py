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
    # 公司名称的结尾，从低到高的销售阶段里常见的字（先列的先看）
    "company_end": ("公司", "集团", "厂", "店", "商行", "经营部", "中心", "工作室", "合作社", "事务所"),
    "stage_first": ("线索", "潜在", "新客", "初次", "初步", "待联系", "未联系", "陌生"),
    "stage_second": ("联系", "沟通", "接触", "邀约", "跟进中"),
    "stage_third": ("需求", "意向", "认同", "有兴趣", "资质"),
    "stage_fourth": ("方案", "演示", "试用", "拜访", "样品", "面谈"),
    "stage_fifth": ("报价", "投标", "比价"),
    "stage_sixth": ("谈判", "商务", "议价", "条件"),
    "stage_last": ("合同", "待签", "准备", "决定", "付款", "打款"),
}
