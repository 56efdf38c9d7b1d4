"""The reference page of the manual, written from the schema so that it cannot drift."""

from __future__ import annotations

from collections.abc import Iterator

from funnelbook.book.labels import header, sheet_names
from funnelbook.book.labels import title as title_of
from funnelbook.book.schema import TABLES, Column, Kind, Role, Table, Unit
from funnelbook.book.settings import KEYS, Settings
from funnelbook.book.severities import SEVERITIES
from funnelbook.menu import ribbon
from funnelbook.words import LANGUAGES, say, texts
from funnelbook.words.counted import of_many

_ROLES = {
    Role.INPUT: "您填写 / you fill it in",
    Role.RESULT: "刷新时重写 / rewritten at each refresh",
    Role.LOG: "只增不改 / rows are added, never changed",
}
_KINDS = {
    Kind.ID: "编号 / id",
    Kind.TEXT: "文字 / text",
    Kind.PHONE: "电话 / phone",
    Kind.PERSON: "姓名 / person",
    Kind.TIER: "级别 / tier",
    Kind.CODE: "选项 / choice",
    Kind.COUNT: "整数 / whole number",
    Kind.NUMBER: "数字 / number",
    Kind.MONEY: "金额 / money",
    Kind.RATE: "百分比 / per cent",
    Kind.DATE: "日期 / date",
    Kind.MOMENT: "日期时间 / date and time",
    Kind.FLAG: "是否 / yes or no",
}
_UNITS = {
    Unit.DAYS: "天 / days",
    Unit.MINUTES: "分钟 / minutes",
    Unit.MONTHS: "月 / months",
    Unit.CHARACTERS: "字 / characters",
    Unit.CUSTOMERS: "客户数 / customers",
    Unit.CALLS: "通电话 / calls",
    Unit.ORDERS: "单 / orders",
}


def reference() -> str:
    """The page as Markdown: every table with its columns, every setting, every problem, every button, in Chinese and English."""
    lines = [
        "# 对照表 / Reference",
        "",
        "由 `funnelbook build` 从代码生成。列名可用任一种语言，顺序、大小写、空格、全角半角都不影响识别。",
        "",
        "Written by `funnelbook build` from the code. Headers are known in either language, in any order, whatever their case, "
        "spaces or width.",
        "",
    ]
    for table in TABLES.values():
        lines += _table(table)
    lines += ["## 设置 / Settings", "", "| key | 默认 / default | 说明 | meaning |", "|---|---|---|---|"]
    default = Settings()
    for key in KEYS:
        value = getattr(default, key)
        meanings = " | ".join(say(f"settings.{key}", language) for language in LANGUAGES)
        lines.append(f"| `{key}` | {'' if value is None else value} | {meanings} |")
    lines += ["", "## 数据检查 / Problems", "", "| 问题 | 处理办法 | problem | remedy |", "|---|---|---|---|"]
    for code in SEVERITIES:
        lines.append(
            f"| {' | '.join(of_many(text) for language in LANGUAGES for text in texts(f'problems.{code}', language))} |"
        )
    return "\n".join([*lines, *_buttons()]) + "\n"


def _buttons() -> Iterator[str]:
    yield from (
        "",
        "## 按钮 / Buttons",
        "",
        "| 按钮 | button | 作用 | what it does | 命令行 / command line |",
        "|---|---|---|---|---|",
    )
    for command in ribbon():
        line = f"`funnelbook {command.name}`" if command.on_cli else ""
        yield f"| {' | '.join((*command.label, *command.tip, line))} |"


def _table(table: Table) -> Iterator[str]:
    zh, en = (title_of(table, language) for language in LANGUAGES)
    sheets = " / ".join(dict.fromkeys(sheet_names(table.sheet)))
    yield f"## {zh} / {en} (`{table.name}`)"
    yield ""
    yield f"{sheets}。{_ROLES[table.role]}"
    yield ""
    yield "| name | 中文 | English | 类型 / kind |"
    yield "|---|---|---|---|"
    for column in table.columns:
        mark = " **key**" if column.key else ""
        names = (header(table, column.name, language) for language in LANGUAGES)
        yield f"| `{column.name}`{mark} | {' | '.join(names)} | {_what(column)} |"
    yield ""


def _what(column: Column) -> str:
    return f"{_KINDS[column.kind]} ({_UNITS[column.unit]})" if column.unit else _KINDS[column.kind]
