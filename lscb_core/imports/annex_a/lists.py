"""The eleven lists of an Annex A workbook: what their sheets and columns are called, and of what is needed.

A column is known by the words of its header in any order. `also` are other ways to say it; `short` ones are
taken only where the sheet's own name has told which list it is.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key for us, its header in Annex A, and what else it may be called."""

    key: str
    header: str
    also: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    needed: bool = True


@dataclass(frozen=True, slots=True)
class List:
    """One list: its number, what it holds, what its sheet may be called, and the columns that are counted."""

    number: int
    title: str
    names: tuple[str, ...]
    columns: tuple[Column, ...] = ()

    @property
    def name(self) -> str:
        """List 3 (referrals)."""
        return f"List {self.number} ({self.title})"


CHILD = Column(
    "child",
    "Child Unique ID",
    ("Child ID", "Unique ID", "Child Identifier", "LA Child ID", "Client ID", "Person ID", "Case ID"),
    needed=False,
)
KNOWN_HEADERS = (
    *("Child Unique ID", "Child ID", "Gender", "Sex", "Ethnicity", "Date of Birth", "Age", "Age of Child"),
    *("Disability", "Does the Child have a Disability", "Family identifier", "Allocated Team"),
    *("Allocated Worker", "Individual adopter identifier"),
)
"""Headers that most lists share: they tell which row holds the headers."""

_CONTACTS = (
    Column(
        "date", "Date of Contact", ("Contact Start Date", "Contact Received Date"), ("Date", "Date Received")
    ),
    Column(
        "source",
        "Contact Source",
        ("Contact Source Type", "Contact Source Agency", "Contact Agency"),
        ("Source", "Source Agency", "Source Type", "Referral Source", "Agency"),
    ),
)
_REFERRALS = (
    Column(
        "date",
        "Date of Referral",
        ("Referral Start Date", "Referral Received Date", "CIN Referral Date"),
        ("Date", "Date Received"),
    ),
    Column(
        "source",
        "Referral Source",
        ("Referral Source Type", "Referral Source Agency", "Referrer Agency", "Referrer Type"),
        ("Source", "Source Agency", "Source Type", "Agency"),
    ),
    Column(
        "nfa", "Referral NFA?", ("NFA", "Referral Outcome NFA", "Referral with NFA", "Referral Closed NFA")
    ),
    Column(
        "before",
        "Number of Referrals in Last 12 Months",
        ("Referrals in Last 12 Months", "Number of Previous Referrals in Last 12 Months")
        + ("Number of Re-referrals in Last 12 Months", "Number of Previous Referrals", "Re-referral"),
        needed=False,
    ),
)
_ASSESSMENTS = (
    Column(
        "start",
        "Continuous Assessment Start Date",
        ("Assessment Start Date", "Single Assessment Start Date", "Social Care Assessment Start Date")
        + ("Continuous Single Assessment Start Date", "Assessment Start", "Assessment Actual Start Date"),
        ("Start Date", "Assessment Date"),
    ),
)
_ENQUIRIES = (
    Column(
        "start",
        "Strategy discussion initiating Section 47 Enquiry Start Date",
        (
            "Section 47 Enquiry Start Date",
            "Section 47 Start Date",
            "Section 47 Date",
            "Section 47 Enquiry Date",
        )
        + ("Strategy Discussion Section 47 Start Date", "Strategy Discussion Date", "Strategy Meeting Date"),
        ("Start Date",),
    ),
    Column(
        "conference",
        "Date of Initial Child Protection Conference",
        ("Initial Child Protection Conference Start Date", "Initial Conference Date", "Initial CPC Date")
        + ("Initial Child Protection Conference Held Date",),
        ("Conference Date",),
    ),
)
_IN_NEED = (
    Column(
        "start", "CIN Start Date", ("CIN Plan Start Date", "CIN Episode Start Date"), ("Start Date",), False
    ),
    Column("end", "CIN Closure Date", ("CIN Plan End Date", "CIN Episode End Date"), ("End Date",), False),
)
_PLANS = (
    Column(
        "start",
        "Child Protection Plan Start Date",
        ("Child Protection Start Date", "Date Plan Started", "Date Became Subject of Child Protection Plan"),
        ("Start Date",),
    ),
    Column(
        "end",
        "Child Protection Plan End Date",
        ("Child Protection End Date", "Date Plan Ended", "Date No Longer Subject of Child Protection Plan"),
        ("End Date",),
    ),
    Column(
        "initial",
        "Initial Category of Abuse",
        ("Initial Category", "Initial Child Protection Plan Category", "Category of Abuse at Start"),
        ("Category of Abuse", "Category"),
    ),
    Column(
        "latest",
        "Latest Category of Abuse",
        ("Latest Category", "Current Category of Abuse", "Latest Child Protection Plan Category"),
        needed=False,
    ),
)

LISTS: tuple[List, ...] = (
    List(1, "contacts", ("Contacts",), _CONTACTS),
    List(2, "early help assessments", ("Early Help", "Early Help Assessments", "CAF")),
    List(3, "referrals", ("Referrals",), _REFERRALS),
    List(
        4,
        "assessments",
        ("Assessments", "Continuous Assessments", "Single Assessments", "Social Care Assessments"),
        _ASSESSMENTS,
    ),
    List(
        5,
        "section 47 enquiries and conferences",
        ("Section 47", "Section 47 Enquiries", "Section 47 and ICPC", "Section 47 Enquiries and ICPC")
        + ("Child Protection Enquiries", "Section 47 and Conferences", "ICPC"),
        _ENQUIRIES,
    ),
    List(6, "children in need", ("Children in Need", "Child in Need Plans"), _IN_NEED),
    List(7, "child protection plans", ("Child Protection Plans", "Child Protection"), _PLANS),
    List(
        8,
        "children in care",
        ("Children in Care", "Looked After Children", "Children Looked After", "LAC", "CIC", "CLA"),
    ),
    List(9, "care leavers", ("Care Leavers", "Leavers")),
    List(
        10,
        "children for adoption",
        ("Adoption", "Adoption Children", "Children for Adoption", "Children with Adoption Decision"),
    ),
    List(11, "adopters", ("Adopters", "Prospective Adopters")),
)
