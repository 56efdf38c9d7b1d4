"""What the pages of the manual say that `funnelbook build` writes."""

from __future__ import annotations

WORDS: dict[str, str] = {
    # The page of the formulas
    "formulas": "公式",
    "formulas_intro": (
        "由 `funnelbook build` 从代码生成；每个例子都由测试执行。装好 Excel 插件后，在任何单元格里都能用，“公式 → 插入函数”里也能找到。\n"
        "结果是多行多列时，新版 Excel 会自动铺开；旧版请先选好区域，再按 Ctrl+Shift+Enter。\n"
        "空单元格、文本数字（`1,200`、`30%`）、日期的各种写法都按人的意思理解；整列引用（`C:C`）也可以。\n"
        "没有数据得到 `#N/A`，参数不对得到 `#VALUE!`；想知道为什么，用 `FB_WHY`。公式不会自己随时间变动：日期总是参数。"
    ),
    "argument": "参数",
    "meaning": "说明",
    "optional": "{meaning}（可不填）",
    # The page of tables, settings, problems and buttons
    "reference": "对照表",
    "reference_intro": "由 `funnelbook build` 从代码生成。列名可用任一种语言，顺序、大小写、空格、全角半角都不影响识别。",
    "settings": "设置",
    "default": "默认",
    "problems": "数据检查",
    "problem": "问题",
    "consequence": "怎么计入",
    "remedy": "处理办法",
    "buttons": "按钮",
    "button": "按钮",
    "what_it_does": "作用",
    "command_line": "命令行",
    "kind": "类型",
    # Who fills a table in
    "role.input": "您填写",
    "role.result": "刷新时重写",
    "role.log": "只增不改",
    # What a column holds, and in which unit
    "kind.id": "编号",
    "kind.text": "文字",
    "kind.phone": "电话",
    "kind.person": "姓名",
    "kind.tier": "级别",
    "kind.code": "选项",
    "kind.count": "整数",
    "kind.number": "数字",
    "kind.money": "金额",
    "kind.rate": "百分比",
    "kind.date": "日期",
    "kind.moment": "日期时间",
    "kind.flag": "是否",
    "unit.days": "天",
    "unit.minutes": "分钟",
    "unit.months": "月",
    "unit.characters": "字",
    "unit.customers": "客户数",
    "unit.calls": "通电话",
    "unit.orders": "单",
}
