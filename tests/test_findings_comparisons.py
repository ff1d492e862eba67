"""What is said of a council beside England: a difference only where the likely range carries it."""

import pandas as pd
import pytest

from lscb_core.domain.intervals import wilson
from lscb_core.findings import comparisons as say
from lscb_core.queries.comparisons import COMPARISON
from lscb_core.queries.referral_sources import REFERRALS, SOURCE_SHARES

EMPTY = dict.fromkeys(COMPARISON)


def measure(met=None, of=None, england=22.4, **fields):
    """A row of the comparison: re-referrals, met of all."""
    row = {**EMPTY, "measure": "re_referrals", "unit": "percent", "area": "Testford", "england": england}
    if of:
        low, high = wilson(met, of)
        row |= {"value": 100 * met / of, "low": 100 * low, "high": 100 * high}
    return row | fields


def test_a_share_is_called_higher_only_where_england_lies_outside_its_range():
    # 247 of 1,000: the likely range is 22.1% to 27.5%, so England's 22.4% is in it; 253 begins at 22.7%.
    assert wilson(247, 1000).low < 0.224 < wilson(253, 1000).low
    assert say.beside_england(measure(247, 1000)) == (
        "Re-referrals within 12 months: 24.7%, no clear difference from England (22.4%)"
    )
    assert say.beside_england(measure(253, 1000)) == (
        "Re-referrals within 12 months: 25.3%, higher than England (22.4%)"
    )
    assert say.against_england(measure(150, 1000)) == "lower than England"


def test_of_a_rate_both_numbers_are_said_and_nothing_is_made_of_them():
    row = measure(measure="section_47_rate", unit="rate_per_10k", value=261.1, england=187.1)
    assert say.beside_england(row) == (
        "Section 47 enquiries started for every 10,000 children: 261.1, in England 187.1"
    )


def test_what_is_missing_is_said_to_be_missing():
    assert say.beside_england(measure()) == "Re-referrals within 12 months: no figure for Testford"
    assert say.beside_england(measure(30, 100, england=None)) == "Re-referrals within 12 months: 30.0%"


@pytest.mark.parametrize(
    ("higher", "of", "said"),
    [
        (0, 10, "Higher in none of ten statistical neighbours"),
        (3, 10, "Higher in three of ten statistical neighbours"),
        (9, 9, "Higher in all nine statistical neighbours"),
    ],
)
def test_neighbours_are_counted_not_ranked(higher, of, said):
    row = measure(30, 100, higher=higher, neighbours=of, lowest=16.6, highest=25.8)
    assert say.among_neighbours(row) == f"{said}, which reach from 16.6% to 25.8%."


def test_without_a_figure_of_its_own_or_neighbours_less_is_said():
    near = {"neighbours": 10, "lowest": 16.6, "highest": 25.8}
    assert say.among_neighbours(measure(**near)) == "Statistical neighbours reach from 16.6% to 25.8%."
    assert say.among_neighbours(measure(30, 100, neighbours=0)) == ""


def sources(*rows):
    """Sources as name, share, England's share, position."""
    names = ("group", "share", "england", "position")
    return pd.DataFrame([dict(zip(names, row, strict=True)) for row in rows], columns=list(SOURCE_SHARES))


def test_the_source_furthest_from_england_is_named_if_it_lies_beyond_the_outer_limits():
    police, council = ("Police", 0.40, 0.28, "above"), ("Council services", 0.21, 0.14, "well above")
    schools = ("Schools", 0.17, 0.20, "well below")
    assert say.who_refers_here(sources(police, council, schools)) == (
        "Council services: a larger part of referrals than in England, 21% against 14%"
    )
    assert say.who_refers_here(sources(police, schools)) == (
        "Schools: a smaller part of referrals than in England, 17% against 20%"
    )
    assert say.who_refers_here(sources(police)) == "Who refers: no clear difference from England"
    assert say.who_refers_here(sources()) == "Who refers: no clear difference from England"


def test_each_symbol_on_show_is_explained_once():
    assert say.symbols_key(["c", "", "x", "c"]) == (
        "c: hidden, because the number is so small that it could point to a child. x: not available."
    )
    assert say.symbols_key(["", "Testford"]) == ""


def test_counts_in_a_sentence_leave_out_neighbours_and_symbols():
    rows = [("Testford", "board", 4031), ("England", "england", 621880), ("Nextby", "neighbour", 5)]
    frame = pd.DataFrame([dict(zip(("area", "kind", "referrals"), row, strict=True)) for row in rows])
    assert say.referrals_in_words(frame.reindex(columns=list(REFERRALS))) == (
        "4,031 referrals in Testford and 621,880 in England"
    )
    frame["referrals"] = ["c", 621880, 5]
    assert say.referrals_in_words(frame) == "621,880 referrals in England"


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(30.29, "percent", "30.3%"), (1914.3, "rate_per_10k", "1,914.3"), (None, "percent", "–")],
)
def test_values_are_said_to_one_place_in_their_unit(value, unit, said):
    assert say.said(value, unit) == said
