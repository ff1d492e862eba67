"""The registry of templates: each declared once."""

from lscb_core.imports.template_actions import ACTIONS
from lscb_core.imports.template_audits import AUDITS
from lscb_core.imports.template_deaths import DEATHS
from lscb_core.imports.template_measures import MEASURES
from lscb_core.imports.template_model import Template
from lscb_core.imports.template_presence import ATTENDANCE, TRAINING
from lscb_core.imports.template_section11 import SECTION_11
from lscb_core.imports.template_thresholds import THRESHOLDS

__all__ = ["TEMPLATES"]

TEMPLATES: dict[str, Template] = {
    template.key: template
    for template in (
        THRESHOLDS, ACTIONS, AUDITS, SECTION_11, TRAINING, ATTENDANCE, DEATHS, MEASURES
    )
}  # fmt: skip
