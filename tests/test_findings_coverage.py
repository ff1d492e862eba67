"""What has been sent, in words."""

from datetime import date

import pandas as pd

from lscb_core.findings.coverage import NOBODY, lead, line, own_lead, title
from lscb_core.queries.coverage import COVERAGE, MONTHS
from lscb_core.queries.partner_returns import RETURNS

JAN, FEB, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)
WORDS = {"S": "sent", "L": "late", "N": "nothing", "R": "rejected", ".": "not_due"}


def months(**partners: str) -> pd.DataFrame:
    """Partner -> a letter for each month, the last one March."""
    ends = [JAN, FEB, MARCH]
    rows = [
        {"agency": name, "agency_slug": name, "month": end, "state": WORDS[letter], "returns": 1, "told": ""}
        for name, letters in partners.items()
        for end, letter in zip(ends[-len(letters) :], letters, strict=True)
    ]
    return pd.DataFrame(rows, columns=list(MONTHS))


def held(**partners: str) -> pd.DataFrame:
    """The same as returns, one a month."""
    rows = [
        {
            "agency": row["agency"],
            "agency_slug": row["agency_slug"],
            "due_on": row["month"],
            "template": "thresholds",
            "title": "Threshold return",
            "period": "",
            "period_end": None,
            "sent_on": None,
            "state": row["state"],
            "note": "",
        }
        for row in months(**partners).to_dict("records")
    ]
    return pd.DataFrame(rows, columns=list(COVERAGE))


NOTED = pd.DataFrame(columns=list(RETURNS))


def test_who_is_missing_comes_first_and_then_how_many_came_in_time():
    assert lead(held(Police="SSN", Health="SLS"), NOTED) == (
        "**The latest figures of Police have not come.** "
        "Of the returns due in the last twelve months, 4 of 6 came by their day."
    )
    assert lead(held(Police="SNS"), NOTED).startswith("**Every partner's latest figures have come.**")
    assert lead(held(Police="SN."), NOTED).startswith("**The latest figures of Police have not come.**")


def test_without_returns_what_was_told_is_told():
    assert lead(held(), NOTED) == NOBODY
    assert lead(held(Police="."), NOTED) == NOBODY
    told = pd.DataFrame([{"agency": "Police", "supplies": "no"}, {"agency": "", "supplies": "some"}])
    assert lead(held(), told) == "**As far as is told, Police send no figures.**"
    assert "Every partner that is told of sends figures" in lead(held(), told.iloc[1:])


def test_the_title_tells_the_longest_silence():
    assert title(months(Police="SNN", Health="NSS")) == "Police has sent nothing for two months"
    assert title(months(Police="NRN", Health="NNN")) == "Police and Health have sent nothing for three months"
    assert title(months(Police="SSN", Health="SSS")) == "Police has not sent the latest figures"
    assert title(months(Police="SSN", Health="SN.")) == "Police and Health have not sent the latest figures"
    assert title(months(Police="SLS", Health="LSS")) == "Everything has come, twice late"
    assert title(months(Police="SSS")) == "Everything that was due has come in time"


def test_an_agency_is_told_what_it_owes_and_what_is_next():
    both = held(Police="N.").assign(title="Threshold return", period=["February 2026", "March 2026"])
    assert own_lead(both, date(2026, 3, 12)) == (
        "**Your threshold return for February 2026 is missing, 12 days past its day.** "
        "Next: threshold return for March 2026, due 31 March 2026."
    )
    assert own_lead(held(Police="NN"), MARCH) == "**2 returns of your agency are missing.**"
    assert own_lead(held(), MARCH) == "**Nothing is missing from your agency.**"


def test_a_line_has_a_badge_and_its_story():
    [row] = held(Police="N").to_dict("records")
    assert line(row) == ("red", "Nothing came", "Threshold return", "Due 31 March 2026, nothing came.")
    noted = row | {"template": "", "state": "late", "sent_on": date(2026, 4, 2), "note": "Only part."}
    assert line(noted) == (
        "orange", "Late", "Figures due in March 2026", "Due 31 March 2026, came 2 April 2026. Only part.",
    )  # fmt: skip
