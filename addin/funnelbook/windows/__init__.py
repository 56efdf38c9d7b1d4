"""The ways in from Windows itself, without a console: what Explorer's links and Funnelbook-setup.exe start."""
