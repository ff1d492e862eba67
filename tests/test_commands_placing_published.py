"""Published figures take their place: revisions, what stands on which day, what an undone file leaves."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from lscb_core.commands.imports import preview, undo_import
from lscb_core.db.access import OPERATOR
from lscb_core.db.tables import Area, Import, Observation, Origin
from lscb_core.errors import BadInput
from lscb_core.imports.dfe.tables import TABLES
from lscb_core.imports.reading import Scope, reading
from lscb_core.queries.comparisons import compared_areas
from tests import make, make_counts
from tests.make_imports import facts, moment, take

DAY = timedelta(days=1)
FIRST, SECOND, THIRD = date(2025, 5, 1), date(2025, 6, 1), date(2025, 7, 1)
SHARE = "re_referrals"


@pytest.fixture
def board(session):
    on = make.board(session)
    make_counts.area(session, "ENG", "England")
    session.commit()
    return on


def code(session, board):
    return session.get(Area, board.area_id).code


def row(value, year=2024, measure="referrals", **fields):
    """One figure of a scope; a text is a symbol."""
    told = {"value": None, "symbol": value} if isinstance(value, str) else {"value": value, "symbol": ""}
    end = date(year, 3, 31).isoformat()
    return {"measure": measure, "period_end": end, "numerator": None, "denominator": None} | told | fields


def release(areas, table="referrals"):
    """Area's code -> rows, as the reader hands them over."""
    scopes = [Scope(f"dfe/{table}/{area}", date(2024, 3, 31), tuple(rows)) for area, rows in areas.items()]
    return reading("dfe", scopes=scopes, as_at=date(2024, 3, 31), title="Table C1, 2013 to 2024")


def sent(session, board, rows, on=FIRST, *, area="", table="referrals"):
    made = release({area or code(session, board): rows}, table)
    return take(session, board, made, actor=OPERATOR, day=on)


def undone(session, taken, on=THIRD):
    return undo_import(session, actor=OPERATOR, import_id=taken.import_id, why="Wrong", at=moment(on))


def own(session, board, value, year=2024, measure="referrals", **fields):
    """A figure that the product came with."""
    fields = {"source": "c1-2024"} | fields
    found = make_counts.figure(session, board.area_id, measure, value, year, **fields)
    session.commit()
    return found


def stored(session, measure="referrals", year=2024, *, area="area-testford"):
    """(revision, value or symbol, known on, taken back on) of each revision, the first one first."""
    asked = (
        select(Observation)
        .join(Area)
        .where(Area.code == area, Observation.measure == measure, Observation.period_end == date(year, 3, 31))
        .order_by(col(Observation.revision), col(Observation.id))
    )
    rows = session.exec(asked, execution_options={"populate_existing": True})
    return [(one.revision, one.symbol or one.value, one.known_on, one.withdrawn_on) for one in rows]


def shown(session, board, on, measure="referrals"):
    """What a page of that day shows of the board's council."""
    england = session.exec(select(Area).where(Area.code == "ENG")).one()
    asked = select(Observation).where(Observation.area_id == england.id, Observation.measure == measure)
    if session.exec(asked).first() is None:  # a figure is shown beside England's
        make_counts.figure(session, england.id, measure, 1, 2024)
    found = compared_areas(session, view=make.view(board, on), measure=measure)
    return [one.value for one in found.itertuples() if one.kind == "board"]


def test_a_figure_that_was_never_held_counts_from_the_end_of_its_year(session, board):
    taken = sent(session, board, [row(4100.0)])
    assert stored(session) == [(1, 4100.0, date(2024, 3, 31), None)]
    [held] = session.exec(select(Observation)).all()
    assert (held.is_published, held.span, held.period_start, held.agency_id) == (
        True,
        "year",
        date(2023, 4, 1),
        None,
    )
    assert held.source == "Table C1"
    origin = session.get(Origin, held.origin_id)
    assert (origin.kind, origin.title) == ("statistic", "Table C1, 2013 to 2024")
    assert (origin.licence, origin.released_on) == ("Open Government Licence v3.0", None)
    assert shown(session, board, date(2024, 6, 1)) == [4100.0]
    [change] = taken.changes
    what = "Referrals to children's social care, Testford, year to 31 March 2024"
    assert (change.what, change.before, change.now) == (what, "", "4,100")


def test_a_figure_that_is_held_already_changes_nothing(session, board):
    own(session, board, 4031.0)
    own(session, board, None, 2023)  # hidden: the symbol is the same too
    taken = sent(session, board, [row(4031.0), row("c", 2023)])
    assert taken.changes == ()
    assert stored(session) == [(1, 4031.0, date(2024, 3, 31), None)]
    assert stored(session, year=2023) == [(1, "c", date(2023, 3, 31), None)]


