"""What the Diagnosis and the Causes say."""

from __future__ import annotations

WORDS: dict[str, str] = {
    # Advice
    "diagnose_no_evidence": "Too little data to judge.",
    "diagnose_B1": "Even at the team's rates it is hardly possible: check the forecast and what has changed; revise the target if need be, with the reason.",
    "diagnose_B2": "Fewer calls a day than the others: go through the daily phone plan and get the calls made first.",
    "diagnose_B3": "Few prospects go on, even at the team's mix of sources: replace or screen the list, and train the opening.",
    "diagnose_B3_numbers": "More invalid numbers than the others: clean the list before handing it out.",
    "diagnose_B4": "Too few customers for the target: add prospects as the week plan says.",
    "diagnose_B5": "Few quotes become orders: go through those lost; quote only once need and decision maker are clear.",
    "diagnose_B6": "Few cases are won: listen in, and train answering objections and asking for the order.",
    "diagnose_B7": "The margin is low: look at the discounts and who may give them.",
    "diagnose_B8": "Behind the time gone: see Causes and start with the largest one.",
    "diagnose_B9": "Fewer calls in the last two weeks: talk in private and find out why.",
    "diagnose_B9_promises": "Fewer promises kept in the last two weeks: talk in private and check the promises every day.",
    "diagnosis_line": "The benchmark is the rest of the team; only what is beyond the control limits is judged, and never few cases.",
    "causes_alone_line": "There is one person only and no team to compare with: no causes.",
    "causes_none_line": "There is no result or target to compare in this period yet: no causes.",
    "causes_line": "The contributions add up to the gap (result less target); before the end of the period calls not made yet count too.",
}
