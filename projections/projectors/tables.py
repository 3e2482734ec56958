"""The tables of `views.db`: first the facts as filed, then what follows from them. Disposable: the log is the truth.

Volunteers are small integers here, service days are proleptic ordinals, instants whole seconds since 1970.
"""

from projections.projectors.award_tables import AWARD_FACTS
from projections.projectors.month_tables import MONTH_FACTS

FACTS_VERSION = 32
"""Raised with every change of a table of facts or a handler: views of another version are rebuilt from the log."""
EVALUATION_VERSION = 8
"""Raised with every change of the evaluation or its tables: the facts stay, and every day is evaluated again."""

FACTS = (
    AWARD_FACTS
    + """
CREATE TABLE state (
    version INTEGER NOT NULL, log_id TEXT NOT NULL, position INTEGER NOT NULL,
    reckoned_at INTEGER NOT NULL, last_recorded INTEGER NOT NULL, filed_by TEXT NOT NULL, program TEXT NOT NULL,
    evaluation INTEGER NOT NULL, chain BLOB NOT NULL
) STRICT;
CREATE TABLE policies (since INTEGER PRIMARY KEY, policy TEXT NOT NULL) STRICT;
CREATE TABLE unit (category TEXT, opened_at INTEGER, open_days TEXT NOT NULL) STRICT;
CREATE TABLE people (key INTEGER PRIMARY KEY, volunteer BLOB NOT NULL UNIQUE, mode TEXT) STRICT;
CREATE TABLE turns (
    volunteer INTEGER NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL, day INTEGER NOT NULL,
    recorded INTEGER NOT NULL, PRIMARY KEY (volunteer, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE trainings (
    volunteer INTEGER NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL, category TEXT,
    day INTEGER, instant INTEGER, PRIMARY KEY (volunteer, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE assessments (
    volunteer INTEGER NOT NULL, period_end INTEGER NOT NULL, score REAL NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (volunteer, period_end)
) STRICT, WITHOUT ROWID;
CREATE TABLE shifts (
    shift TEXT PRIMARY KEY, day INTEGER NOT NULL, starts INTEGER NOT NULL, ends INTEGER NOT NULL,
    category TEXT, post TEXT, cancelled INTEGER NOT NULL, position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE roster (
    volunteer INTEGER NOT NULL, day INTEGER NOT NULL, shift TEXT NOT NULL, starts INTEGER NOT NULL,
    ends INTEGER NOT NULL, category TEXT, cancelled INTEGER NOT NULL, state TEXT NOT NULL, excused_by BLOB,
    position INTEGER NOT NULL, PRIMARY KEY (volunteer, day, shift)
) STRICT, WITHOUT ROWID;
CREATE TABLE events (
    event TEXT PRIMARY KEY, day INTEGER NOT NULL, starts INTEGER NOT NULL, ends INTEGER NOT NULL,
    category TEXT, listed TEXT, position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE desk_sessions (
    post TEXT NOT NULL, starts INTEGER NOT NULL, ends INTEGER NOT NULL, cancelled INTEGER NOT NULL,
    position INTEGER NOT NULL, PRIMARY KEY (post, starts)
) STRICT, WITHOUT ROWID;
CREATE TABLE sessions (
    session TEXT PRIMARY KEY, day INTEGER NOT NULL, starts INTEGER NOT NULL, ends INTEGER NOT NULL, kind TEXT NOT NULL,
    title TEXT NOT NULL, listed TEXT, training TEXT, category TEXT, hours REAL, cancelled INTEGER NOT NULL,
    position INTEGER NOT NULL, chair BLOB
) STRICT, WITHOUT ROWID;
CREATE TABLE session_added (
    session TEXT NOT NULL, volunteer INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (session, volunteer)
) STRICT, WITHOUT ROWID;
CREATE TABLE training_sessions (
    volunteer INTEGER NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL, category TEXT, day INTEGER NOT NULL,
    hours REAL, modules TEXT, session TEXT, version INTEGER NOT NULL, PRIMARY KEY (volunteer, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE taps (
    volunteer INTEGER NOT NULL, day INTEGER NOT NULL, at INTEGER NOT NULL, kiosk TEXT NOT NULL,
    boot_ns INTEGER NOT NULL, seq INTEGER NOT NULL, direction TEXT, position INTEGER NOT NULL, boot INTEGER NOT NULL,
    micro INTEGER NOT NULL,
    PRIMARY KEY (volunteer, day, at, kiosk, boot_ns, seq, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE boots (key INTEGER PRIMARY KEY, kiosk TEXT NOT NULL, boot TEXT NOT NULL, UNIQUE (kiosk, boot)) STRICT;
CREATE TABLE unsure (
    position INTEGER PRIMARY KEY, volunteer INTEGER, day INTEGER NOT NULL, at INTEGER NOT NULL,
    shown INTEGER NOT NULL, kiosk TEXT NOT NULL, boot TEXT NOT NULL, boot_ns INTEGER NOT NULL,
    seq INTEGER NOT NULL, direction TEXT, refused INTEGER NOT NULL, put_right_by INTEGER
) STRICT;
CREATE INDEX unsure_of_boot ON unsure (kiosk, boot);
CREATE TABLE clocks (
    position INTEGER PRIMARY KEY, kiosk TEXT NOT NULL, boot TEXT NOT NULL, at INTEGER NOT NULL,
    seconds INTEGER NOT NULL, anchor_ns INTEGER, until_ns INTEGER NOT NULL
) STRICT;
CREATE TABLE quarantine (
    position INTEGER PRIMARY KEY, stream TEXT NOT NULL, version INTEGER NOT NULL, name TEXT NOT NULL, why TEXT NOT NULL
) STRICT;
CREATE TABLE refused (position INTEGER PRIMARY KEY, day INTEGER NOT NULL, at INTEGER NOT NULL, reason TEXT NOT NULL,
    volunteer INTEGER, kiosk TEXT NOT NULL, reader TEXT NOT NULL, taps INTEGER NOT NULL, since INTEGER,
    card TEXT, holder INTEGER) STRICT;
CREATE TABLE cards (
    card TEXT PRIMARY KEY, stream TEXT NOT NULL UNIQUE, volunteer INTEGER NOT NULL, held INTEGER NOT NULL
) STRICT;
CREATE TABLE lost_cards (
    volunteer INTEGER NOT NULL, recorded INTEGER NOT NULL, PRIMARY KEY (volunteer, recorded)
) STRICT, WITHOUT ROWID;
CREATE TABLE sent_taps (
    position INTEGER PRIMARY KEY, card TEXT, arrival INTEGER NOT NULL, received INTEGER NOT NULL
) STRICT;
CREATE TABLE drills (
    position INTEGER PRIMARY KEY, day INTEGER NOT NULL, at INTEGER NOT NULL, accounted INTEGER NOT NULL,
    missing INTEGER NOT NULL
) STRICT;
CREATE TABLE duty_descriptions (
    kind TEXT NOT NULL, name TEXT NOT NULL, item TEXT, content TEXT, PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE post_descriptions (
    post TEXT NOT NULL, since INTEGER NOT NULL, item TEXT, content TEXT, PRIMARY KEY (post, since)
) STRICT, WITHOUT ROWID;
CREATE VIEW duty_work (kind, name, item, content) AS
SELECT 'shift', shift,
    coalesce(d.item, (SELECT p.item FROM post_descriptions p WHERE p.post = s.post AND since <= day
        ORDER BY since DESC LIMIT 1)),
    coalesce(d.content, (SELECT p.content FROM post_descriptions p WHERE p.post = s.post AND since <= day
        ORDER BY since DESC LIMIT 1))
FROM shifts s LEFT JOIN duty_descriptions d ON kind = 'shift' AND name = shift
UNION ALL SELECT kind, name, item, content FROM duty_descriptions WHERE kind = 'event';
CREATE TABLE served (
    kind TEXT NOT NULL, name TEXT NOT NULL, service_type TEXT NOT NULL, desk TEXT NOT NULL, count INTEGER NOT NULL,
    source TEXT NOT NULL, position INTEGER NOT NULL, day INTEGER, PRIMARY KEY (kind, name, service_type, desk)
) STRICT, WITHOUT ROWID;
CREATE TABLE tours (
    booking TEXT PRIMARY KEY, language TEXT, group_size INTEGER NOT NULL, position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE plans (
    plan TEXT PRIMARY KEY, authority TEXT NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER NOT NULL,
    terminated INTEGER, position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE result_reports (
    position INTEGER PRIMARY KEY, since INTEGER NOT NULL, until INTEGER NOT NULL, day INTEGER NOT NULL,
    authority TEXT NOT NULL
) STRICT;
CREATE TABLE elections (
    role TEXT NOT NULL, since INTEGER NOT NULL, volunteer INTEGER NOT NULL, by_election INTEGER NOT NULL,
    ended INTEGER, position INTEGER NOT NULL, PRIMARY KEY (role, since)
) STRICT, WITHOUT ROWID;
CREATE TABLE names_shown (
    volunteer INTEGER NOT NULL, day INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (volunteer, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE late_leaves (
    volunteer INTEGER NOT NULL, shift TEXT NOT NULL, recorded INTEGER NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (volunteer, shift)
) STRICT, WITHOUT ROWID;
CREATE TABLE leave_requests (
    volunteer INTEGER NOT NULL, shift TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (volunteer, shift)
) STRICT, WITHOUT ROWID;
CREATE TABLE corrections (
    volunteer INTEGER NOT NULL, day INTEGER NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL,
    check_in INTEGER NOT NULL, check_out INTEGER, at INTEGER NOT NULL, stream BLOB NOT NULL, version INTEGER NOT NULL,
    of_added INTEGER NOT NULL, PRIMARY KEY (volunteer, day, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE correction_events (position INTEGER PRIMARY KEY, day INTEGER, shift TEXT) STRICT;
CREATE TABLE acknowledged (
    kind TEXT NOT NULL, volunteer INTEGER NOT NULL, event INTEGER NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (kind, volunteer, event, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE cases (
    volunteer INTEGER NOT NULL, rule TEXT NOT NULL, ordinal INTEGER NOT NULL, basis TEXT NOT NULL,
    raised_on TEXT NOT NULL, evidence TEXT NOT NULL, score REAL, status TEXT NOT NULL, decision TEXT,
    stream TEXT NOT NULL UNIQUE, shifts TEXT, raised_at INTEGER NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (volunteer, rule, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TABLE record_books (
    volunteer INTEGER NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL, day INTEGER NOT NULL,
    holds INTEGER NOT NULL, note BLOB, PRIMARY KEY (volunteer, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE badges (
    volunteer INTEGER NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL, day INTEGER NOT NULL, expires INTEGER,
    PRIMARY KEY (volunteer, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE insurance (
    volunteer INTEGER NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL, since INTEGER, until INTEGER,
    PRIMARY KEY (volunteer, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE resignations (
    volunteer INTEGER NOT NULL, position INTEGER NOT NULL, day INTEGER NOT NULL, reason TEXT,
    PRIMARY KEY (volunteer, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE settled (
    day INTEGER PRIMARY KEY, digest TEXT NOT NULL, totals TEXT NOT NULL, settled_by INTEGER NOT NULL
) STRICT;
CREATE TABLE links (
    volunteer INTEGER NOT NULL, day INTEGER NOT NULL, PRIMARY KEY (volunteer, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE stale (
    volunteer INTEGER NOT NULL, day INTEGER NOT NULL, PRIMARY KEY (volunteer, day)
) STRICT, WITHOUT ROWID;
"""
    + MONTH_FACTS
)
"""`filed_by`: the ends of the day and the reach of a tap by which facts were filed; `program`: which events could be
read; `version` and `evaluation`: of the program that filed the facts, and of the one that evaluated them.
`policies`: those by which days were evaluated, by the service day from which each is in force. `unit`: the same of it.
`links`: this day must be evaluated together with the next. `stale`: facts came that are not evaluated yet.
`refused`: a row of a sum holds several `taps`, the first of them read `since` then; `holder` is the volunteer, or the
one who had been given the revoked card. `cards`: to whom each was given last, and whether it is held still.
`lost_cards`: when a volunteer's card was revoked.
`sent_taps`: what a kiosk went by at each tap that it sent, and when that came: `arrival` where it took it for one.
`desk_sessions`: when a visiting desk is at a post; one that is called off stays, for the post has a calendar (R-027).
`sessions`: meetings and trainings that the unit holds, `chair` the note of who takes it; `session_added`: who was there
without a card.
`training_sessions`: what was attended; `trainings` is what is complete, which the evaluation reads.
`corrections`, `training_sessions`: `version` is the event's number in its stream, by which it is taken back; positions
are others in the copy of a kiosk. `of_added`: an annulment at whose check-in a visit stood that the desk had added.
`correction_events`: every event that corrects a day or says that it is right, also one that was taken back, and what
takes it back; of the `day`, or of the `shift`, on whatever day that is; of neither where it is about no day.
`drills`: how many volunteers were accounted for and missing in each.
`duty_descriptions`: what is done in a shift or event, as planned or as it was said later. `post_descriptions`: what is
usually done at a post from a day on. `duty_work`: what is done in a shift or event after all, for every reader (R-022).
`served`: by day, shift or event, with its `day` where it is of one; an empty text is no service type, no desk.
`elections`: of one role no two begin on one day; `ended` is the last day of a term that ended before its time.
`names_shown`: whose name or data an event says was shown.
`leave_requests`: when leave was asked for.
`late_leaves`: leave that reached the log when its shift had started.
`acknowledged`: the events that a person looked at, as what, and in which acknowledgement; volunteer 0 is none.
`cases`: `shifts` are those of the evidence, NULL in cases of version 0.1, which knew dates alone; `position` is that of
the raising.
`record_books`, `badges`, `insurance`: the entries of these ledgers that stand; `holds` of a book says whether its
number is known, of a statement about custody whether the volunteer keeps it; `note` is that of the number.
`resignations`: the ends of agreements that a person entered, and why, where that was stated.
`boots`: the sessions of taps on a synchronised clock, 0 for others.
`unsure`: taps on an unsynchronised clock, or one that a person states was wrong, as it showed them and as they count.
`clocks`: what was corrected.
`quarantine`: events that could not be read or taken in; everything else went on."""

