"""Whatever is filled in comes out again as it was: searched for by hypothesis."""

import json
import math
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from lscb_core.domain.codes import SECTION_11_SCORES, SECTION_11_STANDARDS
from lscb_core.domain.periods import month_label
from lscb_core.domain.vocab import Level, Outcome
from lscb_core.imports.reading import from_json, to_json
from lscb_core.imports.templates.about import ABOUT
from lscb_core.imports.templates.pointing import points_to_a_child
from tests import make_workbooks
from tests.make_templates import AGENCIES, read

counts = st.integers(0, 1_000_000)
months = st.sampled_from([date(2026, 5, 31), date(2026, 4, 30), date(2024, 2, 29), date(2000, 1, 31)])
slugs = st.sampled_from(sorted(AGENCIES))
places = [(level, outcome) for level in Level for outcome in Outcome]
plain = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=60)
words = plain.filter(lambda text: not points_to_a_child(text))


def about(key, agency=""):
    return [["Template", key], ["Version", "1"], ["Board", "tidewater"], ["Agency", agency]]


def spelt(draw, *ways):
    return draw(st.sampled_from(ways))


@st.composite
def threshold_returns(draw):
    """Complete months of some agencies, with the rows in any order and the columns too."""
    wanted, rows = {}, []
    for place in draw(st.sets(st.tuples(slugs | st.just("others"), months), min_size=1, max_size=4)):
        agency, month = place
        wanted[place] = dict(zip(places, draw(st.lists(counts, min_size=24, max_size=24)), strict=True))
        for (level, outcome), count in wanted[place].items():
            rows.append(
                {
                    "Month": spelt(draw, month, month.replace(day=1), month_label(month), f"{month:%m/%Y}"),
                    "Referring agency": spelt(draw, agency, AGENCIES.get(agency, "Everybody else").upper()),
                    "Level": spelt(draw, int(level), str(level), f"{level} {level.label}", level.label),
                    "Outcome": spelt(draw, outcome.value, f" {outcome.label} ", outcome.label.lower()),
                    "Referrals": spelt(draw, count, float(count), str(count), f"{count:,}"),
                }
            )
    return wanted, draw(st.permutations(rows)), draw(st.permutations(list(rows[0])))


@settings(max_examples=40, deadline=None)
@given(threshold_returns())
def test_threshold_returns_come_out_as_they_went_in(made):
    wanted, rows, headings = made
    table = [headings, *([row[heading] for heading in headings] for row in rows)]
    sheets = {"Referrals": table, "Steps": [["Month", "Step", "Count"]], ABOUT: about("thresholds")}
    reading = read(make_workbooks.workbook(sheets))
    assert reading.problems == ()
    found = {
        scope.key: {(row["level"], row["outcome"]): row["count"] for row in scope.rows}
        for scope in reading.scopes
    }
    assert found == {
        f"template/thresholds/{agency}/{month}": {
            (str(int(level)), outcome.value): count for (level, outcome), count in cells.items()
        }
        for (agency, month), cells in wanted.items()
    }
    assert reading.rows == len(rows)


scores = st.none() | st.sampled_from(sorted(SECTION_11_SCORES))
answers = st.tuples(scores, scores, st.none() | words, st.none() | words)
answered = answers.filter(lambda answer: answer[0] is not None or answer[1] is not None)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.tuples(slugs, st.sampled_from(list(SECTION_11_STANDARDS))), answered, min_size=1))
def test_section_11_scores_come_out_as_they_went_in(made):
    headings = ["Agency", "Returned on", "Standard", "Own score", "Score after challenge", "Evidence", "Note"]
    day = date(2026, 6, 15)  # today: not to come
    table = [headings]
    table += [[slug, day, int(standard), *answer] for (slug, standard), answer in made.items()]
    reading = read(make_workbooks.workbook({"Section 11": table, ABOUT: about("section11")}))
    assert reading.problems == ()
    found = {
        (scope.agency, row["standard"]): (
            row["own"],
            row["challenged"],
            row["evidence"] or None,
            row["note"] or None,
        )
        for scope in reading.scopes
        for row in scope.rows
    }
    assert found == {key: (*answer[:2], *map(_shown, answer[2:])) for key, answer in made.items()}
    assert {scope.key for scope in reading.scopes} == {f"template/section11/{slug}/{day}" for slug, _ in made}


def _shown(text):
    """A workbook cannot hold spaces around a text, or nothing but spaces."""
    return text.strip() or None if text else None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.none() | st.text(max_size=20) | st.floats() | st.booleans() | st.dates(), max_size=9)
    )
)
def test_no_table_makes_the_reader_fail(rows):
    table = [["As at", "Number", "Action", "Detail", "Agency", "Due", "Status"], *rows]
    table[0] += ["What has happened", "Came from", "Priorities", "Sub-groups"]
    kept = [[_kept(cell) for cell in row] for row in table]
    reading = read(make_workbooks.workbook({"Actions": kept, ABOUT: about("actions")}))
    assert reading.problems or reading.scopes
    said = json.dumps(to_json(reading), allow_nan=False)
    assert from_json(json.loads(said)) == reading


def _kept(cell):
    """What the XML of a workbook can hold."""
    if isinstance(cell, str):
        return "".join(sign for sign in cell if sign.isprintable() or sign in "\t\n")
    if isinstance(cell, float) and math.isnan(cell):
        return None
    return cell if not isinstance(cell, date) or cell.year >= 1901 else None
