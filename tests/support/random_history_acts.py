"""The acts of a random history that fall on any day: of the roster, about people and cards, and corrections."""

from collections.abc import Callable
from datetime import datetime, timedelta

from tests.support.random_history_lines import (
    NUMBERS,
    REASON,
    STRANGERS_CARD,
    BatchLine,
    HistoryLines,
    PlannedShift,
    format_day,
    format_instant,
)

PERSON = {"name": ("王小明", "陳大文", ""), "telephone": ("04-2627-1234", ""), "birth_date": ("39-02-03", "")}
"""Fields of a person, and what they may become."""

VISIT_COMMANDS = ("close_visit", "add_visit", "void_visit", "annotate_misuse")
RETRACTABLE = frozenset(
    {*VISIT_COMMANDS, "excuse_absence", "assign", "decide_exit", "acknowledge", "complete_training"}
)
"""Commands whose event may be taken back."""


class HistoryActs(HistoryLines):
    """Each act picks what it is about, and when it was asked for; many are refused."""

    # --- Acts ---

    def _list_acts(self) -> list[Callable[[datetime], None]]:
        visits = [self._close_visit, self._add_visit, self._void_visit, self._annotate_misuse]
        corrections = [*visits, self._retract, self._acknowledge]
        roster = [self._request_leave, self._swap, self._change_roster, self._excuse_absence, self._schedule_more]
        people = [self._change_standing, self._change_card, self._change_person, self._assess]
        people += [self._close_month, self._write_ledgers]
        return [*corrections, *corrections, *roster, *roster, *people]

    def _request_leave(self, at: datetime) -> None:
        if planned := self._pick_shift():
            leave = {"volunteer": self.chance.choice(planned.people), "shift": planned.name}
            asked = min(at, planned.start - timedelta(minutes=self.chance.choice((0, 1, 600))))
            reason = {"reason": "a wedding"} if self._is_so(0.5) else {}
            self._write("request_leave", asked, **leave, **reason)
            if self._is_so(0.3):
                self._write("withdraw_leave", max(asked, at), **leave)

    def _swap(self, at: datetime) -> None:
        if (planned := self._pick_shift()) and (other := self._pick_shift()):
            giver, taker = self.chance.choice(planned.people), self.chance.choice((*other.people, *NUMBERS))
            said: BatchLine = {"return_shift": other.name} if self._is_so(0.5) else {}
            if self._is_so(0.2):
                said |= {"retroactive": True, **REASON}
            asked = at if said.get("retroactive") else min(at, planned.start - timedelta(minutes=30))
            self._write("swap", asked, shift=planned.name, from_=giver, to=taker, **said)

    def _change_roster(self, at: datetime) -> None:
        if planned := self._pick_shift():
            before = planned.start - timedelta(minutes=20)
            self._change_shift(min(at, before) if self._is_so(0.6) else at, planned)

    def _change_shift(self, at: datetime, planned: PlannedShift) -> None:
        moved = [
            moment + timedelta(minutes=self.chance.choice((-60, 30, 1440))) for moment in (planned.start, planned.end)
        ]
        change = {
            "assign": {"volunteer": self.chance.choice(NUMBERS)},
            "unassign": {"volunteer": self.chance.choice(planned.people)},
            "change_shift": {"start": format_instant(moved[0]), "end": format_instant(moved[1])},
            "cancel_shift": {"reason": "a typhoon"},
        }
        do = self.chance.choice([*change])
        self._write(do, at, shift=planned.name, **change[do])

    def _schedule_more(self, at: datetime) -> None:
        if self._is_so(0.5):
            start = at + timedelta(minutes=self.chance.randrange(-2000, 2000))
            self._schedule_shift(at, start.replace(second=0), self.chance.sample(NUMBERS, 1))
        elif self._is_so(0.5):
            self._schedule_event(at, at + timedelta(days=self.chance.randrange(-2, 2)))
            self._schedule_desk(at)
        else:
            self._schedule_session(at)

    def _schedule_desk(self, at: datetime) -> None:
        """A visiting desk, most of the time with a shift inside its session; some sessions are called off (R-027)."""
        start = (at + timedelta(minutes=self.chance.randrange(-500, 1500))).replace(second=0, microsecond=0)
        ends = [format_instant(start + timedelta(hours=hours)) for hours in (3, self.chance.choice((2, 4)))]
        desk = {"post": "新住民服務台", "start": format_instant(start)}
        self._write("schedule_desk_session", at, end=ends[0], **desk)
        who = self.chance.sample(NUMBERS, 1)
        self._write("schedule_shift", at, shift=f"D{len(self.lines)}", volunteers=who, end=ends[1], **desk)
        if self._is_so(0.5):
            self._write("cancel_desk_session", at, reason="nobody comes", **desk)

    def _schedule_session(self, at: datetime) -> None:
        """A meeting or a training before or after it is written down; some are called off."""
        name, start = f"M{len(self.lines)}", at + timedelta(minutes=self.chance.randrange(-1500, 1500))
        span = {"start": format_instant(start), "end": format_instant(start + timedelta(hours=2))}
        listed = self.chance.choice((None, self.chance.sample(NUMBERS, 2)))
        kind = self.chance.choice(({"kind": "meeting"}, {"kind": "training", "training": "growth", "hours": 9}))
        self._write("schedule_session", at, session=name, title="志工會議", volunteers=listed, **kind, **span)
        who, later = self.chance.choice(listed or NUMBERS), at + timedelta(hours=1)
        self._write("add_session_attendance", later, session=name, volunteer=who, **REASON)
        if self._is_so(0.5):
            self._write("complete_session_training", later, session=name)
        else:
            self._write("cancel_session", later, session=name, reason="a typhoon")

    def _change_standing(self, at: datetime) -> None:
        who, on = self.chance.choice(NUMBERS), format_day(at + timedelta(days=self.chance.randrange(-1, 4)))
        later = format_day(at + timedelta(days=self.chance.randrange(1, 6)))
        if self._is_so(0.5):
            self._write("suspend", at, volunteer=who, from_=on)
            self._write("resume", at + timedelta(hours=20), volunteer=who, on=later)
        elif self._is_so(0.5):
            self._write("end_agreement", at, volunteer=who, on=on, reason="moves away")
            self._write("renew_agreement", at + timedelta(hours=10), volunteer=who, agreement_from=later)
        else:
            self._adopt_policy(at, at + timedelta(days=self.chance.randrange(-2, 3)))

    def _change_card(self, at: datetime) -> None:
        who = self.chance.choice(NUMBERS)
        if self._is_so(0.5):
            self._write("revoke_card", at, card=self.cards[who], reason="lost")
            self._write("issue_card", at + timedelta(hours=9), volunteer=who, card=self.cards[who])
        elif self._is_so(0.5):
            self._write("tap", at, card=STRANGERS_CARD)
        else:
            self._complete_training(at, who, self.chance.choice(("basic", "special", "growth")))

    def _change_person(self, at: datetime) -> None:
        said = {name: self.chance.choice(texts) for name, texts in PERSON.items()}
        self._write("change_person", at, volunteer=self.chance.choice(NUMBERS), **said, **REASON)
        self._write_papers(at)

    def _write_papers(self, at: datetime) -> None:
        who, number = self.chance.choice(NUMBERS), self.chance.choice(("110-1", "110-2", "110-3"))
        self._write("register_record_book", at, volunteer=who, number=number)
        self._write("issue_badge", at, volunteer=who)
        self._write("enrol_insurance", at, volunteers=[who], policy="P", **{"from": format_day(at)})
        if self._is_so(0.5):
            self._write("end_insurance", at, volunteer=who, on=format_day(at), reason="moves")
            self._write("reissue_record_book", at, volunteer=who, number=number + "0", why="lost")
            self._write("take_back_badge", at, volunteer=who, reason="moves")
            self._write("apply_for_record_book", at, volunteer=self.chance.choice(NUMBERS))
            self._write("draw_spot_check", at, size=2, seed=self.chance.randrange(100), by=REASON["by"])
            self._write("record_spot_check", at, number=self.chance.choice((1, 2)), matching=1, **REASON)
            self._write(self.chance.choice(("revoke_kiosk", "settle_kiosk_alarm")), at, kiosk="north", **REASON)
            self._write("state_book_custody", at, volunteer=who, with_volunteer=self._is_so(0.8), by=REASON["by"])

    def _assess(self, at: datetime) -> None:
        who = self.chance.choice(NUMBERS)
        if self._is_so(0.5):
            self._write(
                "record_assessment",
                at,
                volunteer=who,
                period_end=format_day(at),
                score=self.chance.choice((40, 59.5, 60)),
            )
        elif self._is_so(0.8):
            self._write_case(at, who)
        else:
            self._write("correct_clock", at, kiosk="entrance", boot="simulation", seconds=60, **REASON)

    def _write_case(self, at: datetime, who: str) -> None:
        if self._is_so(0.6):
            rule = self.chance.choice(("R-050", "R-051", "R-052", "R-054"))
            decision = self.chance.choice(("keep", "terminate"))
            self._write("decide_exit", at, volunteer=who, rule=rule, decision=decision, **REASON)
        else:
            self._write("report_misconduct", at, volunteer=who, on=format_day(at), **REASON)
            self._write("counsel", at + timedelta(hours=1), volunteer=who, rule="R-054", **REASON)
            self._write("record_drill", at, accounted=[who], **REASON)

    def _close_month(self, at: datetime) -> None:
        """Of the month before, and now and then of one that is not over, or not next."""
        month = format_day(at.replace(day=1) - timedelta(days=self.chance.choice((-20, 1, 1, 1, 40))))
        reason = REASON if self._is_so(0.5) else {"by": REASON["by"]}
        self._write("close_month", at, month=month[:7], **reason)
        self._write("enter_record_books", at + timedelta(minutes=1), month=month[:7], by=REASON["by"])

    def _write_ledgers(self, at: datetime) -> None:
        """Of the unit, about any shift: what was done, who was served, a tour, an election."""
        if not (planned := self._pick_shift()):
            return
        who, by, day = self.chance.choice(NUMBERS), {"by": REASON["by"]}, {"from_": format_day(at)}
        self._write("describe_duty", at, shift=planned.name, item=self.chance.choice(("0130", "服務台")), **by)
        self._write(
            "describe_post", at, post="服務台", item=self.chance.choice(("0130", None)), content=None, **day, **by
        )
        self._write("record_served_count", at, shift=planned.name, count=self.chance.choice((0, 150, None)), **by)
        self._write("record_served_count", at, on=format_day(at), count=self.chance.randrange(200), **by)
        start, end = at + timedelta(hours=self.chance.randrange(-30, 30)), at + timedelta(hours=31)
        tour = {"start": format_instant(start), "end": format_instant(end), "guide": who, "group_size": 35}
        self._write("book_tour", at, booking=f"tour {at:%m%d %H%M}", **tour, **by)
        self._write("elect_leader", at, volunteer=who, role="leader", **day, **by)
        if self._is_so(0.5):
            last = format_day(at + timedelta(days=self.chance.randrange(-1, 400)))
            self._write("end_leader_term", at, role="leader", on=last, **day, **REASON)
        if self._is_so(0.5):
            self._write("withdraw_election", at, role="leader", **day, **REASON)
        self._write_plan(at, {**by, "authority": "民政局"})

    def _write_plan(self, at: datetime, office: BatchLine) -> None:
        first, last = format_day(at), format_day(at + timedelta(days=self.chance.randrange(-1, 400)))
        self._write("file_plan", at, plan="P1", valid_from=first, valid_to=last, **office)
        period = {"from_": format_day(at - timedelta(days=30)), "to": format_day(at - timedelta(days=1))}
        self._write("report_results", at, on=first, **period, **office)
        if self._is_so(0.5):
            self._write("terminate_plan", at, plan="P1", on=last, **REASON)

    def _record_awards(self, at: datetime) -> None:
        """Each entry about awards once; nothing of it changes a minute."""
        who, award, by = self.chance.choice(NUMBERS), {"award": "labour-team"}, {"by": REASON["by"]}
        year, paper = {"from_": "2019-01-01", "to": self.chance.choice(("2018-12-31", "2019-12-31"))}, {"document": "x"}
        card = {"approved_on": "2019-11-20", "expires_on": "2022-11-20", "counted_through": "2019-11-20"}
        issued = {"applied_on": "2020-01-02", "issued_on": "2020-01-09", "minutes": 9_000}
        self._write("grant_award", at, volunteer=who, on="2020-01-01", **award, **by)
        self._write("grant_team_award", at, on="2020-01-01", **award, **by)
        self._write("grant_honor_card", at, volunteer=who, **card, **by)
        self._write("issue_performance_certificate", at, volunteer=who, **issued, **year, **by)
        self._write("attest_hours", at, volunteer=who, hours=60, **year, **paper, **by)
        self._write("attest_seniority", at, volunteer=who, **year, **paper, **by)
        condition = {"award": "golden-diamond", "condition": "innovation"}
        self._write("attest_condition", at, volunteer=who, **condition, **paper, **by)
        self._write("attest_family", at, family="F1", members=[who, self.chance.choice(NUMBERS)], **paper, **by)
        self._write("attest_team", at, established_on="2015-01-01", **paper, **by)

    # --- Corrections ---

    def _excuse_absence(self, at: datetime) -> None:
        if planned := self._pick_shift():
            who = self.chance.choice(planned.people)
            self._write("excuse_absence", at, volunteer=who, shift=planned.name, **REASON)

    def _pick_visit(self, at: datetime) -> tuple[str, datetime] | None:
        """A volunteer and an instant at which a visit of theirs may begin."""
        known = [(number, tap) for number, taps in self.taps.items() for tap in taps if tap < at]
        return self.chance.choice(known[-12:] or [None])

    def _close_visit(self, at: datetime) -> None:
        if visit := self._pick_visit(at):
            end = min(at, visit[1] + timedelta(minutes=self.chance.choice((1, 60, 185, 600, 1440))))
            self._correct("close_visit", at, visit, check_out=format_instant(end))

    def _add_visit(self, at: datetime) -> None:
        begin = at - timedelta(minutes=self.chance.choice((60, 200, 700, 1500, 3000)))
        end = min(at, begin + timedelta(minutes=self.chance.choice((1, 60, 185, 600, 1440))))
        if at.second % 3:
            self._correct("add_visit", at, (self.chance.choice(NUMBERS), begin), check_out=format_instant(end))
        else:
            self._correct("add_visit", at, (self.chance.choice(NUMBERS), at))
        if self._is_so(0.2):
            self.taps[NUMBERS[0]].append(begin)

    def _void_visit(self, at: datetime) -> None:
        if visit := self._pick_visit(at):
            self._correct("void_visit", at, visit)

    def _annotate_misuse(self, at: datetime) -> None:
        if visit := self._pick_visit(at):
            self._correct("annotate_misuse", at, visit, kind=self.chance.choice(("lent", "impersonated", "improper")))

    def _retract(self, at: datetime) -> None:
        corrections = [said for made, said in self.lines if said["do"] in RETRACTABLE and made < at]
        if corrections:
            self._write("retract", at, event=self.chance.choice(corrections[-6:]), **REASON)

    def _acknowledge(self, at: datetime) -> None:
        """What is pending then is not known yet: `row` picks it."""
        self._write("acknowledge", at, row=self.chance.randrange(100), **REASON)

    def _correct(self, do: str, at: datetime, visit: tuple[str, datetime], **said: str) -> None:
        self._write(do, at, volunteer=visit[0], check_in=format_instant(visit[1]), **said, **REASON)
