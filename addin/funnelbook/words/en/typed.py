"""What people and phone systems write for something that we only read; it is read in whatever language it is."""

from __future__ import annotations

WORDS: dict[str, tuple[str, ...]] = {
    # Ways to get in touch
    "phone": ("phone", "call", "telephone", "tel"),
    "sms": ("SMS", "text", "text message"),
    "email": ("E-mail", "mail"),
    # Names of rows of totals, and what such a name ends in
    "total_start": ("subtotal", "sub-total", "grand total", "total for"),
    "template": ("template", "sample", "example", "blank"),  # a sheet called so is no person's
    "total": ("total", "totals", "grand total", "subtotal", "sum", "average", "avg"),
    "total_end": (),  # Capital is a name
    # A column beside the tiers that says who bought or is lost; whether he bought
    "column_state": ("status", "customer status", "lead status", "deal status", "stage", "deal stage", "state"),
    "column_sold": ("sold", "is won", "won", "closed", "bought"),
    # In the outcome of a call: what was to be done is done
    "ticked": ("✓", "done"),
    # Headers in the logs of phone systems
    "dialled": ("callee", "called number", "dst", "destination", "number dialled"),
    "duration": ("billsec", "bill"),
    "seconds": ("sec",),
    "milliseconds": ("millisec", "(ms)", "in ms", "durationms"),
    # Heads of a call log: talk time (before any other duration), the day and the time of day apart, a unit
    "talked": ("talking", "talk time", "talk duration", "talktime"),
    "day_column": ("date", "call date", "day"),
    "time_column": ("time", "call time", "start time", "hour"),
    "in_minutes": ("min",),
    # What stands before the name of who takes the customers over, in a note
    "handed_to": ("to",),
    # What names of companies end in; words that stages of a sale are known by, the lowest stage first
    "company_end": ("ltd", "ltd.", "limited", "inc", "inc.", "llc", "gmbh", "corp", "corp.", "company", "plc", "co."),
    "stage_first": ("lead", "new", "prospect", "cold", "open"),
    "stage_second": ("contact", "attempt", "reached", "appointment"),
    "stage_third": ("qualif", "need", "interest", "discover"),
    "stage_fourth": ("demo", "present", "trial", "meeting", "evaluat"),
    "stage_fifth": ("propos", "quot", "bid"),
    "stage_sixth": ("negotiat", "review", "terms"),
    "stage_last": ("contract", "verbal", "commit", "decision", "closing"),
    # In a dated entry of a note: the channel, and the outcome, those that say most first
    "note_phone": ("call", "phone", "rang", "voicemail"),
    "note_wechat": ("wechat",),
    "note_sms": ("sms", "texted"),
    "note_email": ("e-mail", "email", "mailed"),
    "note_won": ("signed", "won", "deal closed", "order placed", "ordered", "bought"),
    "note_do_not_call": ("do not call", "don't call"),
    "note_refused": ("refused", "lost"),
    "note_decided": ("decided to buy", "will buy"),
    "note_terms": ("negotiating", "negotiated", "discount"),
    "note_quoted": ("quoted", "quote sent", "sent quote", "sent a quote", "offer sent", "sent offer"),
    "note_demo": ("demo",),
    "note_sees_need": ("sees the need", "needs it"),
    "note_material_sent": ("brochure", "sent info", "sent material"),
    "note_no_need": ("not interested", "no longer interested", "lost interest", "no interest", "no need", "no budget"),
    "note_willing": ("interested",),
    "note_wrong_number": ("wrong number",),
    "note_switched_off": ("switched off", "unreachable"),
    "note_busy": ("busy",),
    "note_no_answer": ("no answer", "voicemail", "not reached", "no reply"),
    "note_later": ("call back", "call again", "later"),
    # For the day of the next contact: that there is to be none; that nobody knows it yet
    "no_next": ("never", "no more", "no call", "no calls", "no contact", "not needed", "no need"),
    "no_day_yet": (
        "TBD",
        "TBC",
        "to be decided",
        "to be determined",
        "to be confirmed",
        "to be agreed",
        "open",
        "unknown",
        "pending",
        "?",
    ),
    # The stages that well-known systems come with, the lowest first; those that are closed are words for won and lost
    "funnel_hubspot": (
        "Appointment Scheduled",
        "Qualified To Buy",
        "Presentation Scheduled",
        "Decision Maker Bought-In",
        "Contract Sent",
    ),
    "funnel_salesforce": (
        "Prospecting",
        "Qualification",
        "Needs Analysis",
        "Value Proposition",
        "Id. Decision Makers",
        "Perception Analysis",
        "Proposal/Price Quote",
        "Negotiation/Review",
    ),
    "funnel_leads": ("New", "Open - Not Contacted", "Attempted To Contact", "Working - Contacted", "Connected"),
}
