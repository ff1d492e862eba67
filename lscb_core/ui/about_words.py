"""Long words of the About page. Limits and numbers in them come from the rules themselves."""

from lscb_core.domain.actions import DUE_SOON_DAYS
from lscb_core.domain.attack import ENOUGH_VALUES
from lscb_core.domain.disclosure import SMALL
from lscb_core.domain.intervals import TOO_FEW
from lscb_core.domain.numbers import in_words
from lscb_core.domain.spc import ENOUGH, Rule

COMPARED = {
    "A share and its likely range": (
        "Every share stands with its two counts and a likely range (95%): in 19 cases of 20 such a range "
        "holds the share that would be seen without the play of chance. Small numbers have wide ranges. "
        f"Where the second count is below {in_words(TOO_FEW)}, the counts are shown and no percentage."
    ),
    "Now and before": (
        "Two shares are called different only where the likely range of their difference leaves out no "
        "change at all. Otherwise the words are “perhaps by chance”."
    ),
    "One agency against the others": (
        "Agencies are never ranked in a league table. They stand on a funnel around the board's own share: "
        "inside its shaded part (95%) an agency differs no more than chance would make it; outside the "
        "outer line (99.8%) chance is a poor explanation. The fewer the cases, the wider the funnel."
    ),
    "Month after month": (
        f"From {in_words(ENOUGH)} points on, a series is read against its own ordinary ups and downs: an "
        "average, and limits on both sides, worked out from its steps from month to month (an XmR chart). "
        f"A point is a signal when it lies {Rule.OUTSIDE.value}, or belongs to {Rule.RUN.value}, or is one "
        f"of {Rule.NEAR_LIMIT.value}, or belongs to {Rule.ONE_SIDE.value}. Whether a signal is good or bad "
        "follows from the measure; some have no better direction."
    ),
    "Other places": (
        "Published measures stand beside England and the council's ten statistical neighbours: the councils "
        "most like it by the Department for Education's model of 2021."
    ),
    "Late actions": (
        "An action is late from the day after its agreed date until another person has checked that it is "
        f"done. Due soon means within {DUE_SOON_DAYS} days. A date can be moved only with a reason, and the "
        "first date is kept, so an action that is always moved still shows. None of this is typed by anybody."
    ),
}

HIDDEN = (
    f"Numbers from {in_words(SMALL[0])} to {in_words(SMALL[-1])} could point to a child, so they are "
    "hidden: a **c** stands in their place. A true **0** is shown. Further numbers are hidden where adding "
    "up and taking away would give a hidden one back: whatever tables, filters and days are put together, "
    f"at least {in_words(ENOUGH_VALUES)} numbers remain possible for each. Hidden numbers are counted in "
    "the totals. This is done once, when the figures are stored; every page, chart, file and filter then "
    "draws on the same protected numbers. The rule is the Department for Education's for children in need."
)
DEATHS = (
    "Deaths of children are shown as yearly totals of the whole area, never as a case. Exact counts are seen "
    "by the chair, the board manager and members of the child death overview panel alone, and only when they "
    "ask for them."
)
PUBLIC = (
    "A number that a board has itself published is public: it is shown as it stands, with its source. "
    "Figures in published reports that do not add up are shown as reported, with a note; none is mended."
)
INVENTED = (
    "Tidewater is a made-up board, to try the dashboard with: five years of referrals, audits, actions, "
    "deaths and reports, drawn by chance around the national mix of sources and outcomes. Nothing in it is "
    "real, no agency and no child. Its pages carry the badge “Invented board”, and its files say so in "
    "their first line."
)
SECOND_PERSON = (
    "Nobody closes an action that he or she marked complete: another person looks at the evidence. What a "
    "role allows is looked up anew for every page and every change."
)
