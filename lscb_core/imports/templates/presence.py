"""The templates of who came: to training, and to the meetings of the board."""

from typing import Any

from lscb_core.imports.templates.columns import agency, count, day, month, text, yes_no
from lscb_core.imports.templates.lists import attendance_rows
from lscb_core.imports.templates.model import Form, Piece, Rule, Template

LONGEST_TITLE = 200


def _came_as_booked(frame: Any) -> Any:
    return ~(frame["attended"] > frame["booked"])


def _booked_is_known(frame: Any) -> Any:
    return frame["attended"].isna() | frame["booked"].notna()


TRAINING = Template(
    key="training",
    title="Training take-up",
    purpose="Shows which agencies use the board's courses: places, bookings, and who came.",
    forms=(
        Form(
            key="training",
            title="Training",
            what="One row for each course and month, for each agency.",
            columns=(
                month("The month in which the course was held."),
                agency("Whose staff it is about.", given=True),
                text(
                    "title",
                    "Course",
                    "What the course is called, each time the same.",
                    required=True,
                    longest=LONGEST_TITLE,
                    example="Safeguarding children, level 3",
                    width=44,
                ),
                count("places", "Places", "Places that the agency could have.", "places", example="12"),
                count("booked", "Booked", "Places that it booked.", "people", example="10"),
                count("attended", "Attended", "How many of those came.", "people", example="9"),
                text("note", "Note", "Anything that explains the figures."),
            ),
            unique=(("agency", "month", "title"),),
            rules=(
                Rule(
                    "booked",
                    ("booked", "attended"),
                    _booked_is_known,
                    "It is said how many came, but not how many had booked.",
                    "Write how many had booked.",
                ),
                Rule(
                    "attended",
                    ("booked", "attended"),
                    _came_as_booked,
                    "{attended} attended, but only {booked} had booked.",
                    "Check both counts. Count who came without a booking under “Booked” too.",
                ),
            ),
            piece=Piece("training", "agency", "month", ("title", "places", "booked", "attended", "note")),
        ),
    ),
)


def _who_came_was_invited(frame: Any) -> Any:
    return ~(frame["attended"].eq(True) & frame["invited"].eq(False))


ATTENDANCE = Template(
    key="attendance",
    title="Attendance at meetings",
    purpose="Shows which agencies come to the meetings of the board.",
    forms=(
        Form(
            key="attendance",
            title="Attendance",
            what="One row for each agency and meeting. A named deputy counts as the member.",
            columns=(
                day("held_on", "Meeting day", "The day of the meeting.", example="14/05/2026"),
                agency("The agency.", given=True),
                yes_no("invited", "Invited", "Whether it was called to this meeting."),
                yes_no("attended", "Attended", "Whether the member or a named deputy was there."),
            ),
            unique=(("held_on", "agency"),),
            whole=("held_on",),
            rules=(
                Rule(
                    "attended",
                    ("invited", "attended"),
                    _who_came_was_invited,
                    "The agency attended, but was not invited.",
                    "Write yes under “Invited” if it was.",
                ),
            ),
            piece=Piece("attendance", "all", "held_on", ("agency", "invited", "attended")),
            prefill=attendance_rows,
            for_agencies=False,
        ),
    ),
)
