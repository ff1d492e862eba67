"""The rules of the board's work: standard library only, and no clock (`today` is always passed in)."""
