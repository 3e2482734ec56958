"""Notices through a real mail server: each arrives, none twice, and none is held back by another."""

import msgspec
import pytest

from kiosk.notice_settings import MailServer as ServerSettings
from kiosk.notices.mail import SmtpSender
from kiosk.notices.queue import KEPT_SECONDS, LONGEST_RETRY, RETRY_SECONDS, NoticeQueue
from kiosk.notices.send import RunResult
from tests.kiosk.notices.conftest import ANN, BEN, CHEN, LIN, MORNING, Office
from tests.support.mail_server import MailServer, authenticate, read_text, serve_mail, serve_silence

EVERYBODY = sorted([LIN, CHEN, ANN, BEN])


def list_addresses(server: MailServer) -> list[str]:
    return sorted(mail["To"] for mail in server.mails)


def test_coordinators_get_a_digest_and_volunteers_a_reminder_of_tomorrow_once(office: Office) -> None:
    assert office.run() == RunResult(sent=4, waiting=0, unsent=0)
    assert list_addresses(office.server) == EVERYBODY
    assert office.run() == office.run("20 18:00") == RunResult(0, 0, 0)
    assert len({mail["Message-ID"] for mail in office.server.mails}) == len(EVERYBODY)


@pytest.mark.parametrize(("at", "sent"), [("20 06:59", 0), ("20 07:00", 4)])
def test_the_notices_of_a_day_are_made_from_the_time_in_the_settings_on(office: Office, at: str, sent: int) -> None:
    assert office.run(at).sent == sent


def test_the_next_day_has_a_digest_of_its_own(office: Office) -> None:
    office.run()
    assert office.run("21 08:00") == RunResult(sent=2, waiting=0, unsent=0)
    assert [mail["Subject"].count("2026-11-21") for mail in office.server.list_mails_to(LIN)] == [0, 1]


def test_without_reminders_only_coordinators_get_mail(office: Office) -> None:
    office.notices = msgspec.structs.replace(office.notices, reminders=False)
    assert office.run().sent == 2


@pytest.mark.parametrize(("since", "sent"), [("2026-11-21", 3), ("2026-11-22", 4)])
def test_a_volunteer_who_is_suspended_tomorrow_is_not_reminded(office: Office, since: str, sent: int) -> None:
    """And the digest says that nobody comes."""
    office.apply("suspend", "19 18:10", volunteer="V001", **{"from": since})
    assert office.run().sent == sent
    assert (ANN in list_addresses(office.server)) == (sent == len(EVERYBODY))
    (digest,) = office.server.list_mails_to(LIN)
    assert ("王〇明（V001）" in read_text(digest)) == (sent == len(EVERYBODY))


# --- What the server answers ---


def test_an_address_that_is_refused_for_good_holds_back_no_other(office: Office) -> None:
    office.server.answers[CHEN] = "550 no such user chen@example.org"
    assert office.run() == RunResult(sent=3, waiting=0, unsent=1)
    assert (office.find_queued(CHEN).state, office.find_queued(CHEN).reason) == ("refused", "550")
    office.server.answers.clear()
    assert office.run("20 18:00") == RunResult(0, 0, 0)


def test_a_refusal_for_the_moment_is_tried_again_after_a_wait_that_grows(office: Office) -> None:
    office.server.answers[ANN] = "451 greylisted, come back"
    assert office.run("20 08:00") == RunResult(sent=3, waiting=1, unsent=0)
    assert office.run("20 08:14") == RunResult(0, 1, 0)
    assert office.server.recipients.count(ANN) == 1
    office.run("20 08:15")
    office.run("20 08:44")
    assert office.server.recipients.count(ANN) == 2
    office.server.answers.clear()
    assert office.run("20 08:45") == RunResult(sent=1, waiting=0, unsent=0)
    assert len(office.server.list_mails_to(ANN)) == 1


def test_the_wait_doubles_up_to_six_hours(office: Office) -> None:
    office.server.answers[LIN] = "451 later"
    office.run()
    notice, waits = office.find_queued(LIN), list[int]()
    for _ in range(12):
        notice = notice.begin_attempt(0)
        waits.append(notice.next_at)
    assert waits[:3] == [RETRY_SECONDS * 2, RETRY_SECONDS * 4, RETRY_SECONDS * 8]
    assert waits[-1] == LONGEST_RETRY


@pytest.mark.parametrize(("answer", "state"), [("452 disk full", "waiting"), ("554 looks like spam", "refused")])
def test_a_message_may_be_refused_after_its_address_was_taken(office: Office, answer: str, state: str) -> None:
    office.server.data_answer = answer
    office.run()
    assert {office.find_queued(address).state for address in EVERYBODY} == {state}


def test_a_server_that_wants_a_login_after_all_costs_no_notice(office: Office) -> None:
    office.server.answers = dict.fromkeys(EVERYBODY, "530 authentication required")
    result = office.run()
    assert (result.sent, result.waiting, "530" in result.failure) == (0, 4, True)
    office.server.answers.clear()
    assert office.run().sent == 4


def test_the_digest_is_tried_for_the_days_of_the_settings_and_then_given_up(office: Office) -> None:
    office.server.answers[LIN] = "451 later"
    office.run("20 08:00")
    office.run("25 08:00")
    assert office.find_queued(LIN, 20).state == "waiting"
    office.run("25 15:00")
    assert office.find_queued(LIN, 20).state == "given_up"


