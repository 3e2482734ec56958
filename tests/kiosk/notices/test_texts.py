"""What the notices say, and that nothing from outside steers a mail or the screen on which it is read."""

import json
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import msgspec
import pytest

from domain.spans import instant
from kiosk.backups.heads.signed_heads import sign_head
from kiosk.notice_settings import is_address
from kiosk.notices.mail import build_message
from kiosk.notices.texts import WrittenNotice, write_digest
from tests.kiosk.notices.conftest import ANN, BEN, CHEN, LIN, Office, enrol, schedule
from tests.support.kiosk_program import run_kiosk
from tests.support.mail_server import read_text

DIGEST = """\
清水戶政事務所　2026-11-20（五）

今天的班　2026-11-20（五）
  09:00–12:00　服務台　陳〇君（V003）
  13:00–17:00　★ 無人排班

明天的班　2026-11-21（六）
  09:00–12:00　引導　王〇明（V001）、B. L.（V002）、陳〇君（V003）

昨天的服務時數　2026-11-19（四）
  1 位志工，共 3 小時 0 分

待處理事項：1 項
  2026-11-19（四）　查無此卡

系統狀態
  ★ 備份：沒有備份

--\x20
本信由志工簽到系統自動寄出，請勿直接回覆。
"""
REMINDER = """\
王小明 您好：

提醒您在清水戶政事務所有排班：

  2026-11-21（六）　09:00–12:00　引導

如果臨時有事不能來，請儘早通知我們，謝謝。

感謝您的服務！

--\x20
本信由志工簽到系統自動寄出，請勿直接回覆。
"""
ENGLISH_REMINDER = """\
Dear Benjamin Lee,

this is to remind you of your duty at 清水戶政事務所:

  Saturday 2026-11-21  09:00-12:00  引導

If you cannot come, please tell us as early as you can.

Thank you!

--\x20
Sent by the check-in system; please do not reply.
"""


def find_text(office: Office, address: str) -> tuple[str, str]:
    (mail,) = office.server.list_mails_to(address)
    return mail["Subject"], read_text(mail)


def test_the_digest_says_what_the_day_brings_and_what_needs_a_person(office: Office) -> None:
    office.run()
    assert find_text(office, LIN) == ("【清水戶政事務所】2026-11-20（五） 志工值勤日報", DIGEST)


def test_the_digest_is_english_where_the_settings_say_so(office: Office) -> None:
    notices = msgspec.structs.replace(office.notices, language="en")
    office.home.settings = msgspec.structs.replace(office.home.settings, notices=notices)
    office.run()
    subject, text = find_text(office, LIN)
    assert subject == "[清水戶政事務所] Friday 2026-11-20: duties and what needs you"
    assert "  13:00-17:00  ** nobody **\n" in text
    assert "volunteers: 1, together 3 h 0 min" in text


def test_a_volunteer_is_reminded_by_name_in_their_own_language(office: Office) -> None:
    office.run()
    assert find_text(office, ANN) == ("值勤提醒：2026-11-21（六）", REMINDER)
    assert find_text(office, BEN) == ("Your duty on Saturday 2026-11-21", ENGLISH_REMINDER)


def test_a_digest_without_findings_says_that_all_is_well(office: Office) -> None:
    office.home.views.catch_up(office.home.now_second())
    text = write_digest(office.home, date(2026, 11, 22), LIN, []).text
    assert text.count("沒有排班") == 2
    assert "系統狀態\n  一切正常\n" in text


# --- What comes from outside ---

NASTY = ("<b>王</b>\u202e小明\nBcc: all@example.org", "王" * 5_000, "\x1b[31m王", "𠮷野家")
"""Markup, a mark that turns the direction of writing, a line of a header, an escape sequence, a name without end."""


@pytest.mark.parametrize("name", NASTY, ids=["markup", "long", "escape", "beyond"])
def test_no_name_steers_a_mail(office: Office, name: str) -> None:
    """Such a name was written into the people store by a hand: the commands refuse it."""
    office.home.people._connection.execute("UPDATE volunteers SET name = ? WHERE number = 'V001'", (name,))
    assert office.run().sent == 4
    for address in (LIN, ANN):
        (mail,) = office.server.list_mails_to(address)
        text = read_text(mail)
        assert mail["Bcc"] is None
        assert (mail["To"], mail.get_content_type()) == (address, "text/plain")
        assert not any(char in text for char in "\u202e\x1b\r")
        assert max(map(len, text.splitlines())) < 200
        assert "\nBcc" not in text


