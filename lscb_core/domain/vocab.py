"""The words of the board: states, kinds and roles. The code is stored, the label is shown.

The long lists of codes (sources, reasons, categories) stand in `codes` and are offered from here too.
Sources: CIN census guide for codes; BRAG and grades as the boards of the published reports use them.
"""

from dataclasses import dataclass
from enum import IntEnum

from lscb_core.domain.codes import (
    ABUSE,
    AGE_BANDS,
    CLOSURE_REASONS,
    DEATH_CATEGORIES,
    SECTION_11_SCORES,
    SECTION_11_STANDARDS,
    SOURCE_GROUP_LABELS,
    SOURCE_GROUPS,
    SOURCES,
    SYMBOLS,
)
from lscb_core.domain.labelled import Labelled

__all__ = [
    "ABUSE",
    "AGE_BANDS",
    "CLOSURE_REASONS",
    "DEATH_CATEGORIES",
    "SECTION_11_SCORES",
    "SECTION_11_STANDARDS",
    "SOURCES",
    "SOURCE_GROUPS",
    "SOURCE_GROUP_LABELS",
    "SYMBOLS",
    "ActionSource",
    "AuditKind",
    "BoardKind",
    "BoardWords",
    "Brag",
    "Grade",
    "Labelled",
    "Level",
    "Outcome",
    "Role",
    "Status",
]


class Status(Labelled):
    """How far an action has come, as its owner says and as another person has checked."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    COMPLETE = "complete", "Complete, evidence awaited"
    VERIFIED = "verified", "Closed and checked"
    WITHDRAWN = "withdrawn", "Withdrawn"

    @property
    def is_open(self) -> bool:
        """Still owed: a complete action stays open until somebody else has checked it."""
        return self in (Status.NOT_STARTED, Status.IN_PROGRESS, Status.COMPLETE)


class Brag(Labelled):
    """Where an action stands against its date. Always worked out, never typed."""

    LATE = "late", "Late", "red"
    DUE_SOON = "due_soon", "Due soon", "orange"
    MOVED_TWICE = "moved_twice", "Moved twice", "orange"
    ON_TIME = "on_time", "On time", "green"
    CLOSED = "closed", "Closed", "blue"
    NO_DATE = "no_date", "No date", "grey"

    @property
    def colour(self) -> str:
        """A colour name of the theme; always shown together with the label."""
        return self.detail


class Grade(Labelled):
    """The grade of an audit or inspection, best first. `adequate` is found in older reports only."""

    OUTSTANDING = "outstanding", "Outstanding"
    GOOD = "good", "Good"
    ADEQUATE = "adequate", "Adequate"
    REQUIRES_IMPROVEMENT = "requires_improvement", "Requires improvement"
    INADEQUATE = "inadequate", "Inadequate"

    @property
    def letter(self) -> str:
        """O, G, A, RI or I, for a tile."""
        return "RI" if self is Grade.REQUIRES_IMPROVEMENT else self.label[0]

    @property
    def rank(self) -> int:
        """4 for outstanding down to 0 for inadequate: the higher the better."""
        return len(Grade) - 1 - list(Grade).index(self)


class Level(IntEnum):
    """A threshold level. The label is the common one; a board may have its own words."""

    UNIVERSAL = 1
    EARLY_HELP = 2
    COMPLEX = 3
    SPECIALIST = 4

    @property
    def label(self) -> str:
        """The common name of the level."""
        return ("Universal", "Early help", "Complex or targeted", "Specialist")[self - 1]


class Outcome(Labelled):
    """What became of a referral."""

    NFA = "nfa", "No further action"
    ADVICE = "advice", "Advice, information or signposting"
    EARLY_HELP = "early_help", "Stepped down to early help"
    ASSESSMENT = "assessment", "Assessment"
    SECTION_47 = "section_47", "Strategy discussion or section 47 enquiry"
    OTHER = "other", "Other"

    @property
    def below_threshold(self) -> bool:
        """The referral did not lead to children's social care taking the case on."""
        return self in (Outcome.NFA, Outcome.ADVICE, Outcome.EARLY_HELP)


class AuditKind(Labelled):
    """How an audit was made."""

    MULTI_AGENCY = "multi_agency", "Multi-agency audit"
    SINGLE_AGENCY = "single_agency", "Single-agency audit"
    RE_AUDIT = "re_audit", "Re-audit"
    SECTION_11 = "section_11", "Section 11 audit"
    THEMATIC = "thematic", "Thematic review"
    CASE_STUDY = "case_study", "Case study"


class ActionSource(Labelled):
    """Where an action or a recommendation came from."""

    AUDIT = "audit", "Audit"
    REVIEW = "review", "Review"
    INSPECTION = "inspection", "Inspection"
    PANEL = "panel", "Child death overview panel"
    CHALLENGE = "challenge", "Challenge"
    REPORT = "report", "Report to the board"
    MEETING = "meeting", "Meeting"
    SECTION_11 = "section_11", "Section 11 audit"


class Role(Labelled):
    """What a person is to a board. A person may hold several roles, on several boards."""

    CHAIR = "chair", "Independent chair"
    MANAGER = "manager", "Board manager"
    SUBGROUP = "subgroup", "Sub-group member"
    AGENCY_LEAD = "agency_lead", "Agency lead"
    LAY = "lay", "Lay member"
    ADMIN = "admin", "Administrator"


@dataclass(frozen=True, slots=True)
class BoardWords:
    """The words that a board's kind changes on screen."""

    long_name: str
    short_name: str
    review_term: str


class BoardKind(Labelled):
    """The kind of board: the same work under three names (England to 2019, England since, Wales)."""

    LSCB = "LSCB", "Local Safeguarding Children Board", "serious case review"
    LSCP = "LSCP", "Local Child Safeguarding Partnership", "local child safeguarding practice review"
    RSB = "RSB", "Regional Safeguarding Board", "child practice review"

    @property
    def words(self) -> BoardWords:
        """Long name, short name, and what a review is called."""
        return BoardWords(self.label, self.value, self.detail)
