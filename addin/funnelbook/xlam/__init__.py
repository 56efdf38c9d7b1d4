"""The add-in for Excel, made from text."""
