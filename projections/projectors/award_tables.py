"""The tables of awards and of what is attested for them: facts that no day is evaluated from."""

AWARD_FACTS = """
CREATE TABLE award_grants (
    position INTEGER PRIMARY KEY, volunteer INTEGER, award TEXT NOT NULL, day INTEGER NOT NULL
) STRICT;
CREATE TABLE honor_cards (
    position INTEGER PRIMARY KEY, volunteer INTEGER NOT NULL, approved INTEGER NOT NULL, expires INTEGER NOT NULL,
    counted_through INTEGER NOT NULL
) STRICT;
CREATE TABLE certificates (
    position INTEGER PRIMARY KEY, volunteer INTEGER NOT NULL, applied INTEGER NOT NULL, issued INTEGER NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL, minutes INTEGER NOT NULL
) STRICT;
CREATE TABLE attested_hours (
    position INTEGER PRIMARY KEY, volunteer INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    minutes INTEGER NOT NULL, unit TEXT, category TEXT, city TEXT, proof TEXT NOT NULL
) STRICT;
CREATE TABLE attested_seniority (
    position INTEGER PRIMARY KEY, volunteer INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL,
    unit TEXT, category TEXT
) STRICT;
CREATE TABLE attested_conditions (
    position INTEGER PRIMARY KEY, volunteer INTEGER NOT NULL, award TEXT NOT NULL, condition TEXT NOT NULL
) STRICT;
CREATE TABLE families (position INTEGER PRIMARY KEY, family TEXT NOT NULL, members TEXT NOT NULL) STRICT;
CREATE TABLE teams (position INTEGER PRIMARY KEY, established INTEGER NOT NULL) STRICT;
"""
"""`award_grants`: a grant without a volunteer is one of the team. `attested_hours`: those without a unit are of this
one, before it used this system. `families`: of several rows of a family the last holds; `members` are ids as a list in
JSON. `teams`: the last row holds. A row that was taken back is deleted."""


AWARD_TABLES = (
    "award_grants",
    "honor_cards",
    "certificates",
    "attested_hours",
    "attested_seniority",
    "attested_conditions",
    "families",
    "teams",
)
"""All of them: a position of the log has a row in one at most."""
