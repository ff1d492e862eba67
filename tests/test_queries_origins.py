"""Where figures come from."""

from datetime import date

from lscb_core.db.tables import Origin
from lscb_core.queries.origins import ORIGINS, origins
from tests import make


def test_public_sources_are_listed_statistics_first(session):
    for key, kind in (("doc", "document"), ("c1", "statistic"), ("b", "statistic")):
        make.added(session, Origin(key=key, kind=kind, title=key, released_on=date(2024, 10, 31)))
    found = origins(session)
    assert found["key"].tolist() == ["b", "c1", "doc"]
    assert list(found.columns) == list(ORIGINS)


def test_what_people_sent_and_typed_is_no_public_source(session):
    for kind in ("return", "form", "invented"):
        make.added(session, Origin(key=kind, kind=kind, title=kind))
    assert origins(session).empty
