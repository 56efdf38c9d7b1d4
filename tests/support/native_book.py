"""A team's funnel in a workbook of ordinary formulas only (COUNTIFS, SUMIFS, nested IF): the numbers made a second time.

Funnelbook makes nothing of what stands here. Rows are laid out (sorted by customer and time) and dates written as text are typed
as dates; everything else is a formula. Not done with plain formulas: what needs a curve or a distribution (rates by incidence, which
customers are cold, chances, forecasts); rates and cold customers are given, tests/domain holds them to others' curves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from support.native_sheet import NativeBook

Rows = list[dict[str, object]]
TEAM = "team"
RANK = {"start": 0, "activity": 1, "order": 2}  # within one day the order has the last word (numbers.md 1)


@dataclass(frozen=True)
class Given:
    """What the workbook takes as it is: the day, the period, settings; rates, their cases and cold customers from the lowest tier,
    the ids of these too."""

    as_of: date
    first_day: date
    last_day: date
    period: str
    prior_cases: float
    rate_window_days: float
    fairness: float
    rates: Mapping[str, Sequence[float]]
    cases: Mapping[str, Sequence[float]]
    cold: Mapping[str, Sequence[float]]
    cold_ids: frozenset[str]


def team_book(tables: Mapping[str, Rows], given: Given) -> NativeBook:
    """The workbook of a team. `tables`: input tables by schema name, codes and cells as typed; Tiers from the lowest."""
    codes = [row["code"] for row in tables["Tiers"]]
    book = NativeBook()
    book.names = {name: getattr(given, name) for name in ("as_of", "first_day", "last_day", "period", "prior_cases")}
    book.names |= {"window": given.rate_window_days, "fairness": given.fairness}
    book.names |= {"won": len(codes) + 1, "lost": len(codes) + 2}
    _lists(book, tables, codes)
    customers = [row | {"cold": float(row["id"] in given.cold_ids)} for row in tables["Customers"]]
    _customers_and_events(book, {**tables, "Customers": customers}, len(codes))
    _orders(book, tables["Orders"])
    _days(book, tables)
    people = sorted(tables["People"], key=lambda row: (row["start"], row["person"]))
    _people(book, people)
    _targets(book, tables["Targets"], [TEAM, *(row["person"] for row in people)])
    _funnel(book, [TEAM, *(row["person"] for row in people)], len(codes), given)
    return book


def _lists(book: NativeBook, tables: Mapping[str, Rows], codes: Sequence[str]) -> None:
    ended = [{"code": "Won"}, {"code": "Lost"}]
    book.add("Tiers", "code rate dwell_days", _cells([*tables["Tiers"], *ended], "code rate dwell_days"))
    book.add("Outcomes", "outcome tier_after connected", _cells(tables["Outcomes"], "outcome tier_after connected"))
    book.add("Ramp", "month factor", _cells(sorted(tables["Ramp"], key=lambda row: row["month"]), "month factor"))
    book.add("Calendar", "date workday", _cells(tables["Calendar"], "date workday"))


def _customers_and_events(book: NativeBook, tables: Mapping[str, Rows], tiers: int) -> None:
    """Customers as they stand, and what happened to each, beginning with his entry, in order of time."""
    first = [row | {"kind": "start", "at": row.get("created")} for row in tables["Customers"]]
    calls = [row | {"kind": "activity", "tier": row.get("tier_after")} for row in tables["Activities"]]
    sold = [row | {"kind": "order", "at": row.get("date")} for row in tables["Orders"]]
    columns = "id kind at tier outcome typed_owner status amount said channel"
    events = [
        row | {"typed_owner": row.get("owner"), "said": row.get("connected")}
        for row in sorted([*first, *calls, *sold], key=_moment)
    ]
    book.add("Customers", "id owner tier cold", _cells(tables["Customers"], "id owner tier cold"), {
        "known": "=IF(MATCH(@id,Customers.id,0)=ROW()-1,1,0)",  # a repeated id counts once
        "first": "=MATCH(@id,Events.id,0)",
        "last": "=INDEX(Events.last,@first)",
        "now": "=IF(@known=1,INDEX(Events.state,@last),0)",
        "calls": f'=COUNTIFS({_between("kind", "@first")},"activity",{_between("inside", "@first")},1,{_between("connected", "@first")},1)',
    })  # fmt: skip
    moves = f'{_between("kind")},"{{kind}}",{_between("inside")},1,{_between("said_tier")},">0"'
    book.add("Events", columns, _cells(events, columns), {
        "last": "=IF(@id=~id,~last,ROW()-1)",  # of the same customer
        "phoned": '=IF(OR(@channel="",@channel="电话"),1,0)',
        "day": "=IF(ISNUMBER(@at),INT(@at),0)",
        "owner": '=IF(@typed_owner<>"",@typed_owner,IFERROR(INDEX(Customers.owner,MATCH(@id,Customers.id,0))&"",""))',
        "known": "=IF(@id=^id,^known,COUNTIF(Customers.id,@id))",
        "inside": '=IF(@kind="start",IF(@day<=as_of,1,0),IF(AND(@day>0,@day<=as_of,@known>0),1,0))',
        "connected": "=IF(OR(N(@said)=1,IFERROR(N(INDEX(Outcomes.connected,MATCH(@outcome,Outcomes.outcome,0))),0)=1),1,0)",
        "said_tier": '=IF(@kind="order",IF(OR(@status="valid",@status=""),IF(@amount<0,0,won),0),'
        "IFERROR(MATCH(@tier,Tiers.code,0),"
        "IFERROR(MATCH(INDEX(Outcomes.tier_after,MATCH(@outcome,Outcomes.outcome,0)),Tiers.code,0),0)))",
        "worked": f'=IF(@kind="start",COUNTIFS({moves.format(kind="activity")}),0)',
        "moved": f'=IF(@kind="start",_xlfn.MINIFS({_between("day")},{moves.format(kind="<>start")}),0)',
        "entered": '=IF(@kind<>"start",@day,IF(@moved=0,IF(@day=0,as_of,@day),IF(@day=0,@moved,MIN(@day,@moved))))',
        "before": "=IF(@id=^id,^state,0)",
        "level": '=IF(@inside=0,0,IF(@kind<>"start",@said_tier,IF(@before>0,0,IF(OR(@worked>0,@said_tier=0),1,@said_tier))))',
        "state": "=IF(@level=0,@before,@level)",
        "opens": "=IF(@level=0,0,IF(@before=0,1,IF(AND(@before>=won,@level<>@before),1,0)))",
        "case": "=N(^case)+@opens",
        "low": "=IF(@opens=1,0,IF(@id=^id,^peak,0))",
        "peak": "=MAX(@low,IF(@level=lost,1,@level))",
    })  # fmt: skip


def _between(column: str, first: str = "ROW()-1") -> str:
    """A customer's own events from one of them to the last."""
    return f"INDEX(Events.{column},{first}):INDEX(Events.{column},@last)"


