"""Heads that were kept elsewhere, as people and this program write them."""

import json
import os
from pathlib import Path

import pytest

from kiosk.backups.heads.head_notes import read_kept_heads
from kiosk.backups.heads.kept_head import LARGEST_FILE, parse_head, read_heads_file
from kiosk.errors import UserError

CODE = "7K3M-Q2WX-9HTB"
CHAIN = "05133f9509a8b4e0c178a432ee9cccc64b90a6353e8db2fca5f4d4a649fd5a32"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "position"), [(f"403:{CHAIN}", 403), (f"#403:{CHAIN}", 403), (CHAIN, None), (f" 7:{CHAIN.upper()}\n", 7)]
)
def test_a_head_is_a_position_and_a_hash_or_the_hash_alone(text: str, position: int | None) -> None:
    kept = parse_head(text, "--head")
    assert (kept.position, kept.chain.hex()) == (position, CHAIN)


@pytest.mark.parametrize(
    "text", ["", "403", f"-1:{CHAIN}", f"403:{CHAIN[1:]}", f"403:{CHAIN}0", f"x:{CHAIN}", "٣:" + CHAIN]
)
def test_anything_else_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(UserError, match=r"^--head is no head: write 403:05133f95") as refused:
        parse_head(text, "--head")
    assert refused.value.status == 2


def test_a_file_holds_one_a_line(tmp_path: Path) -> None:
    path = write(tmp_path / "heads", f"\ufeff# the auditor's\n\n403:{CHAIN}  2026-12-05, by mail\n{CHAIN}\r\n")
    heads, unread = read_heads_file(path)
    assert [(kept.position, kept.source) for kept in heads] == [(403, f"{path}:3"), (None, f"{path}:4")]
    assert unread == []


@pytest.mark.parametrize("shown", [f"#403:{CODE}", f" #403:{CODE}  Monday, from the screen", f"403:{CODE}"])
def test_a_head_as_the_entrance_shows_it_is_no_remark(tmp_path: Path, shown: str) -> None:
    path = write(tmp_path / "heads", f"7:{CHAIN}\n{shown}\n")
    heads, unread = read_heads_file(path)
    assert [(kept.position, kept.code, kept.source) for kept in heads][1:] == [(403, CODE, f"{path}:2")]
    assert unread == []


@pytest.mark.parametrize(
    "remark", ["#", "# from the receipt of Monday", "#403", f"# 403:{CODE}", "#Monday: 403", f"#{CHAIN}", "#:"]
)
def test_behind_the_sign_of_a_remark_stands_no_position(tmp_path: Path, remark: str) -> None:
    heads, unread = read_heads_file(write(tmp_path / "heads", f"{remark}\n7:{CHAIN}\n"))
    assert ([kept.position for kept in heads], unread) == ([7], [])


@pytest.mark.parametrize("shown", ["#403:", f"#403:{CODE[1:]}", f"#403: {CODE}", f"#403:{CHAIN[1:]}", f"#403：{CODE}"])
def test_a_head_of_the_entrance_that_lacks_something_is_said(tmp_path: Path, shown: str) -> None:
    heads, (sentence,) = read_heads_file(write(tmp_path / "heads", f"7:{CHAIN}\n{shown}\n"))
    assert ([kept.position for kept in heads], "heads:2 is no head" in sentence) == ([7], True)


def test_a_line_that_is_no_head_is_said_and_the_others_are_read(tmp_path: Path) -> None:
    for text, bad in ((f"{CHAIN}\nx", "heads:2"), (json.dumps([{"head": 5}, {"head": CHAIN}]), "heads, row 1")):
        heads, (sentence,) = read_heads_file(write(tmp_path / "heads", text))
        assert ([kept.chain.hex() for kept in heads], f"{bad} is no head" in sentence) == ([CHAIN], True)


def test_of_several_in_json_each_has_its_row(tmp_path: Path) -> None:
    rows = json.dumps([{"position": position, "chain": CHAIN} for position in (5, 50)])
    path = write(tmp_path / "heads", rows)
    assert [kept.source for kept in read_heads_file(path)[0]] == [f"{path}, row 1", f"{path}, row 2"]
    path = write(tmp_path / "heads", f"{CHAIN}\n{rows}\n")
    assert [kept.source for kept in read_heads_file(path)[0]][1:] == [f"{path}:2, row 1", f"{path}:2, row 2"]


@pytest.mark.parametrize(
    ("printed", "position"),
    [
        ({"ok": True, "events": 403, "head": CHAIN, "first_bad": None, "why": None}, 403),
        ({"folder": "b", "made_at": "2026-12-05T00:00:00Z", "events": 403, "head": CHAIN}, 403),
        ({"date": "2026-12-05", "totals": {}, "head": CHAIN, "position": 403}, 403),
        ({"position": 403, "chain": CHAIN, "digests": {}}, 403),
        ({"date": "2026-12-05", "duties": 3, "head": CHAIN}, None),
    ],
)
def test_a_file_may_be_what_this_program_printed(
    tmp_path: Path, printed: dict[str, object], position: int | None
) -> None:
    for text in (json.dumps(printed, indent=1), json.dumps([printed]), f"{json.dumps(printed)}\n\n"):
        (kept,), _ = read_heads_file(write(tmp_path / "heads", text))
        assert (kept.position, kept.chain.hex()) == (position, CHAIN)


@pytest.mark.parametrize("text", ["", "# nothing\n", "[]", "[" * 100_000, "[1]", '{"head": 5}', '{"head": null}', "\0"])
def test_a_file_without_a_head_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError, match=r"heads(:\d)? (names no head|is no head)"):
        read_kept_heads(write(tmp_path / "heads", text))


@pytest.mark.parametrize("position", ["36", "", True, False, 1.5, 36.0, -1, [36], {"n": 36}, 10**25])
@pytest.mark.parametrize("name", ["position", "events"])
def test_a_position_that_is_no_whole_number_is_no_head_and_not_left_out(
    tmp_path: Path, position: object, name: str
) -> None:
    path = write(tmp_path / "heads", json.dumps({"chain": CHAIN, name: position}))
    with pytest.raises(UserError, match="heads is no head"):
        read_kept_heads(path)


def test_a_position_that_is_null_was_not_kept(tmp_path: Path) -> None:
    (kept,), _ = read_heads_file(write(tmp_path / "heads", json.dumps({"chain": CHAIN, "position": None})))
    assert (kept.position, kept.chain.hex()) == (None, CHAIN)


def test_what_is_no_text_file_of_a_size_is_refused_and_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    with (tmp_path / "large").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    for name in ("fifo", "bytes", "large", "."):
        with pytest.raises(UserError, match="is no file of heads"):
            read_heads_file(tmp_path / name)
    with pytest.raises(UserError, match="missing cannot be read"):
        read_heads_file(tmp_path / "missing")
