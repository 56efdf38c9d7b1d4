"""The forecast worked out anew in plain steps over cases and days, from the text of forecast.md: nothing of the domain is imported."""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from scipy import optimize, special, stats

BINS = (0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90, 180)
DAY = timedelta(days=1)


def age_bin(age: int) -> int:
    return bisect.bisect_right(BINS, max(age, 0)) - 1


@dataclass
class Stay:
    """A case in a tier, the ends Won and Lost too; `to` and `left` are None while it lasts.

    `first_seen`: the days before are unknown; `initial`: first seen in the tier, not moved into it.
    """

    id: str
    case: int
    tier: int
    entered: date
    owner: str | None
    left: date | None = None
    to: int | None = None
    first_seen: date | None = None
    initial: bool = False


@dataclass
class World:
    """What the log says: `n` tiers, 0 the lowest, n Won, n + 1 Lost."""

    n: int
    stays: list[Stay]
    created: dict[str, date]
    owner: dict[str, str | None]
    rate: list[float]
    dwell: list[float]
    workdays: dict[date, bool]
    half_life: float = 120.0
    window: int = 365
    prior_cases: float = 20.0

    def is_workday(self, day: date) -> bool:
        return self.workdays.get(day, day.weekday() < 5)


def stays_of(log: list[tuple], created: dict, n: int, index: dict[str, int], as_of: date) -> list[Stay]:
    """The stays that a tier log tells: rows of (day, id, from, to, owner, source) in order."""
    by_id: dict[str, list[tuple]] = {}
    for row in log:
        if row[0] <= as_of:
            by_id.setdefault(row[1], []).append(row)
    stays: list[Stay] = []
    told = min((r[0] for r in log if r[5] in ("activity", "order") and r[0] <= as_of), default=date.max)
    for id_, rows in by_id.items():
        moves = [r for r in rows if r[5] in ("activity", "order", "manual")]
        seen = [r for r in rows if r[5] == "seen"]
        initial = [r for r in rows if r[5] == "initial"]
        told_by_calls = [r for r in moves if r[5] != "manual"]
        case = 0
        if told_by_calls or not initial:
            first = moves[0]
            born = created.get(id_)
            start = min(born, first[0]) if born else first[0]
            tier = index[first[2]] if first[2] else 0
            now = Stay(id_, case, tier, start, initial[0][4] if initial else first[4])
        else:
            start = initial[0][0]
            now = Stay(id_, case, index[initial[0][3]], start, initial[0][4])
            now.first_seen = seen[0][0] if seen else as_of
            now.initial = True
            if now.tier == 0 and told < now.first_seen:  # nobody has called it yet: the team would have written it down
                now.first_seen, now.initial = max(told, now.entered), False
        for day, _, _, code, who, _ in moves:
            to = index[code]
            if to == now.tier:
                continue
            if now.tier < n:
                now.left, now.to = day, to
                stays.append(now)
            else:
                case += 1
            now = Stay(id_, case, to, day, who)
        stays.append(now)
    return stays


def until(world: World, day: date) -> World:
    """What was known of it on the evening of a day."""
    stays = [s for s in world.stays if s.entered <= day and (s.first_seen or s.entered) <= day]
    cut = [replace(s, left=None, to=None) if s.left and s.left > day else s for s in stays]
    return replace(world, stays=cut, created={id_: at for id_, at in world.created.items() if at <= day})


