"""The tables of closed months and of what was entered in record books; `tables.py` composes them."""

MONTH_FACTS = """
CREATE TABLE month_statements (
    month INTEGER NOT NULL, number INTEGER NOT NULL, stated_from INTEGER NOT NULL, recorded INTEGER NOT NULL,
    totals TEXT NOT NULL, lines TEXT NOT NULL, pending TEXT NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (month, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE book_months (
    volunteer INTEGER NOT NULL, month INTEGER NOT NULL, position INTEGER NOT NULL, statement INTEGER NOT NULL,
    PRIMARY KEY (volunteer, month, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE book_entries (
    position INTEGER NOT NULL, ordinal INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    category TEXT, item TEXT, content TEXT, minutes INTEGER NOT NULL, PRIMARY KEY (position, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TABLE spot_checks (
    number INTEGER PRIMARY KEY, day INTEGER NOT NULL, seed INTEGER NOT NULL, holders INTEGER NOT NULL,
    sample TEXT NOT NULL, position INTEGER NOT NULL
) STRICT;
CREATE TABLE spot_check_results (
    position INTEGER PRIMARY KEY, number INTEGER NOT NULL, matching INTEGER NOT NULL
) STRICT;
"""
"""`month`: the first day of a civil month. `stated_from`: the position up to which events are in a statement.
`book_months`: what was entered in a record book; of one month the last stands. `book_entries`: its lines, if any.
`spot_checks`: `sample` names the volunteers whose books were drawn. Of `spot_check_results` the last counts."""
