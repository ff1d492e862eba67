"""What is said of a file on single children: nothing that hidden numbers or chance could make untrue."""

from datetime import date

import pandas as pd
import pytest

from lscb_core.domain.intervals import difference
from lscb_core.findings import census as say
from lscb_core.findings import thresholds
from lscb_core.findings.file_origins import came_from, months_in_part
from lscb_core.findings.share_tables import few_months, month_by_month, year_by_year
from lscb_core.queries.census import BELOW_BY_SOURCE
from lscb_core.queries.census_parts import PARTS
from lscb_core.queries.census_shares import BY_MONTH, BY_YEAR
from lscb_core.queries.thresholds import BELOW_BY_MONTH, BY_ERA

END = date(2024, 3, 31)


def sources(*rows):
    """Sources as name, below, referrals and place; a word in place of the number is its symbol."""
    listed = []
    for name, below, sent, *position in rows:
        hidden = isinstance(below, str)
        row = {"source": name, "symbol": below if hidden else "", "below": None if hidden else below}
        share = None if hidden or sent < 10 else below / sent
        listed.append(row | {"referrals": sent, "share": share, "position": "".join(position)})
    return pd.DataFrame(listed, columns=list(BELOW_BY_SOURCE)).astype(
        {"below": "Int64", "referrals": "Int64"}
    )


def test_sources_beyond_the_outer_limits_are_named_with_what_was_counted():
    found = sources(("Housing", 40, 100, "well above"), ("Police", 30, 900, "within"))
    named = found.rename(columns={"source": "agency"})
    assert thresholds.who_stands_out(named, who="source", is_nfa_only=True) == (
        "Referrals from Housing end in no further action more often than chance explains"
    )


def test_where_some_are_hidden_nothing_is_said_of_them():
    shown = sources(("Housing", 5, 100, "within"), ("Police", 30, 900, "within"))
    hidden = pd.concat([shown, sources(("Health services", "c", 50))])
    said = [
        thresholds.who_stands_out(each.rename(columns={"source": "agency"}), who="source", is_nfa_only=True)
        for each in (shown, hidden)
    ]
    assert said == [
        "No source stands clearly apart: chance explains the differences",
        "No source that is shown stands clearly apart: chance explains the differences",
    ]


def test_sources_that_are_not_drawn_are_listed_with_the_reason():
    found = sources(("Police", 30, 900), ("Housing", 3, 9), ("Health services", "c", 50), ("Self", 0, 0))
    assert say.sources_not_drawn(found) == (
        "Too few for a percentage: Housing (3 of 9). Not drawn, because a small number is hidden: "
        "Health services. No referral: Self."
    )
    assert say.sources_not_drawn(found.head(1)) == ""


def test_two_sources_are_too_few_to_compare():
    three = sources(("Police", 30, 900), ("Housing", 3, 90), ("Schools", 5, 50))
    assert [say.too_few_to_compare(each) for each in (three, three.head(2))] == [False, True]


def test_months_of_a_census_are_said_in_its_own_words():
    eras = pd.DataFrame(
        [{"era": "All months", "below": 50, "referrals": 1000, "share": 0.05}], columns=list(BY_ERA)
    )
    assert thresholds.since_the_document(eras, is_nfa_only=True) == "5% of referrals end in no further action"
    nothing = thresholds.since_the_document(eras.head(0), is_nfa_only=True)
    assert nothing == "Share of referrals with no further action, month by month"


def years(*counts):
    """Years to 31 March 2024 and before, oldest first: counted and of, or a symbol."""
    listed = []
    for at, (met, of) in enumerate(counts):
        end = END.replace(year=END.year - len(counts) + 1 + at)
        row = {"year": f"{end.year - 1}-{end.year % 100}", "period_end": end, "symbol": ""}
        if isinstance(met, str):
            row |= {"symbol": met}
        else:
            row |= {"met": met, "of": of, "share": met / of if of >= 10 else None, "low": 0.1, "high": 0.2}
        listed.append(row)
    return pd.DataFrame(listed, columns=list(BY_YEAR)).astype({"met": "Int64", "of": "Int64"})