class Model:
    """The hazards and the forecast on the evening of a day."""

    def __init__(self, world: World, as_of: date):
        self.world, self.as_of = world, as_of
        self.w_off = self._w_off()
        self._hazards()
        self._people()

    def weight(self, day: date) -> float:
        return 1.0 if self.world.is_workday(day) else self.w_off

    def _days(self) -> Iterator[tuple[Stay, date, int, bool]]:
        """(stay, day, age, leaves on that day) of every case-day."""
        begin = self.as_of - timedelta(days=self.world.window)
        for stay in self.world.stays:
            if stay.tier >= self.world.n or stay.entered > self.as_of:
                continue
            last = min(stay.left, self.as_of) if stay.left else self.as_of
            day = stay.entered + DAY
            if stay.first_seen and stay.first_seen >= day:
                day = stay.first_seen + DAY
            day = max(day, begin + DAY)
            while day <= last:
                yield stay, day, (day - stay.entered).days - 1, day == stay.left
                day += DAY

    def _w_off(self) -> float:
        days, moves = [0, 0], [0, 0]
        for _, day, _, leaves in self._days():
            work = self.world.is_workday(day)
            days[work] += 1
            moves[work] += leaves
        if sum(moves) < 50:
            return 0.2
        if not days[0] or not moves[1]:
            return 0.2
        return min(1.0, max(0.0, (moves[0] / days[0]) / (moves[1] / days[1])))

    def _hazards(self) -> None:
        w, n = self.world, self.world.n
        N = np.zeros((n, len(BINS)))
        X = np.zeros((n, len(BINS), n + 2))
        for stay, day, age, leaves in self._days():
            decay = 0.5 ** ((self.as_of - day).days / w.half_life)
            N[stay.tier, age_bin(age)] += decay * self.weight(day)
            if leaves:
                X[stay.tier, age_bin(age), stay.to] += decay
        f = 7 / (5 + 2 * self.w_off)
        self.t = np.zeros((n, n + 2))
        self.h = np.zeros((n, len(BINS), n + 2))
        for i in range(n):
            dwell = max(1.0, w.dwell[i])
            m = np.zeros(n + 2)
            m[i + 1] += w.rate[i] / dwell * f
            m[n + 1] += (1 - w.rate[i]) / dwell * f
            K = w.prior_cases * dwell
            self.t[i] = (X[i].sum(0) + K * m) / (N[i].sum() + K)
            for b in range(len(BINS)):
                self.h[i, b] = (X[i, b] + w.prior_cases * self.t[i]) / (N[i, b] + w.prior_cases)
        self.N, self.X = N, X

    def up(self, i: int) -> list[int]:
        return list(range(i + 1, self.world.n + 1))

    def _people(self) -> None:
        n = self.world.n
        x: dict[str, list[float]] = {}
        E: dict[str, list[float]] = {}
        for stay, day, age, leaves in self._days():
            if stay.owner is None:
                continue
            x.setdefault(stay.owner, [0.0] * n)
            E.setdefault(stay.owner, [0.0] * n)
            E[stay.owner][stay.tier] += self.weight(day) * self.h[stay.tier, age_bin(age), self.up(stay.tier)].sum()
            if leaves and stay.to in self.up(stay.tier):
                x[stay.owner][stay.tier] += 1
        self.x, self.E = x, E
        self.c = []
        for i in range(n):
            pairs = [(x[p][i], E[p][i]) for p in x if E[p][i] > 0]
            self.c.append(self._nb(pairs) if len(pairs) >= 3 else self.world.prior_cases)
        self.g = {p: [(x[p][i] + self.c[i]) / (E[p][i] + self.c[i]) for i in range(n)] for p in x}

    def _nb(self, pairs) -> float:
        def loss(log_c):
            c = math.exp(log_c)
            return -sum(stats.nbinom.logpmf(k, c, c / (c + e)) for k, e in pairs)

        low, high = math.log(5.0), math.log(10 * self.world.prior_cases)
        grid = np.linspace(low, high, 60)
        at = min(grid, key=loss)
        step = grid[1] - grid[0]
        found = optimize.minimize_scalar(
            loss, bounds=(max(low, at - step), min(high, at + step)), method="bounded", options={"xatol": 1e-10}
        )
        return math.exp(min((found.x, low, high), key=loss))

    def rows(self, person: str | None) -> np.ndarray:
        """h of a person's cases, moves scaled to .95 at most."""
        h = self.h.copy()
        for i in range(self.world.n):
            g = self.g.get(person, [1.0] * self.world.n)[i] if person else 1.0
            h[i][:, self.up(i)] *= g
            for b in range(len(BINS)):
                if h[i, b].sum() > 0.95:
                    h[i, b] *= 0.95 / h[i, b].sum()
        return h

    def values(self, h: np.ndarray, weights: list[float], oldest: int) -> list[np.ndarray]:
        """V_1 .. V_D+1, each tier (Won, Lost too) x age."""
        n, D = self.world.n, len(weights)
        ages = oldest + D + 2
        V = np.zeros((n + 2, ages))
        V[n] = 1.0
        out = [V]
        bins = [age_bin(a) for a in range(ages)]
        for w in reversed(weights):
            W = np.zeros_like(V)
            W[n] = 1.0
            for i in range(n):
                goes = w * (h[i] @ V[:, 0])
                stays = 1 - w * h[i].sum(axis=1)
                for a in range(ages):
                    W[i, a] = goes[bins[a]] + stays[bins[a]] * V[i, min(a + 1, ages - 1)]
            V = W
            out.append(V)
        return out[::-1]

    def weights(self, until: date) -> list[float]:
        return [self.weight(self.as_of + k * DAY) for k in range(1, (until - self.as_of).days + 1)]

    def open(self) -> list[Stay]:
        return [
            s
            for s in self.world.stays
            if s.tier < self.world.n and s.entered <= self.as_of and (s.left is None or s.left > self.as_of)
        ]

    def chances(self, until: date) -> dict[str, float]:
        """P of every open case."""
        w = self.weights(until)
        V: dict = {}
        cases = self.open()
        oldest = max([(self.as_of - s.entered).days for s in cases], default=0)
        out = {}
        for s in cases:
            who = self.world.owner.get(s.id)
            if who not in V:
                V[who] = self.values(self.rows(who), w, oldest)[0]
            out[s.id] = V[who][s.tier, (self.as_of - s.entered).days]
        return out

    def pace(self, person: str | None = None, weeks: int = 4) -> float:
        """lambda: new customers a unit of weight."""
        begin = self.as_of - timedelta(days=7 * weeks)
        came = [i for i, day in self.world.created.items() if begin < day <= self.as_of]
        if person is not None:
            came = [i for i in came if self.world.owner.get(i) == person]
        units = sum(self.weight(begin + k * DAY) for k in range(1, 7 * weeks + 1))
        return len(came) / units if units else 0.0

    def entry(self, lowest: int = 0) -> list[float]:
        """e: where new cases stand on the evening of their first day."""
        n = self.world.n
        counts = [0.0] * (n + 2)
        counts[lowest] += self.world.prior_cases
        begin = self.as_of - timedelta(days=56)
        by_case: dict[tuple, list[Stay]] = {}
        for s in self.world.stays:
            by_case.setdefault((s.id, s.case), []).append(s)
        for stays in by_case.values():
            first = stays[0]
            if first.initial or not begin < first.entered <= self.as_of:
                continue
            that_day = [s for s in stays if s.entered == first.entered]
            counts[that_day[-1].tier] += 1
        return [c / sum(counts) for c in counts]

    def arrivals(self, until: date, pace: float, entry: list[float], h: np.ndarray | None = None) -> float:
        w = self.weights(until)
        if not w:
            return 0.0
        V = self.values(self.rows(None) if h is None else h, w, 0)
        return sum(pace * w[d - 1] * sum(e * V[d][j, 0] for j, e in enumerate(entry)) for d in range(1, len(w) + 1))

    def orders_of_one_more(self, until: date, entry: list[float], h: np.ndarray) -> float:
        """Orders one more new prospect of the next working day brings; 0 without one."""
        w = self.weights(until)
        V = self.values(h, w, 0)
        for d in range(1, len(w) + 1):
            if self.world.is_workday(self.as_of + d * DAY):
                return sum(e * V[d][j, 0] for j, e in enumerate(entry))
        return 0.0


