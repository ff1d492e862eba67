"""The way from a first contact to a protection plan, and what counts as below the threshold."""

from lscb_core.domain.vocab import Labelled


class Step(Labelled):
    """One step on the way, first step first: the code is stored, the label is shown."""

    CONTACT = "contact", "Contacts", "contact"
    REFERRAL = "referral", "Referrals", "referral"
    ASSESSMENT = "assessment", "Assessments", "assessment"
    SECTION_47 = "section_47", "Section 47 enquiries", "section 47 enquiry"
    CONFERENCE = "conference", "Conferences", "conference"
    PLAN = "plan", "Protection plans", "protection plan"

    @property
    def one(self) -> str:
        """A single one of it, for a sentence."""
        return self.detail


BELOW = "below"
"""The level under which referrals that needed no social work are counted, whatever their outcome code."""

EVERYBODY_ELSE = {"others": "Everybody else"}
"""Parts of a split by agency that are no agency: families, the public, and sources not known."""
