"""What is said about care of customers and about publishing the board, in Chinese and English."""

from __future__ import annotations

CARE_MESSAGES: dict[str, tuple[str, str]] = {
    # Publishing
    "publish_where": (
        "没有说发到哪里：用 --to 写一个文件（.html、.png 或 .pdf），或在 {file} 里写好地址后加 --send。",
        "Nowhere to publish: name a file with --to (.html, .png or .pdf), or list addresses in {file} and add --send.",
    ),
    "publish_as": (
        "{file}：只能发布为 {known}，请改文件名的后缀。",
        "{file}: the board can be published as {known}; change the ending of the file's name.",
    ),
    "no_libreoffice": (
        "生成图片和 PDF 需要 LibreOffice 和 poppler，这台电脑上没有或没能运行。请改用 .html。",
        "Pictures and PDFs need LibreOffice and poppler, which are not here or did not run. Use .html instead.",
    ),
    "bad_publish_config": (
        '{file}：读不懂（{detail}）。应写成 urls = ["地址", "地址"]。',
        '{file}: cannot be read ({detail}). It should say urls = ["address", "address"].',
    ),
    "not_sent": (
        "有的地址没有发出去：第 {which} 个；已发出 {sent} 个。（?）表示没有这种地址，多半是写错了。请检查地址、密钥和网络。文件不受影响。",
        "Not sent to address {which}; sent to {sent}. "
        "(?) stands for a kind of address that does not exist, mistyped perhaps. "
        "Check the address, its key and the network. Files are not affected.",
    ),
    "read_by_others": (
        "注意：{file} 这台电脑的其他用户也能读，里面有密钥。请改成只有自己可读（chmod 600）。",
        "Note: other users of this computer can read {file}, which holds keys. Let only yourself read it (chmod 600).",
    ),
    "done_publish": (
        "已发布：{file}。发出 {sent} 处。",
        "Published: {file}. Sent to {sent}.",
    ),
    # Lines above Care and Effort
    "care_line": (
        "列出 {start} 至 {end}（含）应做的关怀；到期未做 {open} 项。",
        "Care due from {start} to {end}, both included; {open} are due and not done.",
    ),
    "care_brought_line": (
        "关怀后 {days} 天内的再次下单共 {orders} 单。",
        "{orders} orders came within {days} days of care.",
    ),
    "no_holidays_line": (
        "“日历”表没有 {years} 年的放假和调休安排，只按周一至周五算工作日。",
        "Calendar has no holidays of {years}, so only weekends count as days off.",
    ),
    "no_festivals_line": (
        "农历日期只知道 {first} 至 {last} 年，节日问候没有列出。",
        "Lunar dates are known from {first} to {last} only, so festivals are not listed.",
    ),
    "effort_line": (
        "最近 {days} 天。首次下单次日起算老客户。",
        "The last {days} days. A customer is an existing one from the day after the first order.",
    ),
}
