"""Charts that show more than one thing: with other words, in small numbers, and with no bar at all."""

import re

import pandas as pd
import pytest

from lscb_core.charts import draw, funnel, steps, trend
from lscb_core.charts.theme import LIGHT
from tests.charts_examples import agencies, months


def parts(*counts) -> pd.DataFrame:
    """Parts of a whole of 200: a number, or the letter in its place."""
    rows = [
        (f"Part {at}", n, n / 200, None, "") if isinstance(n, int) else (f"Part {at}", None, None, None, n)
        for at, n in enumerate(counts)
    ]
    return pd.DataFrame(rows, columns=list(steps.columns)).astype({"n": "Int64"})


def drawn(kind, frame, **options) -> str:
    return draw.svg(kind.spec(LIGHT, **kind.shape(frame, **options)), kind.table(frame, **options))


def test_a_whole_in_its_parts_says_of_what_its_shares_are():
    found = parts(150, 50)
    assert steps.alt_text(found, of="Of all", title="Plans") == (
        "Plans. Part 0 150, 75% of all; Part 1 50, 25% of all."
    )
    assert "Of all" in str(steps.spec(LIGHT, **steps.shape(found, of="Of all")))
    assert "step before" not in str(steps.table(found, of="Of all").to_pylist())


def test_letters_and_noughts_stand_at_the_left_where_there_is_no_bar():
    found = parts("c", 0, "c")
    texts = re.findall(r"translate\((-?[\d.]+),[^>]*>(?:c|0 · 0%)<", drawn(steps, found))
    places = [float(across) for across in texts]
    assert len(places) == 3
    assert max(places) < 20


def test_sources_lead_nowhere_and_are_called_sources():
    example = agencies()
    options = {**example.options, "who": "source", "what": "with no further action"}
    by_source = str(funnel.spec(LIGHT, **funnel.shape(example.frame, **options)))
    assert "pointer" in str(example.spec())
    assert "pointer" not in by_source
    assert "'Source'" in by_source
    assert "'With no further action'" in by_source
    assert funnel.alt_text(example.frame, **options).startswith(
        "Share with no further action by source; board"
    )


@pytest.mark.parametrize(("number", "named"), [(5, 5), (12, 3), (24, 4)])
def test_few_months_are_all_named_and_many_every_now_and_then(number, named):
    example = months()
    found = example.frame.head(number)
    svg = drawn(trend, found, what="No further action", title="Share each month")
    assert len(re.findall(r">(?:Apr|May|Jun|Jul|Aug|Sep|Oct|Jan|Nov|Dec|Feb|Mar) 20\d\d<", svg)) == named
    assert trend.alt_text(found, title="Share each month").startswith("Share each month.")
