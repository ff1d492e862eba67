"""The tables of published facts held against the documents themselves."""

import re

import pytest

from tests.published_tables import FILES, SEEDS, SOURCE, UNSOURCED, table

SEED_OF = {"B14": "000_", "B12": "001_", "ST": "002_", "HV": "003_", "HG": "004_"}
RUN = 9  # so many words in a row are a copied sentence; fewer may be a term or a title
NAME = re.compile(
    r"(?:inspectors?|Officers?:?\**|by:|Chair|applicant|details:|manager|analyst):?(?:</b>)?\s+(?:<b>)?"
    r"([A-Z][a-z]+ [A-Z]['A-Za-z]+)"
)
pytestmark = pytest.mark.shared


def documents():
    return {
        key: next(SEEDS.glob(f"{start}*.txt")).read_text(encoding="utf-8") for key, start in SEED_OF.items()
    }


def numbers_cited():
    for name in set(FILES) - UNSOURCED:
        for found in table(name):
            key, place = SOURCE.fullmatch(found["source"]).groups()
            yield from ((key, number) for number in re.findall(r"\d+\.\d+", place))


def test_every_paragraph_cited_by_number_is_in_its_document():
    texts = documents()
    missing = {
        (key, number)
        for key, number in numbers_cited()
        if not re.search(rf"(?<![\d.]){re.escape(number)}(?!\d)", texts[key])
    }
    assert not missing


def runs(text):
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


def test_no_sentence_is_copied_from_a_document():
    theirs = set().union(*(runs(text) for text in documents().values()))
    titles = {document["title"] for document in table("threshold_documents")}
    for name in FILES:
        for found in table(name):
            assert not any(runs(value) & theirs for value in found.values() if value not in titles), found


def test_nobody_named_in_a_document_is_named_in_the_tables():
    named = NAME.findall("\n".join(documents().values()))
    people = {name.split()[1] for name in named}
    assert len(people) >= 10
    for name in FILES:
        text = " ".join(value for found in table(name) for value in found.values())
        assert not [person for person in people if re.search(rf"\b{person}\b", text)]