DERIVED_TABLES = ("visits", "duties", "earned", "due", "digests", "touched")
DERIVED = """
CREATE TABLE visits (
    volunteer INTEGER NOT NULL, day INTEGER NOT NULL, check_in INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    check_out INTEGER, status TEXT NOT NULL, credited INTEGER NOT NULL, uncredited TEXT NOT NULL,
    kiosk TEXT NOT NULL, corrected INTEGER NOT NULL, unscheduled INTEGER NOT NULL,
    PRIMARY KEY (volunteer, day, check_in, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TABLE duties (
    volunteer INTEGER NOT NULL, day INTEGER NOT NULL, shift TEXT NOT NULL, starts INTEGER NOT NULL,
    ends INTEGER NOT NULL, outcome TEXT NOT NULL, late INTEGER NOT NULL, early INTEGER NOT NULL,
    seconds INTEGER NOT NULL, category TEXT, excused_by BLOB,
    PRIMARY KEY (volunteer, day, shift)
) STRICT, WITHOUT ROWID;
CREATE TABLE earned (
    volunteer INTEGER NOT NULL, day INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
    category TEXT, seconds INTEGER NOT NULL, PRIMARY KEY (volunteer, day, kind, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE due (
    volunteer INTEGER NOT NULL, day INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (volunteer, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX due_at ON due (at);
CREATE TABLE digests (
    volunteer INTEGER NOT NULL, day INTEGER NOT NULL, digest INTEGER NOT NULL, PRIMARY KEY (volunteer, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE touched (day INTEGER PRIMARY KEY, position INTEGER NOT NULL) STRICT;
"""
"""`due`: when time alone will change an evaluated day. `touched`: up to where in the log a day was last evaluated.
`digests`: of the visits, duties and earned rows of a volunteer's day."""