def _orders(book: NativeBook, orders: Rows) -> None:
    columns = "date id typed_owner amount margin status"
    book.add("Orders", columns, _cells([row | {"typed_owner": row.get("owner")} for row in orders], columns), {
        "owner": '=IF(@typed_owner<>"",@typed_owner,IFERROR(INDEX(Customers.owner,MATCH(@id,Customers.id,0))&"",""))',
        "valid": '=IF(NOT(ISNUMBER(@date)),0,IF(@date>as_of,0,IF(@amount<0,0,IF(OR(@status="valid",@status=""),1,0))))',
    })  # fmt: skip


def _days(book: NativeBook, tables: Mapping[str, Rows]) -> None:
    """Every day from a window of the rates ago to the period's end."""
    reach = book.names["last_day"] - book.names["as_of"]
    days = range(int(book.names["window"]) + reach.days + 1)
    works = "=IFERROR(INDEX(Calendar.workday,MATCH(@day,Calendar.date,0))*1,IF(WEEKDAY(@day,2)<6,1,0))"
    book.add("Days", "ago", [[day] for day in days], {"day": "=as_of-window+@ago", "works": works})
    book.names["since"] = (
        '=MAX(as_of-window,MIN(_xlfn.MINIFS(Events.day,Events.kind,"activity",Events.day,">0"),MIN(Orders.date)))'
    )
    book.add("Leave", "person from to", _cells(tables["Leave"], "person from to"), {
        "until": '=IF(@to="",@from,@to)',
        "in_period": '=COUNTIFS(Days.day,">="&MAX(@from,first_day),Days.day,"<="&MIN(@until,last_day),Days.works,1)',
        "so_far": '=COUNTIFS(Days.day,">="&MAX(@from,since),Days.day,"<="&MIN(@until,as_of),Days.works,1)',
    })  # fmt: skip


