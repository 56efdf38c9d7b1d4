"""The page of the manual on the FB_ formulas, written from the registry so that it cannot drift."""

from __future__ import annotations

from collections.abc import Iterator

from funnelbook.formulas.catalogue import CATEGORIES, FORMULAS
from funnelbook.formulas.registry import Formula

_HEAD = """# 公式 / Formulas

由 `funnelbook build` 从代码生成；每个例子都由测试执行。装好 Excel 插件后，在任何单元格里都能用，“公式 → 插入函数”里也能找到。
结果是多行多列时，新版 Excel 会自动铺开；旧版请先选好区域，再按 Ctrl+Shift+Enter。
空单元格、文本数字（`1,200`、`30%`）、日期的各种写法都按人的意思理解；整列引用（`C:C`）也可以。
没有数据得到 `#N/A`，参数不对得到 `#VALUE!`；想知道为什么，用 `FB_WHY`。公式不会自己随时间变动：日期总是参数。

Written by `funnelbook build` from the code; every example is executed by a test. With the Excel add-in installed they work in any cell and
stand in the function wizard. A result of several cells spills in new versions of Excel; in old ones select the cells first and press
Ctrl+Shift+Enter. Blanks, numbers typed as text (`1,200`, `30%`) and dates in any form are taken as a person means them, and so are whole
columns (`C:C`). `#N/A` means no data, `#VALUE!` bad arguments; `FB_WHY` says why. Nothing changes by itself with time: the date is always
an argument.
"""


def functions_page() -> str:
    """The page as Markdown: every formula by category with its arguments and an example, in Chinese and English."""
    lines = [_HEAD]
    for key, (zh, en) in CATEGORIES.items():
        lines += [f"## {zh} / {en}", ""]
        for formula in FORMULAS.values():
            if formula.category == key:
                lines += _formula(formula)
    return "\n".join(lines).rstrip() + "\n"


def _formula(formula: Formula) -> Iterator[str]:
    yield f"### {formula.name}"
    yield ""
    yield f"{formula.zh}。{formula.en}."
    yield ""
    yield f"`{formula.syntax}`"
    yield ""
    if formula.arguments:
        yield "| 参数 / argument | 说明 | meaning |"
        yield "|---|---|---|"
        for argument in formula.arguments:
            mark = "（可不填）" if argument.optional else ""
            optional = " (optional)" if argument.optional else ""
            yield f"| `{argument.name}` | {argument.zh}{mark} | {argument.en}{optional} |"
        yield ""
    yield f"`{formula.example}`"
    yield ""
    width = max(map(len, formula.gives))
    yield "|" + " |" * width
    yield "|" + "---|" * width
    for row in formula.gives:
        yield "| " + " | ".join(_shown(v) for v in row) + " |"
    yield ""


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.6f}".rstrip("0").rstrip(".")
    return str(value)
