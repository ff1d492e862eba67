"""A reader of any workbook: counts the rows and cells of each sheet."""

from lscb_core.imports.reading import Scope, reading
from lscb_core.imports.workbooks.sheets import sheets


def read(stream, *, asked, progress):
    """Rows by sheet as counts, the number of filled cells as the only row."""
    counts, cells = {}, 0
    for sheet in sheets(stream):
        counts[sheet.name] = 0
        for _, values in sheet.rows:
            counts[sheet.name] += 1
            cells += len(values)
    return reading("rows", scopes=[Scope("rows/all", None, ({"cells": cells},))], counts=counts)