def _people(book: NativeBook, people: Rows) -> None:
    """The weight of each person in a target that is split. Source: numbers.md 7."""
    book.add("People", "person start capacity", _cells(people, "person start capacity"), {
        "days": '=COUNTIFS(Days.day,">="&MAX(@start,first_day),Days.day,"<="&last_day,Days.works,1)'
        "-SUMIFS(Leave.in_period,Leave.person,@person)",
        "so_far": '=COUNTIFS(Days.day,">="&MAX(@start,since),Days.day,"<="&as_of,Days.works,1)-SUMIFS(Leave.so_far,Leave.person,@person)',
        "sold": '=COUNTIFS(Orders.owner,@person,Orders.valid,1,Orders.date,">="&since)',
        "productivity": "=(@sold+prior_cases*SUM(People.sold)/SUM(People.so_far))/(@so_far+prior_cases)",
        "month": "=MAX(1,INT(INT((first_day+last_day)/2-@start)/(365.25/12))+1)",
        "ramp": "=IF(@month>MAX(Ramp.month),1,LOOKUP(@month,Ramp.month,Ramp.factor))",
        "weight": '=@days*@ramp*IF(@capacity="",1,@capacity)*@productivity',
    })  # fmt: skip


def _targets(book: NativeBook, targets: Rows, people: Sequence[str]) -> None:
    """Highest agreed revision, else the highest; the team's rest is split; what was won; pace. numbers.md 3 and 7, forecast.md 10."""
    measures = ("orders", "amount", "margin")
    columns = "period person revision " + " ".join(f"{m} {m}_proposed" for m in measures)
    columns += " agreed_on agreed_by"
    settled = '=IF(AND(@agreed_on="",@agreed_by=""),0,1)'
    book.add("Targets", columns, _cells(targets, columns), {"current": "=IF(@period=period,1,0)", "settled": settled})
    mine = "Targets.current,1,Targets.person,@person"
    agreed_one, any_one = (f"_xlfn.MAXIFS(Targets.revision,{mine}{more})" for more in (",Targets.settled,1", ""))
    counts = f"IF(COUNTIFS({mine},Targets.settled,1)>0,{agreed_one},{any_one})"

    def own(measure: str) -> str:
        newest = f"{mine},Targets.revision,{counts}"
        agreed, proposed = (f"Targets.{measure}{kind}" for kind in ("", "_proposed"))
        found = f'IF(COUNTIFS({newest},{proposed},">=0")>0,SUMIFS({proposed},{newest}),"")'
        return f'=IF(COUNTIFS({newest},{agreed},">=0")>0,SUMIFS({agreed},{newest}),{found})'

    split_rows = [
        [m, f"=INDEX(Goals.own_{m},1)/{unit}", f"=INDEX(People.weight,MATCH(\"{person}\",People.person,0))",
         f"=IF(INDEX(Goals.own_{m},{at})=\"\",\"\",INDEX(Goals.own_{m},{at})/{unit})", "=fairness", person]
        for m, unit in zip(measures, (1, 0.01, 0.01), strict=True)
        for at, person in enumerate(people[1:], 2)
    ]  # fmt: skip
    inside = 'Orders.valid,1,Orders.date,">="&first_day,Orders.date,"<="&last_day'

    def won(function: str, values: str) -> str:
        return "=" + _either(f"{function}({values}{inside})", f"{function}({values}{inside},Orders.owner,@person)")

    def target(measure: str, unit: float) -> str:
        part = f'SUMIFS(Splits.part,Splits.split,"{measure}",Splits.person,@person)*{unit}'
        return "=" + _either(f"@own_{measure}", part)

    passed, working = (
        f'COUNTIFS(Days.day,">="&first_day,Days.day,"<="&{last},Days.works,1)' for last in ("as_of", "last_day")
    )
    book.add("Goals", "person", [[person] for person in people], {
        **{f"own_{m}": own(m) for m in measures},
        "target": target("orders", 1), "target_amount": target("amount", 0.01),
        "orders": won("COUNTIFS", ""), "amount": won("SUMIFS", "Orders.amount,"), "margin": won("SUMIFS", "Orders.margin,"),
        "gap": "=MAX(0,@target-@orders)",
        "completion": '=IF(@target>0,@orders/@target,"")',
        "time_progress": f"={passed}/{working}",
        "ahead": '=IF(@completion="","",@completion-@time_progress)',
    })  # fmt: skip
    book.add("Splits", SPLIT_COLUMNS, split_rows, SPLIT)


