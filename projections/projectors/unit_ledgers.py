"""What the unit writes down beside attendance: what was done, who was served, tours, plans, leaders, visiting desks.

Rule: no minute and no outcome follows from these facts, so no day becomes stale.
"""

from domain.ids import compose
from domain.model.desk_sessions import DeskSessions
from domain.model.duty_description import DutyDescription, PostDescription
from domain.model.leader_terms import LeaderTerms
from domain.model.served_counts import ServedCounts
from domain.model.service_plans import ServicePlans
from domain.model.tour_booking import TourBooking
from domain.spans import second
from projections.projectors.fact_writer import FactWriter, Handlers, parse_day


def write_description(writer: FactWriter, kind: str, name: str, item: str | None, content: str | None) -> None:
    """What is done in a shift or event; None leaves what was said before (R-022)."""
    if item is not None or content is not None:
        writer.db.execute(_DESCRIBE, (kind, name, item, content))


_DESCRIBE = """
INSERT INTO duty_descriptions VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET
    item = coalesce(excluded.item, item), content = coalesce(excluded.content, content)
"""


def handle_duty_described(writer: FactWriter, event: DutyDescription.Changed) -> None:
    """Another item or content."""
    write_description(writer, event.kind, event.name, event.item, event.content)


def handle_post_described(writer: FactWriter, event: PostDescription.Changed) -> None:
    """Another default from a day on, whole."""
    row = (compose(event.post), parse_day(event.since), event.item, event.content)
    writer.db.execute("INSERT OR REPLACE INTO post_descriptions VALUES (?,?,?,?)", row)


def handle_served_counted(writer: FactWriter, event: ServedCounts.Recorded) -> None:
    """A count takes the place of an earlier one of the same thing; None takes that back."""
    key = (event.kind, event.name, event.service_type or "", event.desk or "")
    if event.count is None:
        writer.db.execute("DELETE FROM served WHERE (kind, name, service_type, desk) = (?,?,?,?)", key)
    else:
        day = parse_day(event.name) if event.kind == "day" else None
        row = (*key, event.count, event.source, writer.position, day)
        writer.db.execute("INSERT OR REPLACE INTO served VALUES (?,?,?,?,?,?,?,?)", row)


def handle_tour_booked(writer: FactWriter, event: TourBooking.Created) -> None:
    """A tour, whose shift has its id."""
    row = (event.booking, event.language, event.group_size, writer.position)
    writer.db.execute("INSERT INTO tours VALUES (?,?,?,?)", row)


def handle_plan_filed(writer: FactWriter, event: ServicePlans.Filed) -> None:
    """A plan, which takes the place of an earlier filing of the same id."""
    valid = parse_day(event.valid_from), parse_day(event.valid_to)
    row = (event.plan, event.authority, *valid, None, writer.position)
    writer.db.execute("INSERT OR REPLACE INTO plans VALUES (?,?,?,?,?,?)", row)


def handle_results_reported(writer: FactWriter, event: ServicePlans.ResultsReported) -> None:
    """The results of a period."""
    days = (parse_day(day) for day in (event.since, event.until, event.on))
    writer.db.execute("INSERT INTO result_reports VALUES (?,?,?,?,?)", (writer.position, *days, event.authority))


def handle_plan_terminated(writer: FactWriter, event: ServicePlans.Terminated) -> None:
    """A plan does not hold any more."""
    writer.db.execute("UPDATE plans SET terminated=? WHERE plan=?", (parse_day(event.on), event.plan))


def handle_leader_elected(writer: FactWriter, event: LeaderTerms.Elected) -> None:
    """A term begins."""
    elected = (event.role, parse_day(event.since), writer.get_or_create_key(event.volunteer_id))
    writer.db.execute(
        "INSERT OR REPLACE INTO elections VALUES (?,?,?,?,NULL,?)", (*elected, event.by_election, writer.position)
    )


def handle_election_withdrawn(writer: FactWriter, event: LeaderTerms.Withdrawn) -> None:
    """A term that never began."""
    writer.db.execute("DELETE FROM elections WHERE role=? AND since=?", (event.role, parse_day(event.since)))


def handle_term_ended(writer: FactWriter, event: LeaderTerms.TermEnded) -> None:
    """A term has another last day."""
    where = (parse_day(event.on), event.role, parse_day(event.since))
    writer.db.execute("UPDATE elections SET ended=? WHERE role=? AND since=?", where)


def handle_desk_session_scheduled(writer: FactWriter, event: DeskSessions.Scheduled) -> None:
    """A visiting desk will be at a post; also where a session that was called off began then."""
    row = (compose(event.post), second(event.start), second(event.end), writer.position)
    writer.db.execute("INSERT OR REPLACE INTO desk_sessions VALUES (?,?,?,0,?)", row)


def handle_desk_session_cancelled(writer: FactWriter, event: DeskSessions.Cancelled) -> None:
    """It will not be there. The row stays: the post has a calendar."""
    where = (compose(event.post), second(event.start))
    writer.db.execute("UPDATE desk_sessions SET cancelled=1 WHERE post=? AND starts=?", where)


HANDLERS: Handlers = {
    DutyDescription.Changed: handle_duty_described,
    PostDescription.Changed: handle_post_described,
    ServedCounts.Recorded: handle_served_counted,
    TourBooking.Created: handle_tour_booked,
    ServicePlans.Filed: handle_plan_filed,
    ServicePlans.ResultsReported: handle_results_reported,
    ServicePlans.Terminated: handle_plan_terminated,
    LeaderTerms.Elected: handle_leader_elected,
    LeaderTerms.Withdrawn: handle_election_withdrawn,
    LeaderTerms.TermEnded: handle_term_ended,
    DeskSessions.Scheduled: handle_desk_session_scheduled,
    DeskSessions.Cancelled: handle_desk_session_cancelled,
}
