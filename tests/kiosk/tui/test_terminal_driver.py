"""What a terminal may send: any bytes, cut anywhere, and only keys, pasted text and the focus reach the screens."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events, messages
from textual.message import Message

from kiosk.tui.terminal_driver import (
    LARGEST_COLUMNS,
    LARGEST_ROWS,
    LONGEST_SILENCE,
    USUAL_SIZE,
    InputParser,
    measure_terminal,
)

ALLOWED = (events.Key, events.Paste, events.AppFocus, events.AppBlur, messages.TerminalSupportsSynchronizedOutput)
PARTS = [b"\x1b", b"[", b"<", b"?", b";", b":", b"0", b"48", b"200", b"1114112", b"55296", b"9" * 20, b"u", b"~", b"M"]
SEQUENCES = st.lists(st.one_of(st.sampled_from([*PARTS, b"A", b"t", b"R", b"$y"]), st.binary(max_size=4)), max_size=12)


def parse(chunks: Iterable[bytes]) -> list[Message]:
    parser = InputParser()
    return [message for chunk in chunks for message in parser.feed(chunk)]


def list_keys(data: bytes) -> list[str]:
    return [message.key for message in parse([data]) if isinstance(message, events.Key)]


@given(SEQUENCES)
def test_no_bytes_make_it_raise_and_only_what_screens_know_comes_out(chunks: list[bytes]) -> None:
    assert all(isinstance(message, ALLOWED) for message in parse(chunks))


@pytest.mark.parametrize("noise", [b"\xff", b"\x80", "中".encode("big5"), b"\xe7", b"\xf0\x9f", b"\xed\xa0\x80"])
def test_bytes_that_are_no_text_are_ignored_and_the_next_key_counts(noise: bytes) -> None:
    assert list_keys(noise + b"q") == ["q"]


@pytest.mark.parametrize("report", [b"\x1b[1114112;1u", b"\x1b[99999999999u", b"\x1b[:A"])
def test_a_key_report_with_an_impossible_number_is_ignored_and_the_next_key_counts(report: bytes) -> None:
    assert list_keys(report + b"q")[-1] == "q"


def test_half_a_character_that_no_terminal_can_show_is_no_key() -> None:
    assert list_keys(b"\x1b[55296;1u") == []


@pytest.mark.parametrize(
    "report", [b"\x1b[48;9999;9999;9;9t", b"\x1b[?2048;1$y", b"\x1b[<0;5;5M", b"\x1b[5;5R"], ids=repr
)
def test_reports_of_a_size_a_mouse_or_a_cursor_do_not_reach_a_screen(report: bytes) -> None:
    assert parse([report]) == []


def test_a_text_is_pasted_whole_but_without_what_steers_a_terminal() -> None:
    (paste,) = (
        m for m in parse([b"\x1b[200~V001\x07\xff\xc2\x9b1m\nV002\x1b[201~", b"q"]) if isinstance(m, events.Paste)
    )
    assert paste.text == "V001  1m\nV002"


def test_a_paste_that_does_not_end_is_forgotten() -> None:
    endless = b"\x1b[200~" + b"x" * (LONGEST_SILENCE + 1)
    assert list_keys(endless + b"q")[-1:] == ["q"]


def test_a_character_may_arrive_byte_by_byte() -> None:
    assert [m.key for m in parse(bytes([byte]) for byte in "王".encode()) if isinstance(m, events.Key)] == ["王"]


@pytest.mark.parametrize(
    ("columns", "rows", "size"),
    [
        ("120", "40", (120, 40)),
        ("0", "0", USUAL_SIZE),
        (str(LARGEST_COLUMNS), str(LARGEST_ROWS), (LARGEST_COLUMNS, LARGEST_ROWS)),
        ("65535", "65535", (LARGEST_COLUMNS, LARGEST_ROWS)),
        ("x", "-1", USUAL_SIZE),
    ],
)
def test_a_size_is_bounded_and_the_usual_one_stands_for_none(
    monkeypatch: pytest.MonkeyPatch, columns: str, rows: str, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("LINES", rows)
    assert measure_terminal() == size
