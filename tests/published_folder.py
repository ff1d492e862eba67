"""Published tables for tests: small copies to change and to load quickly, and all of them in a register."""

import csv
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlmodel import Session

from lscb_core import published
from lscb_core.db.engine import make_engine
from lscb_core.db.migrate import migrate
from tests.published_tables import FOLDER

AREAS = {"ENG", "808"}


def small_copy(to: Path) -> Path:
    """All tables; of the statistics only England and Stockton."""
    folder = to / "published"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "*.md", "__pycache__"))
    rewrite(folder / "statistics" / "observations.csv", lambda row: row if row["area"] in AREAS else None)
    return folder


@contextmanager
def whole_register(folder: Path) -> Iterator[Session]:
    """A session on a register of its own, in that folder, that holds every published board and figure."""
    engine = make_engine(f"sqlite:///{folder / 'lscb.db'}")
    migrate(engine)
    with Session(engine) as session:
        published.load(session)
        session.commit()
        yield session
    engine.dispose()


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
