"""What the commands print when all is well."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "done_new": "已新建：{file}",
    "matched_title": "认出的表头",
    "matched_table": "表",
    "matched_column": "列",
    "matched_sheet": "工作表",
    "matched_header": "表头",
    "tables_added": "已添加：{tables}",
    "tables_to_add": "试运行，未写入。将添加：{tables}",
    "every_table_there": "无（各表都在）",
    "nothing_to_add": "无需添加，文件未改动。",
    "adopt_found": "找到：{tables}",
    "adopt_table": "{table}（工作表“{sheet}”，认出 {columns} 列）",
    "adopt_read_as": "{header} → {column}",
    "adopt_guessed": "按意思认出，请核对（不对就用 --map）：{columns}",
    "adopt_lacking": "客户表里没有（有就更好）：{columns}",
    "adopt_problems": "数据问题 {problems} 条，查看：funnelbook check {file}",
    "adopt_all": "认出的每一列和添加的每张表：加 --all",
    "no_problems": "数据没有问题。",
    "refreshing": "刷新",
    "file_refreshed": "{file}: 已刷新",
    "file_unchanged": "{file}: 无变化",
    "data_problems": "，数据问题 {problems} 条",
    "versions_title": "可以恢复的版本",
    "version_number": "序号",
    "version_saved": "保存时间",
    "version_changes": "恢复它会怎样",
    "file_stale": "过期：{file}",
    "file_built": "已生成：{file}",
}
