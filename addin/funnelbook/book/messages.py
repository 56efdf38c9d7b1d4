"""What Funnelbook says in a sheet, a refusal or on the screen."""

from funnelbook.words import say

__all__ = ["say"]
