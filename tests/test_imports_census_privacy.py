"""Nothing of a child comes out of the census reader: no figure, problem or note gives anybody away."""

import io
import json
import tempfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lscb_core.domain.periods import month_end
from lscb_core.imports.census.read import read
from lscb_core.imports.census.stream import batches
from lscb_core.imports.reading import Asked, Problems, from_json, to_json
from tests.make_census import (
    COUNCIL,
    Invented,
    assessment,
    census,
    child,
    enquiry,
    plan,
    plan_dates,
    referral,
)
from tests.read_census import TODAY, read_census

SECRET = "Zq7Xanthippe-1977-08-19"
GOOD = census(
    child(
        referral(
            "2023-05-09",
            assessment("2023-05-10", authorised="2023-06-12", factors=["4B"]),
            plan_dates("2023-06-03", "2023-07-04"),
            enquiry("2023-05-11", "2023-05-22", target="2023-05-25"),
            plan("2023-06-05", "2023-11-06", reviews=["2023-08-07"]),
            closed="2023-12-08",
            conference="2023-05-23",
        ),
        number="Q48151623",
        born="2011-07-13",
    )
)
LEAVES = [each.tag for each in ElementTree.fromstring(GOOD).iter() if not len(each)]


def said(xml: bytes) -> str:
    """All that comes out, as it would be handed on."""
    made = read_census(xml)
    held = json.dumps(to_json(made), ensure_ascii=False)
    assert from_json(json.loads(held)) == made
    return held


def identifying(xml: bytes) -> set[str]:
    """All words of a file but codes, and the days on which months end: those name the months."""
    words = {(each.text or "").strip() for each in ElementTree.fromstring(xml).find("Children").iter()}
    return {each for each in words if len(each) > 5 and not is_month_end(each)}


def is_month_end(words: str) -> bool:
    try:
        on = date.fromisoformat(words)
    except ValueError:
        return False
    return on == month_end(on)


def test_a_good_file_gives_away_no_child():
    xml = b"".join(Invented(400, seed=5).parts())
    held = said(xml)
    assert len(identifying(xml)) > 1500
    assert [each for each in identifying(xml) if each in held] == []


@pytest.mark.parametrize("field", sorted(set(LEAVES)))
@pytest.mark.parametrize(
    "secret", [SECRET, "1066-10-14", "2091-02-03", "<![CDATA[<Zq7>Xanthippe]]>", "\u2603 Zq7 Xan"]
)
def test_whatever_stands_in_a_field_is_not_repeated(field, secret):
    text = GOOD.decode()
    start = text.index(f"<{field}>") + len(field) + 2
    xml = text[:start] + secret + text[text.index("</", start) :]
    held = said(xml.encode())
    for part in (secret, "Zq7", "Xan", "Q48151623", "2011-07-13", "2023-05-09"):
        assert part not in held


@pytest.mark.parametrize(
    "broken",
    [
        GOOD.replace(b"<UPN>", f"<{SECRET}>".encode()),
        GOOD.replace(b"<UPN>", f"<UPN>&{SECRET};".encode()),
        GOOD.replace(b"<UPN>", f"<UPN {SECRET}>".encode()),
        GOOD.replace(b"<UPN>", b"<UPN>" + SECRET.encode() + b"\xff"),
        GOOD.replace(b"</UPN>", f"{SECRET}</Zq7>".encode()),
        GOOD.replace(b"utf-8", b"Zq7-Xanthippe"),
        GOOD.replace(b"<Message>", f'<!DOCTYPE {SECRET} SYSTEM "{SECRET}"><Message>'.encode()),
        GOOD.replace(b"Message>", f"{SECRET}>".encode()),
        GOOD.replace(b"<Child>", f'<Child xmlns="{SECRET}">'.encode()),
        GOOD.replace(b"<Children>", f"<Children><{SECRET}/>".encode()),
        GOOD.replace(b"<CINdetails>", f"<CINdetails><{SECRET}/>".encode()),
        GOOD[: GOOD.index(b"Q48151623") + 9],
        SECRET.encode(),
    ],
)
def test_a_broken_file_gives_away_no_child(broken):
    held = said(broken)
    for part in (SECRET, "Zq7", "Xan", "Q48151623", "2011-07-13"):
        assert part not in held


def test_nothing_is_said_written_or_logged_by_the_way(capfd, caplog, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for xml in (GOOD, GOOD[:-30], GOOD.replace(b"2023-05-09", SECRET.encode())):
        said(xml)
    assert (*capfd.readouterr(), caplog.text) == ("", "", "")
    assert list(Path(tmp_path).rglob("*")) == []


def test_progress_tells_how_far_and_nothing_else():
    told = []
    stream = io.BytesIO(b"".join(Invented(3000).parts()))
    asked = Asked(file="census.xml", today=TODAY, council=COUNCIL)
    read(stream, asked=asked, progress=lambda what, part: told.append((what, part)))
    assert set(told) == {("Counting children", -1.0)}
    told.clear()
    sized = Invented(3000).stream()
    sized.size = len(stream.getvalue())
    read(sized, asked=asked, progress=lambda what, part: told.append((what, part)))
    parts = [part for _, part in told]
    assert parts == sorted(parts)
    assert parts[0] < 0.1
    assert 0.7 < parts[-1] <= 1


def test_children_are_forgotten_when_the_next_ones_come():
    beside, most = set(), 0
    coming = batches(Invented(2000).stream(), problems=Problems(), progress=lambda what, part: None)
    assert [element.tag for element in next(coming)] == ["Header"]
    for batch in coming:
        before = list(batch[0].itersiblings(preceding=True))
        beside.add((len(before), sum(len(each) for each in before)))
        most = max(most, len(batch[0].getparent()))
    assert beside == {(0, 0), (1, 0)}, "one is left, emptied"
    assert most < 200, "no more than a piece of the file is held"
