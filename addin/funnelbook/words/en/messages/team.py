"""What is said about targets, the team meeting and rewards."""

from __future__ import annotations

WORDS: dict[str, str] = {
    # Meeting
    "step_connect": "Calls connected",
    "step_tier": "On from {tier}",
    "cause_step": "{step} {value:.0%}, the others {benchmark:.0%}",
    "no_pairs_line": "Nobody is behind somebody else at a step by more than chance.",
    "pairs_line": "The helper's lead at the step is more than chance (Fisher's exact test).",
    # Targets: refusals, what was done
    "no_targets_table": "{file}: there is no Targets table; refresh first.",
    "bad_period_asked": "{text} is not a period; write 2026-05, 2026-Q2 or 2026.",
    "targets_there": "{period}: the team and everybody have targets; revise them.",
    "nobody_works": "{period}: nobody in People is active, so there is nobody to take a target; add people or set Active to Yes.",
    "target_there": "{period}: {person} has a target already; revise it.",
    "no_such_worker": "{person} is not an active person of People, so no target can be proposed; check the name.",
    "split_for_all": "A split gives everybody a share, so that they add up to the team's target; it cannot be made for one person. Revise that person's target, or lock or agree the targets to keep and then split.",
    "no_team_target": "{period}: the team has no target yet; propose or enter one first.",
    "cannot_split": "Cannot split: what is locked or agreed adds up to {kept}, the team's target is {total}. Revise one of them.",
    "nothing_to_agree": "{period}: no target waits to be agreed.",
    "whose_target": "Say whose target it is with --person.",
    "no_target_of": "{period}: {person} has no target to revise.",
    "no_reason": "{period}: the numbers give no reason to revise the team's target. To do it all the same add a row to Targets, or give --reason.",
    "team_meeting": "Team meeting",
    "done_propose": "{rows:target proposed; agree it when it is|targets proposed; agree them when they are} settled.",
    "done_split": "Split: {rows:row added; the targets|rows added; they} add up to the team's target.",
    "done_nothing_to_split": "The targets add up already; nothing was changed.",
    "done_agree": "{rows:target|targets} agreed.",
    "done_revise": "{rows:revision added, the old one stays; agree it when it is|revisions added, the old ones stay; agree them when they are} settled: until then what was agreed before counts.",
    "kept_in_revision": " As they were: {measures}; to revise them too, change what the new row proposes.",
    "revise_forecast": "The chance of the team's target is below 20 %: it may be revised. Reason: the forecast was wrong (leads, conversion and people have not changed).",
    "revise_external": "The chance of the team's target is below 20 %: it may be revised. Reason: external (the whole team's leads or conversion fell).",
    "revise_internal": "The chance of the team's target is below 20 %: it may be revised. Reason: internal (leave and leavers take a tenth of the days).",
    "no_rules_line": "Settings has no reward rules.",
    "penalties_wait_line": "The period is not over: rewards are what today's results would earn, and due only at its end; penalties come then.",
    "shared_prize_line": "Equals share the prizes of the places they hold.",
    "overdue_line": "{count} overdue, {sum} in all.",
}
