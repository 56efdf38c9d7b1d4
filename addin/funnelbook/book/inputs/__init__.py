"""The tables people fill in, each declared in a file of its own."""
