"""Measures of referrals, as the national statistics publish them (tables C1 and C5)."""

from lscb_core.domain.codes import SOURCE_GROUP_LABELS
from lscb_core.domain.indicators.model import NOT_A_SHARE, RELEASE, Indicator
from lscb_core.domain.indicators.rates import with_rate

C1 = f"{RELEASE}, table C1 (Open Government Licence v3.0)."
C5 = f"{RELEASE}, table C5 (Open Government Licence v3.0)."

REFERRAL = (
    "Requests for help from children's social care about a child it is not already helping, in the year to "
    "31 March. A child referred twice is counted twice."
)
ALL_REFERRALS = "All referrals in the same year."
NOT_REFERRALS = "Contacts that were not taken as a referral, and news about a child already being helped."

VOLUME = with_rate(
    Indicator(
        key="referrals",
        title="Referrals to children's social care",
        short="Referrals",
        unit="count",
        better="neither",
        numerator="Referrals in the year.",
        denominator=NOT_A_SHARE,
        counted=REFERRAL,
        left_out=NOT_REFERRALS,
        source=C1,
        caveat="Councils differ in when they call a contact a referral. More is neither better nor worse.",
        kind="published",
    ),
    short="Referrals per 10k",
)

OUTCOMES = (
    Indicator(
        key="re_referrals",
        title="Re-referrals within 12 months",
        short="Re-referrals",
        unit="percent",
        better="lower",
        numerator="Referrals within 12 months of the same child's previous referral.",
        denominator=ALL_REFERRALS,
        counted="Referrals of children already referred to the same council in the 12 months before.",
        left_out="Earlier referrals to another council, which the second council does not know of.",
        source=C1,
        caveat="A high share may mean that help ended too early, or that families came back as asked.",
        kind="published",
    ),
    Indicator(
        key="no_further_action",
        title="Referrals with no further action",
        short="No further action",
        unit="percent",
        better="neither",
        numerator="Referrals that ended in no further action once they had been looked at.",
        denominator=ALL_REFERRALS,
        counted="Referrals closed after a first look, before any assessment.",
        left_out="Referrals that were assessed and then closed: those are counted as assessed, not in need.",
        source=C1,
        caveat="A very low share can mean that a council turns contacts away before it calls them referrals.",
        kind="published",
    ),
    Indicator(
        key="assessed_not_in_need",
        title="Referrals assessed and found not in need",
        short="Found not in need",
        unit="percent",
        better="neither",
        numerator="Referrals that were assessed, after which the child was found not to be in need.",
        denominator=ALL_REFERRALS,
        counted="Cases closed after assessment, with no further action or with a move to early help.",
        left_out="Referrals closed without an assessment, and cases closed after a time of help.",
        source=C1,
        caveat="Since 2023 a move to early help has had a reason of its own; it is counted here too.",
        kind="published",
    ),
)

# What each published group takes in, in the order of the statistics.
TAKES_IN = {
    "individual": "Family members, relatives, carers, acquaintances, other people, and children themselves.",
    "schools": "Schools.",
    "education": "Education services other than schools.",
    "health": "GPs, health visitors, school nurses, hospitals and other health services.",
    "housing": "Housing services: the council's, and housing associations.",
    "la_services": "Other services of this or another council, and from 2023 the council's early help.",
    "police": "The police.",
    "other_legal": "Courts, probation, prisons, immigration and the family court advisory service.",
    "other": "Everybody else, such as voluntary organisations and children's centres.",
    "anonymous": "People who did not give a name.",
    "unknown": "Referrals whose source was not recorded.",
}


def _from_group(group: str, takes_in: str) -> Indicator:
    """The share of referrals that came from one published group of sources."""
    label = SOURCE_GROUP_LABELS[group]
    return Indicator(
        key=f"referrals_from_{group}",
        title=f"Share of referrals by source: {label.lower()}",
        short=label,
        unit="percent",
        better="neither",
        numerator=f"Referrals in the year whose source is in the group “{label}”.",
        denominator="All referrals in the same year, whatever their source.",
        counted=takes_in,
        left_out="Contacts that were not taken as a referral. The statistics give no sources before 2014.",
        source=C5,
        caveat="Worked out here from two published counts. It says who refers, not how well.",
        kind="published",
    )


SOURCES = tuple(_from_group(group, takes_in) for group, takes_in in TAKES_IN.items())

REFERRALS = (*VOLUME, *OUTCOMES, *SOURCES)
