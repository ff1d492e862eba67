"""Invented audits, reviews and re-audits for the charts of them."""

from datetime import date

import pandas as pd

from lscb_core.charts import agency_cases, before_after, grade_strip, question_dots, timeliness
from tests.charts_example import Example, ranged


def questions() -> Example:
    asked = [
        ("Was there a return interview within 72 hours?", 7, 16, ""),
        ("Did the plan say what would change, in words that the family understood?", 9, 18, ""),
        ("Was the father or other carer spoken to?", 3, 6, ""),  # under ten: counts only
    ]
    rows = [(text, met, of, *ranged(met, of), note) for text, met, of, note in asked]
    rows.append(
        ("Was the child seen alone?", None, 18, None, None, None, "74% as reported: cannot come from 18")
    )
    return Example(question_dots, pd.DataFrame(rows, columns=list(question_dots.columns)), {})


def grades() -> Example:
    rows = [
        ("Neglect", date(2023, 5, 1), "good", 12),
        ("Neglect", date(2025, 5, 1), "outstanding", 12),
        ("Exploitation", date(2026, 3, 1), "requires_improvement", 18),
        ("Exploitation", date(2024, 11, 1), "good", None),
        ("Supervision", date(2025, 1, 1), "requires_improvement", 10),
        ("Missing", date(2022, 1, 1), "inadequate", 5),
    ]
    return Example(grade_strip, pd.DataFrame(rows, columns=list(grade_strip.columns)), {})


def repeated() -> Example:
    rows = [
        ("Was the child seen alone?", 14, 20, 0.7, 17, 18, 17 / 18, "chance"),
        ("Were the child's own words in the record?", 9, 20, 0.45, 14, 18, 14 / 18, "better"),
        ("Was the plan up to date?", 18, 20, 0.9, 9, 18, 0.5, "worse"),
        ("Was the record complete?", 9, 18, 0.5, 9, 18, 0.5, "chance"),
        ("Was the father spoken to?", 2, 6, None, 3, 9, None, None),
    ]
    options = {"before": "November 2024", "after": "March 2026"}
    return Example(before_after, pd.DataFrame(rows, columns=list(before_after.columns)), options)


def in_time() -> Example:
    held = [("2023-24", 18, 20, None), ("2024-25", 4, 7, None), ("2025-26", None, None, "c")]
    rows = [(year, done, of, *ranged(done, of), symbol) for year, done, of, symbol in held]
    return Example(
        timeliness, pd.DataFrame(rows, columns=list(timeliness.columns)), {"title": "Reviews in time"}
    )


def cases() -> Example:
    answers = {"Police": ["met", "not_met", "not_applicable"], "Health": ["met", "met", "met"]}
    rows = [
        (who, f"Case {at}", answer) for who, given in answers.items() for at, answer in enumerate(given, 1)
    ]
    return Example(agency_cases, pd.DataFrame(rows, columns=list(agency_cases.columns)), {})
