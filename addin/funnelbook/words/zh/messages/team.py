"""What is said about targets, the team meeting and rewards."""

from __future__ import annotations

WORDS: dict[str, str] = {
    # Meeting
    "step_connect": "电话接通",
    "step_tier": "{tier} 级推进",
    "cause_step": "{step} {value:.0%}，其他人 {benchmark:.0%}",
    "no_pairs_line": "没有人在哪个环节落后得超出偶然。",
    "pairs_line": "帮扶人在这个环节上的领先不是偶然（费舍尔精确检验）。",
    # Targets: refusals, what was done
    "no_targets_table": "{file}：没有“目标”表，请先点“刷新”。",
    "bad_period_asked": "“{text}”不是期间，请写成 2026-05、2026-Q2 或 2026。",
    "targets_there": "{period}：团队和每个人都已有目标，要改请用“修订”。",
    "nobody_works": "{period}：没有在岗的业务员，目标没有人可分。请在“业务员”表补上人员，或把“在岗”改为“是”。",
    "target_there": "{period}：{person} 已有目标，要改请用“修订”。",
    "no_such_worker": "“{person}”不在岗，或“业务员”表里没有这个人，不能拟定目标。请核对姓名。",
    "split_for_all": "分解是把团队目标分到每个人，合计要与团队目标一致，不能只分给一个人。只改一个人的目标请用“修订”；要保留谁的目标，先锁定或确认再分解。",
    "no_team_target": "{period}：还没有团队目标，请先拟定或填写。",
    "cannot_split": "不能分解：已锁定或已确认的合计 {kept}，团队目标 {total}。请修订其中之一。",
    "nothing_to_agree": "{period}：没有等待确认的目标。",
    "whose_target": "请用 --person 说明是谁的目标。",
    "no_target_of": "{period}：{person} 还没有目标，没有可修订的。",
    "no_reason": "{period}：从数字看没有理由修订团队目标。确要修订，请在“目标”表加一行，或用 --reason 说明原因。",
    "team_meeting": "团队会议",
    "done_propose": "已拟定 {rows} 行目标，谈定后点“确认目标”。",
    "done_split": "已分解：新增 {rows} 行，合计与团队目标一致。",
    "done_nothing_to_split": "每个人的目标已经与团队目标一致，没有改动。",
    "done_agree": "已确认 {rows} 行目标。",
    "done_revise": "已新增修订版本 {rows} 行，旧版本保留；谈定后点“确认目标”，在那之前仍按已确认的目标算。",
    "kept_in_revision": "{measures}仍是原来的目标；要一起修订，请在这一行的拟定数里改。",
    "revise_forecast": "达成团队目标的概率低于 20%，可以修订目标。原因：预测不准（线索、转化率和人手都没有明显变化）。",
    "revise_external": "达成团队目标的概率低于 20%，可以修订目标。原因：外部变化（全队的新客户或转化率明显下降）。",
    "revise_internal": "达成团队目标的概率低于 20%，可以修订目标。原因：内部变化（请假和离职占去一成以上的工作日）。",
    "no_rules_line": "“设置”里没有奖惩规则。",
    "penalties_wait_line": "期间未结束：奖励按到今天的实绩预计，期末才算数、才兑现；处罚也在期末算。",
    "shared_prize_line": "并列名次平分所占名次的奖金。",
    "overdue_line": "逾期未兑现 {count} 笔，合计 {sum}。",
}
