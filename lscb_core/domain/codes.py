"""Code lists, code -> label. Sources: CIN census (items N00152, N00103, N00177), the national child
death review form, section 11 of the Children Act 2004, the key of symbols in DfE statistics."""

SOURCES: dict[str, str] = {
    "1A": "Family member, relative or carer",
    "1B": "Acquaintance",
    "1C": "Self",
    "1D": "Other individual",
    "2A": "Schools",
    "2B": "Education services",
    "3A": "GP",
    "3B": "Health visitor",
    "3C": "School nurse",
    "3D": "Other primary health services",
    "3E": "Accident and emergency",
    "3F": "Other health services",
    "4": "Housing",
    "5A": "Council social care, such as adults",
    "5B": "Other council service",
    "5C": "Another council",
    "5D": "Council early help",
    "6": "Police",
    "7": "Other legal agency",
    "8": "Other, such as voluntary sector or children's centre",
    "9": "Anonymous",
    "10": "Unknown",
    "UN": "Not recorded",
}

SOURCE_GROUP_LABELS: dict[str, str] = {
    "individual": "Individual",
    "schools": "Schools",
    "education": "Education services",
    "health": "Health services",
    "housing": "Housing",
    "la_services": "Council services",
    "police": "Police",
    "other_legal": "Other legal agency",
    "other": "Other",
    "anonymous": "Anonymous",
    "unknown": "Unknown",
}

_GROUP_OF_STEM = {
    "1": "individual",
    "3": "health",
    "4": "housing",
    "5": "la_services",
    "6": "police",
    "7": "other_legal",
    "8": "other",
    "9": "anonymous",
    "10": "unknown",
    "UN": "unknown",
    "2A": "schools",
    "2B": "education",
}


def _group(code: str) -> str:
    """The published group of one source code."""
    return _GROUP_OF_STEM.get(code) or _GROUP_OF_STEM[code[0]]


SOURCE_GROUPS: dict[str, str] = {code: _group(code) for code in SOURCES}

ABUSE: dict[str, str] = {
    "NEG": "Neglect",
    "PHY": "Physical abuse",
    "SAB": "Sexual abuse",
    "EMO": "Emotional abuse",
    "MUL": "Multiple categories",
}

CLOSURE_REASONS: dict[str, str] = {
    "RC1": "Adopted",
    "RC2": "Died",
    "RC3": "Child arrangements order",
    "RC4": "Special guardianship order",
    "RC5": "Moved to another council",
    "RC6": "Transferred to adult social care",
    "RC7": "Services ceased",
    "RC8": "Closed after assessment, no further action",
    "RC9": "Closed after assessment, to early help",
}

DEATH_CATEGORIES: dict[str, str] = {
    "1": "Deliberately inflicted injury, abuse or neglect",
    "2": "Suicide or self-inflicted harm",
    "3": "Trauma and other external factors",
    "4": "Malignancy",
    "5": "Acute medical or surgical condition",
    "6": "Chronic medical condition",
    "7": "Chromosomal, genetic and congenital anomalies",
    "8": "Perinatal or neonatal event",
    "9": "Infection",
    "10": "Sudden unexpected, unexplained death",
}

AGE_BANDS: dict[str, str] = {
    "0-27d": "0 to 27 days",
    "28-364d": "28 to 364 days",
    "1-4y": "1 to 4 years",
    "5-9y": "5 to 9 years",
    "10-14y": "10 to 14 years",
    "15-17y": "15 to 17 years",
}

SECTION_11_STANDARDS: dict[str, str] = {
    "1": "Senior management commitment",
    "2": "A clear statement of responsibilities",
    "3": "A line of accountability",
    "4": "Services developed with regard to children and families",
    "5": "Training",
    "6": "Safe recruitment",
    "7": "Effective work between agencies",
    "8": "Information sharing",
}

SECTION_11_SCORES: dict[int, str] = {0: "Not met", 1: "Partly met", 2: "Mostly met", 3: "Fully met"}

SYMBOLS: dict[str, str] = {
    "c": "hidden, because the number is so small that it could point to a child",
    "x": "not available",
    "z": "does not apply",
    "low": "rounds to 0 but is not 0",
    "k": "rounds to 0 but is not 0",
    "u": "too unreliable to show",
}
