"""What a new workbook starts with."""

from __future__ import annotations

WORDS: dict[str, str | tuple[str, ...]] = {
    # name, definition, advice
    "tier_E": ("Potential", "On the list, not reached yet", "Make the first call and ask for the need"),
    "tier_D": (
        "Contacted",
        "Reached, willing to talk again",
        "Agree time and topic of the next call, find who decides",
    ),
    "tier_C": ("Acknowledged", "Sees the value, has the need", "Work out the benefit together, move to a quote"),
    "tier_B": ("Interested", "Wants to buy, quoted or negotiating", "Settle objections and ask for the signature"),
    "tier_A": ("Ready to buy", "Has decided, paperwork open", "Do the paperwork the same day"),
    # outcomes of calls
    "outcome_no_answer": "No answer",
    "outcome_busy": "Busy",
    "outcome_switched_off": "Phone switched off",
    "outcome_wrong_number": "Wrong number",
    "outcome_bad_moment": "Bad moment",
    "outcome_later": "Call back later",
    "outcome_no_need": "No need now",
    "outcome_willing": "Willing to hear more",
    "outcome_material_sent": "Material sent",
    "outcome_sees_need": "Sees the need",
    "outcome_demo": "Demo agreed",
    "outcome_quoted": "Quoted",
    "outcome_terms": "Negotiating terms",
    "outcome_decided": "Decided to buy",
    "outcome_cared": "Cared for",
    "outcome_won": "Won",
    "outcome_refused": "Refused",
    "outcome_do_not_call": "Do not call",
    # name, advice; two blanks where nobody uses the channel
    "channel_phone": ("Phone", "Know the purpose before, agree the next call after"),
    "channel_sms": ("SMS", "Short, exact, unambiguous; mind the hour"),
    "channel_wechat": ("", ""),
    "channel_email": ("E-mail", "No proposal after two minutes of talk; call when there is no answer"),
    "channel_fax": ("Fax", "Short; always confirm by phone"),
    # objection, next step
    "objection_price": ("Too expensive", "Show the return, offer instalments or a smaller package"),
    "objection_wavering": ("Will think about it", "Ask what holds them, agree a date"),
    "objection_supplier": ("Has a supplier", "Find the difference, start as second source"),
    "objection_budget": ("No budget", "Ask for the budget cycle, agree the next one"),
    "objection_boss": ("Must ask the boss", "Ask to speak to who decides"),
    "objection_trust": ("No trust", "Send a case of their trade, offer a trial"),
    "objection_need": ("No need now", "Follow at the cadence"),
    # what to say to customers; {{fields}} are filled in for each
    "care_guidance_1": "{{contact}}, all is set up; call me whenever something is unclear.",
    "care_guidance_7": "One week in: how is it going?",
    "care_guidance_30": "One month in: does it do what you hoped for?",
    "care_visit": "Regular call: news and needs.",
    "care_festival": "{{contact}}, all the best for {{festival}}, and thank you. {{owner}}",
    "care_birthday": "{{contact}}, happy birthday! {{owner}}",
    # a weekend day worked for a holiday
    "make_up_day": "Working day for {holiday}",
}
