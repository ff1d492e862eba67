"""Workbooks that the dashboard writes and agencies fill in."""
