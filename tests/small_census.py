"""A small invented census in which every identifier can be searched for afterwards."""

from datetime import date, timedelta
from random import Random

SOURCES = ("6", "6", "6", "2A", "2A", "3A", "3E", "1A", "5B", "4", "7", "8")


def marks(child: int) -> tuple[str, ...]:
    """What could point to one child: none of it may be found anywhere after an import."""
    return (f"LACHILD{child:06d}Q", f"Z{child:012d}", f"19{40 + child % 50}-0{child % 9 + 1}-1{child % 9}")


def census(children: int, *, year: int = 2024, council: str = "808", seed: int = 1) -> bytes:
    """A census file of that many children, each referred once in the year."""
    chance = Random(f"{seed} {year}")
    header = (
        f"<CollectionDetails><Collection>CIN</Collection><Year>{year}</Year>"
        f"<ReferenceDate>{year}-03-31</ReferenceDate></CollectionDetails>"
        f"<Source><SourceLevel>L</SourceLevel><LEA>{council}</LEA></Source>"
    )
    rows = "".join(_child(child, year, chance) for child in range(children))
    return f"<Message><Header>{header}</Header><Children>{rows}</Children></Message>".encode()


def _child(child: int, year: int, chance: Random) -> str:
    known, pupil, born = marks(child)
    on = date(year - 1, 4, 1) + timedelta(days=chance.randrange(300))
    nfa = chance.random() < 0.2
    assessed = f"<Assessments><AssessmentActualStartDate>{on}</AssessmentActualStartDate></Assessments>"
    return (
        f"<Child><ChildIdentifiers><LAchildID>{known}</LAchildID><UPN>{pupil}</UPN>"
        f"<PersonBirthDate>{born}</PersonBirthDate></ChildIdentifiers>"
        f"<CINdetails><CINreferralDate>{on}</CINreferralDate>"
        f"<ReferralSource>{chance.choice(SOURCES)}</ReferralSource>{'' if nfa else assessed}"
        f"<ReferralNFA>{str(nfa).lower()}</ReferralNFA></CINdetails></Child>"
    )
