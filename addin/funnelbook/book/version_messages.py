"""What is said of earlier versions of a workbook, in Chinese and English."""

from __future__ import annotations

VERSIONS: dict[str, tuple[str, str]] = {
    "done_undo": (
        "已恢复 {day} 的版本：{changes}。刚才的内容也留作一个版本，再执行一次 undo 就回到刚才。",
        "Put back the version of {day}: {changes}. What was there is a version now too: undo once more and it is back.",
    ),
    "opened_version": (
        "已另外打开 {day} 的版本（只读副本），与磁盘上的文件相比：{changes}。打开着的工作簿没有动。"
        "要整个恢复，请关闭工作簿，再执行 funnelbook undo。",
        "The version of {day} is open beside this workbook as a read-only copy. Compared with the file on the disk: {changes}. This "
        "workbook was not touched; to put the version back, close it and run funnelbook undo.",
    ),
    "no_versions": (
        "{file}：没有更早的版本。漏斗每次写入文件之前才会留一个版本。",
        "{file}: there is no earlier version; one is kept each time Funnelbook writes to the file.",
    ),
    "no_such_version": (
        "{file}：没有第 {number} 个版本，共有 {count} 个；用 --list 查看。",
        "{file}: there is no version {number}, there are {count}; --list shows them.",
    ),
    "version_damaged": (
        "{file}：第 {number} 个版本已损坏，不能恢复；请用 --list 另选一个。",
        "{file}: version {number} is damaged and cannot be put back; choose another with --list.",
    ),
    "never_saved": (
        "{file}：工作簿还没有保存到这台电脑的文件夹里，没有更早的版本。请先把它存到文件夹里。",
        "{file}: the workbook has not been saved to a folder of this computer, so there is no earlier version; save it there first.",
    ),
    "time_unknown": ("时间不详", "an unknown time"),
    "no_workbook_then": ("无法逐表比较", "the tables cannot be compared"),
    "table_differs": ("{table}{how}", "{table}: {how}"),
    "rows_added": ("增加 {count} 行", "rows added {count}"),
    "rows_changed": ("修改 {count} 行", "rows changed {count}"),
    "rows_removed": ("减少 {count} 行", "rows removed {count}"),
    "cells_differ": ("有 {count} 格不同", "cells that differ {count}"),
    "results_differ": ("漏斗算出的工作表 {count} 张不同", "sheets worked out by Funnelbook that differ: {count}"),
    "only_looks_differ": ("各表的值都相同", "the values are the same"),
}
