"""The sheet that shows what setting a workbook up would do."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "sheet": "启用预览",
    "title": "启用预览：先看一眼，再启用",
    "todo": "看黄色的“读作”一列：不对，点格子换一个；不要，选“不用”。看好了，再点一次“启用漏斗”。",
    "safe": "现在什么都还没有改。不想启用，删掉这张表就行。",
    "facts": "启用时会做",
    "heads": "每个表头读作什么",
    "table": "表",
    "sheets": "工作表",
    "header": "你的表头",
    "read_as": "读作",
    "how": "怎么认出的",
    "examples": "例子",
    "not_used": "不用",
    "from_the_list": "请从列表里选一列，或选“不用”。",
    "how_ours": "一样",
    "how_known": "常见叫法",
    "how_alike": "相近，请核对",
    "how_content": "看内容，请核对",
    "how_chosen": "你指定的",
    "how_notes": "只读带日期的",
    "how_left": "没有认出",
    "unread_again": "{sheet}（和已认出的一张是同一种表）",
    "unread_lacks": "{sheet}（没有“{column}”）",
    "unread_calls": "{sheet}（没有“{column}”；把工作簿另存一份，用“导入通话”从里面读入）",
    "unread_unknown": "{sheet}（表头认不出）",
    "otherwise_head": "读法和写法不同的",
    "minutes": "{size} 分钟",
    "otherwise": "{count} 处，如“{cell}” → {read}",
}
