"""Putting the add-in into Excel, taking it out again, and finding out why it does not work."""
