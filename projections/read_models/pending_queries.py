"""The queries of the list of pending work, in `pending_work`: what needs a person, kind by kind.

The columns of a kind that one query finds: day, volunteer, since, events, shift, check-in, check-out, kiosk, taps,
reason, as far as it has them.
"""

from domain.ids import DESK
from projections.read_models.tap_errors import RETRY_SECONDS

_EVENTS_OF_VISIT = """
SELECT json_group_array(position) FROM (
    SELECT position FROM taps t WHERE t.volunteer = v.volunteer AND t.day BETWEEN v.day AND v.day + 1
    AND t.at BETWEEN v.check_in AND coalesce(v.check_out, v.check_in)
    UNION SELECT position FROM corrections c
    WHERE c.volunteer = v.volunteer AND c.day = v.day AND c.check_in = v.check_in
)
"""
VISITS = f"""
SELECT day, p.volunteer, check_in, ({_EVENTS_OF_VISIT}), NULL, check_in, check_out, kiosk
FROM (SELECT * FROM visits {{condition}} AND {{where}}) v JOIN people p ON p.key = v.volunteer
ORDER BY day, check_in, v.volunteer, ordinal
"""
AWAITS_ITS_END = "WHERE status = 'no_check_out' AND json_extract(uncredited, '$[#-1][2]') = 'no_check_out'"
"""Of a visit to a meeting or a training alone no minute waits for a departure."""
CONTRADICTED = f"""
SELECT c.day, p.volunteer, asserted.check_in, json_array(c.position), NULL, asserted.check_in, asserted.check_out
FROM (SELECT * FROM corrections WHERE kind = 'closed' AND {{where}}) c
CROSS JOIN visits asserted
ON asserted.volunteer = c.volunteer AND asserted.day = c.day AND asserted.check_in = c.check_in
JOIN people p ON p.key = c.volunteer
WHERE asserted.kiosk = '{DESK}' AND asserted.status != 'void' AND EXISTS (
    SELECT 1 FROM visits tapped WHERE tapped.volunteer = c.volunteer AND tapped.day BETWEEN c.day - 1 AND c.day + 1
    AND tapped.kiosk != '{DESK}' AND tapped.status != 'void' AND tapped.check_in <= asserted.check_out
    AND coalesce(tapped.check_out, asserted.check_out) >= asserted.check_in
) ORDER BY c.day, p.volunteer, asserted.check_in, c.position
"""
"""Closed visits that a tap has contradicted which arrived later: the correction stands, as a visit of its own, beside
that which the taps make now, until a coordinator voids one of the two. A visit that the taps still make has their
kiosk; one that stands by the correction alone has the desk's."""
_NOT_DECIDED = """
WHERE NOT EXISTS (
    SELECT 1 FROM cases c WHERE c.volunteer = d.volunteer AND c.rule = '{rule}' AND c.status = 'decided' AND EXISTS (
        SELECT 1 FROM json_each(coalesce(c.shifts, c.evidence)) one
        WHERE one.value = iif(c.shifts IS NULL, date('0001-01-01', (d.day - 1) || ' days'), d.shift)
    )
)"""
"""A person who decided a case has looked at the duties that are its evidence."""
ABSENT = f"""
SELECT d.day, p.volunteer, d.ends, json_array(r.position), d.shift
FROM (SELECT * FROM duties WHERE outcome = 'absent' AND {{where}}) d JOIN people p ON p.key = d.volunteer
JOIN roster r ON r.volunteer = d.volunteer AND r.day = d.day AND r.shift = d.shift
{_NOT_DECIDED.format(rule="R-050")} ORDER BY d.day, d.ends, d.shift, d.volunteer
"""
LATE_LEAVE = f"""
SELECT d.day, p.volunteer, d.recorded, json_array(d.position), d.shift FROM (
    SELECT * FROM (
        SELECT l.volunteer, l.shift, l.recorded, l.position, r.day FROM late_leaves l
        CROSS JOIN roster r ON r.shift = l.shift AND r.volunteer = l.volunteer AND r.state = 'on_leave'
    ) WHERE {{where}}
) d CROSS JOIN duties u ON u.volunteer = d.volunteer AND u.day = d.day AND u.shift = d.shift AND u.outcome = 'leave'
JOIN people p ON p.key = d.volunteer
{_NOT_DECIDED.format(rule="R-051")} ORDER BY d.day, d.recorded, d.position
"""
REFUSED = f"""
SELECT day, p.volunteer, min(at), json_group_array(position), NULL, NULL, NULL, kiosk, count(*), reason FROM (
    SELECT * FROM (SELECT position, day, at, kiosk, reason, holder AS volunteer FROM refused WHERE holder IS NOT NULL)
    WHERE {{where}}
) r JOIN people p ON p.key = r.volunteer
WHERE NOT EXISTS (
    SELECT 1 FROM visits v WHERE v.volunteer = r.volunteer AND v.day BETWEEN r.day - 1 AND r.day + 1
    AND v.status != 'void' AND v.check_in <= r.at + {RETRY_SECONDS}
    AND (v.check_out >= r.at OR (v.check_out IS NULL AND v.day = r.day))
) AND NOT EXISTS (
    SELECT 1 FROM acknowledged a WHERE a.kind = 'refused' AND a.volunteer = r.volunteer AND a.event = r.position
) GROUP BY day, r.volunteer, reason, kiosk ORDER BY day, min(at), r.volunteer, reason, kiosk
"""
"""Settled by a visit in which the volunteer was there, or which they began with another card."""
UNKNOWN_CARD = """
SELECT day, NULL, min(at), json_group_array(position), NULL, NULL, NULL, kiosk, count(*), reason
FROM (SELECT * FROM refused WHERE reason = 'unknown_card' AND card IS NOT NULL AND {where}) r
WHERE NOT EXISTS (SELECT 1 FROM cards c WHERE c.card = r.card) AND NOT EXISTS (
    SELECT 1 FROM acknowledged a WHERE a.kind = 'unknown_card' AND a.volunteer = 0 AND a.event = r.position
) GROUP BY day, kiosk ORDER BY day, kiosk
"""
ACKNOWLEDGED = """
SELECT kind, p.volunteer, event FROM acknowledged a LEFT JOIN people p ON p.key = a.volunteer
"""
ACKNOWLEDGED_IN = """
SELECT max(position) FROM (
    SELECT position FROM acknowledged WHERE kind = :kind AND volunteer = :volunteer
    AND event IN (SELECT value FROM json_each(:events))
    GROUP BY position HAVING count(*) = json_array_length(:events)
)
"""
UNMATCHED = """
SELECT t.day, p.volunteer, t.at, t.kiosk, t.position, (
    SELECT max(check_out) FROM visits v WHERE v.volunteer = t.volunteer AND v.day BETWEEN t.day - 2 AND t.day
    AND v.check_out <= t.at
) FROM (SELECT * FROM taps WHERE direction = 'out' AND {where}) t JOIN people p ON p.key = t.volunteer
WHERE NOT EXISTS (
    SELECT 1 FROM visits v WHERE v.volunteer = t.volunteer AND v.day BETWEEN t.day - 2 AND t.day
    AND v.check_in <= t.at AND t.at < v.check_out
) ORDER BY t.day, t.at, t.position
"""
"""Of each the last departure before it; a visit is not longer than a day."""
