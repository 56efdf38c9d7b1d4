"""The engine: the Python that Windows starts when the add-in in Excel says CreateObject, and what it answers."""
