"""Profiles that people write themselves: understood to the last field, or refused with the line."""

import re
from pathlib import Path
from types import UnionType
from typing import get_args

import msgspec
import pytest

import devices
from devices.profiles.framing import DIALECTS, Framing
from devices.profiles.notation import Notation
from devices.profiles.profile import REPEAT_SECONDS
from devices.profiles.profile_files import ProfileError, load_profiles
from devices.profiles.registry import BUILTIN_PROFILES, find_profile, load_all_profiles
from devices.protocols.decoder import LENGTHS
from tests.support.decoder_checks import assert_decodes

GUIDE = (Path(devices.__file__).parents[1] / "docs" / "readers.md").read_text(encoding="utf-8")

LIBRARY = """\
# The reader at the library's door.
[[profile]]
name = "library-door"
about = "lines of two numbers with a dash: 090-00324"
kind = "W24"
loses = "all but 24 bits"
framing = { kind = "lines", longest = 16, gap_ms = 250 }
notation = { base = "decimal", parts = [{ digits = 3, bytes = 1 }, { digits = 5, bytes = 2 }], separator = "-" }
baud = 19200

[[profile]]
name = "library-desk"
about = { en = "a PN532 that turns numbers round", zh-TW = "位元組順序相反的 PN532" }
kind = "A"
framing = { kind = "pn532" }
order = "last-byte-first"
poller = "pn532"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "library.toml").write_text(LIBRARY, encoding="utf-8")
    return tmp_path


def mistake(folder: Path, text: str) -> str:
    """What is said of a file with this text, without the folder."""
    (folder / "library.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError) as refused:
        load_profiles(folder, BUILTIN_PROFILES)
    return str(refused.value).removeprefix(f"{folder}/")


def test_a_profile_of_ones_own_reads_what_it_describes(folder: Path) -> None:
    profile = load_profiles(folder)["library-door"]
    assert_decodes(profile.build_decoder, b"090-00324\r", ["W24:5A0144"])
    assert (profile.baud, profile.gap, profile.full, profile.loses) == (19_200, 0.25, False, "all but 24 bits")
    assert profile.about == profile.about_zh == "lines of two numbers with a dash: 090-00324"


def test_a_profile_that_does_not_say_how_often_its_reader_repeats_is_taken_for_a_slow_one(folder: Path) -> None:
    assert load_profiles(folder)["library-door"].repeat_seconds == REPEAT_SECONDS
    (folder / "library.toml").write_text(LIBRARY.replace("baud = 19200", "repeat_seconds = 0.5"), encoding="utf-8")
    assert load_profiles(folder)["library-door"].repeat_seconds == 0.5


def test_a_reader_that_must_be_asked_is_asked(folder: Path) -> None:
    profile = load_profiles(folder)["library-desk"]
    answer = bytes.fromhex("0000FF0CF4D54B01010004080426DEFAE7E900")
    assert_decodes(profile.build_decoder, answer, ["A:E7FADE26"])
    assert profile.about_zh == "位元組順序相反的 PN532"
    assert profile.build_poller() is not None


def test_they_stand_behind_the_built_in_ones_and_are_found_by_name(folder: Path) -> None:
    known = load_all_profiles(folder)
    assert list(known) == [*BUILTIN_PROFILES, "library-door", "library-desk"]
    assert find_profile("library-door", known).tech == "W24"


def test_without_a_folder_there_are_the_built_in_ones(tmp_path: Path) -> None:
    assert dict(load_all_profiles(tmp_path / "profiles")) == dict(BUILTIN_PROFILES)


def test_two_files_may_not_give_one_name_twice(folder: Path) -> None:
    (folder / "other.toml").write_text(LIBRARY, encoding="utf-8")
    with pytest.raises(ProfileError, match=r"other.toml: name in another file \(name library-door\)"):
        load_profiles(folder)


@pytest.mark.parametrize(
    ("written", "instead", "line", "fault"),
    [
        ('name = "library-desk"', 'name = "library-door"', 12, "name taken (name library-door)"),
        ('name = "library-desk"', 'name = "rdm6300"', 12, "name taken (name rdm6300)"),
        ('name = "library-desk"', 'name = "Library Desk"', 12, "wrong form (name profile[1].name, form profile name)"),
        ('name = "library-desk"', "", 11, "field missing (name profile[1].name)"),
        (
            'kind = "A"',
            'kind = "B"',
            14,
            "not a choice (name profile[1].kind, value 'B', choices A, E, E4, QR, W24, W32)",
        ),
        ('kind = "W24"', 'kind = "A"', 5, "loss needs lossy kind"),
        ('loses = "all but 24 bits"', "", 5, "lossy kind needs loss (kind W24)"),
        ("bytes = 2", "bytes = 3", 8, "wrong size (size 4, kind W24, lengths (3,))"),
        ("digits = 3", "digits = 0", 8, "out of range (name profile[0].notation.parts[0].digits, limit >=, value 1)"),
        ("digits = 3", 'digits = "3"', 8, "wrong kind (name profile[0].notation.parts[0].digits, "),
        ("digits = 3", "digits = true", 8, "wrong kind (name profile[0].notation.parts[0].digits, "),
        ("baud = 19200", "baud = 100", 9, "out of range (name profile[0].baud, limit >=, value 300)"),
        ("baud = 19200", "boud = 19200", 9, "unknown field (name profile[0].boud, choices baud)"),
        ("baud = 19200", "repeat_seconds = 61", 9, "out of range (name profile[0].repeat_seconds, limit <=, value 60"),
        ("baud = 19200", "repeat_seconds = -1", 9, "out of range (name profile[0].repeat_seconds, limit >=, value 0"),
        ("baud = 19200", 'tail = "0"', 9, "wrong form (name profile[0].tail, form hexadecimal)"),
        ("longest = 16", "longest = 4096", 7, "out of range (name profile[0].framing.longest, limit <=, value 1024)"),
        ("longest = 16, ", "", 7, "field missing (name profile[0].framing.longest)"),
        ("gap_ms = 250", "gap = 250", 7, "unknown field (name profile[0].framing.gap, choices gap_ms)"),
        ('"lines"', '"line"', 7, "not a choice (name profile[0].framing.kind, value 'line', choices lines, em4100, "),
        (
            'separator = "-"',
            'separator = ""',
            8,
            "wrong length of text (name profile[0].notation.separator, limit >=, value 1)",
        ),
        (
            'kind = "pn532" }',
            'kind = "pn532", longest = 9 }',
            15,
            "unknown field (name profile[1].framing.longest, choices kind, gap_ms)",
        ),
        (
            "last-byte-first",
            "backwards",
            16,
            "not a choice (name profile[1].order, value 'backwards', choices first-byte-first, la",
        ),
        (
            'poller = "pn532"',
            'poller = "pn533"',
            17,
            "not a choice (name profile[1].poller, value 'pn533', choices aa-bb, pn532, ",
        ),
        ("zh-TW", "zh", 13, "unknown field (name profile[1].about.zh, choices en, zh-TW)"),
        ("[[profile]]", "[[profiles]]", 2, "unknown field (name profiles, choices profile)"),
        ('poller = "pn532"', "poller = pn532", 17, "no value"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_line(
    folder: Path, written: str, instead: str, line: int | None, fault: str
) -> None:
    assert written in LIBRARY
    told = mistake(folder, LIBRARY.replace(written, instead))
    assert told.startswith(f"library.toml:{line}: {fault}" if line else f"library.toml: {fault}")


def test_a_file_without_a_profile_is_refused(folder: Path) -> None:
    assert mistake(folder, "profile = []") == "library.toml:1: wrong count (name profile, limit >=, value 1)"
    assert mistake(folder, "") == "library.toml: field missing (name profile)"
    assert mistake(folder, LIBRARY + "\n[more]\n") == "library.toml:19: unknown field (name more, choices profile)"


def test_a_file_that_cannot_be_read_is_refused(folder: Path) -> None:
    (folder / "library.toml").write_bytes(b"\xff")
    with pytest.raises(ProfileError, match="not utf8"):
        load_profiles(folder)
    (folder / "library.toml").unlink()
    (folder / "library.toml").mkdir()
    with pytest.raises(ProfileError, match=r"unreadable \(error Is a directory\)"):
        load_profiles(folder)


def test_the_example_in_the_readme_is_understood(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(\[\[profile\]\].*?)```", GUIDE, re.DOTALL)
    (tmp_path / "example.toml").write_text(example, encoding="utf-8")
    assert_decodes(load_profiles(tmp_path)["library-door"].build_decoder, b"090-00324\r", ["W24:5A0144"])


def tags(union: UnionType) -> list[str]:
    """The words that choose a struct in a file."""
    return [str(msgspec.inspect.type_info(struct).tag) for struct in get_args(union)]


def test_the_guide_names_every_choice() -> None:
    section = GUIDE.partition("## A profile of your own")[2]
    assert [word for word in (*tags(Framing), *tags(Notation), *DIALECTS) if f"`{word}`" not in section] == []
    kinds = GUIDE.partition("| kind | is | bytes |")[2]
    assert [kind for kind in LENGTHS if kind not in kinds] == []