def spread(mu, v, came) -> float:
    if not mu:
        return 0.1
    n = len(mu)
    top = max(0.0, sum((c - m) ** 2 - x for m, x, c in zip(mu, v, came, strict=True)) / sum(m * m for m in mu))
    return math.sqrt((n * top + 0.03) / (n + 3))


def thetas(cv: float) -> list[float]:
    if cv == 0:
        return [1.0]
    at = stats.gamma.ppf((np.arange(15) + 0.5) / 15, 1 / cv**2, scale=cv**2)
    return list(at / at.mean())


def pmf(ps, arrivals: float, theta: float = 1.0) -> np.ndarray:
    """Orders more: a Poisson-binomial and a Poisson, convolved by hand."""
    ps = [1 - (1 - p) ** theta for p in ps]
    dist = np.array([1.0])
    for p in ps:
        dist = np.append(dist, 0.0) * (1 - p) + np.append(0.0, dist) * p
    lam = arrivals * theta
    k = np.arange(int(lam + 12 * math.sqrt(lam) + 30))
    return np.convolve(dist, stats.poisson.pmf(k, lam))


def mixture(ps, arrivals: float, cv: float, k: float = 1.0) -> np.ndarray:
    dists = [pmf(ps, arrivals, t * k) for t in thetas(cv)]
    out = np.zeros(max(map(len, dists)))
    for d in dists:
        out[: len(d)] += d / len(dists)
    return out


