"""A census is counted by month, source and what came of it; every limit has a child on either side."""

from datetime import date

import pytest

from tests.make_census import assessment, census, child, enquiry, header, plan, plan_dates, referral
from tests.read_census import noted, read_census, steps, tally

END = "2024-03-31"


def counted(*referrals: str, **more) -> dict:
    """The tally of one child."""
    return dict(tally(read_census(census(child(*referrals, **more)))))


def test_a_census_says_what_it_is_and_of_which_year():
    made = read_census(census(child(referral())))
    assert (made.kind, made.title) == ("cin-census", "Children in need census, year to 31 March 2024")
    [scope] = made.scopes
    assert (scope.key, scope.period_end, scope.agency) == ("cin-census/2024-03-31", date(2024, 3, 31), "")
    assert (made.as_at, made.may_be_saved, made.problems) == (date(2024, 3, 31), True, ())


def test_a_referral_is_counted_in_its_month_with_its_source():
    assert counted(referral("2023-05-09", source="3E")) == {("referral", "2023-05-31", "3E", "other"): 1}


@pytest.mark.parametrize(
    ("nfa", "records", "outcome"),
    [
        ("1", [], "nfa"),
        ("true", [assessment(), enquiry()], "nfa"),
        ("TRUE", [], "nfa"),
        ("0", [enquiry(), assessment()], "section_47"),
        ("false", [assessment()], "assessment"),
        ("FALSE", [plan()], "other"),
        ("0", [enquiry("2020-01-01")], "section_47"),  # whenever it started
    ],
)
def test_what_came_of_a_referral(nfa, records, outcome):
    [found] = [key for key in counted(referral("2023-05-09", *records, nfa=nfa)) if key[0] == "referral"]
    assert found == ("referral", "2023-05-31", "6", outcome)


@pytest.mark.parametrize(
    ("on", "is_counted"),
    [("2023-03-31", False), ("2023-04-01", True), ("2024-02-29", True), ("2024-03-31", True)],
)
def test_the_year_runs_from_1_april_to_31_march(on, is_counted):
    made = read_census(census(child(referral(on, assessment(on), enquiry(on, on), plan(on, on)))))
    everything = {"referral", "assessment", "section_47", "conference", "plan", "plan_ended"}
    assert set(steps(made)) == (everything if is_counted else set())
    assert made.counts["outside_the_year"] == (0 if is_counted else 5)
    assert made.counts["children"] == 1


def test_what_lies_before_the_year_is_told():
    made = read_census(census(child(referral("2022-05-09", assessment("2022-05-10"))), child(number="B")))
    assert "1 referral from before 1 April 2023 was used for re-referrals only." in noted(made)
    assert "1 assessment, enquiry, conference or plan from before 1 April 2023 is not counted." in noted(made)
    assert "Nothing in this file lies in the year to 31 March 2024" in noted(made)


@pytest.mark.parametrize(
    ("earlier", "later", "again"),
    [
        ("2022-06-01", "2023-06-01", 1),  # 365 days
        ("2022-05-31", "2023-06-01", 0),  # 366 days
        ("2023-03-01", "2024-02-29", 1),  # 365 days, to a leap day
        ("2023-02-28", "2024-02-29", 0),  # 366 days
        ("2023-03-31", "2024-03-30", 1),  # 365 days over a leap day
        ("2023-03-31", "2024-03-31", 0),  # a calendar year, but 366 days
        ("2023-06-01", "2023-06-01", 0),  # the same day: no re-referral of each other
        ("2023-06-01", "2023-06-02", 1),
        ("2022-04-01", "2023-04-01", 1),  # the first day that can count, and the last that it can follow
        ("2022-04-02", "2023-03-31", 0),  # a re-referral of the year before
    ],
)
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("apart", [False, True])
def test_a_re_referral_follows_within_365_days(earlier, later, again, turned, apart):
    both = [referral(earlier, source="2A"), referral(later, source="4")]
    both = both[::-1] if turned else both
    children = [child(each) for each in both] if apart else [child(*both)]
    found = {key: n for key, n in tally(read_census(census(*children))).items() if key[0] == "re_referral"}
    assert sum(found.values()) == again
    assert {key[2] for key in found} <= {"4"}, "the source is that of the later one"


