"""What is said about care of customers and about publishing the board."""

from __future__ import annotations

WORDS: dict[str, str] = {
    # Publishing
    "publish_where": "Nowhere to publish: name a file with --to (.html, .png or .pdf), or list addresses in {file} and add --send.",
    "publish_as": "{file}: the board can be published as {known}; change the ending of the file's name.",
    "no_libreoffice": "Pictures and PDFs need LibreOffice and poppler, which are not here or did not run. Use .html instead.",
    "bad_publish_config": '{file}: cannot be read ({detail}). It should say urls = ["address", "address"].',
    "not_sent": "Not sent to address {which}; sent to {sent}. (?) stands for a kind of address that does not exist, mistyped perhaps. Check the address, its key and the network. Files are not affected.",
    "read_by_others": "Note: other users of this computer can read {file}, which holds keys. Let only yourself read it (chmod 600).",
    "done_publish": "Published: {file}. Sent to {sent}.",
    # Lines above Care and Effort
    "care_line": "Care due from {start} to {end}, both included; {open:is|are} due and not done.",
    "care_brought_line": "{orders:order|orders} came within {days:day|days} of care.",
    "no_holidays_line": "Calendar has no holidays of {years}, so only weekends count as days off.",
    "no_festivals_line": "Lunar dates are known from {first} to {last} only, so festivals are not listed.",
    "effort_line": "The last {days:day|days}. A customer is an existing one from the day after the first order.",
    # The board as a page, and as lines for a chat
    "won_that_day": "Won that day",
    "line_is_time": "The line marks the time gone",
    "board_line": "{person}: {told}",
    "board_told": ", ",
}
