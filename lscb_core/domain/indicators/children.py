"""Measures of a board's own: children on plans, in care, missing, waiting, or privately fostered."""

from functools import partial

from lscb_core.domain.indicators.model import NOT_A_SHARE, Indicator

_local = partial(Indicator, kind="local", span="month")

CHILDREN = (
    _local(
        key="children_on_plan",
        title="Children on a protection plan",
        short="Children on a plan",
        unit="count",
        better="neither",
        numerator="Children with a child protection plan on the last day of the month.",
        denominator=NOT_A_SHARE,
        counted="Children of this council with a plan on that one day.",
        left_out="Children here for a time on another council's plan.",
        source="The board's monthly dataset, sent by children's services.",
        caveat="More can mean more harm, or more harm found. Ask for the plans that began and ended.",
    ),
    _local(
        key="looked_after_children",
        title="Children looked after by the council",
        short="Looked after",
        unit="count",
        better="neither",
        numerator="Children in the council's care on the last day of the month.",
        denominator=NOT_A_SHARE,
        counted="Children in foster care, children's homes and other placements, wherever they live.",
        left_out="Children of other councils placed here, and short breaks.",
        source="The board's monthly dataset, sent by children's services.",
        caveat="Neither more nor fewer is better as such: it depends on what each child needs.",
    ),
    _local(
        key="return_interviews_72h",
        title="Return interviews within 72 hours",
        short="Return interviews",
        unit="percent",
        better="higher",
        numerator="Returns from going missing after which the child was seen within 72 hours.",
        denominator="All returns from going missing in the month.",
        counted="Interviews by somebody independent, held within 72 hours of the child's return.",
        left_out="Interviews that the child refused are among the returns, but not among those held.",
        source="The board's monthly dataset, sent by children's services.",
        caveat="One child who goes missing often can make up a good part of a month.",
    ),
    _local(
        key="wait_mental_health",
        title="Wait for a mental health assessment",
        short="Wait for help",
        unit="days",
        better="lower",
        numerator="Days from referral to first assessment, added up over children seen in the month.",
        denominator="Children first assessed by the mental health service in the month.",
        counted="Average wait of the children who were seen in the month, in days.",
        left_out="Children still waiting: a growing queue does not show here until they are seen.",
        source="The board's monthly dataset, sent by the mental health trust.",
        caveat="An average hides the longest waits. Ask for the longest as well.",
    ),
    _local(
        key="private_fostering",
        title="Private fostering arrangements notified",
        short="Private fostering",
        unit="count",
        better="neither",
        numerator="New arrangements that the council was told of in the quarter.",
        denominator=NOT_A_SHARE,
        counted="Children under 16 (18 if disabled) living outside the close family for 28 days or more.",
        left_out="Arrangements that nobody has told the council of, which are thought to be many.",
        source="The board's quarterly dataset, sent by children's services.",
        caveat="Low numbers more often mean that few are reported than that few exist.",
        span="quarter",
    ),
)
