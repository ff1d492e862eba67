"""What is said of thresholds: only what the likely range carries, in words for lay members."""

from datetime import date

import pandas as pd
import pytest

from lscb_core.domain.intervals import difference, placement, wilson
from lscb_core.findings import thresholds as say
from lscb_core.queries.partner_returns import RETURNS
from lscb_core.queries.referral_flow import CONVERSION, OVER_YEARS
from lscb_core.queries.threshold_documents import DOCUMENTS
from lscb_core.queries.thresholds import BELOW_BY_AGENCY, BELOW_BY_MONTH, BY_ERA

YEARS = ("2023-24", "2024-25")
BOTH = {"referral": 0.43, "conference": 0.37}


def agencies(*rows):
    """Agencies as name, below, referrals, or as name and symbol; the whole board's share is 30%."""
    listed = []
    for name, *counts in rows:
        row = {"agency": name, "position": "", "symbol": ""}
        if len(counts) == 2:
            below, sent = counts
            row |= {"below": below, "referrals": sent}
            if sent >= 10:
                row |= {"share": below / sent, "position": placement(below, sent, 0.3)}
        elif counts:
            row["symbol"] = counts[0]
        listed.append(row)
    return pd.DataFrame(listed, columns=list(BELOW_BY_AGENCY)).astype(
        {"below": "Int64", "referrals": "Int64"}
    )


def eras(*rows):
    """Stretches as name, below, referrals."""
    listed = [
        {"era": era, "below": below, "referrals": sent, "share": below / sent} for era, below, sent in rows
    ]
    return pd.DataFrame(listed, columns=list(BY_ERA))


def test_only_who_lies_beyond_the_outer_limits_is_named_in_the_title():
    # Of 1,000 around 30%: 95% reaches 27.2 to 32.8, 99.8% reaches 25.5 to 34.5.
    found = agencies(
        ("Police", 350, 1000), ("Housing", 335, 1000), ("GPs", 300, 1000), ("Schools", 250, 1000)
    )
    assert say.who_stands_out(found) == (
        "Referrals from Police fall below the threshold more often than chance explains"
    )
    assert say.others_apart(found) == (
        "Less often than chance explains: Schools. Just outside the shaded part, perhaps by chance: "
        "Housing (more often)."
    )


def test_several_are_listed_and_those_below_alone_make_the_title_too():
    found = agencies(("GPs", 260, 1000), ("Schools", 250, 1000), ("Early years", 240, 1000))
    assert say.who_stands_out(found) == (
        "Referrals from Schools and Early years fall below the threshold less often than chance explains"
    )
    assert say.others_apart(found) == "Just outside the shaded part, perhaps by chance: GPs (less often)."


def test_within_the_limits_nobody_is_named():
    found = agencies(("Housing", 335, 1000), ("GPs", 300, 1000))
    assert say.who_stands_out(found) == "No agency stands clearly apart: chance explains the differences"
    assert say.others_apart(agencies(("GPs", 300, 1000))) == ""


def test_without_a_share_the_title_is_neutral():
    assert say.who_stands_out(agencies()) == "Share of referrals below the threshold, by agency"
    assert say.who_stands_out(agencies(("GPs", 1, 9))) == "Share of referrals below the threshold, by agency"


def test_agencies_that_are_not_drawn_are_listed_with_the_reason():
    found = agencies(("Police", 300, 1000), ("GPs", 3, 9), ("Probation", "c"), ("Ambulance",))
    assert say.not_drawn(found) == (
        "Too few for a percentage: GPs (3 of 9). Hidden, because the numbers are small: Probation. "
        "Nothing was sent for Ambulance."
    )
    assert say.not_drawn(agencies(("Police", 300, 1000))) == ""


def test_a_change_is_claimed_only_where_the_range_of_the_difference_leaves_out_none():
    # 380 of 1,000, then 337: the likely difference is from -8.5 to -0.1 points; with 338 it holds 0.
    assert difference(380, 1000, 337, 1000).high < 0 < difference(380, 1000, 338, 1000).high
    changed, same = (eras(("Before", 380, 1000), ("Since", since, 1000)) for since in (337, 338))
    assert say.since_the_document(changed) == "A smaller share below the threshold since the new document"
    assert say.since_the_document(same) == "No clear change since the new threshold document"
    assert say.since_the_document(same, agency="Police").startswith("Police: no clear change")


def test_a_rise_is_said_as_a_rise():
    found = eras(("Before", 300, 1000), ("Since", 380, 1000))
    assert say.since_the_document(found) == "A larger share below the threshold since the new document"


def test_nothing_is_claimed_where_a_stretch_holds_hidden_months():
    hidden = {"era": "Since", "share": None, "symbol": "c"}
    found = pd.concat([eras(("Before", 500, 1000)), pd.DataFrame([hidden], columns=list(BY_ERA))])
    assert say.since_the_document(found) == "Share of referrals below the threshold, month by month"


def test_a_line_is_drawn_where_half_of_the_months_are_shown():
    shown, missing = {"share": 0.3}, {"share": None}
    for rows, is_drawn in (([shown, missing], True), ([shown, missing, missing], False), ([], False)):
        assert say.enough_to_draw(pd.DataFrame(rows, columns=list(BELOW_BY_MONTH))) is is_drawn


