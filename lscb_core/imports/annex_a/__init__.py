"""Annex A workbooks: eleven lists, found by their names and headings."""