def test_markup_stays_the_text_that_it_is(office: Office) -> None:
    office.home.people._connection.execute("UPDATE volunteers SET name = '<b>Ann</b>' WHERE number = 'V001'")
    office.run()
    assert "<b>Ann</b> 您好：" in find_text(office, ANN)[1]


@pytest.mark.parametrize(
    "email", ["ann", "ann@example.org, ben@example.org", "安@example.org", "ann@exa mple.org", "<ann@example.org>"]
)
def test_an_address_that_no_server_takes_is_sent_nothing_and_holds_back_no_other(office: Office, email: str) -> None:
    office.home.people._connection.execute("UPDATE contacts SET email = ? WHERE email = ?", (email, ANN))
    result = office.run()
    assert (result.sent, result.unsent) == (3, 1)
    assert office.find_queued(email).reason == "address"


@pytest.mark.parametrize(
    ("text", "usable"),
    [
        ("lin@example.org", True),
        ("lin.wei+kiosk@mail.example.org", True),
        ("lin@localhost", True),
        ("a" * 242 + "@example.org", True),
        ("a" * 243 + "@example.org", False),
        ("lin@example.org\nBcc: all@example.org", False),
        ("lin@example.org\n", False),
        ("lin@@example.org", False),
        (".lin@example.org", False),
        ("lin@-example.org", False),
        ('"lin"@example.org', False),
        ("", False),
    ],
)
def test_an_address_is_one_address(text: str, usable: bool) -> None:
    assert is_address(text) is usable


def test_a_long_section_is_cut_and_says_how_much_is_left_out(office: Office, tmp_path: Path) -> None:
    lines = [enrol(f"V{number}", "林美玲", None) for number in range(100, 114)]
    crowd = [f"V{number}" for number in range(100, 114)]
    office.apply_lines(*lines, *(schedule(f"T{number}", "22 09:00", "22 12:00", *crowd) for number in range(51)))
    office.home.views.catch_up(office.home.now_second())
    text = write_digest(office.home, date(2026, 11, 22), LIN, []).text
    assert text.count("09:00–12:00") == 50
    assert "  ……還有 1 項\n" in text
    assert text.count("……還有 2 項") == 50


def test_a_message_is_ascii_and_its_id_says_nothing_of_it(office: Office) -> None:
    now = instant(0)
    message = build_message(WrittenNotice(LIN, "主旨" * 200, "文字" * 4000), "0f", "kiosk@example.org", now)
    sent = message.as_bytes()
    assert sent.isascii()
    assert max(map(len, sent.split(b"\r\n"))) <= 998
    read = message_from_bytes(sent, policy=default)
    assert (read["Subject"], read["Message-ID"]) == ("主旨" * 200, "<0f@example.org>")


def test_nothing_of_a_person_is_in_the_log_or_its_messages(office: Office) -> None:
    office.server.answers = {ANN: "550 ann@example.org unknown", BEN: "451 ben@example.org busy"}
    office.run()
    for file in office.home.path.iterdir():
        if file.is_file() and not file.name.startswith("people."):
            assert ANN.encode() not in file.read_bytes(), file


# --- The head of the log ---


def test_a_keeper_of_heads_gets_the_last_signed_one_as_a_file_that_verify_takes(office: Office, tmp_path: Path) -> None:
    office.notices = msgspec.structs.replace(office.notices, digest_to=(), reminders=False, heads_to=(LIN,))
    office.run("19 08:00")
    assert office.server.mails == [], "no night has signed one yet"
    signed = sign_head(office.home)

    office.run()

    (mail,) = office.server.list_mails_to(LIN)
    position = signed.checkpoint.head.position
    assert mail["Subject"].startswith(f"【清水戶政事務所】2026-11-20（五） 紀錄驗證碼 {position}:")
    (attached,) = message_from_bytes(mail.as_bytes(), policy=default).iter_attachments()
    kept = tmp_path / str(attached.get_filename())
    kept.write_text(attached.get_content())
    assert kept.read_text() == signed.format()
    ended = run_kiosk("verify", "--heads", kept, "--format", "json", "--home", office.home.path)
    assert json.loads(ended.out)["events_since_heads"] == office.home.log.head().position - position


def test_nothing_is_sent_to_whoever_was_taken_out_of_the_settings(office: Office) -> None:
    sign_head(office.home)
    office.server.answers[CHEN] = "451 later"
    office.notices = msgspec.structs.replace(office.notices, digest_to=(), reminders=False, heads_to=(CHEN,))
    assert office.run().waiting == 1
    office.notices = msgspec.structs.replace(office.notices, heads_to=())
    office.run("20 18:00")
    assert office.find_queued(CHEN).state == "dropped"
