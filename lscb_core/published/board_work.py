"""Reports, reviews, inspections, section 11, challenges, risks, procedures, training, voice, plain facts."""

from lscb_core.db.tables import (
    BoardFact,
    Challenge,
    Inspection,
    Procedure,
    Report,
    Review,
    Risk,
    Section11Score,
    Training,
    VoiceEntry,
)
from lscb_core.published.fields import (
    board,
    day,
    flag,
    joined,
    needed,
    origin,
    said_on,
    seated,
    text,
    whole,
    yes,
)
from lscb_core.published.sheets import Sheet

REPORTS = Sheet(
    "reports.csv",
    Report,
    {
        "board_id": board,
        "key": needed("key"),
        "title": needed("title"),
        "kind": needed("kind"),
        "period": text("period"),
        "due_on": day("due_on"),
        "is_late_as_reported": yes("late"),
        "is_received": flag("received"),
        "received_on": day("received_on"),
        "agency_id": seated,
        "board_response": text("board_response"),
        "note": text("note"),
        "source": needed("source"),
        "origin_id": origin,
    },
)

REVIEWS = Sheet(
    "reviews.csv",
    Review,
    {
        "board_id": board,
        "key": needed("key"),
        "title": needed("title"),
        "kind": needed("kind"),
        "stage": text("stage"),
        "count": whole("count"),
        "started_on": day("started_on"),
        "published_on": day("published_on"),
        "learning": text("learning"),
        "dissemination": text("dissemination"),
        "note": text("note"),
        "source": needed("source"),
    },
)

INSPECTIONS = Sheet(
    "inspections.csv",
    Inspection,
    {
        "board_id": board,
        "inspected_on": day("inspected_on"),
        "inspector": text("inspector"),
        "subject": needed("subject"),
        "judgement": text("judgement"),
        "note": text("note"),
        "source": needed("source"),
    },
)

SECTION_11 = Sheet(
    "section11.csv",
    Section11Score,
    {
        "board_id": board,
        "agency_id": seated,
        "status": text("status"),
        "standard": text("standard"),
        "own": whole("score"),
        "note": text("note"),
        "source": needed("source"),
    },
)

CHALLENGES = Sheet(
    "challenges.csv",
    Challenge,
    {
        "board_id": board,
        "raised_on": day("raised_on"),
        "raised_by": text("raised_by"),
        "asked_of": text("asked_of"),
        "question": needed("question"),
        "answer": text("answer"),
        "changed": text("changed"),
        "source": needed("source"),
    },
)

RISKS = Sheet(
    "risks.csv",
    Risk,
    {
        "board_id": board,
        "title": needed("risk"),
        "score": whole("score"),
        "measure": text("measure"),
        "response": joined(response="{}", owner_role="Owner: {}."),
        "noted_on": said_on,
        "source": needed("source"),
    },
)

PROCEDURES = Sheet(
    "procedures.csv",
    Procedure,
    {
        "board_id": board,
        "title": needed("title"),
        "version": text("version"),
        "review_due_on": day("review_due_on"),
        "adopted_on": day("adopted_on"),
        "voice_assessed": flag("voice_assessment"),
        "note": joined(status="As reported: {}.", note="{}"),
        "source": needed("source"),
    },
)

TRAINING = Sheet(
    "training.csv",
    Training,
    {
        "board_id": board,
        "title": needed("title"),
        "period": text("period"),
        "places": whole("places"),
        "booked": whole("booked"),
        "attended": whole("attended"),
        "note": joined(
            need="Need: {}", evaluation="Evaluation: {}", percent_reported="Reported: {}%.", note="{}"
        ),
        "source": needed("source"),
    },
)

VOICE = Sheet(
    "voice.csv",
    VoiceEntry,
    {
        "board_id": board,
        "asked": needed("asked"),
        "heard": text("heard"),
        "changed": joined(changed="{}", note="{}"),
        "noted_on": said_on,
        "source": needed("source"),
    },
)

FACTS = Sheet(
    "board_facts.csv",
    BoardFact,
    {"board_id": board, "topic": needed("topic"), "fact": needed("fact"), "source": needed("source")},
)

WORK_SHEETS = (
    REPORTS,
    REVIEWS,
    INSPECTIONS,
    SECTION_11,
    CHALLENGES,
    RISKS,
    PROCEDURES,
    TRAINING,
    VOICE,
    FACTS,
)
