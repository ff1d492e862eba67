"""The names of a census's elements, as far as they are counted, and what they are called to a reader."""

CHILD, IDENTIFIERS, NUMBER, REFERRAL = "Child", "ChildIdentifiers", "LAchildID", "CINdetails"
REFERRED, SOURCE, NFA, CONFERENCE = "CINreferralDate", "ReferralSource", "ReferralNFA", "DateOfInitialCPC"

ASSESSMENT, ENQUIRY, PLAN = "Assessments", "Section47", "ChildProtectionPlans"
RECORDS = {ASSESSMENT: "assessment", ENQUIRY: "section 47", PLAN: "plan"}
"""The records inside CINdetails, and what they are called in a problem."""

ASSESSMENT_START = "AssessmentActualStartDate"
ENQUIRY_START = "S47ActualStartDate"
PLAN_START, PLAN_END, EARLIER_PLANS = "CPPstartDate", "CPPendDate", "NumberOfPreviousCPP"
INITIAL, LATEST = "InitialCategoryOfAbuse", "LatestCategoryOfAbuse"

CONTAINERS = frozenset({CHILD, IDENTIFIERS, REFERRAL, *RECORDS})
LEAVES = frozenset(
    {
        *(NUMBER, REFERRED, SOURCE, NFA, CONFERENCE, ASSESSMENT_START, ENQUIRY_START),
        *(PLAN_START, PLAN_END, INITIAL, LATEST, EARLIER_PLANS),
    }
)
"""What is taken from a file; all else is passed over."""
