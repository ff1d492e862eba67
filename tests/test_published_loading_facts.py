"""Audits, panels, reports and figures in the register, as the documents and the statistics give them."""

import csv
from collections import Counter
from datetime import date

from sqlmodel import func, select

from lscb_core import published
from lscb_core.db import tables
from tests.published_folder import amend
from tests.published_tables import FOLDER, rows, table


def number_of(session, kind, *conditions):
    return session.exec(select(func.count()).select_from(kind).where(*conditions)).one()


def test_haringeys_impossible_percentage_stands_as_reported_with_its_note(published_boards):
    audit = published_boards.exec(select(tables.Audit).where(tables.Audit.key == "domestic-abuse-2014")).one()
    asked = select(tables.AuditQuestion).where(tables.AuditQuestion.audit_id == audit.id)
    first, second, *_ = published_boards.exec(asked.order_by(tables.AuditQuestion.position)).all()
    results = published_boards.exec(select(tables.AuditResult))
    counted = {each.question_id: (each.met, each.applicable) for each in results}
    assert (audit.cases, first.percent_reported) == (18, 74)
    assert first.id not in counted
    assert "No whole number of 18 cases" in first.note
    assert counted[second.id] == (13, 18)


def test_every_question_is_asked_once_and_counted_where_both_counts_are_given(published_boards):
    asked = {(each["board"], each["audit"], each["order"]) for each in table("audit_questions")}
    counted = [each for each in table("audit_questions") if each["met"] and each["applicable"]]
    assert number_of(published_boards, tables.AuditQuestion) == len(asked)
    assert number_of(published_boards, tables.AuditResult) == len(counted) > 0


def test_a_repeat_is_tied_to_the_audit_that_it_repeats(published_boards):
    audits = {audit.id: audit for audit in published_boards.exec(select(tables.Audit))}
    tied = {(audit.key, audits[audit.reaudit_of_id].key) for audit in audits.values() if audit.reaudit_of_id}
    assert tied == {(each["key"], each["reaudit_of"]) for each in table("audits") if each["reaudit_of"]}


def test_what_an_audit_found_is_listed_finding_by_finding(published_boards):
    audits = {audit.id: audit.key for audit in published_boards.exec(select(tables.Audit))}
    listed = {
        audits[each.audit_id] for each in published_boards.exec(select(tables.Finding)) if each.audit_id
    }
    assert listed >= {each["key"] for each in table("audits") if each["findings"]} != set()
    assert number_of(published_boards, tables.Finding) == len(table("findings"))


def test_the_panels_figures_are_published_as_they_stand(published_boards):
    areas = {
        slug: published_boards.exec(select(tables.Board.area_id).where(tables.Board.slug == slug)).one()
        for slug in ("havering", "stockton")
    }
    held = {
        (each.area_id, each.dimension, each.key): (each.count, each.symbol, each.span)
        for each in published_boards.exec(select(tables.DeathCount).where(tables.DeathCount.is_published))
    }
    assert held == {
        (areas["havering"], "all", "all"): (5, "", "part"),
        (areas["havering"], "expectedness", "expected"): (3, "", "part"),
        (areas["havering"], "expectedness", "unexpected"): (2, "", "part"),
        (areas["havering"], "abuse", "yes"): (0, "", "part"),
        (areas["stockton"], "all", "all"): (12, "", "year"),
        (areas["stockton"], "expectedness", "unexpected"): (3, "", "year"),
        (areas["stockton"], "reviews", "in_time"): (None, "x", "year"),
    }


def test_how_many_reviews_there_were_completes_how_many_were_in_time(session, own_published):
    amend(own_published / "deaths.csv", {"key": "in_time"}, count="9", of="11", symbol="")
    published.load(session, folder=own_published)
    held = session.exec(
        select(tables.DeathCount.key, tables.DeathCount.count).where(tables.DeathCount.dimension == "reviews")
    )
    assert dict(held.all()) == {"in_time": 9, "completed": 11}


def test_lessons_of_the_panel_lead_to_their_actions(published_boards):
    tied = {
        lesson.lesson: published_boards.get(tables.Action, lesson.action_id).number
        for lesson in published_boards.exec(select(tables.PanelLesson))
        if lesson.action_id
    }
    told = {each["learning"]: int(each["action"]) for each in table("death_learning") if each["action"]}
    assert tied == told != {}


def test_a_report_that_a_document_calls_late_is_late_without_a_date(published_boards):
    late = published_boards.exec(select(tables.Report).where(tables.Report.is_late_as_reported)).all()
    assert {each.key for each in late} == {each["key"] for each in rows("reports", late="1")}
    assert "cdop-annual-2012-13" in {each.key for each in late if each.due_on is None}


def test_figures_of_the_documents_keep_their_notes_and_the_day_they_were_known(published_boards):
    told = rows("observations", board="haringey")
    area = published_boards.exec(select(tables.Board.area_id).where(tables.Board.slug == "haringey")).one()
    held = published_boards.exec(
        select(tables.Observation).where(tables.Observation.area_id == area, tables.Observation.label != "")
    ).all()
    assert {(each.label, each.value) for each in held} == {
        (each["label"], float(each["value"])) for each in told
    }
    assert {164, 184, 192, 533} <= {each.value for each in held}
    assert {each.known_on for each in held} == {date(2014, 3, 6)}
    spans = {each.value: each.span for each in held if each.measure == "children_on_plan"}
    assert spans == {164: "day", 184: "month", 192: "week"}
    assert all(each.note for each in held if each.value in (164, 184))


def test_all_statistics_are_loaded_with_their_symbols(session):
    published.load(session)
    with (FOLDER / "statistics/observations.csv").open(encoding="utf-8", newline="") as file:
        told = Counter(each["symbol"] for each in csv.DictReader(file))
    found = session.exec(
        select(tables.Observation.symbol, func.count())
        .join(tables.Origin, tables.Origin.id == tables.Observation.origin_id)
        .where(tables.Origin.kind == "statistic")
        .group_by(tables.Observation.symbol)
    )
    assert dict(found.all()) == told
    assert told["c"] > 0


def test_a_statistic_is_known_from_the_end_of_its_year(published_boards):
    found = (
        select(tables.Observation)
        .join(tables.Area)
        .where(
            tables.Area.code == "808",
            tables.Observation.measure == "referrals_from_police",
            tables.Observation.period_end == date(2024, 3, 31),
        )
    )
    police = published_boards.exec(found).one()
    assert (police.numerator, police.denominator) == (1178, 4031)
    assert (police.period_start, police.known_on, police.span) == (
        date(2023, 4, 1),
        date(2024, 3, 31),
        "year",
    )
