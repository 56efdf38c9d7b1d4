"""The mistakes people make in real workbooks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from funnelbook.words import say

Rows = list[dict[str, Any]]


def soil(rows: dict[str, Rows], language: str, as_of: date) -> None:
    """Puts them in: in fixed rows, so that everybody meets the same ones."""

    def said(key: str, **fields: object) -> str:
        return say(f"sample.{key}", language, **fields)

    customers, activities, orders = rows["Customers"], rows["Activities"], rows["Orders"]
    customers[11]["owner"] = None
    customers[37]["owner"] = None
    customers[52]["phone"] = "12345"
    customers[77]["created"] = customers[77]["created"].strftime("%Y/%m/%d")
    day = customers[78]["created"]
    customers[78]["created"] = said("dirt.day", year=day.year, month=day.month, day=day.day)
    customers[101]["phone"] = customers[100]["phone"]
    customers[140]["expected_value"] = said("dirt.amount")
    customers[155]["phone"] = said("dirt.phone")
    customers[201]["tier"] = said("dirt.tier")
    customers[410]["name"] = customers[409]["name"].removesuffix(said("legal_form")) + said("other_legal_form")
    for customer in customers[420:440]:
        customer["next_purpose"] = None
    activities[300]["next_contact"] = activities[300]["at"].date() - timedelta(days=7)
    customers.append(customers[301] | {"name": said("dirt.twice", name=customers[301]["name"])})
    activities[120]["at"] = said("dirt.no_day")
    activities[240]["id"] = "K9999"
    orders.append(orders[-1] | {"order_id": "D9001", "id": "K8888"})
    orders.append(orders[0] | {"order_id": "D9002", "amount": -300.0, "date": as_of})
    orders.append(orders[1] | {"order_id": "D9003", "date": as_of + timedelta(days=12)})
