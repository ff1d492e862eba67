"""Measures of the child death overview panel. Yearly totals of the whole area, never a case."""

from functools import partial

from lscb_core.domain.indicators.model import NOT_A_SHARE, Indicator

PANEL = "The child death overview panel's yearly figures, protected on the board's grid when they are stored."
SMALL = "Small numbers: most changes from year to year are chance."
_death = partial(Indicator, kind="death", better="neither", unit="count", source=PANEL)

DEATHS = (
    _death(
        key="deaths_notified",
        title="Deaths notified to the panel",
        short="Deaths notified",
        numerator="Children who lived in the area and whose death was notified in the year.",
        denominator=NOT_A_SHARE,
        counted="Deaths from birth up to the 18th birthday, by the year of the notice.",
        left_out="Stillbirths, planned terminations, and children who lived elsewhere.",
        caveat=SMALL,
    ),
    _death(
        key="deaths_expected",
        title="Deaths that were expected",
        short="Expected",
        numerator="Notified deaths that had been foreseen 24 hours before.",
        denominator="All deaths notified in the same year.",
        counted="Deaths of children whose illness was known to be ending their life.",
        left_out="Deaths for which the panel has not settled the question yet.",
        caveat=SMALL,
    ),
    _death(
        key="deaths_unexpected",
        title="Deaths that were unexpected",
        short="Unexpected",
        numerator="Notified deaths that nobody had foreseen 24 hours before.",
        denominator="All deaths notified in the same year.",
        counted="Unexpected deaths, each of which brings an immediate joint response of the agencies.",
        left_out="Deaths for which the panel has not settled the question yet.",
        caveat=f"Unexpected does not mean suspicious. {SMALL}",
    ),
    _death(
        key="deaths_from_harm",
        title="Deaths from abuse or neglect",
        short="Abuse or neglect",
        better="lower",
        numerator="Notified deaths that the panel put down to deliberate injury, abuse or neglect.",
        denominator="All deaths notified in the same year.",
        counted="The panel's category 1.",
        left_out="Deaths that the panel has not reviewed yet.",
        caveat=SMALL,
    ),
    _death(
        key="reviews_completed",
        title="Reviews completed by the panel",
        short="Reviews completed",
        numerator="Reviews of a child's death that the panel finished in the year.",
        denominator=NOT_A_SHARE,
        counted="Reviews by the year in which they were finished, whenever the death was.",
        left_out="Reviews still open, such as those that wait for an inquest.",
        caveat="Reviews of a year are not reviews of that year's deaths.",
    ),
    _death(
        key="reviews_in_time",
        title="Reviews completed in time",
        short="Reviews in time",
        unit="percent",
        better="higher",
        numerator="Reviews finished within the board's limit, counted from the death.",
        denominator="All reviews finished in the same year.",
        counted="Completed reviews. The limit is a setting of the board, commonly six months.",
        left_out="Reviews still open, even those that have passed the limit.",
        caveat="Inquests and criminal cases hold up some reviews, and no panel can hurry them.",
    ),
    _death(
        key="reviews_with_lesson",
        title="Reviews that found something to change",
        short="With a lesson",
        numerator="Completed reviews that found something which, if changed, could protect others.",
        denominator="All reviews finished in the same year.",
        counted="Reviews in which the panel saw factors that could be modified.",
        left_out="Reviews with not enough information to tell.",
        caveat="A lesson does not mean that somebody was to blame for the death.",
    ),
)
