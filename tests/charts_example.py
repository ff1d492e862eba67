"""One chart with a frame and what it was asked with: the shape of every chart test."""

from types import ModuleType
from typing import Any, NamedTuple

import pandas as pd

from lscb_core.charts import draw
from lscb_core.charts.theme import LIGHT, Ink
from lscb_core.domain.intervals import wilson

_PICTURES: dict[tuple[str, int], str] = {}


class Example(NamedTuple):
    """A chart module with a frame and options to draw."""

    kind: ModuleType
    frame: pd.DataFrame
    options: dict[str, Any]

    @property
    def name(self) -> str:
        return self.kind.__name__.rsplit(".", 1)[1]

    def spec(self, ink: Ink = LIGHT) -> dict[str, Any]:
        return self.kind.spec(ink, **self.kind.shape(self.frame, **self.options))

    def table(self):
        return self.kind.table(self.frame, **self.options)

    def rows(self, part: str) -> list[dict[str, Any]]:
        return [row for row in self.table().to_pylist() if row["part"] == part]

    def svg(self, width: int = 640) -> str:
        """The light picture. Drawn once for all tests: each drawing takes a tenth of a second."""
        key = (self.name, width)
        return _PICTURES.get(key) or _PICTURES.setdefault(
            key, draw.svg(self.spec(), self.table(), width=width)
        )

    def words(self) -> str:
        return self.kind.alt_text(self.frame, **self.options)


def ranged(met: int | None, of: int | None) -> tuple[float | None, float | None, float | None]:
    """Share, low and high as a query gives them: nothing under ten."""
    return (met / of, *wilson(met, of)) if of and of >= 10 else (None, None, None)
