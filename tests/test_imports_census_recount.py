"""The census reader against a second count: another parser, other ways, over invented files and real ones."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import SHARED
from tests.make_census import (
    CATEGORIES,
    SOURCES,
    Invented,
    assessment,
    census,
    child,
    enquiry,
    plan,
    plan_dates,
    referral,
)
from tests.read_census import noted, read_census, steps, tally
from tests.recount_census import recount

FIRST, LAST = date(2021, 10, 1), date(2024, 3, 31)
days = st.dates(FIRST, LAST).map(date.isoformat)
# Few days, so that children meet the limits of a year, of 365 days and of a month often.
few = st.sampled_from(
    [
        (date(2023, 4, 1) + timedelta(days=n)).isoformat()
        for n in (-366, -365, -1, 0, 1, 29, 30, 264, 364, 365)
    ]
)
when = st.one_of(days, few)
categories = st.sampled_from(CATEGORIES)


@st.composite
def plans(draw) -> str:
    start, end = sorted([draw(when), draw(when)])
    return plan(start, draw(st.sampled_from([None, end])), initial=draw(categories), latest=draw(categories))


records = st.one_of(
    st.builds(assessment, when, factors=st.lists(st.sampled_from(["1A", "2B"]), max_size=2)),
    st.builds(enquiry, st.none() | when, st.none() | when),
    st.builds(plan_dates, when, st.none() | when),
    plans(),
)
referrals = st.lists(records, max_size=4).flatmap(
    lambda found: st.builds(
        lambda on, source, nfa, conference: referral(
            on, *found, source=source, nfa=nfa, conference=conference
        ),
        when,
        st.sampled_from([*SOURCES, "5D", None]),
        st.sampled_from(["0", "1", "false", "true", "TRUE"]),
        st.none() | when,
    )
)
children = st.builds(
    lambda found, number: child(*found, number=number),
    st.lists(referrals, min_size=1, max_size=4),
    st.sampled_from(["A1", "A2", "A3", None]),  # few numbers, so that children stand in several records
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(children, min_size=1, max_size=6))
def test_any_census_comes_out_as_a_second_count_has_it(found):
    xml = census(*found)
    made = read_census(xml)
    assert tally(made) == recount(xml)


@pytest.mark.parametrize("year", [2019, 2022, 2024, 2026])
def test_a_large_invented_census_comes_out_as_a_second_count_has_it(year):
    xml = b"".join(Invented(1500, year=year, seed=year).parts())
    made = read_census(xml)
    assert tally(made) == recount(xml)
    assert min(made.counts.values()) > 0, "the invented file tries every figure"


def test_an_invented_census_is_the_same_from_the_same_seed():
    one, same, other = (b"".join(Invented(50, seed=seed).parts()) for seed in (1, 1, 2))
    assert one == same != other


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "year"), [("BAR_cin_2022.xml", 2022), ("CIN_Census_2021.xml", 2023), ("CIN2rows.xml", 2024)]
)
def test_the_real_files_are_read_without_a_problem(name, year):
    xml = (SHARED / "data" / "cin" / name).read_bytes()
    made = read_census(xml, council="201")
    assert tally(made) == recount(xml)
    assert (made.as_at, made.counts["children"]) == (date(year, 3, 31), 1)
    assert f"Nothing in this file lies in the year to 31 March {year}" in noted(made)


@pytest.mark.shared
def test_a_real_file_counts_in_the_year_in_which_it_lies():
    xml = (SHARED / "data" / "cin" / "CIN2rows.xml").read_bytes().replace(b"2024-03-31", b"2023-03-31")
    made = read_census(xml, council="201")
    assert tally(made) == recount(xml)
    assert dict(steps(made)) == {
        "referral": 1, "assessment": 1, "section_47": 1, "conference": 2, "plan_ended": 1,
    }  # fmt: skip
    assert "1 record stands twice with a referral in the same words" in noted(made)
