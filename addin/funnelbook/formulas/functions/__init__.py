"""The FB_ formulas, each declared in `FORMULAS` of the file that computes it; a new file is found by itself."""