def test_each_referral_is_measured_from_the_day_before_its_own():
    days = [("2022-09-01", "6"), ("2023-08-01", "6"), ("2023-08-01", "4")]
    found = steps(read_census(census(child(*(referral(on, source=who) for on, who in days)))))
    assert found["re_referral"] == 2, "both of one day follow the one before"
    chain = [referral(on) for on in ("2022-09-01", "2023-06-01", "2023-06-02", "2024-03-01")]
    assert steps(read_census(census(child(*chain))))["re_referral"] == 3


def test_other_children_do_not_make_a_re_referral():
    made = read_census(census(child(referral(), number="A"), child(referral("2023-06-09"), number="B")))
    assert (made.counts["re_referrals"], made.counts["children"]) == (0, 2)


def test_a_child_in_two_records_is_one_child():
    made = read_census(census(child(referral()), child(number="B"), child(referral("2023-07-01"))))
    assert (made.counts["children"], made.counts["re_referrals"]) == (2, 1)
    assert "1 child has more than one record. They were taken together as one child." in noted(made)
    assert [each.row for each in made.notes] == ["first at child 3"]


def test_a_child_without_a_number_is_only_itself():
    nobody = child(referral(), referral("2023-08-01"), number=None)
    made = read_census(census(nobody, nobody))
    assert (made.counts["children"], made.counts["referrals"], made.counts["re_referrals"]) == (2, 4, 2)
    assert "2 children have no LAchildID" in noted(made)


@pytest.mark.parametrize(
    ("start", "held", "band"),
    [
        ("2023-06-14", "2023-06-14", "0-10"),  # the same day
        ("2023-06-14", "2023-06-28", "0-10"),  # 10
        ("2023-06-14", "2023-06-29", "11-15"),  # 11
        ("2023-06-14", "2023-07-05", "11-15"),  # 15
        ("2023-06-14", "2023-07-06", "16-20"),  # 16
        ("2023-06-14", "2023-07-12", "16-20"),  # 20
        ("2023-06-14", "2023-07-13", "21+"),  # 21
        ("2023-12-15", "2024-01-10", "11-15"),  # 15: Christmas, Boxing Day and New Year's Day between
        ("2023-12-15", "2024-01-11", "16-20"),
        ("2023-04-06", "2023-05-02", "11-15"),  # 15: Easter and May Day
        ("2023-05-05", "2023-05-27", "11-15"),  # 14 with the coronation, on a Saturday
        ("2023-03-20", "2023-04-12", "11-15"),  # 15, begun in the year before
        ("2023-03-20", "2023-04-13", "16-20"),
        ("1999-01-01", "2023-04-03", "21+"),
        ("2023-06-15", "2023-06-14", ""),  # before its enquiry
        (None, "2023-06-14", ""),
    ],
)
def test_a_conference_is_counted_by_working_days_from_its_enquiry(start, held, band):
    made = read_census(census(child(referral("2023-05-09", enquiry(start, held)))))
    [(step, month, source, detail)] = [key for key in tally(made) if key[0] == "conference"]
    assert (detail, source, month[:7]) == (band, "6", held[:7])
    assert made.counts["conferences_in_15_days"] == (band in ("0-10", "11-15"))


def test_an_enquiry_without_a_start_is_told_and_not_counted():
    made = read_census(census(child(referral("2023-05-09", enquiry(None)))))
    assert dict(steps(made)) == {"referral": 1}
    assert "1 section 47 enquiry has no start date, and was not counted." in noted(made)
    assert made.notes[0].row == "first at child 1, referral 1, section 47 1"


