"""What the commands of the team exchange say."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "not_handout": "{file}：不是发给个人的工作簿（没有底稿），或底稿已损坏，没有收集。请用 funnelbook handout 发出的文件。",
    "forged": "{file}：发出后底稿被改动过（签名不符），没有收集。请向本人核实；需要的内容手工补到团队表里，再重新发放。",
    "linked_handout": "{file}：是指向别处的链接，不是工作簿，没有收集。请把工作簿本身放进文件夹。",
    "no_key": "无法读写签名用的密钥 {file}（{detail}），没有发放也没有收集。请检查这个文件和文件夹的权限；文件坏了就删掉，会重新生成。",
    "other_team": "{file}：里面的客户多数不是 {team} 的，没有收集。请核对是不是别的团队的文件。",
    "nobody_to_hand_to": "{file}：没有在岗的业务员，也没有客户写了业务员，没有可发的人。请填写业务员。",
    "handout_there": "{folder}：已有 {file}，没有发放。请先收集并移走旧文件，或换一个文件夹。",
    "no_such_owner": "{file}：“{person}”名下没有客户。",
    "none_fits": "{file}：“{person}”名下的客户没有一个符合 {where}，没有移交。",
    "no_such_person": "{file}：业务员表里没有“{person}”。请先补上，或改正姓名。",
    "same_person": "移交双方是同一个人（{person}）。",
    "bad_where": "--where {text}：要写成 列=值，例如 tier=A,B 或 来源=展会。",
    "no_leaver": "{file}：没有可移交的。在“业务员”表里把离职的人“在岗”改为“否”，备注写“移交 接手人姓名”，再点一次。",
    "no_log": "{file}：没有看到通话记录。需要一行表头，其中有时间和客户编号（或电话）；名称不同时用 --map activities.at=表头 指定。",
    "not_text": "{file}：看不懂文件的编码，请另存为 UTF-8 的 CSV。",
    "no_logs": "{folder}：没有找到 .csv 通话记录。",
    "no_team_read": "{folder}：没有可以汇总的团队工作簿。{reasons}",
    "other_tiers": "{file}：客户级别（{theirs}）与其他团队（{ours}）不同，没有汇总。",
    "handed_out": "{file}：是发给个人的工作簿，不是团队的，没有汇总。",
    "rolled_up": "{file}：本身就是汇总出来的工作簿，没有汇总。",
    "done_import": "导入通话 {added} 条，已有 {known} 条，有问题 {problems} 行。",
    "done_transfer": "已移交客户 {customers} 个给 {to}；{filled} 条过去的记录仍记在 {source} 名下。",
    "done_collect": "已收集 {files} 份：新客户 {customers} 个，新跟进 {activities} 条，新订单 {orders} 单，修改 {cells} 处，待定 {conflicts} 处，未能收集 {refused} 份。{reasons}",
    "done_handout": "已发放 {count} 份，在 {folder}。",
    "done_company": "已汇总 {teams} 个团队到 {file}，未能汇总 {refused} 个。",
}
