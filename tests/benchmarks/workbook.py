"""A workbook of 100,000 rows: its whole reading against python-calamine's own pass over the same file."""

import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from lscb_core.imports.reading import Asked
from lscb_core.imports.reading_here import read_here
from lscb_core.imports.workbooks.sheets import sheets
from tests import make_workbooks as make

ROWS = 100_000
MOST = 2.0
"""Times calamine's own processor time that reading and counting may take."""
FIRST, DAYS = date(2024, 4, 1), 183
HEADERS = (
    *("Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age", "Date of Contact", "Contact Source"),
    *("Contact Outcome", "Allocated Team", "Allocated Worker", "Closed On", "Risk"),
)
WORDS = {
    "gender": ("a) Male", "b) Female"),
    "ethnicity": tuple(f"{chr(97 + at)}) group {at}" for at in range(18)),
    "source": (
        "q) 6: Police",
        "School",
        "GP",
        "Health visitor",
        "Family member",
        "Housing",
        "Anonymous",
        "Self",
    ),
    "outcome": ("Referral", "Advice", "Early help"),
    "team": tuple(f"Team {at}" for at in range(40)),
    "worker": tuple(f"Worker {at}" for at in range(300)),
}


def write(path: Path, rows: int = ROWS) -> None:
    """List 1 of an invented council: so many contacts in half a year, twelve columns, as Excel writes it."""
    texts = [*HEADERS, *dict.fromkeys(word for words in WORDS.values() for word in words)]
    place = {text: at for at, text in enumerate(texts)}
    rand = random.Random(3)

    def shared(name: str) -> str:
        return f't="s"><v>{place[rand.choice(WORDS[name])]}'

    def lines():
        yield (
            "<row r='1'>"
            + "".join(
                f'<c r="{make.column(at)}1" t="s"><v>{place[text]}</v></c>'
                for at, text in enumerate(HEADERS, 1)
            )
            + "</row>"
        )
        for number in range(2, rows + 2):
            contact = (FIRST - make.FIRST_DAY + timedelta(days=rand.randrange(DAYS))).days
            cells = (
                *(f"><v>{rand.randrange(10**6, 10**8)}", shared("gender"), shared("ethnicity")),
                *(f's="1"><v>{contact - rand.randrange(6000)}', f"><v>{rand.random() * 17}"),
                *(f's="1"><v>{contact}', shared("source"), shared("outcome"), shared("team")),
                *(shared("worker"), f's="1"><v>{contact + 9}', f"><v>{rand.randrange(5)}"),
            )
            written = "".join(
                f'<c r="{chr(65 + at)}{number}" {cell}</v></c>' for at, cell in enumerate(cells)
            )
            yield f'<row r="{number}">{written}</row>'

    make.write_lines(path, lines(), texts=texts)


def times(path: Path, *, runs: int) -> dict[str, float]:
    """Processor seconds, the median of so many runs in turn: calamine alone, rows, counted as Annex A."""
    ways = {"python-calamine alone": _alone, "rows, looked over": _rows, "read as Annex A": _annex_a}
    took: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(runs):
        for way, go in ways.items():
            took[way].append(_took(go, path))
    return {way: median(each) for way, each in took.items()}


def _took(go: Callable[[Path], int], path: Path) -> float:
    begun = time.process_time()
    seen = go(path)
    ended = time.process_time() - begun
    assert seen in (ROWS, ROWS + 1), seen
    return ended


def _alone(path: Path) -> int:
    from python_calamine import CalamineWorkbook

    with path.open("rb") as stream:
        sheet = CalamineWorkbook.from_filelike(stream).get_sheet_by_index(0)
        return sum(1 for _ in sheet.iter_rows())


def _rows(path: Path) -> int:
    with path.open("rb") as stream:
        return sum(1 for sheet in sheets(stream) for _ in sheet.rows)


def _annex_a(path: Path) -> int:
    with path.open("rb") as stream:
        made = read_here("annex-a", stream, asked=Asked(path.name, date(2026, 5, 1)))
    assert not made.problems, made.problems
    return made.counts["List 1 (contacts)"]


def lines_of_table(folder: Path, *, runs: int) -> list[tuple[str, ...]]:
    """The lines of the speed table: way, processor seconds, times calamine's own."""
    path = folder / "large.xlsx"
    write(path)
    found = times(path, runs=runs)
    alone = found["python-calamine alone"]
    return [(way, f"{seconds:.2f}", f"{seconds / alone:.2f}") for way, seconds in found.items()]


HEAD = ("100,000 rows of 12 columns", "processor s", "x calamine")
