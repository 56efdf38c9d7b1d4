"""What people and phone systems write for something that we only read; it is read in whatever language it is."""

from __future__ import annotations

WORDS: dict[str, tuple[str, ...]] = {
    # Ways to get in touch
    "phone": ("phone", "call", "telephone", "tel"),
    "sms": ("SMS", "text", "text message"),
    "email": ("E-mail", "mail"),
    # Names of rows of totals, and what such a name ends in
    "total": ("total", "totals", "grand total", "subtotal", "sum", "average", "avg"),
    "total_end": (),  # Capital is a name
    # In the outcome of a call: what was to be done is done
    "ticked": ("✓", "done"),
    # Headers in the logs of phone systems
    "dialled": ("callee", "called number", "dst", "destination", "number dialled"),
    "duration": ("billsec", "bill"),
    "seconds": ("sec",),
    # What stands before the name of who takes the customers over, in a note
    "handed_to": ("to",),
}
