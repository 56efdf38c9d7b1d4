"""Sentences; a key stands in one module only."""
