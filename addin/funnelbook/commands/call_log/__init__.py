"""The call logs of phone systems: which column holds what, whose calls they are, when, how long, what came of them."""
