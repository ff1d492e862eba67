"""A briefing of a few rows, and what the rules ask of it."""

import pandas as pd

from lscb_core.findings.question import Facts
from lscb_core.findings.questions import questions
from lscb_core.queries.actions import ACTIONS
from lscb_core.queries.audits import AUDITS
from lscb_core.queries.board_work import CHALLENGES
from lscb_core.queries.briefing import FIGURES
from lscb_core.queries.loose_ends import LOOSE, UNHEARD
from lscb_core.queries.measure_cards import CARDS
from lscb_core.queries.panel import LESSONS
from lscb_core.queries.partner_returns import RETURNS
from lscb_core.queries.re_audits import RE_AUDITS
from lscb_core.queries.reports import REPORTS
from lscb_core.queries.thresholds import BELOW_BY_AGENCY, WHOLE_BOARD

COLUMNS = {
    "figures": FIGURES,
    "late": ACTIONS,
    "moved": LOOSE,
    "nobodys": LOOSE,
    "below": BELOW_BY_AGENCY,
    "board_below": WHOLE_BOARD,
    "cards": CARDS,
    "reports": REPORTS,
    "lessons": LESSONS,
    "re_audits": RE_AUDITS,
    "audits": AUDITS,
    "partners": RETURNS,
    "challenges": CHALLENGES,
    "unheard": UNHEARD,
}


def asked(**frames):
    """The questions of a board of which these rows alone are held."""
    empty = {name: pd.DataFrame(columns=list(columns)) for name, columns in COLUMNS.items()}
    rows = {name: pd.DataFrame(rows, columns=list(COLUMNS[name])) for name, rows in frames.items()}
    return questions(Facts(**(empty | rows)))


def one(**frames):
    [question] = asked(**frames)
    return question