def test_a_change_from_year_to_year_is_claimed_only_beyond_chance():
    # 200 of 1,000, then 237: the likely difference is 0.1 to 7.3 points; with 236 it holds 0.
    assert difference(200, 1000, 237, 1000).low > 0 > difference(200, 1000, 236, 1000).low
    up, same, down = (years((200, 1000), (now, 1000)) for now in (237, 236, 160))
    assert say.re_referrals(up) == "24% of referrals were re-referrals, up from 20% the year before"
    assert (
        say.re_referrals(same)
        == "24% of referrals were re-referrals, no clear change from 20% the year before"
    )
    assert say.conferences(down) == (
        "16% of conferences came within 15 working days, down from 20% the year before"
    )


def test_the_same_percentage_is_not_said_twice():
    found = years((200, 1000), (201, 1000))
    assert (
        say.re_referrals(found) == "20% of referrals were re-referrals, no clear change from the year before"
    )


def test_without_a_share_the_title_is_neutral_and_one_year_stands_alone():
    assert say.re_referrals(years(("c", None))) == "Re-referrals within 12 months"
    assert say.conferences(years()) == "Conferences within 15 working days"
    assert say.re_referrals(years(("c", None), (200, 1000))) == "20% of referrals were re-referrals"


def test_the_year_is_said_with_its_counts():
    assert say.in_the_year(years((200, 1000))) == (
        "Year to 31 March 2024: 200 of 1,000, 20.0%, likely range (95%) 10.0% to 20.0%."
    )
    assert say.in_the_year(years((2, 9))) == "Year to 31 March 2024: 2 of 9, too few for a percentage."
    assert (
        say.in_the_year(years(("c", None))) == "Year to 31 March 2024: hidden, because the numbers are small."
    )
    assert say.in_the_year(years()) == ""


def months(shown: int, hidden: int = 0, few: int = 0):
    rows = [{"share": 0.2, "symbol": ""}] * shown + [{"symbol": "c"}] * hidden + [{"symbol": ""}] * few
    return pd.DataFrame(rows, columns=list(BY_MONTH))


def test_months_are_drawn_where_three_in_four_are_shown():
    assert say.enough_months(months(9, 3))
    assert not say.enough_months(months(8, 4))
    assert not say.enough_months(months(2))
    assert not say.enough_months(months(0))


def test_hidden_months_are_counted_with_what_they_have_in_common():
    assert say.months_missing(months(9, 2, 1), what="conferences", fewer_of="late conferences") == (
        "Not drawn: one month with under ten conferences and two months hidden because a number is small, "
        "mostly those with few late conferences."
    )
    assert say.months_missing(months(9), what="conferences") == ""


def parts(of, **counts):
    """Parts of a whole: code=number, or a letter."""
    rows = [
        {"part": code.title(), "code": code, "n": n, "of": of, "symbol": "", "period_end": END,
         "share": n / of if of else None}
        if isinstance(n, int)
        else {"part": code.title(), "code": code, "of": of, "symbol": n, "period_end": END}
        for code, n in counts.items()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(PARTS)).astype({"n": "Int64", "of": "Int64"})


def test_the_largest_part_is_named_only_where_no_hidden_one_can_be_larger():
    words = {"whole": "plans started", "otherwise": "Plans started, by category"}
    assert (
        say.largest_part(parts(100, neglect=60, harm=40), **words)
        == "Neglect: 60% of plans started, 60 of 100"
    )
    # 30 are hidden: neglect's 40 are more than they can be; its 30 are not.
    assert say.largest_part(parts(100, neglect=40, harm=30, other="c"), **words).startswith("Neglect")
    assert say.largest_part(parts(100, neglect=35, harm=30, other="c"), **words) == words["otherwise"]
    assert say.largest_part(parts(100, neglect=50, harm=50), **words) == words["otherwise"]
    assert say.largest_part(parts(None, neglect="c"), **words) == words["otherwise"]