def test_the_conference_of_the_referral_itself_counts_unless_an_enquiry_names_the_day():
    of_both = referral("2023-05-09", enquiry("2023-05-10", "2023-05-24"), conference="2023-05-24")
    of_two = referral("2023-05-09", enquiry("2023-05-10", "2023-05-24"), conference="2023-06-24")
    of_none = referral("2023-05-09", conference="2023-05-24")
    assert steps(read_census(census(child(of_both))))["conference"] == 1
    assert steps(read_census(census(child(of_two))))["conference"] == 2
    assert counted(of_none)["conference", "2023-05-31", "6", ""] == 1


def test_a_date_inside_an_enquiry_is_not_taken_for_the_referrals_own():
    made = read_census(census(child(referral("2023-05-09", enquiry("2023-05-10", "2023-05-24")))))
    assert {key[3] for key in tally(made) if key[0] == "conference"} == {"0-10"}


@pytest.mark.parametrize(
    ("start", "length"),
    [
        (END, "3m"),
        ("2023-12-31", "3m"),  # 3 months
        ("2023-12-30", "6m"),
        ("2023-09-30", "6m"),  # 6 months
        ("2023-09-29", "12m"),
        ("2023-04-01", "12m"),  # a day less than a year
        ("2023-03-31", "24m"),  # a year
        ("2022-04-01", "24m"),
        ("2022-03-31", "24m+"),  # two years
        ("2001-01-01", "24m+"),
    ],
)
def test_plans_open_at_the_reference_date_are_counted_by_their_length(start, length):
    found = counted(referral("2023-05-09", plan(start, initial="NEG", latest="EMO")))
    assert found["plan_open", END, "6", f"EMO|{length}"] == 1
    assert sum(n for key, n in found.items() if key[0] == "plan") == (start >= "2023-04-01")


@pytest.mark.parametrize(
    ("end", "steps_"),
    [
        (None, {"plan_open"}),
        ("2023-03-31", set()),  # ended the day before the year
        ("2023-04-01", {"plan_ended"}),
        (END, {"plan_ended"}),  # on the reference date itself: not open
        ("2024-04-01", {"plan_open"}),  # the file was written later
        ("2026-06-15", {"plan_open"}),  # today
    ],
)
def test_a_plan_is_open_or_ended(end, steps_):
    made = read_census(census(child(referral("2022-05-09", plan("2022-06-01", end)))))
    assert set(steps(made)) == steps_


def test_a_plan_is_counted_where_it_starts_with_its_first_category():
    found = counted(referral("2023-05-09", plan("2023-06-01", "2024-01-15", initial="SAB", latest="MUL")))
    assert found["plan", "2023-06-30", "6", "SAB"] == 1
    assert found["plan_ended", "2024-01-31", "6", ""] == 1


def test_the_same_words_again_count_once():
    twice = referral("2023-05-09", plan(), plan(), assessment(), assessment(), assessment("2023-05-12"))
    made = read_census(census(child(twice, twice), child(number="B"), child(twice, twice)))
    assert made.counts | {"children": 0} == made.counts | {
        "children": 0, "referrals": 1, "assessments": 2, "plans_started": 1, "plans_open": 1,
    }  # fmt: skip
    assert made.counts["children"] == 2
    assert "2 records stand again with the same referral" in noted(made)
    assert "1 referral stands twice with a child" in noted(made)
    assert "1 child stands in the file twice" in noted(made)


def test_records_that_differ_in_a_word_not_counted_are_two():
    one, other = plan(reviews=["2023-08-01"]), plan(reviews=["2023-08-02"])
    assert steps(read_census(census(child(referral("2023-05-09", one, other)))))["plan"] == 2


def test_two_referrals_of_a_day_are_two_and_no_re_referral():
    found = steps(read_census(census(child(referral(source="6"), referral(source="2A")))))
    assert (found["referral"], found["re_referral"]) == (2, 0)


def test_a_source_that_is_missing_is_not_recorded():
    for source in (None, "", "  "):
        made = read_census(census(child(referral(source=source))))
        assert list(tally(made)) == [("referral", "2023-05-31", "UN", "other")]
        assert "1 referral does not say who referred." in noted(made)


