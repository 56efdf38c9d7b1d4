"""A real log of 5,000 loan offers (BPI Challenge 2017): what was said at eight past days, against what came."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from funnelbook.domain import arrivals, history
from funnelbook.domain.forecast import Past, forecast, learn
from funnelbook.domain.history import Timeline
from funnelbook.domain.stays import day_number, stays
from funnelbook.domain.tiers import Tiers
from funnelbook.domain.workdays import WorkCalendar
from support import chain_0_1
from support.external import SHARED, need

pytestmark = pytest.mark.slow

TIERS = Tiers.from_frame(pd.DataFrame({"code": list("EDBA")}))
CUTS = [
    date.fromisoformat(f"2016-{day}")
    for day in ("01-21", "01-24", "01-28", "01-31", "02-04", "02-07", "02-11", "02-14")
]
WITHIN = (7, 14)
CASES = 14_729
Model = Callable[[Timeline, pd.DataFrame, date, int], np.ndarray]


def test_single_cases_are_told_better_than_by_0_1(capsys):
    log = _log()
    ours, theirs, team = (_scores(log, model) for model in (_by_person, _by_chain, _by_team))
    with capsys.disabled():
        for days in WITHIN:
            shown = pd.DataFrame({"0.1.0": theirs[days], "team's rates": team[days], "people's": ours[days]}).T
            print(f"\noffers, won within {days} days\n{shown.round(4).to_string()}")
    for days, most_loss, least_auc, most_ece in ((7, 0.306, 0.78, 0.052), (14, 0.445, 0.745, 0.102)):
        assert ours[days]["cases"] == CASES
        assert ours[days]["log loss"] <= most_loss
        assert ours[days]["AUC"] >= least_auc
        assert ours[days]["ECE"] < most_ece
        assert ours[days]["log loss"] < theirs[days]["log loss"]


def _log() -> pd.DataFrame:
    need("shared")
    log = pd.read_csv(SHARED / "data" / "offers_2017.csv.gz", parse_dates=["at"], dtype={"tier": object})
    return log.rename(columns={"case": "id"}).assign(tier_after=TIERS.encode(log["tier"]))


def _scores(log: pd.DataFrame, model: Model) -> dict[int, dict[str, float]]:
    """Scores of a model by days, over all cases open at the cuts."""
    people = log.groupby("id", sort=False).agg(created=("at", "min"), owner=("owner", "first")).reset_index()
    people = people.assign(created=people["created"].dt.normalize(), closed=pd.Timestamp("NaT"), tier=np.int8(-1))
    won = log[log["tier"] == "Won"].groupby("id")["at"].min().dt.normalize()
    told: dict[int, list[tuple[np.ndarray, np.ndarray]]] = {days: [] for days in WITHIN}
    for cut in CUTS:
        after = pd.Timestamp(cut) + timedelta(days=1)
        known = people[people["created"] < after].reset_index(drop=True)
        line = history.timeline(known, log[log["at"] < after], None, None, TIERS, cut)
        still = (line.current["tier"] < TIERS.n).to_numpy()
        day = won.reindex(known["id"]).to_numpy()
        for days in WITHIN:
            came = (day > np.datetime64(cut)) & (day <= np.datetime64(cut + timedelta(days=days)))
            told[days].append((model(line, known, cut, days)[still], came[still]))
    return {days: _score(*map(np.concatenate, zip(*parts, strict=True))) for days, parts in told.items()}


def _score(p: np.ndarray, came: np.ndarray) -> dict[str, float]:
    p = np.clip(p, 1e-9, 1 - 1e-9)
    rank, wins = pd.Series(p).rank().to_numpy(), came.sum()
    at = np.minimum((p * 10).astype(int), 9)
    off = [abs(p[at == b].sum() - came[at == b].sum()) for b in range(10)]
    return {
        "cases": len(p),
        "log loss": -np.log(np.where(came, p, 1 - p)).mean(),
        "AUC": (rank[came].sum() - wins * (wins + 1) / 2) / (wins * (len(p) - wins)),
        "ECE": sum(off) / len(p),
        "told / came": p.sum() / wins,
    }


def _by_person(line: Timeline, known: pd.DataFrame, cut: date, days: int, *, people: bool = True) -> np.ndarray:
    names = sorted(known["owner"].unique()) if people else []
    owner = pd.Index(names, dtype=object).get_indexer(known["owner"]) + 1
    of = stays(line, TIERS, names, cut)
    born = arrivals.born(known["created"].to_numpy("datetime64[D]"), line.first_seen)
    past = Past(of, born, owner, TIERS, WorkCalendar.plain(), len(names))
    p = np.zeros(len(known))
    p[of.customer[of.at(day_number(cut))]] = forecast(learn(past, cut), days, owner).p
    return p


def _by_team(line: Timeline, known: pd.DataFrame, cut: date, days: int) -> np.ndarray:
    return _by_person(line, known, cut, days, people=False)


def _by_chain(line: Timeline, known: pd.DataFrame, cut: date, days: int) -> np.ndarray:
    tier = line.current["tier"].to_numpy()
    p = chain_0_1.win_probability(line, TIERS, cut, [], math.ceil(days / 7))[0]
    return np.where(tier < TIERS.n, p[np.minimum(tier, TIERS.n - 1)], 0.0)
