"""The board dashboard: what a safeguarding board needs to see before it meets."""
