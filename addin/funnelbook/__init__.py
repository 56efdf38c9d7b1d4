"""Funnelbook: a telesales funnel inside Excel workbooks."""

__version__ = "0.2.0"
