"""Other forms of a curriculum: one module for each form that is understood."""
