"""The sentence above a result table that answers what it is opened for."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "headline_target": "Orders: {won} of {target} done, chance of the target {chance}.",
    "headline_done": "The target is made.",
    "headline_over": "No working day of the period is left; orders to go: {gap}.",
    "headline_enough": "Orders to go: {gap}; every tier has customers enough.",
    "headline_short": "Shortest of tier {tier}: {count:customer|customers} missing.",
    "headline_week": "This week ({days}): {won:order|orders} won and {found} new at tier {tier} so far; still to win {orders}, still to find {new}.",
    "headline_ahead": "The team has done {done}, {points:point|points} ahead of time.",
    "headline_behind": "The team has done {done}, {points:point|points} behind time.",
    "headline_in_step": "The team has done {done}, in step with time.",
    "headline_behind_people": "Behind: {who}.",
    "headline_behind_count": "{count:person is|people are} behind.",
    "headline_behind_most": "{count:person is|people are} behind, most of all {who}.",
    "headline_problem": "{people:person has|people have} a problem; most often: {question} ({count}).",
    "headline_no_problem": "Nobody has a problem that is certain.",
    "headline_cause": "{who} is furthest behind, mostly for {driver} (contribution {by}).",
    "headline_nobody_behind": "Nobody is below target.",
    "headline_summary": "Orders planned first: {planned}; won so far: {done}.",
    "headline_objection": "Customers say {objection} most often, {share} of the time.",
    "headline_no_objection": "No objection is recorded yet.",
}
