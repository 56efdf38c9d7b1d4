"""A believable sample team: seeded, with a truth that estimates and forecasts can be held against."""

from funnelbook.sample.law import LAW, Law
from funnelbook.sample.team import AS_OF, Sample, team, world_of
from funnelbook.sample.world import World

__all__ = ["AS_OF", "LAW", "Law", "Sample", "World", "team", "world_of"]