def test_a_reminder_is_given_up_when_the_duty_begins(office: Office) -> None:
    office.server.answers[ANN] = "451 later"
    office.run("20 20:00")
    assert office.run("21 08:59").unsent == 0
    assert office.run("21 15:00").unsent == 1
    assert office.find_queued(ANN).state == "given_up"


# --- The server fails ---


def test_a_server_that_is_down_for_a_day_loses_nothing(office: Office, server: MailServer) -> None:
    port, server.port = server.port, 1
    down = office.run("20 08:00")
    assert (down.sent, down.waiting) == (0, 4)
    assert "127.0.0.1" in down.failure
    assert not any(address in down.failure for address in EVERYBODY)
    assert office.run("20 20:00").waiting == 4
    server.port = port
    assert office.run("20 20:15") == RunResult(sent=4, waiting=0, unsent=0)
    assert list_addresses(server) == EVERYBODY


def test_a_connection_that_is_lost_before_the_mail_is_taken_costs_that_mail_a_wait(office: Office) -> None:
    office.server.lost = 1
    assert office.run() == RunResult(sent=3, waiting=1, unsent=0)
    assert office.run("20 08:15") == RunResult(sent=1, waiting=0, unsent=0)
    assert list_addresses(office.server) == EVERYBODY


def test_a_server_that_cuts_every_connection_ends_the_run(office: Office) -> None:
    office.server.lost = 99
    result = office.run()
    assert (result.sent, result.waiting, bool(result.failure)) == (0, 4, True)
    assert len(office.server.recipients) == 3


def test_a_mail_whose_answer_is_lost_comes_twice_with_one_message_id(office: Office) -> None:
    """Nobody can know whether it was taken: twice is better than never."""
    office.server.lost, office.server.is_lost_after_taking = 1, True
    assert office.run().sent == 3
    assert office.run("20 08:15").sent == 1
    assert len(office.server.mails) == 5
    assert len({mail["Message-ID"] for mail in office.server.mails}) == 4


class KilledError(BaseException):
    """The program is killed."""


def test_a_program_that_is_killed_between_answer_and_mark_sends_that_one_mail_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = NoticeQueue.save

    def save_until_sent(queue: NoticeQueue, notice: object) -> object:
        if getattr(notice, "state", None) == "sent":
            raise KilledError
        return save(queue, notice)  # pyright: ignore[reportArgumentType]

    with monkeypatch.context() as patch:
        patch.setattr(NoticeQueue, "save", save_until_sent)
        with pytest.raises(KilledError):
            office.run()
    assert len(office.server.mails) == 1
    assert office.run("20 08:14").sent == 3
    assert office.run("20 08:15").sent == 1
    assert len(office.server.mails) == 5
    assert len({mail["Message-ID"] for mail in office.server.mails}) == 4


def test_a_server_that_does_not_answer_is_waited_for_no_longer_than_set(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.notices.mail.ANSWER_SECONDS", 0.05)
    with serve_silence() as port:
        office.server.port = port
        assert office.run().waiting == 4


def test_another_user_of_the_server_than_the_one_it_knows_is_told_so(office: Office) -> None:
    with serve_mail(MailServer(), authenticator=authenticate, auth_require_tls=False) as server:
        office.sender = SmtpSender(ServerSettings("127.0.0.1", server.port, "none", "kiosk"), lambda: "wrong")
        result = office.run()
    assert (result.sent, result.waiting) == (0, 4)
    assert "refuses user and password" in result.failure


# --- What is queued changes ---


def test_nobody_is_reminded_of_a_duty_that_was_cancelled_meanwhile(office: Office) -> None:
    office.server.answers = {ANN: "451 later", BEN: "451 later"}
    office.run()
    office.server.answers.clear()
    office.apply("cancel_shift", "20 09:00", shift="S3", reason="颱風", by="lin")
    assert office.run("20 10:00") == RunResult(0, 0, 0)
    assert office.find_queued(ANN).state == "dropped"


def test_an_address_that_was_taken_out_of_the_settings_gets_nothing_more(office: Office) -> None:
    office.server.answers[LIN] = "451 later"
    office.run()
    office.server.answers.clear()
    office.notices = msgspec.structs.replace(office.notices, digest_to=(CHEN,))
    office.run("20 10:00")
    assert office.find_queued(LIN).state == "dropped"


def test_what_ended_long_ago_is_forgotten(office: Office) -> None:
    office.run()
    queue = NoticeQueue(office.home.path)
    notices = queue.load()
    queue.sweep(notices, notices[0].changed_at + KEPT_SECONDS)
    assert len(queue.load()) == 4
    queue.sweep(notices, notices[0].changed_at + KEPT_SECONDS + 1)
    assert queue.load() == []


def test_no_name_and_no_address_of_a_volunteer_lies_in_the_queue(office: Office) -> None:
    office.server.answers = {ANN: "451 try ann@example.org later"}
    office.run(MORNING)
    stored = b"".join(file.read_bytes() for file in (office.home.path / "notices").iterdir()).decode()
    assert not any(text in stored for text in (ANN, BEN, "王小明", "Benjamin", "V001"))
    assert {file.stat().st_mode & 0o777 for file in (office.home.path / "notices").iterdir()} == {0o600}
