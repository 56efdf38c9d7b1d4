"""What is said of earlier versions of a workbook."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "done_undo": "已恢复 {day} 的版本：{changes}。刚才的内容也留作一个版本，再执行一次 undo 就回到刚才。",
    "opened_version": "已另外打开 {day} 的版本（只读副本），与磁盘上的文件相比：{changes}。打开着的工作簿没有动。要整个恢复，请关闭工作簿，再执行 funnelbook undo。",
    "no_versions": "{file}：没有更早的版本。漏斗每次写入文件之前才会留一个版本。",
    "no_such_version": "{file}：没有第 {number} 个版本，共有 {count} 个；用 --list 查看。",
    "version_damaged": "{file}：第 {number} 个版本已损坏，不能恢复；请用 --list 另选一个。",
    "never_saved": "{file}：工作簿还没有保存到这台电脑的文件夹里，没有更早的版本。请先把它存到文件夹里。",
    "time_unknown": "时间不详",
    "no_workbook_then": "无法逐表比较",
    "table_differs": "{table}{how}",
    "rows_added": "增加 {count} 行",
    "rows_changed": "修改 {count} 行",
    "rows_removed": "减少 {count} 行",
    "cells_differ": "有 {count} 格不同",
    "results_differ": "漏斗算出的工作表 {count} 张不同",
    "only_looks_differ": "各表的值都相同",
}
