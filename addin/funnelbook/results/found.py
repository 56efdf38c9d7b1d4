"""The Found table (查找客户): all that is known about the customers a text fits."""

from __future__ import annotations

import numpy as np
import pandas as pd

from funnelbook.book import codes, values
from funnelbook.book.labels import header, normalise
from funnelbook.book.result_tables import blank
from funnelbook.book.schema import TABLES, Column, Kind, Role, Table
from funnelbook.domain import phone
from funnelbook.results.cold_cases import COLD_WORDS, cold_customers
from funnelbook.results.making import Made, makes
from funnelbook.results.situation import Situation
from funnelbook.words import say

FOUND = Table(
    "Found",
    Role.RESULT,
    sheet="find",
    order=230,
    columns=(
        Column("search", Kind.TEXT, entry=True, width=16),
        Column("id", Kind.ID, key=True),
        Column("name", Kind.TEXT, width=30),
        Column("at", Kind.MOMENT, key=True),
        Column("kind", Kind.CODE, codes="found_kind", key=True),
        Column("owner", Kind.PERSON),
        Column("channel", Kind.TEXT),
        Column("outcome", Kind.TEXT, width=20),
        Column("tier", Kind.TIER),
        Column("amount", Kind.MONEY),
        Column("next_contact", Kind.DATE),
        Column("next_purpose", Kind.TEXT, width=20),
        Column("objection", Kind.TEXT, width=20),
        Column("note", Kind.TEXT, key=True, width=54),
    ),
)

CUSTOMER, ACTIVITY, ORDER, MOVE = "customer", "activity", "order", "move"
MOST_TOLD = 20  # customers whose whole history is told
MOST_LISTED = 500
_TOLD = ("contact", "phone", "email", "source", "note")
_SHORTEST_NUMBER = 3  # digits from which a text is looked for in phone numbers


def customers_named(customers: pd.DataFrame, text: str, country: str = phone.HOME) -> pd.DataFrame:
    """The customer whose id a text is, else those it is a part of the name, contact or phone of. Source: method C4."""
    said = values.fold(text).casefold()
    if not said:
        return customers.iloc[:0]
    whole = customers["id"].str.casefold() == said
    if whole.any():
        return customers[whole]

    def says_it(value: str) -> bool:
        return said in values.fold(value).casefold()

    found = np.zeros(len(customers), dtype=bool)
    for name in ("name", "contact"):
        found |= customers[name].fillna("").map(says_it).to_numpy(bool)
    digits = "".join(c for c in said if c.isdigit())
    if len(digits) >= _SHORTEST_NUMBER and not any(c.isalpha() for c in said):
        whole = phone.one_spelling(pd.Series([said]), country)[0]
        typed = customers["phone"].fillna("").str.replace(r"\D", "", regex=True)
        for numbers in (typed, phone.one_spelling(customers["phone"], country).fillna("")):
            for wanted in {digits, whole}:
                found |= numbers.str.contains(wanted, regex=False).to_numpy(bool)
    return customers[found]


@makes(FOUND)
def whole_history(situation: Situation) -> Made:
    """The Found: each customer's master data, then activities, orders and moves, the latest first.

    Of more than 20 customers only the master data. The word for cold finds all that are. Source: method C4, forecast.md 2.
    """
    language, text = situation.language, situation.search
    if not text:
        return Made(blank(FOUND), note=say("find_line", language))
    cold = normalise(text) in COLD_WORDS
    who = cold_customers(situation) if cold else customers_named(situation.customers, text, situation.settings.country)
    note = say("found_line", language, text=text, customers=len(who))
    if who.empty:
        return Made(blank(FOUND).reindex([0]).assign(search=text), note=f"{note} {say('find_line', language)}")
    parts = [_master(situation, who.iloc[:MOST_LISTED])]
    if len(who) <= MOST_TOLD:
        parts += [part(situation, who["id"]) for part in (_activities, _orders, _moves)]
    else:
        note = f"{note} {say('found_many_line', language)}"
    rows = pd.concat([part for part in parts if len(part)], ignore_index=True)
    rows = rows.assign(name=rows["id"].map(who.set_index("id")["name"]))
    order = pd.DataFrame(
        {
            "who": pd.Index(who["id"]).get_indexer(pd.Index(rows["id"])),
            "first": rows["kind"] != CUSTOMER,
            "ago": -rows["at"].to_numpy("datetime64[s]").astype(np.int64),
        }
    )
    rows = rows.iloc[np.lexsort((order["ago"], order["first"], order["who"]))].reset_index(drop=True)
    return Made(rows.assign(search=np.array([text, *[None] * (len(rows) - 1)], dtype=object)), note=note)


def _master(situation: Situation, who: pd.DataFrame) -> pd.DataFrame:
    tier = situation.tiers.decode(situation.timeline.current["tier"])
    now = pd.Series(tier, index=situation.customers["id"].to_numpy(object))
    told = [_told(row, situation.language) for row in who[list(_TOLD)].itertuples(index=False, name=None)]
    shown = who[["id", "owner", "next_contact", "next_purpose", "objection"]]
    return shown.assign(
        at=who["created"],
        kind=CUSTOMER,
        tier=who["id"].map(now),
        amount=who["expected_value"],
        note=told,
        channel=None,
        outcome=None,
    )


def _told(row: tuple[str | None, ...], language: str) -> str:
    """What is known of a customer besides the other columns, what is blank left out."""
    heads = [header(TABLES["Customers"], name, language) for name in _TOLD[:-1]]
    known = [f"{head} {value}" for head, value in zip(heads, row, strict=False) if value]
    return say("between", language).join([*known, row[-1]] if row[-1] else known)


def _activities(situation: Situation, ids: pd.Series) -> pd.DataFrame:
    done = situation.activities[situation.activities["id"].isin(ids)]
    columns = ["id", "at", "owner", "channel", "outcome", "next_contact", "next_purpose", "objection", "note"]
    return done[columns].assign(kind=ACTIVITY, tier=situation.tiers.decode(done["tier_after"]), amount=done["quote"])


def _orders(situation: Situation, ids: pd.Series) -> pd.DataFrame:
    orders = situation.frames["Orders"]
    orders = orders[orders["id"].isin(ids) & (orders["date"] <= pd.Timestamp(situation.as_of))]

    def status(code: str) -> str:
        return codes.word("order_status", code, situation.language)

    return orders[["id", "owner", "amount"]].assign(
        at=orders["date"],
        kind=ORDER,
        outcome=orders["status"].fillna("valid").map(status).astype(object),
        note=orders["order_id"],
    )


def _moves(situation: Situation, ids: pd.Series) -> pd.DataFrame:
    stays = situation.timeline.stays
    known = situation.customers["id"].to_numpy(object)
    moved = stays[
        (stays["from_tier"] >= 0).to_numpy() & np.isin(stays["customer"], np.flatnonzero(np.isin(known, ids)))
    ]
    before, after = (
        [codes.special(code, situation.language) for code in situation.tiers.decode(moved[name])]
        for name in ("from_tier", "tier")
    )
    source = [codes.word("history_source", code, situation.language) for code in moved["source"]]
    return pd.DataFrame(
        {
            "id": known[moved["customer"]],
            "at": moved["entered"].to_numpy("datetime64[s]"),
            "kind": MOVE,
            "owner": moved["owner"].to_numpy(object),
            "outcome": source,
            "tier": situation.tiers.decode(moved["tier"]),
            "note": [f"{old} → {new}" for old, new in zip(before, after, strict=True)],
        }
    )