def test_a_correction_counts_from_the_day_it_came(session, board):
    own(session, board, 4031.0)
    [change] = sent(session, board, [row(4100.0)]).changes
    assert (change.before, change.now) == ("4,031", "4,100")
    assert stored(session) == [(1, 4031.0, date(2024, 3, 31), None), (2, 4100.0, FIRST, None)]
    assert [shown(session, board, on) for on in (FIRST - DAY, FIRST)] == [[4031.0], [4100.0]]


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (row(4031.0), row("c"), ("4,031", "c")),
        (row("x"), row(0.0), ("x", "0")),
        (
            row(22.4, measure=SHARE, numerator=224, denominator=1000),
            row(22.4, measure=SHARE, numerator=225, denominator=1003),
            ("22.4% (224 of 1,000)", "22.4% (225 of 1,003)"),
        ),
        (
            row(518.3, measure="referrals_rate", numerator=4031),
            row(520.0, measure="referrals_rate", numerator=4031),
            ("518.3 per 10,000 (4,031 in all)", "520.0 per 10,000 (4,031 in all)"),
        ),
    ],
)
def test_changes_are_told_as_readers_see_them(session, board, before, now, words):
    sent(session, board, [before])
    [change] = sent(session, board, [now], SECOND).changes
    assert (change.before, change.now) == words
    assert [one[0] for one in stored(session, now["measure"])] == [1, 2]


def test_a_median_is_told_in_days(session, board):
    [change] = sent(session, board, [row(13.5, measure="conferences_median_days")], table="enquiries").changes
    assert change.now == "13.5 days"


def test_an_undone_correction_gives_way_to_what_the_product_came_with(session, board):
    own(session, board, 4031.0)
    [change] = undone(session, sent(session, board, [row(4100.0)]))
    assert (change.before, change.now) == ("4,100", "4,031")
    assert stored(session) == [(1, 4031.0, date(2024, 3, 31), None), (2, 4100.0, FIRST, THIRD)]
    assert [shown(session, board, on) for on in (FIRST, THIRD - DAY, THIRD)] == [[4100.0], [4100.0], [4031.0]]


def test_an_undone_file_takes_what_it_alone_had_brought(session, board):
    [change] = undone(session, sent(session, board, [row(4100.0)]))
    assert (change.before, change.now) == ("4,100", "")
    assert stored(session) == [(1, 4100.0, FIRST, THIRD)]
    assert [shown(session, board, on) for on in (THIRD - DAY, THIRD)] == [[4100.0], []]
    sent(session, board, [row(4200.0)], THIRD)
    assert stored(session)[1:] == [(2, 4200.0, THIRD, None)], "it was held before: this is a correction"


def test_an_undone_file_gives_way_to_the_file_before_it(session, board):
    own(session, board, 4031.0)
    first = sent(session, board, [row(4100.0)])
    second = sent(session, board, [row(4200.0)], SECOND)
    undone(session, second)
    assert shown(session, board, THIRD) == [4100.0]
    undone(session, first, THIRD + DAY)
    assert shown(session, board, THIRD + DAY) == [4031.0]
    assert [one[3] for one in stored(session)] == [None, THIRD + DAY, THIRD]


def test_undoing_a_file_that_was_replaced_changes_nothing_until_the_later_one_goes(session, board):
    own(session, board, 4031.0)
    first = sent(session, board, [row(4100.0)])
    second = sent(session, board, [row(4100.0)], SECOND)
    assert second.changes == ()
    assert undone(session, first) == []
    assert shown(session, board, THIRD) == [4100.0]
    undone(session, second, THIRD + DAY)
    assert shown(session, board, THIRD + DAY) == [4031.0]


def test_a_later_file_that_returns_to_an_earlier_figure_is_a_revision_of_its_own(session, board):
    own(session, board, 4031.0)
    sent(session, board, [row(4100.0)])
    again = sent(session, board, [row(4031.0)], SECOND)
    assert [one[:2] for one in stored(session)] == [(1, 4031.0), (2, 4100.0), (3, 4031.0)]
    undone(session, again)
    assert shown(session, board, THIRD) == [4100.0]


