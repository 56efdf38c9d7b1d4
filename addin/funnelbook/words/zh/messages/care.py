"""What is said about care of customers and about publishing the board."""

from __future__ import annotations

WORDS: dict[str, str] = {
    # Publishing
    "publish_where": "没有说发到哪里：用 --to 写一个文件（.html、.png 或 .pdf），或在 {file} 里写好地址后加 --send。",
    "publish_as": "{file}：只能发布为 {known}，请改文件名的后缀。",
    "no_libreoffice": "生成图片和 PDF 需要 LibreOffice 和 poppler，这台电脑上没有或没能运行。请改用 .html。",
    "bad_publish_config": '{file}：读不懂（{detail}）。应写成 urls = ["地址", "地址"]。',
    "not_sent": "有的地址没有发出去：第 {which} 个；已发出 {sent} 个。（?）表示没有这种地址，多半是写错了。请检查地址、密钥和网络。文件不受影响。",
    "read_by_others": "注意：{file} 这台电脑的其他用户也能读，里面有密钥。请改成只有自己可读（chmod 600）。",
    "done_publish": "已发布：{file}。发出 {sent} 处。",
    # Lines above Care and Effort
    "care_line": "列出 {start} 至 {end}（含）应做的关怀；到期未做 {open} 项。",
    "care_brought_line": "关怀后 {days} 天内的再次下单共 {orders} 单。",
    "no_holidays_line": "“日历”表没有 {years} 年的放假和调休安排，只按周一至周五算工作日。",
    "no_festivals_line": "农历日期只知道 {first} 至 {last} 年，节日问候没有列出。",
    "effort_line": "最近 {days} 天。首次下单次日起算老客户。",
    # The board as a page, and as lines for a chat
    "won_that_day": "当日成交",
    "line_is_time": "竖线是时间进度",
    "board_line": "{person}：{told}",
    "board_told": "，",
}
