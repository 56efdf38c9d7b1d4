"""What the commands of the team exchange say."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "not_handout": "{file}: not a workbook that was handed out, or its hidden copy is damaged; it was not collected. Use a file made by funnelbook handout.",
    "forged": "{file}: its hidden copy was changed after it was handed out (the signature does not hold); it was not collected. Ask the person; enter what is needed by hand and hand out anew.",
    "linked_handout": "{file}: a link to somewhere else and no workbook; it was not collected. Put the workbook itself into the folder.",
    "no_key": "The key that signs handouts, {file}, cannot be used ({detail}); nothing was handed out or collected. See to the rights of the file and its folder; delete it when it is damaged, and a new one is made.",
    "other_team": "{file}: most of its customers are not those of {team}; it was not collected. See whether it belongs to another team.",
    "nobody_to_hand_to": "{file}: there is nobody to hand out to; fill in People or the owners of customers.",
    "handout_there": "{folder}: {file} is there already and nothing was handed out; collect and move the old files, or choose another folder.",
    "no_such_owner": "{file}: {person} owns no customers.",
    "none_fits": "{file}: none of {person}'s customers fits {where}; nothing was handed over.",
    "no_such_person": "{file}: {person} is not in People; add the person first or correct the name.",
    "same_person": "From and to are the same person ({person}).",
    "bad_where": "--where {text}: write it as column=value, for example tier=A,B or source=fair.",
    "no_leaver": '{file}: nothing to transfer. In People set Active to No for who has left, write "to NAME" in the note, and click again.',
    "no_log": "{file}: no call log was found. It needs a header row with the time and the customer ID or phone; name others with --map activities.at=HEADER.",
    "not_text": "{file}: its encoding cannot be told; save it as CSV in UTF-8.",
    "no_logs": "{folder}: no .csv call log found.",
    "no_team_read": "{folder}: no team workbook could be read. {reasons}",
    "other_tiers": "{file}: its tiers ({theirs}) are not those of the other teams ({ours}); it was left out.",
    "handed_out": "{file}: it was handed out to a person and is not a team's; it was left out.",
    "rolled_up": "{file}: it is itself a roll-up of teams; it was left out.",
    "done_import": "{added:call|calls} imported, {known} known already, {problems:row|rows} with problems.",
    "done_transfer": "{customers:customer|customers} handed over to {to}; {filled:past record stays|past records stay} with {source}.",
    "done_collect": "{files} collected: {customers:new customer|new customers}, {activities:activity|activities}, {orders:order|orders}, {cells:cell|cells} changed, {conflicts} to decide, {refused} refused. {reasons}",
    "done_handout": "{count:workbook|workbooks} handed out, in {folder}.",
    "done_company": "{teams:team|teams} rolled up into {file}, {refused} refused.",
}
