"""What has to hold between the columns of a measure: counts, figure, period and commentary."""

from typing import Any

from lscb_core.domain.indicators import INDICATORS
from lscb_core.domain.periods import month_end
from lscb_core.imports.templates.lists import ends_with
from lscb_core.imports.templates.model import Rule

ROUNDED = 0.51
"""Points by which a figure may differ from its counts: it may be rounded to a whole number."""


def _units(frame: Any) -> Any:
    units = {key: indicator.unit for key, indicator in INDICATORS.items()}
    return frame["measure"].map(lambda key: units.get(key, ""))


def _says_something(frame: Any) -> Any:
    return frame[["value", "numerator", "commentary"]].notna().any(axis=1)


def _is_whole(frame: Any) -> Any:
    return ~_units(frame).eq("count") | frame["value"].isna() | frame["value"].mod(1).eq(0)


def _at_most_100(frame: Any) -> Any:
    return ~(_units(frame).eq("percent") & frame["value"].gt(100))


def _both_counts(frame: Any) -> Any:
    has = frame["numerator"].notna(), frame["denominator"].notna()
    return ~_units(frame).isin(["percent", "days"]) | has[0].eq(has[1])


def _part_of_whole(frame: Any) -> Any:
    return ~(_units(frame).eq("percent") & frame["numerator"].gt(frame["denominator"]))


def _agrees(frame: Any) -> Any:
    times = _units(frame).map({"percent": 100.0, "days": 1.0})  # of counts: nothing to compare with
    worked_out = times * frame["numerator"] / frame["denominator"].where(frame["denominator"] > 0)
    return ~(worked_out - frame["value"]).abs().gt(ROUNDED)


def _is_signed(frame: Any) -> Any:
    return frame["commentary"].isna() | frame["signed_by"].notna()


def _ends_in_time(frame: Any) -> Any:
    import pandas as pd

    def holds(span: Any, end: Any) -> bool:
        is_end = span == "day" or end == month_end(end)
        return is_end and (span != "quarter" or ends_with(span, end))

    known = frame[["span", "period_end"]].notna().all(axis=1)
    rows = zip(known, frame["span"], frame["period_end"], strict=True)
    return pd.Series([not is_known or holds(span, end) for is_known, span, end in rows], index=frame.index)


RULES = (
    Rule(
        "value",
        ("value", "numerator", "commentary"),
        _says_something,
        "Neither a figure nor a commentary stands here.",
        "Fill one in, or empty the row.",
    ),
    Rule(
        "value", ("measure", "value"), _is_whole, "{said} is not a whole number, but this is a count.",
        "Write a whole number.",
    ),
    Rule("value", ("measure", "value"), _at_most_100, "{said} is more than 100%.", "Write 38.2 for 38.2%."),
    Rule(
        "denominator",
        ("measure", "numerator", "denominator"),
        _both_counts,
        "Of “Count” and “Out of” only one is filled in.",
        "Fill in both, or the figure alone.",
    ),
    Rule(
        "numerator",
        ("measure", "numerator", "denominator"),
        _part_of_whole,
        "{numerator} is more than the {denominator} that it is a part of.",
        "Check both counts.",
    ),
    Rule(
        "value",
        ("measure", "value", "numerator", "denominator"),
        _agrees,
        "{said} is not what {numerator} out of {denominator} gives.",
        "Leave “Figure” empty: it is worked out from the counts.",
    ),
    Rule(
        "signed_by",
        ("commentary", "signed_by"),
        _is_signed,
        "The commentary is not signed.",
        "Write whose view it is: a role, such as “Designated nurse”, not a name.",
    ),
    Rule(
        "period_end",
        ("span", "period_end"),
        _ends_in_time,
        "{said} is not the last day of such a period.",
        "A month, quarter or year ends on the last day of a month; a quarter in March, June, September or "
        "December.",
    ),
)  # fmt: skip
