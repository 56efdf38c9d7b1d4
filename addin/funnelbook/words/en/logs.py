"""What phone systems write in their call logs, each with where it was seen; we only read it, in whatever language it is."""

from __future__ import annotations

# fmt: off
WORDS: dict[str, tuple[str, ...]] = {
    # When the call began: day and time in one; times of an answer or an end are others
    "start": (
        "call time", "start time", "call start time", "call start", "start", "started", "started at", "begin time",
        "calldate", "start stamp",  # Asterisk, FreePBX; FreeSWITCH
        "call date",  # VICIdial
        "datetime", "date time", "date/time", "date & time", "date and time", "timestamp", "created at", "created time",
        "datetime (UTC)", "call date & time",  # Aircall; Zoho Voice
    ),
    "day": ("date", "call date", "day", "date (TZ offset incl.)", "start date"),
    "clock": ("time", "call time", "start time", "hour", "time (TZ offset incl.)", "time of day"),
    # The customer's number, whoever called
    "number": (
        "phone number dialed", "number dialed", "number dialled", "dialed number", "dialled number", "dialled no", "dialed no",
        "dialed", "dialled", "customer phone", "customer number dialled", "external number", "contact number", "lead phone",
        "phone number", "phone", "mobile",
    ),
    # May head the customer's number: only where phones stand below
    "any_number": ("number", "no", "no.", "num", "contact", "customer", "client", "lead", "prospect", "called party", "dialed to"),
    # Who called, and who was called: which of the two is the customer depends on the direction
    "caller": ("caller", "src", "source number", "caller id", "caller number", "caller id number", "cid number", "calling number",
               "from", "from number", "call from", "ani", "originating number", "customer's number"),
    "called": ("callee", "dst", "destination", "destination number", "called number", "called", "to", "to number", "call to",
               "dnis", "caller destination", "callee number", "called party", "recipient"),
    # Who of us spoke: the name before an account, both before an extension
    "agent": ("agent", "agent name", "full name", "user name", "user", "rep", "sales agent", "salesperson", "extension name",
              "agent full name", "assigned user", "handled by", "answered by", "employee", "operator"),
    "account": ("user", "agent id", "login", "user id", "agent login", "agent email", "user email", "account code", "accountcode"),
    "extension": ("extension", "ext", "ext.", "cnum", "agent extension", "extension number", "caller extension"),
    "caller_id": ("clid", "caller id name", "cnam", "from name"),
    # How long: talk before all that rings and waits
    "talk": ("billsec", "bill seconds", "talking", "talk", "talk time", "talk duration", "talktime", "talk sec", "conversation time",
             "duration (in call)", "in call duration", "billable seconds", "answered duration", "billed duration", "call duration (talk)"),
    "total": ("duration", "length", "length in sec", "call duration", "call length", "duration (total)", "total duration",
              "totals", "total time", "minutes", "mins", "bill"),
    # What came of it; a word for connected counts as such, any other as the outcome
    "status": ("disposition", "status", "call status", "action result", "call result", "result",
               "state", "last result", "call outcome", "status name", "result description", "dial status", "answered", "call state"),
    # What the agent said of it afterwards: it goes first; where it is written in sentences it is a note
    "wrap_up": ("wrap up", "wrap-up", "wrap up code", "wrap-up code", "wrapup code", "agent disposition", "disposition name", "sub disposition",
                "agent outcome"),
    "answered": ("answered", "was answered"),
    # How it ended, which mostly says who hung up: what came of it only where nothing else says that
    "cause": ("hangup cause", "hangup cause / status", "hang up cause", "hangup reason", "disconnect reason", "end reason", "call end reason",
              "termination reason", "release cause"),
    "unit": ("ms", "milliseconds", "s", "sec", "secs", "second", "seconds", "min", "mins", "minute", "minutes", "hh:mm:ss", "h:mm:ss", "mm:ss"),  # of a duration, in or behind its header
    "direction": ("direction", "call direction", "call type", "type", "in/out", "inbound/outbound"),
    # One call, one number; legs of a call that share the first of them are one call
    "linked": ("linkedid", "linked id", "call group id", "parent call id", "parent session id"),
    "call_id": ("call id", "uniqueid", "unique id", "uuid", "call uuid", "session id", "call sid", "callid", "recording id",
                "activity no", "call log id", "record id"),
    # Numbers that name something else: a row of the log, a lead of the dialler's own list
    "running": ("id", "no", "no.", "number of row", "#", "seq", "sequence", "row", "line", "serial", "serial no", "index", "s/n"),
    # Directions
    "outbound": ("outbound", "out", "outgoing", "outbound call", "dialed", "dialled", "manual dial", "auto dial", "external",
                 "outcall", "click to call"),
    "inbound": ("inbound", "in", "incoming", "inbound call", "received", "incall"),
    "internal": ("internal", "local", "extension to extension", "intercom"),
    # Channels that are a call: what diallers write for the line, and how its technical names begin
    "voice": ("mobile", "mobile phone", "sip", "trunk", "GSM", "voice", "VoIP", "VoIP call", "phone call", "voice call", "landline", "cell", "cellphone", "dialer", "dialler", "PSTN"),
    "technical": ("SIP/", "PJSIP/", "IAX2/", "DAHDI/", "Zap/", "Local/", "sofia/", "SCCP/", "Skinny/", "Dongle/", "WebRTC/", "verto", "SIP:"),
    # Dispositions, by what they mean; in capitals and short: codes of VICIdial
    "is_answered": ("answered", "answer", "connected", "call connected", "accepted", "completed", "talked",
                    "human", "success", "successful", "XFER", "DISPO", "INCALL", "answered elsewhere"),
    "is_no_answer": ("no answer", "noanswer", "unanswered", "not answered", "missed", "missed call", "no user response", "originator cancel",
                     "cancelled", "canceled", "cancel", "ring no answer", "abandoned", "hang up", "hangup", "hung up", "short call",
                     "voicemail", "voice mail", "answering machine", "machine", "left voicemail", "left message", "not connected",
                     "A", "AA", "AM", "AL", "N", "NA", "NP", "DROP", "PDROP", "XDROP", "TIMEOT", "NANQUE", "AFTHRS", "PU", "PM"),
    "is_busy": ("busy", "user busy", "line busy", "call rejected", "rejected", "declined", "B", "AB"),
    # How a call ended, not what came of it: as usual; and who hung up (who and how, in either order)
    "is_cleared": ("normal clearing", "normal call clearing"),
    "is_hung_up": ("terminated", "call ended"),
    "hung_up_who": ("caller", "callee", "called party", "calling party", "agent", "customer", "client", "lead", "contact", "user",
                    "operator", "extension", "system", "remote party", "local party"),
    "hung_up_how": ("hung up", "hang up", "hangup", "hung up by", "hangup by", "ended", "ended by", "disconnected", "disconnected by",
                    "terminated", "terminated by", "ended call", "ended the call"),
    "is_failed": ("failed", "failure", "congestion", "chanunavail", "channel unavailable", "error", "call failed", "unavailable",
                  "normal temporary failure", "recovery on timer expire", "network out of order", "no route destination", "LRERR", "ERI"),
    "is_switched_off": ("switched off", "phone switched off", "powered off", "not reachable", "unreachable", "subscriber absent", "out of service"),
    "is_wrong_number": ("wrong number", "bad number", "invalid number", "number not in service", "unallocated number",
                        "invalid number format", "disconnected number", "disconnected", "DC", "ADC", "WRONG"),
    "is_later": ("call back", "callback", "call back later", "call later", "scheduled callback", "CALLBK", "CBHOLD"),
    "is_willing": ("interested", "willing to hear more"),
    "is_refused": ("refused", "customer refused", "refusal"),
    "is_no_need": ("not interested", "no interest", "no need now", "declined sale", "NI", "DEC"),
    # A system and headers that stand together in its logs alone; a system and what else it is called
    "heads_of_systems": ("VICIdial|phone_number_dialed", "VICIdial|length_in_sec|status", "Asterisk|billsec|disposition",
                         "Asterisk|calldate|lastapp", "FreeSWITCH|hangup_cause|billsec", "3CX|Ringing|Talking",
                         "Aircall|duration (in call)", "RingCentral|Action Result"),
    "systems_called": ("Asterisk|FreePBX",),
    # Systems that speak the language, in Dispositions of a new workbook: system|word|outcome (as outcome_... of start.py)|spoke
    "own_systems": (),
    "is_won": ("sale", "sale made", "sold", "won", "closed won", "SALE"),
}
# fmt: on
