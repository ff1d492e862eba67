"""Words that a program may take for something else: numbers, days, yes and no, nothing, names of people."""

NOTHINGS = (
    "NULL", "null", "None", "nil", "undefined", "NaN", "nan", "N/A", "n/a", "#N/A", "NA", "<NA>", "NaT",
    "void", "(null)", "#NULL!", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "-", "--", "...", "?", "[]", "{}",
    "()", "''", '""', "EOF", "\\N", "missing", "(none)",
)  # fmt: skip
YES_AND_NO = (
    "true", "TRUE", "True", "false", "FALSE", "yes", "No", "on", "off", "y", "n", "t", "f", "WAHR", "oui",
    "0", "1", "-1", "00",
)  # fmt: skip
NUMBERS = (
    "007", "1e5", "1E400", "-1e400", "1e-400", "0x1F", "0b11", "0o17", "1_000", "1,000", "1.000,00",
    "1 000", "\u00a35", "5%", "$5", "$x$ costs $5", "3.14", ".5", "5.", "+5", "-5", "(5)", "--5", "\u22125",
    "1/2", "Infinity", "-Infinity", "inf", "9007199254740993", "-9223372036854775808",
    "18446744073709551616", "9" * 400, "0." + "0" * 60 + "1", "0.30000000000000004",
    "1.7976931348623157e308", "1.8e308", "5e-324", "0E0", "1d", "1L", "12E3", "123456789012345678",
    "\u00bd", "\u2167", "\u4e09", "1\u00a0234", "1'234",
)  # fmt: skip
DAYS = (
    "12/11/2014", "2014-11-12", "31/02/2015", "0000-00-00", "9999-12-31", "10000-01-01", "1-2", "3/4",
    "MAR1", "SEPT2", "DEC1", "Jan-20", "10:30", "10:30 to 11:45", "24:00", "2038-01-19T03:14:08Z",
    "1900-02-29", "yesterday", "41957", "29 February 2015", "00/00/00", "2014-W46-3", "1.4.2014",
)  # fmt: skip
NAMES = (
    "O'Brien", "D\u2019Arcy", "Smith-Jones", "van der Berg", "Nuñez", "Zo\u00eb",
    "M\u00fcller-L\u00fcdenscheidt", "\u00d8yvind \u00c5s", "\u0141ukasz", "Ng", "X \u00c6 A-12",
    "Nguy\u1ec5n Th\u1ecb", "Null", "Test", "Jr., Dr. (Hon.)", 'Robert "Bob" Roe', "o'clock's owners'",
    "Mary Ann; John", "Doe, John", "al-\u02bfArab\u012b", "St. John's & St. Mary's",
    "Head of Children's Services (interim)", "a", "A.B.C.", "\u674e\u5c0f\u9f99",
)  # fmt: skip
SENTENCES = (
    "Late since May", "The lead\u2019s \u201cnote\u201d, with a comma; and a semicolon",
    'She said "no", twice', "two\nlines", "first\n\n\nafter empty lines", '"quoted whole"',
    '"a quote that never ends', 'a quote that never began"', 'one""two""""three', "a,b,c", "a;b;c",
    "a\tb\tc", "'apostrophe first", "''twice", "`ticks`", "ends in a backslash\\", "\\\\server\\share",
    "100% of 5 & 6 < 7 > 4", "x_x000D_y",  # how a workbook writes a sign that it cannot hold
    "_x0041_", "_x005F_x0041_", "100% OR 1=1", "sep=;", "sep=,",
    "ID,Name",  # a file that begins with ID is taken for another kind by some spreadsheets
    "PK\x03\x04", "%PDF-1.7", "REM comment",
)  # fmt: skip