def test_codes_and_dates_may_stand_between_blanks():
    spaced = referral(
        " 2023-05-09\n", plan(" 2023-06-01 ", "\t2023-07-01 ", initial=" phy", latest="PHY "), source=" 5c "
    )
    assert set(counted(spaced)) == {
        ("referral", "2023-05-31", "5C", "other"),
        ("plan", "2023-06-30", "5C", "PHY"),
        ("plan_ended", "2023-07-31", "5C", ""),
    }


@pytest.mark.parametrize("year", range(2017, 2027))
def test_every_layout_from_2017_to_2026_is_read(year):
    records = [assessment(f"{year - 1}-05-10"), plan_dates(f"{year - 1}-06-01"), enquiry(f"{year - 1}-05-11")]
    source = "5D" if year >= 2023 else "5A"
    one = child(referral(f"{year - 1}-05-09", *records, source=source), year=year)
    made = read_census(census(one, year=year))
    assert dict(steps(made)) == {"referral": 1, "assessment": 1, "section_47": 1}
    assert (made.notes, made.as_at) == ((), date(year, 3, 31))


def test_elements_in_another_order_or_not_known_do_no_harm():
    turned = (
        "<CINdetails><ChildProtectionPlans><LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse><New>1</New>"
        "<InitialCategoryOfAbuse>PHY</InitialCategoryOfAbuse><CPPstartDate>2023-06-01</CPPstartDate>"
        "</ChildProtectionPlans><Unheard>of</Unheard><ReferralNFA>0</ReferralNFA>"
        "<ReferralSource>4</ReferralSource><CINreferralDate>2023-05-09</CINreferralDate></CINdetails>"
    )
    made = read_census(census(child(turned)))
    assert tally(made)["plan", "2023-06-30", "4", "PHY"] == 1
    assert made.notes == ()


def test_elements_count_only_where_they_stand():
    strays = (
        "<CINdetails><Inner><DateOfInitialCPC>2023-05-24</DateOfInitialCPC></Inner>"
        "<Assessments><AssessmentActualStartDate>2023-05-10</AssessmentActualStartDate><Inner>"
        "<AssessmentActualStartDate>2023-05-11</AssessmentActualStartDate></Inner></Assessments>"
        "<Group><Section47><S47ActualStartDate>2023-05-12</S47ActualStartDate></Section47></Group>"
        "<ReferralNFA>0</ReferralNFA><ReferralSource>4</ReferralSource>"
        "<CINreferralDate>2023-05-09</CINreferralDate></CINdetails>"
        "<Group><CINdetails><CINreferralDate>2023-05-09</CINreferralDate></CINdetails></Group>"
    )
    assert dict(steps(read_census(census(child(strays))))) == {"referral": 1, "assessment": 1}


def test_early_help_as_a_source_before_2023_is_told():
    made = read_census(census(child(referral("2021-05-09", source="5D")), year=2022))
    assert tally(made)["referral", "2021-05-31", "5D", "other"] == 1
    assert "source 5D, which exists from the census of 2023" in noted(made)


def test_a_year_beyond_those_known_is_told():
    made = read_census(census(child(referral("2026-05-09")), year=2027), today=date(2027, 5, 1))
    assert "written for the censuses of 2017 to 2026" in noted(made)


def test_the_year_in_which_the_twelve_months_begin_is_told_and_the_reference_date_followed():
    made = read_census(census(child(referral()), head=header(2023, reference=END)))
    assert made.counts["referrals"] == 1
    assert "“2023” as its year, and 31 March 2024 as its reference date" in noted(made)


def test_the_figures_are_the_sums_of_the_rows():
    records = [assessment(), enquiry("2023-05-11", "2023-05-20"), plan("2023-06-01", "2023-08-01"), plan()]
    made = read_census(census(child(referral("2023-05-09", *records), referral("2023-09-01", nfa="1"))))
    assert made.counts == {
        "children": 1, "referrals": 2, "no_further_action": 1, "re_referrals": 1, "assessments": 1,
        "section_47": 1, "conferences": 1, "conferences_in_15_days": 1, "plans_started": 2,
        "plans_ended": 1, "plans_open": 1, "outside_the_year": 0,
    }  # fmt: skip
