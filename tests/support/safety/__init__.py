"""The safety suites: seeded faults, kills, mutated packages, sheets and values, and who judges what became of the file."""
