"""Texts from before Unicode, read in the encoding they are in, with nobody's name to tell it by."""

from __future__ import annotations

import pytest

from funnelbook.book.ports import BookError
from funnelbook.hosts.delimited import decoded

LOGS = {
    "gb18030": "开始时间,客户号码,坐席姓名,接听状态\n2026-05-19 09:00:00,13800138001,王芳,客户未接听\n",
    "big5": "開始時間,客戶號碼,坐席姓名,接聽狀態\n2026-05-19 09:00:00,0912345678,陳靜,客戶未接聽\n",
    "cp1252": "Début;Numéro;Agent;Durée\n19/05/2026 09:00;0612345678;Hélène Gérard;0:02:10\n",
}
IN_ENGLISH = "call time,phone,agent\n" + "".join(
    f"2026-05-19 09:{i:02d}:00,13800138001,{{{i}}}\n" for i in range(5)
)  # nothing but names tells
NAMES = {
    "gb18030": ["王芳", "李娜", "张伟", "赵磊", "欧阳修"],
    "cp1252": ["José García", "Jürgen Groß", "Zoë", "François", "Renée"],
}


@pytest.mark.parametrize("encoding", LOGS)
def test_a_log_is_read_in_its_encoding(encoding):
    data = LOGS[encoding].encode(encoding)
    assert decoded(data, "log.csv") == LOGS[encoding]
    cut_off = data.rstrip(b"\n")[:-1]
    assert decoded(cut_off, "log.csv")[:40] == LOGS[encoding][:40]


@pytest.mark.parametrize("encoding", NAMES)
def test_a_few_names_among_english_tell_it(encoding):
    text = IN_ENGLISH.format(*NAMES[encoding])
    assert decoded(text.encode(encoding), "log.csv") == text


def test_a_broken_letter_makes_no_western_text_of_a_chinese_one():
    data = (LOGS["gb18030"] * 6).encode("gb18030").replace("王芳".encode("gb18030"), b"\xcd\xff\xff\xb7", 1)
    with pytest.raises(BookError, match="encoding cannot be told"):
        decoded(data, "log.csv")