def _funnel(book: NativeBook, people: Sequence[str], tiers: int, given: Given) -> None:
    """Stock and reached of numbers.md 1 and 2; need, of warm customers, and first calls of numbers.md 3."""
    numbers = [[person, tier, cases] for person in people for tier, cases in enumerate([*given.cases[person], 0, 0], 1)]

    def count(column: str, criterion: str, owner: str, more: str = "") -> str:
        criteria = f"{column},{criterion}{more}"
        return "=" + _either(f"COUNTIFS({criteria})", f"COUNTIFS({criteria},{owner},@person)")

    book.add("Funnel", "person tier cases", numbers, {
        "stock": count("Customers.now", "@tier", "Customers.owner"),
        "reached": '=IF(@tier>won,"",' + count("Events.low", '"<"&@tier', "Events.owner", ',Events.peak,">="&@tier')[1:] + ")",
        "rate_raw": '=IF(@tier>=won,"",IF(@cases*@reached=0,"",~reached/@reached))',
    })  # fmt: skip
    stock = "=SUMIFS(Funnel.stock,Funnel.person,@case,Funnel.tier,@tier)-{cold}"
    gap = "=INDEX(Goals.gap,MATCH(@case,Goals.person,0))"
    book.add("Need", NEED_COLUMNS, [
        [person, i + 1, gap, stock.format(cold=given.cold[person][i]), given.rates[person][i]] for person in people for i in range(tiers)
    ], NEED)  # fmt: skip
    calls = 'Events.kind,"activity",Events.phoned,1,Events.day,">0",Events.day,"<="&as_of'
    everybody = f"COUNTIFS({calls},Events.connected,1)/COUNTIFS({calls})"
    own = f"COUNTIFS({calls},Events.owner,@person,Events.connected,1)/COUNTIFS({calls},Events.owner,@person)"
    book.add("Calls", "person", [[person] for person in people], {
        "never": count("Customers.now", "1", "Customers.owner", ",Customers.calls,0,Customers.cold,0"),
        "rate": "=" + _either(everybody, f"IFERROR({own},{everybody})"),
        "missing": "=SUMIFS(Need.missing,Need.case,@person,Need.tier,1)",
        "first_calls": "=ROUNDUP(ROUND((@missing+@never)/@rate,9),0)",
    })  # fmt: skip


def _either(team: str, person: str) -> str:
    """One formula for the team's row, where nobody's customers count too, and one for a person's."""
    return f'IF(@person="{TEAM}",{team},{person})'


# the back-calculation of numbers.md 3, a row a tier from the lowest: what is missing above is what is needed here
NEED_COLUMNS = "case tier gap stock rate"
NEED = {
    "wanted": "=IF(@case=~case,~missing,@gap)",
    "needed": '=IF(@wanted="","",IF(@wanted=0,0,IF(@rate=0,"",@wanted/@rate)))',
    "missing": '=IF(@needed="","",MAX(0,@needed-@stock))',
    "needed_shown": '=IF(@needed="","",ROUNDUP(ROUND(@needed,9),0))',
    "missing_shown": '=IF(@missing="","",ROUNDUP(ROUND(@missing,9),0))',
}

# largest remainder of numbers.md 7: a row a part, equal remainders go to the first rows
SPLIT_COLUMNS = "split total weight locked fairness person"
_HERE = "Splits.split,@split"
SPLIT = {
    "free": '=IF(@locked="",1,0)',
    "w": "=IF(@free=1,@weight,0)",
    "share": f'=IF(@free=0,0,IF(SUMIFS(Splits.w,{_HERE})=0,1/SUMIFS(Splits.free,{_HERE}),IF(@w=0,0,'
    f'(1-@fairness)*@w/SUMIFS(Splits.w,{_HERE})+@fairness/COUNTIFS({_HERE},Splits.w,">0"))))',
    "exact": f"=(@total-SUMIFS(Splits.locked,{_HERE}))*@share",
    "floor": "=FLOOR(@exact+0.000000001,1)",
    "rest": "=IF(@share=0,-1,ROUND(@exact-@floor,9))",
    "place": f'=COUNTIFS({_HERE},Splits.rest,">"&@rest)+COUNTIFS({_HERE},Splits.rest,@rest,Splits.row,"<="&ROW())',
    "left": f"=ROUND(@total-SUMIFS(Splits.locked,{_HERE})-SUMIFS(Splits.floor,{_HERE}),6)",
    "part": "=IF(@free=0,@locked,@floor+IF(AND(@share>0,@place<=@left),1,0))",
    "row": "=ROW()",
}  # fmt: skip


def _moment(row: Mapping[str, object]) -> tuple[object, ...]:
    """Where a row stands among what happened to its customer; dates nobody can read come first."""
    at = _day(row["at"])
    moment = datetime.combine(at, time()) if not isinstance(at, datetime) and isinstance(at, date) else at
    readable = moment if isinstance(moment, datetime) else datetime.min
    entry = row["kind"] != "start"
    return str(row["id"]), entry, readable.date(), RANK[row["kind"]], readable


def _cells(rows: Iterable[Mapping[str, object]], columns: str) -> list[list[object]]:
    return [[_day(row.get(name)) for name in columns.split()] for row in rows]


def _day(value: object) -> object:
    """A date where somebody wrote year, month and day as text."""
    found = re.fullmatch(r"(\d{4})[/.年](\d+)[/.月](\d+)日?", value) if isinstance(value, str) else None
    return date(*map(int, found.groups())) if found else value
