"""The names of a census's elements, as far as they are counted, and what they are called to a reader."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

REFERRED, SOURCE, NFA, CONFERENCE = "CINreferralDate", "ReferralSource", "ReferralNFA", "DateOfInitialCPC"
IN_REFERRAL = frozenset({REFERRED, SOURCE, NFA, CONFERENCE})
PASSED_OVER = frozenset({"PrimaryNeedCode", "CINclosureDate", "ReasonForClosure", "CINPlanDates"})
"""What stands in CINdetails and is not counted."""

ASSESSMENT, ENQUIRY, PLAN = "Assessments", "Section47", "ChildProtectionPlans"
RECORDS = {ASSESSMENT: "assessment", ENQUIRY: "section 47", PLAN: "plan"}
"""The records inside CINdetails, and what they are called in a problem."""
REPEATED = "the same again"
Record = tuple[str, "etree._Element"]
"""The name of a record's element, and the element."""

ASSESSMENT_START = "AssessmentActualStartDate"
ENQUIRY_START = "S47ActualStartDate"
PLAN_START, PLAN_END, EARLIER_PLANS = "CPPstartDate", "CPPendDate", "NumberOfPreviousCPP"
INITIAL, LATEST = "InitialCategoryOfAbuse", "LatestCategoryOfAbuse"
IN_ENQUIRY = frozenset({ENQUIRY_START, CONFERENCE})
IN_PLAN = frozenset({PLAN_START, PLAN_END, INITIAL, LATEST, EARLIER_PLANS})
