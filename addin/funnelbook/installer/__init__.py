"""How Funnelbook-setup.exe is built on Linux: one file to double-click, with Python for Windows in it."""
