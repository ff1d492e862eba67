"""Measures of the register: promises and audits."""

from functools import partial

from lscb_core.domain.indicators.model import Indicator

REGISTER = "The board's own register of actions, as it stood on the day shown."
OPEN = "All open actions: not started, in progress, or complete and still to be checked."
_action = partial(
    Indicator, kind="action", span="day", unit="count", better="lower", denominator=OPEN, source=REGISTER
)

ACTIONS = (
    _action(
        key="actions_late",
        title="Open actions that are late",
        short="Actions late",
        numerator="Open actions past their agreed date.",
        counted="Actions whose agreed date, as last moved, lies before the day shown.",
        left_out="Actions due on the day itself, actions without a date, and those closed or withdrawn.",
        caveat="An action whose date is moved time and again is never late: see actions moved twice.",
    ),
    _action(
        key="actions_late_over_3_months",
        title="Open actions more than three months late",
        short="Over 3 months late",
        numerator="Open actions more than 91 days past their agreed date.",
        counted="Actions whose agreed date, as last moved, lies more than 91 days before the day shown.",
        left_out="Actions without a date, and those closed or withdrawn.",
        caveat="Counted from the agreed date as last moved. From the first date the delay may be longer.",
    ),
    _action(
        key="actions_no_date",
        title="Open actions with no agreed date",
        short="No date agreed",
        numerator="Open actions for which no date was ever agreed.",
        counted="Actions in the register without a date.",
        left_out="Actions closed or withdrawn.",
        caveat="An action without a date cannot be late, so nobody is reminded of it.",
    ),
    _action(
        key="actions_no_owner",
        title="Open actions with no owner",
        short="No owner named",
        numerator="Open actions for which no agency is named.",
        counted="Actions in the register without a lead agency.",
        left_out="Actions closed or withdrawn.",
        caveat="Published reports often name no owner. None is invented here.",
    ),
    _action(
        key="actions_moved_twice",
        title="Open actions moved twice or more",
        short="Moved twice",
        numerator="Open actions whose agreed date has been moved at least twice.",
        counted="Moves of the date, each of which was given a reason.",
        left_out="The first setting of a date, and corrections made on the day of entry.",
        caveat="Some moves are fair. Read the reasons before asking.",
    ),
    _action(
        key="actions_closed_checked",
        title="Actions closed and checked",
        short="Closed, checked",
        better="higher",
        numerator="Actions closed in the period after a second person had checked the evidence.",
        denominator="All actions that stood open at some time in the period.",
        counted="Actions moved to closed and checked.",
        left_out="Actions marked complete that nobody has checked yet, and withdrawn ones.",
        caveat="Closing says that the promise was kept, not that children are safer for it.",
        span="quarter",
    ),
)

_audit = partial(
    Indicator, kind="audit", source="The board's own register of audits, as it stood on the day shown."
)

AUDITS = (
    _audit(
        key="audits_good",
        title="Audits graded good or outstanding",
        short="Audits good",
        unit="count",
        better="higher",
        numerator="Audits graded good or outstanding.",
        denominator="All audits reported in the period that were given a grade.",
        counted="Graded audits by the day on which they were reported to the board.",
        left_out="Audits without a grade: many published ones have none.",
        caveat="Boards choose weak spots to audit, so the share says little about practice as a whole.",
    ),
    _audit(
        key="audits_done",
        title="Audits of the programme that are done",
        short="Audits done",
        unit="count",
        better="higher",
        numerator="Audits done up to the day shown.",
        denominator="All audits in the board's programme, planned and slipped ones among them.",
        counted="Every audit that the register names.",
        left_out="Audits that a report counts without naming them.",
        caveat="It says how many were made, not what they found.",
    ),
    _audit(
        key="audit_question_met",
        title="Cases that met an audit question",
        short="Question met",
        unit="percent",
        better="higher",
        numerator="Audited cases in which the answer to the question was yes.",
        denominator="Audited cases to which the question applied.",
        counted="Cases of one audit, question by question.",
        left_out="Cases to which the question did not apply.",
        caveat="Audits look at few cases: below ten the two numbers are shown and no percentage.",
    ),
    _audit(
        key="re_audits_late",
        title="Re-audits past their due date",
        short="Re-audits late",
        unit="count",
        better="lower",
        numerator="Audits that were to be repeated by a day now past, and were not.",
        denominator="All audits with a date for their re-audit.",
        counted="Audits whose re-audit date lies before the day shown and that no later audit repeats.",
        left_out="Audits for which no re-audit was agreed.",
        caveat="Without a re-audit nobody knows whether the actions made a difference.",
    ),
    _audit(
        key="audits_slipped",
        title="Planned audits that slipped",
        short="Audits slipped",
        unit="count",
        better="lower",
        numerator="Audits planned for a month now past that have not been done.",
        denominator="All audits planned up to the day shown.",
        counted="Audits in the board's programme, by the month planned.",
        left_out="Audits added to the programme after the day shown.",
        caveat="An audit put off for a more urgent one counts as slipped all the same.",
    ),
)
