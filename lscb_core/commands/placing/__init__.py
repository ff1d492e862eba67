"""From what was sent to what stands: each kind of scope makes the live tables hold its rows, or none."""
