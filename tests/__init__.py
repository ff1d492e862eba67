"""The tests: `test_<layer>_<subject>.py`, builders in `make.py`, a real browser in `browser/`."""
