"""Small copies of the published tables, so that a test can change a row and load quickly."""

import csv
import shutil
from pathlib import Path

from tests.published_tables import FOLDER

AREAS = {"ENG", "808"}


def small_copy(to: Path) -> Path:
    """All tables; of the statistics only England and Stockton."""
    folder = to / "published"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "*.md", "__pycache__"))
    rewrite(folder / "statistics" / "observations.csv", lambda row: row if row["area"] in AREAS else None)
    return folder


def rewrite(path: Path, change) -> None:
    """Pass every row through `change`; None leaves it out."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(changed for row in rows if (changed := change(dict(row))))


def amend(path: Path, wanted: dict, **fields: str) -> None:
    """Change fields in the rows that have the wanted ones."""

    def change(row):
        return row | fields if wanted.items() <= row.items() else row

    rewrite(path, change)