ROSTER_INDEX = "CREATE INDEX IF NOT EXISTS roster_of_shift ON roster (shift)"
"""Made once a shift with its people is changed, at the latest when the bulk of the rows stands."""
FACT_INDEXES = f"""
CREATE INDEX refused_of_day ON refused (day);
CREATE INDEX shifts_of_day ON shifts (day);
CREATE INDEX taps_out ON taps (day) WHERE direction = 'out';
CREATE INDEX refused_known ON refused (day) WHERE holder IS NOT NULL;
CREATE INDEX refused_unknown ON refused (day) WHERE reason = 'unknown_card' AND card IS NOT NULL;
CREATE INDEX unsure_waiting ON unsure (kiosk, boot) WHERE put_right_by IS NULL;
{ROSTER_INDEX};
"""
DERIVED_INDEXES = """
CREATE INDEX visits_of_day ON visits (day);
CREATE INDEX duties_of_day ON duties (day);
CREATE INDEX visits_without_check_out ON visits (day) WHERE status = 'no_check_out';
CREATE INDEX visits_unscheduled ON visits (day) WHERE unscheduled = 1;
CREATE INDEX duties_absent ON duties (day, outcome) WHERE outcome = 'absent';
CREATE INDEX duties_on_leave ON duties (day, outcome) WHERE outcome = 'leave';
"""
"""Made once the bulk of the rows stands: a rebuild is a third faster so. Those with a condition find the few rows that
a person may have to look at, among all of all years."""
