"""The FB_ formulas: one registry of what a cell can ask for, the same in Excel, LibreOffice and the file host."""
