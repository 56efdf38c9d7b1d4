"""The problems data can have: what is wrong, what to do; a key stands in one module only."""
