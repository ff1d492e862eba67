"""The registry of templates: each declared once."""

from lscb_core.imports.templates.actions import ACTIONS
from lscb_core.imports.templates.audits import AUDITS
from lscb_core.imports.templates.deaths import DEATHS
from lscb_core.imports.templates.measures import MEASURES
from lscb_core.imports.templates.model import Template
from lscb_core.imports.templates.presence import ATTENDANCE, TRAINING
from lscb_core.imports.templates.section11 import SECTION_11
from lscb_core.imports.templates.thresholds import THRESHOLDS

__all__ = ["TEMPLATES"]

TEMPLATES: dict[str, Template] = {
    template.key: template
    for template in (
        THRESHOLDS, ACTIONS, AUDITS, SECTION_11, TRAINING, ATTENDANCE, DEATHS, MEASURES
    )
}  # fmt: skip