def test_of_three_stretches_the_last_two_are_compared():
    found = eras(("Before", 500, 1000), ("From May 2024", 300, 1000), ("Since", 301, 1000))
    assert say.since_the_document(found) == "No clear change since the new threshold document"


def test_without_a_document_the_level_is_said_and_without_a_share_nothing():
    assert (
        say.since_the_document(eras(("All months", 333, 1000))) == "33% of referrals fall below the threshold"
    )
    assert say.since_the_document(eras()) == "Share of referrals below the threshold, month by month"


def test_months_left_out_are_counted_by_reason():
    rows = [{"share": None, "symbol": "c"}, {"share": None, "symbol": "c"}, {"share": None, "symbol": ""}]
    found = pd.DataFrame([*rows, {"share": 0.3, "symbol": ""}], columns=list(BELOW_BY_MONTH))
    assert say.months_left_out(found) == (
        "Not drawn: one month with under ten referrals and two months hidden because the numbers are small, "
        "so those shown are the higher ones."
    )
    assert say.months_left_out(found.tail(1)) == ""


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        (BOTH, "43% of contacts become a referral; 37% of section 47 enquiries a conference"),
        ({"conference": 0.37}, "37% of section 47 enquiries lead to a conference"),
        ({"plan": 0.8}, "From contact to protection plan"),
        ({}, "From contact to protection plan"),
    ],
    ids=["both", "one", "neither", "none"],
)  # fmt: skip
def test_two_shares_of_the_way_make_the_title_where_they_are_known(shares, said):
    rows = [{"code": code, "share": share} for code, share in shares.items()]
    assert say.how_far_they_go(pd.DataFrame(rows, columns=list(CONVERSION))) == said


def over_years(**counts):
    """Counts of each group in the two years."""
    rows = [
        {"group": group, "period": period, "count": count, "period_end": date(2024 + at, 3, 31)}
        for group, pair in counts.items()
        for at, (period, count) in enumerate(zip(YEARS, pair, strict=True))
    ]
    return pd.DataFrame(rows, columns=list(OVER_YEARS)).astype({"count": "Int64"})


def test_who_sends_most_in_the_last_year_is_named_with_the_counts():
    found = over_years(Schools=(500, 200), Police=(100, 290))
    assert say.most_come_from(found, referrals=1000) == "29% of referrals come from Police: 290 of 1,000"


def test_where_the_whole_is_hidden_or_nothing_was_sent_the_title_is_neutral():
    assert say.most_come_from(over_years(Police=(1, 2)), referrals=None) == "Referrals by agency"
    assert say.most_come_from(over_years(Police=(1, None)), referrals=10) == "Referrals by agency"
    assert say.most_come_from(over_years(), referrals=10) == "Referrals by agency"


def test_the_level_whose_share_moved_most_is_named():
    found = over_years(One=(100, 90), Two=(300, 200), Three=(600, 710))
    # of 1,000 each: one 10% to 9%, two 30% to 20%, three 60% to 71%
    assert say.what_moved(found, otherwise="By level") == "Three: 71% of referrals, 60% in 2023-24"


def test_what_chance_explains_is_not_called_a_move():
    assert say.what_moved(over_years(One=(500, 510), Two=(500, 490)), otherwise="By level") == "By level"


def test_a_hidden_count_or_a_single_year_says_nothing_of_moves():
    hidden = over_years(One=(100, None), Two=(300, 700))
    assert say.what_moved(hidden, otherwise="By level") == "By level"
    one_year = over_years(One=(100, 900), Two=(900, 100)).query("period == '2024-25'")
    assert say.what_moved(one_year, otherwise="By level") == "By level"


def test_partners_that_send_nothing_are_named_where_nothing_can_be_shown():
    rows = [{"agency": "Police", "supplies": "no"}, {"agency": "Schools and colleges", "supplies": "no"}]
    rows += [{"agency": "Housing", "supplies": "some"}, {"agency": "", "supplies": "no"}]
    words = say.who_sends_none(pd.DataFrame(rows, columns=list(RETURNS)))
    assert words.endswith("No figures at all come from: Police; Schools and colleges.")
    assert "No figures at all" not in say.who_sends_none(pd.DataFrame(columns=list(RETURNS)))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"precision": "day"}, "In use since 1 February 2016."),
        (
            {"precision": "day", "followed_on": date(2018, 4, 1)},
            "In use from 1 February 2016 until the next one.",
        ),
        ({"precision": "month"}, "In use since February 2016."),
        ({"precision": "year"}, "In use since 2016."),
        ({"precision": "planned", "status": "planned"}, "Planned for February 2016."),
        ({"precision": "month", "kind": "milestone"}, "February 2016."),
        ({"rolled_out_on": None}, "In use; the date is not given."),
        ({"rolled_out_on": None, "kind": "milestone"}, "The date is not given."),
    ],
)
def test_a_day_is_said_as_exactly_as_it_is_known(fields, said):
    plain = {"rolled_out_on": date(2016, 2, 1), "precision": "", "status": "in use", "kind": "document"}
    assert say.document_words({**dict.fromkeys(DOCUMENTS), **plain, **fields}) == said


def test_the_rule_of_the_funnel_and_the_interval_are_the_domain_s():
    # A guard for the tests above: the limits quoted there are the ones in use.
    assert placement(335, 1000, 0.3) == "above"
    assert placement(350, 1000, 0.3) == "well above"
    assert wilson(30, 100).low < 0.3 < wilson(30, 100).high
