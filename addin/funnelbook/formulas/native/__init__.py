"""Excel's own functions and operators, for the cells of our pages and around FB_ formulas: what they give where no Excel is."""
