"""All tables of the register, one module per subject."""

from lscb_core.db.tables.accounts import Account, FailedTry, Identity, RoleGrant, SignIn
from lscb_core.db.tables.actions import Action, ActionPriority, ActionState, ActionSubGroup
from lscb_core.db.tables.audits import (
    Audit,
    AuditPriority,
    AuditQuestion,
    AuditResult,
    AuditSubGroup,
    Finding,
    Recommendation,
)
from lscb_core.db.tables.board_work import BoardFact, Challenge, Procedure, Risk, Training, VoiceEntry
from lscb_core.db.tables.boards import (
    Agency,
    Area,
    Board,
    Meeting,
    Neighbour,
    Priority,
    Seat,
    SubGroup,
)
from lscb_core.db.tables.deaths import DeathCount, DeathExact, PanelLesson
from lscb_core.db.tables.history import DataRevision, Event, Origin
from lscb_core.db.tables.imports import Import, ReturnAsked, SentScope, SourceAgency, SourceSpelling
from lscb_core.db.tables.measures import (
    Commentary,
    Coverage,
    MeasurePriority,
    MeasureSubGroup,
    Observation,
    Target,
)
from lscb_core.db.tables.reports import (
    Inspection,
    Report,
    ReportPriority,
    ReportSubGroup,
    Review,
    Section11Score,
)
from lscb_core.db.tables.thresholds import (
    ReferralCount,
    ReferralExact,
    ThresholdDocument,
    ThresholdLevel,
)

__all__ = [
    "Account",
    "Action",
    "ActionPriority",
    "ActionState",
    "ActionSubGroup",
    "Agency",
    "Area",
    "Audit",
    "AuditPriority",
    "AuditQuestion",
    "AuditResult",
    "AuditSubGroup",
    "Board",
    "BoardFact",
    "Challenge",
    "Commentary",
    "Coverage",
    "DataRevision",
    "DeathCount",
    "DeathExact",
    "Event",
    "FailedTry",
    "Finding",
    "Identity",
    "Import",
    "Inspection",
    "MeasurePriority",
    "MeasureSubGroup",
    "Meeting",
    "Neighbour",
    "Observation",
    "Origin",
    "PanelLesson",
    "Priority",
    "Procedure",
    "Recommendation",
    "ReferralCount",
    "ReferralExact",
    "Report",
    "ReportPriority",
    "ReportSubGroup",
    "ReturnAsked",
    "Review",
    "Risk",
    "RoleGrant",
    "Seat",
    "Section11Score",
    "SentScope",
    "SignIn",
    "SourceAgency",
    "SourceSpelling",
    "SubGroup",
    "Target",
    "ThresholdDocument",
    "ThresholdLevel",
    "Training",
    "VoiceEntry",
]