def test_open_plans_are_said_with_the_longest():
    assert say.plans_open(parts(120, short=110, long=10)) == (
        "120 plans were open on 31 March 2024, 10 of them for two years or more"
    )
    assert say.plans_open(parts(120, short=120, long=0)).endswith("none of them for two years or more")
    assert say.plans_open(parts(120, short="c", long="c")) == "120 plans were open on 31 March 2024"
    assert say.plans_open(parts(None, short="c")) == "Protection plans open on the last day"


def test_the_longest_waits_make_the_title_where_they_are_shown():
    shown, hidden = (parts(300, **{"0-10": 200, "21+": late}) for late in (45, "c"))
    assert say.time_to_conference(shown) == "15% of conferences came after 21 working days or more: 45 of 300"
    assert say.time_to_conference(hidden) == "Time from the enquiry to the conference"


def test_what_became_of_referrals_is_said_by_those_that_ended_early():
    assert (
        say.ended_early(parts(1000, nfa=74, other=926)) == "No further action: 7% of referrals, 74 of 1,000"
    )
    assert say.ended_early(parts(1000, nfa="c", other="c")) == "What became of the referrals"


@pytest.mark.parametrize(
    ("differences", "said"),
    [
        ([0, 0, None], "The board's own file gives the figures that were published"),
        ([0, 2, 0], "1 of 3 figures differs from those published"),
        ([-1, 2, 0], "2 of 3 figures differ from those published"),
        ([-1, 2], "The board's own file gives other figures than those published"),
        ([None], "The board's own count beside the published one"),
    ],
)
def test_differences_from_what_was_published_are_counted(differences, said):
    assert say.beside_published([{"what": "x", "difference": each} for each in differences]) == said


def file(name="cin.xml", title="Census, year to 31 March 2024", notes="", **fields):
    plain = {"first": date(2023, 4, 30), "last": END, "taken_on": date(2024, 7, 30)}
    return {"title": title, "file": name, "notes": notes, **plain, **fields}


def test_a_file_is_named_with_the_day_and_earlier_ones_are_counted():
    said = "From: Census, year to 31 March 2024 (cin.xml, taken in on 30 July 2024)"
    assert came_from([file(), file()]) == f"{said}."
    assert came_from([file(), file("old.xml"), file("older.xml")]) == f"{said}, and two earlier files."
    assert came_from([file(title="cin.xml")]) == "From: cin.xml (taken in on 30 July 2024)."
    assert came_from([]) == ""


def test_only_notes_of_the_months_on_show_are_repeated():
    partly = "March 2024 is covered only to 12 March 2024, so that its counts are of a part of it."
    told = [file(notes=f"Something else.\n{partly}")]
    assert months_in_part(told, date(2023, 4, 1), END) == partly
    assert months_in_part(told, date(2023, 4, 1), date(2024, 2, 29)) == ""
    assert months_in_part(told, date.min, date.max) == partly


def test_few_shares_stand_in_a_table():
    rows = [
        {
            "month": END,
            "below": 16,
            "referrals": 300,
            "share": 0.0533,
            "low": 0.033,
            "high": 0.085,
            "symbol": "",
        }
    ]
    table = month_by_month(pd.DataFrame(rows, columns=list(BELOW_BY_MONTH)), "No further action")
    assert table.iloc[0].tolist() == ["March 2024", "16 of 300", "5.3%", "3.3% to 8.5%"]
    told = year_by_year(years(("c", None), (200, 1000)), "Re-referrals")
    assert told["Re-referrals"].tolist() == ["200 of 1,000", "c"]
    assert told["Share"].tolist() == ["20.0%", "–"]


def test_two_months_are_few_and_three_are_not():
    assert [few_months(months(number)) for number in (2, 3)] == [True, False]
