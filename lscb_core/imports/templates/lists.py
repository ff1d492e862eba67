"""The lists that a template offers, and the rows that its workbook is written with."""

from collections.abc import Iterable, Mapping
from datetime import date

from lscb_core.domain.codes import AGE_BANDS, DEATH_CATEGORIES, SECTION_11_SCORES, SECTION_11_STANDARDS
from lscb_core.domain.indicators import INDICATORS, of_kind
from lscb_core.domain.labelled import Labelled
from lscb_core.domain.thresholds import EVERYBODY_ELSE, Step
from lscb_core.domain.vocab import Level, Outcome, Status
from lscb_core.imports.templates.model import Given, Options, Values

SPANS = {"month": "Month", "quarter": "Quarter", "year": "Year", "day": "Day"}
DEATH_LINES = {
    "all/all": "Deaths notified in the year",
    **{f"age/{key}": f"Age: {label}" for key, label in AGE_BANDS.items()},
    "expectedness/expected": "Expected deaths",
    "expectedness/unexpected": "Unexpected deaths",
    "reviews/completed": "Reviews completed in the year",
    "reviews/in_time": "Reviews completed in time",
    **{f"category/{key}": f"Category {key}: {label}" for key, label in DEATH_CATEGORIES.items()},
    "modifiable/yes": "Modifiable factors: yes",
    "modifiable/no": "Modifiable factors: no",
    "modifiable/unknown": "Modifiable factors: not enough information",
}
_LAST_MONTHS = {"quarter": (3, 6, 9, 12), "year": (3,)}
"""Of quarters and of years of figures; a month or a single day may be any."""
STEPS = (Step.CONTACT, Step.ASSESSMENT, Step.SECTION_47, Step.CONFERENCE, Step.PLAN)
OWNERS = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.COMPLETE)


def members(found: Iterable[Labelled]) -> Options:
    """The words of a vocabulary, on every board the same."""
    listed = {one.value: one.label for one in found}
    return lambda _given: listed


def always(listed: Mapping[str, str]) -> Options:
    """A list that is on every board the same."""
    return lambda _given: listed


def numbered(listed: Mapping[str, str]) -> Options:
    """A list whose numbers people know: they stand before the words."""
    return always({key: f"{key} {label}" for key, label in listed.items()})


levels = numbered({str(level.value): level.label for level in Level})
standards = numbered(SECTION_11_STANDARDS)
scores = numbered({str(score): label for score, label in SECTION_11_SCORES.items()})
measures = always({one.key: one.title for one in of_kind("local")})


def agencies(given: Given) -> Mapping[str, str]:
    """The agencies that may stand in the workbook: of an agency's own workbook that one alone."""
    return {given.agency: given.agencies[given.agency]} if given.agency else given.agencies


def referrers(given: Given) -> Mapping[str, str]:
    """The agencies, and in the whole board's workbook everybody else who refers children."""
    return agencies(given) if given.agency else {**given.agencies, **EVERYBODY_ELSE}


def keys(of: str) -> Options:
    """The board's own words for something, such as its priorities."""
    return lambda given: {key: key for key in given.known.get(of, ())}


def own_agency(given: Given) -> str | None:
    """What an empty cell for the agency means: the agency whose workbook it is."""
    return given.agency or None


def period(given: Given) -> date | None:
    """What an empty cell for the day or month means: the period that the workbook was written for."""
    return given.period


def threshold_rows(given: Given) -> Iterable[Values]:
    """Every level and outcome for each agency, ready for a count."""
    for agency in referrers(given):
        for level in levels(given):
            for outcome in Outcome:
                yield {"month": given.period, "agency": agency, "level": level, "outcome": outcome.value}


def step_rows(given: Given) -> Iterable[Values]:
    """Every step of the month."""
    return ({"month": given.period, "step": step.value} for step in STEPS)


def standard_rows(given: Given) -> Iterable[Values]:
    """The standards, for each agency that is asked."""
    for agency in agencies(given):
        for standard in SECTION_11_STANDARDS:
            yield {"agency": agency, "returned_on": given.period, "standard": standard}


def attendance_rows(given: Given) -> Iterable[Values]:
    """Every agency, for one meeting."""
    return ({"held_on": given.period, "agency": agency} for agency in agencies(given))


def death_rows(given: Given) -> Iterable[Values]:
    """Every line of the year's counts."""
    return ({"year": given.period, "line": line} for line in DEATH_LINES)


def measure_rows(given: Given) -> Iterable[Values]:
    """The local measures whose usual period ends with the workbook's; without a period all of them."""
    for key in measures(given):
        span = INDICATORS[key].span
        if given.period is None or ends_with(span, given.period):
            row = {"measure": key, "span": span, "period_end": given.period}
            yield row | {"agency": given.agency or None}


def ends_with(span: str, end: date) -> bool:
    """Whether a period of this span (SPANS) may end in the month of that day."""
    return end.month in _LAST_MONTHS.get(span, range(1, 13))
