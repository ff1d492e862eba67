"""The key figures: in which order they matter, where each leads, and what its link says."""

from collections.abc import Mapping

MOST_SHOWN = 8
ORDER = (
    "actions_late",
    "actions_late_over_3_months",
    "below_threshold",
    "audits_good",
    "measures_of_concern",
    "reports_late",
    "reviews_in_time",
    "children_on_plan",
    "deaths_notified",
    "partners_sending",
    "audits_done",
    "looked_after_children",
    "actions_no_date",
    "actions_no_owner",
    "re_referrals",
    "referrals_rate",
    "plans_at_31_march_rate",
    "assessed_not_in_need",
)
UNDATED_FIRST = ("actions_no_date", "actions_no_owner", "actions_late")
LEADS_TO: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "actions_late": ("actions", {"show": "late"}),
    "actions_late_over_3_months": ("actions", {"show": "late"}),
    "actions_no_date": ("actions", {"show": "no_date"}),
    "actions_no_owner": ("actions", {"show": "no_owner"}),
    "below_threshold": ("threshold_usage", {}),
    "audits_good": ("audit_outcomes", {}),
    "audits_done": ("audit_outcomes", {}),
    "measures_of_concern": ("measures", {}),
    "reviews_in_time": ("child_deaths", {}),
    "deaths_notified": ("child_deaths", {}),
    "children_on_plan": ("measures", {}),
    "looked_after_children": ("measures", {}),
    "partners_sending": ("measures", {}),
}
LINKS = {
    "below_threshold": "By agency",
    "audits_done": "The programme",
    "children_on_plan": "The figures",
    "looked_after_children": "The figures",
    "reviews_in_time": "Child deaths",
    "deaths_notified": "Child deaths",
    "partners_sending": "Who sends what",
    "actions_late_over_3_months": "All late ones",
}
