"""The rows of Activities: what came of each contact, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from funnelbook.domain.tiers import Tiers
from funnelbook.sample.aftercare import SALE, SENT
from funnelbook.sample.dirt import Rows
from funnelbook.sample.known import Known
from funnelbook.words import say, texts

_ENDED = ("Won", "Lost")


def activities(known: Known, language: str, tiers: Tiers, id_: Callable[[int], str]) -> Rows:
    """In order of time."""
    world, value, contacts = known.story.world, known.story.value, known.contacts
    people, not_reached = texts("sample.people", language), texts("sample.not_reached", language)
    phone, message = say("sample.channel", language), say("sample.channel_sent", language)
    dice = np.random.default_rng([world.seed, 10]).random((len(known.story.contacts), 4))[contacts.index]
    talk = np.random.default_rng([world.seed, 15]).gamma(2.0, 2.2, len(known.story.contacts))[contacts.index]
    minutes = np.round(talk + 0.5, 1)
    at = world.clock.days(contacts["day"].to_numpy()).astype("datetime64[m]") + contacts["minute"].to_numpy()
    agreed = contacts["agreed"].to_numpy()
    days = world.clock.days(np.nan_to_num(agreed).astype(int)).astype(object)
    rows: Rows = []
    columns = (contacts[name] for name in ("customer", "tier", "stands", "kind"))
    for k, (i, tier, stands, kind, moment) in enumerate(zip(*columns, at.astype(object), strict=True)):
        code = None if tier < 0 else tiers.labels[tier]
        told = "none" if code in (None, "E") else code
        outcome = _pick(texts(f"sample.outcomes.{told}", language), dice[k, 0]) if kind == SALE else None
        reached = outcome not in not_reached
        next_contact = None if np.isnan(agreed[k]) or code in _ENDED else days[k]
        next_purpose = (
            say(f"sample.purpose.{tiers.labels[stands]}", language) if code not in _ENDED and kind == SALE else None
        )
        notes = texts(f"sample.notes.{told if kind == SALE else kind}", language)
        rows.append({
            "activity_id": f"H{k + 1:05d}", "at": moment, "id": id_(i), "owner": people[world.owner[i]],
            "channel": message if kind == SENT else phone,
            "connected": None if kind == SENT else reached,
            "minutes": float(minutes[k]) if reached and kind != SENT else None,
            "outcome": outcome, "tier_after": code, "quote": float(value[i]) if code == "B" else None,
            "next_contact": next_contact,
            "next_purpose": None if dice[k, 1] < 0.2 else next_purpose,
            "objection": _pick(texts("sample.objections", language), dice[k, 2]) if code == "Lost" else None,
            "note": _pick(notes, dice[k, 3]) or None if reached else None,
        })  # fmt: skip
    return rows


def _pick(options: Sequence[str], dice: float) -> str:
    return options[int(dice * len(options))]
