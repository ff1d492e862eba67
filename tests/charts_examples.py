"""An invented frame for every kind of chart."""

from datetime import date
from typing import Any

import pandas as pd

from lscb_core.charts import (
    compare,
    funnel,
    late_bars,
    lines,
    sent_strip,
    source_dots,
    steps,
    strips,
    trend,
    xmr,
)
from lscb_core.domain.intervals import placement
from lscb_core.domain.periods import month_ends
from lscb_core.domain.spc import xmr as xmr_of
from tests.charts_audit_examples import cases, grades, in_time, questions, repeated
from tests.charts_example import Example, ranged

MONTHS = month_ends(date(2024, 4, 1), date(2026, 3, 31))


def late() -> Example:
    rows = [("Police", 3, 1, 141), ("Housing", 0, 2, 12), ("Mental health", 1, 0, 203), ("GPs", 0, 1, 1)]
    return Example(late_bars, pd.DataFrame(rows, columns=list(late_bars.columns)), {})


# Return interviews within 72 hours: two years of months, steady at first, then better, then worse.
INTERVIEWS = "73 58 67 64 65 66 60 65 63 76 67 65 66 64 62 63 67 53 56 53 54 58 55 52"


def series(values: list[float | None] | None = None, **options: Any) -> Example:
    shown = values or [float(value) for value in INTERVIEWS.split()]
    chart = xmr_of([value for value in shown if value is not None], better="higher")
    kinds = iter(chart.kinds)
    types = ["common_cause" if value is None else next(kinds).value for value in shown]
    frame = pd.DataFrame({"period": MONTHS[: len(shown)], "value": shown, "type": types})
    limits = {"mean": chart.mean, "lower": chart.lower, "upper": chart.upper}
    return Example(
        xmr, frame.assign(**limits), {"title": "Return interviews", "target": 80.0, "unit": "%"} | options
    )


AGENCIES = [
    ("Housing", 95, 216),
    ("Police", 1204, 2874),
    ("Ambulance", 58, 149),
    ("Voluntary sector", 86, 247),
    ("Mental health", 91, 268),
    ("Probation", 33, 103),
    ("Early years", 50, 193),
    ("GPs", 78, 325),
    ("Children's services", 140, 608),
    ("Health trust", 302, 1006),
    ("Schools", 514, 1904),
]


def agencies() -> Example:
    rate = sum(below for _, below, _ in AGENCIES) / sum(sent for *_, sent in AGENCIES)
    rows = [
        (who, below, sent, *ranged(below, sent), placement(below, sent, rate))
        for who, below, sent in AGENCIES
    ]
    rows.append(("Youth justice", 3, 8, None, None, None, None))  # under ten: not drawn
    return Example(funnel, pd.DataFrame(rows, columns=list(funnel.columns)), {"rate": rate})


def months() -> Example:
    rows = [
        (month, "Before" if month < date(2025, 4, 1) else "Since", below, 650, *ranged(below, 650))
        for month, below in zip(MONTHS, [250 - 3 * at for at in range(24)], strict=True)
    ]
    rows[5] = (*rows[5][:2], None, None, None, None, None)  # nothing sent in September 2024
    options = {
        "eras": (("Before", 0.362), ("Since", 0.309)),
        "documents": (("Threshold guide", date(2025, 4, 1)),),
    }
    return Example(trend, pd.DataFrame(rows, columns=list(trend.columns)), options)


def conversion() -> Example:
    rows = [("Contacts", 18460, None, None, None), ("Referrals", 7936, 0.43, 0.45, None)]
    rows += [("Conferences", None, None, None, "c"), ("Protection plans", 486, 0.81, None, None)]
    return Example(steps, pd.DataFrame(rows, columns=list(steps.columns)), {})


def counts() -> Example:
    rows = [("2 Early help", "2024-25", 240, None), ("2 Early help", "2025-26", 260, None)]
    rows += [("4 Specialist", "2024-25", 65, None), ("4 Specialist", "2025-26", None, "c")]
    return Example(strips, pd.DataFrame(rows, columns=list(strips.columns)), {"title": "Referrals by level"})


def councils() -> Example:
    rows = [("Middlesbrough", "neighbour", 27.3, None), ("Tameside", "neighbour", None, "c")]
    rows += [("Stockton-on-Tees", "board", 24.8, None)]
    rows += [
        ("Rotherham", "neighbour", 23.7, None),
        ("Wigan", "neighbour", 19.0, None),
        ("England", "england", 22.4, None),
    ]
    return Example(
        compare, pd.DataFrame(rows, columns=list(compare.columns)), {"title": "Re-referrals", "unit": "%"}
    )


def years() -> Example:
    rows = [(year, 20.0 + year % 5, 22.0, 15.0, 29.0, None) for year in range(2013, 2025)]
    rows[3] = (2016, None, 22.0, 15.0, 29.0, "x")
    options = {"board": "Redcar and Cleveland", "title": "Re-referrals", "unit": "%"}
    return Example(lines, pd.DataFrame(rows, columns=list(lines.columns)), options)


def referrers() -> Example:
    against = [("Police", 1178, 0.285, "within"), ("Council services", 831, 0.141, "well above")]
    rows = [(who, met, 4031, *ranged(met, 4031), there, place, "") for who, met, there, place in against]
    rows.append(("Housing", None, None, None, None, None, 0.012, "", "c"))
    return Example(
        source_dots, pd.DataFrame(rows, columns=list(source_dots.columns)), {"board": "Stockton-on-Tees"}
    )


def returned() -> Example:
    """Three partners over six months, one return rejected and one not due yet."""
    ends, told = MONTHS[-6:], "Figures: due in the month"
    states = {"Housing": "S L N N R N", "Police": "S S L S S -", "": "S S S S S S"}
    words = {"S": "sent", "L": "late", "N": "nothing", "R": "rejected", "-": "not_due"}
    rows = [
        (partner, end, words[letter], told)
        for partner, letters in states.items()
        for end, letter in zip(ends, letters.split(), strict=True)
    ]
    return Example(sent_strip, pd.DataFrame(rows, columns=list(sent_strip.columns)), {})


EXAMPLES = [
    late(),
    questions(),
    series(),
    agencies(),
    months(),
    conversion(),
    counts(),
    councils(),
    years(),
    referrers(),
    grades(),
    returned(),
    repeated(),
    in_time(),
    cases(),
]
