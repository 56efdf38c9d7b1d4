"""A believable sample team: seeded, with known true conversion rates."""

from funnelbook.sample.law import LAW, moves, true_rates
from funnelbook.sample.team import Sample, team

__all__ = ["LAW", "Sample", "moves", "team", "true_rates"]
