"""The mistakes people make in real workbooks."""

from __future__ import annotations

from datetime import date, timedelta

Rows = list[dict[str, object]]


def soil(rows: dict[str, Rows], language: str, as_of: date) -> None:
    """Puts them in: in fixed rows, so that everybody meets the same ones."""
    zh = language == "zh"
    customers, activities, orders = rows["Customers"], rows["Activities"], rows["Orders"]
    customers[11]["owner"] = None
    customers[37]["owner"] = None
    customers[52]["phone"] = "12345"
    customers[77]["created"] = customers[77]["created"].strftime("%Y/%m/%d")
    day = customers[78]["created"]
    customers[78]["created"] = f"{day.year}年{day.month}月{day.day}日" if zh else f"{day:%Y.%m.%d}"
    customers[101]["phone"] = customers[100]["phone"]
    customers[140]["expected_value"] = "1.8万" if zh else "18,000"
    customers[155]["phone"] = "１３８００１３８０００" if zh else "０２０７９４６０９５８"
    customers[201]["tier"] = "F类" if zh else "F"
    customers[410]["name"] = customers[409]["name"].replace("有限公司", "股份有限公司").replace(" Ltd", " Limited")
    for customer in customers[420:440]:
        customer["next_purpose"] = None
    activities[300]["next_contact"] = activities[300]["at"].date() - timedelta(days=7)
    customers.append(customers[301] | {"name": customers[301]["name"] + ("（重复）" if zh else " (again)")})
    activities[120]["at"] = "2月30日" if zh else "2026-02-30"
    activities[240]["id"] = "K9999"
    orders.append(orders[-1] | {"order_id": "D9001", "id": "K8888"})
    orders.append(orders[0] | {"order_id": "D9002", "amount": -300.0, "date": as_of})
    orders.append(orders[1] | {"order_id": "D9003", "date": as_of + timedelta(days=12)})
