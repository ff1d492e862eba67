"""The declared grids: which counts are ever stored, and which of them add up to which."""
