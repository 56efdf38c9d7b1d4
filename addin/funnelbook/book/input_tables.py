"""The tables people fill in."""

from __future__ import annotations

from funnelbook.book.table import Role, Table, table

INPUTS: tuple[Table, ...] = (
    table(
        "Customers",
        "customers",
        Role.INPUT,
        """
        id id key required, name text, contact text, phone phone, email text, source text, owner person, tier tier,
        expected_value money, created date, closed date, next_contact date, next_purpose text, next_channel text,
        objection text, do_not_call flag, birthday date, note text
        """,
    ),
    table(
        "Activities",
        "activities",
        Role.INPUT,
        """
        activity_id id key, at moment required, id id required, owner person, channel text, connected flag,
        minutes number, outcome text, tier_after tier, quote money, next_contact date, next_purpose text,
        objection text, note text
        """,
    ),
    table(
        "Orders",
        "orders",
        Role.INPUT,
        """
        order_id id key, date date required, id id, owner person, amount money required, margin money, paid money,
        status code:order_status
        """,
    ),
    table(
        "People",
        "people",
        Role.INPUT,
        """
        person person key required, start date, active flag, daily_calls count, capacity number, note text
        """,
    ),
    table(
        "Leave",
        "leave",
        Role.INPUT,
        """
        person person required, from date required, to date
        """,
    ),
    table(
        "Targets",
        "targets",
        Role.INPUT,
        """
        period text key required, person person key, revision count key, orders_proposed number, amount_proposed money,
        margin_proposed money, orders number, amount money, margin money, agreed_on date, agreed_by text, locked flag,
        reason code:revision_reason, author text
        """,
    ),
    table(
        "Tiers",
        "settings",
        Role.INPUT,
        """
        order count, code tier key required, name text, definition text, rate rate, dwell_days number,
        cadence_days number, minutes number, advice text
        """,
    ),
    table(
        "Outcomes",
        "settings",
        Role.INPUT,
        """
        outcome text key required, tier_after tier, connected flag, quoted flag
        """,
    ),
    table(
        "Channels",
        "settings",
        Role.INPUT,
        """
        channel text key required, from text, to text, max_chars count, confirm_by text, confirm_days count, advice text
        """,
    ),
    table(
        "Objections",
        "settings",
        Role.INPUT,
        """
        objection text key required, next_step text
        """,
    ),
    table(
        "Ramp",
        "settings",
        Role.INPUT,
        """
        month count key required, factor number required
        """,
    ),
    table(
        "CareRules",
        "settings",
        Role.INPUT,
        """
        event code:care_event required, days count, value_class code:value_class, template text
        """,
    ),
    table(
        "RewardRules",
        "settings",
        Role.INPUT,
        """
        rule text key required, metric code:reward_metric required, from number, to number, amount money, percent rate, cap money,
        granted_by text
        """,
    ),
    table(
        "Calendar",
        "calendar",
        Role.INPUT,
        """
        date date key required, workday flag, weight number, name text, greeting text
        """,
    ),
    table(
        "Settings",
        "settings",
        Role.INPUT,
        """
        key text key required, value text, meaning text
        """,
    ),
)
