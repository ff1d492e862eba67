"""The tables of the children in need statistics that are read: their columns, and the figures they give.

Columns are named here in words of our own, by any of which they may be headed; how a heading is written does
not matter (`dfe_words`).
"""

from collections.abc import Iterable
from dataclasses import replace

from lscb_core.imports.dfe.model import Column, Figure, Table
from lscb_core.imports.dfe.words import Kind


def _with(column: Column, kind: Kind) -> Column:
    """The rate or the percentage beside a count: releases may leave it out."""
    key, label = f"{column.key}_{kind}", f"{column.label}_{kind}"
    return Column(key, label, column.names, kind, column.beside, needed=False, is_whole=False)


def _counted(key: str, label: str, *names: str, beside: str = "") -> Column:
    return Column(key, label, names, beside=frozenset(beside.split()))


def _rates(counts: Iterable[tuple[str, Column]]) -> tuple[Figure, ...]:
    """The count and its rate for every 10,000 children."""
    return tuple(
        figure
        for measure, column in counts
        for figure in (
            Figure(measure, column.key),
            Figure(f"{measure}_rate", f"{column.key}_rate", (column.key,)),
        )
    )


def _shares(parts: Iterable[tuple[str, Column]], whole: Column) -> tuple[Figure, ...]:
    return tuple(
        Figure(measure, f"{column.key}_percent", (column.key,), whole.key) for measure, column in parts
    )


REFERRALS = _counted("referrals", "Referrals", "referrals", beside="received made")
AGAIN = _counted(
    "re_referrals",
    "Re_referrals",
    "re-referrals",
    "re-referrals within 12 months",
    "re-referrals 12 months",
    beside="referral",
)
NO_ACTION = _counted(
    "no_further_action", "No_Further_Action", "no further action", beside="referral resulted resulting closed"
)
NOT_IN_NEED = _counted(
    "not_in_need", "Not_in_Need", "not in need", beside="referral after following assessment"
)
OUTCOMES = (
    ("re_referrals", AGAIN),
    ("no_further_action", NO_ACTION),
    ("assessed_not_in_need", NOT_IN_NEED),
)

C1 = Table(
    "referrals",
    "C1",
    "referrals, re-referrals, no further action, assessed not in need",
    (
        REFERRALS,
        _with(REFERRALS, "rate"),
        *(each for _, column in OUTCOMES for each in (column, _with(column, "percent"))),
    ),
    (*_rates([("referrals", REFERRALS)]), *_shares(OUTCOMES, REFERRALS)),
    shared=("referrals",),
    known=("children referred", "children re-referred", "children re-referrals"),
)

ASIDE = "duration working day icpc s47 from to between conference held length time"
ENQUIRIES = _counted("section_47", "Section47", "section 47", beside="start")
CONFERENCES = _counted("conferences", "ICPC", "ICPC", beside="held")
BANDS = {
    "conferences_0_to_10_days": _counted("days_0_10", "Duration_0-10_days", "0 to 10", beside=ASIDE),
    "conferences_11_to_15_days": _counted("days_11_15", "Duration_11-15_days", "11 to 15", beside=ASIDE),
    "conferences_16_to_20_days": _counted("days_16_20", "Duration_16-20_days", "16 to 20", beside=ASIDE),
    "conferences_over_20_days": _counted("days_21", "Duration_21+_days", "21 or more", beside=ASIDE),
}
MEDIAN = Column(
    "median_days",
    "Duration_median",
    ("median",),
    beside=frozenset(ASIDE.split()),
    needed=False,
    is_whole=False,
)

C4 = Table(
    "enquiries",
    "C4",
    "section 47 enquiries and first child protection conferences",
    (
        ENQUIRIES,
        _with(ENQUIRIES, "rate"),
        CONFERENCES,
        _with(CONFERENCES, "rate"),
        *BANDS.values(),
        MEDIAN,
    ),
    (
        *_rates([("section_47", ENQUIRIES), ("conferences", CONFERENCES)]),
        *(Figure(measure, column.key) for measure, column in BANDS.items()),
        Figure("conferences_in_15_days", "", ("days_0_10", "days_11_15"), "conferences"),
        Figure("conferences_median_days", "median_days"),
    ),
    known=(
        "children with section 47",
        "section 47 children",
        "ICPC children",
        *(f"duration {which} percentile" for which in ("25th", "75th")),
    ),
)

FROM = "referral source from made"
SOURCES = {
    "individual": ("Individual", "individuals"),
    "schools": ("Schools", "schools"),
    "education": ("Education_Services", "education services", "education"),
    "health": ("Health_Services", "health services", "health"),
    "housing": ("Housing", "housing", "housing services"),
    "la_services": ("LA_Services", "LA services"),
    "police": ("Police", "police"),
    "other_legal": ("Other_legal_agency", "other legal agencies", "legal agencies", "other legal"),
    "other": ("Other", "other"),
    "anonymous": ("Anonymous", "anonymous"),
    "unknown": ("Unknown", "unknown", "not known", "not recorded"),
}
SENT_BY = {key: _counted(f"from_{key}", *names, beside=FROM) for key, names in SOURCES.items()}

C5 = Table(
    "referrals_by_source",
    "C5",
    "source of referral",
    (REFERRALS, *SENT_BY.values()),
    tuple(Figure(f"referrals_from_{key}", "", (column.key,), "referrals") for key, column in SENT_BY.items()),
    shared=("referrals",),
    known=tuple(
        f"{name} percent{more}" for names in SOURCES.values() for name in names for more in ("", " referrals")
    ),
)

STARTED = _counted("plans_started", "CPP_start", "CPP start", "new CPP", "became subject of a CPP")
ENDED = _counted("plans_ended", "CPP_end", "CPP end", "ceased to be subject of a CPP")
OPEN = _counted("plans_open", "CPP_At31", "CPP at 31 March", beside="child on open subject")

D1 = Table(
    "plans",
    "D1",
    "child protection plans started, ended and open on 31 March",
    tuple(each for column in (STARTED, ENDED, OPEN) for each in (column, _with(column, "rate"))),
    _rates([("plans_started", STARTED), ("plans_ended", ENDED), ("plans_at_31_march", OPEN)]),
    shared=("plans_open",),
    known=(
        "children CPP start",
        "children CPP end",
        "CPP any point",
        "children CPP any point",
    ),
)

# Beside their lengths the plans themselves need no day.
LASTING = replace(OPEN, names=(*OPEN.names, "CPP"))
LASTED = "cpp child duration length time open on at31 lasting subject"
LENGTHS = {
    "plans_up_to_3_months": _counted("up_to_3m", "3_months_or_less", "3 months or less", beside=LASTED),
    "plans_3_to_6_months": _counted("to_6m", "more_than_3_months_6_months", "3 to 6 months", beside=LASTED),
    "plans_6_to_12_months": _counted(
        "to_12m", "more_than_6_months_less_than_1_year", "6 to 12 months", beside=LASTED
    ),
    "plans_1_to_2_years": _counted("to_24m", "1_year_less_than_2_years", "1 to 2 years", beside=LASTED),
    "plans_over_2_years": _counted("from_24m", "2_years_or_more", "2 years or more", beside=LASTED),
}

D5 = Table(
    "plan_durations",
    "D5",
    "how long open child protection plans had run on 31 March",
    (LASTING, *(each for column in LENGTHS.values() for each in (column, _with(column, "percent")))),
    _shares(LENGTHS.items(), LASTING),
    shared=("plans_open",),
)

TABLES: dict[str, Table] = {table.key: table for table in (C1, C4, C5, D1, D5)}
