"""Workbooks read safely, whatever they hold."""
