"""How much memory the process that reads a file takes at its most.

It is measured from a small process of its own: a started process counts the memory of its starter as its own
peak, and the tests' is large. `python -m tests.peak KIND FILE` prints the reading and the kilobytes.
"""

import json
import resource
import subprocess
import sys
from datetime import date

from lscb_core.imports.confined import read_file
from lscb_core.imports.own_process import ROOT
from lscb_core.imports.reading import Asked, from_json, to_json
from lscb_core.imports.reading_here import KINDS, Kind

ROWS = Kind("tests.rows_reader", 60_000_000, 60)
"""A kind that is any workbook, with its rows counted."""
MOST_KB = 500_000


def peak_of(kind, path, *, today=date(2025, 7, 1)):
    """The reading of a file, and the kilobytes that it took at most."""
    order = (sys.executable, "-m", "tests.peak", kind, str(path), today.isoformat())
    ended = subprocess.run(order, stdout=subprocess.PIPE, cwd=ROOT, check=True)
    said = json.loads(ended.stdout)
    return from_json(said["reading"]), said["peak"]


def main():
    """Read and measure."""
    kind, path, today = sys.argv[1:]
    KINDS["rows"] = ROWS
    with open(path, "rb") as stream:
        made = read_file(kind, stream, asked=Asked("large", date.fromisoformat(today)))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps({"reading": to_json(made), "peak": peak}))


if __name__ == "__main__":
    main()
