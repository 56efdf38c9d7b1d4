"""Stages of a sale in their order: shares by their number, those of well-known systems as these order them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.book.cell_readers import tier_words
from funnelbook.book.labels import normalise
from funnelbook.book.proposals import stages

HUBSPOT = [
    "Appointment Scheduled",
    "Qualified To Buy",
    "Presentation Scheduled",
    "Decision Maker Bought-In",
    "Contract Sent",
]
SALESFORCE = [
    "Prospecting", "Qualification", "Needs Analysis", "Value Proposition", "Id. Decision Makers", "Perception Analysis",
    "Proposal/Price Quote", "Negotiation/Review",
]  # fmt: skip
LEADS = ["Open - Not Contacted", "Working - Contacted"]
CLOSED = ["Closed Won", "Closed Lost", "Closed - Converted", "Closed - Not Converted"]


def proposed(said: list[str]) -> list[str]:
    return [str(row["code"]) for row in stages(np.array(said, dtype=object))]


@pytest.mark.parametrize("funnel", [HUBSPOT, SALESFORCE, LEADS])
@given(data=st.data())
def test_stages_of_a_system_are_in_its_order(funnel, data):
    said = data.draw(st.permutations([*funnel, *CLOSED]))
    assert proposed(said) == funnel
    words = tier_words(funnel)
    assert [words[normalise(one)] for one in CLOSED] == ["Won", "Lost", "Won", "Lost"]


def test_a_stage_of_ones_own_among_them_finds_its_place():
    assert proposed(["Contract Sent", "Quote", "Qualified To Buy", "Appointment Scheduled"]) == [
        "Appointment Scheduled",
        "Qualified To Buy",
        "Quote",
        "Contract Sent",
    ]


@given(
    st.lists(st.integers(1, 99), min_size=2, max_size=10, unique=True),
    st.sampled_from(["{}%", "{} %", "{}％", "意向{}%"]),
    st.data(),
)
def test_shares_go_by_their_number(numbers, form, data):
    said = data.draw(st.permutations([*numbers, 100, 0]))
    assert proposed([form.format(number) for number in said]) == [form.format(number) for number in sorted(numbers)]


def test_all_is_won_and_none_lost():
    said = ["50%", "10%", "100%", "30%", "80%", "0%"]
    assert proposed(said) == ["10%", "30%", "50%", "80%"]
    words = tier_words(proposed(said))
    assert (words["100%"], words["0%"]) == ("Won", "Lost")
    assert proposed(["0.5", "0.1", "1", "0.3", "0"]) == ["0.1", "0.3", "0.5"], (
        "as cells with a percent format hold them"
    )
    assert proposed(["2", "1", "3"]) == ["2", "1", "3"], "numbers that are no shares: nobody knows which way they go"