def at_least(dist: np.ndarray, k: float) -> float:
    need = max(0, math.ceil(k))
    return 1.0 if need == 0 else float(dist[need:].sum())


def quantile(dist: np.ndarray, q: float) -> int:
    return int(np.searchsorted(dist.cumsum(), q - 1e-12))


def reachable(dist: np.ndarray, at: float) -> int:
    return max(k for k in range(len(dist)) if at_least(dist, k) >= at - 1e-12)


def outcome(world: World, stays: list[Stay], tier: int, as_of: date) -> tuple[int, str]:
    """Days from the entry to `tier` until the case went up, was lost, or is still open; `stays` begin with the entry."""
    entered = stays[0].entered
    if stays[0].tier > tier:  # passed over
        return 0, "up"
    for s in stays:
        if s.left is None or s.left > as_of:
            break
        if s.to == world.n + 1:
            return (s.left - entered).days, "lost"
        if s.to > tier:
            return (s.left - entered).days, "up"
    return (as_of - entered).days, "open"


def incidence(world: World, as_of: date, tier: int, person: str | None = None) -> tuple[float, float]:
    """The share of a tier's cases that go up within three dwells, and n*."""
    h = 3 * max(1.0, world.dwell[tier])
    by_case: dict[tuple, list[Stay]] = {}
    for s in world.stays:
        by_case.setdefault((s.id, s.case), []).append(s)
    rows = []  # days, what came, weight
    for stays in by_case.values():
        since = [k for k, s in enumerate(stays) if tier <= s.tier <= world.n][:1]
        if not since or stays[since[0]].initial or person not in (None, stays[since[0]].owner):
            continue
        age = (as_of - stays[since[0]].entered).days
        if 0 <= age <= world.window:
            rows.append((*outcome(world, stays[since[0] :], tier, as_of), 0.5 ** (age / world.half_life)))
    if not rows:
        return math.nan, 0.0
    still, share = 1.0, 0.0
    for t in sorted({t for t, came, _ in rows if came != "open" and t <= h}):
        at_risk = sum(w for s, _, w in rows if s >= t)
        up, lost = (sum(w for s, came, w in rows if s == t and came == what) for what in ("up", "lost"))
        share += still * up / at_risk
        still *= 1 - (up + lost) / at_risk
    seen = [(w, 1.0 if came != "open" or t >= h else t / h) for t, came, w in rows]
    squares = sum(w * w * f for w, f in seen)
    return share, sum(w * f for w, f in seen) ** 2 / squares if squares else 0.0


def beta_prior(pairs, rate: float, prior_cases: float) -> tuple[float, float]:
    """a, b of a person's prior from (x*, n*) of people."""
    rate = min(0.99, max(0.01, rate))
    pairs = [(x, n) for x, n in pairs if n > 0]
    if len(pairs) < 3:
        return rate * prior_cases, (1 - rate) * prior_cases

    def loss(v):
        mean, total = special.expit(v[0]), math.exp(v[1])
        a, b = mean * total, (1 - mean) * total
        return -sum(special.betaln(x + a, n - x + b) - special.betaln(a, b) for x, n in pairs)

    low, high = math.log(2.0), math.log(10 * prior_cases)
    pooled = sum(x for x, _ in pairs) / sum(n for _, n in pairs)
    pooled = min(0.999, max(0.001, pooled))
    best = None
    for start in np.linspace(low, high, 6):
        r = optimize.minimize(
            loss,
            [special.logit(pooled), start],
            bounds=[(-9, 9), (low, high)],
            method="L-BFGS-B",
            options={"ftol": 1e-15, "gtol": 1e-10},
        )
        if best is None or r.fun < best.fun:
            best = r
    mean, total = special.expit(best.x[0]), math.exp(best.x[1])
    return mean * total, (1 - mean) * total
