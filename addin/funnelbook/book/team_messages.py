"""What is said about targets, the team meeting and rewards, in Chinese and English; part of messages.py."""

from __future__ import annotations

TEAM_MESSAGES: dict[str, tuple[str, str]] = {
    # Meeting
    "step_connect": ("电话接通", "Calls connected"),
    "step_tier": ("{tier} 级推进", "On from {tier}"),
    "cause_step": (
        "{step} {value:.0%}，其他人 {benchmark:.0%}",
        "{step} {value:.0%}, the others {benchmark:.0%}",
    ),
    "no_pairs_line": (
        "没有人在哪个环节落后得超出偶然。",
        "Nobody is behind somebody else at a step by more than chance.",
    ),
    "pairs_line": (
        "帮扶人在这个环节上的领先不是偶然（费舍尔精确检验）。",
        "The helper's lead at the step is more than chance (Fisher's exact test).",
    ),
    # Targets: refusals, what was done
    "no_targets_table": (
        "{file}：没有“目标”表，请先点“刷新”。",
        "{file}: there is no Targets table; refresh first.",
    ),
    "bad_period_asked": (
        "“{text}”不是期间，请写成 2026-05、2026-Q2 或 2026。",
        "{text} is not a period; write 2026-05, 2026-Q2 or 2026.",
    ),
    "targets_there": (
        "{period}：团队和每个人都已有目标，要改请用“修订”。",
        "{period}: the team and everybody have targets; revise them.",
    ),
    "nobody_works": (
        "{period}：没有在岗的业务员，目标没有人可分。请在“业务员”表补上人员，或把“在岗”改为“是”。",
        "{period}: nobody in People is active, so there is nobody to take a target; add people or set Active to Yes.",
    ),
    "target_there": (
        "{period}：{person} 已有目标，要改请用“修订”。",
        "{period}: {person} has a target already; revise it.",
    ),
    "no_such_worker": (
        "“{person}”不在岗，或“业务员”表里没有这个人，不能拟定目标。请核对姓名。",
        "{person} is not an active person of People, so no target can be proposed; check the name.",
    ),
    "split_for_all": (
        "分解是把团队目标分到每个人，合计要与团队目标一致，不能只分给一个人。只改一个人的目标请用“修订”；要保留谁的目标，先锁定或确认再分解。",
        "A split gives everybody a share, so that they add up to the team's target; it cannot be made for one person. Revise that person's "
        "target, or lock or agree the targets to keep and then split.",
    ),
    "no_team_target": (
        "{period}：还没有团队目标，请先拟定或填写。",
        "{period}: the team has no target yet; propose or enter one first.",
    ),
    "cannot_split": (
        "不能分解：已锁定或已确认的合计 {kept}，团队目标 {total}。请修订其中之一。",
        "Cannot split: what is locked or agreed adds up to {kept}, the team's target is {total}. Revise one of them.",
    ),
    "nothing_to_agree": (
        "{period}：没有等待确认的目标。",
        "{period}: no target waits to be agreed.",
    ),
    "whose_target": (
        "请用 --person 说明是谁的目标。",
        "Say whose target it is with --person.",
    ),
    "no_target_of": (
        "{period}：{person} 还没有目标，没有可修订的。",
        "{period}: {person} has no target to revise.",
    ),
    "no_reason": (
        "{period}：从数字看没有理由修订团队目标。确要修订，请在“目标”表加一行，或用 --reason 说明原因。",
        "{period}: the numbers give no reason to revise the team's target. To do it all the same add a row to Targets, or give --reason.",
    ),
    "team_meeting": ("团队会议", "Team meeting"),
    "done_propose": (
        "已拟定 {rows} 行目标，谈定后点“确认目标”。",
        "{rows} targets proposed; agree them when they are settled.",
    ),
    "done_split": (
        "已分解：新增 {rows} 行，合计与团队目标一致。",
        "Split: {rows} rows added; they add up to the team's target.",
    ),
    "done_nothing_to_split": (
        "每个人的目标已经与团队目标一致，没有改动。",
        "The targets add up already; nothing was changed.",
    ),
    "done_agree": ("已确认 {rows} 行目标。", "{rows} targets agreed."),
    "done_revise": (
        "已新增修订版本 {rows} 行，旧版本保留；谈定后点“确认目标”。",
        "{rows} revision added, the old one stays; agree it when it is settled.",
    ),
    "kept_in_revision": (
        "{measures}仍是原来的目标；要一起修订，请在这一行的拟定数里改。",
        " As they were: {measures}; to revise them too, change what the new row proposes.",
    ),
    "revise_forecast": (
        "达成团队目标的概率低于 20%，可以修订目标。原因：预测不准（线索、转化率和人手都没有明显变化）。",
        "The chance of the team's target is below 20 %: it may be revised. Reason: the forecast was wrong (leads, conversion and "
        "people have not changed).",
    ),
    "revise_external": (
        "达成团队目标的概率低于 20%，可以修订目标。原因：外部变化（全队的新客户或转化率明显下降）。",
        "The chance of the team's target is below 20 %: it may be revised. Reason: external (the whole team's leads or conversion fell).",
    ),
    "revise_internal": (
        "达成团队目标的概率低于 20%，可以修订目标。原因：内部变化（请假和离职占去一成以上的工作日）。",
        "The chance of the team's target is below 20 %: it may be revised. Reason: internal (leave and leavers take a tenth of the days).",
    ),
    "no_rules_line": (
        "“设置”里没有奖惩规则。",
        "Settings has no reward rules.",
    ),
    "penalties_wait_line": (
        "期间未结束，奖励按到今天的实绩计；处罚期末才算。",
        "The period is not over: rewards are as of today, penalties come at its end.",
    ),
    "overdue_line": (
        "逾期未兑现 {count} 笔，合计 {sum}。",
        "{count} overdue, {sum} in all.",
    ),
}
