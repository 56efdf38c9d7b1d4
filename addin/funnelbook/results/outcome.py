"""Every result table of a refresh, with the line above it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from funnelbook.book.messages import say
from funnelbook.book.problem_texts import INFO
from funnelbook.book.problems import Problems
from funnelbook.book.schema import TABLES
from funnelbook.domain import followup, periods
from funnelbook.results.board import board
from funnelbook.results.call_list import call_list
from funnelbook.results.care import care_of
from funnelbook.results.causes import causes
from funnelbook.results.chance import chances
from funnelbook.results.daily_report import daily_report, days, efficiency, team_days
from funnelbook.results.diagnosis import diagnosis
from funnelbook.results.entries import Entered, with_waiting
from funnelbook.results.find import whole_history
from funnelbook.results.funnel import funnel, shapes
from funnelbook.results.goals import Goals, goals
from funnelbook.results.meeting import meeting, who_helps_whom
from funnelbook.results.neglect import note_neglect
from funnelbook.results.objections import objection_counts
from funnelbook.results.revision import target_history, why_revise
from funnelbook.results.rewards import lines, rewards
from funnelbook.results.situation import Situation
from funnelbook.results.week_plan import plan


@dataclass(frozen=True)
class Outcome:
    """A result table in schema names and codes; `note` is the line above it, charts draw the first `chart_rows` rows."""

    frame: pd.DataFrame
    note: str = ""
    chart_rows: int | None = None


def outcomes(
    situation: Situation, problems: Problems, entries: Entered | None = None, calls_below: int = 0, search: str = ""
) -> dict[str, Outcome]:
    """The result tables by schema name, every schema column there. `problems` are those found in the data.

    `entries`: what was typed into the call list; what waits stays in it. `calls_below`: the row of its header in the sheet.
    `search`: which customers are looked for.
    """
    found = Problems(list(problems.found))
    aims = goals(situation, found)
    note_neglect(situation, found)
    plans = plan(situation, aims)
    paid_out = rewards(situation, aims, found)
    tiers, people = situation.tiers.n, len(situation.people)
    weeks = len(periods.weeks(situation.period))
    as_of = _as_of(situation)
    target = _target_lines(situation, aims)
    data = _data_lines(situation)
    reasons = causes(situation, aims)
    worked = days(situation)
    report = daily_report(situation, worked)
    log = pd.concat([situation.history, situation.timeline.log_rows], ignore_index=True)
    late = [say("past_as_of_line", situation.language)] if situation.before_log else []
    care = care_of(situation, found)
    shaped, ranked, helped = shapes(situation, aims), board(situation, aims), who_helps_whom(situation)
    help_line = say("no_pairs_line" if helped.empty else "pairs_line", situation.language)
    reason = why_revise(situation, aims)
    revise = [say(f"revise_{reason}", situation.language)] if reason else []
    calls = call_list(situation, plans.week_plan)
    counted = _calls(calls, situation.language)
    if entries is not None:
        calls, stands = with_waiting(_complete("CallList", calls), entries.waiting)
        for fault in entries.faults.itertuples():
            row = calls_below + 1 + stands[fault.at]
            found.add("CallList", fault.column, fault.code, [row], [fault.value], why=fault.why)
    listed = found.frame(situation.language)
    made = {
        "Shapes": Outcome(
            pd.concat([shaped, chances(situation, aims, plans.week_plan)], axis=1), _line(as_of, *target)
        ),
        "Funnel": Outcome(funnel(situation, aims), _line(as_of, *data), tiers),
        "WeekPlan": Outcome(plans.week_plan, _line(as_of, *target, *late), weeks),
        "CallList": Outcome(calls, _line(as_of, counted)),
        "Found": Outcome(*whole_history(situation, search)),
        "Efficiency": Outcome(efficiency(situation, worked), _line(as_of, say("efficiency_line", situation.language))),
        "ObjectionCounts": Outcome(objection_counts(situation), as_of),
        "DailyReport": Outcome(
            report, _line(as_of, say("daily_report_line", situation.language), *_unlogged(situation)), team_days(report)
        ),
        "Board": Outcome(ranked, _line(as_of, *target, *data), people),
        "Diagnosis": Outcome(diagnosis(situation, aims), _line(as_of, say("diagnosis_line", situation.language))),
        "Causes": Outcome(reasons, _line(as_of, _causes_line(situation, reasons)), reasons["driver"].nunique()),
        "Summary": Outcome(plans.summary, as_of, tiers),
        "Effort": Outcome(care.effort, _line(as_of, *care.effort_lines), 2),
        "Care": Outcome(care.care, _line(as_of, *care.care_lines)),
        "Meeting": Outcome(meeting(situation, aims, ranked, shaped, helped), _line(as_of, *target, *revise), people),
        "Pairs": Outcome(helped, help_line),
        "Rewards": Outcome(paid_out, _line(as_of, *lines(situation, paid_out))),
        "Problems": Outcome(listed, _line(as_of, _counts(listed, situation.language))),
        "History": Outcome(log if len(situation.history) else situation.timeline.log_rows),
        "Seen": Outcome(situation.seen if situation.before_log else situation.sight.seen),
        "PlanHistory": Outcome(plans.plan_history),
        "TargetHistory": Outcome(target_history(situation), _line(*revise)),
    }
    return {name: Outcome(_complete(name, o.frame), o.note, o.chart_rows) for name, o in made.items()}


def _complete(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A frame with every column of its table; what this edition does not work out stays blank."""
    return frame.reindex(columns=list(TABLES[table].names))


def _as_of(situation: Situation) -> str:
    return say("as_of_line", situation.language, as_of=situation.as_of.isoformat(), period=situation.period.label)


def _target_lines(situation: Situation, aims: Goals) -> list[str]:
    if pd.isna(aims.target["orders"]).all():
        return [say("no_target_line", situation.language)]
    codes = ["proposed_line"] * (not aims.agreed) + ["split_line"] * aims.split
    return [say(code, situation.language) for code in codes]


def _data_lines(situation: Situation) -> list[str]:
    codes = ["no_activities_line"] * situation.activities.empty + ["no_orders_line"] * (not situation.has_orders)
    return [say(code, situation.language) for code in codes]


def _causes_line(situation: Situation, reasons: pd.DataFrame) -> str:
    if len(situation.people) == 1:
        return say("causes_alone_line", situation.language)
    return say("causes_none_line" if reasons.empty else "causes_line", situation.language)


def _unlogged(situation: Situation) -> list[str]:
    codes = ["no_log_line"] * situation.activities.empty + ["no_orders_line"] * (not situation.has_orders)
    return [say(code, situation.language) for code in codes]


def _calls(listed: pd.DataFrame, language: str) -> str:
    counts = listed["why"].value_counts()
    promised, overdue, cadence, new = (
        int(counts.get(why, 0)) for why in (followup.PROMISED, followup.OVERDUE, followup.CADENCE, followup.NEW)
    )
    return say("calls_line", language, calls=len(listed), promised=promised + overdue, cadence=cadence, new=new)


def _counts(listed: pd.DataFrame, language: str) -> str:
    if listed.empty:
        return say("no_problems_line", language)
    counts = listed["severity"].value_counts()
    errors, warnings, notes = (int(counts.get(s, 0)) for s in ("error", "warning", INFO))
    return say("problems_line", language, errors=errors, warnings=warnings, notes=notes)


def _line(*parts: str) -> str:
    return " ".join(part for part in parts if part) if any(p.isascii() for p in parts if p) else "".join(parts)
