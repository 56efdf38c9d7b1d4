"""A believable sample team: seeded, with a truth that estimates and forecasts can be held against."""

from funnelbook.sample.aims import periods_of
from funnelbook.sample.known import Known, Story
from funnelbook.sample.law import LAW, Law
from funnelbook.sample.team import AS_OF, Sample, story_of, team, world_of
from funnelbook.sample.world import World

__all__ = ["AS_OF", "LAW", "Known", "Law", "Sample", "Story", "World", "periods_of", "story_of", "team", "world_of"]