def test_a_figure_that_the_new_file_no_longer_has_goes_if_a_file_had_brought_it(session, board):
    own(session, board, 3000.0, 2022)
    sent(session, board, [row(3000.0, 2022), row(3500.0, 2023), row(4100.0)])
    taken = sent(session, board, [row(4100.0)], SECOND)
    assert [(one.what[-4:], one.before, one.now) for one in taken.changes] == [("2023", "3,500", "")]
    assert stored(session, year=2023) == [(1, 3500.0, date(2023, 3, 31), SECOND)]
    assert stored(session, year=2022) == [(1, 3000.0, date(2022, 3, 31), None)]
    undone(session, taken)
    assert stored(session, year=2023)[1:] == [(2, 3500.0, THIRD, None)]


def test_other_tables_and_areas_are_left_alone(session, board):
    sent(session, board, [row(100.0, measure="plans_started")], table="plans")
    sent(session, board, [row(9.0)], area="ENG")
    sent(session, board, [row(4100.0)], SECOND)
    undone(session, sent(session, board, [row(4200.0)], SECOND))
    assert stored(session, "plans_started") == [(1, 100.0, date(2024, 3, 31), None)]
    assert stored(session, area="ENG") == [(1, 9.0, date(2024, 3, 31), None)]


def test_figures_of_agencies_documents_and_months_are_left_alone(session, board):
    police = make.agency(session, board)
    others = [{"agency_id": police.id}, {"label": "In its own words"}, {"span": "month"}]
    for fields in others:
        own(session, board, 7.0, **fields)
    taken = sent(session, board, [row(4100.0)])
    assert stored(session)[-1][:2] == (1, 4100.0)
    undone(session, taken)
    assert [one[3] for one in stored(session)].count(None) == 3


def test_a_file_of_another_board_about_the_same_area_counts_as_well(session, board):
    other = make.board(session, "otherford")
    session.commit()
    home = code(session, board)
    both = release({"ENG": [row(9.0), row(8.0, 2023)], home: [row(7.0, 2023)]})
    theirs = take(session, other, both, actor=OPERATOR, day=FIRST)
    mine = take(session, board, release({"ENG": [row(10.0)], home: [row(5.0)]}), actor=OPERATOR, day=SECOND)
    assert stored(session, year=2023) == [(1, 7.0, date(2023, 3, 31), None)]
    assert stored(session, area="ENG")[-1][:2] == (2, 10.0)
    assert stored(session, year=2023, area="ENG") == [(1, 8.0, date(2023, 3, 31), None)], (
        "their file has it, and stands"
    )
    undone(session, mine)
    assert [one[1] for one in stored(session, area="ENG") if one[3] is None] == [9.0]
    undone(session, theirs)
    assert [
        one for year in (2023, 2024) for one in stored(session, year=year, area="ENG") if one[3] is None
    ] == []


def test_a_preview_keeps_nothing(session, board):
    own(session, board, 4031.0)
    made = release({code(session, board): [row(4100.0)]})
    what = {"actor": OPERATOR, "board_id": board.id, "file": facts(), "reading": made}
    assert len(preview(session, **what, at=moment(FIRST)).changes) == 1
    assert stored(session) == [(1, 4031.0, date(2024, 3, 31), None)]
    assert session.exec(select(Import)).all() == []


@pytest.mark.parametrize("key", ["dfe/referrals/999", "dfe/no_such_table/ENG"])
def test_an_area_or_table_that_is_not_known_is_refused(session, board, key):
    made = reading("dfe", scopes=[Scope(key, date(2024, 3, 31), (row(1.0),))])
    with pytest.raises(BadInput, match="Nothing was saved"):
        take(session, board, made, actor=OPERATOR)


@contextmanager
def heard(session):
    """The statements that the database is told."""
    said = []

    def hear(*given):
        said.append(given[2])

    event.listen(session.get_bind(), "before_cursor_execute", hear)
    yield said
    event.remove(session.get_bind(), "before_cursor_execute", hear)


def test_a_whole_release_takes_its_place_in_few_statements(session, board):
    areas = ["ENG", *(f"a{number}" for number in range(14))]
    for name in areas[1:]:
        make_counts.area(session, name, name)
    session.commit()
    measures = [figure.measure for table in TABLES.values() for figure in table.figures][:12]
    tables = {figure.measure: key for key, table in TABLES.items() for figure in table.figures}

    def scopes(more):
        for area in areas:
            for key in dict.fromkeys(tables[measure] for measure in measures):
                mine = [measure for measure in measures if tables[measure] == key]
                rows = [row(year + more, year, measure) for measure in mine for year in range(2013, 2025)]
                yield Scope(f"dfe/{key}/{area}", date(2024, 3, 31), tuple(rows))

    with heard(session) as said:
        for more in (0.0, 1.0):
            said.clear()
            taken = take(session, board, reading("dfe", scopes=scopes(more)), actor=OPERATOR)
            assert len(taken.changes) == 15 * 12 * 12
            assert len(said) < 100
