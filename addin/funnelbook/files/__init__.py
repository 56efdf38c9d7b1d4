"""Files of users: written at once or not at all, exchanged and locked without losing what somebody else saves meanwhile."""
